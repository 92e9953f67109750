"""One file a command: its arguments, its help with examples that run, and the few lines that ask and answer."""

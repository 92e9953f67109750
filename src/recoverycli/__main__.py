"""The console command, and `python -m recoverycli`."""

import signal


def main() -> None:
    """Load and run the program. Ctrl-C while it loads ends it at once, without the traceback Python would show."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from recoverycli import cli

    signal.signal(signal.SIGINT, before)
    cli.main()


if __name__ == "__main__":
    main()

"""An answer → a Document. A page knows what to say and in which order; it knows no format."""

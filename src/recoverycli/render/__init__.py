"""One Document, many renderers: each turns blocks into a string and knows no program."""

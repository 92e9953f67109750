"""An offline guide to mutual-help programs for recovery from addiction."""

__version__ = "0.1.0"

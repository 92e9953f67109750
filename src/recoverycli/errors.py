"""What can go wrong, with the exit code it leads to: 1 nothing found, 2 wrong usage or unreadable data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.model import Trap


class GuideError(Exception):
    """One clear line for the user: what, where, and what to do."""

    exit_code = 2


class NotFound(GuideError):
    """Nothing answers, or several things could.

    suggestions: ids or names that `show` takes, best first; they reach scripts as JSON.
    lines: what a person may type next, one candidate a line.
    trap: an explanation worth reading in full, printed as an answer would be.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        suggestions: Sequence[str] = (),
        lines: Sequence[str] = (),
        trap: Trap | None = None,
    ) -> None:
        super().__init__(message)
        self.suggestions = list(suggestions)
        self.lines = list(lines)
        self.trap = trap


class UsageError(GuideError):
    """The words on the command line do not make a question."""


class DataError(GuideError):
    """A file that cannot be read or written, or data that breaks the rules."""

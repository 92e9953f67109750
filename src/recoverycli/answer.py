"""What a command answers, before anyone decides how to print it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.document import Document
    from recoverycli.guide import Guide


class Answer(NamedTuple):
    """A page for people, the same as data for scripts, and what to tell the person on the side.

    data, or a function that gives it where those who only read should be spared the fetching.
    rows: the table a spreadsheet wants, or a function; left out, it follows from `data`.
    remarks: lines for stderr. exit_code: 1 when nothing fits, 2 when data breaks the rules.
    """

    page: Document
    data: Any
    rows: list[dict[str, Any]] | Callable[[], list[dict[str, Any]]] | None = None
    remarks: tuple[str, ...] = ()
    exit_code: int = 0


class Rendered(NamedTuple):
    """An answer in its final form: text, or bytes that reach stdout as they are. Empty: nothing to print."""

    content: str | bytes
    remarks: tuple[str, ...] = ()


class Ask:
    """What every command is given.

    guide: opened when first looked at, so that `check` works on data that cannot be opened.
    cite: sources are wanted on the page. interactive: a person sits at the keyboard, so questions may be asked.
    """

    def __init__(self, open_guide: Callable[[], Guide], cite: bool, interactive: bool = False) -> None:
        self._open_guide = open_guide
        self.cite = cite
        self.interactive = interactive

    @cached_property
    def guide(self) -> Guide:
        """The guide with a clinic's additions."""
        return self._open_guide()

"""What a command answers, before anyone decides how to print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from recoverycli.document import Document
    from recoverycli.guide import Guide


class Answer(NamedTuple):
    """A page for people, the same as data for scripts, and what to tell the person on the side.

    rows: the table a spreadsheet wants; left out, it follows from `data`.
    remarks: lines for stderr. exit_code: 1 when nothing fits, 2 when data breaks the rules.
    """

    page: Document
    data: Any
    rows: list[dict[str, Any]] | None = None
    remarks: tuple[str, ...] = ()
    exit_code: int = 0


class Ask(NamedTuple):
    """What every command is given: the guide, and whether sources are wanted on the page.

    interactive: a person sits at the keyboard, so that questions may be asked.
    """

    guide: Guide
    cite: bool
    interactive: bool = False

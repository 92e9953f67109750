"""What a page is made of. A page knows no format; each renderer knows every block.

Plain classes with slots: every call makes some of these, and named tuples or dataclasses would take
longer to define than a page takes to print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Heading:
    """A heading; `level` 1 is the title of a page."""

    __slots__ = __match_args__ = ("text", "level")

    def __init__(self, text: str, level: int = 2) -> None:
        self.text, self.level = text, level


class Paragraph:
    """Running text. `marks` are words to bring out where a format can."""

    __slots__ = __match_args__ = ("text", "marks")

    def __init__(self, text: str, marks: Sequence[str] = ()) -> None:
        self.text, self.marks = text, marks


class Quote:
    """Exact words of somebody else, one string a line, with their credit."""

    __slots__ = __match_args__ = ("lines", "credit")

    def __init__(self, lines: Sequence[str], credit: str = "") -> None:
        self.lines, self.credit = lines, credit


class Facts:
    """Labels with what is known, one fact each."""

    __slots__ = __match_args__ = ("rows",)

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        self.rows = rows


class Table:
    """Rows under column heads. The first column names the row.

    sentence: in plain text each row reads as one line instead of a block of facts.
    spare: positions of columns a narrow screen may leave out, the least needed first.
    """

    __slots__ = __match_args__ = ("columns", "rows", "caption", "sentence", "spare")

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str = "",
        sentence: bool = False,
        spare: Sequence[int] = (),
    ) -> None:
        self.columns, self.rows, self.caption = columns, rows, caption
        self.sentence, self.spare = sentence, spare


class Bullets:
    """A list; numbered from `start` when that is given."""

    __slots__ = __match_args__ = ("items", "start")

    def __init__(self, items: Sequence[str], start: int | None = None) -> None:
        self.items, self.start = items, start


class Bar:
    """One percentage of a group of bars."""

    __slots__ = __match_args__ = ("label", "percent", "note")

    def __init__(self, label: str, percent: float, note: str = "") -> None:
        self.label, self.percent, self.note = label, percent, note


class Bars:
    """Percentages worth seeing side by side, with the sentence that keeps them honest."""

    __slots__ = __match_args__ = ("title", "bars", "warning")

    def __init__(self, title: str, bars: Sequence[Bar], warning: str) -> None:
        self.title, self.bars, self.warning = title, bars, warning


class Notice:
    """A box that must not be missed. `kind` is danger, caution or note."""

    __slots__ = __match_args__ = ("kind", "title", "lines")

    def __init__(self, kind: str, title: str, lines: Sequence[str]) -> None:
        self.kind, self.title, self.lines = kind, title, lines


class Code:
    """A drawing of characters, such as a QR code, that must not be wrapped. `text` says what it is.

    address: what a QR code holds, for formats that can draw one of their own.
    """

    __slots__ = __match_args__ = ("lines", "text", "address")

    def __init__(self, lines: Sequence[str], text: str, address: str = "") -> None:
        self.lines, self.text, self.address = lines, text, address


class PageBreak:
    """The next block starts a new sheet of paper."""

    __slots__ = ()


class Writing:
    """A blank line to write on by hand."""

    __slots__ = __match_args__ = ("label",)

    def __init__(self, label: str) -> None:
        self.label = label


Block = Heading | Paragraph | Quote | Facts | Table | Bullets | Bars | Notice | Code | PageBreak | Writing


class Document:
    """A page: its title and its blocks in reading order."""

    __slots__ = ("blocks", "title")

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        self.title, self.blocks = title, tuple(blocks)

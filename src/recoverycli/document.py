"""What a page is made of. A page knows no format; each renderer knows every block."""

from __future__ import annotations

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; `level` 1 is the title of a page."""

    text: str
    level: int = 2


class Paragraph(NamedTuple):
    """Running text. `marks` are words to bring out where a format can."""

    text: str
    marks: tuple[str, ...] = ()


class Quote(NamedTuple):
    """Exact words of somebody else, one string a line, with their credit."""

    lines: tuple[str, ...]
    credit: str = ""


class Facts(NamedTuple):
    """Labels with what is known, one fact each."""

    rows: tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """Rows under column heads. The first column names the row.

    sentence: in plain text each row reads as one line instead of a block of facts.
    spare: positions of columns a narrow screen may leave out, the least needed first.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    sentence: bool = False
    spare: tuple[int, ...] = ()


class Bullets(NamedTuple):
    """A list; numbered from `start` when that is given."""

    items: tuple[str, ...]
    start: int | None = None


class Bar(NamedTuple):
    label: str
    percent: float
    note: str = ""


class Bars(NamedTuple):
    """Percentages worth seeing side by side, with the sentence that keeps them honest."""

    title: str
    bars: tuple[Bar, ...]
    warning: str


class Notice(NamedTuple):
    """A box that must not be missed. `kind` is danger, caution or note."""

    kind: str
    title: str
    lines: tuple[str, ...]


class Code(NamedTuple):
    """A drawing of characters, such as a QR code, that must not be wrapped. `text` says what it is."""

    lines: tuple[str, ...]
    text: str


class PageBreak(NamedTuple):
    """The next block starts a new sheet of paper."""


class Writing(NamedTuple):
    """A blank line to write on by hand."""

    label: str


Block = Heading | Paragraph | Quote | Facts | Table | Bullets | Bars | Notice | Code | PageBreak | Writing


class Document(NamedTuple):
    """A page: its title and its blocks in reading order."""

    title: str
    blocks: tuple[Block, ...]

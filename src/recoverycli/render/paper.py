"""How much of a letter page a handout fills when a browser prints it: an estimate from the widths of Arial.

A browser cannot be asked, so the style in templates/handout.html.j2 is counted here in the same ems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.document import Bullets, Code, Facts, Heading, Notice, Paragraph, Quote, Table, Writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.document import Block, Document

WIDTH, HEIGHT = 525.0, 700.0
"""Points inside the margins, with a little to spare for a browser that rounds up."""
LINE = 1.3
LABEL = 8.0
FIRST_COLUMN = 6.5
QR = 86.0
_WIDTHS = {
    0.22: "ijl'|", 0.28: " !,./:;I[]ft\\", 0.34: '()-`r"', 0.39: "*", 0.5: "Jckxsvyz",
    0.56: "#$0123456789?L_abdeghnopqu",
    0.61: "FTZ", 0.67: "ABEKPSVXY&", 0.72: "CDHNRUw", 0.78: "GOQ", 0.83: "Mm", 0.94: "W",
}  # fmt: skip
_EM = {character: width for width, characters in _WIDTHS.items() for character in characters}


def height(document: Document, size: float) -> float:
    """Return the points a page takes at a type size of `size`."""
    wide = WIDTH / size
    title = 1.5 * (1.2 * _lines(document.title, wide / 1.6) + 0.4)
    pictures = [block for block in document.blocks if isinstance(block, Code)]
    ems = title + sum(_block(block, wide) for block in document.blocks)
    return ems * size + QR * ((len(pictures) + 1) // 2)


def _block(block: Block, wide: float) -> float:
    match block:
        case Heading(text):
            return 1.1 * 1.2 * _lines(text, wide / 1.2) + 0.9
        case Paragraph(text):
            return _text(text, wide) + 0.5
        case Quote(lines, credit):
            return _sum((*lines, credit), wide - 1.5) + 1.5
        case Facts(rows):
            return sum(_row(label, value, wide) + 0.3 for label, value in rows) + 0.5
        case Bullets(items):
            return sum(_text(item, wide - 2) + 0.2 for item in items) + 0.5
        case Notice(_, _, lines):
            return 3.2 + _sum(lines, (wide - 1.5) / 1.06)
        case Table():
            return _table(block, wide)
        case Writing():
            return 2.2
    return 0.0


def _row(label: str, value: str, wide: float) -> float:
    return max(_text(value, wide - LABEL), _text(label, (LABEL - 0.6) / 1.06))


def _table(table: Table, wide: float) -> float:
    small = 0.92 if len(table.columns) > 3 else 1.0
    column = (wide / small - FIRST_COLUMN) / (len(table.columns) - 1) - 0.85
    rows = (table.columns, *table.rows)
    tall = sum(max(_lines(cell, column) for cell in row[1:]) * 1.22 + 0.46 for row in rows)
    return small * tall + 1.0


def _sum(texts: Iterable[str], wide: float) -> float:
    return sum(_text(text, wide) for text in texts if text)


def _text(text: str, wide: float) -> float:
    return LINE * _lines(text, wide)


def _lines(text: str, wide: float) -> int:
    """Return how many lines a text takes: words go on until one does not fit."""
    lines, used = 1, 0.0
    for word in _breakable(text):
        needed = sum(_EM.get(character, 0.6) for character in word)
        if used + needed > wide and used:
            lines, used = lines + 1, 0.0
        used += needed + 0.28
    return lines


def _breakable(text: str) -> Sequence[str]:
    """Return words; a web address breaks after its slashes."""
    return [part for word in text.split() for part in (word.replace("/", "/ ").split() if "/" in word else [word])]

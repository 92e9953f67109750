"""Markdown that reads well as it stands and in any viewer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.document import (
    Bars,
    Bullets,
    Code,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Writing,
)

if TYPE_CHECKING:
    from recoverycli.document import Block, Document

BLOCK = "\u2588"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_OPENING = re.compile(r"^(\d*)([-+.)])(?=\s|$)")


def render(document: Document) -> str:
    """Return the page as Markdown."""
    return "\n\n".join(_block(block) for block in (Heading(document.title, 1), *document.blocks)) + "\n"


def _plain(text: str) -> str:
    """Return text in which nothing is read as Markdown; web addresses stay whole."""
    flat = " ".join(text.split())
    words = [w if w.startswith(("http://", "https://")) else _SPECIAL.sub(r"\\\1", w) for w in flat.split(" ")]
    return _OPENING.sub(r"\1\\\2", " ".join(words))


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {_plain(text)}"
        case Paragraph(text):
            return _plain(text)
        case Quote(lines, credit):
            quoted = [f"> {_plain(line)}  " for line in lines]
            return "\n".join([*quoted, ">", f"> {_plain(credit)}"] if credit else quoted)
        case Facts(rows):
            return "\n".join(f"- **{_plain(label)}:** {_plain(value)}" for label, value in rows)
        case Table():
            return _table(block)
        case Bullets(items, start):
            marks = ["-" if start is None else f"{start + n}." for n in range(len(items))]
            return "\n".join(f"{mark} {_plain(item)}" for mark, item in zip(marks, items, strict=True))
        case Bars():
            return _bars(block)
        case Notice(kind, title, lines):
            head = _plain(title) if kind == "note" else f"{kind.capitalize()}: {_plain(title)}"
            return "\n".join([f"> **{head}**", *(f">\n> {_plain(line)}" for line in lines)])
        case Code(lines, text):
            return "\n".join([_plain(text), "", "```text", *lines, "```"])
        case Writing(label):
            return f"{_plain(label)}: " + r"\_" * 40
        case PageBreak():
            return "---"


def _table(table: Table) -> str:
    rows = ["| " + " | ".join(_plain(cell) or " " for cell in row) + " |" for row in (table.columns, *table.rows)]
    rows.insert(1, "|" + " --- |" * len(table.columns))
    return "\n".join([_plain(table.caption), "", *rows] if table.caption else rows)


def _bars(bars: Bars) -> str:
    rows = [f"**{_plain(bars.title)}**", "", "| | percent | |", "| --- | ---: | --- |"]
    for bar in bars.bars:
        label = f"{bar.label} ({bar.note})" if bar.note else bar.label
        rows.append(f"| {_plain(label)} | {bar.percent:g} | {BLOCK * round(bar.percent / 5)} |")
    return "\n".join([*rows, "", f"Read with care: {_plain(bars.warning)}"])

"""Plain text: no box characters, no colour, one fact a line; good in a screen reader and on a line printer."""

from __future__ import annotations

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

WIDEST = 80
_ASCII = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "--", "\u2026": "...",
    "\u2022": "*", "\u00a0": " ", "\u2264": "<=", "\u2265": ">=", "\u00d7": "x", "\u2588": "#", "\u2580": '"',
    "\u2584": "_", "\u2192": "->", "\u2212": "-", "\u2500": "-", "\u2502": "|",
})  # fmt: skip


def render(document: Document, width: int = WIDEST) -> str:
    """Return the page as plain text of at most `width` columns (never more than 80)."""
    width = min(width, WIDEST)
    parts = [_block(block, width) for block in (Heading(document.title, 1), *document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def to_ascii(text: str) -> str:
    """Return `text` in ASCII alone: typographic characters spelled out, marks dropped, the rest as `?`."""
    if text.isascii():
        return text
    import unicodedata

    spelled = unicodedata.normalize("NFKD", text.translate(_ASCII))
    kept = "".join(c for c in spelled if not unicodedata.combining(c))
    return kept.encode("ascii", "replace").decode("ascii")


def wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Wrap one paragraph between words alone; a long web address stays whole."""
    lines, line, room = [], first, len(first)
    for word in text.split():
        if room + len(word) > width and room > len(rest):
            lines.append(line.rstrip())
            line, room = rest, len(rest)
        line += word + " "
        room += len(word) + 1
    return "\n".join([*lines, line.rstrip()])


def _block(block: Block, width: int) -> str:
    match block:
        case Heading(text, level):
            return _heading(text, level, width)
        case Paragraph(text):
            return wrap(text, width)
        case Quote():
            return _quote(block, width)
        case Facts(rows):
            return "\n".join(wrap(f"{label}: {value}", width, rest="  ") for label, value in rows)
        case Table():
            return _sentences(block, width) if block.sentence else _table(block, width)
        case Bullets(items, start):
            return "\n".join(_item(n, item, start, width) for n, item in enumerate(items))
        case Bars():
            return _bars(block, width)
        case Notice(kind, title, lines):
            head = f"{kind.upper()}: {title}" if kind != "note" else title
            return "\n".join([wrap(head, width), *(wrap(line, width, "  ", "  ") for line in lines)])
        case Code(lines, text):
            return "\n".join([wrap(text, width), *lines])
        case Writing(label):
            return f"{label}: " + "_" * (width - len(label) - 2)
        case PageBreak():
            return "\f"


def _heading(text: str, level: int, width: int) -> str:
    if level == 1:
        shown = wrap(text, width)
        return f"{shown}\n{'=' * max(len(line) for line in shown.splitlines())}"
    return wrap(text, width) + ("\n" + "-" * min(len(text), width) if level == 2 else "")


def _quote(quote: Quote, width: int) -> str:
    lines = [wrap(line, width, "  ", "    ") for line in quote.lines]
    return "\n".join([*lines, wrap(quote.credit, width, "  ", "  ")] if quote.credit else lines)


def _item(position: int, item: str, start: int | None, width: int) -> str:
    mark = "- " if start is None else f"{start + position}. "
    return wrap(item, width, mark, " " * len(mark))


def _table(table: Table, width: int) -> str:
    """Write each row as a block: its name, then one fact a line."""
    blocks = [wrap(table.caption, width)] if table.caption else []
    for name, *cells in table.rows:
        lines = [wrap(name, width)]
        lines += [
            wrap(f"{label}: {cell}", width, "  ", "    ")
            for label, cell in zip(table.columns[1:], cells, strict=True)
            if cell
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _sentences(table: Table, width: int) -> str:
    """Write each row as one line: its name, then what is known."""
    rows = [wrap(table.caption, width) + "\n"] if table.caption else []
    for name, *cells in table.rows:
        known = zip(table.columns[1:], cells, strict=True)
        told = [f"{label.lower()} {cell}" if label else cell for label, cell in known if cell]
        rows.append(wrap(f"{name}: {'; '.join(told)}", width, rest="  "))
    return "\n".join(rows)


def _bars(bars: Bars, width: int) -> str:
    """Say each figure in words first; the drawn bar is a run of dots a screen reader skips."""
    lines = [wrap(bars.title, width)]
    scale = (width - 4) / 100
    for bar in bars.bars:
        note = f" ({bar.note})" if bar.note else ""
        lines.append(wrap(f"{bar.label}: {bar.percent:g} percent{note}", width, "  ", "    "))
        lines.append("  " + "." * round(bar.percent * scale))
    return "\n".join([*lines, wrap(f"Read with care: {bars.warning}", width)])

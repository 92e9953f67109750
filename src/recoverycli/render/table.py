"""Rich tables for a terminal. The only module that knows Rich."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from rich import box  # noqa: TID253  this module is itself imported only where a table is wanted
from rich.console import Console, Group, RenderableType  # noqa: TID253
from rich.padding import Padding  # noqa: TID253
from rich.panel import Panel  # noqa: TID253
from rich.table import Table as Grid  # noqa: TID253
from rich.text import Text  # noqa: TID253

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
    from collections.abc import Sequence

    from recoverycli.document import Block, Document

COLUMN = 17
"""The least width at which a column of sentences can be read."""
FIRST = 14
FRAME = 3
"""What the padding and the line of a column take."""
LABEL = 24
BOXES = "\u256d\u2500\u2502"
_BLOCKS = str.maketrans("\u2588\u2589\u258a\u258b\u258c\u258d\u258e\u258f", "#####   ")
_NOTICES = {"danger": "bold red", "caution": "yellow", "note": "cyan"}


def render(document: Document, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Return the page for a terminal of `width` columns; `ascii_only` draws boxes with + - |."""
    console = _console(width, colour, ascii_only)
    _print(console, document)
    drawn = str(console.file.getvalue())  # type: ignore[attr-defined]
    shown = "\n".join(line.rstrip() for line in drawn.split("\n"))
    return shown.translate(_BLOCKS) if ascii_only else shown


class _Ascii(io.StringIO):
    """What Rich takes for an output that shows only ASCII."""

    encoding = "ascii"


def svg(document: Document, width: int, title: str) -> str:
    """Return a picture of the page, as a terminal shows it."""
    console = Console(width=width, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    _print(console, document)
    return console.export_svg(title=title)


def _console(width: int, colour: bool, ascii_only: bool) -> Console:
    return Console(
        file=_Ascii() if ascii_only else io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        safe_box=True,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def _print(console: Console, document: Document) -> None:
    console.print(Text(document.title, style="bold"))
    for block in document.blocks:
        console.print()
        console.print(_block(block, console.width))


def _block(block: Block, width: int) -> RenderableType:
    match block:
        case Heading(text, level):
            return Text(text, style="bold cyan" if level <= 2 else "bold")
        case Paragraph(text, marks):
            return _marked(text, marks)
        case Quote(lines, credit):
            quoted = Text("\n".join(lines), style="italic")
            shown = Group(quoted, Text(credit, style="dim")) if credit else quoted
            return Padding(shown, (0, 2))
        case Facts(rows):
            return _facts(rows, width)
        case Table():
            return _table(block, width)
        case Bullets(items, start):
            return _bullets(items, start)
        case Bars():
            return _bars(block, width)
        case Notice(kind, title, lines):
            style = _NOTICES.get(kind, "cyan")
            head = title if kind == "note" else f"{kind.upper()}: {title}"
            body = Text("\n".join(lines))
            return Panel(body, title=Text(head, style=style), title_align="left", border_style=style, box=box.ROUNDED)
        case Code(lines, text):
            return Group(Text(text), Text("\n".join(lines), no_wrap=True))
        case Writing(label):
            return Text(f"{label}: " + "_" * max(10, width - len(label) - 2))
        case PageBreak():
            return Text("")


def _marked(text: str, marks: Sequence[str]) -> Text:
    shown = Text(text)
    if marks:
        shown.highlight_words(marks, style="bold underline", case_sensitive=False)
    return shown


def _facts(rows: Sequence[tuple[str, str]], width: int) -> RenderableType:
    if width < 50:
        return Group(*(Text.assemble((f"{label}: ", "bold"), value) for label, value in rows))
    grid = Grid(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    longest = max((len(label) for label, _ in rows), default=0)
    grid.add_column(style="bold", min_width=min(longest, LABEL), max_width=max(LABEL, width * 2 // 5))
    grid.add_column(overflow="fold", ratio=1)
    for label, value in rows:
        grid.add_row(label, Text(value))
    return grid


def _table(table: Table, width: int) -> RenderableType:
    """Draw a grid where each column has room to be read, else one block a row."""
    keep = _kept(table, width)
    if not keep:
        return _blocks(table)
    grid = Grid(box=box.ROUNDED, header_style="bold", show_lines=_tall(table), expand=False)
    for position, (index, room) in enumerate(zip(keep, _rooms(table, keep, width), strict=True)):
        grid.add_column(table.columns[index], overflow="fold", style="" if position else "bold", width=room)
    for row in table.rows:
        grid.add_row(*(Text(row[index]) for index in keep))
    return Group(Text(table.caption), grid) if table.caption else grid


def _kept(table: Table, width: int) -> list[int]:
    """Return the columns that fit, dropping those the table can spare, or none for a block layout."""
    keep = list(range(len(table.columns)))
    for spare in (*table.spare, None):
        if sum(_least(table, i) + FRAME for i in keep) + 1 <= width:
            return keep
        if spare is None:
            return []
        keep.remove(spare)
    return []


def _least(table: Table, index: int) -> int:
    """Return the least width at which a column can be read."""
    return min(_widest(table, index), COLUMN if index else FIRST)


def _rooms(table: Table, keep: Sequence[int], width: int) -> list[int]:
    """Return the width of each column: what it needs to be read, and what is left shared among those that want more."""
    rooms = {i: _least(table, i) for i in keep}
    left = width - 1 - sum(room + FRAME for room in rooms.values())
    while left > 0 and (wanting := [i for i in keep if rooms[i] < _widest(table, i)]):
        share = max(1, left // len(wanting))
        for i in wanting[:left]:
            more = min(share, _widest(table, i) - rooms[i], left)
            rooms[i] += more
            left -= more
    return list(rooms.values())


def _widest(table: Table, index: int) -> int:
    return max(len(row[index]) for row in (table.columns, *table.rows))


def _tall(table: Table) -> bool:
    """Say whether rows run over several lines, so that a rule between them helps the eye."""
    return any(len(cell) > 60 for row in table.rows for cell in row)


def _blocks(table: Table) -> RenderableType:
    parts: list[RenderableType] = [Text(table.caption)] if table.caption else []
    for name, *cells in table.rows:
        parts.append(Text(name, style="bold"))
        parts += [
            Padding(Text.assemble((f"{label}: ", "dim"), cell), (0, 0, 0, 2))
            for label, cell in zip(table.columns[1:], cells, strict=True)
            if cell
        ]
    return Group(*parts)


def _bullets(items: Sequence[str], start: int | None) -> RenderableType:
    grid = Grid(box=None, show_header=False, padding=(0, 1, 0, 0), pad_edge=False)
    grid.add_column(justify="right")
    grid.add_column(overflow="fold")
    for position, item in enumerate(items):
        grid.add_row("-" if start is None else f"{start + position}.", Text(item))
    return grid


def _bars(bars: Bars, width: int) -> RenderableType:
    from rich.bar import Bar as Drawn

    grid: Any = Grid(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(max_width=width // 2, overflow="fold")
    grid.add_column(justify="right", min_width=6)  # a figure is never cut
    grid.add_column(width=max(4, width // 3))
    for bar in bars.bars:
        label = f"{bar.label} ({bar.note})" if bar.note else bar.label
        grid.add_row(Text(label), f"{bar.percent:g} %", Drawn(100, 0, bar.percent, color="cyan"))
    return Group(Text(bars.title, style="bold"), grid, Text(f"Read with care: {bars.warning}", style="yellow"))

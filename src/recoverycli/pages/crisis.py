"""Emergency and crisis lines, dangers, and the boxes that come before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.document import Bullets, Document, Facts, Heading, Notice, Paragraph
from recoverycli.facts import bibliography, cited, notes, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.document import Block
    from recoverycli.guide import Guide


def crisis_page(guide: Guide, cite: bool) -> Document:
    """Return the lines to call, the dangers of withdrawal, and naloxone."""
    lines, dangers = guide.records("crisis_line"), guide.records("danger")
    changes = guide.records("crisis_change")
    blocks: list[Block] = [Notice("danger", "Call now", tuple(_line(x) for x in lines if x.get("first")))]
    blocks += [Heading("Lines"), Facts(tuple((x["name"], _contact(x, cite)) for x in lines))]
    for danger in dangers:
        if danger["signs"] or danger["do"]:
            blocks += _danger(danger, cite)
    if changes:
        blocks += [Heading("What changed"), Bullets(tuple(said(change, cite) for change in changes))]
    return Document("In a crisis", (*blocks, *bibliography(guide, [*lines, *dangers, *changes], cite)))


def danger_page(guide: Guide, danger: Any, cite: bool) -> Document:
    """Return one danger: its lines first, what it looks like, what to do."""
    blocks = [_box(guide, danger), *_danger(danger, cite)]
    return Document(danger["name"], (*blocks, *bibliography(guide, [danger], cite)))


def safety_boxes(guide: Guide, dangers: Iterable[str]) -> list[Block]:
    """Return the boxes that come before any other answer when danger words were typed."""
    records = [guide.record("danger", key) for key in dangers]
    return [_box(guide, danger) for danger in records if danger]


def in_danger(guide: Guide) -> Paragraph:
    """Return the one line at the foot of a page."""
    first = [line for line in guide.records("crisis_line") if line.get("first")]
    return Paragraph("In danger now: " + " ".join(f"{x['name']}: {x['contact']}." for x in first))


def _box(guide: Guide, danger: Any) -> Notice:
    lines = [guide.record("crisis_line", key) for key in danger["lines"]]
    calls = tuple(_line(line) for line in lines if line)
    return Notice("danger", danger["name"], (*calls, danger["text"], *danger["do"]))


def _danger(danger: Any, cite: bool) -> list[Block]:
    text = danger["text"] + (cited(danger) if cite else "")
    blocks: list[Block] = [Heading(danger["name"]), Paragraph(text)]
    if danger["signs"]:
        blocks += [Heading("Signs", 3), Bullets(tuple(danger["signs"]))]
    if danger["do"]:
        blocks += [Heading("What to do", 3), Bullets(tuple(danger["do"]), start=1)]
    return [*blocks, *notes(danger, cite)]


def _line(line: Any) -> str:
    return f"{line['name']}: {line['contact']} ({line['hours']})" if line["hours"] else _bare(line)


def _bare(line: Any) -> str:
    return f"{line['name']}: {line['contact']}"


def _contact(line: Any, cite: bool) -> str:
    hours = f" ({line['hours']})" if line["hours"] else ""
    return f"{line['contact']}{hours}. {said(line, cite)}"

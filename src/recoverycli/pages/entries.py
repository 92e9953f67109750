"""Pages on everything that is not a program: steps, meetings, readings, terms, traps, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.document import Bullets, Document, Facts, Heading, Notice, Paragraph, Quote, Table
from recoverycli.facts import bibliography, citation, cited, dated, full_name, notes, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.document import Block
    from recoverycli.guide import Guide
    from recoverycli.model import StepSet, Trap

GROUPS = {
    "access": "Who may come in",
    "format": "What a meeting does",
    "population": "Meetings for a group of people",
    "mode": "Where and how",
    "what-happens": "From opening to close",
    "practical": "Good to know",
    "engagement": "How to take part",
}
UNSEEN = "Not verified: this program's own wording of this step was not seen in print; the base wording is shown."


def steps_page(guide: Guide, steps: Sequence[Any], own: StepSet, plain: bool, cite: bool) -> Document:
    """Return steps in a program's wording, with the credit line; unverified wording says so."""
    blocks: list[Block] = []
    for step in steps:
        mark = "" if step["verified"] else " (not verified)"
        blocks.append(Heading(f"Step {step['number']}: {step['theme']}{mark}", 3))
        blocks.append(Quote((step["text"],)))
        if plain:
            blocks.append(Paragraph(f"In plain words: {step['plain']}"))
    if any(not step["verified"] for step in steps):
        blocks.append(Notice("note", "Steps marked not verified", (UNSEEN,)))
    if own.get("bracketed"):
        blocks.append(Paragraph(f"Words that change from program to program: {', '.join(own['bracketed'])}."))
    if own.get("note"):
        blocks.append(Paragraph(own["note"]))
    numbers = {step["number"] for step in steps}
    for variant in own.get("variants", []):
        if variant["number"] in numbers:
            head = f"Step {variant['number']} as printed ({variant['where']})"
            blocks.append(Quote((variant["text"],), head))
    blocks.append(Paragraph(f"{own['credit']} {said_when(own)}"))
    return Document(f"The twelve steps: {own['name']}", (*blocks, *bibliography(guide, [own], cite)))


def said_when(record: Any) -> str:
    """Return the date line of a record."""
    return f"Text as seen: {dated(record)}. Reviewed {record['reviewed']}."


def step_page(guide: Guide, number: int, base: Any, sets: Sequence[tuple[str, str, bool]], cite: bool) -> Document:
    """Return one step: the base words, plain words, and how each program words it where that differs."""
    blocks: list[Block] = [Quote((base["text"],)), Paragraph(f"In plain words: {base['plain']}")]
    if sets:
        blocks.append(Heading("In other programs' words"))
        blocks.append(Facts(tuple((name, text + ("" if seen else " (not verified)")) for name, text, seen in sets)))
    own = guide.record("step_set", "aa")
    credit = [Paragraph(own["credit"])] if own else []
    return Document(f"Step {number}: {base['theme']}", (*blocks, *credit, *bibliography(guide, [own], cite)))


def meetings_page(guide: Guide, types: Sequence[Any], cite: bool) -> Document:
    """Return every meeting type, what happens in one, and how to take part."""
    blocks: list[Block] = []
    for group, head in GROUPS.items():
        rows = tuple((t["name"], t["text"] + (cited(t) if cite else "")) for t in types if t["group"] == group)
        if rows:
            blocks += [Heading(head), Facts(rows)]
    blocks.append(Heading("Codes in meeting lists"))
    blocks.append(
        Paragraph(
            "Lists print codes such as O, C, D, SP, ST, W, Y, X and POA. `recoverycli meetings codes` explains all."
        )
    )
    blocks.append(Paragraph("One in full: `recoverycli meetings closed`."))
    return Document("Meetings", (*blocks, *bibliography(guide, types, cite)))


def meeting_page(guide: Guide, kind: Any, cite: bool) -> Document:
    """Return one meeting type."""
    blocks: list[Block] = [Paragraph(said(kind, cite)), *notes(kind, cite)]
    if kind.get("codes"):
        blocks.append(Paragraph(f"In meeting lists: {', '.join(kind['codes'])}."))
    return _entry(guide, kind, kind["name"], blocks, cite)


def codes_page(guide: Guide, codes: Sequence[Any], cite: bool) -> Document:
    """Return codes of meeting lists with their meaning, and whose lists use them so."""
    rows = tuple(
        (c["code"], c["meaning"], _users(c), (c.get("text") or "") + (cited(c) if cite else "")) for c in codes
    )
    intro = Paragraph("One code can mean different things in different programs: look at the third column.")
    table = Table(("Code", "Meaning", "In lists of", "More"), rows, sentence=True, spare=(3,))
    return Document("Codes in meeting lists", (intro, table, *bibliography(guide, codes, cite)))


def _users(code: Any) -> str:
    return ", ".join(key.upper() if len(key) <= 3 else key for key in code["programs"])


def reading_page(guide: Guide, reading: Any, cite: bool) -> Document:
    """Return a reading with its credit, origin and variants."""
    blocks: list[Block] = [Quote(tuple(reading["quote"]), reading["credit"])] if reading["quote"] else []
    blocks.append(Paragraph(said({k: v for k, v in reading.items() if k != "quote"}, cite)))
    if reading.get("variants"):
        blocks.append(Heading("Variants"))
    for variant in reading.get("variants", []):
        blocks.append(Heading(variant["name"], 3))
        if variant["quote"]:
            blocks.append(Quote(tuple(variant["quote"])))
        if variant.get("note"):
            blocks.append(Paragraph(variant["note"]))
    blocks += notes(reading, cite)
    return _entry(guide, reading, reading["name"], blocks, cite)


def term_page(guide: Guide, term: Any, cite: bool, extra: Sequence[Block] = ()) -> Document:
    """Return one word or topic of the glossary."""
    blocks = [Paragraph(said(term, cite)), *notes(term, cite), *extra]
    return _entry(guide, term, term["name"], blocks, cite)


def _entry(guide: Guide, record: Any, title: str, blocks: Sequence[Block], cite: bool) -> Document:
    see = record.get("see_also", ())
    more = [Paragraph("See also: " + "; ".join(f"recoverycli show {_typed(key)}" for key in see))] if see else []
    foot = Paragraph(f"As of {dated(record)}. Reviewed {record['reviewed']}.")
    return Document(title, (*blocks, *more, foot, *bibliography(guide, [record], cite)))


def _typed(name: str) -> str:
    return f'"{name}"' if " " in name else name


def glossary_page(terms: Sequence[Any]) -> Document:
    """Return every word with its first sentence."""
    rows = tuple((term["name"], term["text"]) for term in sorted(terms, key=lambda t: t["name"].casefold()))
    return Document("Words", (Facts(rows), Paragraph("One in full: `recoverycli glossary sponsor`.")))


def sources_page(sources: Sequence[Any]) -> Document:
    """Return every citation with its date and how far it is trusted."""
    blocks: list[Block] = []
    heads = {
        "seed": "The documents the guide is drawn from",
        "official": "The programs themselves",
        "government": "Government",
        "research": "Research",
        "third-party": "Others",
        "weak": "Weak: used only where nothing better was found",
        "unverified": "Not verified",
    }
    for trust, head in heads.items():
        lines = tuple(citation(source) for source in sources if source["trust"] == trust)
        if lines:
            blocks += [Heading(head), Bullets(lines)]
    return Document(f"Sources: {len(sources)}", tuple(blocks))


def source_page(source: Any, used_by: Sequence[str]) -> Document:
    """Return one citation and the entries that rest on it."""
    blocks: list[Block] = [Paragraph(citation(source))]
    if used_by:
        blocks += [Heading("Used for"), Bullets(tuple(used_by))]
    return Document(f"Source {source['id']}", tuple(blocks))


def trap_page(guide: Guide, trap: Trap, typed: str) -> Document:
    """Return what a misleading name is, and what may have been meant."""
    blocks: list[Block] = [Paragraph(trap["text"])]
    for key in trap["suggestions"]:
        program = guide.record("program", key)
        if program:
            blocks.append(Facts(((full_name(program), f"{program['summary']['text']} recoverycli show {key}"),)))
    return Document(f"About the name '{typed}'", tuple(blocks))

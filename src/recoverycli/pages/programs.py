"""Pages on programs: the list, one page, a comparison, medication side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.document import Bullets, Document, Facts, Heading, Notice, Paragraph, Quote, Table
from recoverycli.facets import SUBSTANCES
from recoverycli.facts import (
    bibliography,
    dated,
    figure,
    full_name,
    local_lines,
    local_mark,
    newest_first,
    notes,
    said,
    words,
)
from recoverycli.pages.crisis import in_danger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.compare import Row
    from recoverycli.document import Block
    from recoverycli.guide import Guide
    from recoverycli.model import Program

FACTS = (
    ("addresses", "For"),
    ("audience", "For whom"),
    ("requirement", "To join"),
    ("goal", "Goal"),
    ("spiritual", "Belief"),
    ("sponsor", "Sponsor"),
    ("crosstalk", "Cross-talk"),
    ("led_by", "Led by"),
    ("meeting", "At a meeting"),
    ("formats", "How it meets"),
    ("special_meetings", "Special meetings"),
    ("cost", "Cost"),
    ("find_meetings", "Find a meeting"),
    ("medication", "Medicine"),
    ("proof", "Proof of attendance"),
    ("evidence", "Research"),
    ("founded", "Began"),
)
THIN = 5


def short_name(program: Any) -> str:
    """Return the head of a program's column."""
    return str(program["acronym"] or program["name"]) + local_mark(program)


def listing(rows: Sequence[Any], why: bool, sources: Sequence[Block] = ()) -> Document:
    """Return programs, given by their facets, one row each; `why` adds the reason for each status."""
    columns = ("Program", "Id", "Family", "For", "For whom", "Goal", "Meets", "Status")
    table = Table(columns, [_row(facets, why) for facets in rows], sentence=True, spare=_SPARE[why])
    more = Paragraph("`recoverycli show ID` opens one, for example `recoverycli show aa`.")
    count = f"{len(rows)} program" + ("" if len(rows) == 1 else "s")
    return Document(f"Mutual-help programs: {count}", (table, more, *sources))


_SPARE = {True: (2, 6, 4, 5), False: (6, 4, 2, 7)}
"""The columns a narrow screen leaves out first, with and without the reasons."""


def _row(facets: Any, why: bool) -> tuple[str, ...]:
    status = words([facets["status"]])
    return (
        full_name(facets) + _mark(facets),
        facets["id"],
        words([facets["family"]]),
        words(_in_short(facets["topics"])),
        words(facets["who"]),
        words([facets["goal"]]),
        words(facets["formats"]),
        f"{status} ({facets['year']}): {facets['status_text']}" if why and facets["year"] else status,
    )


def _mark(facets: Any) -> str:
    """Return what must be seen beside a name even where the screen has no room for the status."""
    gone = ", no longer active" if facets["status"] == "inactive" else ""
    return gone + (" (local note)" if facets.get("local") is not None and not local_mark(facets) else "")


def _in_short(topics: Sequence[str]) -> list[str]:
    """Return topics without those a wider one among them covers."""
    if "any" in topics:
        return ["any"]
    return [t for t in topics if "drugs" not in topics or t in ("drugs", "alcohol", topics[0]) or t not in SUBSTANCES]


def program_page(guide: Guide, program: Program, cite: bool) -> Document:
    """Return everything the guide knows about one program."""
    blocks: list[Block] = [*_notices(program, cite), Paragraph(said(program["summary"], cite))]
    blocks += local_notice(program)
    blocks.append(Facts(tuple(_fact_rows(program, cite))))
    blocks += _medication(program, cite)
    blocks += notes(program, cite)
    blocks += [*_see_also(guide, program), _footer(program, cite), in_danger(guide)]
    return Document(full_name(program), (*blocks, *bibliography(guide, [program], cite)))


def _notices(program: Program, cite: bool) -> list[Block]:
    blocks: list[Block] = []
    status = program["status"]
    if status["value"] in ("inactive", "uncertain"):
        title = "No longer active" if status["value"] == "inactive" else "Not confirmed in recent years"
        blocks.append(Notice("caution", title, (said(status, cite),)))
    cautions = [said(caution, cite) for caution in program["cautions"]]
    cautions += [f"Not suitable with {words([u['value']])}. {said(u, cite)}" for u in program.get("unsuitable", ())]
    if cautions:
        blocks.append(Notice("caution", "Before you suggest it", tuple(cautions)))
    return blocks


def _fact_rows(program: Any, cite: bool) -> Iterable[tuple[str, str]]:
    for field, label in FACTS:
        if field in program:
            yield label, said(program[field], cite)
    for size in newest_first(program["size"]):
        yield "Size", figure(size, cite)
    if not program["size"]:
        yield "Size", "Unknown: no dated count was seen."
    yield "Website", program["website"]["url"] if "url" in program["website"] else program["website"]["text"]
    if program["find_meetings"].get("url"):
        yield "Meeting finder", program["find_meetings"]["url"]
    yield from _phones(program)
    for book in program["literature"]:
        yield "Reads", book["title"] + (f" ({book['note']})" if book.get("note") else "")


def _phones(program: Any) -> Iterable[tuple[str, str]]:
    for phone in program["phones"]:
        kind = "office, not a helpline" if phone["kind"] == "office" else phone["kind"].replace("-", " ")
        note = f". {phone['note']}" if phone.get("note") else ""
        yield "Phone", f"{phone['number']} ({kind}; {dated(phone)}){note}"
    if not program["phones"]:
        yield "Phone", "No number on an official page was seen, so none is printed."


def local_notice(program: Any) -> list[Block]:
    """Return what a clinic says about a program, marked as the clinic's."""
    lines = local_lines(program)
    if local_mark(program):
        lines.insert(0, "This entry comes from your clinic, not from the guide.")
    return [Notice("note", "Local, from your clinic", tuple(lines))] if lines else []


def _medication(program: Program, cite: bool) -> list[Block]:
    statements = program["medication"].get("statements", [])
    if not statements:
        return []
    blocks: list[Block] = [Heading("What it has published on medicine")]
    for statement in statements:
        blocks.append(Paragraph(f"On {_medicines(statement)} ({dated(statement)}): {statement['text']}"))
        if statement.get("quote"):
            refs = f"Source: {', '.join(statement['sources'])}" if cite else ""
            blocks.append(Quote((f'"{statement["quote"]}"',), refs))
    return blocks


def _medicines(statement: Any) -> str:
    names = {"any": "medicine", "psychiatric": "psychiatric medicine"}
    return ", ".join(names.get(about, about) for about in statement["about"])


def _see_also(guide: Guide, program: Program) -> list[Block]:
    names = tuple(f"{guide.title(key)}: recoverycli show {key}" for key in program.get("see_also", ()))
    return [Heading("See also", 3), Bullets(names)] if names else []


def _footer(program: Any, cite: bool) -> Paragraph:
    if local_mark(program):
        return Paragraph("From your clinic's own file. The guide has not checked it.")
    unknown = [label for field, label in FACTS if _is_unknown(program.get(field))]
    thin = (
        f"Little is known about this program: nothing was found on {', '.join(unknown).lower()}. "
        if len(unknown) >= THIN
        else ""
    )
    count = len(program.get("sources", ()))
    sources = "" if cite else f" From {count} sources: add --sources to see them."
    return Paragraph(f"{thin}Reviewed {program['reviewed']}.{sources}")


def _is_unknown(fact: Any) -> bool:
    return isinstance(fact, dict) and not fact.get("sources")


def comparison(guide: Guide, programs: Sequence[Program], rows: Sequence[Row], cite: bool) -> Document:
    """Return programs side by side, a row for each field."""
    heads = [short_name(p) for p in programs]
    table = Table(("", *heads), tuple((row.label, *(row.shown[p["id"]] for p in programs)) for row in rows))
    title = "Compared: " + ", ".join(full_name(p) for p in programs)
    same = [] if rows else [Paragraph("Nothing differs in the fields asked for.")]
    cautions = [(p, [said(c, cite) for c in p["cautions"]]) for p in programs]
    notices: list[Block] = [
        Notice("caution", f"Before you suggest {head}", tuple(lines))
        for head, (_, lines) in zip(heads, cautions, strict=True)
        if lines
    ]
    for program, head in zip(programs, heads, strict=True):
        if local := local_lines(program):
            notices.append(Notice("note", f"Local, from your clinic: {head}", tuple(local)))
    body: list[Block] = [table] if rows else []
    ends = [in_danger(guide), *bibliography(guide, programs, cite)]
    return Document(title, (*body, *same, *notices, *ends))


def medication_table(programs: Sequence[Program]) -> list[Block]:
    """Return what every program has published about medicine, in one place."""
    order = ("supports", "accepts", "limits", "no-position", "nothing-found", "unknown")
    heads = {
        "supports": "Publishes support for methadone or buprenorphine",
        "accepts": "Accepts prescribed medicine; does not name methadone or buprenorphine",
        "limits": "Groups may ask a person on methadone or buprenorphine not to share or lead",
        "no-position": "Says it takes no position",
        "nothing-found": "No statement was found",
        "unknown": "Unknown",
    }
    blocks: list[Block] = []
    for value in order:
        members = [p for p in programs if p["medication"]["value"] == value]
        if not members:
            continue
        blocks.append(Heading(heads[value]))
        if value in ("nothing-found", "unknown"):
            blocks.append(Paragraph("; ".join(full_name(p) for p in members) + "."))
            continue
        for program in members:
            blocks.append(Heading(full_name(program), 3))
            blocks.append(Paragraph(said(program["medication"])))
            for statement in program["medication"].get("statements", []):
                if statement.get("quote"):
                    about = f"On {_medicines(statement)}, {dated(statement)}"
                    blocks.append(Quote((f'"{statement["quote"]}"',), about))
    return blocks

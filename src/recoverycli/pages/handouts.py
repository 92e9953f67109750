"""Pages to give away: short, plain, the crisis lines first, and no place for anybody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli import qr
from recoverycli.document import (
    Bullets,
    Code,
    Document,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Writing,
)
from recoverycli.facts import bibliography, dated, full_name, local_mark, said
from recoverycli.pages.crisis import safety_boxes
from recoverycli.pages.programs import local_notice, short_name
from recoverycli.steps import in_words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoverycli.document import Block
    from recoverycli.guide import Guide
    from recoverycli.match import Answer, Match

CAUTIONS = 3
MATCHES = 3
UNKNOWN = "Not known. Ask before you go."
UNSEEN = "A * marks a step that is not checked: this group's own words were not seen, so AA's are shown."
RIGHT = "You choose. You can try more than one, and you can stop at any time."
ROWS = (
    ("requirement", "To join"),
    ("meeting", "At a meeting"),
    ("formats", "How it meets"),
    ("cost", "Cost"),
    ("goal", "Goal"),
    ("spiritual", "Belief"),
    ("sponsor", "Sponsor"),
    ("medication", "Medicine"),
)
NEEDED = frozenset(("meeting", "cost"))
"""Rows that stand on the page even when nothing is known: a gap must be seen."""
SIDE_BY_SIDE = tuple(row for row in ROWS if row[0] not in ("requirement", "goal", "sponsor"))
SPARE = ("Sponsor", "To join", "Goal", "How it meets", "Belief", "Medicine", "Not known")
"""What a page that is too full can do without, the least needed first."""
BRIEF = ("How it meets", "Who it is for", "At a meeting", "Cost", "Find a meeting", "Belief", "What it is", "Next step")
"""Rows of a comparison that one sentence a cell will do for, when the page is too full. What keeps people safe
(medicine, cautions, reasons) is whole or not there."""
MEETING_GROUPS = {
    "what-happens": "What happens at a meeting",
    "access": "Who may come in",
    "format": "Kinds of meetings",
    "mode": "Where and how",
}
MEETING_SKIPPED = ("-meeting",)


class Sheet(NamedTuple):
    """One page to hand over.

    spare: the rows it can lose when it is too full, the least needed first.
    long: it may run over several pages.
    """

    document: Document
    spare: tuple[str, ...] = ()
    long: bool = False


class Look(NamedTuple):
    """What the person at the keyboard adds to every page.

    clinic: a line in the head. qr: the meeting finder's address to scan. squares: draw QR codes in ASCII.
    large: no tables.
    """

    clinic: str = ""
    qr: bool = False
    squares: bool = False
    large: bool = False


def program_sheet(guide: Guide, program: Any, look: Look, why: Sequence[tuple[str, str]] = ()) -> Sheet:
    """Return the page of one program; `why` are rows that say why it may fit."""
    blocks = [*_head(guide, [program], look), *_status(program)]
    blocks.append(Facts((*why, *_rows(program))))
    cautions = [_plain(caution) for caution in program["cautions"][:CAUTIONS]]
    if cautions:
        blocks.append(Notice("caution", "Take care", cautions))
    blocks += local_notice(program)
    blocks.append(Notice("note", "One next step", (_plain(program["next_step"]),)))
    blocks += [*_to_fill_in(), _foot(guide, [program]), *_codes([program], look)]
    return Sheet(Document(full_name(program), blocks), SPARE)


def comparison_sheet(
    guide: Guide,
    programs: Sequence[Any],
    look: Look,
    why: Mapping[str, Mapping[str, str]] | None = None,
    title: str = "",
) -> Sheet:
    """Return programs side by side; `why` has rows for each program that say why it may fit."""
    rows = _compared(programs, why or {})
    heads = ("About", *(short_name(program) for program in programs))
    if len(programs) == 2 and not title:
        title = f"{full_name(programs[0])} or {full_name(programs[1])}"
    else:
        rows.insert(0, ("Full name", *(program["name"] for program in programs)))
    blocks: list[Block] = _head(guide, programs, look)
    blocks.append(Paragraph(RIGHT))
    blocks += _by_row(heads, rows) if look.large else [Table(heads, rows)]
    for program in programs:
        notices = [block for block in local_notice(program) if isinstance(block, Notice)]
        blocks += [Notice(n.kind, f"{n.title}: {program['name']}", n.lines) for n in notices]
    blocks += [*_to_fill_in(), _foot(guide, programs), *_codes(programs, look)]
    return Sheet(Document(title or "Groups to choose from", blocks), (*SPARE, "At a meeting"))


def match_sheet(guide: Guide, answer: Answer, look: Look) -> Sheet:
    """Return the page for the first matches, with reasons, after any danger. The need is not on it."""
    first = answer.matches[:MATCHES]
    programs = [guide.program(match.id) for match in first]
    why = {match.id: _reasons(match) for match in first}
    if len(first) == 1:
        sheet = program_sheet(guide, programs[0], look, tuple(why[first[0].id].items()))
    else:
        sheet = comparison_sheet(guide, programs, look, why, "Groups that may fit")
    dangers = safety_boxes(guide, answer.need.dangers)
    blocks = [block for block in sheet.document.blocks if not (dangers and _repeats(block, dangers))]
    return Sheet(Document(sheet.document.title, (*dangers, *blocks)), sheet.spare)


def danger_sheet(guide: Guide, dangers: Sequence[str], look: Look) -> Sheet:
    """Return whom to call and what to do, when a need speaks of nothing but danger."""
    boxes = safety_boxes(guide, dangers)
    head = [block for block in _head(guide, [], look) if not _repeats(block, boxes)]
    return Sheet(Document("Help now", [*boxes, *head, _foot(guide, [])]))


def steps_sheet(guide: Guide, program: Any | None, look: Look) -> Sheet:
    """Return the twelve steps in a program's own words, or in AA's where it has none."""
    own = (program and guide.record("step_set", program["id"])) or guide.record("step_set", "aa")
    steps = in_words_of(guide, own, list(range(1, 13)))
    lines = tuple(f'"{step["text"]}"{"" if step["verified"] else " *"}' for step in steps)
    blocks = _head(guide, [], look)
    blocks.append(Bullets(lines, start=1))
    if not all(step["verified"] for step in steps):
        blocks.append(Paragraph(UNSEEN))
    blocks.append(Paragraph(f'"{own["credit"]}" Text as seen: {dated(own)}.'))
    blocks.append(_foot(guide, [own]))
    return Sheet(Document(f"The twelve steps: {own['name']}", blocks))


def prayer_sheet(guide: Guide, look: Look) -> Sheet:
    """Return the Serenity Prayer with its credit."""
    prayer = guide.record("reading", "serenity-prayer")
    blocks = _head(guide, [], look)
    blocks += [Quote(prayer["quote"], prayer["credit"]), Paragraph(prayer["text"])]
    blocks.append(_foot(guide, [prayer]))
    return Sheet(Document(prayer["name"], blocks))


def meetings_sheet(guide: Guide, look: Look) -> Sheet:
    """Return what happens at a meeting, and the kinds there are."""
    types = [t for t in guide.records("meeting_type") if not t["id"].endswith(MEETING_SKIPPED)]
    blocks = _head(guide, [], look)
    for group, head in MEETING_GROUPS.items():
        rows = [(t["name"], t["text"]) for t in types if t["group"] == group]
        blocks += [Heading(head), Facts(rows)]
    blocks += [*_to_fill_in(), _foot(guide, types)]
    spare = tuple(t["name"] for group in reversed(MEETING_GROUPS) for t in types if t["group"] == group)
    return Sheet(Document("What meetings are like", blocks), spare)


def sources_sheet(guide: Guide, records: Sequence[Any]) -> Sheet:
    """Return where the facts come from, on as many pages as it takes."""
    return Sheet(Document("Where the facts come from", bibliography(guide, records, cite=True)[1:]), long=True)


def bound(documents: Sequence[Document]) -> Document:
    """Return several pages as one document: the first gives the title, the others start a new sheet."""
    first, *others = documents
    blocks = list(first.blocks)
    for other in others:
        blocks += [PageBreak(), Heading(other.title), *other.blocks]
    return Document(first.title, blocks)


def _repeats(block: Block, dangers: Sequence[Block]) -> bool:
    """Say whether every number of a crisis box stands in the boxes of the dangers already."""
    if not isinstance(block, Notice) or block.kind != "danger":
        return False
    told = " ".join(line for danger in dangers if isinstance(danger, Notice) for line in danger.lines)
    return all(line.rstrip(".") in told for line in block.lines)


def _head(guide: Guide, programs: Sequence[Any], look: Look) -> list[Block]:
    """Return what every page begins with: the clinic's line, and the box that is never left out."""
    topics = [program["addresses"].get("values", ()) for program in programs]
    lines = [line for line in guide.records("crisis_line") if line.get("first")]
    if any("gambling" in values and "alcohol" not in values for values in topics):
        lines += [line for line in guide.records("crisis_line") if line["type"] == "gambling"]
    calls = [f"{line['name']}: {line['contact']}." for line in lines]
    clinic: list[Block] = [Paragraph(f"From {look.clinic}")] if look.clinic else []
    return [*clinic, Notice("danger", "If a life is in danger, call now", calls)]


def _status(program: Any) -> list[Block]:
    titles = {"inactive": "This group may have closed", "uncertain": "Check first if this group still meets"}
    title = titles.get(program["status"]["value"])
    return [Notice("caution", title, (program["status"]["text"],))] if title else []


def _rows(program: Any) -> list[tuple[str, str]]:
    rows = [("What it is", _plain(program["summary"])), ("Who it is for", _for_whom(program))]
    rows += [(label, _known(program[field])) for field, label in ROWS if field in NEEDED or _is_known(program[field])]
    rows.append(("Find a meeting", _finder(program)))
    rows += [("Phone", _phone(phone)) for phone in program["phones"] if phone["kind"] != "office"]
    return rows


def _compared(programs: Sequence[Any], why: Mapping[str, Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Return a row for each field; a row nobody has anything in is left out."""
    reasons = dict.fromkeys(label for given in why.values() for label in given)
    rows = [(label, *(why.get(p["id"], {}).get(label, "") for p in programs)) for label in reasons]
    rows.append(("What it is", *(_plain(p["summary"]) for p in programs)))
    rows.append(("Who it is for", *(_for_whom(p) for p in programs)))
    for field, label in SIDE_BY_SIDE:
        if field in NEEDED or any(_is_known(p[field]) for p in programs):
            rows.append((label, *(_known(p[field]) for p in programs)))
    rows.append(("Find a meeting", *(_finder(p) for p in programs)))
    rows.append(("Next step", *(_plain(p["next_step"]) for p in programs)))
    rows.append(("Take care", *(_first_caution(p) for p in programs)))
    return rows


def _by_row(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Block]:
    """Return a table as headings and facts: large print has no columns."""
    blocks: list[Block] = []
    for label, *cells in rows:
        told = [(head, cell) for head, cell in zip(heads[1:], cells, strict=True) if cell]
        blocks += [Heading(label), Facts(told)]
    return blocks


def _reasons(match: Match) -> dict[str, str]:
    against = " ".join(reason.text for reason in match.conflicts)
    unknown = "; ".join(match.unknown)
    return {
        "Why it may fit": " ".join(reason.text for reason in match.meets) or "Nothing speaks against it.",
        **({"What speaks against it": against} if against else {}),
        **({"Not known": f"{unknown}."} if unknown else {}),
    }


def _first_caution(program: Any) -> str:
    """Return the first caution as a cell; a group that may be closed says so before it."""
    closed = [block.title + "." for block in _status(program) if isinstance(block, Notice)]
    return " ".join([*closed, *(_plain(caution) for caution in program["cautions"][:1])])


def _for_whom(program: Any) -> str:
    told = [_plain(program[field]) for field in ("audience", "addresses") if _is_known(program[field])]
    return " ".join(told) or UNKNOWN


def _finder(program: Any) -> str:
    finder = program["find_meetings"]
    text = _known(finder)
    return f"{text} {finder['url']}" if finder.get("url") else text


def _phone(phone: Any) -> str:
    """Return a number with its kind and date, and for a helpline its note: it may serve one town alone."""
    kind = phone["kind"].replace("-", " ")
    note = f" {phone['note']}" if phone.get("note") and kind == "helpline" else ""
    return f"{phone['number']} ({kind}; {dated(phone)}).{note}"


def _plain(fact: Any) -> str:
    """Return a fact without its quotation: exact words are often harder to read than a handout may be."""
    return said({key: value for key, value in fact.items() if key != "quote"})


def _known(fact: Any) -> str:
    return _plain(fact) if _is_known(fact) else UNKNOWN


def _is_known(fact: Any) -> bool:
    return bool(fact.get("sources"))


def _to_fill_in() -> list[Block]:
    return [Writing("Day and time"), Writing("Place or link")]


def _foot(guide: Guide, records: Sequence[Any]) -> Paragraph:
    """Return the date of the data: that of the oldest look at what is on the page."""
    dates = [record["reviewed"] for record in records if record.get("reviewed")]
    ours = not records or not all(local_mark(record) for record in records)
    checked = f"Facts checked on {min(dates, default=guide.reviewed)}." if ours else "Facts from the clinic's own file."
    return Paragraph(f"{checked} This page gives facts. It does not replace a doctor.")


def _codes(programs: Sequence[Any], look: Look) -> list[Block]:
    """Return a QR code for each meeting finder, with the address in print."""
    if not look.qr:
        return []
    addresses = {p["name"]: p["find_meetings"].get("url", "") for p in programs}
    return [
        Code(qr.lines(url, look.squares), f"Scan to find a meeting of {name}: {url}", url)
        for name, url in addresses.items()
        if url
    ]

"""How a fact is said: its words, its year, its quotation, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.document import Bullets, Heading, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.document import Block
    from recoverycli.guide import Guide


def said(fact: Any, cite: bool = False) -> str:
    """Return a fact as a reader meets it: text, exact words in quotation marks, doubt, and sources if asked."""
    words = [fact["text"]] if fact.get("text") else []
    if fact.get("quote"):
        words.append(f'In its own words: "{fact["quote"]}"')
    if fact.get("unverified"):
        words.append("(Not verified.)")
    return " ".join(words) + (cited(fact) if cite else "")


def cited(fact: Any) -> str:
    """Return the reference of a fact, such as " [seed-rri, 2019]"."""
    sources = fact.get("sources")
    return f" [{', '.join(sources)}; {dated(fact)}]" if sources else ""


def dated(fact: Any) -> str:
    """Return the year of a fact, and whether it is only the year an undated source was read."""
    return f"undated, seen {fact['year']}" if fact.get("seen") else str(fact.get("year", "undated"))


def figure(size: Any, cite: bool = False) -> str:
    """Return a count with its unit and its year, such as "nearly 67,000 meetings worldwide (2016)"."""
    words = f"{size.get('about', '')} {size['count']:,} {size['unit']}, {size['where']}".strip()
    claim = f", claimed by {size['claimed_by']}" if size.get("claimed_by") else ""
    note = f". {size['note']}" if size.get("note") else ""
    return f"{words} ({dated(size)}{claim}){note}{cited(size) if cite else ''}"


def full_name(program: Any) -> str:
    """Return a program's name with its acronym, marked where it is a clinic's own."""
    acronym = program["acronym"]
    shown = acronym and acronym.casefold() not in program["name"].casefold().split()
    return (f"{program['name']} ({acronym})" if shown else str(program["name"])) + local_mark(program)


def local_mark(program: Any) -> str:
    """Return what marks a program as a clinic's own, wherever its name stands."""
    return " (local)" if (program.get("local") or {}).get("added") else ""


def newest_first(sizes: Iterable[Any]) -> list[Any]:
    """Return counts with the newest first; those of undated sources after the dated ones."""
    return sorted(sizes, key=lambda size: (bool(size.get("seen")), -size["year"]))


def words(values: Iterable[str]) -> str:
    """Return machine words as people say them, such as "young adults, LGBTQ"."""
    return ", ".join(_SPOKEN.get(value, value.replace("-", " ")) for value in values)


_SPOKEN = {
    "lgbtq": "LGBTQ+",
    "childhood": "growing up in a troubled home",
    "sex": "sex and love",
    "technology": "screens",
    "teens": "teenagers",
    "adult-children": "adults who grew up in a troubled home",
    "in-person": "in person",
    "any": "any addiction",
    "drugs": "any drug",
    "self": "the person with the problem",
    "own-goal": "own goal",
    "twelve-step": "twelve-step",
    "email": "email",
    "on-medication": "people on medication",
    "dual-diagnosis": "dual diagnosis",
}


def notes(record: Any, cite: bool, level: int = 3) -> list[Block]:
    """Return the notes of a record, each under its heading."""
    blocks: list[Block] = []
    for note in record.get("notes", ()):
        blocks += [Heading(note["title"], level), Paragraph(said(note, cite))]
    return blocks


def bibliography(guide: Guide, records: Iterable[Any], cite: bool) -> list[Block]:
    """Return the list of sources cited anywhere in `records`, or nothing when not asked for."""
    if not cite:
        return []
    used = dict.fromkeys(source for record in records for source in source_ids(record))
    if not used:
        return []
    return [Heading("Sources"), Bullets(tuple(citation(guide.source(key)) for key in used))]


def source_ids(value: Any) -> Iterable[str]:
    """Yield every source id inside a record, in order."""
    if isinstance(value, dict):
        for field, inner in value.items():
            if field == "sources" and isinstance(inner, list):
                yield from inner
            else:
                yield from source_ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from source_ids(inner)


def citation(source: Any) -> str:
    """Return a source as one line."""
    url = f" {source['url']}" if source.get("url") else ""
    note = f" {source['note']}" if source.get("note") else ""
    return f"[{source['id']}] {source['title']}. {dated(source).capitalize()}.{url} ({source['trust']}){note}"


def local_lines(program: Any) -> list[str]:
    """Return a clinic's note, contact and meeting times, a line each."""
    local = program.get("local") or {}
    lines = [local[key] for key in ("note", "contact") if local.get(key)]
    for meeting in local.get("meetings", ()):
        note = f" ({meeting['note']})" if meeting.get("note") else ""
        lines.append(f"{meeting['when']}, {meeting['where']}{note}")
    return lines


def local_sentences(program: Any) -> str:
    """Return the same as running text."""
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in local_lines(program))

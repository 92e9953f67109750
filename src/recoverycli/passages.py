"""Records → passages: pieces of the guide that answer a question on their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.facts import figure, full_name, said

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 600
WORKS = "does it work, works, working, effective, success, proven, research, evidence"
"""How people ask what research found."""


class Passage(NamedTuple):
    """A piece of the guide that answers on its own.

    asks: the kind of question it answers. hidden: other names it is asked for by, not shown. facets: what of the
    vocabulary it is about, as facet/value.
    """

    kind: str
    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    asks: str = ""
    hidden: str = ""
    facets: tuple[str, ...] = ()


PROGRAM_FIELDS = {
    "summary": "what it is",
    "addresses": "what it is for",
    "audience": "for whom",
    "special_meetings": "meetings for groups of people",
    "requirement": "who may join",
    "goal": "goal",
    "spiritual": "belief",
    "sponsor": "sponsors",
    "crosstalk": "cross-talk",
    "led_by": "who leads",
    "meeting": "at a meeting",
    "formats": "how it meets",
    "cost": "cost",
    "founded": "how it began",
    "find_meetings": "how to find a meeting",
    "medication": "medicine",
    "proof": "proof of attendance",
    "evidence": "research",
    "status": "whether it is active",
    "next_step": "how to begin",
}


def passages_of(kind: str, record: Any, names: dict[str, str], titles: dict[str, str]) -> Iterator[Passage]:
    """Yield the passages of one record. `names` gives program names, `titles` those of sources."""
    make = _MAKERS.get(kind)
    if make:
        for title, text, sources, asks in make(record, names):
            key = str(record.get("id") or record.get("number") or record.get("program") or record.get("code"))
            if kind == "study" and title.endswith("limits"):
                text += " Reference: " + "; ".join(titles.get(source, source) for source in sources)
            for piece in _pieces(" ".join(text.split())):
                hidden = " ".join(record.get("aliases", ())) if title == record.get("name") else ""
                hidden += " ".join(titles.get(s, "") for s in sources) if kind == "study" else ""
                hidden += WORKS if kind == "family_evidence" else ""
                yield Passage(kind, key, title, piece, tuple(sources), asks, hidden)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of at most 600 characters, cut between sentences."""
    while len(text) > LONGEST:
        cut = max(text.rfind(mark, 0, LONGEST) for mark in (". ", "; ", ", ", " "))
        cut = cut if cut > 0 else LONGEST - 1
        yield text[: cut + 1].strip()
        text = text[cut + 1 :].strip()
    if text:
        yield text


_Raw = tuple[str, str, list[str], str]


def _program(program: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    name = full_name(program)
    for field, label in PROGRAM_FIELDS.items():
        fact = program.get(field)
        if fact and fact.get("sources"):
            address = f" {fact['url']}" if fact.get("url") else ""
            yield f"{name}: {label}", said(fact) + address, fact["sources"], field
    for statement in program["medication"].get("statements", []):
        about = ", ".join(about for about in statement["about"] if about != "any")
        yield (
            f"{name}: medicine" + (f" ({about})" if about else ""),
            said(statement),
            statement["sources"],
            "medication",
        )
    if program["size"]:
        text = " ".join(figure(size).rstrip(".") + "." for size in program["size"])
        yield f"{name}: size", text, [s for size in program["size"] for s in size["sources"]], "size"
    if program["literature"]:
        text = "Reads: " + "; ".join(
            b["title"] + (f", {b['note']}" if b.get("note") else "") for b in program["literature"]
        )
        first = program["literature"][0]
        yield f"{name}: literature", said(first | {"text": text}), first["sources"], "literature"
    for phone in program["phones"]:
        yield f"{name}: phone", f"{phone['number']} ({phone['kind']}).", phone["sources"], "phones"
    for caution in program["cautions"]:
        yield f"{name}: caution", said(caution), caution["sources"], "cautions"
    for unfit in program.get("unsuitable", ()):
        yield (
            f"{name}: not suitable with {unfit['value'].replace('-', ' ')}",
            said(unfit),
            unfit["sources"],
            "cautions",
        )
    website = program["website"]
    if website.get("url"):
        finder = program["find_meetings"].get("url", "")
        text = f"Website: {website['url']}" + (f" Meeting finder: {finder}" if finder else "")
        yield f"{name}: website", said(website | {"text": text}), website["sources"], "website"
    yield from _noted(name, program)


def _noted(name: str, record: Any) -> Iterator[_Raw]:
    for note in record.get("notes", ()):
        yield f"{name}: {note['title']}", said(note), note["sources"], ""


def _entry(record: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    yield record["name"], said({k: v for k, v in record.items() if k != "quote"}), record["sources"], record["id"]
    yield from _noted(record["name"], record)


def _reading(reading: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    if reading["quote"]:
        text = " ".join(reading["quote"]) + f" {reading['credit']}"
        yield f"{reading['name']}: the words", text, reading["sources"], ""
    yield from _entry(reading, _names)
    for variant in reading.get("variants", []):
        text = f"{' '.join(variant['quote'])} {variant.get('note', '')}"
        yield f"{reading['name']}: {variant['name']}", text, variant["sources"], ""


def _step(step: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    text = f"{step['text']} In plain words: {step['plain']}"
    yield f"Step {step['number']} of the twelve steps: {step['theme']}", text, [], ""


def _step_set(own: Any, names: dict[str, str]) -> Iterator[_Raw]:
    name = names.get(own["program"], own["name"])
    for number, text in own["changes"].items():
        yield f"{name}: step {number} in its own words", text, own["sources"], ""
    if own.get("note"):
        yield f"{name}: its steps", own["note"], own["sources"], ""


def _code(code: Any, names: dict[str, str]) -> Iterator[_Raw]:
    users = ", ".join(names.get(key, key) for key in code["programs"])
    text = f"The code {code['code']} in a meeting list means {code['meaning']}. {code.get('text', '')} Used by {users}."
    yield f"Meeting list code {code['code']}: {code['meaning']}", text, code["sources"], "codes"


def _study(study: Any, names: dict[str, str]) -> Iterator[_Raw]:
    head = f"Study: {study['name']} ({study['year']})"
    about = f" About: {', '.join(names.get(key, key) for key in study['about'])}."
    yield head, f"{study['claim']}{about}", study["sources"], "evidence"
    if study["figures"]:
        told = [
            f"{f['label']}: " + (f"{f['percent']:g} percent. " if "percent" in f else "") + f["text"]
            for f in study["figures"]
        ]
        yield f"{head}: figures", " ".join(told), study["sources"], "evidence"
    limits = f"{study['design']} {study['size']} Limits: {study['limits']} {study.get('warning', '')}"
    yield f"{head}: how it was done, and limits", limits, study["sources"], "evidence"
    yield from _noted(head, study)


def _family(line: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    yield f"Research on {line['name']}", line["text"], line["sources"], "evidence"


def _crisis_line(line: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    yield (
        f"{line['name']}: {line['contact']}",
        f"{line['contact']}. {line['text']} {line['hours']}",
        line["sources"],
        "crisis",
    )


def _danger(danger: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    yield danger["name"], danger["text"], danger["sources"], "crisis"
    if danger["signs"]:
        yield f"{danger['name']}: signs", " ".join(danger["signs"]), danger["sources"], "crisis"
    if danger["do"]:
        yield f"{danger['name']}: what to do", " ".join(danger["do"]), danger["sources"], "crisis"
    yield from _noted(danger["name"], danger)


def _change(change: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    yield "What changed among the lines to call", said(change), change["sources"], "crisis"


def _trap(trap: Any, _names: dict[str, str]) -> Iterator[_Raw]:
    yield f"The name {trap['typed'][0]}", trap["text"], trap["sources"], ""


_MAKERS = {
    "program": _program,
    "meeting_type": _entry,
    "term": _entry,
    "reading": _reading,
    "step": _step,
    "step_set": _step_set,
    "code": _code,
    "study": _study,
    "family_evidence": _family,
    "crisis_line": _crisis_line,
    "crisis_change": _change,
    "danger": _danger,
    "trap": _trap,
}

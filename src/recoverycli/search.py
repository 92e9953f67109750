"""A question in ordinary words → the passages that answer it, best first.

A passage stands alone: its title says what it belongs to. The index is made when the guide is built: for each
stem the passages it occurs in, weighted by BM25 (Robertson and Zaragoza 2009), title words counting more.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.words import content_words, normalise, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.guide import Guide

LONGEST = 600
TITLE = 2.5
ASKED = 1.5
SATURATION, LENGTH = 1.2, 0.4
SLIP_SCORE = 82
SYNONYM = 0.5
MOST_WORDS = 60


class Passage(NamedTuple):
    """A piece of the guide that answers on its own. `asks` names the kind of question it answers."""

    kind: str
    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    asks: str = ""


class Hit(NamedTuple):
    """A passage found, with its score and the words that matched."""

    passage: dict[str, Any]
    score: float
    words: tuple[str, ...]


class Result(NamedTuple):
    """Passages best first, and what was read for words the guide does not know."""

    hits: list[Hit]
    read_as: dict[str, str]


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
    "next_step": "a first step",
}


def passages_of(kind: str, record: Any, names: dict[str, str]) -> Iterator[Passage]:
    """Yield the passages of one record. `names` gives program names for step sets."""
    make = _MAKERS.get(kind)
    if make:
        for title, text, sources, asks in make(record, names):
            key = str(record.get("id") or record.get("number") or record.get("program") or record.get("code"))
            for piece in _pieces(" ".join(text.split())):
                yield Passage(kind, key, title, piece, tuple(sources), asks)


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


def _said(fact: Any) -> str:
    quote = f' In its own words: "{fact["quote"]}"' if fact.get("quote") else ""
    return f"{fact.get('text', '')}{quote}"


def _program(program: Any, names: dict[str, str]) -> Iterator[_Raw]:
    acronym = program["acronym"]
    name = f"{program['name']} ({acronym})" if acronym and acronym not in program["name"] else program["name"]
    for field, label in PROGRAM_FIELDS.items():
        fact = program.get(field)
        if fact and fact.get("sources"):
            yield f"{name}: {label}", _said(fact), fact["sources"], field
    for statement in program["medication"].get("statements", []):
        about = ", ".join(statement["about"])
        yield f"{name}: medicine ({about})", _said(statement), statement["sources"], "medication"
    if program["size"]:
        from recoverycli.facts import figure

        text = " ".join(figure(size).rstrip(".") + "." for size in program["size"])
        yield f"{name}: size", text, [s for size in program["size"] for s in size["sources"]], "size"
    if program["literature"]:
        text = "Reads: " + "; ".join(b["title"] + (f", {b['note']}" if b.get("note") else "") for b in program["literature"])
        yield f"{name}: literature", text, program["literature"][0]["sources"], "literature"
    for phone in program["phones"]:
        yield f"{name}: phone", f"{phone['number']} ({phone['kind']}).", phone["sources"], "phones"
    for caution in program["cautions"]:
        yield f"{name}: caution", _said(caution), caution["sources"], "cautions"
    for unfit in program.get("unsuitable", ()):
        yield f"{name}: not suitable with {unfit['value'].replace('-', ' ')}", _said(unfit), unfit["sources"], "cautions"
    website = program["website"]
    if website.get("url"):
        finder = program["find_meetings"].get("url", "")
        text = f"Website: {website['url']}" + (f" Meeting finder: {finder}" if finder else "")
        yield f"{name}: website", text, website["sources"], "website"
    yield from _noted(name, program)


def _noted(name: str, record: Any) -> Iterator[_Raw]:
    for note in record.get("notes", ()):
        yield f"{name}: {note['title']}", _said(note), note["sources"], ""


def _entry(record: Any, names: dict[str, str]) -> Iterator[_Raw]:
    yield record["name"], _said({k: v for k, v in record.items() if k != "quote"}), record["sources"], record["id"]
    yield from _noted(record["name"], record)


def _reading(reading: Any, names: dict[str, str]) -> Iterator[_Raw]:
    if reading["quote"]:
        text = " ".join(reading["quote"]) + f" {reading['credit']}"
        yield f"{reading['name']}: the words", text, reading["sources"], ""
    yield from _entry(reading, names)
    for variant in reading.get("variants", []):
        text = f"{' '.join(variant['quote'])} {variant.get('note', '')}"
        yield f"{reading['name']}: {variant['name']}", text, variant["sources"], ""


def _step(step: Any, names: dict[str, str]) -> Iterator[_Raw]:
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


def _family(line: Any, names: dict[str, str]) -> Iterator[_Raw]:
    yield f"Research on {line['name']}", line["text"], line["sources"], "evidence"


def _crisis_line(line: Any, names: dict[str, str]) -> Iterator[_Raw]:
    yield f"{line['name']}: {line['contact']}", f"{line['contact']}. {line['text']} {line['hours']}", line["sources"], "crisis"


def _danger(danger: Any, names: dict[str, str]) -> Iterator[_Raw]:
    yield danger["name"], danger["text"], danger["sources"], "crisis"
    if danger["signs"]:
        yield f"{danger['name']}: signs", " ".join(danger["signs"]), danger["sources"], "crisis"
    if danger["do"]:
        yield f"{danger['name']}: what to do", " ".join(danger["do"]), danger["sources"], "crisis"
    yield from _noted(danger["name"], danger)


def _change(change: Any, names: dict[str, str]) -> Iterator[_Raw]:
    yield "What changed among the lines to call", _said(change), change["sources"], "crisis"


def _trap(trap: Any, names: dict[str, str]) -> Iterator[_Raw]:
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


def index_lines(records: Sequence[tuple[str, str, Any]], names: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield the built form of every passage and of the index over their words."""
    asks = {
        record["value"]: " ".join(record["words"])
        for kind, _, record in records
        if kind == "word" and record["facet"] == "asks"
    }
    passages = [
        passage for kind, _, record in records for passage in passages_of(kind, record, names)
    ]
    postings: dict[str, list[float]] = {}
    counted = [_counts(passage, asks) for passage in passages]
    for number, passage in enumerate(passages):
        kept = {field: value for field, value in passage._asdict().items() if field != "asks"}
        yield f"passage/{number}", kept
    for word, found in _weights(counted).items():
        postings[word] = found
        yield f"word/{word}", found


def _counts(passage: Passage, asks: dict[str, str]) -> Counter[str]:
    """Return how much each stem of a passage counts."""
    counts: Counter[str] = Counter(content_words(passage.text))
    for text, weight in ((passage.title, TITLE), (asks.get(passage.asks, ""), ASKED)):
        for word in content_words(text):
            counts[word] += weight  # type: ignore[assignment]  # Counter adds floats as well
    return counts


def _weights(counted: Sequence[Counter[str]]) -> dict[str, list[float]]:
    """Return, for each stem, passage numbers and BM25 weights in turn."""
    lengths = [sum(counts.values()) for counts in counted]
    mean = sum(lengths) / len(lengths) if lengths else 1
    frequency: Counter[str] = Counter(word for counts in counted for word in counts)
    postings: dict[str, list[float]] = {}
    for number, counts in enumerate(counted):
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths[number] / mean)
        for word, count in counts.items():
            rarity = math.log(1 + (len(counted) - frequency[word] + 0.5) / (frequency[word] + 0.5))
            weight = rarity * count * (SATURATION + 1) / (count + norm)
            postings.setdefault(word, []).extend((number, round(weight, 2)))
    return postings


def synonyms(words: Sequence[Any]) -> dict[str, list[str]]:
    """Return, for single words of the vocabulary on topics and medicine, the words the guide itself uses."""
    found: dict[str, list[str]] = {}
    for entry in words:
        if entry["facet"] in ("topic", "medication", "belief"):
            called = content_words(entry["label"])
            for word in entry["words"]:
                stems = content_words(word)
                if len(stems) == 1:
                    known = found.setdefault(stems[0], [])
                    known += [c for c in called if c not in known and c != stems[0]]
    return found


def search(guide: Guide, question: str, limit: int = 5) -> Result:
    """Return the passages that answer `question`, best first, at most `limit`."""
    words = list(dict.fromkeys(content_words(question)))[:MOST_WORDS]
    if not words:
        words = list(dict.fromkeys(stem(word) for word in normalise(question).split()))[:MOST_WORDS]
    scores: dict[int, float] = {}
    matched: dict[int, set[str]] = {}
    terms, read_as = _terms(guide, words)
    for word, forms in terms.items():
        best: dict[int, float] = {}
        for form, share in forms:
            postings = guide.lines.get(f"word/{form}") or []
            for number, weight in zip(postings[::2], postings[1::2], strict=True):
                best[number] = max(best.get(number, 0.0), weight * share)
        for number, weight in best.items():
            scores[number] = scores.get(number, 0.0) + weight
            matched.setdefault(number, set()).add(word)
    total = max(len(terms), 1)
    ranked = sorted(scores, key=lambda n: (-scores[n] * (0.5 + len(matched[n]) / total), n))
    hits = [
        Hit(
            guide.lines.get(f"passage/{n}"),
            round(scores[n] * (0.5 + len(matched[n]) / total), 2),
            tuple(sorted({form for word in matched[n] for form, _ in terms[word]})),
        )
        for n in ranked[:limit]
    ]
    return Result(hits, read_as)


def _terms(guide: Guide, words: Iterable[str]) -> tuple[dict[str, list[tuple[str, float]]], dict[str, str]]:
    """Return the index words for each word asked: itself, what the vocabulary calls it, or the nearest known."""
    vocabulary = guide.lines.get("synonyms") or {}
    terms: dict[str, list[tuple[str, float]]] = {}
    read_as: dict[str, str] = {}
    unknown = []
    for word in words:
        forms = [(other, SYNONYM) for other in vocabulary.get(word, ())]
        if guide.lines.get(f"word/{word}"):
            terms[word] = [(word, 1.0), *forms]
        elif forms:
            terms[word] = [(form, 0.9) for form, _ in forms]
        else:
            unknown.append(word)
    for word, nearest in _nearest(guide, unknown):
        terms[word] = [(nearest, 0.9)]
        read_as[word] = nearest
    return terms, read_as


def _nearest(guide: Guide, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield, for words the index does not know, the known word they are a slip of, if any is near."""
    slips = [word for word in words if len(word) >= 4 and not word.isdigit()]
    if not slips:
        return
    from rapidfuzz import fuzz, process

    known = guide.lines.keys("word/")
    for word in slips:
        best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=SLIP_SCORE)
        if best:
            yield word, best[0]

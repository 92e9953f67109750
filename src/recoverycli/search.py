"""A question in ordinary words → the passages that answer it, best first.

A passage stands alone: its title says what it belongs to. The index is made when the guide is built: for each
stem the passages it occurs in, weighted by BM25 (Robertson and Zaragoza 2009), title words counting more.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.errors import DataError
from recoverycli.words import COMMON, normalise
from recoverycli.words import stem as simple_stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.guide import Guide

LONGEST = 600
TITLE = 2.5
ASKED, NAMED, CALLED, GIVING, SYNONYM = 0.8, 0.8, 0.5, 0.6, 0.7
"""How much counts: the kind of answer asked for, a program named, another entry called by its name, the words that
say any of these, another word for it."""
SATURATION, LENGTH = 1.2, 0.4
ENDINGS = ("ing", "ed", "s", "es", "er", "ly", "ship")
MOST_WORDS = 60


_CARDINAL = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
NUMBERS = {word: str(n) for words in (_CARDINAL, _ORDINAL) for n, word in enumerate(words, 1)}


class Passage(NamedTuple):
    """A piece of the guide that answers on its own.

    asks: the kind of question it answers. hidden: other names it is asked for by, not shown.
    """

    kind: str
    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    asks: str = ""
    hidden: str = ""


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
    "next_step": "how to begin",
}


def passages_of(
    kind: str, record: Any, names: dict[str, str], titles: dict[str, str]
) -> Iterator[Passage]:
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


def _said(fact: Any) -> str:
    quote = f' In its own words: "{fact["quote"]}"' if fact.get("quote") else ""
    return f"{fact.get('text', '')}{quote}"


def _program(program: Any, names: dict[str, str]) -> Iterator[_Raw]:
    acronym = program["acronym"]
    name = f"{program['name']} ({acronym})" if acronym and acronym not in program["name"] else program["name"]
    for field, label in PROGRAM_FIELDS.items():
        fact = program.get(field)
        if fact and fact.get("sources"):
            address = f" {fact['url']}" if fact.get("url") else ""
            yield f"{name}: {label}", _said(fact) + address, fact["sources"], field
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


def index_lines(
    records: Sequence[tuple[str, str, Any]], names: dict[str, str], programs: dict[str, str]
) -> Iterator[tuple[str, Any]]:
    """Yield the built form of every passage, of the index over their words, and of what words mean.

    names: each program's name by id. programs: the program each normalised name stands for.
    Words are stemmed here, once, by the Snowball stemmer (Porter 2001); a question looks its words up.
    """
    stem = _Stems()
    words = [record for kind, _, record in records if kind == "word"]
    titles = {key: record["title"] for kind, key, record in records if kind == "source"}
    passages = [passage for kind, _, record in records for passage in passages_of(kind, record, names, titles)]
    for number, passage in enumerate(passages):
        yield f"passage/{number}", dict(list(passage._asdict().items())[:5])
    for term, postings in _weights([_counts(passage, stem, programs) for passage in passages]).items():
        yield f"stem/{term}", postings
    yield "asks", _asked_for(words, stem)
    yield "synonyms", _synonyms(words, stem)
    for word, stemmed in stem.seen.items():
        yield f"form/{word}", stemmed


class _Stems:
    """The stems of all words met."""

    def __init__(self) -> None:
        try:
            import snowballstemmer
        except ModuleNotFoundError:
            raise DataError(
                "The data changed since the guide was built: `pip install -e .` builds it again."
            ) from None
        self._stemmer = snowballstemmer.stemmer("english")
        self.seen: dict[str, str] = {}

    def of(self, text: str) -> list[str]:
        """Return the stems of a text, in order."""
        return [self._one(word) for word in asked_words(text)]

    def _one(self, word: str) -> str:
        if word not in self.seen:
            self.seen[word] = self._stemmer.stemWord(word)
        return self.seen[word]


def asked_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, numbers as digits."""
    return [NUMBERS.get(word, word) for word in normalise(text).split() if word not in COMMON or word in NUMBERS]


def _counts(passage: Passage, stem: _Stems, programs: dict[str, str]) -> Counter[str]:
    """Return how much each term of a passage counts: its words, what it answers, and whose it is."""
    counts: Counter[str] = Counter(stem.of(passage.text))
    counts.update(stem.of(passage.hidden))
    for word in stem.of(passage.title):
        counts[word] += TITLE  # type: ignore[assignment]  # Counter adds floats as well
    counts.update(f"asks:{what}" for what in (passage.asks,) if what)
    counts.update({f"of:{key}" for key in _belongs_to(passage, programs)})
    counts.update({f"entry:{passage.kind}/{passage.id}"})
    counts.update({f"step:{n}" for n in _step_numbers(normalise(passage.title).split())})
    return counts


def _belongs_to(passage: Passage, programs: dict[str, str]) -> set[str]:
    """Return the programs a passage is about: its own, or those its title names."""
    if passage.kind in ("program", "step_set"):
        return {passage.id}
    return {key for key, _ in _names_in(normalise(passage.title).split(), programs.get)}


def _names_in(words: Sequence[str], called: Callable[[str], str | None]) -> Iterator[tuple[str, range]]:
    """Yield what is called by name in a run of words, longest names first, with where the name stands."""
    position = 0
    while position < len(words):
        for length in range(min(5, len(words) - position), 0, -1):
            name = " ".join(words[position : position + length])
            found = None if name in COMMON else called(name)
            if found:
                yield found, range(position, position + length)
                position += length - 1
                break
        position += 1


def _step_numbers(words: Sequence[str]) -> list[str]:
    """Return the numbers of the steps named in a run of words: step 4, step four, fourth step."""
    digits = [NUMBERS.get(word, word) for word in words]
    found = []
    for here, following in zip(digits, [*digits[1:], ""], strict=True):
        pair = (here, following) if here == "step" else (following, here) if following == "step" else ("", "")
        if pair[1].isdigit() and 1 <= int(pair[1]) <= 12:
            found.append(pair[1])
    return found


def _weights(counted: Sequence[Counter[str]]) -> dict[str, list[float]]:
    """Return, for each term, passage numbers and BM25 weights in turn."""
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


def _asked_for(words: Sequence[Any], stem: _Stems) -> dict[str, list[str]]:
    """Return, for each phrase that gives a question away ("how much", "who started"), what it asks for."""
    asked: dict[str, list[str]] = {}
    for entry in words:
        if entry["facet"] == "asks":
            for phrase in entry["words"]:
                asked.setdefault(normalise(phrase), []).append(entry["value"])
    return asked


def _synonyms(words: Sequence[Any], stem: _Stems) -> dict[str, list[str]]:
    """Return, for single words of the vocabulary on topics and medicine, the words the guide itself uses."""
    found: dict[str, list[str]] = {}
    for entry in words:
        if entry["facet"] in ("topic", "medication", "belief", "means"):
            called = stem.of(entry["label"])
            for word in entry["words"]:
                stems = stem.of(word)
                if len(stems) == 1:
                    known = found.setdefault(stems[0], [])
                    known += [c for c in called if c not in known and c != stems[0]]
    return found


def search(guide: Guide, question: str, limit: int = 5) -> Result:
    """Return the passages that answer `question`, best first, at most `limit`."""
    terms, read_as = _terms(guide, question)
    scores: dict[int, float] = {}
    matched: dict[int, set[str]] = {}
    for word, forms in terms.items():
        best: dict[int, float] = {}
        for form, share in forms:
            postings = guide.lines.get(f"stem/{form}") or []
            for number, weight in zip(postings[::2], postings[1::2], strict=True):
                best[number] = max(best.get(number, 0.0), weight * share)
        for number, weight in best.items():
            scores[number] = scores.get(number, 0.0) + weight
            matched.setdefault(number, set()).add(word)
    for number, found in matched.items():
        scores[number] *= 0.5 + len(found) / len(terms)
    ranked = sorted(scores, key=lambda n: (-scores[n], n))
    chosen = _chosen(guide, ranked, limit, about_one=any(term.startswith(("of:", "step:")) for term in terms))
    return Result([Hit(passage, round(scores[n], 2), _marks(question)) for n, passage in chosen], read_as)


def _chosen(guide: Guide, ranked: Sequence[int], limit: int, about_one: bool) -> list[tuple[int, dict[str, Any]]]:
    """Return the best passages; of single programs a few only, where the question is about none of them."""
    chosen: list[tuple[int, dict[str, Any]]] = []
    programs = 0
    for number in ranked:
        passage = guide.lines.get(f"passage/{number}")
        one_program = passage["kind"] in ("program", "step_set") and not about_one
        programs += one_program
        if not one_program or programs <= max(2, limit // 2):
            chosen.append((number, passage))
        if len(chosen) == limit:
            break
    return chosen


def _marks(question: str) -> tuple[str, ...]:
    """Return the words of a question to bring out in what is found."""
    return tuple(word for word in dict.fromkeys(asked_words(question)) if len(word) > 2)


def _terms(guide: Guide, question: str) -> tuple[dict[str, list[tuple[str, float]]], dict[str, str]]:
    """Return the index terms of a question, each with its forms and their share, and what slips were read as."""
    words = normalise(question).split()[:MOST_WORDS]
    named, used = _entries_named(guide, words)
    terms: dict[str, list[tuple[str, float]]] = {
        term: [(term, NAMED if term.startswith("of:") else CALLED)] for term in named
    }
    terms |= {f"step:{n}": [(f"step:{n}", NAMED)] for n in _step_numbers(words)}
    giving = _giving_away(guide, words)
    terms |= {f"asks:{what}": [(f"asks:{what}", ASKED)] for what in dict.fromkeys(w for g in giving.values() for w in g)}
    if used and not giving:
        terms["asks:summary"] = [("asks:summary", ASKED)]
    synonyms = guide.lines.get("synonyms") or {}
    read_as: dict[str, str] = {}
    asked = [word for word in words if word not in COMMON or word in NUMBERS] or words
    for word in dict.fromkeys(NUMBERS.get(word, word) for word in asked):
        stemmed = _stem_of(guide, word) or (word if word in synonyms else "")
        if not stemmed:
            stemmed = _nearest(guide, word)
            if not stemmed:
                continue
            read_as[word] = stemmed
        share = GIVING if word in giving or word in used else 1.0
        terms[stemmed] = [(stemmed, share), *((other, SYNONYM) for other in synonyms.get(stemmed, ()))]
    return terms, read_as


def _entries_named(guide: Guide, words: Sequence[str]) -> tuple[list[str], set[str]]:
    """Return the index terms of the entries a question calls by name, and the words that name programs."""

    def called(name: str) -> str | None:
        targets = guide.named(name)
        programs = [key for kind, key in targets if kind == "program"]
        if programs:
            return f"of:{programs[0]}" if len(programs) == 1 else None
        return f"entry:{targets[0][0]}/{targets[0][1]}" if targets else None

    found = list(_names_in(words, called)) or [(term, range(0)) for term in [called(" ".join(words))] if term]
    used = {words[i] for term, span in found if term.startswith("of:") for i in span}
    return list(dict.fromkeys(term for term, _ in found)), used


def _giving_away(guide: Guide, words: Sequence[str]) -> dict[str, list[str]]:
    """Return the words of a question that say what kind of answer it wants, longest phrases first."""
    asked: dict[str, list[str]] = guide.lines.get("asks") or {}
    found: dict[str, list[str]] = {}
    position = 0
    while position < len(words):
        for length in (3, 2, 1):
            span = words[position : position + length]
            if len(span) == length and " ".join(span) in asked:
                found.update(dict.fromkeys(span, asked[" ".join(span)]))
                position += length - 1
                break
        position += 1
    return found


def _stem_of(guide: Guide, word: str) -> str:
    """Return the stem of a word the guide's texts use, also in another ending of it; nothing for other words."""
    for form in (word, simple_stem(word), f"{word}s", *(word.removesuffix(end) for end in ENDINGS if word.endswith(end))):
        stemmed: str | None = guide.lines.get(f"form/{form}") if len(form) > 1 else None
        if stemmed:
            return stemmed
    return ""


def _nearest(guide: Guide, word: str) -> str:
    """Return the stem of the known word that `word` is a slip of, the more frequent of two, or nothing."""
    if len(word) < 4 or not word.isalpha():
        return ""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    edits = 1 if len(word) < 7 else 2
    near = extract(word, guide.lines.keys("form/"), scorer=OSA.distance, score_cutoff=edits, limit=8)
    if not near:
        return ""
    least = min(distance for _, distance, _ in near)
    stems = {guide.lines.get(f"form/{form}") for form, distance, _ in near if distance == least}
    return max(sorted(stems), key=lambda stemmed: len(guide.lines.get(f"stem/{stemmed}") or ()))

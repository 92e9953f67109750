"""A text → its words, and the phrases of the vocabulary that occur in it, slips of the pen included."""

from __future__ import annotations

import re
from itertools import groupby, product
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.words import COMMON, normalise, stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from recoverycli.guide import Guide

LONGEST_PHRASE = 6
MOST_WORDS = 400
SLIP_LENGTH = 5

HINT = "hint"
"""The facet of a topic's hints, which are a topic only where none is named outright."""
APART = ("asks", "means", "ordinary")
"""Facets of the vocabulary that say nothing of a person: for questions, and words that are no slips."""
OWN_USE = ["self", "self"]
"""What a phrase stands for by which somebody speaks of their own use."""
BROUGHT = ("relationships", "mental-health", "childhood")
"""Topics that living with somebody's use brings, and that say nothing of who uses."""
SHORTHAND = {"w/o": "without", "w/": "with", "b/c": "because", "h/o": "history of", "hx": "history of", "y/o": "yo",
             "s/p": "after", "c/o": "complains of", "w/d": "withdrawal", "+": "and", "&": "and"}  # fmt: skip
_SHORTHAND = re.compile(r"w/o\b|w/d\b|w/|b/c\b|h/o\b|\bhx\b|y/o\b|s/p\b|c/o\b|\+|&", re.IGNORECASE)
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_OWNED = re.compile(r"([^s])'$")
"""A quotation mark at the end of a word; that of "parents'" says whose something is."""
_PIECE = re.compile(r"[^\s_-]+")
"""What is typed as a word of its own: "13-year-old" is three."""
_CLAUSE_END = re.compile(r"[.,;:!?()\[\]\n/]|--|\u2014")


class Word(NamedTuple):
    """A word as compared, its stem, its clause, and as typed."""

    text: str
    stem: str
    clause: int
    raw: str


class Hit(NamedTuple):
    """Words from `start` to before `end`, and the facets they stand for."""

    start: int
    end: int
    targets: list[list[str]]


class Facet(NamedTuple):
    """One thing understood. `source` is the words it came from."""

    facet: str
    value: str
    source: str
    negated: bool = False


def phrase_lines(entries: Sequence[Any], forms: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Yield the built form of the vocabulary: each phrase, stemmed, with the facets it stands for.

    forms: the words the guide's own texts use. Those are no slips of the pen: "sharing" is not "shaking".
    """
    index: dict[str, list[list[str]]] = {}
    for entry in (entry for entry in entries if entry["facet"] not in APART):
        for facet, phrases in ((entry["facet"], entry["words"]), (HINT, entry.get("hints", ()))):
            for phrase in (form for listed in phrases for form in forms_of(listed)):
                key = " ".join(stem(word) for word in normalise(phrase).split())
                if [facet, entry["value"]] not in index.setdefault(key, []):
                    index[key].append([facet, entry["value"]])
    plain = {word for entry in entries if entry["facet"] == "ordinary" for word in entry["words"]}
    known = {phrase for phrase in index if " " not in phrase and len(phrase) >= SLIP_LENGTH - 1}
    used = {word for word in {*forms, *COMMON} if stem(word) not in index}
    for kind, words in (("known", known), ("used", used), ("ordinary", plain)):
        yield from by_first_letter(f"slips/{kind}", words)
    for phrase, targets in index.items():
        yield f"phrase/{phrase}", targets


def forms_of(listed: str) -> Iterator[str]:
    """Yield the phrases a line of the vocabulary stands for: "tired of (his|her) (|own) lies" is four."""
    parts = [part.split("|") if i % 2 else [part] for i, part in enumerate(_ALTERNATIVES.split(listed))]
    for form in product(*parts):
        yield " ".join("".join(form).split())


def by_first_letter(kind: str, words: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield words as lines, one for each first letter: a slip is looked for among those that begin as it does."""
    for letter, same in groupby(sorted(words), key=lambda word: word[0]):
        yield f"{kind}/{letter}", " ".join(same)


def beginning(guide: Guide, kind: str, word: str) -> list[str]:
    """Return the words of a kind that begin with the letter `word` begins with."""
    return (guide.lines.get(f"{kind}/{word[0]}") or "").split()


def words_of(text: str) -> tuple[list[Word], bool]:
    """Return the words of a text with the clause each stands in, and whether some were left out."""
    found: list[Word] = []
    text = _SHORTHAND.sub(lambda match: f" {SHORTHAND[match.group().lower()]} ", text.replace("\u2019", "'"))
    for clause, part in enumerate(_CLAUSE_END.split(text)):
        for raw in part.split():
            plain = normalise(raw).split()
            typed = _PIECE.findall(raw)
            typed = typed if len(typed) == len(plain) else [raw] * len(plain)
            for word, piece in zip(plain, typed, strict=True):
                found.append(Word(word, stem(word), clause, _OWNED.sub(r"\1", piece.strip('"').lstrip("'"))))
                if len(found) > MOST_WORDS:
                    return found[:MOST_WORDS], True
    return found, False


def texts(span: Sequence[Word], clause: int) -> list[str]:
    """Return the words of a span that stand in a clause, as they are compared."""
    return [word.text for word in span if word.clause == clause]


def hits_in(guide: Guide, words: list[Word]) -> Iterator[Hit]:
    """Yield the longest phrases of the vocabulary, left to right, never across a clause."""
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            span = words[position : position + length]
            if span[0].clause != span[-1].clause:
                continue
            targets = _targets(guide, " ".join(word.stem for word in span))
            if targets:
                longer = _beyond(guide, words, position, length) if OWN_USE in targets else None
                targets = [OWN_USE] if longer else [*targets, *_topics_inside(guide, span, targets)]
                yield Hit(position, position + length, targets)
                yield from [longer] if longer else []
                position = longer.end if longer else position + length
                break
        else:
            position += 1


def _beyond(guide: Guide, words: list[Word], start: int, length: int) -> Hit | None:
    """Return the phrase that begins within one of a person's own use and goes on behind it: "I'm addicted to my
    phone", of which only "I'm addicted to" is said of anything."""
    for first in range(start + 1, start + length):
        for end in range(min(first + LONGEST_PHRASE, len(words)), start + length, -1):
            span = words[first:end]
            targets = _targets(guide, " ".join(word.stem for word in span)) if span[0].clause == span[-1].clause else []
            if any(facet in ("topic", HINT) for facet, _ in targets):
                return Hit(first, end, targets)
    return None


def _targets(guide: Guide, phrase: str) -> list[list[str]]:
    return guide.lines.get(f"phrase/{phrase}") or []


def _topics_inside(guide: Guide, span: list[Word], targets: list[list[str]]) -> list[list[str]]:
    """Return what a longer phrase is about, so that "drink less" is a goal and about drinking."""
    if any(facet in ("nothing", HINT) for facet, _ in targets):
        return []
    if len(span) > 1 and targets == [OWN_USE]:  # "I want to cut back", "I can't say no to"
        inner = (*hits_in(guide, span[1:]), *hits_in(guide, span[:-1]))
        return [t for hit in inner for t in hit.targets if t[0] in ("topic", HINT) or t == ["goal", "moderation"]]
    grief = ["topic", "grief"] in targets
    if len(span) == 1 or (not grief and any(facet == "topic" for facet, _ in targets)):
        return []
    inside = (target for word in span for target in _targets(guide, word.stem) if target[0] == "topic")
    return [target for target in inside if grief or target[1] != "drugs"][-1:]


def slips_in(guide: Guide, words: list[Word], covered: set[int]) -> list[Hit]:
    """Return hits for long words that are nearly a word of the vocabulary, and are no ordinary words themselves."""
    unknown = [i for i, word in enumerate(words) if i not in covered and _may_be_a_slip(word)]
    hits = []
    for i in unknown:
        text = words[i].text
        known = guide.lines.get(f"form/{text}") or text in beginning(guide, "slips/ordinary", text)
        if not known and (meant := _meant(guide, words[i].stem)):
            hits.append(Hit(i, i + 1, _targets(guide, meant)))
    return hits


def _meant(guide: Guide, slip: str) -> str:
    """Return the word of the vocabulary a slip was meant for, nothing where another word of the guide is as near."""
    from recoverycli.slips import edits_between, nearest

    near = nearest(slip, beginning(guide, "slips/known", slip), _edits(slip))
    if not near:
        return ""
    plain = nearest(slip, beginning(guide, "slips/used", slip), edits_between(slip, near[0]))
    likely = [word for word in plain if len(word) >= len(slip)]  # a letter is left out more often than put in
    return "" if likely else min(near)


def _edits(word: str) -> int:
    """Return how many letters may be wrong in a word of this length."""
    return 1 if len(word) < 8 else 2


def _may_be_a_slip(word: Word) -> bool:
    return len(word.stem) >= SLIP_LENGTH and word.text not in COMMON and not word.text.isdigit()

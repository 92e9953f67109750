"""Words about a person → facets: what was understood, from which words, negated or not, about whom.

The words themselves are data (`data/vocabulary.yaml`); here are the rules that hold between words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.danger import dangers_in
from recoverycli.lookup import is_for_families
from recoverycli.sides import Sides, sides_of
from recoverycli.words import COMMON, normalise, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.guide import Guide

LONGEST_PHRASE = 6
MOST_WORDS = 400
REACH = 4
SLIP_LENGTH = 5

Vocabulary = dict[str, list[list[str]]]

SHORTHAND = {"w/o": "without", "w/": "with", "b/c": "because", "h/o": "history of", "hx": "history of", "y/o": "yo",
             "s/p": "after", "c/o": "complains of", "w/d": "withdrawal", "+": "and", "&": "and"}  # fmt: skip
_SHORTHAND = re.compile(r"w/o\b|w/d\b|w/|b/c\b|h/o\b|\bhx\b|y/o\b|s/p\b|c/o\b|\+|&", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.,;:!?()\[\]\n/]|--|\u2014")
_NEGATORS = frozenset(
    """no nobody none not non without never dont doesnt didnt isnt arent wasnt wont cant cannot couldnt hate hates hated avoid
    avoids avoiding against refuses refuse anti nothing neither nor instead dislikes dislike uncomfortable opposed
    rejects reject turned declines declined declining opposes skip panic panics afraid fears worried worries neither ditch over sick tired  sin ni nunca tampoco sans aint unwilling except""".split()
)
_TIES = frozenset("or and nor ni o y any a the".split())
_TURNING = frozenset("but although though however pero".split())
_PUTS = frozenset("turn turns turned puts put putting turning".split())
_BOTHERS = frozenset("bothers bother scares scare annoys upsets offends triggers wasnt isnt didnt".split())
_TURNS = frozenset("but although though however yet except pero wants want prefers prefer likes looking y".split())
_AGE = re.compile(
    r"\b(?:(?P<a>\d{1,2}) ?(?:yo|y o|yr old|yrs old|year old|years old|yold|anos)\b"
    r"|(?:he|she|they|hes|shes) (?:is|just turned|turned) (?P<e>1\d|20)\b(?! (?:years?|months?|weeks?|days?) (?:sober|clean))"
    r"|\b(?:i am|im) (?P<f>1[0-9]|20)\b(?! (?:years?|months?|weeks?|days?) (?:sober|clean))"
    r"|(?:aged?|edad) (?P<b>\d{1,2})\b|\b[mf] ?(?P<c>\d{2})\b|\b(?P<d>\d{2}) ?[mf]\b)"
)
_SEX = re.compile(r"\b(?:([mf]) ?\d{2}|\d{2} ?(?:yo|y o)? ?([mf]))\b")


class Facet(NamedTuple):
    """One thing understood. `source` is the words it came from."""

    facet: str
    value: str
    source: str
    negated: bool = False


class Need(NamedTuple):
    """What was understood of a person's need.

    own, other: whether the person asked about uses, and whether somebody they care about does.
    programs: programs named, with True for those asked for and False for those to avoid.
    """

    facets: tuple[Facet, ...]
    not_understood: tuple[str, ...]
    dangers: tuple[str, ...]
    own: bool
    other: bool
    programs: tuple[tuple[str, bool], ...]
    cut: bool = False

    def values(self, facet: str, negated: bool = False) -> list[str]:
        """Return the values of a facet that were wished for, or those that were turned down."""
        found = (f.value for f in self.facets if f.facet == facet and f.negated == negated)
        return list(dict.fromkeys(found))


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


def vocabulary_index(words: Sequence[Any]) -> Vocabulary:
    """Return every phrase of the vocabulary, stemmed, with the facets it stands for."""
    index: Vocabulary = {}
    for entry in words:
        if entry["facet"] in ("asks", "means"):
            continue
        for phrase in entry["words"]:
            key = " ".join(stem(word) for word in normalise(phrase).split())
            target = [entry["facet"], entry["value"]]
            if target not in index.setdefault(key, []):
                index[key].append(target)
    return index


def understand(guide: Guide, text: str) -> Need:
    """Return what `text` says about a person. Any text at all gives an answer."""
    words, cut = _words(text)
    vocabulary: Vocabulary = guide.lines.get("vocabulary") or {}
    hits = list(_hits(words, vocabulary))
    named = _named_programs(guide, words, hits)
    covered = {i for hit in hits for i in range(hit.start, hit.end)} | {i for span, _ in named for i in span}
    hits += _slips(guide, words, covered, vocabulary)
    hits.sort(key=lambda hit: hit.start)
    sides = _of_named(guide, sides_of(words, hits), [key for _, (key, wanted) in named if wanted])
    facets = _of_one_side(list(_facets(words, hits)), hits, sides)
    facets += _ages(" ".join(word.text for word in words), sides.about if sides.other else frozenset())
    facets += [] if sides.other else _pronoun(words, facets)
    if "violence" in (dangers := dangers_in(guide, text)) and not any(f.facet == "self" for f in facets):
        sides = sides._replace(own=False, other=True)  # whoever is hit needs a group of their own
    facets = _settled(facets, sides.other)
    covered = {i for hit in hits for i in range(hit.start, hit.end)} | {i for span, _ in named for i in span}
    return Need(
        tuple(dict.fromkeys(facets)),
        tuple(_left_over(words, covered)),
        tuple(dict.fromkeys([*dangers, *_dangers(facets)])),
        sides.own,
        sides.other,
        tuple(dict.fromkeys((key, wanted) for _, (key, wanted) in named)),
        cut,
    )


def _words(text: str) -> tuple[list[Word], bool]:
    """Return the words of a text with the clause each stands in, and whether some were left out."""
    found: list[Word] = []
    clause = 0
    text = _SHORTHAND.sub(lambda match: f" {SHORTHAND[match.group().lower()]} ", text.replace("\u2019", "'"))
    for part in _CLAUSE_END.split(text):
        for raw in part.split():
            for word in normalise(raw).split():
                found.append(Word(word, stem(word), clause, raw.strip("'\"")))
                if len(found) > MOST_WORDS:
                    return found[:MOST_WORDS], True
        clause += 1
    return found, False


def _hits(words: list[Word], vocabulary: Vocabulary) -> Iterator[Hit]:
    """Yield the longest phrases of the vocabulary, left to right, never across a clause."""
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            span = words[position : position + length]
            targets = vocabulary.get(" ".join(word.stem for word in span))
            if targets and span[0].clause == span[-1].clause:
                yield Hit(position, position + length, [*targets, *_topics_inside(span, targets, vocabulary)])
                position += length
                break
        else:
            position += 1


def _topics_inside(span: list[Word], targets: list[list[str]], vocabulary: Vocabulary) -> list[list[str]]:
    """Return what a longer phrase is about, so that "drink less" is a goal and about drinking."""
    grief = ["topic", "grief"] in targets
    if len(span) == 1 or (not grief and any(facet == "topic" for facet, _ in targets)):
        return []
    inside = (target for word in span for target in vocabulary.get(word.stem, ()) if target[0] == "topic")
    return [target for target in inside if grief or target[1] != "drugs"][:1]


def _slips(guide: Guide, words: list[Word], covered: set[int], vocabulary: Vocabulary) -> list[Hit]:
    """Return hits for long words that are nearly a word of the vocabulary.

    A word the guide's own texts use is no slip: "sharing" is not "shaking".
    """
    unknown = [i for i, word in enumerate(words) if i not in covered and _may_be_a_slip(word)]
    unknown = [i for i in unknown if not guide.lines.get(f"form/{words[i].text}")]
    if not unknown:
        return []
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    known = {phrase for phrase in vocabulary if " " not in phrase and len(phrase) >= SLIP_LENGTH - 1}
    ordinary = {word for word in (*guide.lines.keys("form/"), *COMMON) if stem(word) not in known}
    hits = []
    for i in unknown:
        slip = words[i].stem
        near = extract(slip, [*known, *ordinary], scorer=OSA.distance, score_cutoff=_edits(slip), limit=5)
        least = [word for word, distance, _ in near if distance == near[0][1] and word[0] == slip[0]]
        if least and not ordinary.intersection(least):
            hits.append(Hit(i, i + 1, vocabulary[min(least)]))
    return hits


def _edits(word: str) -> int:
    """Return how many letters may be wrong in a word of this length."""
    return 1 if len(word) < 8 else 2


def _may_be_a_slip(word: Word) -> bool:
    return len(word.stem) >= SLIP_LENGTH and word.text not in COMMON and not word.text.isdigit()


def _facets(words: list[Word], hits: list[Hit]) -> Iterator[tuple[int, Facet]]:
    """Yield what each hit stands for. A refusal reaches the next thing named, and what "or" and "and" tie to it."""
    refused: dict[int, bool] = {}
    ends: dict[int, int] = {}
    for hit in hits:
        before = max((end for end in ends if end <= hit.start), default=-1)
        between = words[max(before, 0) : hit.start]
        tied = before >= 0 and all(word.text in _TIES for word in between) and refused[ends[before]]
        tied = tied and words[ends[before]].clause == words[hit.start].clause
        refused[hit.start] = tied or _refused(words, hit, before)
        ends[hit.end] = hit.start
        source = " ".join(word.raw for word in words[hit.start : hit.end]).strip(".,;:!?")
        for facet, value in hit.targets:
            yield hit.start, Facet(facet, value, source, refused[hit.start])


def _refused(words: list[Word], hit: Hit, last: int) -> bool:
    """Say whether a word of refusal stands before a hit, since the hit before it, or "turns him off" after it."""
    clause = words[hit.start].clause
    refused, before = False, ""
    for word in words[max(0, hit.start - REACH, last) : hit.start]:
        if word.clause != clause or word.text in _TURNING:
            refused = False
        elif word.text in _NEGATORS:
            refused = not (refused and before in _NEGATORS)  # "doesn't not want to"
        before = word.text
    after = [word.text for word in words[hit.end : hit.end + REACH] if word.clause == clause]
    if "no" in after and {"place", "use", "interest", "room"}.intersection(after):
        return True  # "church has no place in his life"
    return refused or any(first in _PUTS and "off" in after for first in after) or bool(_BOTHERS.intersection(after[:3]))


def _named_programs(
    guide: Guide, words: list[Word], hits: list[Hit]
) -> list[tuple[range, tuple[str, bool]]]:
    """Return the programs named: full names in any case, short names only as people write them."""
    taken = {i for hit in hits for i in range(hit.start, hit.end) if hit.end - hit.start > 1}
    found = []
    position = 0
    while position < len(words):
        for length in range(min(5, len(words) - position), 0, -1):
            span = range(position, position + length)
            name = " ".join(words[i].text for i in span)
            if taken.isdisjoint(span) and (key := _program_called(guide, name, words, span)):
                found.append((span, (key, not _negated_program(words, position))))
                position += length - 1
                break
        position += 1
    return found


def _program_called(guide: Guide, name: str, words: list[Word], span: range) -> str:
    keys = {key for kind, key in guide.named(name) if kind == "program"}
    if len(keys) != 1:
        return ""
    short = len(name.replace(" ", "")) <= 4
    if short and words[span[0]].raw.strip(".,;:'s") != words[span[0]].raw.strip(".,;:'s").upper():
        return name if name == "aa" else ""
    if len(span) == 1 and not short and name in ("phoenix", "pals", "smart") and words[span[0]].raw.islower():
        return ""
    return keys.pop()


_PUT_OFF = frozenset(
    """tried hated hates hate not than instead alternative besides didnt doesnt dislikes left quit bad against
    without no never refuses avoid banned kicked rejected""".split()
)


def _negated_program(words: list[Word], start: int) -> bool:
    near = words[max(0, start - REACH) : start] + words[start + 1 : start + 4]
    return any(word.text in _PUT_OFF for word in near)


def _of_named(guide: Guide, sides: Sides, named: list[str]) -> Sides:
    """Return the side a named program stands on, where nothing else tells: "need al-anon"."""
    families = named and all(is_for_families(guide.program(key)) for key in named)
    return sides._replace(own=False, other=True) if families and not sides.held else sides


def _of_one_side(facets: list[tuple[int, Facet]], hits: list[Hit], sides: Sides) -> list[Facet]:
    """Return the facets, without what is the problem of the side this need is not about."""
    wrong = {start for start, other in sides.held.items() if other != sides.other and sides.own != sides.other}
    kept = [f for start, f in facets if not (f.facet == "topic" and start in wrong)]
    return kept if any(f.facet == "topic" for f in kept) else [f for _, f in facets]


def _ages(plain: str, about_other: frozenset[int]) -> list[Facet]:
    """Return facets for an age or a sex written as people note it: 17yo, M 34, aged 68."""
    found: list[Facet] = []
    for match in _AGE.finditer(plain):
        place = plain[: match.start()].count(" ")
        if place in about_other and not _own_age_first(plain, match.start()):
            continue
        age = int(next(group for group in match.groups() if group))
        found += [Facet("who", who, match.group().strip()) for who in _groups_of_age(age)]
        if age < 21:
            found.append(Facet("risk", "minor", match.group().strip()))
    for match in _SEX.finditer(plain):
        letter = match.group(1) or match.group(2)
        found.append(Facet("who", "men" if letter == "m" else "women", match.group().strip()))
    return found


def _pronoun(words: list[Word], facets: list[Facet]) -> list[Facet]:
    """Return whether a man or a woman is spoken of, where only one of "he" and "she" occurs."""
    if any(f.facet == "who" and f.value in ("men", "women", "lgbtq") for f in facets):
        return []
    texts = {word.text: word.raw for word in words}
    he, she = {"he", "him", "his", "boy"} & set(texts), {"she", "her", "hers"} & set(texts)
    if bool(he) == bool(she):
        return []
    return [Facet("pronoun", "he" if he else "she", texts[min(he or she)])]


def _own_age_first(plain: str, start: int) -> bool:
    """Say whether the age opens the note, so that it is the age of the person asked about."""
    return start == 0


def _groups_of_age(age: int) -> list[str]:
    if age < 18:
        return ["teens", "young-adults"]
    if age < 30:
        return ["young-adults"]
    return ["older-adults"] if age >= 60 else []


def _settled(facets: list[Facet], other: bool) -> list[Facet]:
    """Turn what is said about a side into facets, and drop helper words that only ruled others."""
    kept = [f for f in facets if f.facet not in ("relation", "use", "self")]
    if not any(f.facet == "topic" and not f.negated for f in kept):
        kept = [f._replace(negated=False) if f.facet == "topic" else f for f in kept]  # "I don't drink, she does"
    if other and not any(f.facet == "who" and f.value == "family" for f in kept):
        source = next((f.source for f in facets if f.facet == "relation"), "")
        kept.append(Facet("who", "family", source))
    return kept


def _dangers(facets: list[Facet]) -> Iterator[str]:
    """Yield the dangers that two things together mean."""
    said = {(f.facet, f.value) for f in facets if not f.negated}
    topics = {value for facet, value in said if facet == "topic"}
    for danger, topic, others in _TOGETHER:
        enough = said.issuperset(others) if ("risk", "daily") in others else said.intersection(others)
        if (not topic or topic in topics) and enough:
            yield danger


_TOGETHER: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (  # any one of a row's facets
    ("pregnancy", "", (("risk", "pregnancy"),)),
    ("alcohol-withdrawal", "alcohol", (("risk", "withdrawal"),)),
    ("alcohol-withdrawal", "alcohol", (("risk", "daily"), ("goal", "abstinence"))),
    ("benzodiazepine-withdrawal", "benzodiazepines", (("risk", "withdrawal"), ("goal", "abstinence"))),
    ("opioid-relapse", "opioids", (("risk", "tolerance"),)),
)


def _left_over(words: list[Word], covered: set[int]) -> Iterator[str]:
    """Yield the words nothing was made of, each once."""
    seen: set[str] = set()
    for i, word in enumerate(words):
        known = word.text in COMMON or word.text in _NEGATORS or word.text in _TURNS or len(word.text) < 2
        if i not in covered and not known and word.text not in seen and not word.text.isdigit():
            seen.add(word.text)
            yield word.raw.strip(".,;:!?")

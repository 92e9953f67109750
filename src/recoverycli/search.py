"""A question in ordinary words → the passages that answer it, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.danger import dangers_in
from recoverycli.facts import full_name
from recoverycli.needs import understand
from recoverycli.phrases import beginning
from recoverycli.questions import NUMBERS, WHICH, asked_words, names_in, numbered
from recoverycli.words import COMMON, normalise
from recoverycli.words import stem as simple_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recoverycli.guide import Guide

ASKED, NAMED, CALLED, GIVING, SYNONYM, DANGER, STEP = 0.8, 0.8, 0.5, 0.6, 0.7, 1.5, 2.0
CHOSEN, BY_THE_WAY = 1.2, 0.6
"""How much counts: the kind of answer asked for, a program named, another entry called by its name, the words that
say any of these, another word for it, a danger or a step spoken of; a thing programs are sought for, or mentioned."""
INSTEAD = {"belief/spiritual": "belief/secular", "belief/religious": "belief/secular",
           "goal/abstinence": "goal/own-goal", "steps/wanted": "steps/none",
           "sponsor/wanted": "sponsor/none"}  # fmt: skip
"""What somebody looks for who turns a thing down."""
ENDINGS = ("ing", "ed", "s", "es", "er", "ly", "ship")
MOST_WORDS = 60
LONGEST_CODE = 6


class Hit(NamedTuple):
    """A passage found, with its score and the words that matched."""

    passage: dict[str, Any]
    score: float
    words: tuple[str, ...]


class Result(NamedTuple):
    """Passages best first, what was read for words the guide does not know, and the dangers spoken of."""

    hits: list[Hit]
    read_as: dict[str, str]
    dangers: list[str]


def search(guide: Guide, question: str, limit: int = 5) -> Result:
    """Return the passages that answer `question`, best first, at most `limit`."""
    if guide.added:
        from recoverycli.local_search import with_clinic

        guide = with_clinic(guide)
    dangers = dangers_in(guide, question)
    terms, said, read_as = _terms(guide, question, dangers)
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
    asked = [term for term in terms if not term.startswith("facet:")] or list(terms)
    for number, found in matched.items():
        covered = found.union(*(said.get(term, ()) for term in found)).intersection(asked)
        scores[number] *= 0.5 + len(covered) / len(asked)
    ranked = sorted(scores, key=lambda n: (-scores[n], n))
    about_one = any(term.startswith(("of:", "step:")) for term in terms)
    chosen = _chosen(guide, ranked, limit, about_one, lists=3 if f"asks:{WHICH}" in terms else 2)
    hits = [Hit(passage, round(scores[n], 2), _marks(question)) for n, passage in chosen]
    return Result([*_side_by_side(guide, terms, hits), *hits][:limit], read_as, dangers)


def _facets(guide: Guide, question: str) -> Iterator[str]:
    """Yield what of the vocabulary a question asks for: a relative leads to programs for families."""
    need = understand(guide, question)
    refused = {f"{facet.facet}/{facet.value}" for facet in need.facets if facet.negated}
    yield from (f"{facet.facet}/{facet.value}" for facet in need.facets if not facet.negated)
    yield from (INSTEAD[one] for one in sorted(refused) if one in INSTEAD)


def _side_by_side(guide: Guide, terms: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield what sets programs apart, where a question names some and asks how they differ."""
    named = [term.removeprefix("of:") for term in terms if term.startswith("of:")]
    if len(named) == 1 and {"facet:steps/wanted", "asks:compare"} <= terms.keys() and named != ["aa"]:
        named.append("aa")  # "SMART or the twelve steps"
    only_names = all(forms[0][1] == GIVING for term, forms in terms.items() if ":" not in term)  # "S-Anon and COSA"
    if len(named) < 2 or not ("asks:compare" in terms or only_names):
        return
    from recoverycli.compare import MOST, in_brief
    from recoverycli.passages import LONGEST

    named = named[:MOST]
    programs = [guide.program(key) for key in named]
    text, sources = in_brief(programs, LONGEST)
    if text:
        title = " and ".join(full_name(program) for program in programs) + " side by side"
        passage = {"kind": "comparison", "id": " ".join(named), "title": title, "text": text, "sources": sources}
        yield Hit(passage, hits[0].score if hits else 0.0, hits[0].words if hits else ())


def _chosen(
    guide: Guide, ranked: Sequence[int], limit: int, about_one: bool, lists: int
) -> list[tuple[int, dict[str, Any]]]:
    """Return the best passages; few lists, and few of single programs where the question is about none of them."""
    chosen: list[tuple[int, dict[str, Any]]] = []
    room = {"program": limit if about_one else max(2, limit // 2), "choice": max(lists, limit // 2)}
    for number in ranked:
        passage = guide.lines.get(f"passage/{number}")
        kind = "program" if passage["kind"] == "step_set" else passage["kind"]
        room[kind] = room.get(kind, limit) - 1
        if room[kind] >= 0:
            chosen.append((number, passage))
        if len(chosen) == limit:
            break
    return chosen


def _marks(question: str) -> tuple[str, ...]:
    """Return the words of a question to bring out in what is found."""
    return tuple(word for word in dict.fromkeys(asked_words(question)) if len(word) > 2)


def _terms(
    guide: Guide, question: str, dangers: Sequence[str]
) -> tuple[dict[str, list[tuple[str, float]]], dict[str, set[str]], dict[str, str]]:
    """Return the index terms of a question, each with its forms and their share; the words that stand for a kind of
    answer, which a passage of that kind need not hold; and what slips were read as."""
    words, read_as = _corrected(guide, normalise(question).split()[:MOST_WORDS])
    named, used = _entries_named(guide, words)
    giving = _giving_away(guide, words)
    wanted = dict.fromkeys(what for found in giving.values() for what in found)
    if used and not giving:
        wanted = {"summary": None}
    terms: dict[str, list[tuple[str, float]]] = {}
    codes = _codes_named(guide, question)
    if "codes" not in wanted:  # "AA" is a code as well
        codes = [code for code in codes if normalise(code.rpartition("/")[2]) not in used]
    for term in (*named, *codes):
        terms[term] = [(term, NAMED if term.startswith("of:") else CALLED)]
    chosen = CHOSEN if WHICH in wanted else BY_THE_WAY
    terms |= {f"facet:{facet}": [(f"facet:{facet}", chosen)] for facet in _facets(guide, " ".join(words))}
    terms |= {term: [(term, DANGER)] for term in (f"entry:danger/{key}" for key in dangers)}
    terms |= {term: [(term, STEP)] for term in numbered(words)}
    terms |= {f"asks:{what}": [(f"asks:{what}", ASKED)] for what in wanted}
    said: dict[str, set[str]] = {}
    asked = [word for word in words if word not in COMMON or word in NUMBERS] or ([] if named else words)
    for word in dict.fromkeys(NUMBERS.get(word, word) for word in asked):
        stemmed = _stem_of(guide, word) or (word if _others(guide, word) else "")
        if stemmed:
            share = GIVING if word in giving or word in used else 1.0
            terms[stemmed] = [(stemmed, share), *((other, SYNONYM) for other in _others(guide, stemmed))]
            for what in giving.get(word, ()):
                said.setdefault(f"asks:{what}", set()).add(stemmed)
    return terms, said, read_as


def _others(guide: Guide, stemmed: str) -> list[str]:
    """Return the words the guide itself uses for one of the vocabulary."""
    found: list[str] = guide.lines.get(f"synonym/{stemmed}") or []
    return found


def _corrected(guide: Guide, words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the words with slips of the pen mended, and what each was read as."""
    read_as: dict[str, str] = {}
    for word in dict.fromkeys(words):
        known = word in COMMON or word in NUMBERS or _others(guide, word) or guide.named(word) or _stem_of(guide, word)
        nearest = "" if known else _nearest(guide, word)
        if nearest:
            read_as[word] = nearest
    return [read_as.get(word, word) for word in words], read_as


def _codes_named(guide: Guide, question: str) -> list[str]:
    """Return the index terms of the meeting list codes a question holds, written in capitals as lists print them."""
    codes = (word.strip(".,;:?!\"'()") for word in question.split())
    found = (guide.named(f"code {normalise(code)}") for code in codes if code.isupper() and len(code) <= LONGEST_CODE)
    return list(dict.fromkeys(f"entry:{kind}/{key.partition('/')[0]}" for targets in found for kind, key in targets))


def _entries_named(guide: Guide, words: Sequence[str]) -> tuple[list[str], set[str]]:
    """Return the index terms of the entries a question calls by name, and the words that name programs."""

    def called(name: str) -> str | None:
        targets = guide.named(name)
        programs = [key for kind, key in targets if kind == "program"]
        if programs:
            return f"of:{programs[0]}" if len(programs) == 1 else None
        return f"entry:{targets[0][0]}/{targets[0][1]}" if targets else None

    found = list(names_in(words, called)) or [(term, range(0)) for term in [called(" ".join(words))] if term]
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
    for form in (
        word,
        simple_stem(word),
        f"{word}s",
        *(word.removesuffix(end) for end in ENDINGS if word.endswith(end)),
    ):
        stemmed: str | None = guide.lines.get(f"form/{form}") if len(form) > 1 else None
        if stemmed:
            return stemmed
    return ""


def _nearest(guide: Guide, word: str) -> str:
    """Return the known word that `word` is a slip of, the more frequent of two; nothing for a slip of a small word."""
    if len(word) < 4 or not word.isalpha() or word in beginning(guide, "slips/ordinary", word):
        return ""
    from recoverycli.slips import nearest

    known = [*beginning(guide, "forms", word), *(common for common in COMMON if common[0] == word[0])]
    forms = sorted(nearest(word, known, 1 if len(word) < 7 else 2))
    if not forms or not COMMON.isdisjoint(forms):
        return ""
    return str(max(forms, key=lambda form: _frequency(guide, form)))


def _frequency(guide: Guide, form: str) -> int:
    return len(guide.lines.get(f"stem/{guide.lines.get(f'form/{form}')}") or ())

"""The index `search` looks words up in, made once when the guide is built.

For each stem the passages it occurs in, weighted by BM25 (Robertson and Zaragoza 2009), title words counting more.
Terms that are no words say what kind of question a passage answers (asks:), whose it is (of:), which entry it
belongs to (entry:), which step it is about (step:) and which words of the vocabulary (facet:).
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from recoverycli.choices import choice_passages
from recoverycli.errors import DataError
from recoverycli.passages import Passage, passages_of
from recoverycli.phrases import by_first_letter
from recoverycli.questions import asked_words, names_in, numbered
from recoverycli.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TITLE = 2.5
SATURATION, LENGTH = 1.2, 0.4


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
    with_steps = {record["program"] for kind, _, record in records if kind == "step_set"}
    passages += choice_passages([record for kind, _, record in records if kind == "program"], words, with_steps)
    for number, passage in enumerate(passages):
        yield f"passage/{number}", built(passage)
    counted = [_counts(passage, stem, programs) for passage in passages]
    for term, postings in _weights(counted, [_length(passage, stem) for passage in passages]).items():
        yield f"stem/{term}", postings
    yield "asks", _asked_for(words)
    yield from ((f"synonym/{stemmed}", called) for stemmed, called in _synonyms(words, stem).items())
    yield from by_first_letter("forms", (word for word in stem.seen if word))
    for word, stemmed in stem.seen.items():
        yield f"form/{word}", stemmed


def built(passage: Passage) -> dict[str, Any]:
    """Return a passage as the index keeps it: what an answer shows, without what only helps to find it."""
    return dict(list(passage._asdict().items())[:5])


def weight(count: float, length: float, holding: int, passages: int) -> float:
    """Return what a term counts in a passage, by BM25.

    count: how often it stands there. length: the passage's, 1.0 for the usual one. holding: how many of all the
    `passages` have the term.
    """
    rarity = math.log(1 + (passages - holding + 0.5) / (holding + 0.5))
    norm = SATURATION * (1 - LENGTH + LENGTH * length)
    return round(rarity * count * (SATURATION + 1) / (count + norm), 2)


class _Stems:
    """The stems of all words met."""

    def __init__(self) -> None:
        try:
            import snowballstemmer
        except ModuleNotFoundError:
            raise DataError("The data changed since the guide was built: `pip install -e .` builds it again.") from None
        self._stemmer = snowballstemmer.stemmer("english")
        self.seen: dict[str, str] = {}

    def of(self, text: str) -> list[str]:
        """Return the stems of a text, in order."""
        return [self._one(word) for word in asked_words(text)]

    def _one(self, word: str) -> str:
        if word not in self.seen:
            self.seen[word] = self._stemmer.stemWord(word)
        return self.seen[word]


def _counts(passage: Passage, stem: _Stems, programs: dict[str, str]) -> Counter[str]:
    """Return how much each term of a passage counts: its words, what it answers, and whose it is."""
    counts: Counter[str] = Counter(stem.of(passage.text))
    counts.update(stem.of(passage.hidden))
    for word in stem.of(passage.title):
        counts[word] += TITLE  # type: ignore[assignment]  # Counter adds floats as well
    counts.update(f"facet:{facet}" for facet in passage.facets)
    counts.update(f"asks:{what}" for what in (passage.asks,) if what)
    counts.update({f"of:{key}" for key in _belongs_to(passage, programs)})
    counts.update({f"entry:{passage.kind}/{passage.id}"})
    counts.update(set(numbered(normalise(passage.title).split())))
    return counts


def _belongs_to(passage: Passage, programs: dict[str, str]) -> set[str]:
    """Return the programs a passage is about: its own, or those its title names."""
    if passage.kind in ("program", "step_set"):
        return {passage.id}
    return {key for key, _ in names_in(normalise(passage.title).split(), programs.get)}


def _length(passage: Passage, stem: _Stems) -> float:
    """Return how long a passage is. What it is also asked for by does not make it longer."""
    return len(stem.of(passage.text)) + TITLE * len(stem.of(passage.title))


def _weights(counted: Sequence[Counter[str]], lengths: Sequence[float]) -> dict[str, list[float]]:
    """Return, for each term, passage numbers and BM25 weights in turn."""
    mean = sum(lengths) / len(lengths) if lengths else 1
    frequency: Counter[str] = Counter(word for counts in counted for word in counts)
    postings: dict[str, list[float]] = {}
    for number, counts in enumerate(counted):
        for word, count in counts.items():
            weighed = weight(count, lengths[number] / mean, frequency[word], len(counted))
            postings.setdefault(word, []).extend((number, weighed))
    return postings


def _asked_for(words: Sequence[Any]) -> dict[str, list[str]]:
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
                if len(stems) == 1 and " " not in word:  # "people please" is not "people"
                    known = found.setdefault(stems[0], [])
                    known += [c for c in called if c not in known and c != stems[0]]
    return found

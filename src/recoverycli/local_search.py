"""Lets `search` find what a clinic's own file says: its passages, laid over the built index when they are asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from recoverycli.clinic import SOURCE
from recoverycli.facts import full_name, local_sentences
from recoverycli.guide import Guide
from recoverycli.lines import Lines
from recoverycli.passages import Passage, passages_of
from recoverycli.questions import asked_words
from recoverycli.search_index import TITLE, built, weight
from recoverycli.words import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.local import Additions

USUAL = 45
"""About how many words, title words counted double, a passage of the guide has."""


def with_clinic(guide: Guide) -> Guide:
    """Return a guide whose index also knows what a clinic's files say: the same guide where there are none."""
    added = guide.added
    if not added or not (added.programs or added.notes):
        return guide
    return Guide(_Overlaid(guide.lines, _index(guide, added)), added)


class _Overlaid(Lines):
    """Lines with others laid over them; where both have postings for a term, both count."""

    def __init__(self, under: Lines, over: dict[str, Any]) -> None:
        self._under, self._over = under, over

    def get(self, key: str) -> Any:
        found, own = self._under.get(key), self._over.get(key)
        if found is not None and own is not None and key.startswith("stem/"):
            return [*found, *own]
        return found if own is None or (key.startswith("form/") and found is not None) else own

    def starting(self, prefix: str) -> Iterator[tuple[str, Any]]:
        yield from self._under.starting(prefix)

    def keys(self, prefix: str) -> list[str]:
        own = [key.removeprefix(prefix) for key in self._over if key.startswith(prefix)]
        return [*self._under.keys(prefix), *own]


def _index(guide: Guide, added: Additions) -> dict[str, Any]:
    """Return the lines of the index for a clinic's passages, weighted as the built ones are."""
    first = _count(guide.lines)
    index: dict[str, Any] = {}
    for number, passage in enumerate(_passages(guide, added), first):
        index[f"passage/{number}"] = built(passage)
        counts: Counter[str] = Counter()
        for text, times in ((passage.text, 1), (passage.hidden, 1), (passage.title, TITLE)):
            for word in asked_words(text):
                counts[_stemmed(guide, index, word)] += times  # type: ignore[assignment]  # Counter adds floats too
        counts.update((f"of:{passage.id}", f"entry:program/{passage.id}"))
        counts.update(f"asks:{what}" for what in (passage.asks,) if what)
        for term, count in counts.items():
            weighed = weight(count, counts.total() / USUAL, _holding(guide, term), first)
            index.setdefault(f"stem/{term}", []).extend((number, weighed))
    return index


def _passages(guide: Guide, added: Additions) -> Iterator[Passage]:
    """Yield the passages of a clinic's programs, and its notes on the guide's own; each title says whose they are."""
    for program in added.programs.values():
        for passage in passages_of("program", program, {}, {}):
            called = " ".join(program["aliases"]) if passage.asks == "summary" else ""
            yield passage._replace(hidden=f"{passage.hidden} {called}")
    for key in (*added.programs, *added.notes):
        program = guide.program(key)
        if text := local_sentences(program):
            title = f"{full_name(program)}: local, from your clinic"
            called = " ".join(program["aliases"])
            yield Passage("program", key, title, text, (SOURCE,), "find_meetings", called)


def _stemmed(guide: Guide, index: dict[str, Any], word: str) -> str:
    """Return the guide's stem of a word; one the guide does not use is noted, so that a question may use it."""
    known = guide.lines.get(f"form/{word}")
    return str(known) if known else str(index.setdefault(f"form/{word}", stem(word)))


def _holding(guide: Guide, term: str) -> int:
    """Return how many passages of the guide have a term, and one for the clinic's own."""
    return len(guide.lines.get(f"stem/{term}") or ()) // 2 + 1


def _count(lines: Lines) -> int:
    """Return how many passages the guide has, in few look-ups however many those are."""
    low, high = 0, 1
    while lines.get(f"passage/{high}") is not None:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if lines.get(f"passage/{middle}") is not None else (low, middle)
    return high

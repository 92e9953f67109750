"""Words that mean somebody may die today, in whatever is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.phrases import forms_of
from recoverycli.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.guide import Guide

SHORTEST_START = 4


def danger_lines(entries: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the built form of the danger words: phrases by their first word, or by the start of it.

    A listed word ending in * stands for every word that begins so; (his|her) stands for either.
    """
    by_word: dict[str, list[tuple[str, str]]] = {}
    for entry in entries:
        for listed in (form for line in entry["words"] for form in forms_of(line)):
            phrase = normalise(listed)
            first = phrase.split()[0]
            open_ended = listed.endswith("*")
            key = f"start/{first[:SHORTEST_START]}" if open_ended and first == phrase else f"danger-word/{first}"
            by_word.setdefault(key, []).append((phrase if open_ended else f"{phrase} ", entry["danger"]))
    yield from by_word.items()
    yield "dangers", [entry["danger"] for entry in entries]


def dangers_in(guide: Guide, text: str) -> list[str]:
    """Return the ids of the dangers whose words occur in `text`, in the order of safety.yaml."""
    words = normalise(text).split()
    padded = f" {' '.join(words)} "
    found: set[str] = set()
    for word in dict.fromkeys(words):
        for key in (f"danger-word/{word}", f"start/{word[:SHORTEST_START]}"):
            for phrase, danger in guide.lines.get(key) or ():
                if f" {phrase}" in padded:
                    found.add(danger)
    return [danger for danger in guide.lines.get("dangers") if danger in found] if found else []

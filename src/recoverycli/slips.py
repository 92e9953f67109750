"""Slips of the pen: the known words an unknown one was probably meant for.

rapidfuzz does the same and brings forty modules and a third of a call's memory; a test holds the two equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], edits: int) -> list[str]:
    """Return the words of `known` that are the fewest edits from `word`, none where all need more than `edits`.

    An edit is a letter too many, missing or wrong, or two neighbours swapped (optimal string alignment).
    """
    letters = set(word)
    near: list[str] = []
    for other in known:
        # One edit changes the length by one at most, and the set of letters by two.
        if abs(len(other) - len(word)) > edits or len(letters.symmetric_difference(other)) > 2 * edits:
            continue
        distance = edits_between(word, other)
        if distance < edits:
            near, edits = [], distance
        if distance == edits:
            near.append(other)
    return near


def edits_between(one: str, other: str) -> int:
    """Return how many edits make one word of the other, no letter edited twice."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        two_before, before, row = before, row, [i + 1]
        for j, facing in enumerate(other):
            cost = min(before[j] + (letter != facing), before[j + 1] + 1, row[j] + 1)
            if i and j and letter == other[j - 1] and facing == one[i - 1]:
                cost = min(cost, two_before[j - 1] + 1)
            row.append(cost)
    return row[-1]

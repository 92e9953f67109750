"""What stands out in a question: its words that carry meaning, names it uses, steps it speaks of."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from recoverycli.words import COMMON, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_CARDINAL = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_SHORT = "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th".split()
NUMBERS = {word: str(n) for words in (_CARDINAL, _ORDINAL, _SHORT) for n, word in enumerate(words, 1)}
WHICH = "which"
"""What a question asks for that wants to know which programs there are."""
STEPS = frozenset(NUMBERS.values())
NUMBERED = ("step", "tradition")
"""What there are twelve of."""


def asked_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, numbers as digits."""
    return [NUMBERS.get(word, word) for word in normalise(text).split() if word not in COMMON or word in NUMBERS]


def names_in(words: Sequence[str], called: Callable[[str], str | None]) -> Iterator[tuple[str, range]]:
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


def numbered(words: Sequence[str]) -> list[str]:
    """Return the steps and traditions named in a run of words, as "step:4", "tradition:7".

    Step 4, step four and fourth step name one; "a 12 step group" does not.
    """
    found = []
    for here, following in pairwise([*words, ""]):
        for kind in NUMBERED:
            ordinal = following == kind and here in (*_ORDINAL, *_SHORT)
            named = following if here == kind else here if ordinal else ""
            if NUMBERS.get(named, named) in STEPS:
                found.append(f"{kind}:{NUMBERS.get(named, named)}")
    return found

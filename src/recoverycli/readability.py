"""How hard a text is to read, in school grades."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ENOUGH = 10
"""A shorter sentence is measured together with its neighbour: the formula says nothing on a few words."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])")
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019+-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_ADDRESS = re.compile(r"\S+\.(?:org|com|net|gov|cc|edu)\S*")


def grade(text: str, known: Collection[str] = ()) -> float:
    """Return the Flesch-Kincaid grade of `text` (Kincaid and others 1975).

    Names, words in `known` and words in capitals count two syllables at most: a reader of this guide
    meets them as names.
    """
    sentences = [s for s in _SENTENCE.split(text) if _WORD.search(s)]
    words = [(w, n) for s in sentences for n, w in enumerate(_WORD.findall(s))]
    if not words:
        return 0.0
    syllables = sum(_syllables(word, position, known) for word, position in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def passages(text: str) -> Iterator[str]:
    """Yield the sentences of `text` without quotations, short ones joined to the next."""
    plain = _ADDRESS.sub("it", _QUOTED.sub("it", text))
    held = ""
    sentences = _SENTENCE.split(plain)
    for position, sentence in enumerate(sentences):
        held = f"{held} {sentence}".strip()
        if len(_WORD.findall(held)) >= ENOUGH or position == len(sentences) - 1:
            yield held
            held = ""


def _syllables(word: str, position: int, known: Collection[str]) -> int:
    plain = word.lower().replace("\u2019", "'").removesuffix("'s")
    count = len(_VOWELS.findall(plain))
    if (plain.endswith("e") and not plain.endswith(("le", "ee")) and count > 1) or (
        plain.endswith("ed") and not plain.endswith(("ted", "ded")) and count > 1
    ):
        count -= 1
    name = (word[0].isupper() and position > 0) or plain in known or plain.rstrip("s") in known
    return max(1, min(count, 2) if name else count)

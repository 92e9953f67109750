"""Ages and sexes as people note them → facets: 17yo, M 34, aged 68, "girl, 15,"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.phrases import Facet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.phrases import Word

_NO_AGE = (
    r"(?! (?:years? (?!old)|months?|weeks?|days?|h(?:ou)?rs?|min(?:ute)?s?|miles?|lbs|pounds?|percent|times|k|grand))"
)
"""What "I am 12" goes on with where it tells no age: "12 weeks pregnant", "10 years sober"."""
_AGE = re.compile(
    r"\b(?:(?P<a>\d{1,2}) ?(?:yo|y o|yr old|yrs old|year old|years old|yold|anos)\b"
    r"|\b(?:(?:he|she|they) (?:is|are|just turned|turned)|hes|shes) (?P<e>1\d|[2-9]\d)\b"
    + _NO_AGE
    + r"|\b(?:i am|im|tengo) (?P<f>1\d|[2-9]\d)\b"
    + _NO_AGE
    + r"|(?:aged?|edad|(?:boy|girl|kid|lad|lass) of) (?P<b>\d{1,2})\b"
    r"|\b(?:girl|boy|kid|teen|student|pupil|male|female|man|woman) (?P<g>1[3-9]|[2-9]\d)\b"
    + _NO_AGE
    + r"|\b[mf] ?(?P<c>\d{2})\b|\b(?P<d>\d{2}) ?[mf]\b)"
)
_SEX = re.compile(r"\b(?:([mf]) ?\d{2}|\d{2} ?(?:yo|y o)? ?([mf]))\b")
_BARE_AGE = re.compile(r"1[3-9]|[2-9]\d")
_CHILDREN = frozenset("son daughter child kid stepson stepdaughter grandson granddaughter".split())
UNDER_AGE = 21
"""Years at which alcohol may be bought in every state of the U.S. (National Minimum Drinking Age Act, 1984)."""


def ages_in(words: list[Word], about_other: frozenset[int]) -> tuple[list[Facet], set[int]]:
    """Return facets for an age or a sex written as people note it: 17yo, M 34, aged 68, or a bare "22," first; and
    the places of the words that tell an age, whoever's it is."""
    found: list[Facet] = []
    places: set[int] = set()
    plain = " ".join(word.text for word in words)
    for match in _AGE.finditer(plain):
        place = plain[: match.start()].count(" ")
        places.update(range(place, place + match.group().count(" ") + 1))
        own = not match.start() or match["f"]  # an age that opens the note is the client's, "I am 14" the speaker's
        following = words[max(places) + 1].text if max(places) + 1 < len(words) else ""
        if not own and (place in about_other or following in _CHILDREN):
            continue
        age = int(next(group for group in match.groups() if group))
        found += _of_age(age, match.group().strip())
    for age, place in _bare_ages(words):
        if place not in about_other:
            found += _of_age(age, str(age))
            places.add(place)
    for match in _SEX.finditer(plain):
        letter = match.group(1) or match.group(2)
        found.append(Facet("who", "men" if letter == "m" else "women", match.group().strip()))
    return found, places


def _bare_ages(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield an age that stands alone between commas, and its place: "22, meth", "girl, 15, father drinks"."""
    for i, word in enumerate(words):
        opens = not i or words[i - 1].clause != word.clause
        ends = i + 1 < len(words) and words[i + 1].clause != word.clause
        named = not i or (words[i - 1].clause == word.clause - 1 and not words[i - 1].text.isdigit())
        if opens and ends and named and _BARE_AGE.fullmatch(word.raw):
            yield int(word.text), i


def _of_age(age: int, source: str) -> Iterator[Facet]:
    """Yield what an age means: the groups somebody belongs to, and whether they are under age for alcohol."""
    yield from (Facet("who", who, source) for who in _groups_of_age(age))
    if age < UNDER_AGE:
        yield Facet("risk", "minor", source)


def _groups_of_age(age: int) -> list[str]:
    if age < 18:
        return ["teens", "young-adults"]
    if age < 30:
        return ["young-adults"]
    return ["older-adults"] if age >= 60 else []

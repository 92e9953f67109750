"""How text becomes words: for names, needs and questions alike."""

from __future__ import annotations

import re

_IS = re.compile(r"\b(he|she|it|that|who|there|what)'s\b")
"""An 's that is no possessive: "he's" is written "hes" as often, and compared as that."""
_DROPPED = str.maketrans("", "", ".'`\u2019\u2018\u00b4\u00ad")
_SUFFIXES = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"))

COMMON = frozenset(
    """a about all also am an and any are as at be because been being but by can cannot could did do does
    doing don dont for from get gets getting give go goes going got had has have having he her hers him his how i if in
    into is it its just kind know let like make many may me might mine more most much must my need needs no nor
    not of off on one only or other our out over own please say says she should so some something such take tell
    than that the their them then there these they thing things this those to too up us use very want wants was we
    were what when where which while who whom whose why will with would you your yours
    again still now today ago really very just even already always called
    que cuando como pero muy todo toda con para por una uno unos mas nada porque tengo tiene esta estoy quiero quiere
    mucho mucha necesito necesita ayuda del les nos eso ese esa hay ya lo le me se mi tu es son fue ser estar
    quien quienes donde cual cuales cuanto cuanta cuantos cuantas sobre hacer hace puede puedo ir va han si
   """.split()
)


def normalise(text: str) -> str:
    """Return `text` as names are compared: no marks, no case, no dots, no possessive, punctuation as
    single spaces."""
    if text.isascii():
        plain = text.lower()
    else:
        import unicodedata

        marked = unicodedata.normalize("NFKD", text)
        plain = "".join(c for c in marked if not unicodedata.combining(c)).casefold()
    plain = (
        _IS.sub(r"\1s", plain.replace("\u2019", "'"))
        .replace("od'd", "overdosed")
        .replace("'s ", " ")
        .removesuffix("'s")
        .translate(_DROPPED)
    )
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def stem(word: str) -> str:
    """Return `word` without a plural ending, so that `sponsors` finds `sponsor`."""
    if len(word) <= 3 or word.isdigit():
        return word
    for ending, instead in _SUFFIXES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    if word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word

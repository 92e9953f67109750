"""Which programs there are for a thing: passages that list programs by what filters and ranking look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.facets import breadth, facets_of, is_for_families
from recoverycli.facts import full_name
from recoverycli.passages import Passage
from recoverycli.questions import WHICH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    Facets = dict[str, Any]

LONGEST = 180
"""Characters of one run of names, so that a passage holds three."""


class Choice(NamedTuple):
    """A list of programs.

    facet, value: the vocabulary's, by whose words the list is found too. field: where the facts stand. page: what
    `recoverycli list` takes to show it, where it can.
    """

    facet: str
    value: str
    title: str
    field: str
    holds: Callable[[Facets], bool]
    page: str = ""


def choice_passages(programs: Sequence[Any], words: Sequence[Any], with_steps: Collection[str]) -> Iterator[Passage]:
    """Yield a passage for each thing that sets programs apart and holds for at least one that still meets.

    programs: whole records. words: the vocabulary. with_steps: the programs that have a wording of the twelve steps.
    """
    facets = {program["id"]: facets_of(program, with_steps) for program in programs}
    meeting = [program for program in programs if facets[program["id"]]["status"] != "inactive"]
    for choice in _choices(words):
        told, listed = _told(choice, [(program, facets[program["id"]]) for program in meeting])
        if told:
            sources = dict.fromkeys(source for p in listed for source in (p.get(choice.field) or p)["sources"][:1])
            asked = [f"{choice.facet}/{choice.value}", *(["medication/other"] if choice.facet == "medication" else [])]
            title = f"Which programs {choice.title}"
            yield Passage("choice", choice.page, title, told, tuple(sources), WHICH, facets=tuple(asked))


def _told(choice: Choice, programs: Sequence[tuple[Any, Facets]]) -> tuple[str, list[Any]]:
    """Return a list in words, those it is made for first, and the programs in it. Nothing where it would be empty."""
    fitting = [program for program, facets in programs if choice.holds(facets)]
    close = [program for program in fitting if is_for_families(program)]
    own = [program for program in fitting if program not in close]
    parts = [("", own), ("For people close to them: ", close)]
    if choice.facet == "topic":
        wide = [p for p, f in programs if breadth(f["topics"], choice.value) > 1 and p not in fitting]
        parts.append(
            ("For this and other things too: ", [p for p in wide if not is_for_families(p)] if fitting else [])
        )
    if choice.facet == "who":
        some = [p for p, facets in programs if choice.value in facets["special"] and p not in fitting]
        parts = [
            ("Made for them: ", own),
            ("For people close to them: ", close),
            ("With some meetings for them: ", some),
        ]
    if choice.value in ("family", "parents"):
        parts = [("", close), ("They may come too: ", own), *parts[2:]]
    if choice.facet == "medication":
        parts = [("Publish support: ", fitting)]
        for stance, head in _STANCES.items():
            parts.append((head, [program for program, facets in programs if facets["medication"] == stance]))
    text = " ".join(f"{head}{_names(some, choice.field)}." for head, some in parts if some)
    return text, [program for _, some in parts for program in some]


def _choices(words: Sequence[Any]) -> Iterator[Choice]:
    """Yield the lists there may be: one or two for each value of the vocabulary, and those on customs."""
    for word in words:
        facet, value, label = word["facet"], word["value"], word["label"]
        if facet == "topic":
            yield Choice(facet, value, f"are for {label}", "addresses", _on_topic(value), f"--for {value}")
        elif facet == "who":
            yield Choice(facet, value, f"are for {label}", "audience", _has("who", value), f"--who {value}")
        elif facet == "belief":
            yield Choice(facet, value, f"are {label}", "spiritual", _is("spiritual", value))
        elif facet == "goal":
            yield Choice(facet, value, f"have the goal: {label}", "goal", _is("goal", value), f"--goal {value}")
        elif facet == "way":
            page = "--online" if value == "online" else ""
            yield Choice(facet, value, f"meet {label}", "formats", _has("formats", value), page)
        elif facet == "approach":
            yield Choice(facet, value, f"work with {label}", "summary", _has("approach", value))
    yield from _CUSTOMS


def _on_topic(value: str) -> Callable[[Facets], bool]:
    return lambda facets: breadth(facets["topics"], value) == 1


def _has(field: str, value: str) -> Callable[[Facets], bool]:
    return lambda facets: value in facets[field]


def _is(field: str, value: str) -> Callable[[Facets], bool]:
    return lambda facets: bool(facets[field] == value)


_STANCES = {
    "accepts": "Accept prescribed medicine: ",
    "limits": "May limit people on methadone or buprenorphine: ",
    "no-position": "Take no position: ",
}
_AGONIST = "methadone or buprenorphine (Suboxone)"
_CUSTOMS = (
    Choice("medication", "agonist", f"support medicine such as {_AGONIST}, and which limit it", "medication",
           _is("medication", "supports")),
    Choice("sponsor", "none", "have no sponsors", "sponsor", _is("sponsor", "none")),
    Choice("sponsor", "wanted", "have sponsors", "sponsor", _is("sponsor", "sponsor")),
    Choice("steps", "none", "have no twelve steps: other ways than AA", "summary",
           lambda f: not f["steps"] and f["type"] == "program"),
    Choice("steps", "wanted", "use the twelve steps", "summary", lambda f: f["steps"]),
    Choice("crosstalk", "wanted", "let people talk back and forth (cross-talk)", "crosstalk",
           _is("crosstalk", "allowed")),
    Choice("law", "court", "can confirm attendance for a court", "proof",
           lambda f: f["proof"] in ("confirms", "some-groups")),
)  # fmt: skip


def _names(programs: Sequence[Any], field: str) -> str:
    """Return as many names as a passage has room for; a name that rests on an unproven fact is marked."""
    marks = [" (not verified)" if program[field].get("unverified") else "" for program in programs]
    names = [full_name(program) + mark for program, mark in zip(programs, marks, strict=True)]
    kept = list(names)
    while len("; ".join(kept)) > LONGEST:
        kept.pop()
    more = f"; and {len(names) - len(kept)} more" if len(kept) < len(names) else ""
    return "; ".join(kept) + more

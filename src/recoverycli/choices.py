"""Which programs there are for a thing: passages that list programs by what filters and ranking look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.facets import breadth, facets_of
from recoverycli.facts import full_name
from recoverycli.passages import Passage
from recoverycli.questions import WHICH

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    Facets = dict[str, Any]

LONGEST = 280
ANY = 3


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
    facets = {program["id"]: facets_of(program) for program in programs}
    for key, row in facets.items():
        row["steps"] = row["steps"] or key in with_steps
    meeting = [program for program in programs if facets[program["id"]]["status"] != "inactive"]
    for choice in _choices(words):
        fitting = [program for program in meeting if choice.holds(facets[program["id"]])]
        text = _listed(fitting) if fitting else ""
        if choice.facet == "topic":
            wide = [p for p in meeting if breadth(facets[p["id"]]["topics"], choice.value) == ANY]
            text += f" For any addiction: {_names(wide)}." if fitting and wide else ""
        if choice.facet == "who":
            some = [p for p in meeting if choice.value in facets[p["id"]]["special"] and p not in fitting]
            text = (f"Made for them: {text}" if fitting else "") + _with_some(some)
            fitting += some
        if text:
            sources = dict.fromkeys(source for p in fitting for source in (p.get(choice.field) or p)["sources"][:1])
            title, asked = f"Which programs {choice.title}", (f"{choice.facet}/{choice.value}",)
            yield Passage("choice", choice.page, title, text.strip(), tuple(sources), WHICH, facets=asked)


def _with_some(programs: Sequence[Any]) -> str:
    return f" With some meetings for them: {_names(programs)}." if programs else ""


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


_AGONIST = "methadone or buprenorphine (Suboxone)"
_CUSTOMS = (
    Choice("medication", "agonist", f"support medicine such as {_AGONIST}", "medication",
           _is("medication", "supports")),
    Choice("medication", "agonist", f"may limit people on {_AGONIST}", "medication",
           _is("medication", "limits")),
    Choice("medication", "other", "accept prescribed medicine", "medication", _is("medication", "accepts")),
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


def _listed(programs: Sequence[Any]) -> str:
    """Return the programs' names, those for families apart, as many as a passage holds."""
    families = [p for p in programs if "self" not in p["audience"]["values"] and "family" in p["audience"]["values"]]
    own = [p for p in programs if p not in families]
    told = [f"{head}{_names(some)}." for head, some in (("", own), ("For people close to them: ", families)) if some]
    return " ".join(told)


def _names(programs: Sequence[Any]) -> str:
    names = [full_name(program) for program in programs]
    kept = list(names)
    while len("; ".join(kept)) > LONGEST:
        kept.pop()
    more = f"; and {len(names) - len(kept)} more" if len(kept) < len(names) else ""
    return "; ".join(kept) + more

"""The filters of `list` and `match`: hard limits over a program's facets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from recoverycli.errors import UsageError
from recoverycli.facets import breadth

if TYPE_CHECKING:
    from collections.abc import Sequence

FamilyOption = Annotated[
    list[str] | None, typer.Option("--family", metavar="KIND", help="twelve-step, secular, religious or other.")
]
ForOption = Annotated[
    list[str] | None, typer.Option("--for", metavar="WHAT", help="What it is for: alcohol, opioids, gambling, any ...")
]
WhoOption = Annotated[
    list[str] | None, typer.Option("--who", metavar="WHO", help="Whom it is for: self, family, women, teens ...")
]
GoalOption = Annotated[
    list[str] | None, typer.Option("--goal", metavar="GOAL", help="abstinence, own-goal, moderation, support ...")
]
OnlineOption = Annotated[bool, typer.Option("--online", help="Only programs that meet online.")]
StatusOption = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="active, uncertain, inactive or all; shows the reason."),
]


def allowed_values() -> dict[str, tuple[str, ...]]:
    """Return the values each filter takes."""
    from typing import get_args

    from recoverycli import model

    return {
        "family": get_args(model.Family),
        "for": get_args(model.Topic),
        "who": get_args(model.Who),
        "goal": get_args(model.Goal),
        "status": (*get_args(model.Status), "all"),
    }


class Filters(NamedTuple):
    """Values a program must have: any of those within one filter, all filters together."""

    family: Sequence[str] = ()
    topics: Sequence[str] = ()
    who: Sequence[str] = ()
    goal: Sequence[str] = ()
    online: bool = False
    status: Sequence[str] = ()

    def keep(self, facets: Any) -> bool:
        """Say whether a program passes."""
        return (
            (not self.family or facets["family"] in self.family)
            and (not self.topics or any(_is_for(facets, topic) for topic in self.topics))
            and (not self.who or any(_is_for_whom(facets, who) for who in self.who))
            and (not self.goal or facets["goal"] in self.goal)
            and (not self.online or "online" in facets["formats"])
            and (not self.status or "all" in self.status or facets["status"] in self.status)
        )


def read_filters(
    family: Sequence[str] | None,
    topics: Sequence[str] | None,
    who: Sequence[str] | None,
    goal: Sequence[str] | None,
    online: bool,
    status: Sequence[str] | None,
) -> Filters:
    """Return the filters as typed, several values split at commas. Raises UsageError for a value there is none of."""
    return Filters(
        _values("family", family),
        _values("for", topics),
        _values("who", who),
        _values("goal", goal),
        online,
        _values("status", status),
    )


def _values(name: str, typed: Sequence[str] | None) -> list[str]:
    if not typed:
        return []
    values = [part.strip().casefold().replace(" ", "-") for item in typed for part in item.split(",")]
    for value in values:
        if value not in allowed_values()[name]:
            raise UsageError(_unknown(name, value))
    return values


def _unknown(name: str, value: str) -> str:
    allowed = allowed_values()
    elsewhere = [other for other, known in allowed.items() if value in known]
    if elsewhere:
        return f"'{value}' is a value of --{elsewhere[0]}, not of --{name}."
    from rapidfuzz import process

    near = process.extractOne(value, allowed[name], score_cutoff=70)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"--{name} has no value '{value}'.{hint} Values: {', '.join(allowed[name])}."


def _is_for(facets: Any, topic: str) -> bool:
    return breadth(facets["topics"], topic) > 0


def _is_for_whom(facets: Any, who: str) -> bool:
    return who in facets["who"] or who in facets["special"]

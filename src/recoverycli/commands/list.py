"""`list`: the programs, one row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.answer import Answer, Ask
from recoverycli.errors import NotFound
from recoverycli.facts import bibliography
from recoverycli.filters import (
    FamilyOption,
    ForOption,
    GoalOption,
    OnlineOption,
    StatusOption,
    WhoOption,
    read_filters,
)
from recoverycli.pages.programs import listing

if TYPE_CHECKING:
    from recoverycli.model import Program


def command(
    ask: Ask,
    family: FamilyOption = None,
    topics: ForOption = None,
    who: WhoOption = None,
    goal: GoalOption = None,
    online: OnlineOption = False,
    status: StatusOption = None,
) -> Answer:
    """The programs, one row each. Filters narrow the list; a filter may be given several times.

    \b
    Examples:
      recoverycli list
      recoverycli list --who family
      recoverycli list --for opioids --online
      recoverycli list --family secular -f json
      recoverycli list --status all
    """
    filters = read_filters(family, topics, who, goal, online, status)
    guide = ask.guide
    rows = [facets for facets in guide.facets() if filters.keep(facets)]
    if not rows:
        raise NotFound("No program in the guide passes all these filters: leave one out.")

    def programs() -> list[Program]:
        return [guide.program(facets["id"]) for facets in rows]

    sources = bibliography(guide, programs(), True) if ask.cite else ()
    return Answer(listing(rows, bool(status), sources), programs)

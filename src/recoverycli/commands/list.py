"""`list`: the programs, one row each."""

from __future__ import annotations

from recoverycli.answer import Answer, Ask
from recoverycli.errors import NotFound
from recoverycli.facets import facets_of
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
    programs = [p for p in ask.guide.records("program") if filters.keep(facets_of(p))]
    if not programs:
        raise NotFound("No program in the guide passes all these filters: leave one out.")
    return Answer(listing(ask.guide, programs, bool(status), ask.cite), programs)

"""`recoverycli` alone: what it can answer."""

from __future__ import annotations

from recoverycli.answer import Answer, Ask
from recoverycli.pages.home import home_page


def command(ask: Ask) -> Answer:
    """What the guide can answer, with examples."""
    return Answer(home_page(ask.guide), {"programs": ask.guide.ids("program")})

"""`prayer`: the Serenity Prayer."""

from __future__ import annotations

from recoverycli.answer import Answer, Ask
from recoverycli.pages.entries import reading_page


def command(ask: Ask) -> Answer:
    """The Serenity Prayer as it is said at meetings, its origin and its variants.

    \b
    Examples:
      recoverycli prayer
      recoverycli prayer -f markdown
    """
    prayer = ask.guide.record("reading", "serenity-prayer")
    data = {"kind": "reading", "id": prayer["id"], "name": prayer["name"]} | prayer
    return Answer(reading_page(ask.guide, prayer, ask.cite), data)

"""`privacy`: what is stored, and what shells keep."""

from __future__ import annotations

from recoverycli.answer import Answer, Ask
from recoverycli.pages.home import privacy_page
from recoverycli.render.data import blocks_as_data


def command(ask: Ask) -> Answer:
    """What is stored (nothing), how shells keep typed lines, and how to avoid it.

    \b
    Examples:
      recoverycli privacy
    """
    page = privacy_page()
    return Answer(page, {"stored": [], "sent": [], "advice": blocks_as_data(page)})

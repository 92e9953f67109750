"""`privacy`: what is stored, and what shells keep."""

from __future__ import annotations

from collections.abc import Sequence

from recoverycli.answer import Answer, Ask
from recoverycli.document import Block, Bullets, Facts, Paragraph
from recoverycli.pages.home import privacy_page


def command(_ask: Ask) -> Answer:
    """What is stored (nothing), how shells keep typed lines, and how to avoid it.

    \b
    Examples:
      recoverycli privacy
    """
    page = privacy_page()
    return Answer(page, {"stored": [], "sent": [], "advice": _sentences(page.blocks)})


def _sentences(blocks: Sequence[Block]) -> list[str]:
    """Return what the page says, for scripts."""
    told: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(text):
                told.append(text)
            case Bullets(items):
                told += items
            case Facts(rows):
                told += [f"{label}: {value}" for label, value in rows]
    return told

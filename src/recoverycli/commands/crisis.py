"""`crisis`: whom to call, and what can kill."""

from __future__ import annotations

from recoverycli.answer import Answer, Ask
from recoverycli.pages.crisis import crisis_page


def command(ask: Ask) -> Answer:
    """Emergency and crisis lines, withdrawal that can kill, naloxone.

    \b
    Examples:
      recoverycli crisis
      recoverycli crisis -f json
    """
    guide = ask.guide
    data = [{"kind": "line"} | line for line in guide.records("crisis_line")]
    data += [{"kind": "danger"} | danger for danger in guide.records("danger")]
    return Answer(crisis_page(guide, ask.cite), data)

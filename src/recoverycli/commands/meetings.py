"""`meetings`: meeting types and formats, what happens in one, codes in lists."""

from __future__ import annotations

from typing import Any

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import MeetingName
from recoverycli.errors import NotFound
from recoverycli.lookup import find
from recoverycli.pages.entries import codes_page, meeting_page, meetings_page
from recoverycli.words import normalise


def command(ask: Ask, name: MeetingName = None) -> Answer:
    """Meeting types, what happens in a meeting, how to take part, and the codes that meeting lists print.

    \b
    Examples:
      recoverycli meetings
      recoverycli meetings closed
      recoverycli meetings codes
      recoverycli meetings POA
    """
    typed = " ".join(name or ())
    types = ask.guide.records("meeting_type")
    if not typed:
        return Answer(meetings_page(ask.guide, types, ask.cite), types)
    codes = ask.guide.records("code")
    if normalise(typed) in ("code", "codes"):
        return Answer(codes_page(ask.guide, codes, ask.cite), codes)
    same = _codes_called(codes, typed)
    try:
        found = find(ask.guide, typed, ("meeting_type",))
    except NotFound:
        if same:
            return Answer(codes_page(ask.guide, same, ask.cite), same)
        raise
    remarks = (found.remark,) if found.remark else ()
    return Answer(meeting_page(ask.guide, found.record, ask.cite), [found.record], remarks=remarks)


def _codes_called(codes: list[Any], typed: str) -> list[Any]:
    """Return the codes as typed; capital letters decide only where the case differs between codes."""
    exact = [code for code in codes if code["code"] == typed.strip()]
    return exact or [code for code in codes if code["code"].casefold() == typed.strip().casefold()]

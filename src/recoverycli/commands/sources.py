"""`sources`: where the facts come from."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.errors import NotFound
from recoverycli.facts import source_ids
from recoverycli.pages.entries import source_page, sources_page

KINDS = ("program", "meeting_type", "reading", "term", "study", "step_set", "danger", "crisis_line", "trap")


def command(
    ask: Ask, source: Annotated[str | None, typer.Argument(metavar="[ID]", help="One source.")] = None
) -> Answer:
    """Where the facts come from: each source with its date and how far it is trusted.

    \b
    Examples:
      recoverycli sources
      recoverycli sources cochrane-2020
      recoverycli sources -f csv
    """
    guide = ask.guide
    if source is None:
        everything = guide.records("source")
        return Answer(sources_page(everything), everything)
    found = guide.record("source", source.strip().casefold())
    if found is None:
        raise _unknown(guide.ids("source"), source)
    used = [
        str(record.get("name") or record.get("program") or record["id"])
        for kind in KINDS
        for record in guide.records(kind)
        if found["id"] in source_ids(record)
    ]
    return Answer(source_page(found, used), [found | {"used_by": used}])


def _unknown(ids: list[str], source: str) -> NotFound:
    from rapidfuzz import process

    near = [name for name, _, _ in process.extract(source, ids, limit=3, score_cutoff=60)]
    hint = [f"recoverycli sources {name}" for name in near]
    return NotFound(f"There is no source '{source[:60]}'. `recoverycli sources` lists all.", near, hint)

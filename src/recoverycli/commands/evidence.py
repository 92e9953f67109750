"""`evidence`: what research says."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.lookup import find
from recoverycli.pages.evidence import overview, studies_page
from recoverycli.words import normalise


def command(
    ask: Ask,
    name: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]", help="A program, a study or a topic: attendance.")
    ] = None,
) -> Answer:
    """What research says: one line for each kind of program, or the studies of a program or topic.

    \b
    Examples:
      recoverycli evidence
      recoverycli evidence aa
      recoverycli evidence attendance
      recoverycli evidence sponsorship -f json
    """
    guide, typed = ask.guide, " ".join(name or ())
    studies = guide.records("study")
    if not typed:
        return Answer(overview(guide, ask.cite), [_data(study) for study in studies])
    wanted = normalise(typed)
    about = [s for s in studies if wanted in {normalise(word) for word in (*s["about"], *s["aliases"])}]
    if about and wanted not in guide.ids("program"):
        return _answer(ask, f"Research: {typed}", [], about)
    found = find(guide, typed, ("program", "study"))
    if found.kind == "study":
        return _answer(ask, found.record["name"], [], [found.record], found.remark)
    evidence = found.record["evidence"]
    linked = [s for s in studies if found.id in s["about"] or s["id"] in evidence.get("studies", ())]
    lead = [(found.record["name"], f"{evidence['value'].replace('-', ' ').capitalize()}. {evidence['text']}")]
    return _answer(ask, f"Research: {found.record['name']}", lead, linked, found.remark)


def _answer(ask: Ask, title: str, lead: list[tuple[str, str]], studies: list[Any], remark: str = "") -> Answer:
    page = studies_page(ask.guide, title, lead, studies, ask.cite)
    return Answer(page, [_data(s) for s in studies], remarks=(remark,) if remark else ())


def _data(study: Any) -> dict[str, Any]:
    return {**study, "source": "; ".join(study["sources"])}

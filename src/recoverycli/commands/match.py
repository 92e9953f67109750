"""`match`: programs that fit a person's need, with reasons."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import check_words, typed_or_read
from recoverycli.errors import NotFound, UsageError
from recoverycli.filters import (
    FamilyOption,
    ForOption,
    GoalOption,
    OnlineOption,
    StatusOption,
    WhoOption,
    read_filters,
)
from recoverycli.match import find_matches
from recoverycli.pages.answers import FIRST, SIDES, match_page, sum_of
from recoverycli.words import normalise

if TYPE_CHECKING:
    from recoverycli.guide import Guide
    from recoverycli.match import Answer as Matches
    from recoverycli.match import Match
    from recoverycli.phrases import Facet

QUESTIONS = (
    "Who is it for? (for example: a woman of 34; her husband)",
    "What is the drug, drink or habit?",
    "What matters? (for example: not religious, women only, a sponsor)",
    "What should it not be?",
    "How can they attend? (online, phone, in person)",
)


def command(
    ask: Ask,
    need: Annotated[
        list[str] | None, typer.Argument(metavar="[NEED]", help="The need in your own words, or - to read it.")
    ] = None,
    family: FamilyOption = None,
    topics: ForOption = None,
    who: WhoOption = None,
    goal: GoalOption = None,
    online: OnlineOption = False,
    status: StatusOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how each score came about.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show every match, not only the first five.")] = False,
) -> Answer:
    """Programs that fit a person's need, ranked, each with reasons, what speaks against it, and what is not known.

    With nothing after it, on a terminal, it asks short questions; answers never reach the shell's history.

    \b
    Examples:
      recoverycli match "drinks every day, not religious, online only"
      recoverycli match "my husband gambles"
      recoverycli match "two bottles of wine a day, husband is away" --who self
      recoverycli match "on suboxone, court ordered" --explain
      recoverycli match "wants to cut down" --for alcohol -f json
    """
    text = _need(ask, need)
    filters = read_filters(family, topics, who, goal, online, status)
    _no_bare_name(ask.guide, text)
    matches = find_matches(ask.guide, text, filters.keep, filters.who)
    if not any((*matches.need.facets, *matches.need.dangers, *matches.need.programs, *filters)):
        raise NotFound(
            "Nothing in this need was understood. Say what it is about, for whom, and what matters: "
            '`recoverycli match "my son, heroin, not religious"`.'
        )
    labels: dict[str, str] = ask.guide.lines.get("labels") or {}

    def label(facet: Facet) -> str:
        words = labels.get(f"{facet.facet}/{facet.value}", facet.value.replace("-", " "))
        return f"{'not ' if facet.negated else ''}{words} ({facet.source})" if facet.source else words

    shown = len(matches.matches) if everything else FIRST
    outright = not set(SIDES).isdisjoint(filters.who)
    page = match_page(ask.guide, matches, label, shown, explain, outright)
    code = 0 if matches.matches else 1
    return Answer(
        page, lambda: _data(ask.guide, matches, explain), lambda: [_row(m) for m in matches.matches], exit_code=code
    )


def _need(ask: Ask, typed: list[str] | None) -> str:
    """Return the need from the command line, from stdin, or asked for. Raises UsageError when there is none."""
    if typed:
        text = typed_or_read(" ".join(typed))
    elif ask.interactive:
        text = _asked()
    else:
        raise UsageError('Say what is needed: `recoverycli match "not religious, online"`, or `-` to read it.')
    check_words(text, "need", '`recoverycli match "drinking, not religious"`')
    return text


def _asked() -> str:
    """Ask short questions on stderr; an empty answer skips one."""
    typer.echo("Five short questions. Enter skips one. Nothing is stored. No names, please.", err=True)
    answers = []
    for question in QUESTIONS:
        typer.echo(f"{question} ", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            break
        answer = line.strip()
        if answer:
            answers.append(f"not {answer.replace(',', ', not ')}" if "not be" in question else answer)
    return ". ".join(answers)


def _no_bare_name(guide: Guide, text: str) -> None:
    """Offer `show` when the whole need is the name of a program."""
    programs = [key for kind, key in guide.named(normalise(text)) if kind == "program"]
    if programs:
        lines = [f"recoverycli show {key}" for key in programs]
        raise NotFound(f"'{text.strip()}' names a program, not a need.", programs, lines)


def _row(match: Match) -> dict[str, Any]:
    return {
        "id": match.id,
        "name": match.name,
        "score": match.score,
        "meets": [r.text for r in match.meets],
        "conflicts": [r.text for r in match.conflicts],
        "unknown": list(match.unknown),
    }


def _data(guide: Guide, matches: Matches, explain: bool) -> dict[str, Any]:
    """Return the answer as scripts get it."""
    found = []
    for match in matches.matches:
        program = guide.program(match.id)
        row = _row(match) | {"cautions": [c["text"] for c in program["cautions"]]}
        row |= {"local": program["local"]} if "local" in program else {}
        found.append(row | ({"explained": sum_of(match)} if explain else {}))
    need = matches.need
    return {
        "understood": [
            {"facet": f.facet, "value": f.value, "from": f.source, "negated": f.negated} for f in need.facets
        ],
        "not_understood": list(need.not_understood),
        "for": need.whom(),
        "contradictions": matches.contradictions,
        "safety": [_danger(guide, key) for key in need.dangers],
        "matches": found,
        "not_suitable": [unfit._asdict() for unfit in matches.not_suitable],
    }


def _danger(guide: Guide, key: str) -> dict[str, Any]:
    danger = guide.record("danger", key)
    lines = [guide.record("crisis_line", line) for line in danger["lines"]]
    contacts = [f"{line['name']}: {line['contact']}" for line in lines if line]
    return {"id": key, "name": danger["name"], "text": danger["text"], "do": danger["do"], "lines": contacts}

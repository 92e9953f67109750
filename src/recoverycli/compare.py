"""Programs → rows, one for each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.errors import UsageError
from recoverycli.facts import dated, figure, newest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.model import Program

FIELDS = {
    "family": "Family",
    "addresses": "For",
    "audience": "For whom",
    "requirement": "To join",
    "goal": "Goal",
    "spiritual": "Belief",
    "sponsor": "Sponsor",
    "crosstalk": "Cross-talk",
    "led_by": "Led by",
    "meeting": "At a meeting",
    "formats": "How it meets",
    "cost": "Cost",
    "founded": "Began",
    "size": "Size",
    "website": "Website",
    "find_meetings": "Find a meeting",
    "phones": "Phone",
    "medication": "Medicine",
    "proof": "Proof of attendance",
    "evidence": "Research",
    "status": "Status",
}
LEAST, MOST = 2, 6
BRIEF = ("spiritual", "addresses", "goal", "sponsor", "crosstalk", "medication")
"""What sets programs apart at first sight, the most telling first."""


class Row(NamedTuple):
    """One field of every program. `values` are for scripts, `shown` for people."""

    field: str
    label: str
    values: dict[str, Any]
    shown: dict[str, str]
    same: bool


def compare(programs: Sequence[Program], fields: Sequence[str] = (), differences: bool = False) -> list[Row]:
    """Return a row for each field (all, or those named), only those that differ if asked.

    Two unknowns never count as the same. Raises UsageError for a number of programs outside 2 to 6,
    a program given twice, or a field there is none of.
    """
    _check(programs, fields)
    rows = [_row(field, programs) for field in fields or FIELDS]
    return [row for row in rows if not (differences and row.same)]


def in_brief(programs: Sequence[Program], longest: int) -> tuple[str, list[str]]:
    """Return what sets programs apart in at most `longest` characters, and the sources it rests on."""
    told = ""
    sources: dict[str, None] = {}
    for row in compare(programs, BRIEF):
        if "unknown" in row.shown.values():
            continue
        said = " ".join(f"{p['acronym'] or p['name']}: {row.shown[p['id']].rstrip('.')}." for p in programs)
        if len(told) + len(row.label) + len(said) + 3 <= longest:
            told += f"{row.label}. {said} "
            sources |= dict.fromkeys(source for value in row.values.values() for source in value["sources"])
    return told.strip(), list(sources)


def _check(programs: Sequence[Program], fields: Sequence[str]) -> None:
    ids = [program["id"] for program in programs]
    twice = [key for key in ids if ids.count(key) > 1]
    if twice and len(set(ids)) == 1:
        raise UsageError(f"Nothing to compare: every name given is {twice[0]}. Name another program.")
    if twice:
        raise UsageError(f"{twice[0]} is given twice: name each program once.")
    if not LEAST <= len(ids) <= MOST:
        raise UsageError(f"compare takes {LEAST} to {MOST} programs, not {len(ids)}: `recoverycli compare aa smart`.")
    for field in fields:
        if field not in FIELDS:
            raise UsageError(f"There is no field '{field}'. Fields: {', '.join(FIELDS)}.")


def _row(field: str, programs: Sequence[Any]) -> Row:
    values = {program["id"]: program[field] for program in programs}
    keys = [_key(value) for value in values.values()]
    same = all(key is not None and key == keys[0] for key in keys)
    return Row(field, FIELDS[field], values, {k: shown(field, v) for k, v in values.items()}, same)


def _key(value: Any) -> Any:
    """Return what makes two values the same: the facet where there is one, else the words; None for unknown."""
    if isinstance(value, dict):
        if not value.get("sources"):
            return None
        if "values" in value:
            return tuple(sorted(value["values"]))
        return value.get("value") or value.get("url") or value.get("text")
    if isinstance(value, list):
        return tuple(_key(item) or str(item) for item in value) or None
    return value


def shown(field: str, value: Any) -> str:
    """Return a field's value as a cell of a comparison: each figure with its year."""
    if field == "size":
        return figure(newest_first(value)[0]) if value else "unknown"
    if field == "phones":
        return "; ".join(f"{p['number']} ({p['kind']}; {dated(p)})" for p in value) or "none seen on an official page"
    if isinstance(value, str):
        return value
    if not value.get("sources"):
        return "unknown"
    mark = " (not verified)" if value.get("unverified") else ""
    return str(value.get("url") if field == "website" else value["text"]) + mark

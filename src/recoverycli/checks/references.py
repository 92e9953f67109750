"""Ids and names: each one once, and none that points nowhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from recoverycli import build
from recoverycli.checks.checker import ID, field_of, listed, safe_names, walk
from recoverycli.words import normalise

if TYPE_CHECKING:
    from recoverycli.checks.checker import Checker, Entry
    from recoverycli.yamlread import Place


def ids(checker: Checker) -> None:
    for section in build.SECTIONS:
        seen: dict[str, Entry] = {}
        for entry in checker.of(section.kind):
            if section.kind in ("crisis_change", "word"):
                continue
            if entry.name in seen:
                checker.at(entry, (), f"the id '{entry.name}' stands twice: rename one")
            seen[entry.name] = entry
            if "id" in entry.record and not ID.match(str(entry.record["id"])):
                checker.at(entry, ("id",), "must be lower-case words joined by '-'")


def references(checker: Checker) -> None:
    """Ids that point nowhere, and sources nobody uses."""
    known = {kind: {e.name for e in checker.of(kind)} for kind in ("program", "study", "danger", "crisis_line")}
    names = {name for e in checker.entries for name in safe_names(e)}
    used: Counter[str] = Counter()
    for entry in checker.entries:
        for place, value in walk(entry.record):
            field = field_of(place)
            if field == "sources" and isinstance(value, str) and entry.section.kind != "source":
                used[value] += 1
                if value not in checker.sources:
                    checker.at(entry, place, f"there is no source '{value}': add it to sources.yaml")
            else:
                _point(checker, entry, place, field, value, known, names)
    for entry in checker.of("source"):
        if not used[entry.name]:
            checker.at(entry, (), "no fact uses this source: remove it")


def _point(
    checker: Checker, entry: Entry, place: Place, field: str, value: Any, known: dict[str, set[str]], names: set[str]
) -> None:
    kinds = {
        "studies": "study",
        "suggestions": "program",
        "program": "program",
        "part_of": "program",
        "danger": "danger",
        "lines": "crisis_line",
    }
    if not isinstance(value, str):
        return
    if field in kinds and value not in known[kinds[field]]:
        checker.at(entry, place, f"there is no {kinds[field].replace('_', ' ')} '{value}'")
    if field == "see_also" and normalise(value) not in names:
        checker.at(entry, place, f"nothing in the guide is called '{value}'")
    if field == "programs" and entry.section.kind in ("code", "reading") and value not in known["program"] | {"any"}:
        checker.at(entry, place, f"there is no program '{value}'")


def names(checker: Checker) -> None:
    """Names claimed twice among programs, and traps that hide a program's own id."""
    claimed: dict[str, str] = {}
    trapped = {normalise(str(t)): e for e in checker.of("trap") for t in listed(e.record, "typed")}
    for entry in checker.of("program"):
        told: set[str] = set()
        for name in safe_names(entry):
            other = claimed.setdefault(name, entry.name)
            if other != entry.name and name not in trapped and name not in told:
                told.add(name.replace(" ", ""))
                checker.at(
                    entry, ("aliases",), f"'{name}' is also a name of {other}: keep it in one, or make it a trap"
                )
        for position, alias in enumerate(listed(entry.record, "aliases")):
            trap = trapped.get(normalise(str(alias)))
            if trap and trap.record.get("action") != "default":
                checker.at(entry, ("aliases", position), f"'{alias}' is a trap ({trap.name}): keep it in one place")
    for typed, count in Counter(
        normalise(str(t)) for e in checker.of("trap") for t in listed(e.record, "typed")
    ).items():
        if count > 1:
            entry = trapped[typed]
            checker.at(entry, ("typed",), f"'{typed}' stands in two traps: keep one")

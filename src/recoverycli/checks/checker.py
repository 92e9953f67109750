"""What every rule works with: the records, their lines, and the list of problems."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli import build, lookup
from recoverycli.yamlread import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.yamlread import Place

PHONE = re.compile(r"\+?[0-9][0-9A-Z() .-]{1,24}$")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")


class Entry(NamedTuple):
    """A record, where it stands, and what a problem with it is called."""

    section: build.Section
    record: Any
    place: Place
    name: str


class Checker:
    """Collects problems with their lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded = build.load(folder)
        self.problems: list[Problem] = list(self.loaded.problems)
        self.entries = list(self._entries())
        self.sources = {e.record["id"]: e.record for e in self.of("source") if isinstance(e.record.get("id"), str)}

    def _entries(self) -> Iterator[Entry]:
        for section in build.SECTIONS:
            reading = self.loaded.readings.get(section.file)
            found = reading.value.get(section.key) if reading and isinstance(reading.value, dict) else None
            if found is not None and not isinstance(found, list):
                self.say(section.file, (section.key,), f"{section.key} must be a list: begin each entry with '- '")
            for position, record in enumerate(found if isinstance(found, list) else ()):
                place = (section.key, position)
                if isinstance(record, dict):
                    yield Entry(section, record, place, build.record_id_or(section.kind, record, str(position + 1)))
                else:
                    self.say(section.file, place, "an entry must have fields: 'name: value' lines")

    def of(self, *kinds: str) -> list[Entry]:
        """Return the entries of these kinds."""
        return [entry for entry in self.entries if entry.section.kind in kinds]

    def say(self, file: str, place: Place, message: str) -> None:
        """Note a problem at the nearest place that has a line."""
        reading = self.loaded.readings.get(file)
        lines = reading.lines if reading else {}
        while place and place not in lines:
            place = place[:-1]
        self.problems.append(Problem(file, lines.get(place, 0), message))

    def at(self, entry: Entry, place: Place, message: str) -> None:
        """Note a problem inside an entry."""
        where = ".".join(str(part) for part in place if isinstance(part, str))
        label = f"{entry.name}: {where}: " if where else f"{entry.name}: "
        self.say(entry.section.file, (*entry.place, *place), label + message)


def safe_names(entry: Entry) -> list[str]:
    try:
        return lookup.names_of(entry.section.kind, entry.record)
    except (KeyError, TypeError, AttributeError, IndexError):
        return []


def field_of(place: Place) -> str:
    """Return the nearest field name at or above a place."""
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value inside a record with its place, outer ones first."""
    yield place, value
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from walk(inner, (*place, field))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from walk(inner, (*place, position))


def listed(record: Any, field: str) -> list[Any]:
    found = record.get(field)
    return found if isinstance(found, list) else []


def owner_of(record: Any, place: Place) -> Any:
    """Return the mapping a place's field stands in."""
    for part in place[:-1]:
        record = record[part]
    return record


def day_of(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if DATE.match(text) else None
    except ValueError:
        return None

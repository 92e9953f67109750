"""The rules for a clinic's own file."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from recoverycli import lookup, model
from recoverycli.checks.checker import ID, PHONE, field_of, walk
from recoverycli.checks.shape import faults
from recoverycli.checks.wording import CARE, STOPPING
from recoverycli.words import normalise
from recoverycli.yamlread import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.lines import Lines
    from recoverycli.yamlread import Place, Reading

CLINIC_PROBLEMS = 100
"""So many are named at once; a file with more of them is not a clinic's file."""
LONGEST_NAME, LONGEST_TEXT = 80, 600
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def check_local(reading: Reading, file: str, lines: Lines) -> list[Problem]:
    """Return every problem of a clinic's file: its form, ids, and names that belong to a built-in program."""
    if not isinstance(reading.value, dict) or not reading.value:
        empty = Problem(file, 1, "must hold 'programs:' or 'local:' (recoverycli example-data shows one)")
        return list(reading.problems) or [empty]
    found = list(islice(faults(reading.value, model.ClinicFile), CLINIC_PROBLEMS))
    found = found or _clinic_rules(reading.value, lines)
    return [*reading.problems, *(_placed(reading, file, place, message) for place, message in found)]


def _placed(reading: Reading, file: str, place: Place, message: str) -> Problem:
    where = ".".join(str(part) for part in place)
    while place and place not in reading.lines:
        place = place[:-1]
    return Problem(file, reading.lines.get(place, 1), f"{where}: {message}" if where else message)


def _clinic_rules(value: Any, lines: Lines) -> list[tuple[Place, str]]:
    """Return what is wrong with a clinic's file that has the right form."""
    taken: set[str] = set()
    found: list[tuple[Place, str]] = []
    for position, program in enumerate(value.get("programs", ())):
        at = ("programs", position)
        found += [((*at, *place), message) for place, message in _clinic_program(program, taken, lines)]
    for key in value.get("local", {}):
        if not lines.get(f"program/{key}"):
            found.append((("local", key), f"there is no program '{key}' in the guide"))
    return found + [(place, message) for place, text in walk(value) if (message := _clinic_value(place, text))]


def _clinic_program(program: Any, taken: set[str], lines: Lines) -> Iterator[tuple[Place, str]]:
    key = program["id"]
    if not ID.match(key):
        yield ("id",), "must be lower-case words joined by '-'"
    elif lines.get(f"program/{key}"):
        yield ("id",), f"'{key}' is taken: choose another id, or use local: to add a note to that program"
    if not normalise(program["name"]):
        yield ("name",), "has no letters"
    for name in lookup.names_of("program", {"aliases": [], **program}):
        if name in taken:
            yield ("name",), f"'{name}' names two programs of this file: keep one"
        elif any(kind == "program" for kind, _ in lines.get(f"name/{name}") or ()) and name != normalise(key):
            yield ("name",), f"'{name}' is the name of a program in the guide: choose another"
        elif lines.get(f"typed/{name}"):
            yield ("name",), f"'{name}' is a name the guide explains: choose another"
        taken.add(name)
    if not _is_address(program.get("website", "https://")):
        yield ("website",), "must begin with https:// or http://, without spaces"
    if not PHONE.match(program.get("phone", "988")):
        yield ("phone",), f"'{program['phone']}' is no phone number"


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text


def _clinic_value(place: Place, value: Any) -> str:
    """Return what is wrong with one value wherever it stands in a clinic's file."""
    if value in ("", []) and field_of(place) not in ("acronym", "aliases"):
        return "is empty: give words, or leave the line out"
    if not isinstance(value, str):
        return ""
    most = LONGEST_NAME if field_of(place) in ("id", "name", "acronym", "aliases", "phone") else LONGEST_TEXT
    if len(value) > most:
        return f"is longer than {most} characters: say it shorter"
    if STEERING.search(value):
        return "holds a character that steers a terminal: type the words again"
    if any(STOPPING.search(s) and not CARE.search(s) for s in re.split(r"(?<=[.!?])\s", value)):
        return "may be read as advice to stop a medicine"
    return ""

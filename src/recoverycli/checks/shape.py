"""The form of the data: unknown and missing fields, wrong types, words that are not among the allowed ones."""

from __future__ import annotations

import typing
from functools import cache
from typing import TYPE_CHECKING, Any

from recoverycli import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.checks.checker import Checker
    from recoverycli.yamlread import Place

LONGEST_SHOWN = 80
"""So much of a wrong value is repeated to whoever must mend it."""


def shape(checker: Checker) -> None:
    """Unknown and missing fields, wrong types, words that are not among the allowed ones."""
    for entry in checker.entries:
        for place, message in faults(entry.record, entry.section.shape):
            checker.at(entry, place, message)
    known: dict[str, set[str]] = {section.file: set() for section in build.SECTIONS}
    for section in build.SECTIONS:
        known[section.file].add(section.key)
    for file, reading in checker.loaded.readings.items():
        for key in reading.value if isinstance(reading.value, dict) else ():
            if key not in known[file]:
                checker.say(file, (key,), f"unknown list '{key}': known here are {', '.join(sorted(known[file]))}")


def faults(value: Any, shape: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield each place in `value` that does not have the `shape` of model.py, with what to do."""
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if typing.is_typeddict(shape):
        yield from _field_faults(value, shape, place)
    elif origin is list:
        if not isinstance(value, list):
            yield place, "must be a list: [one, two], or lines that begin with '- '"
            return
        for position, item in enumerate(value):
            yield from faults(item, arguments[0], (*place, position))
    elif origin is dict:
        if not isinstance(value, dict):
            yield place, "must have 'name: value' lines"
            return
        for key, item in value.items():
            yield from faults(key, arguments[0], place)
            yield from faults(item, arguments[1], (*place, key))
    else:
        message = _leaf_fault(value, shape)
        if message:
            yield place, message


def _field_faults(value: Any, shape: Any, place: Place) -> Iterator[tuple[Place, str]]:
    fields, needed = _fields(shape)
    # Only a field of a record is completed when the guide is built; deeper down the word would stay a word.
    if value == build.UNKNOWN and "text" in fields and len(place) == 1:
        return
    if not isinstance(value, dict):
        yield place, f"must have fields ({', '.join(list(fields)[:4])} ...), not only {value!r:.40}"
        return
    for field, item in value.items():
        if field in fields:
            yield from faults(item, fields[field], (*place, field))
        else:
            near = _near(str(field), fields)
            yield (*place, field), f"unknown field{near}"
    for field in sorted(needed - set(value)):
        yield place, f"the field '{field}' is missing: give it" + _or_unknown(field, fields[field])


def _or_unknown(field: str, shape: Any) -> str:
    """Return the advice to write unknown, for the fields that take it."""
    fact = typing.is_typeddict(shape) and "text" in typing.get_type_hints(shape)
    return f", or write {field}: unknown" if fact or build.UNKNOWN in typing.get_args(shape) else ""


@cache
def _fields(shape: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the fields of a record with their shapes, and which of them it must have."""
    marked = typing.get_type_hints(shape, include_extras=True)
    needed = frozenset(name for name, kind in marked.items() if typing.get_origin(kind) is not typing.NotRequired)
    return typing.get_type_hints(shape), needed


def _near(word: str, known: typing.Iterable[str]) -> str:
    from rapidfuzz import process

    found = process.extractOne(word[:LONGEST_SHOWN], list(known), score_cutoff=70)
    return f": did you mean '{found[0]}'?" if found else ": remove it"


def _leaf_fault(value: Any, shape: Any) -> str:
    """Return what is wrong with a single value, in words for somebody who knows no Python."""
    import msgspec

    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        if typing.get_origin(shape) is typing.Literal:
            allowed = typing.get_args(shape)
            return f"'{value}' is not one of: {', '.join(allowed)}"
        wanted = {str: "words (put them in quotes)", int: "a whole number", float: "a number", bool: "true or false"}
        return f"must be {wanted.get(shape, 'something else')}, not {value!r:.40}"
    if shape is str and not value.strip():
        return "" if value == "" else "is blank: give words, or leave the field out"
    return ""

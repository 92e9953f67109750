"""Facts: each with a source, each figure with its year, each phone number from an official page."""

from __future__ import annotations

import re
import typing
from collections import Counter
from typing import TYPE_CHECKING, Any

from recoverycli import model
from recoverycli.checks.checker import PHONE, day_of, field_of, listed, owner_of, walk
from recoverycli.phrases import forms_of
from recoverycli.words import normalise

if TYPE_CHECKING:
    from recoverycli.checks.checker import Checker, Entry
    from recoverycli.yamlread import Place

FIRST_YEAR, LAST_YEAR = 1800, 2100


def facts(checker: Checker) -> None:
    """A fact without a source, a figure without a year, a number no official page shows."""
    for entry in checker.entries:
        if entry.section.kind in ("source", "word", "danger_words", "step"):
            continue
        for place, value in walk(entry.record):
            if not isinstance(value, dict):
                continue
            if value.get("sources") == []:
                checker.at(entry, (*place, "sources"), "no source: name one, or write unknown for the whole fact")
            year = value.get("year")
            if isinstance(year, int) and not FIRST_YEAR < year < LAST_YEAR:
                checker.at(entry, (*place, "year"), f"{year} is no year")
            if field_of(place) == "phones":
                _phone(checker, entry, place, value)
        _reviewed(checker, entry)


def _phone(checker: Checker, entry: Entry, place: Place, phone: Any) -> None:
    number = phone.get("number")
    if isinstance(number, str) and not PHONE.match(number):
        checker.at(entry, (*place, "number"), f"'{number}' is no phone number")
    trust = {checker.sources.get(s, {}).get("trust") for s in phone.get("sources", ()) if isinstance(s, str)}
    if not trust & {"official", "government"}:
        checker.at(entry, place, "no official page shows this number: leave it out")


def _reviewed(checker: Checker, entry: Entry) -> None:
    reviewed = entry.record.get("reviewed")
    if isinstance(reviewed, str) and not day_of(reviewed):
        checker.at(entry, ("reviewed",), f"'{reviewed}' is no date: write \"2026-11-22\"")


def figures_in_words(checker: Checker) -> None:
    """A count inside a sentence needs its year in that sentence."""
    counted = re.compile(
        r"\b\d[\d,.]* (?:percent|members|groups|meetings|people|churches|countries|chapters|districts)\b"
        r"(?! (?:in \d+ days|a week|a day|each))"
    )
    dated = re.compile(r"\b(?:1[89]|20)\d\d\b|undated|no date")
    for entry in checker.of("program", "family_evidence"):
        for place, value in walk(entry.record):
            if field_of(place) != "text" or not isinstance(value, str):
                continue
            if counted.search(value) and not dated.search(value) and not owner_of(entry.record, place).get("year"):
                checker.at(entry, place, "a figure without its year: say the year in the sentence, or give year:")


def steps(checker: Checker) -> None:
    numbers = [e.record.get("number") for e in checker.of("step")]
    if numbers != list(range(1, 13)):
        checker.say("steps.yaml", ("steps",), "the twelve steps must stand in order, 1 to 12")
    base = {e.record.get("number"): e.record.get("text") for e in checker.of("step")}
    for entry in checker.of("step_set"):
        changes = entry.record.get("changes")
        for number, text in changes.items() if isinstance(changes, dict) else ():
            if number not in range(1, 13):
                checker.at(entry, ("changes", number), f"there is no step {number}")
            elif text == base.get(number):
                message = f"step {number} is the base wording: list only steps that differ"
                checker.at(entry, ("changes", number), message)
            if number in listed(entry.record, "not_seen"):
                checker.at(entry, ("not_seen",), f"step {number} is given and listed as not seen: keep one")


def vocabulary(checker: Checker) -> None:
    """A word twice in one list, or a value that no program could have."""
    allowed = {
        "topic": typing.get_args(model.Topic),
        "who": typing.get_args(model.Who),
        "goal": typing.get_args(model.Goal),
    }
    meanings = {code.record.get("meaning") for code in checker.of("code")}
    for entry in checker.of("word"):
        facet, value = entry.record.get("facet"), entry.record.get("value")
        if facet in allowed and value not in allowed[facet]:
            checker.at(entry, ("value",), f"'{value}' is not one of: {', '.join(allowed[facet])}")
        for meaning in listed(entry.record, "marks"):
            if meaning not in meanings:
                checker.at(entry, ("marks",), f"no code in meetings.yaml means '{meaning}'")
        if facet != "topic" and "hints" in entry.record:
            checker.at(entry, ("hints",), "only a topic has hints")
        lines = [str(word) for key in ("words", "hints") for word in listed(entry.record, key)]
        for line in (line for line in lines if line.count("(") != line.count(")")):
            checker.at(entry, ("words",), f"'{line}': a bracket is missing")
        counts = Counter(normalise(form) for line in lines for form in forms_of(line))
        for word, count in counts.items():
            if count > 1 or not word:
                checker.at(entry, ("words",), f"'{word}' stands twice in this list" if word else "an empty word")

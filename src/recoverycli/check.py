"""All rules over the guide's YAML: every problem at once, with file and line."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from recoverycli.checks import facts, references, shape, wording
from recoverycli.checks.checker import Checker, day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.yamlread import Problem

RULES: tuple[Callable[[Checker], None], ...] = (
    shape.shape,
    references.ids,
    references.references,
    references.names,
    facts.facts,
    facts.figures_in_words,
    facts.steps,
    facts.vocabulary,
    wording.reading_level,
    wording.copied,
    wording.no_stopping,
)


def check_folder(folder: Path, stale_days: int | None = None) -> list[Problem]:
    """Return every problem of the guide's data in `folder`, in the order of files and lines.

    stale_days: also name entries reviewed longer ago than this.
    """
    checker = Checker(folder)
    broken = any(reading.value is None for reading in checker.loaded.readings.values())
    before = len(checker.problems)
    shape.shape(checker)
    for rule in () if broken or checker.loaded.unread else RULES[1:]:
        try:
            rule(checker)
        except (TypeError, ValueError, AttributeError, LookupError):
            # A record of the wrong form can stop a rule: what is wrong with it is named already.
            if len(checker.problems) == before:
                raise
    if stale_days is not None:
        _stale(checker, stale_days)
    return sorted(set(checker.problems), key=lambda p: (p.file, p.line, p.message))


def _stale(checker: Checker, days: int) -> None:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for entry in checker.entries:
        day = day_of(str(entry.record.get("reviewed", "")))
        if day and (today - day).days > days:
            checker.at(entry, ("reviewed",), f"reviewed {day}, {(today - day).days} days ago: look again")

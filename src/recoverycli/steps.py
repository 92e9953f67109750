"""The twelve steps in a program's own wording, as far as it was seen in print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recoverycli.errors import NotFound, UsageError

if TYPE_CHECKING:
    from recoverycli.guide import Guide
    from recoverycli.model import Program, StepSet

LAST = 12


def step_numbers(typed: str) -> list[int]:
    """Return the numbers in "4" or "4-7". Raises UsageError for anything outside 1 to 12."""
    matched = re.fullmatch(r"(?:step\s*)?(\d{1,4})(?:\s*(?:-|to|\u2013)\s*(\d{1,4}))?", typed.strip(), re.IGNORECASE)
    if not matched:
        raise UsageError(f"'{typed}' is not a step: give a number from 1 to 12, or a range such as 4-7.")
    first, last = int(matched[1]), int(matched[2] or matched[1])
    if not 1 <= first <= LAST or not 1 <= last <= LAST:
        raise UsageError(f"There is no step {first if not 1 <= first <= LAST else last}: there are twelve, 1 to 12.")
    if first > last:
        raise UsageError(f"'{typed}' runs backwards: write {last}-{first}.")
    return list(range(first, last + 1))


def own_set(guide: Guide, program: Program) -> StepSet:
    """Return a program's set. Raises NotFound for a program that has no twelve steps."""
    found: StepSet | None = guide.record("step_set", program["id"])
    if found is None:
        raise NotFound(
            f"{program['name']} has no wording of the twelve steps in the guide. "
            f"Its page says what it works with: `recoverycli show {program['id']}`."
        )
    return found


def in_words_of(guide: Guide, own: StepSet, numbers: list[int]) -> list[dict[str, Any]]:
    """Return steps in a set's wording. `verified` is false where that wording was not seen in print."""
    unseen = own.get("not_seen", [])
    changes = {int(number): text for number, text in own["changes"].items()}
    steps = []
    for number in numbers:
        base = guide.record("step", str(number))
        text = changes.get(number, base["text"])
        steps.append(
            {
                "number": number,
                "text": text,
                "plain": base["plain"],
                "theme": base["theme"],
                "verified": number not in unseen,
                "changed": number in changes,
            }
        )
    return steps


def wordings(guide: Guide, number: int) -> list[tuple[str, str, bool]]:
    """Return each program whose seen wording of a step differs from the base, with that wording."""
    found = []
    for own in guide.records("step_set"):
        changes = {int(n): text for n, text in own["changes"].items()}
        if number in changes:
            found.append((own["name"], changes[number], True))
    return found

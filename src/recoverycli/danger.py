"""Words that mean somebody may die today, in whatever is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.words import normalise

if TYPE_CHECKING:
    from recoverycli.guide import Guide


def dangers_in(guide: Guide, text: str) -> list[str]:
    """Return the ids of the dangers whose words occur in `text`, in the order of safety.yaml.

    A listed word ending in * stands for every word that begins so.
    """
    padded = f" {normalise(text)} "
    found = []
    for entry in guide.records("danger_words"):
        for listed in entry["words"]:
            words = normalise(listed)
            if f" {words}{'' if listed.endswith('*') else ' '}" in padded:
                found.append(entry["danger"])
                break
    return found

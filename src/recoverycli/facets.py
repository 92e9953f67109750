"""The few facts of a program that filters and ranking look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

SUBSTANCES = frozenset("alcohol opioids cocaine meth cannabis pills benzodiazepines drugs".split())
NOT_ADDICTIONS = frozenset("childhood grief relationships mental-health".split())
OWN = ("id", "name", "acronym", "year", "same")
"""What two programs may differ in and still rank alike."""
CHOICES = ("goal", "spiritual", "sponsor", "crosstalk", "cost", "medication", "proof", "status")


def facet_lines(programs: Sequence[Any], with_steps: Collection[str]) -> Iterator[tuple[str, Any]]:
    """Yield the facets of all programs. `same` is shared by those that any need ranks alike.

    with_steps: ids of the programs that have a wording of the twelve steps, whatever their family.
    """
    groups: dict[str, int] = {}
    rows = []
    for program in programs:
        facets = facets_of(program, with_steps)
        alike = {field: value for field, value in facets.items() if field not in OWN}
        rows.append(facets | {"same": groups.setdefault(repr(alike), len(groups))})
    yield "facets", rows


def facets_of(program: Any, with_steps: Collection[str] = ()) -> dict[str, Any]:
    """Return a program's facets: small enough to read all programs' at every match.

    with_steps: ids of the programs that have a wording of the twelve steps, whatever their family.
    """

    def values(field: str) -> list[str]:
        return list((program.get(field) or {}).get("values", ()))

    return {
        "id": program["id"],
        "name": program["name"],
        "acronym": program["acronym"],
        "family": program["family"],
        "type": program["type"],
        "part_of": program.get("part_of", ""),
        "steps": program["family"] == "twelve-step" or program["id"] in with_steps,
        "topics": values("addresses"),
        "who": values("audience"),
        "only": list(program["audience"].get("only", ())),
        "special": values("special_meetings"),
        "formats": values("formats"),
        "approach": values("approach"),
        **{field: program[field]["value"] for field in CHOICES},
        "unsuitable": {unfit["value"]: unfit["text"] for unfit in program.get("unsuitable", ())},
        "status_text": program["status"]["text"],
        "year": program["status"].get("year"),
        "local": program.get("local"),
        "same": program["id"],
    }


def breadth(topics: Sequence[str], topic: str) -> int:
    """Return 1 where topics name a topic, 2 for any drug, 3 for any addiction, 0 where it is none of them."""
    if topic in topics:
        return 1 if len(topics) <= 2 or topics[0] == topic else 2
    if "drugs" in topics and topic in SUBSTANCES:
        return 2
    if topic in NOT_ADDICTIONS:
        return 0
    if topic == "drugs" and SUBSTANCES.intersection(topics) - {"alcohol"}:
        return 3
    if "any" in topics or ("behaviors" in topics and topic not in SUBSTANCES):
        return 3
    return 0

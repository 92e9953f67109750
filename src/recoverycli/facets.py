"""The few facts of a program that filters and ranking look at."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

SUBSTANCES = frozenset("alcohol opioids cocaine meth cannabis pills benzodiazepines drugs".split())
NOT_ADDICTIONS = frozenset("childhood grief relationships mental-health".split())
OWN = ("id", "name", "acronym", "year", "same")
"""What two programs may differ in and still rank alike."""
CHOICES = ("goal", "spiritual", "sponsor", "crosstalk", "cost", "medication", "proof", "status")


def facet_lines(
    programs: Sequence[Any], with_steps: Collection[str], marks: Mapping[str, dict[str, str]]
) -> Iterator[tuple[str, Any]]:
    """Yield the facets of all programs. `same` is shared by those that any need ranks alike.

    with_steps: ids of the programs that have a wording of the twelve steps, whatever their family.
    marks: what `marks_of` returns.
    """
    groups: dict[str, int] = {}
    rows = []
    for program in programs:
        facets = facets_of(program, with_steps, marks)
        alike = {field: value for field, value in facets.items() if field not in OWN}
        rows.append(facets | {"same": groups.setdefault(repr(alike), len(groups))})
    yield "facets", rows


def marks_of(words: Sequence[Any], codes: Sequence[Any]) -> dict[str, dict[str, str]]:
    """Return the code by which each program's meeting lists mark what a meeting offers: {"aa": {"wheelchair": "X"}}."""
    stands_for = {meaning: word["value"] for word in words for meaning in word.get("marks", ())}
    marks: dict[str, dict[str, str]] = {}
    for code in codes:
        for program in code["programs"] if code["meaning"] in stands_for else ():
            marks.setdefault(program, {}).setdefault(stands_for[code["meaning"]], code["code"])
    return marks


def facets_of(
    program: Any, with_steps: Collection[str] = (), marks: Mapping[str, dict[str, str]] = MappingProxyType({})
) -> dict[str, Any]:
    """Return a program's facets: small enough to read all programs' at every match.

    with_steps: ids of the programs that have a wording of the twelve steps, whatever their family.
    marks: what `marks_of` returns.
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
        "rooms": marks.get(program["id"], {}),
        **{field: program[field]["value"] for field in CHOICES},
        "unsuitable": {unfit["value"]: unfit["text"] for unfit in program.get("unsuitable", ())},
        "status_text": program["status"]["text"],
        "year": program["status"].get("year"),
        "local": program.get("local"),
        "same": program["id"],
    }


def is_for_families(program: Any) -> bool:
    """Say whether a program is for people affected by someone else, not for the person who uses."""
    values = program["audience"]["values"]
    return "family" in values and "self" not in values


def made_for(topics: Sequence[str], topic: str) -> bool:
    """Say whether topics begin with a topic and do not go on to any addiction."""
    return topics[0] == topic and "any" not in topics


def breadth(topics: Sequence[str], topic: str) -> int:
    """Return 1 where topics begin with a topic, 2 where they hold it or any drug, 3 for any addiction, 0 otherwise."""
    if topic in topics:
        return 1 if topics[0] == topic else 2
    if "drugs" in topics and topic in SUBSTANCES - {"alcohol"}:
        return 2
    if topic in NOT_ADDICTIONS:
        return 0
    if topic == "drugs" and SUBSTANCES.intersection(topics) - {"alcohol"}:
        return 3
    if "any" in topics or ("behaviors" in topics and topic not in SUBSTANCES):
        return 3
    return 0

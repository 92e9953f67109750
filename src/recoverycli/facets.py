"""The few facts of a program that filters and ranking look at."""

from __future__ import annotations

from typing import Any

SUBSTANCES = frozenset("alcohol opioids cocaine meth cannabis pills benzodiazepines drugs".split())
CHOICES = ("goal", "spiritual", "sponsor", "crosstalk", "cost", "medication", "proof", "status")


def facets_of(program: Any) -> dict[str, Any]:
    """Return a program's facets: small enough to read all programs' at every match."""

    def values(field: str) -> list[str]:
        return list((program.get(field) or {}).get("values", ()))

    return {
        "id": program["id"],
        "name": program["name"],
        "family": program["family"],
        "type": program["type"],
        "part_of": program.get("part_of", ""),
        "topics": values("addresses"),
        "who": values("audience"),
        "only": list(program["audience"].get("only", ())),
        "special": values("special_meetings"),
        "formats": values("formats"),
        "approach": values("approach"),
        **{field: program[field]["value"] for field in CHOICES},
        "unsuitable": {unfit["value"]: unfit["text"] for unfit in program.get("unsuitable", ())},
        "status_text": program["status"]["text"],
    }

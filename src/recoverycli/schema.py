"""The JSON Schema of a clinic's own file, made from the model, for editors that check while somebody types."""

from __future__ import annotations

import json
from typing import Any

from recoverycli import model
from recoverycli.checks.checker import ID
from recoverycli.checks.clinic import LONGEST_NAME, LONGEST_TEXT

NAMES = frozenset(("id", "name", "acronym", "phone"))


def clinic_schema() -> str:
    """Return the schema as the text that ships: what `check` refuses without knowing the guide, it refuses too."""
    import msgspec

    schema = msgspec.json.schema(model.ClinicFile)
    for definition in schema["$defs"].values():
        definition.pop("title", None)
        definition["additionalProperties"] = False
        for field, value in definition["properties"].items():
            _tighten(field, value)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A clinic's own file for recoverycli"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"


def _tighten(field: str, value: dict[str, Any]) -> None:
    """Add to a field's schema what the model's types cannot say: lengths, and the form of an id."""
    if value.get("type") == "array":
        value["minItems"] = 0 if field in ("programs", "aliases") else 1
        _tighten("name" if field == "aliases" else "", value["items"])
    elif value.get("type") == "string":
        value["minLength"] = 0 if field == "acronym" else 1
        value["maxLength"] = LONGEST_NAME if field in NAMES else LONGEST_TEXT
        value |= {"pattern": f"^{ID.pattern}"} if field == "id" else {}


if __name__ == "__main__":  # python -m recoverycli.schema, when the model has changed
    from recoverycli.guide import SCHEMA

    SCHEMA.write_text(clinic_schema(), "utf-8")

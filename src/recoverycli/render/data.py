"""JSON and CSV: the records themselves, for scripts."""

from __future__ import annotations

import json
from typing import Any


def to_json(value: Any, ascii_only: bool = False) -> str:
    """Return JSON, indented, with one line end."""
    return json.dumps(value, ensure_ascii=ascii_only, indent=2) + "\n"


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Return rows as CSV under the union of their fields, in the order first seen.

    Nested values become one line of plain words. A cell that a spreadsheet would run as a formula
    gets a leading apostrophe.
    """
    import csv
    import io

    fields = list(dict.fromkeys(field for row in rows for field in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([_safe(plain(row.get(field, ""))) for field in fields] for row in rows)
    return out.getvalue()


def plain(value: Any) -> str:
    """Return any value of a record as plain words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(plain(item) for item in value)
    if isinstance(value, dict):
        return _fact(value)
    return str(value)


def _fact(fact: dict[str, Any]) -> str:
    """Return a fact as its value and its text, a figure as its sentence, anything else field by field."""
    if "count" in fact:
        words = (str(fact[key]) for key in ("about", "count", "unit", "where") if fact.get(key))
        return f"{' '.join(words)} ({fact['year']})"
    for short in ("title", "url", "number"):
        if short in fact and "text" not in fact:
            return str(fact[short])
    if "text" in fact:
        value = plain(fact.get("values", fact.get("value", fact.get("title", ""))))
        return f"{value}: {fact['text']}" if value else str(fact["text"])
    return "; ".join(f"{key}: {plain(item)}" for key, item in fact.items() if key != "sources")


def _safe(cell: str) -> str:
    line = " ".join(cell.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line

"""`compare`: two to six programs side by side."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import ProgramNames
from recoverycli.compare import compare
from recoverycli.lookup import find_program
from recoverycli.pages.programs import comparison


def command(
    ask: Ask,
    name: ProgramNames,
    differences: Annotated[bool, typer.Option("--differences", help="Only the rows that differ.")] = False,
    fields: Annotated[
        str, typer.Option("--fields", metavar="A,B", help="Only these fields: goal, cost, medication ...")
    ] = "",
) -> Answer:
    """Two to six programs side by side. On a narrow screen a block for each field.

    \b
    Examples:
      recoverycli compare aa smart
      recoverycli compare aa smart lifering wfs --differences
      recoverycli compare al-anon smart-family --fields goal,belief
      recoverycli compare na mara --fields medication -f json
    """
    found = [find_program(ask.guide, typed) for typed in name]
    programs = [f.record for f in found]
    rows = compare(programs, _fields(fields), differences)
    data: dict[str, Any] = {
        "programs": [p["id"] for p in programs],
        "rows": [{"field": r.field, "label": r.label, "values": r.values, "same": r.same} for r in rows],
    }
    local = {p["id"]: p["local"] for p in programs if "local" in p}
    data |= {"local": local} if local else {}
    table = [{"field": row.label} | row.shown | {"same": row.same} for row in rows]
    remarks = tuple(f.remark for f in found if f.remark)
    return Answer(comparison(ask.guide, programs, rows, ask.cite), data, table, remarks)


def _fields(typed: str) -> list[str]:
    from recoverycli.compare import FIELDS

    by_label = {label.casefold(): field for field, label in FIELDS.items()}
    names = [part.strip().casefold() for part in typed.split(",") if part.strip()]
    return [by_label.get(name, name.replace("-", "_")) for name in names]

"""`example-data`: a commented example of a clinic's own file, and its schema for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.answer import Ask, Rendered
from recoverycli.guide import EXAMPLE, SCHEMA


def command(
    _ask: Ask,
    schema: Annotated[
        bool, typer.Option("--schema", help="The JSON Schema of such a file, for an editor that checks as you type.")
    ] = False,
) -> Rendered:
    """A commented example of a clinic's own file: programs it adds, and notes on those of the guide.

    \b
    Examples:
      recoverycli example-data
      recoverycli example-data --output clinic.yaml
      recoverycli example-data --schema --output clinic.schema.json
    """
    return Rendered((SCHEMA if schema else EXAMPLE).read_text("utf-8"))

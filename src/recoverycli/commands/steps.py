"""`steps`: the twelve steps."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import OneProgram
from recoverycli.errors import UsageError
from recoverycli.lookup import find_program
from recoverycli.pages.entries import steps_page
from recoverycli.steps import in_words_of, own_set, step_numbers


def command(
    ask: Ask,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="[N or N-M]", help="One step, or a range: 3, 4-7.")
    ] = None,
    program: OneProgram = "aa",
    plain: Annotated[bool, typer.Option("--plain", help="Add a line in plain words.")] = False,
) -> Answer:
    """The twelve steps. The wording a program has not been seen to print is marked as not verified.

    \b
    Examples:
      recoverycli steps
      recoverycli steps 3 --plain
      recoverycli steps 4-7 --program ga
      recoverycli steps --program na -f json
    """
    if numbers and len(numbers) > 1:
        raise UsageError(f"Give one step or one range, such as {numbers[0]} or 4-7.")
    wanted = step_numbers(numbers[0]) if numbers else list(range(1, 13))
    found = find_program(ask.guide, program)
    own = own_set(ask.guide, found.record)
    steps = in_words_of(ask.guide, own, wanted)
    data = {
        "program": found.id,
        "source": own["credit"],
        "sources": own["sources"],
        "verified": all(step["verified"] for step in steps),
        "steps": steps,
    }
    remarks = (found.remark,) if found.remark else ()
    return Answer(steps_page(ask.guide, steps, own, plain, ask.cite), data, steps, remarks)

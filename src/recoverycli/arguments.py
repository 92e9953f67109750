"""Arguments several commands take."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.errors import UsageError
from recoverycli.words import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 200_000
"""Characters read of a need on stdin."""


def complete_names(incomplete: str, kinds: Sequence[str] = ("program",)) -> list[tuple[str, str]]:
    """Return ids that begin as typed, each with its name, for shell completion."""
    from recoverycli.guide import open_guide

    guide = open_guide()
    names = [(key, guide.record(kind, key)) for kind in kinds for key in guide.ids(kind)]
    return [(key, record.get("name", key)) for key, record in names if key.startswith(incomplete.casefold())]


def _programs(incomplete: str) -> list[tuple[str, str]]:
    return complete_names(incomplete)


def _anything(incomplete: str) -> list[tuple[str, str]]:
    return complete_names(incomplete, ("program", "reading", "term", "meeting_type"))


def _terms(incomplete: str) -> list[tuple[str, str]]:
    return complete_names(incomplete, ("term",))


def _meetings(incomplete: str) -> list[tuple[str, str]]:
    return complete_names(incomplete, ("meeting_type",))


ProgramNames = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="Names, acronyms or nicknames.", autocompletion=_programs)
]
HandoutNames = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME...]", help="One to four programs.", autocompletion=_programs)
]
AnyName = Annotated[
    list[str], typer.Argument(metavar="NAME", help="A program, step, meeting type or word.", autocompletion=_anything)
]
OneProgram = Annotated[
    str,
    typer.Option("--program", "-p", metavar="NAME", help="In this program's own wording.", autocompletion=_programs),
]
TermName = Annotated[list[str] | None, typer.Argument(metavar="[TERM]", help="A word or topic.", autocompletion=_terms)]
MeetingName = Annotated[
    list[str] | None, typer.Argument(metavar="[TYPE]", help="A type, a code, or `codes`.", autocompletion=_meetings)
]


def typed_or_read(typed: str) -> str:
    """Return what was typed, or for `-` what stands on stdin."""
    if typed != "-":
        return typed
    return sys.stdin.read(LONGEST) if sys.stdin else ""


def check_words(text: str, kind: str, example: str) -> None:
    """Raise UsageError for a text of the kind asked for (need, question) without a word; `example` is a right call."""
    if not normalise(text):
        raise UsageError(f"There are no words in this {kind}: try {example}.")

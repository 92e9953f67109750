"""The options every command shares, meaning the same everywhere."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS = ("table", "text", "markdown", "json", "csv")
NARROWEST, WIDEST = 20, 400


class Shared(NamedTuple):
    """The values of the shared options. `format` and `width` are None where the user left them open."""

    format: str | None = None
    output: Path | None = None
    data: Path | None = None
    width: int | None = None
    no_color: bool = False
    sources: bool = False
    force: bool = False


OPTIONS: dict[str, Any] = {
    "format": Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="table, text, markdown, json or csv. On a terminal: table."
        ),
    ],
    "output": Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a new file, in UTF-8.")
    ],
    "data": Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", readable=False, help="A clinic's own file or folder, added to the guide."
        ),
    ],
    "width": Annotated[int | None, typer.Option("--width", metavar="N", help=f"Columns, {NARROWEST} to {WIDEST}.")],
    "no_color": Annotated[bool, typer.Option("--no-color", help="No colour.")],
    "sources": Annotated[bool, typer.Option("--sources", help="Show where each fact comes from.")],
    "force": Annotated[bool, typer.Option("--force", help="Overwrite the file named by --output.")],
}
DEFAULTS = Shared()._asdict()


def with_shared(command: Callable[..., Any], run: Callable[..., None]) -> Callable[..., None]:
    """Return a function with `command`'s parameters and the shared ones, that calls `run(shared, own)`.

    Typer reads a function's signature; this writes one, so that no command repeats the shared options.
    """
    own = inspect.signature(command, eval_str=True).parameters
    taken = [inspect.Parameter(p.name, p.KEYWORD_ONLY, default=p.default, annotation=p.annotation)
             for name, p in own.items() if name not in ("ask", "_ask")]  # fmt: skip
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=DEFAULTS[name], annotation=kind)
        for name, kind in OPTIONS.items()
        if name not in own
    ]

    def entry(**given: Any) -> None:
        values = {name: given.pop(name) for name in DEFAULTS if name in given and name not in own}
        run(Shared(**values), given)

    entry.__signature__ = inspect.Signature([*taken, *shared])  # type: ignore[attr-defined]
    entry.__annotations__ = {p.name: p.annotation for p in (*taken, *shared)}
    entry.__name__, entry.__doc__ = command.__name__, command.__doc__
    return entry

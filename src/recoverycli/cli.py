"""The command line: a table of the commands, and the only place that prints or exits.

A command is imported and built only when it is called: building all of them takes a fifth of a call.
"""

from __future__ import annotations

import contextlib
import difflib
import gc
import importlib
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from recoverycli import __version__
from recoverycli.errors import DataError, GuideError, NotFound, UsageError
from recoverycli.options import FORMATS, NARROWEST, WIDEST, Shared, with_shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.answer import Answer, Ask, Rendered
    from recoverycli.document import Document
    from recoverycli.guide import Guide

COMMANDS = {
    "list": "The programs, one row each.",
    "show": "One page on anything in the guide by name.",
    "compare": "Two to six programs side by side.",
    "steps": "The twelve steps, in any program's wording.",
    "meetings": "Meeting types, what happens in one, codes in lists.",
    "prayer": "The Serenity Prayer, its origin and variants.",
    "match": "Programs that fit a person's need, with reasons.",
    "search": "Passages that answer a question in ordinary words.",
    "evidence": "What research says, with figures and limits.",
    "handout": "A page to print and give away.",
    "crisis": "Emergency and crisis lines, withdrawal dangers, naloxone.",
    "glossary": "Words, explained.",
    "sources": "Where the facts come from.",
    "check": "Check the guide's data, or a clinic's own file.",
    "example-data": "A commented example of a clinic's own file.",
    "privacy": "What is stored (nothing), and what shells keep.",
}
EXAMPLES = """Examples:
  recoverycli list --who family
  recoverycli show aa
  recoverycli compare aa smart --differences
  recoverycli match "drinks every day, no religion, online"
"""
PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,  # plain help: it reads well in a screen reader, and loads in half the time
    "pretty_exceptions_enable": False,
    "pretty_exceptions_show_locals": False,
    "context_settings": {"help_option_names": ["-h", "--help"], "max_content_width": 90},
}


class Commands(TyperGroup):
    """The commands of the table above, each built when it is needed."""

    def list_commands(self, _ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"There is no command '{cmd_name}'.{hint}")
        module = importlib.import_module(f"recoverycli.commands.{cmd_name.replace('-', '_')}")
        one = typer.Typer(add_completion=False, **PLAIN)
        one.command(cmd_name)(with_shared(module.command, lambda shared, own: run(module.command, shared, own)))
        return typer.main.get_command(one)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(cls=Commands, invoke_without_command=True, **PLAIN)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"recoverycli {__version__}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES.replace("\n  ", "\n\n  "))
def home(
    ctx: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Mutual-help programs for recovery from addiction: facts with sources, offline."""
    if ctx.invoked_subcommand is None:
        from recoverycli.commands import home as bare

        run(bare.command, Shared(), {})


def main() -> None:
    """Run the program as its console command does."""
    # What is loaded by now lives until the end: without this, Python searches all of it for garbage
    # at the exit, a seventh of a call.
    gc.freeze()
    try:
        app(prog_name="recoverycli")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:  # help and usage errors are written by Typer, to an output that takes no more
        say(f"recoverycli could not go on: {error.strerror}.")
        _forsake(sys.stdout)
        _forsake(sys.stderr)
        sys.exit(2)
    except Exception as error:  # the last resort: one line instead of a traceback, which could show what was typed
        say(f"recoverycli stopped on an error of its own ({type(error).__name__}). Please report what you ran.")
        sys.exit(2)


def run(command: Callable[..., Answer | Rendered | None], shared: Shared, own: dict[str, Any]) -> None:
    """Ask one command and print its answer once. Every failure becomes one clear line and an exit code."""
    from recoverycli.answer import Ask, Rendered

    ask = Ask(lambda: _opened(shared), shared.sources, sys.stdin is not None and sys.stdin.isatty())
    try:
        _check(shared)
        answer = command(ask, **own)
        if answer is not None:
            for remark in answer.remarks:
                say(remark)
            if isinstance(answer, Rendered):
                _deliver_rendered(answer.content, shared)
                return
            deliver(answer, shared)
            if answer.exit_code:
                raise typer.Exit(answer.exit_code)
    except NotFound as error:
        _not_found(error, shared, ask)
        raise typer.Exit(error.exit_code) from None
    except GuideError as error:
        say(str(error))
        raise typer.Exit(error.exit_code) from None


def _opened(shared: Shared) -> Guide:
    """Open the guide, with one warning for each clinic's file that could not be used."""
    from recoverycli.guide import open_guide

    guide = open_guide(shared.data)
    for warning in guide.warnings:
        say(warning)
    return guide


def _check(shared: Shared) -> None:
    if shared.format is not None and shared.format not in FORMATS:
        raise UsageError(f"There is no format '{shared.format}'. Formats: {', '.join(FORMATS)}.")
    if shared.width is not None and not NARROWEST <= shared.width <= WIDEST:
        raise UsageError(f"--width takes {NARROWEST} to {WIDEST} columns, not {shared.width}.")
    if shared.output and shared.output.exists() and not shared.output.is_file():
        raise UsageError(f"{shared.output} is not a file: --output takes the name of a file.")


def _not_found(error: NotFound, shared: Shared, ask: Ask) -> None:
    """Say that nothing, or more than one thing, answers: to scripts as an object on stdout."""
    form = chosen_format(shared)
    if form in ("json", "csv"):
        if form == "json":
            told = f"{error} {error.trap['text']}" if error.trap else str(error)
            _write_stdout(_json({"error": told, "suggestions": error.suggestions}))
    elif error.trap:
        from recoverycli.pages.entries import trap_page

        _write_stdout(as_text(trap_page(ask.guide, error.trap, error.trap["typed"][0]), shared))
    say(str(error))
    if error.lines:
        say("Did you mean:")
    for line in error.lines:
        say(f"  {line}")


def chosen_format(shared: Shared) -> str:
    """Return the format asked for: by default a table on a terminal, plain text elsewhere."""
    if shared.format:
        return shared.format
    dumb = os.environ.get("TERM") == "dumb"
    return "table" if not shared.output and _is_terminal() and not dumb else "text"


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def deliver(answer: Answer, shared: Shared) -> None:
    """Render an answer and write it, once, to stdout or to the file named."""
    form = chosen_format(shared)
    data = answer.data() if form in ("json", "csv") and callable(answer.data) else answer.data
    if form == "json":
        text = _json(data, to_file=bool(shared.output))
    elif form == "csv":
        from recoverycli.render.data import to_csv

        rows = answer.rows() if callable(answer.rows) else answer.rows
        text = to_csv(_rows(data) if rows is None else rows)
    else:
        text = as_text(answer.page, shared)
    if shared.output:
        from recoverycli.files import write_new

        mark = "\ufeff" if form == "csv" else ""  # spreadsheets take UTF-8 for what it is only with this mark
        write_new(shared.output, (mark + text).encode(), shared.force)
    else:
        _write_stdout(text)


def _deliver_rendered(content: str | bytes, shared: Shared) -> None:
    """Write what is in its final form, to stdout or to the file named; nothing where a command wrote files itself."""
    if content and shared.output:
        from recoverycli.files import write_new

        write_new(shared.output, content if isinstance(content, bytes) else content.encode(), shared.force)
    else:
        _write_stdout(content)


def as_text(page: Document, shared: Shared) -> str:
    """Return a page in one of the formats for people."""
    form = chosen_format(shared)
    if form == "markdown":
        from recoverycli.render import markdown

        return markdown.render(page)
    if form == "table":
        from recoverycli.render import table

        colour = _is_terminal() and not shared.no_color and not os.environ.get("NO_COLOR")
        colour = colour and not shared.output and os.environ.get("TERM") != "dumb"
        return table.render(page, _width(shared, 80), colour, ascii_only=not _takes(table.BOXES))
    from recoverycli.render import text

    return text.render(page, _width(shared, text.WIDEST))


def _width(shared: Shared, otherwise: int) -> int:
    """Return the columns to fill: asked for, the terminal's, or `otherwise` where there is neither."""
    if shared.width:
        return shared.width
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return min(max(int(columns), NARROWEST), WIDEST)
    if not _is_terminal():
        return otherwise
    import shutil

    return min(max(shutil.get_terminal_size((otherwise, 24)).columns, NARROWEST), WIDEST)


def _json(value: Any, to_file: bool = False) -> str:
    from recoverycli.render.data import to_json

    return to_json(value, ascii_only=not to_file and not _takes("\u2014\u00e9\u4e2d"))


def _rows(data: Any) -> list[dict[str, Any]]:
    """Return data as rows: a list as it stands, one record as a row for each field."""
    if isinstance(data, list):
        return data
    return [{"field": field, "value": value} for field, value in data.items()]


def _takes(text: str, stream: Any = None) -> bool:
    """Say whether an output can show `text`."""
    encoding = getattr(stream or sys.stdout, "encoding", None) or "ascii"
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write_stdout(answer: str | bytes) -> None:
    """Write an answer in one go, with characters the output cannot show spelled in ASCII; bytes as they are."""
    if not answer:
        return
    if sys.stdout is None:
        raise DataError("There is no output to write to: use --output FILE.")
    try:
        if isinstance(answer, bytes):
            sys.stdout.buffer.write(answer)
        else:
            sys.stdout.write(answer if _takes(answer) else _fitting(answer, sys.stdout.encoding or "ascii"))
        sys.stdout.flush()
    except OSError as error:
        _lost(error)


def _fitting(text: str, encoding: str) -> str:
    """Return `text` with only those characters respelled that `encoding` lacks."""
    from recoverycli.render.text import to_ascii

    try:
        "".encode(encoding)
    except LookupError:
        return to_ascii(text)
    return "".join(c if c.isascii() or _encodes(c, encoding) else to_ascii(c) for c in text)


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _lost(error: OSError) -> None:
    """End quietly when the reader has gone; say so when the disk is full."""
    import errno

    _forsake(sys.stdout)
    if error.errno in (errno.EPIPE, errno.EINVAL):
        raise typer.Exit(0)
    raise DataError(f"The answer could not be written: {error.strerror}.")


def _forsake(stream: Any) -> None:
    """Turn a stream to nowhere: what is still buffered must not be tried again when Python shuts it down."""
    if stream is None:
        return
    with contextlib.suppress(OSError, ValueError), open(os.devnull, "w") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())


def say(line: str) -> None:
    """Write one line to stderr; silence is better than a crash where there is none."""
    stream = sys.stderr
    if stream is None:
        return
    line = "".join(c if c.isprintable() or c in "\n\t\u00a0" else "?" for c in line)  # it quotes what was typed
    text = line if _takes(line, stream) else _fitting(line, stream.encoding or "ascii")
    try:
        stream.write(text + "\n")
        stream.flush()
    except (OSError, ValueError):
        _forsake(stream)

"""Fills the built-in page templates, or a clinic's own: sandboxed, and never for longer than a moment."""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recoverycli.errors import DataError, UsageError

if TYPE_CHECKING:
    from types import FrameType

BUILT_IN = Path(__file__).resolve().parents[1] / "templates"
NAMES = {"text": "handout.txt.j2", "markdown": "handout.md.j2", "html": "handout.html.j2"}
SECONDS = 5.0
LARGEST_TEMPLATE = 256 * 1024
LARGEST_PAGE = 4 * 1024 * 1024


class _TooMuch(Exception):
    """A template ran too long or wrote too much."""


def built_in(form: str) -> str:
    """Return the text of the built-in template of a format."""
    return (BUILT_IN / NAMES[form]).read_text("utf-8")


def check_folder(folder: Path, forms: list[str]) -> None:
    """Raise UsageError unless `folder` holds a template for one of the formats."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: --template takes one that holds {NAMES['html']}.")
    wanted = [NAMES[form] for form in forms if form in NAMES]
    if not any((folder / name).is_file() for name in wanted):
        raise UsageError(f"{folder} holds no {' or '.join(wanted)}. Start from: recoverycli handout --show-template")


def fill(form: str, folder: Path | None, facts: dict[str, Any]) -> str:
    """Return a page from a template. Raises DataError that names the file and, where known, the line."""
    import jinja2

    own = folder is not None and (folder / NAMES[form]).is_file()
    place = folder if folder is not None and own else BUILT_IN
    shown = place / NAMES[form]
    try:
        if not own:
            return str(_environment(place).get_template(NAMES[form]).render(facts))
        return _within_limits(_environment(place).get_template(NAMES[form]), facts)
    except jinja2.TemplateSyntaxError as error:
        raise DataError(f"{error.filename or shown}:{error.lineno}: {error.message}") from None
    except jinja2.TemplateNotFound as error:
        raise DataError(f"{shown}: there is no {error.message} in the same folder.") from None
    except RecursionError:
        raise DataError(f"{shown}: the template calls itself without end.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{shown} cannot be read: {error}.") from None
    except Exception as error:  # a template can raise anything a Python expression can
        raise DataError(f"{shown}{_line(error)}: {_first_line(error)}") from None


@cache
def _environment(folder: Path) -> Any:
    """Return where templates of a folder run: nothing there reaches Python itself, or makes large numbers."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Limited(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            small = all(isinstance(side, int | float) and abs(side) < 10_000 for side in (left, right))
            if not small or operator == "**":
                raise _TooMuch(f"'{operator}' is not for this in a template")
            return super().call_binop(context, operator, left, right)

    return Limited(
        loader=FileSystemLoader(folder),
        autoescape=lambda name: bool(name and name.endswith((".html.j2", ".html"))),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _within_limits(template: Any, facts: dict[str, Any]) -> str:
    """Fill a clinic's template under a clock that also runs in loops which write nothing."""
    end = time.monotonic() + SECONDS
    size = Path(template.filename).stat().st_size
    if size > LARGEST_TEMPLATE:
        raise _TooMuch(f"the template is larger than {LARGEST_TEMPLATE // 1024} kilobytes")

    def clock(_frame: FrameType, _event: str, _argument: Any) -> Any:
        if time.monotonic() > end:
            raise _TooMuch(f"not done after {SECONDS:g} seconds: is there a loop without end?")
        return clock

    before, parts, written = sys.gettrace(), [], 0
    sys.settrace(clock)
    try:
        for part in template.generate(facts):
            written += len(part)
            if written > LARGEST_PAGE:
                raise _TooMuch("the template writes more than a page can hold: is there a loop without end?")
            parts.append(part)
    finally:
        sys.settrace(before)
    return "".join(parts)


def _line(error: BaseException) -> str:
    """Return the line of the template an error comes from, as ":7"."""
    line, trace = "", error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line


def _first_line(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "the template needs more memory than there is."
    lines = str(error).splitlines() or [type(error).__name__]
    return lines[0] if lines[0].endswith((".", "?")) else f"{lines[0]}."

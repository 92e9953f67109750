"""A clinic's own file: programs it adds, and notes, contacts and meeting times for built-in ones.

A broken or hostile file costs one warning, never an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli import lookup
from recoverycli.check import check_local
from recoverycli.yamlread import Problem, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recoverycli.guide import Target
    from recoverycli.lines import Lines

MAX_BYTES = 512 * 1024
MAX_FILES = 20


class Additions(NamedTuple):
    """What clinics' files add to the guide."""

    programs: dict[str, Any]
    notes: dict[str, Any]
    sources: dict[str, Any]
    names: dict[str, list[Target]]
    warnings: list[str]

    def with_notes(self, program: Any) -> Any:
        """Return a built-in program with what a clinic says about it."""
        note = self.notes.get(program["id"])
        return program | {"local": note} if note else program


def read_additions(paths: Sequence[Path], lines: Lines) -> Additions:
    """Read clinics' files; of two that speak of the same program the stronger, named first, wins."""
    added = Additions({}, {}, {}, {}, [])
    for path in reversed(paths):
        try:
            for file in clinic_files(path):
                _read_file(file, lines, added)
        except OSError as error:
            added.warnings.append(f"{path}: cannot be read ({error.strerror}); the built-in guide is used.")
    for key, program in added.programs.items():
        for name in lookup.names_of("program", program):
            added.names.setdefault(name, []).append(("program", key))
    return added


def clinic_files(path: Path) -> Iterator[Path]:
    """Yield the YAML files a path stands for, a few at most."""
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".yml") and p.is_file())
        yield from found[:MAX_FILES]
    else:
        yield path


def _read_file(path: Path, lines: Lines, added: Additions) -> None:
    try:
        problems = _add(path, lines, added)
    except OSError as error:
        problems = [Problem(str(path), 0, f"cannot be read ({error.strerror})")]
    if problems:
        more = f" (and {len(problems) - 1} more: recoverycli check {path})" if len(problems) > 1 else ""
        added.warnings.append(f"{problems[0]}{more}. This file is left out.")


def _add(path: Path, lines: Lines, added: Additions) -> list[Problem]:
    """Add one file, if it is without fault; return what is wrong with it."""
    name = str(path)
    if not path.is_file():
        return [Problem(name, 0, "is not a file")]
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return [Problem(name, 0, f"is larger than {MAX_BYTES // 1024} kilobytes")]
    reading = read_yaml(raw, name)
    problems = reading.problems or check_local(reading, name, lines)
    if not problems:
        from recoverycli.build import complete_local

        programs, sources = complete_local(reading.value, lines)
        added.programs.update(programs)
        added.sources.update(sources)
        added.notes.update(reading.value.get("local") or {})
    return problems

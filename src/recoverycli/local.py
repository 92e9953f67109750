"""A clinic's own file: programs it adds, and notes, contacts and meeting times for built-in ones.

A broken or hostile file costs one warning, never an answer, and only a moment.
"""

from __future__ import annotations

import os
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli import lookup
from recoverycli.checks.clinic import check_local
from recoverycli.yamlread import Problem, Reading, read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.guide import Target
    from recoverycli.lines import Lines

MAX_BYTES = 256 * 1024
MAX_VALUES = 10_000
MAX_ALL = 4 * MAX_BYTES
"""What one call reads of all clinics' files together."""
MAX_FILES = 20
MAX_NAMES = 20_000
"""How many names in a folder are looked at: somebody may name their downloads."""
ENDINGS = (".yaml", ".yml")


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


class Folder(NamedTuple):
    """The clinic's files a path stands for, and what is wrong with the path itself."""

    files: list[Path]
    problem: str = ""


def read_additions(paths: Sequence[Path], lines: Lines) -> Additions:
    """Read clinics' files; of two that speak of the same program the stronger, named first, wins."""
    added = Additions({}, {}, {}, {}, [])
    read: list[Any] = []
    left = MAX_ALL
    for path in paths:
        folder = clinic_files(path)
        if folder.problem:
            added.warnings.append(folder.problem)
        for file in folder.files:
            if left <= 0:
                added.warnings.append(f"{file}: one file too many. This one and what follows it are left out.")
                break
            raw = _bytes_of(file)
            left -= len(raw)
            reading = _read(raw, str(file))
            problems = reading.problems or check_local(reading, str(file), lines)
            if problems:
                added.warnings.append(_warning(problems, file))
            else:
                read.append(reading.value)
    for value in reversed(read):
        _add(value, added)
    for key, program in added.programs.items():
        for name in lookup.names_of("program", program):
            added.names.setdefault(name, []).append(("program", key))
    return added


def _add(value: Any, added: Additions) -> None:
    from recoverycli import clinic

    added.programs.update({program["id"]: clinic.program_of(program) for program in value.get("programs", ())})
    added.sources[clinic.SOURCE] = clinic.source()
    added.notes.update(value.get("local", {}))


def _warning(problems: Sequence[Problem], file: Path) -> str:
    more = f" (and {len(problems) - 1} more: recoverycli check {file})" if len(problems) > 1 else ""
    return f"{problems[0]}{more}. This file is left out."


def clinic_files(path: Path) -> Folder:
    """Return the YAML files a path stands for, in the order of their names, a few at most."""
    try:
        if not path.is_dir():
            return Folder([path])
        with os.scandir(path) as entries:
            names = [entry.name for entry in islice(entries, MAX_NAMES)]
    except OSError as error:
        return Folder([], f"{path}: cannot be read ({error.strerror}). The built-in guide is used.")
    # Names with a dot first are not a person's: locks of editors, what a Mac leaves on a shared disk.
    found = sorted(name for name in names if name.lower().endswith(ENDINGS) and not name.startswith("."))
    files = [path / name for name in found[:MAX_FILES]]
    if len(found) > MAX_FILES or len(names) >= MAX_NAMES:
        return Folder(files, f"{path}: more files than a clinic's folder holds. The first {len(files)} are read.")
    return Folder(files)


def read_clinic_file(path: Path) -> Reading:
    """Read one file, whatever it is: never waiting, and never more of it than a clinic's file may hold."""
    return _read(_bytes_of(path), str(path))


def _read(raw: bytes | str, name: str) -> Reading:
    if isinstance(raw, str):
        return _unread(name, raw)
    if len(raw) > MAX_BYTES:
        return _unread(name, f"larger than {MAX_BYTES // 1024} kilobytes: split it")
    return read_yaml(raw, name, MAX_VALUES)


def _unread(name: str, why: str) -> Reading:
    return Reading(None, {}, [Problem(name, 0, why)])


def _bytes_of(path: Path) -> bytes | str:
    """Return the beginning of a file, or why there is none. Pipes and devices are never waited for."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "not a file"
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        return f"cannot be read ({error.strerror})"

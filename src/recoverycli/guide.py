"""The guide itself: the built file, or YAML in a source checkout, and a clinic's own additions.

Nothing else in the program knows where the guide's files are.
"""

from __future__ import annotations

import atexit
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from recoverycli.errors import DataError
from recoverycli.facts import full_name
from recoverycli.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.local import Additions
    from recoverycli.model import Program, Source

HERE = Path(__file__).resolve().parent
BUILT = HERE / "built" / "guide.txt"
STAMP = HERE / "built" / "stamp.txt"
CHECKOUT = HERE.parents[1] / "data"
SHIPPED = HERE / "data"
EXAMPLE = HERE / "example.yaml"
SCHEMA = HERE / "clinic.schema.json"
VARIABLE = "RECOVERYCLI_DATA"
READ_AT_ONCE = 2048
"""Bytes: a look-up reads a few short lines in many places of the file."""

Target = tuple[str, str]


def data_folder() -> Path:
    """Return the folder of the guide's own YAML: the checkout's, or the copy that ships with the package."""
    return CHECKOUT if (CHECKOUT / "programs.yaml").is_file() else SHIPPED


class Guide:
    """Everything that can be asked. Records come as the dictionaries of `model`; do not change them."""

    def __init__(self, lines: Lines, added: Additions | None = None) -> None:
        self.lines = lines
        self.added = added

    @property
    def warnings(self) -> list[str]:
        """One line for each of a clinic's files that could not be used."""
        return self.added.warnings if self.added else []

    @property
    def reviewed(self) -> str:
        """The day the newest entry was reviewed, as YYYY-MM-DD."""
        return str(self.lines.get("meta")["reviewed"])

    def ids(self, kind: str) -> list[str]:
        """Return the ids of a kind in the order of the data files, a clinic's own last."""
        ids: list[str] = self.lines.get(f"order/{kind}") or []
        return [*ids, *self.added.programs] if self.added and kind == "program" else ids

    def record(self, kind: str, key: str) -> Any:
        """Return one record, None when there is none."""
        if self.added and kind == "program":
            if key in self.added.programs:
                return self.added.programs[key]
            record = self.lines.get(f"program/{key}")
            return record and self.added.with_notes(record)
        if self.added and kind == "source" and key in self.added.sources:
            return self.added.sources[key]
        return self.lines.get(f"{kind}/{key}")

    def records(self, kind: str) -> list[Any]:
        """Return all records of a kind, in the order of `ids`."""
        return [self.record(kind, key) for key in self.ids(kind)]

    def program(self, key: str) -> Program:
        """Return a program that exists. Raises KeyError for one that does not."""
        record = self.record("program", key)
        if record is None:
            raise KeyError(key)
        return cast("Program", record)

    def facets(self) -> list[Any]:
        """Return the facets of every program, a clinic's own last, marked where a clinic speaks of one."""
        built: list[Any] = self.lines.get("facets") or []
        if not self.added:
            return built
        from recoverycli.facets import facets_of

        for row in built:
            row["local"] = {} if row["id"] in self.added.notes else None
        return [*built, *(facets_of(program) for program in self.added.programs.values())]

    def title(self, key: str) -> str:
        """Return a program's name with its acronym, its id where there is no such program."""
        title: str | None = self.lines.get(f"title/{key}")
        added = self.added.programs.get(key) if self.added else None
        return full_name(added) if added else title or key

    def source(self, key: str) -> Source:
        """Return a citation; one for an id that is missing says so, so that a page can still be shown."""
        missing: Source = {"id": key, "title": f"{key} (not listed)", "trust": "weak", "year": 0}
        return cast("Source", self.record("source", key) or missing)

    def named(self, name: str) -> list[Target]:
        """Return what a normalised name stands for, the likeliest kind first."""
        built = [(kind, key) for kind, key in self.lines.get(f"name/{name}") or []]
        local = self.added.names.get(name, []) if self.added else []
        return [*built, *(target for target in local if target not in built)]

    def names(self) -> Iterator[tuple[str, list[Target]]]:
        """Yield every normalised name with what it stands for."""
        for name, targets in self.lines.starting("name/"):
            yield name, [(kind, key) for kind, key in targets]
        if self.added:
            yield from self.added.names.items()


def open_guide(data: Path | None = None) -> Guide:
    """Return the guide, with a clinic's own file from `data` or the places it is looked for.

    Raises DataError when the guide itself cannot be read, never for a clinic's file.
    """
    lines = _lines()
    paths = clinic_paths(data)
    if not paths:
        return Guide(lines)
    from recoverycli.local import read_additions

    return Guide(lines, read_additions(paths, lines))


@cache
def _lines() -> Lines:
    """Open the built guide, or build it from the YAML of a checkout that changed since."""
    checkout = (CHECKOUT / "programs.yaml").is_file()
    if BUILT.is_file() and not (checkout and _stale()):
        file = BUILT.open("rb", buffering=READ_AT_ONCE)
        atexit.register(file.close)
        return Lines(file)
    if not checkout:
        raise DataError(f"the guide is missing from {BUILT.parent}: install recoverycli again")
    import io

    from recoverycli.build import compile_guide, read_data

    return Lines(io.BytesIO(compile_guide(read_data(CHECKOUT))))


def stamp() -> str:
    """Return what identifies the sources a built guide was made from: their sizes and times."""
    sources = [*CHECKOUT.glob("*.yaml"), *HERE.glob("*.py")]
    return "\n".join(f"{p.name} {(s := p.stat()).st_size} {s.st_mtime_ns}" for p in sorted(sources))


def _stale() -> bool:
    return not STAMP.is_file() or STAMP.read_text("utf-8") != stamp()


def clinic_paths(data: Path | None) -> list[Path]:
    """Return the places of a clinic's own files that exist, the strongest first.

    `--data` (which must exist: DataError), RECOVERYCLI_DATA, the machine's folder, the user's.
    """
    if data is not None and not os.path.lexists(data):
        raise DataError(f"{data} does not exist: --data takes a clinic's own file or folder")
    named = [data] if data else []
    if os.environ.get(VARIABLE):
        named.append(Path(os.environ[VARIABLE]))
    # os.path takes a folder that may not be looked into for one that is not there; Path raises.
    folders = (folder for folder in configuration_folders() if os.path.isdir(folder))  # noqa: PTH112
    return list(dict.fromkeys([*named, *folders]))


def configuration_folders() -> list[Path]:
    """Return the machine's and the user's configuration folder for this program.

    The places platformdirs gives, worked out here because importing it costs more than half of
    what a call may spend; a test holds the two equal.
    """
    name, environ, home = "recoverycli", os.environ, _home()
    if sys.platform == "win32":
        machine = environ.get("PROGRAMDATA") or environ.get("ALLUSERSPROFILE") or r"C:\ProgramData"
        user = environ.get("LOCALAPPDATA") or f"{home}\\AppData\\Local"
        return [Path(machine, name, name), Path(user, name, name)]
    apple = sys.platform == "darwin"
    shared, own = ("/Library/Application Support", "Library/Application Support") if apple else ("/etc/xdg", ".config")
    machine = next(filter(os.path.isabs, environ.get("XDG_CONFIG_DIRS", "").split(os.pathsep)), shared)
    user = environ.get("XDG_CONFIG_HOME", "")
    return [Path(machine, name), Path(user if Path(user).is_absolute() else Path(home, own), name)]


def _home() -> str:
    """Return the user's home; on systems with a password file a relative HOME counts as none."""
    given = os.environ.get("HOME", "")
    if sys.platform == "win32" or Path(given).is_absolute():
        return os.path.expanduser("~")  # noqa: PTH111  Path.home raises where there is none
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_dir
    except (ImportError, KeyError):
        return os.sep

"""Runs the program as an installed one runs: from a copy with the guide built, in a process of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("--help",),
    ("--version",),
    ("list",),
    ("list", "--who", "family", "-f", "csv"),
    ("show", "aa"),
    ("show", "step", "3"),
    ("show", "sponsor", "--sources"),
    ("compare", "aa", "smart"),
    ("steps", "--plain"),
    ("steps", "4-7", "--program", "ga", "-f", "json"),
    ("meetings",),
    ("meetings", "codes"),
    ("prayer",),
    ("match", "drinks every day, not religious, online"),
    ("match", "-"),
    ("search", "how long has a sponsor been sober"),
    ("evidence",),
    ("evidence", "aa"),
    ("handout", "aa"),
    ("handout", "aa", "smart", "-f", "html", "--qr"),
    ("handout", "na", "-f", "markdown"),
    ("crisis",),
    ("glossary",),
    ("glossary", "cross-talk"),
    ("sources",),
    ("check",),
    ("example-data",),
    ("example-data", "--schema"),
    ("privacy",),
)
"""Every command once, and its other ways where they run other code."""
NEED = b"my husband gambles\n"


@cache
def installed() -> Path:
    """Return a folder with the program as a wheel lays it out: the guide built, the data beside it."""
    folder = Path(tempfile.mkdtemp(prefix="recoverycli-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    package = folder / "recoverycli"
    skip = shutil.ignore_patterns("__pycache__", "built")
    shutil.copytree(ROOT / "src" / "recoverycli", package, ignore=skip)
    shutil.copytree(ROOT / "data", package / "data")
    (package / "built").mkdir()
    build = (
        "import sys; sys.path.insert(0, sys.argv[1]); from recoverycli import build, guide;"
        "guide.BUILT.write_bytes(build.compile_guide(build.read_data(guide.SHIPPED)))"
    )
    subprocess.run([sys.executable, "-c", build, str(folder)], check=True)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder)], check=True)
    return folder


@cache
def empty_home() -> Path:
    """Return an empty folder that nobody but root can write to, for HOME and TMPDIR."""
    home = Path(tempfile.mkdtemp(prefix="recoverycli-home-"))
    home.chmod(0o555)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def environment(**changes: str | None) -> dict[str, str]:
    """Return the environment commands run in: nothing of the developer's but the path. None takes a variable out."""
    home = str(empty_home())
    base: dict[str, str | None] = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": home,
        "TMPDIR": home,
        "XDG_CONFIG_HOME": home,
        "XDG_CONFIG_DIRS": home,
        "PYTHONPATH": str(installed()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }
    return {name: value for name, value in (base | changes).items() if value is not None}


def powerless() -> list[str]:
    """Return what to put before a command so that root may not read what others may not. Skips where it cannot."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("tests run as root, and there is no setpriv to give its power away")
    powers = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]


def python(*flags: str) -> list[str]:
    """Return how the program is started."""
    return [sys.executable, *flags, "-m", "recoverycli"]


def run(*args: str, flags: tuple[str, ...] = (), env: dict[str, str] | None = None, **options: Any) -> Any:
    """Run one command and return what it printed, as bytes, and its exit code."""
    options.setdefault("input", NEED)
    options.setdefault("timeout", 60)
    if {"stdout", "stderr"}.isdisjoint(options):
        options["capture_output"] = True
    return subprocess.run([*python(*flags), *args], env=env or environment(), check=False, **options)


def name_of(command: tuple[str, ...]) -> str:
    """Return a command as the name of a test."""
    return " ".join(command)[:40] or "bare"

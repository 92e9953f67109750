"""What the tests share: the guide, a small frozen guide, the command line, and golden files.

`UPDATE_GOLDEN=1 pytest tests/test_render.py` writes the golden files anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from typer.testing import CliRunner

from recoverycli import guide as guide_module
from recoverycli.build import compile_guide, read_data
from recoverycli.cli import app
from recoverycli.guide import Guide, open_guide
from recoverycli.lines import Lines
from recoverycli.phrases import forms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TESTS = Path(__file__).resolve().parent
GOLDEN = TESTS / "golden"
UNSET = ("RECOVERYCLI_DATA", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in its background deaf to Ctrl-C, and every call the tests make would be deaf as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Ran(NamedTuple):
    """What a call of the program gave."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The guide's own YAML."""
    return TESTS.parent / "data"


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guide]:
    """The real guide, without any clinic's file of the machine the tests run on."""
    with pytest.MonkeyPatch.context() as patch:
        _forget_the_machine(patch, tmp_path_factory.mktemp("no-configuration"))
        yield open_guide()


@pytest.fixture(scope="session")
def frozen() -> Guide:
    """A few records of the guide, frozen in tests/golden/guide, so that new data leaves golden files alone."""
    return Guide(Lines(BytesIO(compile_guide(read_data(GOLDEN / "guide")))))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run the program in this process: `run("show", "aa", typed="…")` gives its exit code, stdout and stderr."""
    _forget_the_machine(monkeypatch, tmp_path / "no-configuration")

    def call(*arguments: str, typed: str = "") -> Ran:
        result = CliRunner().invoke(app, arguments, input=typed, prog_name="recoverycli")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """A folder to put on the path that holds the package as a wheel installs it: built, and far from a checkout."""
    site = tmp_path_factory.mktemp("site")
    package = site / "recoverycli"
    shutil.copytree(guide_module.HERE, package, ignore=shutil.ignore_patterns("__pycache__", "built"))
    shutil.copytree(data_folder, package / "data")
    (package / "built").mkdir()
    (package / "built" / "guide.txt").write_bytes(compile_guide(read_data(data_folder)))
    return site


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with a file in tests/golden: `golden("crisis.txt", text)`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_bytes(text.encode())
            pytest.skip(f"{path.name} written: read the difference")
        assert text == path.read_bytes().decode(), f"differs from {path}"

    return compare


@pytest.fixture(scope="session")
def listed() -> Callable[[str], list[Any]]:
    """Return one of the lists in tests/, such as `needs.yaml`."""

    def read(name: str) -> list[Any]:
        import yaml

        found: list[Any] = yaml.safe_load((TESTS / name).read_text("utf-8"))
        return found

    return read


@pytest.fixture(scope="session")
def vocabulary(data_folder: Path) -> Callable[..., list[tuple[str, str]]]:
    """Return every (value, word) of a facet of the vocabulary: `vocabulary("risk", "pregnancy")`."""
    records = read_data(data_folder)["word"]

    def words(facet: str, *values: str) -> list[tuple[str, str]]:
        kept = [r for r in records if r["facet"] == facet and (not values or r["value"] in values)]
        assert kept, f"the vocabulary has no {facet} {values}"
        return [(record["value"], form) for record in kept for word in record["words"] for form in forms_of(word)]

    return words


def _forget_the_machine(patch: pytest.MonkeyPatch, nowhere: Path) -> None:
    """Hide the settings and clinics' files of the machine the tests run on."""
    for variable in UNSET:
        patch.delenv(variable, raising=False)
    for variable in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "PROGRAMDATA", "LOCALAPPDATA"):
        patch.setenv(variable, str(nowhere))
    if sys.platform == "darwin":
        patch.setattr(guide_module, "configuration_folders", lambda: [nowhere])

"""The wheel: built once, installed into an empty environment, and run there with nothing to lean on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import running  # noqa: E402
from running import COMMANDS, ROOT, environment, name_of  # noqa: E402

each_command = pytest.mark.parametrize("command", COMMANDS, ids=name_of)
NEEDED = (
    "recoverycli/built/guide.txt",
    "recoverycli/data/programs.yaml",
    "recoverycli/example.yaml",
    "recoverycli/clinic.schema.json",
    "recoverycli/py.typed",
    "recoverycli/templates/handout.html.j2",
    "recoverycli/fonts/OFL.txt",
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the checkout, with the build tools of this environment."""
    source = tmp_path_factory.mktemp("source") / "recoverycli"
    skip = shutil.ignore_patterns(".git", ".*_cache", "__pycache__", "built", "dist", "build", "tests", "benchmarks")
    shutil.copytree(ROOT, source, ignore=skip)
    (source / "src" / "recoverycli" / "built").mkdir()
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "No module named" in done.stderr + done.stdout:
        pytest.skip("the build tools are not installed: pip install -e '.[dev]'")
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """Install the wheel alone into an empty environment, which borrows only its dependencies from this one."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, system_site_packages=False)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    site = Path(
        subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    )
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        str(wheel),
    ]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return scripts / ("recoverycli.exe" if os.name == "nt" else "recoverycli")


def ask(
    program: Path, *command: str, before: tuple[str, ...] = (), **changes: str | None
) -> subprocess.CompletedProcess[bytes]:
    env = environment(PYTHONPATH=None, **changes)
    return subprocess.run(
        [*before, str(program), *command],
        env=env,
        input=running.NEED,
        capture_output=True,
        timeout=60,
        cwd=running.empty_home(),
        check=False,
    )


def test_the_wheel_holds_what_it_needs_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in NEEDED if name not in names] == []
    assert [
        name for name in names if name.startswith(("tests/", "data/", "docs/", "scripts/")) or name.endswith(".pyc")
    ] == []
    metadata = next(name for name in names if name.endswith("METADATA"))
    assert b"platformdirs" not in b"".join(
        line
        for line in zipfile.ZipFile(wheel).read(metadata).splitlines()
        if line.startswith(b"Requires-Dist") and b"extra" not in line
    )


def test_the_built_guide_in_the_wheel_is_the_one_of_the_data(wheel: Path) -> None:
    from recoverycli import build, guide

    if (ROOT / "data" / "programs.yaml").stat().st_mtime > wheel.stat().st_mtime:
        pytest.skip("the data changed while the tests ran")
    assert zipfile.ZipFile(wheel).read("recoverycli/built/guide.txt") == build.compile_guide(
        build.read_data(guide.CHECKOUT)
    )


def test_the_installed_program_is_the_wheels(installed: Path) -> None:
    where = "import recoverycli.guide as g; print(g.__file__, g.BUILT.is_file(), g.CHECKOUT.exists())"
    done = subprocess.run(
        [str(installed.with_name("python")), "-c", where],
        env=environment(PYTHONPATH=None),
        capture_output=True,
        text=True,
        check=True,
    )
    path, built, checkout = done.stdout.split()
    assert Path(path).is_relative_to(installed.parents[1])
    assert (built, checkout) == ("True", "False")


@each_command
def test_every_command_runs_installed_in_an_ascii_locale(installed: Path, command: tuple[str, ...]) -> None:
    done = ask(installed, *command, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root and unshare"
)
@each_command
def test_every_command_runs_installed_without_a_network(installed: Path, command: tuple[str, ...]) -> None:
    done = ask(installed, *command, before=("unshare", "-n"))
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a shell of Unix")
@each_command
def test_every_command_runs_installed_with_its_output_closed(installed: Path, command: tuple[str, ...]) -> None:
    words = " ".join(f"'{word}'" for word in command)
    for line in (f"'{installed}' {words} >&-", f"'{installed}' {words} | true"):
        done = subprocess.run(
            ["sh", "-c", line],
            env=environment(PYTHONPATH=None),
            input=running.NEED,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr
        assert len([said for said in done.stderr.splitlines() if b"to one page" not in said]) <= 1


def test_an_installed_guide_parses_no_yaml(installed: Path) -> None:
    spy = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
    spy += "sys.argv = ['recoverycli', 'show', 'aa'];"
    done = subprocess.run(
        [str(installed.with_name("python")), "-c", f"{spy} from recoverycli.__main__ import main; main()"],
        env=environment(PYTHONPATH=None),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    loaded = set(done.stderr.split())
    assert "recoverycli.guide" in loaded
    assert loaded.isdisjoint(
        ("yaml", "msgspec", "rich", "rapidfuzz", "jinja2", "recoverycli.build", "recoverycli.check", "platformdirs")
    )


def test_the_installed_program_names_its_programs(installed: Path) -> None:
    listed = json.loads(ask(installed, "list", "-f", "json").stdout)
    assert {"aa", "smart", "al-anon", "na"} <= {program["id"] for program in listed}
    assert list(running.empty_home().iterdir()) == []

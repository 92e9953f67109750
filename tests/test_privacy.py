"""Nothing kept, nothing sent: what every command asks the system for, seen from outside."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import running  # noqa: E402
from running import COMMANDS, environment, name_of, run  # noqa: E402

CALLS = (
    "network,openat,open,creat,mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
    "truncate,mknod,mknodat,execve,fork,vfork"
)
HARMLESS = ("/dev/null", "/dev/tty")
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")
SENDING = re.compile(r"\b(socket|socketpair|connect|bind|sendto|sendmsg|sendmmsg|recvfrom|recvmsg|listen|accept4?)\(")
CHANGING = re.compile(
    r"\b(creat|mkdir(?:at)?|unlink(?:at)?|rename(?:at2?)?|link(?:at)?|symlink(?:at)?|truncate|mknod(?:at)?)\("
)
STARTING = re.compile(r"\b(execve|fork|vfork)\(")
NETWORK_MODULES = ("socket", "_socket", "ssl", "http", "http.client", "urllib.request", "asyncio", "ftplib", "smtplib")
KEEPING_MODULES = ("sqlite3", "dbm", "shelve", "logging", "readline")
each_command = pytest.mark.parametrize("command", COMMANDS, ids=name_of)


class Seen(NamedTuple):
    """What a command asked the system for: sockets, files it opened to write, other changes, programs it started."""

    sent: list[str]
    written: list[str]
    changed: list[str]
    started: list[str]


def watched(*args: str, **changes: str | None) -> tuple[Seen, subprocess.CompletedProcess[bytes]]:
    """Run a command under strace. Skips where there is none, or where it may not watch."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    done = subprocess.run(
        [strace, "-f", "-qq", "-e", f"trace={CALLS}", *running.python(), *args],
        env=environment(**changes),
        input=running.NEED,
        capture_output=True,
        timeout=120,
        check=False,
    )
    calls = [
        line for line in done.stderr.decode(errors="replace").splitlines() if re.match(r"(\[pid +\d+\] )?\w+\(", line)
    ]
    if not any("execve(" in call for call in calls):
        pytest.skip("strace may not watch here")
    opened = [call for call in calls if re.search(r"\bopen(at)?\(", call) and WRITING.search(call)]
    return Seen(
        [call for call in calls if SENDING.search(call)],
        [call for call in opened if not any(f'"{name}"' in call for name in HARMLESS)],
        [call for call in calls if CHANGING.search(call)],
        [call for call in calls if STARTING.search(call)][1:],
    ), done


@each_command
def test_no_command_opens_a_socket_or_writes_a_file(command: tuple[str, ...]) -> None:
    seen, done = watched(*command)
    assert seen == Seen([], [], [], [])
    assert done.returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("show", "zzzq"),
        ("list", "--who", "nobody"),
        ("nonsense",),
        ("show", "aa", "--data", "/nowhere"),
        ("match", "wants to die, has pills"),
    ],
    ids=name_of,
)
def test_failures_and_danger_leave_nothing_either(command: tuple[str, ...]) -> None:
    assert watched(*command)[0] == Seen([], [], [], [])


@pytest.mark.parametrize(
    "command", [("show", "aa"), ("list", "-f", "csv"), ("handout", "aa", "-f", "html"), ("example-data",)], ids=name_of
)
def test_the_named_file_is_the_only_one_written(tmp_path: Path, command: tuple[str, ...]) -> None:
    named = tmp_path / "named.html"
    target = named if "html" in command else tmp_path / "named.out"
    seen, done = watched(*command, "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert seen.sent == []
    assert seen.started == []
    temporary = str(tmp_path / ".recoverycli-")
    assert [call for call in seen.written if temporary not in call] == []
    assert len(seen.written) == 1
    assert [call for call in seen.changed if not ("rename" in call and temporary in call and str(target) in call)] == []
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_folder_of_handouts_is_the_only_one_written_to(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    seen, done = watched("handout", "--all", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    assert seen.sent == []
    assert [call for call in (*seen.written, *seen.changed) if str(folder) not in call] == []
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_clinics_file_is_read_and_left_alone(tmp_path: Path) -> None:
    clinic = tmp_path / "clinic.yaml"
    clinic.write_bytes((running.ROOT / "src" / "recoverycli" / "example.yaml").read_bytes())
    before = clinic.stat()
    for command in (("show", "esg"), ("search", "friday supper"), ("check", str(clinic))):
        seen, done = watched(*command, RECOVERYCLI_DATA=str(clinic))
        assert done.returncode == 0
        assert seen == Seen([], [], [], [])
    assert clinic.stat().st_mtime_ns == before.st_mtime_ns
    assert list(tmp_path.iterdir()) == [clinic]


@each_command
def test_an_empty_home_stays_empty_when_it_could_be_written_to(tmp_path: Path, command: tuple[str, ...]) -> None:
    places = {
        name: str(tmp_path / name) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
    }
    for place in places.values():
        Path(place).mkdir()
    done = run(*command, env=environment(**places), cwd=tmp_path)
    assert done.returncode == 0
    assert [path for path in tmp_path.rglob("*") if str(path) not in places.values()] == []


@each_command
def test_an_empty_home_that_may_not_be_written_to_is_enough(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [*running.powerless(), *running.python(), *command],
        env=environment(),
        input=running.NEED,
        capture_output=True,
        timeout=60,
        cwd=running.empty_home(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(running.empty_home().iterdir()) == []


@cache
def loaded_by(libraries: str) -> frozenset[str]:
    """Return the modules that libraries load by themselves, with nothing of the program."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {libraries}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    return frozenset(done.stdout.split())


@each_command
def test_no_command_loads_what_could_send_or_keep(command: tuple[str, ...]) -> None:
    """Python's own xml.sax, which segno needs, loads urllib; typing_extensions loads _socket. Neither opens anything:
    the test under strace sees no socket.
    """
    spy = (
        "import sys, atexit, os\n"
        "atexit.register(lambda: os.write(2, ('\\nLOADED ' + ' '.join(sys.modules)).encode()))\n"
        "sys.argv[0] = 'recoverycli'\n"
        "from recoverycli.__main__ import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", spy, *command],
        env=environment(),
        input=running.NEED,
        capture_output=True,
        timeout=60,
        check=False,
    )
    loaded = set(done.stderr.decode().partition("\nLOADED ")[2].split())
    assert "recoverycli.cli" in loaded
    theirs = loaded_by(
        "typer, typer.main" + (", segno" if "--qr" in command else ", msgspec" if "check" in command else "")
    )
    assert loaded.intersection((*NETWORK_MODULES, *KEEPING_MODULES)) - theirs == set()
    assert "socket" not in loaded or "--qr" in command


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root and unshare"
)
@each_command
def test_every_command_answers_the_same_without_a_network(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["unshare", "-n", *running.python(), *command],
        env=environment(),
        input=running.NEED,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == run(*command).stdout


def test_a_fault_of_the_program_shows_nothing_that_was_typed() -> None:
    broken = (
        "import sys\nsys.argv[0] = 'recoverycli'\n"
        "from recoverycli import cli, guide\n"
        "def fail(*_): raise RuntimeError('secret words')\n"
        "guide.open_guide = fail\ncli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", broken, "match", "secret words of a client"],
        env=environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"secret" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_privacy_names_what_shells_keep() -> None:
    told = run("privacy").stdout.decode()
    for word in (
        "bash",
        "zsh",
        "PowerShell",
        "cmd",
        ".bash_history",
        "HISTFILE",
        "HIST_IGNORE_SPACE",
        "SaveNothing",
        "Nothing.",
    ):
        assert word in told

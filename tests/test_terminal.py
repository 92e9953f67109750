"""Any terminal: encodings, widths, streams that are closed, full or cut short, Ctrl-C, and many at once."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import running  # noqa: E402
from running import COMMANDS, environment, name_of, run  # noqa: E402

ENCODINGS = ("ascii", "latin-1", "cp1252", "utf-8")
each_command = pytest.mark.parametrize("command", COMMANDS, ids=name_of)
on_unix = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals, signals and devices of Unix")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\S*/\S*")


def quiet(done: Any) -> None:
    """Assert that a command answered, with nothing to complain of but remarks."""
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr + (done.stdout or b"")
    assert b"error of its own" not in done.stderr


# Encodings


@pytest.mark.parametrize("encoding", ENCODINGS)
@each_command
def test_every_command_answers_readably_in_every_encoding(command: tuple[str, ...], encoding: str) -> None:
    done = run(*command, env=environment(PYTHONIOENCODING=encoding))
    quiet(done)
    if "html" in command or "--schema" in command or command == ("example-data",):
        encoding = "utf-8" if "html" in command else encoding
    told = done.stdout.decode(encoding)
    plain = run(*command, env=environment(PYTHONIOENCODING="utf-8")).stdout.decode()
    assert "\ufffd" not in told
    assert told.count("?") <= plain.count("?") + len(told) // 2000, "characters are spelled, not replaced"
    assert len(told.splitlines()) == len(plain.splitlines())
    if "json" in command:
        assert json.loads(told) == json.loads(plain)


@pytest.mark.parametrize(
    "changes", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"LC_ALL": None, "LANG": None}]
)
@each_command
def test_every_command_answers_in_an_ascii_locale(command: tuple[str, ...], changes: dict[str, str | None]) -> None:
    quiet(run(*command, env=environment(PYTHONCOERCECLOCALE="0", **changes)))


@each_command
def test_every_command_runs_in_development_mode_without_a_warning(command: tuple[str, ...]) -> None:
    done = run(*command, flags=("-X", "dev", "-W", "error"))
    quiet(done)
    assert b"Warning" not in done.stderr


# Terminals and widths


def on_terminal(*args: str, columns: int = 80, **changes: str | None) -> tuple[str, int]:
    """Run a command on a pseudo-terminal of `columns`; return all it showed and its exit code."""
    import fcntl
    import pty
    import struct
    import termios

    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [*running.python(), *args], env=environment(**changes), stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    shown = b""
    while select.select([outer], [], [], 30)[0]:
        try:
            part = os.read(outer, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(outer)
    return shown.decode().replace("\r\n", "\n"), process.wait(30)


def too_wide(shown: str, columns: int) -> list[str]:
    """Return the lines wider than the terminal; an address or another word that cannot be broken is not counted."""
    return [
        line for line in shown.splitlines() if len(line) > columns and len(max(line.split(), key=len)) <= columns - 4
    ]


@on_unix
@pytest.mark.parametrize("columns", [20, 24, 32, 40, 60, 80, 100, 132, 160, 200, 240, 300])
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", "aa"),
        ("compare", "aa", "smart", "na"),
        ("match", "alcohol, online"),
        ("evidence",),
        ("crisis",),
        ("search", "sponsor"),
    ],
    ids=name_of,
)
def test_every_page_fits_every_terminal(command: tuple[str, ...], columns: int) -> None:
    shown, code = on_terminal(*command, columns=columns, NO_COLOR="1")
    assert code == 0, shown
    assert "Traceback" not in shown
    assert "\x1b" not in shown
    assert too_wide(shown, columns) == []


@pytest.mark.parametrize("columns", [20, 30, 40, 60, 79, 80, 120, 300])
@pytest.mark.parametrize("form", ["text", "table"])
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", "na"),
        ("compare", "aa", "smart"),
        ("steps", "--plain"),
        ("meetings",),
        ("privacy",),
        ("prayer",),
    ],
    ids=name_of,
)
def test_columns_are_honoured(command: tuple[str, ...], form: str, columns: int) -> None:
    done = run(*command, "-f", form, env=environment(COLUMNS=str(columns)))
    quiet(done)
    assert too_wide(done.stdout.decode(), min(columns, 80) if form == "text" else columns) == []


@pytest.mark.parametrize("columns", ["0", "-5", "wide", "", "99999999999", "1"])
def test_columns_that_make_no_sense_do_no_harm(columns: str) -> None:
    for form in ("text", "table"):
        quiet(run("show", "aa", "-f", form, env=environment(COLUMNS=columns)))


@on_unix
def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b[" in on_terminal("show", "aa")[0]
    for off in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_terminal("show", "aa", **off)[0]
    assert "\x1b" not in on_terminal("show", "aa", "--no-color")[0]
    assert b"\x1b" not in run("show", "aa", "-f", "table").stdout


@on_unix
@pytest.mark.parametrize("changes", [{"TERM": None}, {"TERM": "dumb"}, {"TERM": ""}, {"TERM": "no-such-terminal"}])
@pytest.mark.parametrize("command", [("list",), ("show", "aa"), ("match", "alcohol"), ("--help",)], ids=name_of)
def test_terminals_without_a_name_are_answered(command: tuple[str, ...], changes: dict[str, str | None]) -> None:
    shown, code = on_terminal(*command, **changes)
    assert code == 0, shown
    assert len(shown) > 300
    if changes["TERM"] == "dumb":
        assert "\x1b" not in shown
        assert "\u2502" not in shown


# Streams that are closed, full, or cut short


def shell(line: str, **changes: str | None) -> Any:
    """Run a line of sh in which RC stands for the program."""
    command = " ".join(f"'{part}'" for part in running.python())
    return subprocess.run(
        ["sh", "-c", line.replace("RC", command)],
        env=environment(**changes),
        input=running.NEED,
        capture_output=True,
        timeout=60,
        check=False,
    )


@on_unix
@each_command
def test_output_closed_early_ends_quietly(command: tuple[str, ...]) -> None:
    words = " ".join(f"'{word}'" for word in command)
    for reader in ("head -n 1", "head -c 1", "true"):
        done = shell(f"RC {words} | {reader}")
        assert done.stderr == b"" or done.stderr.count(b"\n") <= 1, done.stderr
        assert b"rror" not in done.stderr, done.stderr


@on_unix
@each_command
def test_no_place_to_write_to_is_one_clear_line(command: tuple[str, ...]) -> None:
    words = " ".join(f"'{word}'" for word in command)
    for target, code in ((">/dev/full", (2,)), (">&-", (0, 2))):
        done = shell(f"RC {words} {target}")
        assert done.returncode in code, (target, done.stderr)
        assert len([line for line in done.stderr.splitlines() if b"to one page" not in line]) <= 1, done.stderr
        assert b"Traceback" not in done.stderr
        assert b"error of its own" not in done.stderr
        if target == ">/dev/full":
            assert b"No space left on device" in done.stderr


@on_unix
@each_command
def test_a_closed_stdin_or_stderr_changes_nothing(command: tuple[str, ...]) -> None:
    if command == ("match", "-"):
        return
    words = " ".join(f"'{word}'" for word in command)
    usual = shell(f"RC {words}").stdout
    for closed in ("<&-", "2>&-", "<&- 2>&-", "2>/dev/full", "</dev/null"):
        done = shell(f"RC {words} {closed}")
        assert (done.returncode, done.stdout) == (0, usual), closed


@on_unix
@pytest.mark.parametrize(
    "line",
    [
        "RC match - <&-",
        "RC match <&-",
        "RC show zzzzq 2>&-",
        "RC nonsense 2>/dev/full",
        "RC list --who nobody 2>&-",
        "RC show aa >&- 2>&-",
        "RC <&- >&- 2>&-",
        "RC show aa >/dev/full 2>&1",
        "RC --help >/dev/full 2>&1",
    ],
)
def test_failures_without_streams_keep_their_exit_code(line: str) -> None:
    done = shell(line)
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


@on_unix
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_text("old")
    done = shell(f"ulimit -f 0; RC show aa -o {old} --force")
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr


# Ctrl-C


@on_unix
def test_ctrl_c_while_it_waits_ends_quietly() -> None:
    for command in (["match", "-"], ["handout", "--match", "-"]):
        with subprocess.Popen(
            [*running.python(), *command],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
        assert process.returncode == 130
        assert out == b""
        assert b"Traceback" not in err
        assert err.count(b"\n") <= 1


@on_unix
def test_ctrl_c_at_a_question_ends_quietly() -> None:
    import pty

    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [*running.python(), "match"],
        env=environment(),
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
    )
    os.close(inner)
    shown = b""
    while b"Who is it for" not in shown:
        shown += os.read(outer, 4096)
    os.write(outer, b"\x03")
    assert process.wait(10) == 130
    rest = b""
    while select.select([outer], [], [], 0.2)[0]:
        try:
            rest += os.read(outer, 4096)
        except OSError:
            break
    os.close(outer)
    assert b"Traceback" not in rest


@on_unix
def test_ctrl_c_at_any_moment_shows_nothing_of_the_program() -> None:
    """Python itself may still show a traceback of its own start, before it has read a line of the program."""
    for step in range(30):
        with subprocess.Popen(
            [*running.python(), "match", "-"],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(0.006 * step)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=10)
        assert process.returncode in (130, -signal.SIGINT, 1)
        assert b"recoverycli/cli.py" not in err
        assert b"typer" not in err


# Many at once


def test_fifty_commands_at_once_all_answer() -> None:
    wanted = [COMMANDS[position % len(COMMANDS)] for position in range(50)]
    usual = {command: run(*command).stdout for command in dict.fromkeys(wanted)}
    with ThreadPoolExecutor(50) as pool:
        for command, done in zip(wanted, pool.map(lambda words: run(*words, timeout=120), wanted), strict=True):
            quiet(done)
            assert done.stdout == usual[command]


def test_every_command_says_the_same_each_time() -> None:
    for command in COMMANDS:
        first, second = (run(*command, env=environment(PYTHONHASHSEED=seed)).stdout for seed in ("1", "2"))
        assert first == second, command

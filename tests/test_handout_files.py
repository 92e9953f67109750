"""Handouts as files: whole or not at all, never over another, the same bytes for the same input."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import recoverycli
from recoverycli import handout
from recoverycli.cli import app
from recoverycli.guide import open_guide

SOURCE = str(Path(recoverycli.__file__).parents[1])
runner = CliRunner()


def run(*typed: str) -> Any:
    return runner.invoke(app, ["handout", *typed])


def command(*typed: str) -> list[str]:
    return [sys.executable, "-m", "recoverycli", "handout", *typed]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": SOURCE, **more}


def test_all_makes_one_file_a_program_and_format_and_an_index(tmp_path: Path) -> None:
    ids, folder = open_guide().ids("program"), tmp_path / "out"
    result = run("--all", "-f", "text", "-f", "html", "-f", "markdown", "--directory", str(folder))
    assert result.exit_code == 0
    expected = {f"{key}.{ending}" for key in ids for ending in ("txt", "html", "md")} | {"index.html"}
    assert {path.name for path in folder.iterdir()} == expected
    assert f"{len(expected)} files written" in result.stdout
    assert f"text: {len(ids)} files" in result.stdout
    assert result.stderr == ""
    links = re.findall(r'href="([^"]+)"', (folder / "index.html").read_text("utf-8"))
    assert set(links) == expected - {"index.html"}


def test_all_with_other_pages_puts_them_beside(tmp_path: Path) -> None:
    assert run("--all", "--steps", "--prayer", "-d", str(tmp_path / "out")).exit_code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"steps.txt", "prayer.txt", "index.txt", "aa.txt"} <= names
    assert "steps.txt" in (tmp_path / "out" / "index.txt").read_text("utf-8")


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("aa", "smart", "--qr", "-f", "text,markdown,html", "-d", str(tmp_path / name)).exit_code == 0
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["aa-smart.html", "aa-smart.md", "aa-smart.txt"]
    assert all((tmp_path / "one" / n).read_bytes() == (tmp_path / "two" / n).read_bytes() for n in files)


def test_no_file_knows_the_machine_or_its_user(tmp_path: Path) -> None:
    env = environment(USER="zzuser", LOGNAME="zzuser", HOSTNAME="zzhost", HOME=str(tmp_path / "zzhome"))
    subprocess.run(command("aa", "-f", "text,html,markdown", "-d", str(tmp_path / "out")), env=env, check=True)
    for path in (tmp_path / "out").iterdir():
        assert not re.search(rb"zzuser|zzhost|zzhome|/tmp|python", path.read_bytes(), re.IGNORECASE)


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    old = tmp_path / "aa.txt"
    old.write_text("old", "utf-8")
    refused = run("aa", "-o", str(old))
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert old.read_text("utf-8") == "old"
    assert run("aa", "-o", str(old), "--force").exit_code == 0
    assert old.read_text("utf-8").startswith("Alcoholics Anonymous")


def test_one_existing_file_stops_a_batch_before_it_writes(tmp_path: Path) -> None:
    (tmp_path / "smart.txt").write_text("old", "utf-8")
    refused = run("--all", "-d", str(tmp_path))
    assert refused.exit_code == 2
    assert "smart.txt" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["smart.txt"]


def test_output_dash_is_stdout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("aa", "-o", "-").stdout.startswith("Alcoholics Anonymous")
    assert list(tmp_path.iterdir()) == []


def test_the_ending_of_a_file_chooses_its_format(tmp_path: Path) -> None:
    assert run("aa", "-o", str(tmp_path / "aa.html")).exit_code == 0
    assert (tmp_path / "aa.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_html_on_stdout_is_utf8_whatever_the_terminal_speaks() -> None:
    env = environment(PYTHONIOENCODING="cp1252")
    done = subprocess.run(command("--prayer", "-f", "html"), env=env, capture_output=True, check=True)
    assert "\u2019s Serenity" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file size are a Unix thing")
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    old = tmp_path / "aa.html"
    old.write_text("old", "utf-8")
    limited = ["bash", "-c", 'trap "" XFSZ; ulimit -f 1; exec "$@"', "-"]
    env = environment(PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(
        [*limited, *command("aa", "-o", str(old), "--force")], env=env, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "could not be written: File too large" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["aa.html"]
    assert old.read_text("utf-8") == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file size are a Unix thing")
def test_a_disk_that_fills_in_a_batch_counts_what_was_written(tmp_path: Path) -> None:
    limited = ["bash", "-c", 'trap "" XFSZ; ulimit -f 4; exec "$@"', "-"]
    env = environment(PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(
        [*limited, *command("aa", "-f", "text,html", "-d", str(tmp_path / "out"))],
        env=env, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "1 of 2 files were written." in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["aa.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_stdout_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("aa", "-f", "html"), env=environment(), stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a Unix thing")
def test_a_kill_in_the_middle_leaves_the_old_file_whole(tmp_path: Path) -> None:
    old = tmp_path / "aa.txt"
    old.write_text("old", "utf-8")
    code = (
        "import os, sys, time\n"
        "os.fsync = lambda _: (print('writing', flush=True), time.sleep(60))\n"
        "sys.argv = ['recoverycli', 'handout', 'aa', '-o', sys.argv[1], '--force']\n"
        "from recoverycli.cli import main\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(old)], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    assert old.read_text("utf-8") == "old"
    assert run("aa", "-o", str(old), "--force").exit_code == 0
    assert old.read_text("utf-8").startswith("Alcoholics Anonymous")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are a Unix thing")
def test_ctrl_c_in_a_batch_leaves_only_whole_files(tmp_path: Path) -> None:
    code = (
        "import os, sys, time\n"
        "real, count = os.fsync, []\n"
        "def slow(handle):\n"
        "    count.append(1)\n"
        "    if len(count) == 4:\n"
        "        print('fourth', flush=True); time.sleep(60)\n"
        "    real(handle)\n"
        "os.fsync = slow\n"
        "sys.argv = ['recoverycli', 'handout', '--all', '-d', sys.argv[1]]\n"
        "from recoverycli.cli import main\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "out")],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "fourth\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert process.returncode != 0
    assert "Traceback" not in said
    files = list((tmp_path / "out").iterdir())
    assert len(files) == 3
    assert all("Facts checked on" in path.read_text("utf-8") for path in files)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_folder_is_said_by_name(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        for typed in (("aa", "-o", str(tmp_path / "aa.txt")), ("aa", "-d", str(tmp_path / "out"))):
            refused = run(*typed)
            assert refused.exit_code == 2
            assert "Permission denied" in refused.stderr
    finally:
        tmp_path.chmod(0o755)


def test_a_folder_that_refuses_files_is_said_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    refused = run("aa", "-o", str(tmp_path / "aa.txt"))
    assert refused.exit_code == 2
    assert refused.stderr == f"{tmp_path / 'aa.txt'} could not be written: Permission denied.\n"


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    refused = run("aa", "-d", str(tmp_path / "out"))
    assert refused.exit_code == 2
    assert "is not a folder" in refused.stderr


def test_file_names_come_from_ids_alone(tmp_path: Path) -> None:
    typed = ("--match", "my zebra husband drinks", "--clinic", "zebra", "-d", str(tmp_path / "out"))
    assert run(*typed).exit_code == 0
    (path,) = (tmp_path / "out").iterdir()
    assert re.fullmatch(r"[a-z0-9-]+\.txt", path.name)
    assert all(part in "-".join(open_guide().ids("program")) for part in path.stem.split("-"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_only_there(tmp_path: Path) -> None:
    assert "Making" not in run("--all", "-d", str(tmp_path / "quiet")).stderr
    keyboard, screen = pty.openpty()
    process = subprocess.Popen(
        command("--all", "-d", str(tmp_path / "seen")),
        env=environment(TERM="xterm"), stdout=subprocess.DEVNULL, stderr=screen,
    )  # fmt: skip
    os.close(screen)
    shown, end = b"", time.monotonic() + 30
    while time.monotonic() < end:
        try:
            part = os.read(keyboard, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(keyboard)
    assert process.wait(30) == 0
    assert b"Making handouts" in shown


def test_a_text_index_where_no_html_is_made(tmp_path: Path) -> None:
    assert run("--all", "-f", "text", "-d", str(tmp_path / "out")).exit_code == 0
    index = (tmp_path / "out" / "index.txt").read_text("utf-8")
    assert "Alcoholics Anonymous (AA): text aa.txt" in index
    assert handout.ENDINGS["text"] == "txt"

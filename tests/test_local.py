"""A clinic's own file: what it adds, where it is found, and that a broken one costs one warning and no answer."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli import guide as guides
from recoverycli import local, schema
from recoverycli.guide import EXAMPLE, SCHEMA, configuration_folders, open_guide

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import running  # noqa: E402

PROGRAM = """programs:
  - id: harbor
    name: Harbor Group
    text: People share a meal and talk.
    family: secular
    addresses: [alcohol]
    audience: [self]
"""
NOTE = "local:\n  aa:\n    note: NOTE\n"


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def asked(*args: str, data: Path | None = None, **changes: str | None) -> Any:
    """Run a command with a clinic's file; stdout and stderr as text."""
    where = ["--data", str(data)] if data else []
    done = running.run(*args, *where, env=running.environment(**changes))
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    return done


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("clinic") / "clinic.yaml", EXAMPLE.read_bytes())


# The example and the schema


def test_example_passes_check(example: Path) -> None:
    done = asked("check", str(example))
    assert (done.returncode, "every rule holds" in done.stdout) == (0, True), done.stdout


def test_example_data_prints_and_writes_the_shipped_file(tmp_path: Path) -> None:
    assert asked("example-data").stdout == EXAMPLE.read_text("utf-8")
    done = asked("example-data", "--output", str(tmp_path / "clinic.yaml"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "clinic.yaml").read_bytes() == EXAMPLE.read_bytes()
    again = asked("example-data", "--output", str(tmp_path / "clinic.yaml"))
    assert again.returncode == 2
    assert "--force" in again.stderr


def test_shipped_schema_is_the_one_the_model_makes() -> None:
    assert SCHEMA.read_text("utf-8") == schema.clinic_schema(), "run: python -m recoverycli.schema"
    assert asked("example-data", "--schema").stdout == schema.clinic_schema()


def test_schema_names_every_field_of_the_example_and_no_other() -> None:
    from recoverycli.yamlread import read_yaml

    definitions = json.loads(SCHEMA.read_text("utf-8"))["$defs"]
    value = read_yaml(EXAMPLE.read_bytes(), "example").value
    assert set(value["programs"][0]) | {"only"} == set(definitions["ClinicProgram"]["properties"])
    assert set(value["local"]["aa"]) == set(definitions["ClinicNote"]["properties"])
    assert all(definition["additionalProperties"] is False for definition in definitions.values())
    assert "added" not in definitions["ClinicNote"]["properties"]


# What a clinic's file shows


@pytest.mark.parametrize(
    ("command", "marks"),
    [
        (["list"], ["Example Street Group (ESG) (local)", "Alcoholics Anonymous (AA) (local note)"]),
        (["show", "esg"], ["(local)", "comes from your clinic", "Friday 6 pm", "The guide has not checked it"]),
        (["show", "street supper"], ["Example Street Group"]),
        (
            ["show", "aa"],
            ["Local, from your clinic", "Thursday 7 pm, Example Clinic, room 2 (open meeting, step-free)"],
        ),
        (["show", "esg", "--sources"], ["[clinic] Your clinic's own file.", "(local)"]),
        (["compare", "aa", "esg"], ["ESG (local)", "Local, from your clinic: AA", "Local, from your clinic: ESG"]),
        (["match", "alcohol, not religious, in person", "--all"], ["Example Street Group (ESG) (local)", "Local: Ask"]),
        (["search", "friday supper"], ["Example Street Group (ESG) (local)", "Friday 6 pm", "Your clinic's own file"]),
        (["search", "where is the thursday meeting of aa"], ["Alcoholics Anonymous (AA): local, from your clinic"]),
        (["handout", "esg"], ["(local)", "comes from your clinic", "Facts from the clinic's own file"]),
        (["handout", "aa"], ["Local, from your clinic", "Thursday 7 pm"]),
        (["handout", "aa", "esg"], ["ESG (local)", "Local, from your clinic: Alcoholics Anonymous"]),
        (["handout", "aa", "esg", "-f", "html"], ["ESG (local)", "Local, from your clinic: Alcoholics Anonymous"]),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_what_a_clinic_says_is_shown_and_marked(example: Path, command: list[str], marks: list[str]) -> None:
    done = asked(*command, data=example)
    assert done.returncode == 0, done.stderr
    flat = " ".join(done.stdout.split())
    assert [mark for mark in marks if mark not in flat] == []


def test_search_finds_a_clinics_words_first_and_leaves_other_answers_alone(example: Path) -> None:
    found = json.loads(asked("search", "friday supper", "-f", "json", data=example).stdout)
    assert found[0]["id"] == "example-street"
    for question in ("how long has a sponsor been sober", "what does a closed meeting mean"):
        plain = json.loads(asked("search", question, "-f", "json").stdout)
        assert json.loads(asked("search", question, "-f", "json", data=example).stdout)[0] == plain[0]


def test_scripts_see_what_is_local(example: Path) -> None:
    def told(*command: str) -> Any:
        return json.loads(asked(*command, "-f", "json", data=example).stdout)

    listed = {program["id"]: program.get("local") for program in told("list")}
    assert listed["example-street"]["added"] is True
    assert listed["aa"]["contact"] == "Example Intergroup, 555-0100"
    assert listed["na"] is None
    assert told("show", "esg")["cost"]["sources"] == ["clinic"]
    assert set(told("compare", "aa", "esg", "na")["local"]) == {"aa", "example-street"}
    matched = {m["id"]: m.get("local") for m in told("match", "alcohol, not religious")["matches"]}
    assert matched["example-street"]["added"] is True


def test_what_a_clinic_does_not_say_is_unknown_never_no(tmp_path: Path) -> None:
    data = write(tmp_path / "clinic.yaml", PROGRAM)
    program = json.loads(asked("show", "harbor", "-f", "json", data=data).stdout)
    for field in ("goal", "spiritual", "sponsor", "crosstalk", "medication", "proof", "cost"):
        assert program[field]["value"] == "unknown"
        assert program[field]["sources"] == []
    built_in = json.loads(asked("show", "aa", "-f", "json").stdout)
    assert set(built_in) - set(program) <= {
        "special_meetings",
        "approach",
        "unsuitable",
        "notes",
        "see_also",
        "part_of",
    }


@pytest.mark.parametrize("form", ["table", "text", "markdown", "json", "csv"])
def test_a_program_of_only_the_needed_fields_shows_in_every_format(tmp_path: Path, form: str) -> None:
    data = write(tmp_path / "clinic.yaml", PROGRAM)
    for command in (
        ["show", "harbor"],
        ["list"],
        ["compare", "harbor", "na"],
        ["match", "alcohol"],
        ["evidence", "harbor"],
        ["search", "harbor group"],
        ["sources", "clinic"],
    ):
        done = asked(*command, "-f", form, data=data)
        assert (done.returncode, done.stderr) == (0, ""), (command, done.stderr)
        assert done.stdout


# Where a file is found


def test_the_stronger_place_wins(tmp_path: Path) -> None:
    places = {"named": "", "variable": "", "machine/recoverycli": "", "user/recoverycli": ""}
    for place in places:
        folder = tmp_path / place
        folder.mkdir(parents=True)
        write(folder / "clinic.yaml", NOTE.replace("NOTE", f"from {place.split('/')[0]}"))
    found = {
        "RECOVERYCLI_DATA": str(tmp_path / "variable"),
        "XDG_CONFIG_DIRS": str(tmp_path / "machine"),
        "XDG_CONFIG_HOME": str(tmp_path / "user"),
    }
    order = ["variable", "machine", "user"]
    assert "from named" in asked("show", "aa", data=tmp_path / "named", **found).stdout
    for gone, name in zip([None, *found], order, strict=False):
        changes: dict[str, str | None] = dict(found)
        for earlier in list(found)[: order.index(name)]:
            changes[earlier] = None if earlier == "RECOVERYCLI_DATA" else str(tmp_path / "nowhere")
        assert f"from {name}" in asked("show", "aa", **changes).stdout, (gone, name)


def test_files_of_all_places_count_together(tmp_path: Path) -> None:
    (tmp_path / "recoverycli").mkdir()
    write(tmp_path / "recoverycli" / "a.yaml", PROGRAM)
    write(tmp_path / "recoverycli" / "b.YML", NOTE)
    for left in (".hidden.yaml", "._a.yaml", "notes.txt", "clinic.yaml~"):
        write(tmp_path / "recoverycli" / left, "]")
    done = asked("list", XDG_CONFIG_HOME=str(tmp_path))
    assert "Harbor Group (local)" in done.stdout
    assert "(local note)" in done.stdout
    assert done.stderr == ""


def test_data_that_is_not_there_is_a_mistake_and_a_variable_that_points_nowhere_a_warning(tmp_path: Path) -> None:
    done = asked("show", "aa", data=tmp_path / "none.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    done = asked("show", "aa", RECOVERYCLI_DATA=str(tmp_path / "none.yaml"))
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1


LINUX = [
    {"HOME": "/home/ada"},
    {"HOME": "/home/ada", "XDG_CONFIG_HOME": "/cfg", "XDG_CONFIG_DIRS": "/one:/two"},
    {"HOME": "/home/ada", "XDG_CONFIG_HOME": "relative", "XDG_CONFIG_DIRS": "relative:/two"},
    {"HOME": "/home/ada", "XDG_CONFIG_HOME": "", "XDG_CONFIG_DIRS": ""},
    {"HOME": ""},
    {"HOME": "relative"},
    {},
]


def only(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "LOCALAPPDATA", "PROGRAMDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.skipif(platform.system() == "Windows", reason="folders of Linux and macOS")
@pytest.mark.parametrize("variables", LINUX, ids=lambda v: " ".join(f"{k}={x}" for k, x in v.items()) or "nothing")
@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_configuration_folders_are_those_of_platformdirs(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str]
) -> None:
    from platformdirs.macos import MacOS
    from platformdirs.unix import Unix

    only(monkeypatch, variables)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    theirs = (Unix if system == "linux" else MacOS)("recoverycli")
    assert configuration_folders() == [theirs.site_config_path, theirs.user_config_path]


def test_configuration_folders_here_are_those_of_platformdirs() -> None:
    import platformdirs

    ours = configuration_folders()
    assert ours == [platformdirs.site_config_path("recoverycli"), platformdirs.user_config_path("recoverycli")]


def test_configuration_folders_of_windows_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import windows

    variables = dict.fromkeys(("PROGRAMDATA", "ALLUSERSPROFILE"), r"C:\ProgramData")
    only(monkeypatch, variables | {"LOCALAPPDATA": r"C:\Users\ada\AppData\Local", "USERPROFILE": r"C:\Users\ada"})
    monkeypatch.setattr(windows, "_RESOLVE_WIN_FOLDER", windows.get_win_folder_from_env_vars)
    theirs = windows.Windows("recoverycli")
    wanted = [theirs.site_config_dir.replace("/", "\\"), theirs.user_config_dir.replace("/", "\\")]
    monkeypatch.setattr(sys, "platform", "win32")
    assert [str(folder).replace("/", "\\") for folder in configuration_folders()] == wanted
    assert PureWindowsPath(wanted[0]) == PureWindowsPath(r"C:\ProgramData\recoverycli\recoverycli")
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.setattr(guides, "_home", lambda: r"C:\Users\ada")
    assert PureWindowsPath(str(configuration_folders()[1]).replace("/", "\\")) == PureWindowsPath(wanted[1])


# What is wrong with a file


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "must hold 'programs:' or 'local:'"),
        ("{}", 1, "must hold 'programs:' or 'local:'"),
        ("- a\n", 1, "must hold 'programs:' or 'local:'"),
        ("programs: [unknown]\n", 1, "programs.0: must have fields"),
        ("local:\n  aa: text\n", 2, "local.aa: must have fields"),
        ("locals: {}\n", 1, "locals: unknown field: did you mean 'local'?"),
        ("local:\n  zz: {note: hi}\n", 2, "there is no program 'zz'"),
        ("local:\n  aa:\n    note: hi\n    added: true\n", 4, "added: unknown field"),
        ("local:\n  aa:\n    note: hi\n    note: ho\n", 4, "'note' stands twice"),
        ("local:\n  aa:\n    note: no\n", 3, "write 'no' in quotes"),
        ("local:\n  aa:\n    note:\n", 3, "nothing is written here"),
        ("local:\n  aa:\n    note: ''\n", 3, "is empty"),
        ("local:\n  aa:\n    meetings: [{when: Monday}]\n", 3, "the field 'where' is missing"),
        ("local:\n  aa:\n    contact: 5550100\n", 3, "must be words"),
        ('local:\n  aa:\n    note: "\\e[2J gone"\n', 3, "steers a terminal"),
        ("local:\n  aa:\n    note: a\u202eb\n", 3, "steers a terminal"),
        ("local:\n  aa:\n    note: Stop taking your medicine.\n", 3, "advice to stop a medicine"),
        (f"local:\n  aa:\n    note: {'long ' * 200}\n", 3, "longer than 600 characters"),
        ("local: &a\n  aa: {note: hi}\n", 1, "anchors and aliases"),
        ("local:\n  &a aa: {note: hi}\n", 2, "anchors and aliases"),
        ("local: !!python/object:os.system {aa: {note: hi}}\n", 1, "the tag"),
        ("local:\n  ? [a]\n  : b\n", 2, "a key must be one plain word"),
        ("local: {aa: {note: hi}}\n---\nlocal: {}\n", 2, "a second document"),
        ("local:\n  aa: {note: hi\n", 3, "not YAML here"),
        ("local:\n\taa: hi\n", 2, "not YAML here"),
        (b"local:\n  aa:\n    note: caf\xe9\n", 3, "not UTF-8"),
        ("local: {aa: {note: hi}}\n".encode("utf-16"), 0, "not text"),
        (b"local:\n  aa: {note: \x01}\n", 2, "a character YAML does not allow"),
        ("programs: []\n", 1, "is empty"),
        (PROGRAM.replace("id: harbor", "id: aa"), 2, "'aa' is taken"),
        (PROGRAM.replace("id: harbor", "id: Harbor House"), 2, "lower-case words"),
        (PROGRAM.replace("name: Harbor Group", "name: SMART Recovery"), 3, "is the name of a program in the guide"),
        (PROGRAM.replace("name: Harbor Group", "name: Narconon"), 3, "a name the guide explains"),
        (PROGRAM.replace("name: Harbor Group", "name: '!!!'"), 3, "has no letters"),
        (PROGRAM.replace("[alcohol]", "[alchohol]"), 6, "'alchohol' is not one of: alcohol"),
        (PROGRAM.replace("[alcohol]", "[]"), 6, "is empty"),
        (PROGRAM + "    website: javascript:alert(1)\n", 8, "must begin with https://"),
        (PROGRAM + "    phone: ask Anna\n", 8, "is no phone number"),
        (PROGRAM + PROGRAM.partition("\n")[2], 9, "names two programs of this file"),
        ("".join(f"k{n}: 1\n" for n in range(11_000)), 0, "more than 10,000 values"),
        ("[" * 2000, 1, "nested deeper than"),
    ],
)
def test_each_mistake_is_named_with_its_line_and_costs_no_answer(
    tmp_path: Path, text: str | bytes, line: int, said: str
) -> None:
    path = write(tmp_path / "clinic.yaml", text)
    lines = open_guide().lines
    added = local.read_additions([path], lines)
    assert len(added.warnings) == 1
    assert said in added.warnings[0]
    assert added.warnings[0].startswith(f"{path}:{line}: " if line else f"{path}:")
    assert added.warnings[0].isprintable()
    assert (added.programs, added.notes, added.sources, added.names) == ({}, {}, {}, {})
    from recoverycli.checks.clinic import check_local

    problems = check_local(local.read_clinic_file(path), str(path), lines)
    assert said in str(problems[0])


def test_a_file_at_fault_does_not_take_another_down(tmp_path: Path) -> None:
    write(tmp_path / "bad.yaml", "]")
    write(tmp_path / "good.yaml", PROGRAM)
    done = asked("show", "harbor", data=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{tmp_path}/bad.yaml:1: not YAML here")


# Hostile files


def bomb() -> str:
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(rows) + "\n"


def loop(path: Path) -> None:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


def many(path: Path) -> None:
    path.mkdir()
    for number in range(2000):
        (path / f"{number:04}.yaml").write_text("local: {aa: {note: hi}}\n")


def full(path: Path) -> None:
    path.mkdir()
    for number in range(30):
        (path / f"{number}.yaml").write_bytes(b"programs: [" + b"a," * (local.MAX_BYTES // 2 - 100) + b"]")


def closed(path: Path) -> None:
    path.write_text(NOTE)
    path.chmod(0)


def closed_folder(path: Path) -> None:
    path.mkdir()
    closed(path / "clinic.yaml")
    path.chmod(0)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20 * 1024**3)


SIZE = local.MAX_BYTES - 100
HOSTILE: dict[str, Callable[[Path], object]] = {
    "huge": sparse,
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 1000),
    "deep list": lambda path: path.write_bytes(b"[" * SIZE),
    "deep map": lambda path: path.write_bytes(b"{a: " * (SIZE // 4)),
    "deep dashes": lambda path: path.write_bytes(b"- " * (SIZE // 2)),
    "alias bomb": lambda path: path.write_text(bomb()),
    "self reference": lambda path: path.write_text("local: &a {aa: *a}\n"),
    "wrong encoding": lambda path: path.write_bytes("local: {aa: {note: é}}".encode("utf-16-be")),
    "long key": lambda path: path.write_bytes(b"a" * SIZE + b": 1"),
    "huge number as a key": lambda path: path.write_bytes(b"? " + b"9" * 6000 + b"\n: 1\n"),
    "huge number": lambda path: path.write_bytes(b"programs: " + b"9" * 6000 + b"." + b"9" * 6000),
    "many values": lambda path: path.write_bytes(b"programs: [" + b"[]," * (SIZE // 3) + b"]"),
    "many fields": lambda path: path.write_bytes(b"".join(b"- x%d: 1\n" % n for n in range(SIZE // 12))),
    "many traps": lambda path: path.write_bytes(b"programs: [" + b"no," * (SIZE // 3) + b"]"),
    "quotes": lambda path: path.write_bytes(b'"' * SIZE),
    "steering": lambda path: path.write_text('"\x1b]0;title\x07 \x1b[2J": 1\n'),
    "symlink loop": loop,
    "broken symlink": lambda path: path.symlink_to(path.with_name("nowhere")),
    "folder named like a file": lambda path: (path.mkdir(), (path / "x.yaml").mkdir()),
    "folder of files": many,
    "folder of full files": full,
    "pipe": os.mkfifo,
    "folder with a pipe": lambda path: (path.mkdir(), os.mkfifo(path / "p.yaml")),
    "zeros": lambda path: path.symlink_to("/dev/zero"),
    "random": lambda path: path.symlink_to("/dev/urandom"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "proc": lambda path: path.symlink_to("/proc/self/mem"),
    "own memory map": lambda path: path.symlink_to("/proc/self/maps"),
    "closed": closed,
    "closed folder": closed_folder,
}


@pytest.fixture(scope="module")
def usual() -> tuple[float, int, str]:
    """Return the seconds and the memory of a call without a clinic's file, and its answer."""
    return min((measured({}) for _ in range(3)), key=lambda m: m[0])[:3]


def measured(changes: dict[str, str | None], *args: str) -> tuple[float, int, str, str, int]:
    """Run `show aa`; return seconds of processor time, kilobytes, stdout, stderr, exit code."""
    command = [*running.powerless(), *running.python(), "show", "aa", *args]
    with subprocess.Popen(
        command,
        env=running.environment(**changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        out, err = process.stdout.read(), process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss, out, err, process.returncode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes, devices and permissions of Unix")
@pytest.mark.parametrize("how", ["option", "variable", "machine"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_one_warning_a_moment_and_little_memory(
    tmp_path: Path, usual: tuple[float, int, str], name: str, how: str
) -> None:
    if how == "machine":
        (tmp_path / "recoverycli").mkdir()
    path = tmp_path / "recoverycli" / "clinic.yaml" if how == "machine" else tmp_path / "clinic.yaml"
    HOSTILE[name](path)
    changes: dict[str, dict[str, str | None]] = {
        "variable": {"RECOVERYCLI_DATA": str(path)},
        "machine": {"XDG_CONFIG_DIRS": str(tmp_path)},
    }
    begun = time.monotonic()
    seconds, memory, out, err, code = measured(
        changes.get(how, {}), *(("--data", str(path)) if how == "option" else ())
    )
    assert time.monotonic() - begun < 20
    for folder in (path, path.parent):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)
    assert code == 0, err
    assert "Traceback" not in err
    assert out.split("Local, from")[0][:400] == usual[2][:400], "the built-in guide answers"
    most = local.MAX_ALL // local.MAX_BYTES + 3 if name == "folder of full files" else 1
    assert 1 <= len(err.splitlines()) <= most, err
    assert str(path) in err
    assert err.replace("\n", "").isprintable()
    assert max(map(len, err.splitlines())) < 600
    assert seconds - usual[0] < 1, "a second at most"
    assert memory - usual[1] < 60_000, "a small amount of memory"

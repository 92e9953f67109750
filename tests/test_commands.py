"""The command line: every example runs, every mistake gets one clear line, nothing is overwritten, little is loaded."""

from __future__ import annotations

import ast
import csv
import importlib
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli import cli
from recoverycli.options import FORMATS
from recoverycli.pages.home import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
CLINIC = """programs:
  - id: harbor-group
    name: Harbor Group
    text: People meet at the harbor.
    family: other
    addresses: [alcohol]
    audience: [self]
local:
  aa: {note: Ask at the desk.}
"""
HEAVY = "rich yaml rapidfuzz msgspec jinja2 segno platformdirs pydantic importlib.metadata".split()
LIGHT = [
    ("show", "aa", "-f", "text"),
    ("list", "-f", "text"),
    ("steps", "-f", "json"),
    ("crisis",),
    ("match", "drinks every day, not religious, online"),
    ("match", "my husband gambles"),
    ("search", "how long has a sponsor been sober"),
    ("match", "my husbend gambels"),
    ("search", "naloxon, how meny sprays"),
]
GREETING = [part for pair in EXAMPLES for part in pair if part.startswith("recoverycli")]
PAGES = [
    ("list",),
    ("show", "aa"),
    ("show", "step 3"),
    ("show", "open meeting"),
    ("show", "serenity prayer"),
    ("show", "sponsor"),
    ("show", "medication"),
    ("compare", "aa", "smart"),
    ("steps", "--program", "na", "--plain"),
    ("meetings",),
    ("meetings", "codes"),
    ("prayer",),
    ("match", "drinks, not religious"),
    ("search", "what is a sponsor"),
    ("evidence",),
    ("evidence", "aa"),
    ("crisis",),
    ("glossary",),
    ("glossary", "sponsor"),
    ("sources",),
    ("privacy",),
]


def examples() -> list[str]:
    """Return every example of the help texts, of the greeting and of the greeting page."""
    found = [line.strip() for line in cli.EXAMPLES.splitlines() if line.startswith("  ")]
    found += GREETING
    for name in cli.COMMANDS:
        module = importlib.import_module(f"recoverycli.commands.{name.replace('-', '_')}")
        lines = (module.command.__doc__ or "").partition("Examples:")[2].splitlines()
        found += [line.strip() for line in lines if line.strip()]
    return list(dict.fromkeys(found))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a clinic's own file."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "clinic.yaml").write_text(CLINIC, "utf-8")
    monkeypatch.chdir(folder)
    return folder


# --- Help ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", examples())
def test_an_example_runs(run: Callable[..., Any], here: Path, example: str) -> None:
    """As it stands there: it answers, and says nothing of a mistake."""
    program, *arguments = shlex.split(example)
    assert program == "recoverycli"
    if arguments[0] == "example-data":
        (here / "clinic.yaml").unlink()
    before = set(here.iterdir())
    code, out, err = run(*arguments)
    assert code == 0, err
    assert out or set(here.iterdir()) > before


def test_every_command_has_examples() -> None:
    """At least one each."""
    for name in cli.COMMANDS:
        assert any(example.startswith(f"recoverycli {name}") for example in examples()), name


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_help_is_plain_and_fits_90_columns(run: Callable[..., Any], command: str) -> None:
    """No boxes, no colour, its examples in it; -h is the same."""
    code, out, err = run(*filter(None, [command]), "--help")
    assert (code, err) == (0, "")
    assert "recoverycli" in out.partition("Examples:")[2]
    assert out.isascii()
    assert max(len(line) for line in out.splitlines()) <= 90
    assert run(*filter(None, [command]), "-h").out == out


def test_every_command_of_the_table_has_its_module() -> None:
    """And no module is out of reach."""
    files = {path.stem.replace("_", "-") for path in (Path(cli.__file__).parent / "commands").glob("[a-z]*.py")}
    assert files == {*cli.COMMANDS, "home"}


def test_the_version_is_told(run: Callable[..., Any]) -> None:
    """For a report."""
    assert run("--version").out == f"recoverycli {cli.__version__}\n"


# --- Answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", PAGES, ids=" ".join)
@pytest.mark.parametrize("form", FORMATS)
def test_every_command_answers_in_every_format(run: Callable[..., Any], arguments: tuple[str, ...], form: str) -> None:
    """On stdout alone; JSON is valid, CSV has rows of one length, text and Markdown have a title."""
    code, out, err = run(*arguments, "-f", form)
    assert (code, err) == (0, "")
    if form == "json":
        assert json.loads(out)
    elif form == "csv":
        head, *rows = csv.reader(io.StringIO(out, newline=""))
        assert rows
        assert {len(row) for row in rows} == {len(head)}
    else:
        assert out.startswith("# ") == (form == "markdown")
        assert "\x1b" not in out


@pytest.mark.parametrize("arguments", [*PAGES, ()], ids=" ".join)
def test_text_keeps_to_80_columns(run: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Only a line of one word, such as an address, may be wider."""
    lines = run(*arguments).out.splitlines()
    assert [line for line in lines if len(line) > 80 and len(line.split()) > 2] == []


def test_the_greeting_has_six_examples_and_the_crisis_line(run: Callable[..., Any]) -> None:
    """For somebody who typed nothing."""
    code, out, err = run()
    assert (code, err) == (0, "")
    assert len(GREETING) == 6
    assert [example for example in GREETING if example not in " ".join(out.split())] == []
    assert "988" in out


def test_list_gives_scripts_every_program(run: Callable[..., Any], guide: Any) -> None:
    """In the order of the data, the inactive ones too where asked for."""
    everything = json.loads(run("list", "--status", "all", "-f", "json").out)
    assert [program["id"] for program in everything] == guide.ids("program")


@pytest.mark.parametrize(
    ("filters", "rule"),
    [
        (("--family", "secular"), lambda p: p["family"] == "secular"),
        (
            ("--who", "family"),
            lambda p: "family" in p["audience"]["values"] + p.get("special_meetings", {}).get("values", []),
        ),
        (("--goal", "moderation,harm-reduction"), lambda p: p["goal"]["value"] in ("moderation", "harm-reduction")),
        (("--online",), lambda p: "online" in p["formats"]["values"]),
        (("--status", "inactive"), lambda p: p["status"]["value"] == "inactive"),
        (("--for", "gambling"), lambda p: {"gambling", "any", "behaviors"}.intersection(p["addresses"]["values"])),
        (
            (
                "--for",
                "heroin",
            ),
            None,
        ),
    ],
)
def test_a_filter_keeps_what_passes_and_nothing_else(
    run: Callable[..., Any], filters: tuple[str, ...], rule: Callable[[Any], Any] | None
) -> None:
    """A value there is none of is said."""
    code, out, err = run("list", *filters, "-f", "json")
    if rule is None:
        assert (code, out) == (2, "")
        assert err.startswith("--for has no value 'heroin'.")
    else:
        assert json.loads(out)
        assert [program["id"] for program in json.loads(out) if not rule(program)] == []


def test_show_gives_scripts_the_promised_fields(run: Callable[..., Any]) -> None:
    """Kind, id and name first; every field of the promise is there."""
    told = json.loads(run("show", "alchoholics anonymous", "-f", "json").out)
    promised = """kind id name acronym aliases family addresses audience goal spiritual sponsor crosstalk led_by formats
    cost founded size website find_meetings phones medication literature evidence cautions status sources
    reviewed""".split()
    assert list(told)[:3] == ["kind", "id", "name"]
    assert told["id"] == "aa"
    assert [field for field in promised if field not in told] == []


def test_match_gives_scripts_the_promised_fields(run: Callable[..., Any]) -> None:
    """What was understood and what not, dangers, matches with reasons, and what is not suitable."""
    told = json.loads(run("match", "pregnant, drinks, wants to cut down, xylophones", "-f", "json").out)
    assert {"understood", "not_understood", "safety", "matches", "not_suitable"} <= set(told)
    assert {"facet", "value", "from", "negated"} <= set(told["understood"][0])
    assert {"id", "name", "score", "meets", "conflicts", "unknown", "cautions"} <= set(told["matches"][0])
    assert told["not_understood"] == ["xylophones"]
    assert {"mm", "hams"} <= {unfit["id"] for unfit in told["not_suitable"]}


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("narc anon", ["na", "nar-anon"]),
        ("narconon", ["na", "nar-anon"]),
        ("xyzzyplugh", []),
        ("gamblers anonimus", ["ga"]),
    ],
)
def test_a_script_gets_an_object_never_a_guess(run: Callable[..., Any], name: str, suggestions: list[str]) -> None:
    """Exit 1, valid JSON with error and suggestions; people get lines on stderr as well."""
    code, out, err = run("show", name, "-f", "json")
    told = json.loads(out)
    assert code == 1
    assert list(told) == ["error", "suggestions"]
    assert told["suggestions"] == suggestions
    assert told["error"].startswith(err.splitlines()[0])


def test_a_corrected_name_is_told_on_stderr_only(run: Callable[..., Any]) -> None:
    """stdout carries the answer."""
    code, out, err = run("show", "lifring", "-f", "json")
    assert (code, json.loads(out)["id"]) == (0, "lifering")
    assert err == "Showing LifeRing Secular Recovery (lifering) for 'lifring'.\n"


def test_match_reads_a_need_from_stdin(run: Callable[..., Any]) -> None:
    """So that it stays out of the shell's history."""
    assert run("match", "-", typed="my husband gambles\n").out == run("match", "my husband gambles").out


def test_sources_are_shown_when_asked_for(run: Callable[..., Any]) -> None:
    """And not otherwise."""
    assert "[seed-wholehealth" in run("show", "aa", "--sources").out
    assert "[seed-" not in run("show", "aa").out


# --- Mistakes -----------------------------------------------------------------------------------------------------

MISTAKES: dict[tuple[str, ...], tuple[int, str]] = {
    ("show", "xyzzyplugh"): (
        1,
        "Nothing in the guide is called 'xyzzyplugh'. Type `recoverycli list` for every program, "
        'or put your question in words: `recoverycli search "..."`.\n',
    ),
    ("show", "?!"): (1, "Nothing to look up: give a name, such as `recoverycli show aa`.\n"),
    ("list", "--family", "nice"): (
        2,
        "--family has no value 'nice'. Values: twelve-step, secular, religious, other.\n",
    ),
    ("list", "--family", "seculer"): (
        2,
        "--family has no value 'seculer'. Did you mean secular? Values: twelve-step, secular, religious, other.\n",
    ),
    ("list", "--who", "secular"): (2, "'secular' is a value of --family, not of --who.\n"),
    ("list", "--family", "religious", "--goal", "moderation"): (
        1,
        "No program in the guide passes all these filters: leave one out.\n",
    ),
    ("steps", "0"): (2, "There is no step 0: there are twelve, 1 to 12.\n"),
    ("steps", "13"): (2, "There is no step 13: there are twelve, 1 to 12.\n"),
    ("steps", "7-4"): (2, "'7-4' runs backwards: write 4-7.\n"),
    ("steps", "1", "2"): (2, "Give one step or one range, such as 1 or 4-7.\n"),
    ("steps", "--program", "smart"): (
        1,
        "SMART Recovery has no wording of the twelve steps in the guide. "
        "Its page says what it works with: `recoverycli show smart`.\n",
    ),
    ("compare", "aa"): (2, "compare takes 2 to 6 programs, not 1: `recoverycli compare aa smart`.\n"),
    ("compare", "aa", "aa"): (2, "Nothing to compare: every name given is aa. Name another program.\n"),
    ("compare", "aa", "alcoholics anonymous"): (
        2,
        "Nothing to compare: every name given is aa. Name another program.\n",
    ),
    ("compare", "aa", "na", "ca", "cma", "ha", "nica", "ga"): (
        2,
        "compare takes 2 to 6 programs, not 7: `recoverycli compare aa smart`.\n",
    ),
    ("list", "--width", "5"): (2, "--width takes 20 to 400 columns, not 5.\n"),
    ("list", "--width", "401"): (2, "--width takes 20 to 400 columns, not 401.\n"),
    ("list", "-f", "xml"): (2, "There is no format 'xml'. Formats: table, text, markdown, json, csv.\n"),
    ("list", "--data", "nowhere"): (2, "nowhere does not exist: --data takes a clinic's own file or folder\n"),
    ("list", "-o", "nowhere/list.txt"): (2, "The folder nowhere does not exist: make it first, or give another.\n"),
    ("list", "-o", "."): (2, ". is not a file: --output takes the name of a file.\n"),
    ("list", "-o", "old.txt"): (2, "old.txt exists and is left as it is: give another name, or add --force.\n"),
    ("check", "nowhere.yaml"): (
        2,
        "nowhere.yaml does not exist: give a YAML file, or a folder with the guide's data.\n",
    ),
    ("match",): (2, 'Say what is needed: `recoverycli match "not religious, online"`, or `-` to read it.\n'),
    ("match", "?!"): (2, 'There are no words in this need: try `recoverycli match "drinking, not religious"`.\n'),
    ("match", "-"): (2, 'There are no words in this need: try `recoverycli match "drinking, not religious"`.\n'),
    ("match", "AA"): (1, "'AA' names a program, not a need.\nDid you mean:\n  recoverycli show aa\n"),
    ("search", "?!"): (2, 'There are no words in this question: try `recoverycli search "what is a sponsor"`.\n'),
    ("search", "qqqqq wwwww"): (
        1,
        "Nothing in the guide answers this. Try fewer or other words, or `recoverycli glossary`.\n",
    ),
    ("evidence", "xyzzyplugh"): (
        1,
        "Nothing in the guide is called 'xyzzyplugh'. Type `recoverycli list` for every program, "
        'or put your question in words: `recoverycli search "..."`.\n',
    ),
}


@pytest.mark.parametrize("arguments", MISTAKES, ids=" ".join)
def test_a_mistake_gets_one_clear_line(run: Callable[..., Any], here: Path, arguments: tuple[str, ...]) -> None:
    """On stderr, with the right exit code, nothing on stdout, and no file touched."""
    (here / "old.txt").write_text("precious")
    code, message = MISTAKES[arguments]
    assert run(*arguments) == (code, "", message)
    assert sorted(path.name for path in here.iterdir()) == ["clinic.yaml", "old.txt"]
    assert (here / "old.txt").read_text() == "precious"


@pytest.mark.parametrize(
    "arguments", [("shwo", "aa"), ("list", "--colour"), ("show",), ("search",), ("check", "--stale", "-1")]
)
def test_a_wrong_command_line_points_to_its_help(run: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Exit 2, nothing on stdout, the mistake on the last line."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert re.match(r"Usage: recoverycli .*\nTry 'recoverycli .*-h' for help.\n\nError: .+\n\Z", err)


@pytest.mark.parametrize("raw", [b"\x00\x01\xff", b"programs: [", b"programs: yes", b"\xff\xfe", b"[]"])
def test_a_broken_file_of_a_clinic_costs_one_warning(run: Callable[..., Any], here: Path, raw: bytes) -> None:
    """On stderr, with the file's name; the guide's answer is whole."""
    (here / "bad.yaml").write_bytes(raw)
    code, out, err = run("show", "aa", "--data", "bad.yaml")
    assert (code, out) == (0, run("show", "aa").out)
    assert err.startswith("bad.yaml:")
    assert err.endswith("This file is left out.\n")
    assert err.count("\n") == 1


def test_a_folder_in_the_place_of_a_file_is_no_traceback(run: Callable[..., Any], here: Path) -> None:
    """A folder without files adds nothing."""
    (here / "empty").mkdir()
    assert run("show", "aa", "--data", "empty") == run("show", "aa")


# --- Files --------------------------------------------------------------------------------------------------------


def test_an_answer_goes_to_a_new_file_in_utf_8(run: Callable[..., Any], here: Path) -> None:
    """And nothing to stdout."""
    assert run("show", "aa", "-o", "aa.txt") == (0, "", "")
    assert (here / "aa.txt").read_text("utf-8") == run("show", "aa", "-f", "text").out


def test_force_overwrites(run: Callable[..., Any], here: Path) -> None:
    """Only when asked."""
    (here / "aa.json").write_text("old")
    assert run("show", "aa", "-f", "json", "-o", "aa.json", "--force").code == 0
    assert json.loads((here / "aa.json").read_text("utf-8"))["id"] == "aa"
    assert sorted(path.name for path in here.iterdir()) == ["aa.json", "clinic.yaml"]


def test_csv_in_a_file_begins_with_the_mark_spreadsheets_want(run: Callable[..., Any], here: Path) -> None:
    """On stdout it does not."""
    run("list", "-f", "csv", "-o", "list.csv")
    assert (here / "list.csv").read_bytes() == b"\xef\xbb\xbf" + run("list", "-f", "csv").out.encode()


# --- Completion ---------------------------------------------------------------------------------------------------


def test_completion_offers_program_names(guide: Any) -> None:
    """Ids that begin as typed, each with its name."""
    from recoverycli.arguments import complete_names

    assert ("aca", guide.program("aca")["name"]) in complete_names("AC")
    assert complete_names("zzz") == []


# --- What a call loads --------------------------------------------------------------------------------------------

LOADED = """
import sys
sys.path.insert(0, sys.argv.pop(1))
before = set(sys.modules)
from recoverycli.cli import main
try:
    main()
finally:
    print(sorted(set(sys.modules) - before), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", LIGHT, ids=" ".join)
def test_a_common_call_loads_nothing_heavy(installed: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """As installed, with a built guide: the standard library and Typer."""
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path), "PATH": "", "SYSTEMROOT": "C:\\Windows"}
    call = [sys.executable, "-I", "-W", "error", "-c", LOADED, str(installed), *arguments]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    modules = set(ast.literal_eval(done.stderr.splitlines()[-1]))
    assert "recoverycli.guide" in modules
    assert [name for name in HEAVY if name in modules] == []


def test_a_table_loads_rich_and_no_yaml(installed: Path, tmp_path: Path) -> None:
    """So the test above can fail."""
    call = [sys.executable, "-I", "-c", LOADED, str(installed), "show", "aa", "-f", "table"]
    done = subprocess.run(
        call, capture_output=True, text=True, encoding="utf-8", env={"HOME": str(tmp_path)}, check=False
    )
    modules = set(ast.literal_eval(done.stderr.splitlines()[-1]))
    assert "rich" in modules
    assert "yaml" not in modules


@pytest.mark.parametrize("module", sorted((ROOT / "src" / "recoverycli").rglob("*.py")), ids=lambda p: p.stem)
def test_imports_go_one_way(module: Path) -> None:
    """Renderers know no program, pages no format, and model and document nothing of ours."""
    tree = ast.parse(module.read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name.removeprefix("recoverycli.").split(".")[0] for name in imported if name.startswith("recoverycli.")}
    where = module.relative_to(ROOT / "src" / "recoverycli").parts
    if where[-1] in ("model.py", "document.py"):
        assert ours == set()
    if where[0] == "pages":
        assert ours.isdisjoint({"render", "cli", "commands"})
    if where[0] not in ("cli.py", "__main__.py"):
        assert "cli" not in ours

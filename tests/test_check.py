"""Every rule over the data is broken by a sample, and says so by file and line with what to do.

tests/samples/good breaks no rule. Each file in tests/samples/bad takes the place of one of its files (the part of its
name before the two dashes) and ends with the problems it must give, all of them, each as it is printed.
"""

from __future__ import annotations

import datetime
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.check import RULES, check_folder
from recoverycli.checks.wording import fingerprint
from recoverycli.readability import grade, passages

if TYPE_CHECKING:
    from collections.abc import Callable

from pathlib import Path

SAMPLES = Path(__file__).resolve().parent / "samples"
BAD = sorted((SAMPLES / "bad").glob("*.yaml"))
SEED = "two three four five six seven eight nine"
"""What stands for a source document: a run of eight words nobody may copy."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good sample, with one run of words as its source document."""
    copy = tmp_path / "data"
    shutil.copytree(SAMPLES / "good", copy)
    (copy / "seeds.sha256").write_text(fingerprint(SEED.split()) + "\n")
    return copy


def problems(folder: Path, stale_days: int | None = None) -> list[str]:
    """Return the problems of a folder as they are printed."""
    return [str(problem) for problem in check_folder(folder, stale_days)]


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Edit one file of a folder."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


# --- The samples --------------------------------------------------------------------------------------------------


def test_the_good_sample_has_no_problem(folder: Path) -> None:
    """So whatever a bad sample gives is its own."""
    assert problems(folder) == []


@pytest.mark.parametrize("sample", BAD, ids=lambda path: path.stem)
def test_a_bad_sample_gives_exactly_the_problems_at_its_end(folder: Path, sample: Path) -> None:
    """All problems at once, in the order of files and lines, with what to do."""
    shutil.copy(sample, folder / f"{sample.stem.split('--')[0]}.yaml")
    expected = sample.read_text("utf-8").split("# Expected:\n")[1]
    assert expected
    assert "".join(f"# {problem}\n" for problem in problems(folder)) == expected


def test_every_rule_is_broken_by_a_sample() -> None:
    """A rule without a bad sample would be a rule nobody has seen at work."""
    broken = "\n".join(sample.read_text("utf-8").split("# Expected:\n")[1] for sample in BAD)
    shown_by = {
        "shape": "unknown field",
        "ids": "stands twice: rename one",
        "references": "there is no source",
        "names": "is also a name of",
        "facts": "no official page shows this number",
        "figures_in_words": "a figure without its year",
        "steps": "is the base wording",
        "vocabulary": "stands twice in this list",
        "reading_level": "reads at grade",
        "copied": "copied from a source document",
        "no_stopping": "may be read as advice to stop a medicine",
    }
    assert {rule.__name__ for rule in RULES} <= set(shown_by)
    assert [rule for rule, words in shown_by.items() if words not in broken] == []


def test_problems_of_several_files_are_named_at_once(folder: Path) -> None:
    """One run names everything there is to mend."""
    change(folder, "traps.yaml", "action: explain", "action: shout")
    change(folder, "glossary.yaml", "[open meeting]", "[nowhere]")
    change(folder, "programs.yaml", "aliases: [first group]", "aliases: [Chip no]\n    colour: red")
    assert problems(folder) == [
        "glossary.yaml:7: chip: see_also: nothing in the guide is called 'nowhere'",
        "programs.yaml:6: one: colour: unknown field: remove it",
        "traps.yaml:4: oneness: action: 'shout' is not one of: explain, ask, default",
    ]


# --- Files that cannot be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\x89PNG\x00\x00", "glossary.yaml: not text: save it as a YAML file in UTF-8"),
        (b"terms: []\n# caf\xe9\n", "glossary.yaml:2: not UTF-8: save the file in UTF-8"),
        (b"terms: " + b"[" * 99, "glossary.yaml:1: nested deeper than 30 levels"),
    ],
)
def test_a_file_that_is_no_yaml_is_named_alone(folder: Path, raw: bytes, expected: str) -> None:
    """What other files say of it would only be noise."""
    (folder / "glossary.yaml").write_bytes(raw)
    assert problems(folder) == [expected]


def test_a_byte_order_mark_is_no_problem(folder: Path) -> None:
    """An editor that writes one has done nothing wrong."""
    raw = (folder / "glossary.yaml").read_bytes()
    (folder / "glossary.yaml").write_bytes(b"\xef\xbb\xbf" + raw)
    assert problems(folder) == []


def test_a_missing_file_is_named(folder: Path) -> None:
    """And the rest is still checked for its form."""
    (folder / "glossary.yaml").unlink()
    change(folder, "traps.yaml", "action: explain", "action: shout")
    assert problems(folder) == [
        "glossary.yaml: cannot be read: No such file or directory",
        "traps.yaml:4: oneness: action: 'shout' is not one of: explain, ask, default",
    ]


# --- Freshness ----------------------------------------------------------------------------------------------------


def reviewed(days_ago: int) -> datetime.date:
    """Return a day in the past."""
    return datetime.datetime.now(tz=datetime.UTC).date() - datetime.timedelta(days=days_ago)


def test_entries_reviewed_longer_ago_are_named_when_asked(folder: Path) -> None:
    """Only when asked: age breaks no rule."""
    for file in folder.glob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("2026-11-01", str(reviewed(0))), "utf-8")
    old = reviewed(400)
    change(folder, "traps.yaml", str(reviewed(0)), str(old))
    assert problems(folder) == []
    assert problems(folder, stale_days=365) == [
        f"traps.yaml:8: oneness: reviewed: reviewed {old}, 400 days ago: look again"
    ]
    assert problems(folder, stale_days=400) == []


# --- Reading level ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("The cat sat on the mat.", -1.4),
        ("People meet and talk. Some have a sponsor, and some do not.", 0.5),
        ("Participants habitually congregate to exchange personal testimony and encouragement.", 23.3),
        ("", 0.0),
        ("2020, 61.1.", 0.0),
    ],
)
def test_grades_are_those_of_flesch_and_kincaid(text: str, measured: float) -> None:
    """The formula of 1975: long sentences and long words count."""
    assert grade(text) == pytest.approx(measured, abs=0.05)


def test_names_a_reader_knows_count_two_syllables() -> None:
    """A guide cannot avoid its own names."""
    text = "People on buprenorphine may come."
    assert grade(text, {"buprenorphine"}) < grade(text) - 2


def test_quotations_and_addresses_are_not_measured() -> None:
    """They are not our words."""
    text = 'It says "institutional incomprehensibility notwithstanding". See https://example.org/a/very/long/path now.'
    assert list(passages(text)) == ["It says it. See it now."]


@given(st.text(max_size=200))
def test_any_text_has_a_grade(text: str) -> None:
    """No text makes the measure fail."""
    assert all(isinstance(grade(passage), float) for passage in passages(text))


# --- As a command -------------------------------------------------------------------------------------------------


def test_the_command_prints_every_problem_and_exits_2(run: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    """The lines as an editor can jump to them."""
    change(folder, "traps.yaml", "action: explain", "action: shout")
    change(folder, "glossary.yaml", "[open meeting]", "[nowhere]")
    code, out, err = run("check", str(folder))
    assert (code, err) == (2, "")
    assert out.splitlines()[-2:] == [
        "glossary.yaml:7: chip: see_also: nothing in the guide is called 'nowhere'",
        "traps.yaml:4: oneness: action: 'shout' is not one of: explain, ask, default",
    ]

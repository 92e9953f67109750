"""The traps of YAML are caught, each with its line and what to do; no file can make the reader fail."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.yamlread import MAX_BYTES, MAX_DEPTH, Reading, read_yaml


def problems(raw: bytes) -> list[str]:
    """Return the problems of a file as a person reads them."""
    return [str(problem) for problem in read_yaml(raw, "f.yaml").problems]


def test_values_come_with_the_line_of_each() -> None:
    """Keys and positions lead to lines, so that a rule can say where."""
    reading = read_yaml(b"list:\n  - name: one\n    count: 2\n  - three\nflag: true\n", "f.yaml")
    assert reading.value == {"list": [{"name": "one", "count": 2}, "three"], "flag": True}
    assert reading.problems == []
    assert reading.lines[("list", 0, "count")] == 3
    assert reading.lines[("list", 1)] == 4
    assert reading.lines[("flag",)] == 5


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"a: 12", 12),
        (b"a: -3", -3),
        (b"a: 61.1", 61.1),
        (b"a: 007", "007"),
        (b"a: 1e3", "1e3"),
        (b"a: 0x10", "0x10"),
        (b"a: 12:30", "12:30"),
        (b"a: 1_000", "1_000"),
        (b"a: 123456789012345678901", "123456789012345678901"),
        (b"a: .inf", ".inf"),
        (b"a: true", True),
        (b"a: 'true'", "true"),
        (b"a: 'no'", "no"),
        (b'a: "2026-11-22"', "2026-11-22"),
        (b"a: ''", ""),
        (b"a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: Alcohólicos".encode(), "Alcohólicos"),
    ],
)
def test_a_value_is_what_it_looks_like(raw: bytes, value: object) -> None:
    """No octal, no sexagesimal, no exponent: a plain number is a number, the rest are words."""
    reading = read_yaml(raw, "f.yaml")
    assert (reading.value, reading.problems) == ({"a": value}, [])
    assert type(reading.value["a"]) is type(value)


@pytest.mark.parametrize(
    ("word", "truth"),
    [("yes", "true"), ("Yes", "true"), ("on", "true"), ("no", "false"), ("NO", "false"), ("off", "false")],
)
def test_unquoted_yes_and_no_are_named_and_kept_as_words(word: str, truth: str) -> None:
    """The trap other readers fall into."""
    reading = read_yaml(f"a: 1\nsponsor: {word}\n".encode(), "f.yaml")
    assert reading.value == {"a": 1, "sponsor": word}
    assert [str(p) for p in reading.problems] == [
        f"f.yaml:2: unquoted {word} is read as {truth}: write '{word}' in quotes"
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", "f.yaml:3: 'a' stands twice in one entry: keep one of them"),
        (b"d: 2026-11-22\n", "f.yaml:1: unquoted 2026-11-22 is read as a date: write '2026-11-22' in quotes"),
        (b"a: 1\nb:\n", "f.yaml:2: nothing is written here: give a value, or write unknown"),
        (b"b: null\n", "f.yaml:1: nothing is written here: give a value, or write unknown"),
        (b"b: ~\n", "f.yaml:1: nothing is written here: give a value, or write unknown"),
        (b"a: &x 1\n", "f.yaml:1: anchors and aliases (& and *) are not used here: write the value out"),
        (b"a: 1\nb: *x\n", "f.yaml:2: anchors and aliases (& and *) are not used here: write the value out"),
        (b"a: !!int 1\n", "f.yaml:1: the tag tag:yaml.org,2002:int is not used here: remove it"),
        (b"a: !mine [1]\n", "f.yaml:1: the tag !mine is not used here: remove it"),
        (b"? [a]\n: 1\n", "f.yaml:1: a key must be one plain word"),
        (b"a: 1\n---\nb: 2\n", "f.yaml:2: a second document: keep one list a file"),
        (b"a: [1\n", "f.yaml:2: not YAML here: did not find expected ',' or ']'"),
        (b"a: b: c\n", "f.yaml:1: not YAML here: mapping values are not allowed in this context"),
        (b"a:\n\t- b\n", "f.yaml:2: not YAML here: found character that cannot start any token"),
        (b"a: \x00\n", "f.yaml: not text: save it as a YAML file in UTF-8"),
        (b"PK\x03\x04\x00\x00", "f.yaml: not text: save it as a YAML file in UTF-8"),
        (b"a: 1\nname: Alcoh\xf3licos\n", "f.yaml:2: not UTF-8: save the file in UTF-8"),
        ("a: é".encode("utf-16"), "f.yaml: not text: save it as a YAML file in UTF-8"),
        (b"a" * (MAX_BYTES + 1), "f.yaml: larger than 8 megabytes: split it"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else "",
)
def test_each_trap_is_named_with_its_line(raw: bytes, message: str) -> None:
    """One problem, said once, with what to do."""
    assert problems(raw) == [message]


def test_a_byte_order_mark_is_no_problem() -> None:
    """Windows editors write one."""
    assert read_yaml("\ufeffa: é\n".encode(), "f.yaml") == Reading({"a": "é"}, {(): 1, ("a",): 1}, [])


def test_an_empty_file_holds_nothing() -> None:
    """No value and no problem: what that means is for the rules to say."""
    assert read_yaml(b"# only a comment\n", "f.yaml") == Reading(None, {}, [])


def test_all_problems_of_a_file_are_named_at_once() -> None:
    """A curator mends a file in one go."""
    assert problems(b"a: yes\nb: 2026-01-01\na: 1\nc:\n") == [
        "f.yaml:1: unquoted yes is read as true: write 'yes' in quotes",
        "f.yaml:2: unquoted 2026-01-01 is read as a date: write '2026-01-01' in quotes",
        "f.yaml:3: 'a' stands twice in one entry: keep one of them",
        "f.yaml:4: nothing is written here: give a value, or write unknown",
    ]


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 5_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    """No file makes the reader run out of stack."""
    assert problems(b"[" * depth + b"]" * depth) == [f"f.yaml:1: nested deeper than {MAX_DEPTH} levels"]


def test_nesting_as_deep_as_allowed_is_read() -> None:
    """The limit itself is not too much."""
    raw = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert problems(raw) == []


def test_a_billion_laughs_is_not_even_smiled_at() -> None:
    """References are refused before they expand."""
    raw = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert problems(raw) == ["f.yaml:1: anchors and aliases (& and *) are not used here: write the value out"]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text("ab:-[]{}&*!|>'\"#?,\n\t 0yesno~é", max_size=200).map(str.encode))
def test_any_bytes_give_a_value_or_problems(raw: bytes) -> None:
    """No exception, and every problem names a line of the file."""
    reading = read_yaml(raw, "f.yaml")
    assert all(0 <= problem.line <= len(raw) + 2 for problem in reading.problems)

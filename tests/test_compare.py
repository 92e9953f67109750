"""Programs side by side: every field, only the differences, and nothing unknown counted as the same."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

from recoverycli.compare import FIELDS, Row, compare, shown
from recoverycli.errors import UsageError
from recoverycli.model import Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.guide import Guide

UNKNOWN = {"value": "unknown", "text": "Unknown: no source read for this guide says.", "sources": []}


def program(key: str, **fields: Any) -> Any:
    """Return a program that says only what is given."""
    empty = dict.fromkeys(FIELDS, UNKNOWN) | {"family": "secular", "size": [], "phones": []}
    return {"id": key, "name": key.upper(), "acronym": ""} | empty | fields


def goal(value: str, text: str) -> dict[str, Any]:
    """Return a goal with a source."""
    return {"value": value, "text": text, "sources": ["page"], "year": 2020}


def row(field: str, *programs: Any) -> Row:
    """Return one row of a comparison."""
    (found,) = compare(programs, [field])
    return found


def refusal(programs: list[Any], fields: list[str] | None = None) -> str:
    """Return what a wrong comparison is told."""
    with pytest.raises(UsageError) as caught:
        compare(programs, fields or ())
    return str(caught.value)


def test_a_row_says_the_same_of_each_program() -> None:
    """Values for scripts, words for people."""
    found = row(
        "goal", program("a", goal=goal("abstinence", "None.")), program("b", goal=goal("own-goal", "Your own."))
    )
    assert found == Row(
        "goal",
        "Goal",
        {"a": goal("abstinence", "None."), "b": goal("own-goal", "Your own.")},
        {"a": "None.", "b": "Your own."},
        same=False,
    )


def test_the_same_value_in_other_words_is_the_same() -> None:
    """Two programs that aim at stopping do not differ because they say it differently."""
    assert row(
        "goal", program("a", goal=goal("abstinence", "No.")), program("b", goal=goal("abstinence", "None."))
    ).same


def test_two_unknowns_are_never_the_same() -> None:
    """Not knowing is not agreeing."""
    found = row("goal", program("a"), program("b"))
    assert not found.same
    assert found.shown == {"a": "unknown", "b": "unknown"}


def test_the_order_of_values_does_not_matter() -> None:
    """Online and in person is in person and online."""
    formats = [
        {"values": values, "text": "x", "sources": ["p"]} for values in (["online", "phone"], ["phone", "online"])
    ]
    assert row("formats", program("a", formats=formats[0]), program("b", formats=formats[1])).same


def test_only_differences_leaves_out_what_is_the_same() -> None:
    """The rest stays in its order."""
    one, two = program("a", family="secular"), program("b", family="secular", goal=goal("abstinence", "No."))
    assert [r.field for r in compare([one, two], differences=True)] == [field for field in FIELDS if field != "family"]


def test_all_fields_come_in_their_order_and_chosen_ones_as_chosen() -> None:
    """Without a choice, all."""
    pair = [program("a"), program("b")]
    assert [r.field for r in compare(pair)] == list(FIELDS)
    assert [r.field for r in compare(pair, ["cost", "goal"])] == ["cost", "goal"]


def test_every_field_is_one_of_a_program() -> None:
    """A new field of the comparison must exist in the data."""
    assert set(FIELDS) <= set(get_type_hints(Program))


def test_a_figure_is_shown_with_its_year_the_newest_first() -> None:
    """A number without its year is a defect."""
    sizes = [
        {"count": 10, "unit": "groups", "where": "worldwide", "year": 2010, "sources": ["p"]},
        {"count": 2000, "unit": "groups", "where": "worldwide", "year": 2020, "sources": ["p"], "about": "about"},
    ]
    assert shown("size", sizes) == "about 2,000 groups, worldwide (2020)"


def test_a_phone_is_shown_with_its_kind_and_year() -> None:
    """So that an office is not taken for a helpline."""
    phone = {"number": "1-555-0100", "kind": "office", "sources": ["p"], "year": 2024}
    assert shown("phones", [phone]) == "1-555-0100 (office; 2024)"
    assert shown("phones", []) == "none seen on an official page"


def test_what_is_not_verified_says_so() -> None:
    """Beside the words themselves."""
    assert shown("goal", goal("abstinence", "No.") | {"unverified": True}) == "No. (not verified)"


def test_a_wrong_comparison_is_told_what_to_do() -> None:
    """One program, the same twice, too many, a field there is none of."""
    a, b = program("a"), program("b")
    assert refusal([a]) == "compare takes 2 to 6 programs, not 1: `recoverycli compare aa smart`."
    assert refusal([a, a]) == "Nothing to compare: every name given is a. Name another program."
    assert refusal([a, b, a]) == "a is given twice: name each program once."
    assert refusal([program(key) for key in "abcdefg"]) == (
        "compare takes 2 to 6 programs, not 7: `recoverycli compare aa smart`."
    )
    assert refusal([a, b], ["colour"]) == f"There is no field 'colour'. Fields: {', '.join(FIELDS)}."


def test_any_two_programs_can_be_compared(guide: Guide) -> None:
    """And every cell has words."""
    programs = guide.records("program")
    for left, right in itertools.pairwise(programs):
        for found in compare([left, right]):
            assert all(words.strip() for words in found.shown.values()), (left["id"], right["id"], found.field)


def test_four_programs_fit_100_columns(run: Callable[..., Any]) -> None:
    """As a table, with the differences only."""
    code, out, _ = run("compare", "aa", "smart", "lifering", "wfs", "--differences", "-f", "table", "--width", "100")
    assert code == 0
    assert max(len(line) for line in out.splitlines()) <= 100

"""The twelve steps in each program's own words, as far as they were seen in print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.errors import NotFound, UsageError
from recoverycli.steps import in_words_of, own_set, step_numbers, wordings

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.guide import Guide

ALL = list(range(1, 13))
NA = [
    "We admitted that we were powerless over our addiction, that our lives had become unmanageable.",
    "We came to believe that a Power greater than ourselves could restore us to sanity.",
    "We made a decision to turn our will and our lives over to the care of God as we understood him.",
]


def texts(guide: Guide, program: str, numbers: list[int] = ALL) -> list[str]:
    """Return steps in a program's words."""
    return [step["text"] for step in in_words_of(guide, guide.record("step_set", program), numbers)]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1", [1]),
        ("12", [12]),
        ("4-7", [4, 5, 6, 7]),
        ("4 - 7", [4, 5, 6, 7]),
        ("4\u20137", [4, 5, 6, 7]),
        ("4 to 7", [4, 5, 6, 7]),
        ("3-3", [3]),
        ("1-12", ALL),
        ("step 3", [3]),
        (" STEP 11 ", [11]),
    ],
)
def test_a_number_or_a_range_is_read(typed: str, numbers: list[int]) -> None:
    """As people write them."""
    assert step_numbers(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0", "There is no step 0: there are twelve, 1 to 12."),
        ("13", "There is no step 13: there are twelve, 1 to 12."),
        ("4-13", "There is no step 13: there are twelve, 1 to 12."),
        ("0-3", "There is no step 0: there are twelve, 1 to 12."),
        ("7-4", "'7-4' runs backwards: write 4-7."),
        ("four", "'four' is not a step: give a number from 1 to 12, or a range such as 4-7."),
        ("", "'' is not a step: give a number from 1 to 12, or a range such as 4-7."),
        ("1,2", "'1,2' is not a step: give a number from 1 to 12, or a range such as 4-7."),
        ("-1", "'-1' is not a step: give a number from 1 to 12, or a range such as 4-7."),
        ("99999", "'99999' is not a step: give a number from 1 to 12, or a range such as 4-7."),
    ],
)
def test_anything_else_is_named_with_what_to_do(typed: str, message: str) -> None:
    """One clear line."""
    with pytest.raises(UsageError) as caught:
        step_numbers(typed)
    assert str(caught.value) == message


@given(st.text(max_size=20) | st.from_regex(r"\d{1,5} ?- ?\d{1,5}", fullmatch=True))
def test_any_text_is_a_run_of_steps_or_a_usage_error(typed: str) -> None:
    """Never a number outside 1 to 12."""
    try:
        numbers = step_numbers(typed)
    except UsageError:
        return
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert set(numbers) <= set(ALL)


def test_the_base_is_the_text_of_1939(guide: Guide) -> None:
    """The set of A.A. changes nothing."""
    base = [guide.record("step", str(number))["text"] for number in ALL]
    assert texts(guide, "aa") == base
    assert base[0] == "We admitted we were powerless over alcohol\u2014that our lives had become unmanageable."
    assert base[11].startswith("Having had a spiritual awakening as the result of these steps")


def test_na_is_in_the_words_of_na(guide: Guide) -> None:
    """Exactly."""
    assert texts(guide, "na", [1, 2, 3]) == NA


def test_ga_changes_step_four_to_seven(guide: Guide) -> None:
    """Four steps of its own."""
    base = texts(guide, "aa", [4, 5, 6, 7])
    own = texts(guide, "ga", [4, 5, 6, 7])
    assert len(own) == 4
    assert all(ours != theirs for ours, theirs in zip(own, base, strict=True))
    assert "financial inventory" in own[0]


def test_every_set_has_twelve_steps_with_theme_and_plain_line(guide: Guide) -> None:
    """And each says whether its wording was seen."""
    for own in guide.records("step_set"):
        steps = in_words_of(guide, own, ALL)
        assert [step["number"] for step in steps] == ALL
        assert all(step["text"] and step["plain"] and step["theme"] for step in steps)
        assert [step["number"] for step in steps if not step["verified"]] == sorted(own.get("not_seen", []))


def test_a_wording_that_was_not_seen_is_marked_in_every_format(guide: Guide, run: Callable[..., Any]) -> None:
    """The output says so."""
    unseen = [own for own in guide.records("step_set") if own.get("not_seen")]
    assert unseen
    for own in unseen:
        told = json.loads(run("steps", "--program", own["program"], "-f", "json").out)
        assert told["verified"] is False
        assert [step["number"] for step in told["steps"] if not step["verified"]] == sorted(own["not_seen"])
        assert "not verified" in run("steps", "--program", own["program"]).out.casefold()


def test_every_set_is_printed_with_its_credit(guide: Guide, run: Callable[..., Any]) -> None:
    """Wherever the words are quoted."""
    for own in guide.records("step_set"):
        shown = " ".join(run("steps", "1", "--program", own["program"]).out.split())
        assert " ".join(own["credit"].split()) in shown, own["program"]


def test_a_program_without_steps_says_so(guide: Guide) -> None:
    """And what to type instead."""
    with pytest.raises(NotFound) as caught:
        own_set(guide, guide.program("smart"))
    assert str(caught.value) == (
        "SMART Recovery has no wording of the twelve steps in the guide. "
        "Its page says what it works with: `recoverycli show smart`."
    )


def test_a_step_lists_the_wordings_that_differ(guide: Guide) -> None:
    """Each with the program it belongs to, and never the base."""
    base = guide.record("step", "1")["text"]
    found = wordings(guide, 1)
    assert guide.record("step_set", "na")["name"] in [name for name, _, _ in found]
    assert base not in [text for _, text, _ in found]

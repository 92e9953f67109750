"""Questions that choose between programs: lists of programs for a thing, and programs side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.choices import choice_passages
from recoverycli.facts import full_name
from recoverycli.search import search

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.guide import Guide


@pytest.fixture(scope="module")
def lists(guide: Guide) -> dict[str, dict[str, Any]]:
    """Every list of programs by its title."""
    found = [passage for _, passage in guide.lines.starting("passage/")]
    return {passage["title"]: passage for passage in found if passage["kind"] == "choice"}


def found(guide: Guide, question: str) -> list[dict[str, Any]]:
    """Return the passages that answer a question."""
    return [hit.passage for hit in search(guide, question).hits]


def test_a_list_names_those_it_is_made_for_those_close_to_them_and_the_wide_ones(
    lists: dict[str, dict[str, Any]],
) -> None:
    """A family is told apart from the person who uses in every list."""
    told = lists["Which programs are for gambling"]["text"]
    made, close, wide = told.partition(". For people close to them: ")[0], "Gam-Anon", "For this and other things too: "
    assert made == "Gamblers Anonymous (GA)"
    assert close not in made
    assert told.index(close) < told.index(wide) < told.index("SMART Recovery")


def test_a_list_for_families_names_their_own_programs_first(lists: dict[str, dict[str, Any]]) -> None:
    """Programs for the person who uses come after, where they take relatives too."""
    told = lists["Which programs are for families and friends"]["text"]
    assert told.startswith("Al-Anon Family Groups;")
    assert told.index("They may come too: ") > told.index("Gam-Anon")


def test_no_list_names_a_program_that_is_gone(guide: Guide, lists: dict[str, dict[str, Any]]) -> None:
    """An inactive program is in none of them; every other one is in some."""
    everything = " ".join(passage["text"] for passage in lists.values())
    for program in guide.records("program"):
        if program["status"]["value"] == "inactive":
            assert full_name(program) not in everything


def test_every_list_cites_its_facts_and_its_page_exists(
    lists: dict[str, dict[str, Any]], run: Callable[..., Any]
) -> None:
    """`recoverycli list` takes what a list says it takes."""
    assert len(lists) > 40
    assert [title for title, passage in lists.items() if not passage["sources"]] == []
    for page in {passage["id"] for passage in lists.values()}:
        assert run("list", *page.split(), "-f", "csv").code == 0, page


def test_a_name_that_rests_on_an_unproven_fact_is_marked(guide: Guide) -> None:
    """As everywhere else in the guide."""
    program = {**guide.program("ga"), "addresses": {**guide.program("ga")["addresses"], "unverified": True}}
    words = [{"facet": "topic", "value": "gambling", "label": "gambling", "words": []}]
    passage = next(choice_passages([program], words, ()))
    assert passage.text == "Gamblers Anonymous (GA) (not verified)."


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("which programs are not religious", "Which programs are not religious"),
        ("is there a group for people on methadone", "Which programs support medicine"),
        ("groups without sponsors", "Which programs have no sponsors"),
        ("my son uses heroin, is there a group for me", "Which programs are for families and friends"),
        ("que grupos hay para jugadores", "Which programs are for gambling"),
        ("what else is there besides the twelve steps", "Which programs have no twelve steps"),
    ],
)
def test_a_question_that_chooses_is_answered_with_a_list(guide: Guide, question: str, title: str) -> None:
    """Among the first three, by the vocabulary's words for the thing."""
    assert any(passage["title"].startswith(title) for passage in found(guide, question)[:3])


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("how is SMART different from AA", "smart aa"),
        ("AA or NA", "aa na"),
        ("difference between lifering and women for sobriety", "lifering wfs"),
        ("SMART vs the twelve steps", "smart aa"),
    ],
)
def test_programs_named_together_are_told_side_by_side(guide: Guide, question: str, ids: str) -> None:
    """First of all, with the sources of both."""
    first = found(guide, question)[0]
    assert (first["kind"], first["id"]) == ("comparison", ids)
    assert len(first["text"]) <= 600
    assert first["sources"]


def test_two_programs_named_without_comparing_are_not_compared(guide: Guide) -> None:
    """Only a question that asks how they differ, or asks nothing else, gets the comparison."""
    assert all(passage["kind"] != "comparison" for passage in found(guide, "courts AA NA"))
    assert found(guide, "S-Anon and COSA")[0]["kind"] == "comparison"


@pytest.mark.parametrize(
    ("question", "danger"),
    [
        ("client texted i dont want to live anymore", "suicide"),
        ("he turned blue and is not breathing", "overdose"),
    ],
)
def test_a_danger_in_a_question_is_answered_before_all_else(guide: Guide, question: str, danger: str) -> None:
    """The passages on the danger come first."""
    first = found(guide, question)[0]
    assert (first["kind"], first["id"]) == ("danger", danger)

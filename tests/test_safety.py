"""Danger words bring their box before anything else; words that only sound so do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.danger import dangers_in
from recoverycli.needs import understand
from recoverycli.phrases import forms_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.guide import Guide

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module")
def words(guide: Guide) -> Pairs:
    """Every danger word of the data with its danger."""
    listed = [(entry["danger"], line) for entry in guide.records("danger_words") for line in entry["words"]]
    return [(danger, word) for danger, line in listed for word in forms_of(line)]


@pytest.mark.parametrize("around", ["{}", "{}!", "He said: {} - today", "AND {} and more", "  {}\n"])
def test_every_danger_word_raises_its_danger(guide: Guide, words: Pairs, around: str) -> None:
    """Each of them, in any case, alone or inside a sentence."""
    silent = []
    for danger, word in words:
        text = around.format(word.rstrip("*").upper())
        if danger not in dangers_in(guide, text):
            silent.append((danger, word))
    assert len(words) > 1000
    assert silent == []


def test_every_danger_word_reaches_the_need_it_stands_in(guide: Guide, words: Pairs) -> None:
    """`match` raises what `search` and `show` raise."""
    needs = [(danger, word, understand(guide, word.rstrip("*")).dangers) for danger, word in words]
    assert [(danger, word) for danger, word, raised in needs if danger not in raised] == []


def test_a_word_with_a_star_stands_for_all_that_begin_so(guide: Guide, words: Pairs) -> None:
    """suicid*: suicide, suicidal."""
    endings = [(danger, word.rstrip("*") + "xyz") for danger, word in words if word.endswith("*")]
    assert endings
    assert [pair for pair in endings if pair[0] not in dangers_in(guide, f"he is {pair[1]} now")] == []


@pytest.mark.parametrize("text", ["he's hitting me again", "hes hitting me again", "he\u2019s hitting me again"])
def test_an_apostrophe_does_not_hide_a_danger(guide: Guide, text: str) -> None:
    """However "he is" is shortened."""
    assert "violence" in dangers_in(guide, text)


@pytest.mark.parametrize("text", ["my sister od'd", "he OD\u2019d twice", "she od'd and died"])
def test_a_short_word_for_an_overdose_is_one(guide: Guide, text: str) -> None:
    """And "odd hours" are none."""
    assert "overdose" in dangers_in(guide, text)
    assert dangers_in(guide, "needs meetings at odd hours") == []


def test_a_word_without_a_star_is_matched_whole(guide: Guide) -> None:
    """A part of a longer word is no danger."""
    assert dangers_in(guide, "a kmsx sosa of odds") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "which meetings are open to everyone",
        "she is sharing at her first meeting",
        "wants a killer app for meetings",
        "he has been sober for a year",
        "how long has a sponsor been sober",
        "clase de cocina para familias",
    ],
)
def test_ordinary_words_raise_nothing(guide: Guide, text: str) -> None:
    """A box on every page would be read by nobody."""
    assert dangers_in(guide, text) == []


def test_accents_and_apostrophes_do_not_hide_a_danger(guide: Guide) -> None:
    """As people type, and as telephones type."""
    assert "suicide" in dangers_in(guide, "Se quitó la vida")
    assert "suicide" in dangers_in(guide, "doesn\u2019t want to live")
    assert "suicide" in dangers_in(guide, "DOESN'T WANT TO LIVE")


def test_dangers_come_in_the_order_of_the_data(guide: Guide) -> None:
    """The gravest first, however they were typed."""
    order = guide.lines.get("dangers")
    raised = dangers_in(guide, "pregnant and drinking daily, seizure, not breathing, suicidal")
    assert len(raised) >= 3
    assert raised == sorted(raised, key=order.index)


def test_every_listed_danger_is_on_the_lists_of_needs(guide: Guide, listed: Callable[..., list[Any]]) -> None:
    """Every danger a list of needs wants is raised, and `safety: []` means none at all."""
    wrong = []
    for entry in [*listed("needs.yaml"), *listed("needs_held.yaml")]:
        raised = understand(guide, entry["need"]).dangers
        wanted = entry.get("safety")
        if wanted is not None and (not set(wanted) <= set(raised) or (not wanted and raised)):
            wrong.append((entry["need"], wanted, raised))
    assert wrong == []


# --- What a person sees -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        ("match", "wants to die, drinks every day"),
        ("search", "he wants to die"),
        ("show", "suicidal"),
    ],
)
def test_the_crisis_lines_come_before_everything_else(run: Callable[..., Any], call: tuple[str, ...]) -> None:
    """On the first lines under the title, in text."""
    out = run(*call).out
    assert "988" in "\n".join(out.splitlines()[:12])
    assert "DANGER" in "\n".join(out.splitlines()[:5])


def test_match_tells_scripts_the_danger(run: Callable[..., Any]) -> None:
    """With what to do and whom to call."""
    told = json.loads(run("match", "wants to die, drinks every day", "-f", "json").out)["safety"]
    assert told[0]["id"] == "suicide"
    assert any("988" in line for line in told[0]["lines"])
    assert told[0]["do"]


def test_stopping_at_once_brings_the_withdrawal_warning(run: Callable[..., Any]) -> None:
    """Never a suggestion to stop alcohol or benzodiazepines without medical care."""
    out = run("match", "drinks a fifth of vodka a day and will quit cold turkey tomorrow").out
    head, _, matches = out.partition("Understood:")
    assert "withdrawal" in head.casefold()
    assert "911" in head
    assert matches


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100))
def test_any_text_can_be_looked_at_for_dangers(guide: Guide, text: str) -> None:
    """No exception, and only dangers that have a page."""
    assert set(dangers_in(guide, text)) <= set(guide.ids("danger"))

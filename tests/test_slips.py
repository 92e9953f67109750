"""Slips of the pen: counted as rapidfuzz counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA  # noqa: TID253  what it is checked against

from recoverycli.slips import edits_between, nearest

WORDS = st.text("abc", max_size=7)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("alchol", "alcohol"), ("alcoholl", "alcohol"), ("alcohul", "alcohol"), ("aclohol", "alcohol")],
)
def test_each_kind_of_slip_is_one_edit(slip: str, meant: str) -> None:
    """A letter missing, too many, wrong, and two swapped."""
    assert edits_between(slip, meant) == 1
    assert nearest(slip, ["sponsor", meant, "alcove"], 1) == [meant]


def test_a_word_too_far_from_all_is_no_slip() -> None:
    """Two edits are more than one; nothing known gives nothing."""
    assert nearest("alchl", ["alcohol"], 1) == []
    assert nearest("alcohol", [], 2) == []


@given(WORDS, WORDS)
def test_edits_are_counted_as_rapidfuzz_counts_them(one: str, other: str) -> None:
    """Optimal string alignment, for any two words."""
    assert edits_between(one, other) == OSA.distance(one, other)


@given(WORDS, st.lists(WORDS, unique=True), st.integers(0, 3))
def test_the_nearest_words_are_those_of_the_least_distance(word: str, known: list[str], edits: int) -> None:
    """Skipping words early skips none that counts."""
    distances = {other: OSA.distance(word, other) for other in known}
    least = min(distances.values(), default=edits + 1)
    assert nearest(word, known, edits) == [o for o in known if distances[o] == least <= edits]

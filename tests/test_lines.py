"""The file a guide is kept in: every key is found, none is invented, however the lines fall."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from recoverycli.lines import Lines, to_lines

KEYS = st.text(st.characters(exclude_characters="\t\n", codec="utf-8"), min_size=1, max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def test_the_file_is_sorted_by_key_and_says_where_each_value_stands() -> None:
    """The whole file, as it stands on the disk."""
    text = to_lines([("b", {"é": 1}), ("a b", "\n"), ("a", [True, None])])
    keys, values = "a\t0\t12\na b\t12\t5\nb\t17\t9\n", '[true,null]\n"\\n"\n{"é":1}\n'
    assert text == f"{len(keys)}\n{keys}{values}".encode()


def test_a_key_is_found_whole_or_not_at_all() -> None:
    """The beginning of a key, a longer key and a key inside a value are no keys."""
    lines = Lines(BytesIO(to_lines([("name/aa", 1), ("name/aaa", 2), ("z", "name/ab")])))
    asked = ("name/aa", "name/aaa", "name/a", "name/aaaa", "name/ab", "", "zz")
    assert [lines.get(key) for key in asked] == [1, 2, None, None, None, None, None]


def test_a_prefix_gives_its_keys_in_order_without_it() -> None:
    """Neighbours before and after a prefix stay out."""
    lines = Lines(BytesIO(to_lines([("form/b", 2), ("form/a", 1), ("for", 0), ("forn", 9)])))
    assert list(lines.starting("form/")) == [("a", 1), ("b", 2)]
    assert lines.keys("form/") == ["a", "b"]


def test_an_empty_file_holds_nothing() -> None:
    """No key is found, no prefix has a key, nothing fails."""
    lines = Lines(BytesIO(b""))
    assert lines.get("a") is None
    assert list(lines.starting("")) == []


@given(st.dictionaries(KEYS, VALUES, max_size=40), KEYS)
@example({"a": "x", "aa": "y", "a/": "z"}, "a!")
def test_every_key_gives_back_its_value(entries: dict[str, Any], absent: str) -> None:
    """Any keys and values are read back as they were written; any other key gives nothing."""
    lines = Lines(BytesIO(to_lines(entries.items())))
    assert {key: lines.get(key) for key in entries} == entries
    assert absent in entries or lines.get(absent) is None


@given(st.dictionaries(KEYS, st.integers(), max_size=40), st.text("ab/", max_size=3))
def test_a_prefix_gives_exactly_its_keys(entries: dict[str, int], prefix: str) -> None:
    """Bisection finds the same entries as looking at every one."""
    found = Lines(BytesIO(to_lines(entries.items()))).starting(prefix)
    expected = {key[len(prefix) :]: value for key, value in entries.items() if key.startswith(prefix)}
    assert dict(found) == expected

"""A name leads to what was meant, to candidates, or to nothing: never elsewhere, never across the family line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recoverycli.errors import NotFound
from recoverycli.facets import is_for_families
from recoverycli.lookup import Found, find, find_program
from recoverycli.words import normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.guide import Guide

LETTERS = "abcdefghijklmnopqrstuvwxyz -"
CERTAIN = ("exact", "acronym")
SHOWN_AT_LEAST = {"misspelling": 119, "nickname": 49, "spanish": 27}
"""How many of names.yaml are shown at once; the others are listed as candidates."""


def shown(guide: Guide, typed: str) -> str | None:
    """Return the program shown for a name, None where nothing is."""
    try:
        return find_program(guide, typed).id
    except NotFound:
        return None


def refused(guide: Guide, typed: str, find_in: Callable[..., Found] = find_program) -> NotFound:
    """Return the refusal a name leads to."""
    with pytest.raises(NotFound) as caught:
        find_in(guide, typed)
    return caught.value


def wrong(entry: Any, got: str | None) -> bool:
    """Say whether what is shown is not what was wanted."""
    want = entry["want"]
    return got is not None and got not in ([want] if isinstance(want, str) else want or [])


# --- The list of names --------------------------------------------------------------------------------------------


def test_no_name_of_the_list_shows_a_wrong_program(guide: Guide, listed: Callable[..., list[Any]]) -> None:
    """Wanted, or nothing: traps, strangers' names and slips never show a program nobody meant."""
    results = [(entry["typed"], entry["want"], shown(guide, entry["typed"]), entry) for entry in listed("names.yaml")]
    assert [(typed, want, got) for typed, want, got, entry in results if wrong(entry, got)] == []


def test_every_name_of_the_list_shows_or_lists_its_program(guide: Guide, listed: Callable[..., list[Any]]) -> None:
    """A program that was meant is shown or among the candidates: all names as published, all but one of the others."""
    missed = []
    for entry in listed("names.yaml"):
        if not isinstance(entry["want"], str) or shown(guide, entry["typed"]) == entry["want"]:
            continue
        if entry["want"] not in refused(guide, entry["typed"]).suggestions:
            missed.append((entry["kind"], entry["typed"], entry["want"]))
    assert [name for name in missed if name[0] in CERTAIN] == []
    assert len(missed) <= 1, missed


def test_no_name_of_a_second_list_shows_a_wrong_program_and_few_show_none(
    guide: Guide, listed: Callable[..., list[Any]]
) -> None:
    """Of 160 names written by somebody who had not seen the guide, two that only sound alike are not found."""
    entries = listed("names_more.yaml")
    got = {entry["typed"]: shown(guide, entry["typed"]) for entry in entries}
    assert [entry["typed"] for entry in entries if wrong(entry, got[entry["typed"]])] == []
    meant = [entry for entry in entries if isinstance(entry["want"], str) and got[entry["typed"]] != entry["want"]]
    missed = [e["typed"] for e in meant if e["want"] not in refused(guide, e["typed"]).suggestions]
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(("typed", "want"), [("al annon meeting", "al-anon"), ("crystal meth group", "cma")])
def test_words_such_as_meeting_do_not_stand_between_a_slip_and_its_name(guide: Guide, typed: str, want: str) -> None:
    """They are left out where the rest is clear."""
    assert shown(guide, typed) == want


def test_a_word_that_begins_otherwise_is_no_slip(guide: Guide) -> None:
    """An anonymous letter is no clutter."""
    assert shown(guide, "anonymous letter") is None


def test_names_and_acronyms_as_published_are_shown_at_once(guide: Guide, listed: Callable[..., list[Any]]) -> None:
    """All but "Anonymous", which is half of many names, and so lists candidates."""
    entries = [entry for entry in listed("names.yaml") if entry["kind"] in CERTAIN]
    assert len(entries) == 126
    asked = [entry["typed"] for entry in entries if shown(guide, entry["typed"]) != entry["want"]]
    assert len(asked) <= 1, asked


@pytest.mark.parametrize("kind", SHOWN_AT_LEAST)
def test_slips_nicknames_and_spanish_names_are_shown_as_often_as_ever(
    guide: Guide, listed: Callable[..., list[Any]], kind: str
) -> None:
    """The share shown at once does not fall."""
    entries = [entry for entry in listed("names.yaml") if entry["kind"] == kind and entry["want"]]
    hits = Counter(shown(guide, entry["typed"]) == entry["want"] for entry in entries)
    assert hits[True] >= SHOWN_AT_LEAST[kind]


def test_every_program_answers_to_its_id_name_acronym_and_aliases(guide: Guide) -> None:
    """Whatever the data calls a program shows it, or, where two share the name, lists it or says so (MA)."""
    astray = []
    for program in guide.records("program"):
        for name in filter(None, (program["id"], program["name"], program["acronym"], *program["aliases"])):
            got = shown(guide, name)
            listed = got is None and program["id"] in refused(guide, name).suggestions
            if got != program["id"] and not listed and not _is_trap(guide, name):
                astray.append((name, program["id"], got))
    assert astray == []


def test_every_id_shows_its_own_program_without_a_remark(guide: Guide) -> None:
    """Ids are what scripts use: never a trap, a guess or a candidate."""
    found = [find_program(guide, key) for key in guide.ids("program")]
    assert [f.id for f in found] == guide.ids("program")


# --- What a person is told ----------------------------------------------------------------------------------------


def test_a_slip_shows_the_program_and_says_what_was_read(guide: Guide) -> None:
    """The correction is named, so that a wrong one is noticed."""
    found = find_program(guide, "lifring")
    assert found.id == "lifering"
    assert found.remark == "Showing LifeRing Secular Recovery (lifering) for 'lifring'."


def test_a_single_doubtful_candidate_is_offered_not_shown(guide: Guide) -> None:
    """The message does not speak of several things where there is one."""
    error = refused(guide, "gamblers anonimus")
    assert str(error) == "'gamblers anonimus' is not quite a name in the guide."
    assert error.lines == ["recoverycli show ga   Gamblers Anonymous"]


def test_a_name_as_published_has_no_remark(guide: Guide) -> None:
    """No noise where nothing was corrected."""
    assert find_program(guide, "SMART Recovery").remark == ""


def test_an_unknown_name_says_what_to_do(guide: Guide) -> None:
    """One line, with the two commands that lead on."""
    error = refused(guide, "xyzzyplugh")
    assert str(error) == (
        "Nothing in the guide is called 'xyzzyplugh'. Type `recoverycli list` for every program, "
        'or put your question in words: `recoverycli search "..."`.'
    )
    assert error.suggestions == []


def test_an_ambiguous_name_lists_both_with_the_family_one_marked(guide: Guide) -> None:
    """A counselor sees at once which is for whom."""
    error = refused(guide, "narc anon")
    assert str(error) == "'narc anon' could be several things."
    assert error.suggestions == ["na", "nar-anon"]
    assert error.lines == [
        "recoverycli show na   Narcotics Anonymous",
        "recoverycli show nar-anon   Nar-Anon Family Groups (for families and friends)",
    ]


def test_narconon_is_explained_not_corrected(guide: Guide) -> None:
    """It is no mutual-help program: the explanation names NA and Nar-Anon and shows neither."""
    error = refused(guide, "narconon")
    assert str(error) == "'narconon' is not a program in the guide."
    assert error.trap is not None
    assert error.trap["id"] == "narconon"
    assert error.suggestions == ["na", "nar-anon"]


def test_every_trap_explains_asks_or_says_what_else_it_could_be(guide: Guide) -> None:
    """No typed form of a trap shows a program silently; only an id stays what scripts know it as."""
    for trap in guide.records("trap"):
        for typed in trap["typed"]:
            if trap["action"] == "default" or typed in guide.ids("program"):
                assert find_program(guide, typed).remark == trap["text"], typed
            else:
                assert refused(guide, typed).trap == trap, typed


@pytest.mark.parametrize("typed", ["", "   ", "?!", "'", "\u200b"])
def test_nothing_to_look_up_is_said(guide: Guide, typed: str) -> None:
    """Blank or punctuation alone: no guess."""
    message = "Nothing to look up: give a name, such as `recoverycli show aa`."
    assert str(refused(guide, typed)) == message


@pytest.mark.parametrize("typed", ["xa", "qq", "zzz", "ab", "anonymous", "recovery", "women", "the family"])
def test_short_and_common_words_are_not_stretched_to_a_program(guide: Guide, typed: str) -> None:
    """Acronyms match exactly or not at all; words many names share tell nothing."""
    assert shown(guide, typed) is None


def test_a_long_name_is_cut_in_the_message(guide: Guide) -> None:
    """A whole page pasted by mistake does not fill the screen."""
    assert len(str(refused(guide, "qwzx " * 5000))) < 250


# --- Other things with names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "key"),
    [
        ("step 3", "step", "3"),
        ("third step", "step", "3"),
        ("Step Twelve", "step", "12"),
        ("serenity prayer", "reading", "serenity-prayer"),
        ("sponsor", "term", "sponsor"),
        ("the sponsors", "term", "sponsor"),
        ("open meeting", "meeting_type", "open"),
        ("AA meetings", "program", "aa"),
    ],
)
def test_steps_readings_words_and_meetings_are_found_by_name(guide: Guide, typed: str, kind: str, key: str) -> None:
    """`show` takes anything in the guide."""
    found = find(guide, typed)
    assert (found.kind, found.id) == (kind, key)


def test_only_the_kinds_asked_for_are_found(guide: Guide) -> None:
    """A glossary has no programs, and nothing near is offered in their place."""
    assert refused(guide, "aa", lambda g, typed: find(g, typed, ("meeting_type",))).suggestions == []


# --- Any text -----------------------------------------------------------------------------------------------------


def edited(name: str, place: int, letter: str, edit: str) -> str:
    """Return a name with one slip of the hand."""
    at = place % len(name)
    if edit == "drop":
        return name[:at] + name[at + 1 :]
    if edit == "double":
        return name[:at] + name[at] + name[at:]
    if edit == "swap":
        return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    return name[:at] + letter + name[at + (edit == "replace") :]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_one_slip_never_crosses_from_the_person_who_uses_to_the_family(guide: Guide, data: st.DataObject) -> None:
    """Any name of any program with one edit shows a program of the same side, or none.

    An edit that makes another program's own name (na → aa) is that name.
    """
    program = data.draw(st.sampled_from(guide.records("program")))
    name = data.draw(st.sampled_from([program["name"], program["id"], *program["aliases"]]))
    slip = edited(
        name,
        data.draw(st.integers(0, 60)),
        data.draw(st.sampled_from(LETTERS)),
        data.draw(st.sampled_from(["drop", "double", "swap", "replace", "insert"])),
    )
    got = shown(guide, slip)
    if got and not _is_a_name(guide, slip):
        assert is_for_families(guide.program(got)) == is_for_families(program), (name, slip, got)


def _is_a_name(guide: Guide, typed: str) -> bool:
    name = normalise(typed)
    return any(guide.named(form) for form in (name, name.replace(" ", ""))) or _is_trap(guide, typed)


def _is_trap(guide: Guide, typed: str) -> bool:
    name = normalise(typed)
    return any(guide.lines.get(f"typed/{form}") for form in (name, name.replace(" ", "")))


@pytest.mark.parametrize(
    ("typed", "user", "family"),
    [
        ("SMART Recotvery", "smart", "smart-family"),
        ("smart recovery familly", "smart", "smart-family"),
        ("Pills Anonymotus", "pa", "families-anonymous"),
        ("famlies-anonymous", "ga", "families-anonymous"),
    ],
)
def test_a_name_near_both_sides_is_asked_about(guide: Guide, typed: str, user: str, family: str) -> None:
    """However much nearer one of them is, both are offered and the family one is marked."""
    error = refused(guide, typed)
    assert {user, family} <= set(error.suggestions)
    marked = [line for line in error.lines if line.endswith("(for families and friends)")]
    assert [line.split()[2] for line in marked] == [family]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
@example("\x00\x1b[31m")
@example("ａａ")
@example("𝔸𝔸 Anonymous")
@example("a" * 100_000)
def test_any_text_finds_something_or_says_not_found(guide: Guide, typed: str) -> None:
    """No other exception, and the same text gives the same answer."""
    answers = []
    for _ in range(2):
        try:
            found = find(guide, typed)
            answers.append((found.kind, found.id, found.remark))
        except NotFound as error:
            answers.append((str(error), *error.lines))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  A.A. ", "aa"),
        ("Al-Anon", "al anon"),
        ("Alcohólicos Anónimos", "alcoholicos anonimos"),
        ("Women's Group", "women group"),
        ("Women\u2019s", "women"),
        ("don't", "dont"),
        ("Straße", "strasse"),
        ("--", ""),
    ],
)
def test_names_are_compared_without_marks_case_and_dots(typed: str, plain: str) -> None:
    """What people leave out or add does not matter."""
    assert normalise(typed) == plain


@given(st.text(max_size=60))
def test_comparing_twice_changes_nothing(text: str) -> None:
    """A normalised name is its own normal form."""
    once = normalise(text)
    assert normalise(once) == once

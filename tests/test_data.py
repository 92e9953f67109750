"""The real data: every rule holds, every promised id is there, every fact has a source and every figure a year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.build import SECTIONS, compile_guide, read_data
from recoverycli.check import check_folder
from recoverycli.checks.wording import FINGERPRINTS
from recoverycli.facts import figure, source_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.guide import Guide

SEEDED = """aa na ca cma ha ma nica pa dra dtr ga aca al-anon alateen nar-anon smart wfs lifering sos mm
celebrate-recovery jacs millati-islami recovery-dharma refuge-recovery all-recovery in-the-rooms""".split()
BEYOND = """mara secular-aa smart-family families-anonymous gam-anon co-anon dda oa coda hams she-recovers wellbriety
phoenix ypr""".split()
LINES = ("911", "988", "1-800-662-4357", "1-800-222-1222")
YEAR = re.compile(r"\b(1[89]|20)\d\d\b")


def facts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping inside a record that states something: it has words or a value of its own."""
    if isinstance(value, dict):
        if "text" in value and "sources" in value:
            yield value
        for inner in value.values():
            yield from facts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from facts(inner)


def test_the_data_breaks_no_rule(data_folder: Path) -> None:
    """`recoverycli check` finds nothing: sources, years, reading level, names, references."""
    assert [str(problem) for problem in check_folder(data_folder)] == []


def test_the_promised_ids_are_there(guide: Guide) -> None:
    """Scripts may rely on these for ever."""
    missing = [key for key in SEEDED + BEYOND if not guide.record("program", key)]
    assert missing == []


def test_the_seed_documents_are_kept_as_fingerprints(data_folder: Path) -> None:
    """Without them no copied sentence would be found."""
    prints = (data_folder / FINGERPRINTS).read_text("utf-8").split()
    assert len(prints) > 8_000
    assert all(re.fullmatch("[0-9a-f]{12}", one) for one in prints)


def test_building_twice_gives_the_same_bytes(data_folder: Path) -> None:
    """A built guide can be compared and signed."""
    assert compile_guide(read_data(data_folder)) == compile_guide(read_data(data_folder))


def test_every_record_of_the_data_is_in_the_built_guide(guide: Guide, data_folder: Path) -> None:
    """Nothing is lost between the YAML and what is asked."""
    counts = {kind: len(records) for kind, records in read_data(data_folder).items()}
    assert {section.kind: len(guide.records(section.kind)) for section in SECTIONS} == counts
    assert all(record is not None for section in SECTIONS for record in guide.records(section.kind))


# --- Facts --------------------------------------------------------------------------------------------------------


def test_every_program_has_a_source(guide: Guide) -> None:
    """And each is a citation in the guide."""
    known = set(guide.ids("source"))
    for program in guide.records("program"):
        assert program["sources"], program["id"]
        assert known.issuperset(source_ids(program)), program["id"]


def test_a_fact_without_a_source_says_that_it_is_unknown(guide: Guide) -> None:
    """Unknown is a value, and never shown as no."""
    silent = [
        (program["id"], fact["text"])
        for program in guide.records("program")
        for fact in facts(program)
        if not fact["sources"] and fact["text"] != "Unknown: no source read for this guide says."
    ]
    assert silent == []


def test_every_fact_of_a_program_has_a_year(guide: Guide) -> None:
    """Its own, or that of its newest source."""
    undated = [
        (program["id"], fact["text"])
        for program in guide.records("program")
        for fact in facts(program)
        if fact["sources"] and not isinstance(fact.get("year"), int)
    ]
    assert undated == []


def test_every_count_is_said_with_its_year(guide: Guide) -> None:
    """In the very words a person reads."""
    said = [figure(size) for program in guide.records("program") for size in program["size"]]
    assert len(said) > 20
    assert [words for words in said if not YEAR.search(words)] == []


def test_every_phone_number_was_seen_on_an_official_page(guide: Guide) -> None:
    """A wrong number can cost a life."""
    phones = [phone for program in guide.records("program") for phone in program["phones"]]
    trust = [{guide.source(key)["trust"] for key in phone["sources"]} for phone in phones]
    assert phones
    assert all(kinds & {"official", "government"} for kinds in trust)


def test_inactive_programs_say_why(guide: Guide) -> None:
    """`list --status all` shows the reason."""
    statuses = [program["status"] for program in guide.records("program")]
    gone = [status for status in statuses if status["value"] in ("inactive", "uncertain")]
    assert gone
    assert all(len(status["text"]) > 20 and status["sources"] for status in gone)


# --- The rest of the guide ----------------------------------------------------------------------------------------


def test_na_changes_the_words_that_na_changed(guide: Guide) -> None:
    """Its own words in three steps, the base elsewhere: addiction, addicts, we."""
    changes = guide.record("step_set", "na")["changes"]
    assert changes["1"].startswith("We admitted that we were powerless over our addiction")
    assert "addicts" in changes["12"]


def test_every_step_set_has_its_credit_line(guide: Guide) -> None:
    """Quoted words are credited wherever they are printed."""
    assert [own["program"] for own in guide.records("step_set") if not own["credit"].strip()] == []


@pytest.mark.parametrize("contact", LINES)
def test_the_numbers_that_save_lives_are_there(guide: Guide, contact: str) -> None:
    """Emergency, the crisis line, SAMHSA's helpline, Poison Help."""
    told = " ".join(line["contact"] for line in guide.records("crisis_line"))
    assert contact in re.sub(r"[ ()]+", "-", told).replace("--", "-")


@pytest.mark.parametrize(
    "danger", ["suicide", "overdose", "alcohol-withdrawal", "benzodiazepine-withdrawal", "pregnancy"]
)
def test_each_great_danger_says_what_to_do_and_whom_to_call(guide: Guide, danger: str) -> None:
    """And has the words that bring it."""
    record = guide.record("danger", danger)
    assert record["do"]
    assert record["lines"]
    assert guide.record("danger_words", danger)["words"]


def test_the_attendance_study_has_its_figures(guide: Guide) -> None:
    """The figures counselors quote, with the warning that people chose for themselves."""
    studies = [study for study in guide.records("study") if "attendance" in [*study["about"], *study["aliases"]]]
    wanted = {21.4, 42.7, 61.1}
    found = [study for study in studies if wanted <= {result.get("percent") for result in study["figures"]}]
    assert len(found) == 1
    assert "chose" in found[0]["warning"]

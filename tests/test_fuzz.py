"""The checker against thousands of ways to break the real data: it never fails, and never passes what breaks form.

What must be found, wherever in the data it happens: a field twice; a field the model does not know; a needed field
gone; a value of another type, or outside the words allowed; an unquoted yes, no, date or nothing where words stand; an
anchor or an alias; a source there is none of; an id twice; bytes that are no UTF-8 or no text. And for random damage:
whatever PyYAML cannot load, or msgspec cannot fit into the model, the checker has reported.

RECOVERYCLI_FUZZ=N runs N cases of each kind instead of the usual number.
"""

from __future__ import annotations

import datetime
import os
import random
import re
import tempfile
import typing
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec  # noqa: TID253  what it is checked against
import pytest
import yaml  # noqa: TID253
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from recoverycli import build, check, local, model
from recoverycli.checks.clinic import check_local
from recoverycli.guide import EXAMPLE, data_folder, open_guide
from recoverycli.lines import Lines
from recoverycli.yamlread import Place, read_yaml

LONGER = int(os.environ.get("RECOVERYCLI_FUZZ", "0"))
CHOSEN = ("lifering", "hams")
FEW = 2
"""Entries taken of each list: small enough that a case takes milliseconds."""


def cases(usual: int) -> settings:
    return settings(max_examples=LONGER or usual, deadline=None, database=None, suppress_health_check=list(HealthCheck))


# Small copies of the real files


@cache
def small() -> dict[str, str]:
    """Return each data file with the first entries of its lists, and the sources these cite."""
    files = {section.file for section in build.SECTIONS}
    raw = {file: (data_folder() / file).read_text("utf-8") for file in files}
    cut = {
        file: _first(text, file, lambda key, record, n: n < FEW if key != "programs" else record["id"] in CHOSEN)
        for file, text in raw.items()
    }
    listed = "\n".join(text for file, text in cut.items() if file != "sources.yaml")
    cited = set(re.findall(r"[a-z0-9-]+", " ".join(re.findall(r"sources:\s*(\[[^]]*]|(?:\n\s*- \S+)+)", listed))))
    cut["sources.yaml"] = _first(raw["sources.yaml"], "sources.yaml", lambda _key, record, _n: record["id"] in cited)
    return cut


def _first(text: str, file: str, wanted: Any) -> str:
    """Return the lines of a file without the entries that are not wanted."""
    reading = read_yaml(text.encode(), file)
    lines = text.splitlines(keepends=True)
    starts = {line for place, line in reading.lines.items() if len(place) == 2}
    starts |= {number for number, line in enumerate(lines, 1) if re.match(r"\w+:", line)} | {len(lines) + 1}
    for key, entries in reversed(reading.value.items()):
        for number in range(len(entries) - 1, -1, -1):
            if not wanted(key, entries[number], number) and key != "steps":
                begin = reading.lines[key, number]
                del lines[begin - 1 : min(line for line in starts if line > begin) - 1]
    return "".join(lines)


def problems_of(changed: dict[str, bytes]) -> list[check.Problem]:
    """Return what the checker says of the small files with some of them changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in small().items():
            (folder / file).write_bytes(changed.get(file, text.encode()))
        return check.check_folder(folder)


@cache
def known() -> frozenset[tuple[str, str]]:
    """Return what the checker says of the small files as they are: ids that point to entries left out."""
    return frozenset((problem.file, problem.message) for problem in problems_of({}))


def new_problems(changed: dict[str, bytes]) -> list[check.Problem]:
    problems = problems_of(changed)
    for problem in problems:
        raw = changed.get(problem.file, small()[problem.file].encode())
        assert 0 <= problem.line <= raw.count(b"\n") + 2
        assert str(problem).isprintable()
    return [problem for problem in problems if (problem.file, problem.message) not in known()]


def test_the_small_files_are_like_the_real_ones() -> None:
    assert len(small()) == len({section.file for section in build.SECTIONS})
    assert not [message for _, message in known() if "field" in message or "must be" in message]
    for section in build.SECTIONS:
        assert len(yaml.safe_load(small()[section.file])[section.key]) >= FEW, section.key


class Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's loader without the numbers nobody means: 7:30 as 450, 010 as 8, 1_000. A clinic writes times."""


_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
Plain.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag not in _NUMBERS]
    for first, rules in Plain.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver(_NUMBERS[0], re.compile(r"[-+]?(0|[1-9][0-9]{0,14})$"), list("-+0123456789"))
Plain.add_implicit_resolver(_NUMBERS[1], re.compile(r"[-+]?[0-9]{1,7}\.[0-9]{1,7}$"), list("-+0123456789"))


# Changes that must be found


class Spot(typing.NamedTuple):
    """A value in a small file: where it is, its shape in the model, and the record it is a field of."""

    file: str
    place: Place
    shape: Any
    needed: bool


@cache
def spots() -> list[Spot]:
    found = []
    for section in build.SECTIONS:
        value = read_yaml(small()[section.file].encode(), section.file).value
        for number, record in enumerate(value[section.key]):
            found += list(_spots(section.file, (section.key, number), record, section.shape))
    return found


def _spots(file: str, place: Place, value: Any, shape: Any) -> typing.Iterator[Spot]:
    if typing.is_typeddict(shape) and isinstance(value, dict):
        hints = typing.get_type_hints(shape, include_extras=True)
        bare = typing.get_type_hints(shape)
        for field, inner in value.items():
            needed = typing.get_origin(hints[field]) is not typing.NotRequired
            yield Spot(file, (*place, field), bare[field], needed)
            yield from _spots(file, (*place, field), inner, bare[field])
    elif typing.get_origin(shape) is list and isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _spots(file, (*place, number), inner, typing.get_args(shape)[0])


def changed_at(spot: Spot, change: Any) -> dict[str, bytes]:
    """Return the small files with `change` made to the mapping a spot is in, written again as YAML."""
    typed = read_yaml(small()[spot.file].encode(), spot.file).value
    owner = typed
    for part in spot.place[:-1]:
        owner = owner[part]
    change(owner, spot.place[-1])
    text = yaml.dump(typed, Dumper=Quoting, allow_unicode=True, sort_keys=False, width=1000)
    for mark, instead in MARKS.items():
        text = text.replace(mark, instead)
    return {spot.file: text.encode()}


class Quoting(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes words in quotes, so that nothing is read as something else by accident."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
MARKS = {
    f'"<<{plain}>>"': plain
    for plain in ("no", "yes", "on", "2026-01-02", "null", "~", "", "&a x", "*a", "!!python/name:os.system x")
}
BREAKS: dict[str, Any] = {
    "words": "words that are not allowed here",
    "number": 12345,
    "decimal": 1.5,
    "truth": True,
    "list": ["a"],
    "lists": [["a"]],
    "mapping": {"a": "b"},
    "none": None,
    "blank": "   ",
}


def fits(value: Any, shape: Any) -> bool:
    """Say whether a value is one the model takes: those changes are no mistake."""
    if value == "   ":
        return shape is not str
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return False
    return True


def test_small_files_written_again_say_the_same() -> None:
    spot = spots()[0]
    assert new_problems(changed_at(spot, lambda owner, field: None)) == []


@seed(1)
@cases(500)
@given(st.data())
def test_a_value_of_another_kind_is_found(data: st.DataObject) -> None:
    spot = data.draw(st.sampled_from(spots()))
    broken = BREAKS[data.draw(st.sampled_from(sorted(BREAKS)))]
    if fits(broken, spot.shape):
        return
    assert new_problems(changed_at(spot, lambda owner, field: owner.update({field: broken}))), (spot, broken)


@seed(2)
@cases(300)
@given(st.data())
def test_what_yaml_reads_otherwise_is_found(data: st.DataObject) -> None:
    spot = data.draw(st.sampled_from(spots()))
    mark = data.draw(st.sampled_from(sorted(MARKS))).strip('"')
    assert new_problems(changed_at(spot, lambda owner, field: owner.update({field: mark}))), (spot, mark)


@seed(3)
@cases(400)
@given(st.data())
def test_a_needed_field_that_is_gone_and_an_unknown_one_are_found(data: st.DataObject) -> None:
    spot = data.draw(st.sampled_from(spots()))
    if spot.needed and data.draw(st.booleans()):
        assert new_problems(changed_at(spot, lambda owner, field: owner.pop(field))), spot
    else:
        assert new_problems(changed_at(spot, lambda owner, field: owner.update({f"{field}s_": "new"}))), spot


@seed(4)
@cases(150)
@given(st.data())
def test_a_field_twice_is_found(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(small())))
    lines = small()[file].splitlines(keepends=True)
    single = [
        n
        for n, line in enumerate(lines)
        if re.match(r"\s+(- )?\w+: [^|>&*{\[\"'][^:#]*$", line)
        and (n + 1 == len(lines) or _indent(lines[n + 1]) <= _indent(line))
    ]
    number = data.draw(st.sampled_from(single))
    line = lines[number].replace("- ", "  ", 1) if lines[number].lstrip().startswith("- ") else lines[number]
    lines.insert(number + 1, line)
    assert new_problems({file: "".join(lines).encode()}), lines[number]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


@seed(5)
@cases(100)
@given(st.data())
def test_an_unknown_source_and_an_id_twice_are_found(data: st.DataObject) -> None:
    cited = [spot for spot in spots() if spot.place[-1] == "sources"]
    spot = data.draw(st.sampled_from(cited))
    assert new_problems(changed_at(spot, lambda owner, field: owner.update({field: ["no-such-source"]}))), spot
    assert new_problems(changed_at(spot, lambda owner, field: owner.update({field: []}))) or len(spot.place) == 3, spot
    ids = [spot for spot in spots() if spot.place[-1] == "id" and len(spot.place) == 3]
    spot = data.draw(st.sampled_from([s for s in ids if s.place[1] == 1]))
    first = read_yaml(small()[spot.file].encode(), spot.file).value[spot.place[0]][0]["id"]
    assert new_problems(changed_at(spot, lambda owner, field: owner.update({field: first}))), spot


@seed(6)
@cases(200)
@given(st.data())
def test_bytes_that_are_no_text_are_found(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(small())))
    raw = small()[file].encode()
    at = data.draw(st.integers(0, len(raw)))
    bad = data.draw(st.sampled_from([b"\0", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\x01", b"\x1b", b"\x7f"]))
    assert new_problems({file: raw[:at] + bad + raw[at:]}), (file, at, bad)


# Random damage


TOKENS = (
    "- ",
    ": ",
    "  ",
    "\t",
    "\n",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!set ",
    "|",
    ">",
    "#",
    "%",
    "? ",
    "---\n",
    "...\n",
    "unknown",
    "no",
    "1",
    "-",
    "é",
    "\u2028",
    "\ufeff",
    "<<: ",
    "9" * 30,
    "programs:",
    "sources: []",
    "null",
    ",",
)


def damaged(text: str, dice: random.Random) -> bytes:
    """Return text with one to four changes: lines gone, doubled, moved; tokens put in; letters and bits flipped."""
    lines = text.splitlines(keepends=True)
    for _ in range(dice.randint(1, 4)):
        here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(8):
            case 0:
                del lines[here : here + dice.randint(1, 3)]
            case 1:
                lines.insert(there, lines[here])
            case 2:
                lines[here], lines[there] = lines[there], lines[here]
            case 3:
                lines[here] = " " * dice.randint(0, 9) + lines[here].lstrip()
            case 4:
                at = dice.randint(0, len(lines[here]))
                lines[here] = lines[here][:at] + dice.choice(TOKENS) + lines[here][at:]
            case 5:
                key, colon, _ = lines[here].partition(":")
                lines[here] = f"{key}{colon} {dice.choice(TOKENS)}\n"
            case 6:
                begin = dice.randrange(len(lines[here]))
                lines[here] = lines[here][:begin] + lines[here][begin + dice.randint(1, 5) :]
            case _:
                lines[here] = lines[here].replace(dice.choice("abcdefgh:'- "), dice.choice("xyz:'-\n "), 1)
        lines = "".join(lines).splitlines(keepends=True) or ["\n"]
    raw = bytearray("".join(lines).encode())
    if dice.random() < 0.1 and raw:
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return bytes(raw)


def breaks_form(file: str, raw: bytes) -> str:
    """Return why others cannot read a file as the model: PyYAML, which knows nothing of the program, and msgspec."""
    try:
        value = yaml.load(raw.decode("utf-8-sig"), Loader=Plain)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        return f"PyYAML: {error}"
    for section in build.SECTIONS:
        if section.file == file:
            try:
                msgspec.convert(
                    [_spelled(r, section.shape) for r in (value or {}).get(section.key, ())], list[section.shape]
                )  # type: ignore[name-defined]
            except (msgspec.ValidationError, AttributeError, TypeError) as error:
                return f"msgspec: {error}"
    return ""


def _spelled(record: Any, shape: Any) -> Any:
    """Return a record with the facts written `unknown` spelled out, as the guide does when it is built."""
    hints = typing.get_type_hints(shape)
    if not isinstance(record, dict):
        return record
    return {
        f: build.unknown_fact(hints[f])
        if v == "unknown" and f in hints and typing.is_typeddict(hints[f]) and "text" in typing.get_type_hints(hints[f])
        else v
        for f, v in record.items()
    }


@seed(7)
@cases(700)
@given(st.integers(0, 2**64))
def test_damage_never_stops_the_checker_and_never_passes_unseen(number: int) -> None:
    dice = random.Random(number)
    file = dice.choice(sorted(small()))
    raw = damaged(small()[file], dice)
    found = new_problems({file: raw})
    why = breaks_form(file, raw)
    assert found or not why, why
    if not found:
        with tempfile.TemporaryDirectory() as name:
            for other, text in small().items():
                (Path(name) / other).write_bytes(raw if other == file else text.encode())
            if not build.load(Path(name)).problems:
                assert Lines(BytesIO(build.compile_guide(build.read_data(Path(name))))).get("order/program")


# A clinic's file


@seed(8)
@cases(1200)
@given(st.integers(0, 2**64))
def test_damage_to_a_clinics_file_never_stops_a_call(number: int) -> None:
    dice = random.Random(number)
    text = re.sub(r"\s+#.*", "", EXAMPLE.read_text("utf-8"))
    raw = damaged(text, dice)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "clinic.yaml"
        path.write_bytes(raw)
        problems = check_local(local.read_clinic_file(path), "clinic.yaml", lines())
        added = local.read_additions([path], lines())
    assert bool(added.warnings) == bool(problems)
    try:
        value = yaml.load(raw.decode("utf-8-sig"), Loader=Plain)
        msgspec.convert(value, model.ClinicFile)
    except (yaml.YAMLError, ValueError, msgspec.ValidationError) as error:
        assert problems, error  # noqa: PT017
    if not problems:
        from recoverycli.facets import facets_of
        from recoverycli.guide import Guide
        from recoverycli.match import find_matches
        from recoverycli.pages.handouts import Look, program_sheet
        from recoverycli.pages.programs import listing, program_page
        from recoverycli.render import text as plain
        from recoverycli.search import search

        guide = Guide(lines(), added)
        for key in (*added.programs, *added.notes):
            assert plain.render(program_page(guide, guide.program(key), cite=True))
            assert plain.render(program_sheet(guide, guide.program(key), Look()).document)
        assert plain.render(listing([facets_of(program) for program in guide.records("program")], why=True))
        find_matches(guide, "alcohol, not religious, online")
        search(guide, "friday supper")


@cache
def lines() -> Lines:
    return open_guide().lines


@seed(9)
@cases(1000)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    reading = read_yaml(raw, "clinic.yaml")
    assert all(str(problem).isprintable() for problem in reading.problems)
    problems = check_local(reading, "clinic.yaml", lines())
    assert problems
    for problem in problems:
        assert (
            0
            <= problem.line
            <= raw.count(b"\n") + raw.count(b"\r") + raw.count(b"\xe2\x80") + raw.count(b"\xc2\x85") + 2
        )


LEAF = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(datetime.date(2026, 1, 1))
)
KEYS = st.text(max_size=8) | st.sampled_from(["id", "name", "programs", "local", "aa"])


def _holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return values that may hold such values."""
    return inner | st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)


NESTED = _holding(_holding(_holding(LEAF)))


@seed(10)
@cases(700)
@given(st.dictionaries(st.sampled_from(["programs", "local", "x"]), NESTED, max_size=3))
def test_any_values_are_read_or_refused(value: Any) -> None:
    raw = yaml.safe_dump(value, allow_unicode=True).encode("utf-8", "surrogatepass")
    problems = check_local(read_yaml(raw, "clinic.yaml"), "clinic.yaml", lines())
    if not problems:
        assert value
        assert set(value) <= {"programs", "local"}
        assert msgspec.convert(value, model.ClinicFile) == value


def test_ways_to_break_are_many_enough() -> None:
    assert len(spots()) > 500
    assert len({spot.place[-1] for spot in spots()}) > 80


if LONGER:
    pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")

"""All rules over the guide's YAML and over a clinic's own file: every problem at once, with file and line."""

from __future__ import annotations

import datetime
import hashlib
import re
import typing
from collections import Counter
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli import build, lookup, model
from recoverycli.readability import grade, passages
from recoverycli.words import normalise
from recoverycli.yamlread import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from recoverycli.lines import Lines
    from recoverycli.yamlread import Place, Reading

PAGE_GRADE, HANDOUT_GRADE = 9.0, 7.0
HANDOUT_FIELDS = frozenset(
    """summary addresses audience requirement goal spiritual sponsor crosstalk meeting formats cost find_meetings
    medication cautions next_step""".split()
)
RUN = 8
"""So many words in a row found in a seed document make a copied sentence."""
FINGERPRINTS = "seeds.sha256"
OUR_WORDS = frozenset({"text", "claim", "limits", "warning", "design", "plain", "signs", "do"})
PHONE = re.compile(r"\+?[0-9][0-9A-Z() .-]{1,24}$")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
FIRST_YEAR, LAST_YEAR = 1800, 2100
CLINIC_PROBLEMS = 100
"""So many are named at once; a file with more of them is not a clinic's file."""
LONGEST_NAME, LONGEST_TEXT = 80, 600
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
STOPPING = re.compile(
    r"\b(stop|quit|come off|get off|drop|throw away)\b (taking )?(your|the|all|any|his|her|their) "
    r"(medicine|medication|meds|methadone|suboxone|buprenorphine|benzos?|pills)\b",
    re.IGNORECASE,
)
CARE = re.compile(r"\b(never|not|don't|doesn't|no one|without|before|nobody|can kill|danger)\b", re.IGNORECASE)


class Entry(NamedTuple):
    """A record, where it stands, and what a problem with it is called."""

    section: build.Section
    record: Any
    place: Place
    name: str


class Checker:
    """Collects problems with their lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded = build.load(folder)
        self.problems: list[Problem] = list(self.loaded.problems)
        self.entries = list(self._entries())
        self.sources = {e.record["id"]: e.record for e in self.of("source") if isinstance(e.record.get("id"), str)}

    def _entries(self) -> Iterator[Entry]:
        for section in build.SECTIONS:
            reading = self.loaded.readings.get(section.file)
            found = reading.value.get(section.key) if reading and isinstance(reading.value, dict) else None
            if found is not None and not isinstance(found, list):
                self.say(section.file, (section.key,), f"{section.key} must be a list: begin each entry with '- '")
            for position, record in enumerate(found if isinstance(found, list) else ()):
                place = (section.key, position)
                if isinstance(record, dict):
                    yield Entry(section, record, place, build.record_id_or(section.kind, record, str(position + 1)))
                else:
                    self.say(section.file, place, "an entry must have fields: 'name: value' lines")

    def of(self, *kinds: str) -> list[Entry]:
        """Return the entries of these kinds."""
        return [entry for entry in self.entries if entry.section.kind in kinds]

    def say(self, file: str, place: Place, message: str) -> None:
        """Note a problem at the nearest place that has a line."""
        reading = self.loaded.readings.get(file)
        lines = reading.lines if reading else {}
        while place and place not in lines:
            place = place[:-1]
        self.problems.append(Problem(file, lines.get(place, 0), message))

    def at(self, entry: Entry, place: Place, message: str) -> None:
        """Note a problem inside an entry."""
        where = ".".join(str(part) for part in place if isinstance(part, str))
        label = f"{entry.name}: {where}: " if where else f"{entry.name}: "
        self.say(entry.section.file, (*entry.place, *place), label + message)


def check_folder(folder: Path, stale_days: int | None = None) -> list[Problem]:
    """Return every problem of the guide's data in `folder`, in the order of files and lines.

    stale_days: also name entries reviewed longer ago than this.
    """
    checker = Checker(folder)
    broken = any(reading.value is None for reading in checker.loaded.readings.values())
    before = len(checker.problems)
    _shape(checker)
    for rule in () if broken or checker.loaded.unread else RULES[1:]:
        try:
            rule(checker)
        except (TypeError, ValueError, AttributeError, LookupError):
            # A record of the wrong form can stop a rule: what is wrong with it is named already.
            if len(checker.problems) == before:
                raise
    if stale_days is not None:
        _stale(checker, stale_days)
    return sorted(set(checker.problems), key=lambda p: (p.file, p.line, p.message))


# --- Form ---------------------------------------------------------------------------------------------------------


def _shape(checker: Checker) -> None:
    """Unknown and missing fields, wrong types, words that are not among the allowed ones."""
    for entry in checker.entries:
        for place, message in faults(entry.record, entry.section.shape):
            checker.at(entry, place, message)
    known: dict[str, set[str]] = {section.file: set() for section in build.SECTIONS}
    for section in build.SECTIONS:
        known[section.file].add(section.key)
    for file, reading in checker.loaded.readings.items():
        for key in reading.value if isinstance(reading.value, dict) else ():
            if key not in known[file]:
                checker.say(file, (key,), f"unknown list '{key}': known here are {', '.join(sorted(known[file]))}")


def faults(value: Any, shape: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield each place in `value` that does not have the `shape` of model.py, with what to do."""
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if typing.is_typeddict(shape):
        yield from _field_faults(value, shape, place)
    elif origin is list:
        if not isinstance(value, list):
            yield place, "must be a list: [one, two], or lines that begin with '- '"
            return
        for position, item in enumerate(value):
            yield from faults(item, arguments[0], (*place, position))
    elif origin is dict:
        if not isinstance(value, dict):
            yield place, "must have 'name: value' lines"
            return
        for key, item in value.items():
            yield from faults(key, arguments[0], place)
            yield from faults(item, arguments[1], (*place, key))
    else:
        message = _leaf_fault(value, shape)
        if message:
            yield place, message


def _field_faults(value: Any, shape: Any, place: Place) -> Iterator[tuple[Place, str]]:
    fields, needed = _fields(shape)
    # Only a field of a record is completed when the guide is built; deeper down the word would stay a word.
    if value == build.UNKNOWN and "text" in fields and len(place) == 1:
        return
    if not isinstance(value, dict):
        yield place, f"must have fields ({', '.join(list(fields)[:4])} ...), not only {value!r:.40}"
        return
    for field, item in value.items():
        if field in fields:
            yield from faults(item, fields[field], (*place, field))
        else:
            near = _near(str(field), fields)
            yield (*place, field), f"unknown field{near}"
    for field in sorted(needed - set(value)):
        yield place, f"the field '{field}' is missing: give it" + _or_unknown(field, fields[field])


def _or_unknown(field: str, shape: Any) -> str:
    """Return the advice to write unknown, for the fields that take it."""
    fact = typing.is_typeddict(shape) and "text" in typing.get_type_hints(shape)
    return f", or write {field}: unknown" if fact or build.UNKNOWN in typing.get_args(shape) else ""


@cache
def _fields(shape: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the fields of a record with their shapes, and which of them it must have."""
    marked = typing.get_type_hints(shape, include_extras=True)
    needed = frozenset(name for name, kind in marked.items() if typing.get_origin(kind) is not typing.NotRequired)
    return typing.get_type_hints(shape), needed


def _near(word: str, known: typing.Iterable[str]) -> str:
    from rapidfuzz import process

    found = process.extractOne(word[:LONGEST_NAME], list(known), score_cutoff=70)
    return f": did you mean '{found[0]}'?" if found else ": remove it"


def _leaf_fault(value: Any, shape: Any) -> str:
    """Return what is wrong with a single value, in words for somebody who knows no Python."""
    import msgspec

    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        if typing.get_origin(shape) is typing.Literal:
            allowed = typing.get_args(shape)
            return f"'{value}' is not one of: {', '.join(allowed)}"
        wanted = {str: "words (put them in quotes)", int: "a whole number", float: "a number", bool: "true or false"}
        return f"must be {wanted.get(shape, 'something else')}, not {value!r:.40}"
    if shape is str and not value.strip():
        return "" if value == "" else "is blank: give words, or leave the field out"
    return ""


# --- Ids and references -------------------------------------------------------------------------------------------


def _ids(checker: Checker) -> None:
    for section in build.SECTIONS:
        seen: dict[str, Entry] = {}
        for entry in checker.of(section.kind):
            if section.kind in ("crisis_change", "word"):
                continue
            if entry.name in seen:
                checker.at(entry, (), f"the id '{entry.name}' stands twice: rename one")
            seen[entry.name] = entry
            if "id" in entry.record and not ID.match(str(entry.record["id"])):
                checker.at(entry, ("id",), "must be lower-case words joined by '-'")


def _references(checker: Checker) -> None:
    """Ids that point nowhere, and sources nobody uses."""
    known = {kind: {e.name for e in checker.of(kind)} for kind in ("program", "study", "danger", "crisis_line")}
    names = {name for e in checker.entries for name in _safe_names(e)}
    used: Counter[str] = Counter()
    for entry in checker.entries:
        for place, value in _walk(entry.record):
            field = _field(place)
            if field == "sources" and isinstance(value, str) and entry.section.kind != "source":
                used[value] += 1
                if value not in checker.sources:
                    checker.at(entry, place, f"there is no source '{value}': add it to sources.yaml")
            else:
                _point(checker, entry, place, field, value, known, names)
    for entry in checker.of("source"):
        if not used[entry.name]:
            checker.at(entry, (), "no fact uses this source: remove it")


def _safe_names(entry: Entry) -> list[str]:
    try:
        return lookup.names_of(entry.section.kind, entry.record)
    except (KeyError, TypeError, AttributeError, IndexError):
        return []


def _point(
    checker: Checker, entry: Entry, place: Place, field: str, value: Any, known: dict[str, set[str]], names: set[str]
) -> None:
    kinds = {
        "studies": "study",
        "suggestions": "program",
        "program": "program",
        "part_of": "program",
        "danger": "danger",
        "lines": "crisis_line",
    }
    if not isinstance(value, str):
        return
    if field in kinds and value not in known[kinds[field]]:
        checker.at(entry, place, f"there is no {kinds[field].replace('_', ' ')} '{value}'")
    if field == "see_also" and normalise(value) not in names:
        checker.at(entry, place, f"nothing in the guide is called '{value}'")
    if field == "programs" and entry.section.kind in ("code", "reading") and value not in known["program"] | {"any"}:
        checker.at(entry, place, f"there is no program '{value}'")


def _field(place: Place) -> str:
    """Return the nearest field name at or above a place."""
    return next((part for part in reversed(place) if isinstance(part, str)), "")


def _walk(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every value inside a record with its place, outer ones first."""
    yield place, value
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from _walk(inner, (*place, field))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*place, position))


def _names(checker: Checker) -> None:
    """Names claimed twice among programs, and traps that hide a program's own id."""
    claimed: dict[str, str] = {}
    trapped = {normalise(str(t)): e for e in checker.of("trap") for t in _listed(e.record, "typed")}
    for entry in checker.of("program"):
        told: set[str] = set()
        for name in _safe_names(entry):
            other = claimed.setdefault(name, entry.name)
            if other != entry.name and name not in trapped and name not in told:
                told.add(name.replace(" ", ""))
                checker.at(
                    entry, ("aliases",), f"'{name}' is also a name of {other}: keep it in one, or make it a trap"
                )
        for position, alias in enumerate(_listed(entry.record, "aliases")):
            trap = trapped.get(normalise(str(alias)))
            if trap and trap.record.get("action") != "default":
                checker.at(entry, ("aliases", position), f"'{alias}' is a trap ({trap.name}): keep it in one place")
    for typed, count in Counter(
        normalise(str(t)) for e in checker.of("trap") for t in _listed(e.record, "typed")
    ).items():
        if count > 1:
            entry = trapped[typed]
            checker.at(entry, ("typed",), f"'{typed}' stands in two traps: keep one")


def _listed(record: Any, field: str) -> list[Any]:
    found = record.get(field)
    return found if isinstance(found, list) else []


# --- Facts --------------------------------------------------------------------------------------------------------


def _facts(checker: Checker) -> None:
    """A fact without a source, a figure without a year, a number no official page shows."""
    for entry in checker.entries:
        if entry.section.kind in ("source", "word", "danger_words", "step"):
            continue
        for place, value in _walk(entry.record):
            if not isinstance(value, dict):
                continue
            if value.get("sources") == []:
                checker.at(entry, (*place, "sources"), "no source: name one, or write unknown for the whole fact")
            year = value.get("year")
            if isinstance(year, int) and not FIRST_YEAR < year < LAST_YEAR:
                checker.at(entry, (*place, "year"), f"{year} is no year")
            if _field(place) == "phones":
                _phone(checker, entry, place, value)
        _reviewed(checker, entry)


def _phone(checker: Checker, entry: Entry, place: Place, phone: Any) -> None:
    number = phone.get("number")
    if isinstance(number, str) and not PHONE.match(number):
        checker.at(entry, (*place, "number"), f"'{number}' is no phone number")
    trust = {checker.sources.get(s, {}).get("trust") for s in phone.get("sources", ()) if isinstance(s, str)}
    if not trust & {"official", "government"}:
        checker.at(entry, place, "no official page shows this number: leave it out")


def _reviewed(checker: Checker, entry: Entry) -> None:
    reviewed = entry.record.get("reviewed")
    if isinstance(reviewed, str) and not _day(reviewed):
        checker.at(entry, ("reviewed",), f"'{reviewed}' is no date: write \"2026-11-22\"")


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if DATE.match(text) else None
    except ValueError:
        return None


def _figures_in_words(checker: Checker) -> None:
    """A count inside a sentence needs its year in that sentence."""
    counted = re.compile(
        r"\b\d[\d,.]* (?:percent|members|groups|meetings|people|churches|countries|chapters|districts)\b"
        r"(?! (?:in \d+ days|a week|a day|each))"
    )
    dated = re.compile(r"\b(?:1[89]|20)\d\d\b|undated|no date")
    for entry in checker.of("program", "family_evidence"):
        for place, value in _walk(entry.record):
            if _field(place) != "text" or not isinstance(value, str):
                continue
            if counted.search(value) and not dated.search(value) and not _owner(entry.record, place).get("year"):
                checker.at(entry, place, "a figure without its year: say the year in the sentence, or give year:")


def _owner(record: Any, place: Place) -> Any:
    """Return the mapping a place's field stands in."""
    for part in place[:-1]:
        record = record[part]
    return record


def _steps(checker: Checker) -> None:
    numbers = [e.record.get("number") for e in checker.of("step")]
    if numbers != list(range(1, 13)):
        checker.say("steps.yaml", ("steps",), "the twelve steps must stand in order, 1 to 12")
    base = {e.record.get("number"): e.record.get("text") for e in checker.of("step")}
    for entry in checker.of("step_set"):
        changes = entry.record.get("changes")
        for number, text in changes.items() if isinstance(changes, dict) else ():
            if number not in range(1, 13):
                checker.at(entry, ("changes", number), f"there is no step {number}")
            elif text == base.get(number):
                message = f"step {number} is the base wording: list only steps that differ"
                checker.at(entry, ("changes", number), message)
            if number in _listed(entry.record, "not_seen"):
                checker.at(entry, ("not_seen",), f"step {number} is given and listed as not seen: keep one")


def _vocabulary(checker: Checker) -> None:
    """A word twice in one list, or a value that no program could have."""
    allowed = {
        "topic": typing.get_args(model.Topic),
        "who": typing.get_args(model.Who),
        "goal": typing.get_args(model.Goal),
    }
    for entry in checker.of("word"):
        facet, value = entry.record.get("facet"), entry.record.get("value")
        if facet in allowed and value not in allowed[facet]:
            checker.at(entry, ("value",), f"'{value}' is not one of: {', '.join(allowed[facet])}")
        counts = Counter(normalise(str(word)) for word in _listed(entry.record, "words"))
        for word, count in counts.items():
            if count > 1 or not word:
                checker.at(entry, ("words",), f"'{word}' stands twice in this list" if word else "an empty word")


# --- Words --------------------------------------------------------------------------------------------------------


def _sentences(checker: Checker) -> Iterator[tuple[Entry, Place, str]]:
    """Yield each text of our own; quotations stand in fields of their own."""
    for entry in checker.entries:
        if entry.section.kind in ("source", "word", "danger_words"):
            continue
        if entry.section.kind == "step_set":
            continue
        for place, value in _walk(entry.record):
            ours = _field(place) in OUR_WORDS and not (entry.section.kind == "step" and _field(place) == "text")
            if ours and isinstance(value, str):
                yield entry, place, value


def _reading_level(checker: Checker) -> None:
    known = _familiar(checker)
    for entry, place, text in _sentences(checker):
        limit = HANDOUT_GRADE if _on_handout(entry, place) else PAGE_GRADE
        for passage in passages(text):
            measured = grade(passage, known)
            if measured > limit:
                checker.at(
                    entry,
                    place,
                    f"reads at grade {measured:.1f}, above {limit:.0f}: shorter words, shorter sentences: "
                    f"{passage!r:.70}",
                )


def _on_handout(entry: Entry, place: Place) -> bool:
    return entry.section.kind == "program" and place[0] in HANDOUT_FIELDS and "statements" not in place


def _familiar(checker: Checker) -> set[str]:
    """Return the words a reader of the guide meets as names: of programs, drugs, medicines and terms."""
    texts = [str(e.record.get("name", "")) for e in checker.of("program", "term", "meeting_type")]
    for entry in checker.of("word"):
        if entry.record.get("facet") in ("topic", "medication", "belief", "way"):
            texts += [str(word) for word in _listed(entry.record, "words")]
    return {word for text in texts for word in normalise(text).split()}


def _copied(checker: Checker) -> None:
    """Runs of eight words that stand in a seed document. The documents are kept as fingerprints only."""
    path = checker.folder / FINGERPRINTS
    if not path.is_file():
        return
    seeds = set(path.read_text("utf-8").split())
    for entry, place, text in _sentences(checker):
        words = normalise(re.sub(r"\"[^\"]*\"", " ", text)).split()
        for start in range(len(words) - RUN + 1):
            if fingerprint(words[start : start + RUN]) in seeds:
                run = " ".join(words[start : start + RUN])
                checker.at(entry, place, f"copied from a source document: '{run}': say it in other words")
                break


def fingerprint(words: list[str]) -> str:
    """Return what a run of words is kept as."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]


def _no_stopping(checker: Checker) -> None:
    """Nothing may suggest stopping a medicine."""
    for entry, place, text in _sentences(checker):
        for sentence in re.split(r"(?<=[.!?])\s", text):
            if STOPPING.search(sentence) and not CARE.search(sentence):
                checker.at(entry, place, f"may be read as advice to stop a medicine: {sentence!r:.80}")


def _stale(checker: Checker, days: int) -> None:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for entry in checker.entries:
        day = _day(str(entry.record.get("reviewed", "")))
        if day and (today - day).days > days:
            checker.at(entry, ("reviewed",), f"reviewed {day}, {(today - day).days} days ago: look again")


RULES: tuple[Callable[[Checker], None], ...] = (
    _shape, _ids, _references, _names, _facts, _figures_in_words, _steps, _vocabulary, _reading_level, _copied,
    _no_stopping,
)  # fmt: skip


# --- A clinic's own file ------------------------------------------------------------------------------------------


def check_local(reading: Reading, file: str, lines: Lines) -> list[Problem]:
    """Return every problem of a clinic's file: its form, ids, and names that belong to a built-in program."""
    if not isinstance(reading.value, dict) or not reading.value:
        empty = Problem(file, 1, "must hold 'programs:' or 'local:' (recoverycli example-data shows one)")
        return list(reading.problems) or [empty]
    found = list(islice(faults(reading.value, model.ClinicFile), CLINIC_PROBLEMS))
    found = found or _clinic_rules(reading.value, lines)
    return [*reading.problems, *(_placed(reading, file, place, message) for place, message in found)]


def _placed(reading: Reading, file: str, place: Place, message: str) -> Problem:
    where = ".".join(str(part) for part in place)
    while place and place not in reading.lines:
        place = place[:-1]
    return Problem(file, reading.lines.get(place, 1), f"{where}: {message}" if where else message)


def _clinic_rules(value: Any, lines: Lines) -> list[tuple[Place, str]]:
    """Return what is wrong with a clinic's file that has the right form."""
    taken: set[str] = set()
    found: list[tuple[Place, str]] = []
    for position, program in enumerate(value.get("programs", ())):
        at = ("programs", position)
        found += [((*at, *place), message) for place, message in _clinic_program(program, taken, lines)]
    for key in value.get("local", {}):
        if not lines.get(f"program/{key}"):
            found.append((("local", key), f"there is no program '{key}' in the guide"))
    return found + [(place, message) for place, text in _walk(value) if (message := _clinic_value(place, text))]


def _clinic_program(program: Any, taken: set[str], lines: Lines) -> Iterator[tuple[Place, str]]:
    key = program["id"]
    if not ID.match(key):
        yield ("id",), "must be lower-case words joined by '-'"
    elif lines.get(f"program/{key}"):
        yield ("id",), f"'{key}' is taken: choose another id, or use local: to add a note to that program"
    if not normalise(program["name"]):
        yield ("name",), "has no letters"
    for name in lookup.names_of("program", {"aliases": [], **program}):
        if name in taken:
            yield ("name",), f"'{name}' names two programs of this file: keep one"
        elif any(kind == "program" for kind, _ in lines.get(f"name/{name}") or ()) and name != normalise(key):
            yield ("name",), f"'{name}' is the name of a program in the guide: choose another"
        elif lines.get(f"typed/{name}"):
            yield ("name",), f"'{name}' is a name the guide explains: choose another"
        taken.add(name)
    if not _is_address(program.get("website", "https://")):
        yield ("website",), "must begin with https:// or http://, without spaces"
    if not PHONE.match(program.get("phone", "988")):
        yield ("phone",), f"'{program['phone']}' is no phone number"


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and " " not in text


def _clinic_value(place: Place, value: Any) -> str:
    """Return what is wrong with one value wherever it stands in a clinic's file."""
    if value in ("", []) and _field(place) not in ("acronym", "aliases"):
        return "is empty: give words, or leave the line out"
    if not isinstance(value, str):
        return ""
    most = LONGEST_NAME if _field(place) in ("id", "name", "acronym", "aliases", "phone") else LONGEST_TEXT
    if len(value) > most:
        return f"is longer than {most} characters: say it shorter"
    if STEERING.search(value):
        return "holds a character that steers a terminal: type the words again"
    if any(STOPPING.search(s) and not CARE.search(s) for s in re.split(r"(?<=[.!?])\s", value)):
        return "may be read as advice to stop a medicine"
    return ""

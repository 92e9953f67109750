"""YAML → the one file an installed guide reads. Runs when the package is built, and in a source checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_type_hints, is_typeddict

from recoverycli import danger, lookup, match, model, phrases, search_index
from recoverycli.errors import DataError
from recoverycli.facets import facet_lines, marks_of
from recoverycli.facts import full_name
from recoverycli.lines import to_lines
from recoverycli.words import normalise
from recoverycli.yamlread import Problem, Reading, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Section(NamedTuple):
    """A list in a data file: the kind its records are kept under and their shape."""

    file: str
    key: str
    kind: str
    shape: type


SECTIONS = (
    Section("programs.yaml", "programs", "program", model.Program),
    Section("steps.yaml", "steps", "step", model.Step),
    Section("steps.yaml", "sets", "step_set", model.StepSet),
    Section("meetings.yaml", "types", "meeting_type", model.MeetingType),
    Section("meetings.yaml", "codes", "code", model.Code),
    Section("readings.yaml", "readings", "reading", model.Reading),
    Section("traps.yaml", "traps", "trap", model.Trap),
    Section("evidence.yaml", "families", "family_evidence", model.FamilyEvidence),
    Section("evidence.yaml", "studies", "study", model.Study),
    Section("safety.yaml", "lines", "crisis_line", model.CrisisLine),
    Section("safety.yaml", "dangers", "danger", model.Danger),
    Section("safety.yaml", "danger_words", "danger_words", model.DangerWords),
    Section("safety.yaml", "changes", "crisis_change", model.Fact),
    Section("vocabulary.yaml", "vocabulary", "word", model.Word),
    Section("glossary.yaml", "terms", "term", model.Term),
    Section("sources.yaml", "sources", "source", model.Source),
)
KEY_FIELDS = {"step": "number", "step_set": "program", "danger_words": "danger", "family_evidence": "family"}
UNKNOWN = "unknown"
UNKNOWN_TEXT = "Unknown: no source read for this guide says."

Data = dict[str, list[Any]]


class Loaded(NamedTuple):
    """All records by kind, each file's reading, every problem of form, and the files that could not be opened."""

    data: Data
    readings: dict[str, Reading]
    problems: list[Problem]
    unread: list[str]


def load(folder: Path) -> Loaded:
    """Read every data file in `folder`. Problems of form are collected, not raised."""
    readings: dict[str, Reading] = {}
    problems: list[Problem] = []
    unread: list[str] = []
    for file in dict.fromkeys(section.file for section in SECTIONS):
        path = folder / file
        try:
            reading = read_yaml(path.read_bytes(), file)
        except OSError as error:
            problems.append(Problem(file, 0, f"cannot be read: {error.strerror}"))
            unread.append(file)
            continue
        problems += reading.problems
        if not isinstance(reading.value, dict) and reading.value is not None:
            problems.append(Problem(file, 1, "holds no lists by name (programs:, sources: …)"))
        readings[file] = reading
    data: Data = {}
    for section in SECTIONS:
        reading = readings.get(section.file) or Reading(None, {}, [])
        found = reading.value.get(section.key) if isinstance(reading.value, dict) else None
        data[section.kind] = found if isinstance(found, list) else []
    return Loaded(data, readings, problems, unread)


def read_data(folder: Path) -> Data:
    """Read `folder` for use. Raises DataError naming the first problem."""
    loaded = load(folder)
    if loaded.problems:
        raise DataError(f"{loaded.problems[0]} (`recoverycli check {folder}` names every problem)")
    return loaded.data


def compile_guide(data: Data) -> bytes:
    """Return the built guide for records as `read_data` gives them."""
    return to_lines(entries(complete(data)))


def complete(data: Data) -> Data:
    """Return the records with what the YAML leaves out: unknown facts in full, years, sources of a record."""
    sources = {source["id"]: source for source in data["source"]}
    for section in SECTIONS:
        if section.kind != "source":
            data[section.kind] = [complete_record(r, section.shape, sources) for r in data[section.kind]]
    return data


def complete_record(record: Any, shape: type, sources: dict[str, Any]) -> dict[str, Any]:
    """Return one record with unknown facts written out, years filled in and its sources listed."""
    fields = get_type_hints(shape)
    full = {
        name: unknown_fact(fields[name]) if value == UNKNOWN and is_typeddict(fields.get(name)) else value
        for name, value in record.items()
    }
    used: dict[str, None] = {}
    for fact in _facts(full):
        used.update(dict.fromkeys(fact["sources"]))
        _date(fact, [sources[s] for s in fact["sources"] if s in sources])
    if "sources" not in full and shape is model.Program:
        full["sources"] = list(used)
    return full


def unknown_fact(shape: Any) -> dict[str, Any]:
    """Return the fact that a thing is unknown, in the shape of such facts."""
    fields = get_type_hints(shape)
    empty: dict[str, Any] = {"values": []} if "values" in fields else {}
    if "value" in fields:
        empty = {"value": UNKNOWN}
    return empty | {"text": UNKNOWN_TEXT, "sources": []}


def _facts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping inside `value` that names sources, innermost included."""
    if isinstance(value, dict):
        if isinstance(value.get("sources"), list):
            yield value
        for inner in value.values():
            yield from _facts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _facts(inner)


def _date(fact: dict[str, Any], cited: list[Any]) -> None:
    """Give a fact the year of its newest source, and say where that year is only the year of reading."""
    if cited and "year" not in fact:
        dated = [source for source in cited if not source.get("seen")]
        fact["year"] = max(source["year"] for source in dated or cited)
        if not dated:
            fact["seen"] = True
    if cited and all(source["trust"] == "unverified" for source in cited):
        fact["unverified"] = True


def record_id(kind: str, record: Any) -> str:
    """Return the id a record is kept under."""
    if kind == "code":
        return f"{record['code']}/{'+'.join(record['programs'])}"
    return str(record.get(KEY_FIELDS.get(kind, "id"), ""))


def record_id_or(kind: str, record: Any, otherwise: str) -> str:
    """Return a record's id even when the record is at fault."""
    try:
        return record_id(kind, record) or otherwise
    except (KeyError, TypeError):
        return otherwise


def entries(data: Data) -> Iterator[tuple[str, Any]]:
    """Yield every line of the built guide."""
    names: dict[str, list[list[str]]] = {}
    records: list[tuple[str, str, Any]] = []
    for section in SECTIONS:
        ids = [record_id(section.kind, r) or str(n) for n, r in enumerate(data[section.kind])]
        yield f"order/{section.kind}", ids
        for key, record in zip(ids, data[section.kind], strict=True):
            yield f"{section.kind}/{key}", record
            records.append((section.kind, key, record))
            for name in lookup.names_of(section.kind, record):
                targets = names.setdefault(name, [])
                if [section.kind, key] not in targets:
                    targets.append([section.kind, key])
            for typed in record.get("typed", ()) if section.kind == "trap" else ():
                yield f"typed/{normalise(typed)}", key
    for name, targets in names.items():
        yield f"name/{name}", sorted(targets, key=lookup.precedence)
    yield "meta", {"reviewed": max((r.get("reviewed", "") for _, _, r in records), default="")}
    yield from ((f"title/{p['id']}", full_name(p)) for p in data["program"])
    with_steps = {own["program"] for own in data["step_set"]}
    yield from facet_lines(data["program"], with_steps, marks_of(data["word"], data["code"]))
    yield from match.label_lines(data["word"])
    yield from danger.danger_lines(data["danger_words"])
    programs = {name: own[0] for name, targets in names.items() if len(own := _programs_of(targets)) == 1}
    index = list(search_index.index_lines(records, {p["id"]: p["name"] for p in data["program"]}, programs))
    forms = [key.removeprefix("form/") for key, _ in index if key.startswith("form/")]
    yield from phrases.phrase_lines(data["word"], forms)
    yield from index


def _programs_of(targets: list[list[str]]) -> list[str]:
    return [key for kind, key in targets if kind == "program"]

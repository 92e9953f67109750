"""YAML text → values and the line of each.

A reader of its own rather than a YAML loader, because the traps of YAML are what it looks for: every problem in a
file is named with its line, at once, and no file can make it recurse, expand or run anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

MAX_DEPTH = 30
MAX_BYTES = 8 * 1024 * 1024
MAX_VALUES = 10_000_000
LONGEST_NUMBER = 17
LONGEST_MESSAGE = 240

Place = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+$")
_TRUTH = {"true": True, "True": True, "false": False, "False": False}
_TRAPS = {
    "yes": "true", "Yes": "true", "YES": "true", "on": "true", "On": "true", "ON": "true", "TRUE": "true",
    "no": "false", "No": "false", "NO": "false", "off": "false", "Off": "false", "OFF": "false", "FALSE": "false",
}  # fmt: skip
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$")
_TAGS = {"sequence": ("!", "tag:yaml.org,2002:seq"), "mapping": ("!", "tag:yaml.org,2002:map")}


class Problem(NamedTuple):
    """Something to mend: `line` counts from 1, 0 when the whole file is meant."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        # A message quotes the file: what would steer a terminal, or fill it, does not leave it.
        message = self.message if len(self.message) <= LONGEST_MESSAGE else f"{self.message[:LONGEST_MESSAGE]} ..."
        said = f"{self.file}:{self.line}: {message}" if self.line else f"{self.file}: {message}"
        return "".join(c if c.isprintable() else "?" for c in said)


class Reading(NamedTuple):
    """What a file says. `lines` maps the place of each value (keys and positions) to its line."""

    value: Any
    lines: dict[Place, int]
    problems: list[Problem]


def read_yaml(raw: bytes, file: str, most: int = MAX_VALUES) -> Reading:
    """Read YAML from `raw`; `file` is the name problems are reported under, `most` how many values it may hold.

    Returns what could be read. A file that is no YAML at all gives value None and one problem.
    """
    lines: dict[Place, int] = {}
    problems: list[Problem] = []

    def failed(line: int, message: str) -> Reading:
        return Reading(None, lines, [*problems, Problem(file, line, message)])

    if len(raw) > MAX_BYTES:
        return failed(0, f"larger than {MAX_BYTES // 1024 // 1024} megabytes: split it")
    if b"\0" in raw:
        return failed(0, "not text: save it as a YAML file in UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return failed(raw[: error.start].count(b"\n") + 1, "not UTF-8: save the file in UTF-8")
    import yaml

    reader = _Reader(file, lines, problems, _events(text), most)
    try:
        value = reader.document()
    except _TooMuchError as error:
        return failed(error.line, str(error))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return failed(mark.line + 1 if mark else 0, f"not YAML here: {error.problem or error.context}")
    except yaml.reader.ReaderError as error:
        return failed(text[: error.position].count("\n") + 1, f"a character YAML does not allow ({error.reason})")
    except yaml.YAMLError as error:
        return failed(0, f"not YAML: {str(error).splitlines()[0]}")
    return Reading(value, lines, problems)


def _events(text: str) -> Iterator[yaml.Event]:
    """Return the events of the fast C parser where PyYAML was built with it, else of its Python one."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
    return events


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _TooMuchError(Exception):
    """The file does something the guide does not read."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _Reader:
    """Builds values from events; the depth limit bounds its recursion."""

    def __init__(
        self, file: str, lines: dict[Place, int], problems: list[Problem], events: Iterator[yaml.Event], most: int
    ) -> None:
        import yaml

        self.yaml = yaml
        self.file, self.lines, self.problems, self.events = file, lines, problems, events
        self.most = self.left = most

    def document(self) -> Any:
        value = None
        documents = 0
        for event in self.events:
            if isinstance(event, self.yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _TooMuchError(_line(event), "a second document: keep one list a file")
            elif isinstance(event, (self.yaml.NodeEvent,)):
                value = self.node(event, ())
        return value

    def node(self, event: Any, place: Place) -> Any:
        yaml, line = self.yaml, _line(event)
        self.lines[place] = line
        self.left -= 1
        if self.left < 0:
            raise _TooMuchError(line, f"more than {self.most:,} values: split the file")
        self.no_alias(event, line)
        if len(place) > MAX_DEPTH:
            raise _TooMuchError(line, f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, line)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        if event.tag and event.tag not in _TAGS["sequence" if is_list else "mapping"]:
            self.problem(line, f"the tag {event.tag} is not used here: remove it")
        return self.sequence(place) if is_list else self.mapping(place)

    def no_alias(self, event: Any, line: int) -> None:
        if isinstance(event, self.yaml.AliasEvent) or event.anchor:
            raise _TooMuchError(line, "anchors and aliases (& and *) are not used here: write the value out")

    def sequence(self, place: Place) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, self.yaml.SequenceEndEvent):
                break
            items.append(self.node(event, (*place, len(items))))
        return items

    def mapping(self, place: Place) -> dict[str | int, Any]:
        found: dict[str | int, Any] = {}
        for event in self.events:
            if isinstance(event, self.yaml.MappingEndEvent):
                break
            line = _line(event)
            if not isinstance(event, self.yaml.ScalarEvent):
                raise _TooMuchError(line, "a key must be one plain word")
            self.no_alias(event, line)
            if event.tag:
                self.problem(line, f"the tag {event.tag} is not used here: remove it")
            number = not event.style and len(event.value) <= LONGEST_NUMBER and _INTEGER.match(event.value)
            key = int(event.value) if number else event.value
            value = self.node(next(self.events), (*place, key))
            if key in found:
                self.problem(line, f"'{key}' stands twice in one entry: keep one of them")
            found[key] = value
        return found

    def scalar(self, event: Any, line: int) -> Any:
        text: str = event.value
        if event.tag and event.tag != "tag:yaml.org,2002:str":
            self.problem(line, f"the tag {event.tag} is not used here: remove it")
        if event.style in ("'", '"', "|", ">"):
            return text
        if text in _TRAPS:
            self.problem(line, f"unquoted {text} is read as {_TRAPS[text]}: write '{text}' in quotes")
            return text
        if _DATE.match(text):
            self.problem(line, f"unquoted {text} is read as a date: write '{text}' in quotes")
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            self.problem(line, "nothing is written here: give a value, or write unknown")
            return None
        return self.plain(text)

    @staticmethod
    def plain(text: str) -> Any:
        if text in _TRUTH:
            return _TRUTH[text]
        if len(text) > LONGEST_NUMBER:
            return text
        if _INTEGER.match(text):
            return int(text)
        return float(text) if _DECIMAL.match(text) else text

    def problem(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))

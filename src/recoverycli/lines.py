"""The built guide: one file of sorted `key<TAB>json` lines, each found by bisection.

No call reads more of the guide than the lines it needs, however large the guide grows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Protocol

    class Text(Protocol):
        """Bytes or a memory map."""

        def find(self, sub: bytes, start: int, /) -> int: ...
        def rfind(self, sub: bytes, start: int, end: int, /) -> int: ...
        def __getitem__(self, where: slice, /) -> bytes: ...
        def __len__(self) -> int: ...


class Lines:
    """A look-up over sorted lines in `text`."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def get(self, key: str) -> Any:
        """Return the value of `key`, None when there is none."""
        found, _, value = self._line(self._first(key.encode())).partition(b"\t")
        return json.loads(value) if found == key.encode() else None

    def starting(self, prefix: str) -> Iterator[tuple[str, Any]]:
        """Yield each key that starts with `prefix`, without it, and its value, in order."""
        for key, value in self._raw(prefix.encode()):
            yield key.decode(), json.loads(value)

    def keys(self, prefix: str) -> list[str]:
        """Return the keys that start with `prefix`, without it, in order."""
        return [key.decode() for key, _ in self._raw(prefix.encode())]

    def _raw(self, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
        position = self._first(prefix)
        while line := self._line(position):
            key, _, value = line.partition(b"\t")
            if not key.startswith(prefix):
                return
            yield key[len(prefix) :], value
            position += len(line) + 1

    def _line(self, start: int) -> bytes:
        end = self._text.find(b"\n", start)
        return bytes(self._text[start : end if end >= 0 else len(self._text)])

    def _first(self, key: bytes) -> int:
        """Return where the first line begins whose key is not below `key`."""
        low, high = 0, len(self._text)
        while low < high:
            start = self._text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if start < low:
                start = low
            line = self._line(start)
            if line.partition(b"\t")[0] < key:
                low = start + len(line) + 1
            else:
                high = start
        return low


def to_lines(entries: Iterable[tuple[str, Any]]) -> bytes:
    """Return `entries` as the text `Lines` reads. Keys hold no tab and no line end."""
    rows = [
        key.encode() + b"\t" + json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        for key, value in entries
    ]
    ordered: list[bytes] = sorted(rows, key=_key)
    return b"\n".join(ordered) + b"\n"


def _key(row: bytes) -> bytes:
    return row.partition(b"\t")[0]

"""The built guide: one file of sorted keys and of a JSON value for each, found by bisection.

First comes how many bytes the keys take, then a line `key<TAB>start<TAB>length` for each key, then the values, a
line each. No call reads more of the guide than it asks for, however large the guide grows, and keeps none of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Lines:
    """A look-up in a built guide: an open file, or its bytes as one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        size = int(file.readline() or 0)
        self._start = file.tell()
        self._end = self._start + size

    def get(self, key: str) -> Any:
        """Return the value of `key`, None when there is none."""
        wanted = key.encode()
        found, start, length = self._entry(self._first(wanted))
        return self._value(start, length) if found == wanted else None

    def starting(self, prefix: str) -> Iterator[tuple[str, Any]]:
        """Yield each key that starts with `prefix`, without it, and its value, in order."""
        for key, start, length in list(self._entries(prefix)):
            yield key, self._value(start, length)

    def keys(self, prefix: str) -> list[str]:
        """Return the keys that start with `prefix`, without it, in order."""
        return [key for key, _, _ in self._entries(prefix)]

    def _entries(self, prefix: str) -> Iterator[tuple[str, int, int]]:
        wanted = prefix.encode()
        self._file.seek(self._first(wanted))
        while self._file.tell() < self._end:
            key, start, length = self._read_entry()
            if not key.startswith(wanted):
                return
            yield key[len(wanted) :].decode(), start, length

    def _value(self, start: int, length: int) -> Any:
        self._file.seek(self._end + start)
        return json.loads(self._file.read(length))

    def _entry(self, position: int) -> tuple[bytes, int, int]:
        """Return the entry that begins at `position`, an empty one behind the last."""
        if position >= self._end:
            return b"", 0, 0
        self._file.seek(position)
        return self._read_entry()

    def _read_entry(self) -> tuple[bytes, int, int]:
        key, start, length = self._file.readline().split(b"\t")
        return key, int(start), int(length)

    def _first(self, key: bytes) -> int:
        """Return where the first entry begins whose key is not below `key`."""
        low, high = self._start, self._end
        while low < high:
            middle = (low + high) // 2
            self._file.seek(middle - 1)
            self._file.readline()
            begin = self._file.tell() if self._file.tell() < high else low
            self._file.seek(begin)
            line = self._file.readline()
            if line.partition(b"\t")[0] < key:
                low = begin + len(line)
            else:
                high = begin
        return low


def to_lines(entries: Iterable[tuple[str, Any]]) -> bytes:
    """Return `entries` as the file `Lines` reads. Keys hold no tab and no line end."""
    rows: list[tuple[bytes, bytes]] = sorted(((key.encode(), _json(value)) for key, value in entries), key=_key)
    listed, start = [], 0
    for key, value in rows:
        listed.append(b"%s\t%d\t%d\n" % (key, start, len(value)))
        start += len(value)
    keys = b"".join(listed)
    return b"".join((b"%d\n" % len(keys), keys, *(value for _, value in rows)))


def _key(row: tuple[bytes, bytes]) -> bytes:
    return row[0]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

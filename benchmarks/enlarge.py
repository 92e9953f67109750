"""Make a guide many times larger: every record again under other ids, names and some other words.

Usage: python benchmarks/enlarge.py TIMES FILE
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

from recoverycli import build, guide
from recoverycli.build import Data


def enlarged(data: Data, times: int) -> Data:
    """Return the records with `times` - 1 altered copies of each; sources and vocabulary stay as they are."""
    larger = {kind: list(records) for kind, records in data.items()}
    for kind in ("program", "meeting_type", "term", "study", "reading", "danger", "trap", "code"):
        for number in range(1, times):
            larger[kind] += [_altered(record, number) for record in data[kind]]
    return larger


def _altered(record: Any, number: int) -> Any:
    """Return a copy of a record with another id and name, and a word of its own in each text."""
    other = copy.deepcopy(record)
    for field in ("id", "name", "code", "acronym"):
        if isinstance(other.get(field), str) and other[field]:
            other[field] = f"{other[field]}-{number}" if field in ("id", "code") else f"{other[field]} {number}"
    for field in ("aliases", "typed"):
        if field in other:
            other[field] = [f"{name} {number}" for name in other[field]]
    if isinstance(other.get("text"), str):
        other["text"] += f" Word{number}."
    if "summary" in other and isinstance(other["summary"], dict):
        other["summary"]["text"] += f" Word{number}."
    return other


def main() -> None:
    times, target = int(sys.argv[1]), Path(sys.argv[2])
    target.write_bytes(build.compile_guide(enlarged(build.read_data(guide.data_folder()), times)))
    print(f"{target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

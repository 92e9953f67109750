"""Print what a call costs, as ratios to yardstick programs measured in the same run (DESIGN section 7).

Usage: python benchmarks/run.py [--runs N] [--large TIMES]

Installs the project into a fresh, byte-compiled environment, then runs each command in turn with its yardstick.
Absolute times depend on the machine and mean nothing; the ratio is the median of the pairs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
LINE, TABLE = HERE / "yardsticks" / "one_line.py", HERE / "yardsticks" / "one_table.py"
ENVIRON = {
    key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
}
FIND = (("match", "drinks every day, not religious, online"), ("match", "my husbend gambels"),
        ("search", "how long has a sponsor been sober"), ("search", "naloxon, how meny sprays"))  # fmt: skip


class Case(NamedTuple):
    """A call, the yardstick it is held to, and the most it may cost."""

    arguments: tuple[str, ...]
    yardstick: Path
    limit: float


CASES = (
    Case(("show", "aa", "-f", "text"), LINE, 1.10),
    Case(("list", "-f", "text"), LINE, 1.10),
    Case(("steps", "-f", "json"), LINE, 1.10),
    Case(("crisis", "-f", "text"), LINE, 1.10),
    Case(("show", "aa", "-f", "table", "--width", "80"), TABLE, 1.10),
    *(Case(arguments, LINE, 1.25) for arguments in FIND),
)


class Cost(NamedTuple):
    """Seconds from start to exit, and the largest memory in kilobytes."""

    seconds: float
    memory: int


def cost(command: list[str]) -> Cost:
    """Run a command to its end and return what it cost."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRON) as process:
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = 0
    return Cost(seconds, usage.ru_maxrss)


def compare(python: Path, case: Case, runs: int) -> tuple[float, float]:
    """Return the median ratios of time and of memory, over pairs of runs."""
    yardstick = [str(python), str(case.yardstick)]
    command = [str(python.parent / "recoverycli"), *case.arguments]
    cost(yardstick), cost(command)
    pairs = [(cost(yardstick), cost(command)) for _ in range(runs)]
    return (
        statistics.median(ours.seconds / theirs.seconds for theirs, ours in pairs),
        statistics.median(ours.memory / theirs.memory for theirs, ours in pairs),
    )


def environment(folder: Path) -> Path:
    """Install the project into a new environment and return its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(HERE.parent)], check=True, env=ENVIRON)
    subprocess.run([str(python), "-m", "compileall", "-q", str(folder / "lib")], check=False, env=ENVIRON)
    return python


def larger(python: Path, times: int, runs: int) -> None:
    """Print what finding costs in a guide many times larger, as a ratio to today's guide."""
    built = next(python.parent.parent.glob("lib/python*/site-packages/recoverycli/built/guide.txt"))
    today = {case: [cost([str(python.parent / "recoverycli"), *case]).seconds for _ in range(runs)] for case in FIND}
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "snowballstemmer>=3"], check=True, env=ENVIRON)
    subprocess.run([str(python), str(HERE / "enlarge.py"), str(times), str(built)], check=True, env=ENVIRON)
    print(f"\n| in a guide {times} times larger | x today | limit |\n|---|---:|---:|")
    for case, before in today.items():
        after = [cost([str(python.parent / "recoverycli"), *case]).seconds for _ in range(runs)]
        print(f"| {' '.join(case)} | {statistics.median(after) / statistics.median(before):.2f} | 3.00 |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=31)
    parser.add_argument("--large", type=int, default=0, metavar="TIMES")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = environment(Path(folder) / "env")
        print("| call | time x yardstick | limit | memory x yardstick (limit 1.15) |\n|---|---:|---:|---:|")
        for case in CASES:
            seconds, memory = compare(python, case, options.runs)
            print(f"| {' '.join(case.arguments)} | {seconds:.2f} | {case.limit:.2f} | {memory:.2f} |", flush=True)
        if options.large:
            larger(python, options.large, options.runs)


if __name__ == "__main__":
    main()

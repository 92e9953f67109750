"""Write the output of each command shown in README.md under it, and the picture of a table.

A block that begins with `$ recoverycli …` holds what that command prints; `…` cuts it after so many lines.
Usage: python scripts/readme.py [--check]: with --check, nothing is written and a difference ends with 1.
"""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from typer.testing import CliRunner

from recoverycli.cli import app
from recoverycli.compare import compare
from recoverycli.guide import open_guide
from recoverycli.pages.programs import comparison
from recoverycli.render import table

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```console\n\$ recoverycli ?([^\n]*)\n(.*?)```", re.DOTALL)
CUT = "…"
SHOWN = ("smart", "na", "lifering")


def written(readme: str) -> str:
    """Return the README with every block as the program prints it now."""
    return BLOCK.sub(lambda block: _block(block[1], block[2]), readme)


def _block(command: str, shown: str) -> str:
    result = CliRunner().invoke(
        app, shlex.split(command), env={"COLUMNS": "80", "NO_COLOR": "1", "RECOVERYCLI_DATA": ""}
    )
    lines = result.stdout.rstrip("\n").splitlines()
    if shown.rstrip().endswith(CUT):
        lines = [*lines[: len(shown.rstrip().splitlines()) - 1], CUT]
    return f"```console\n$ {f'recoverycli {command}'.strip()}\n" + "\n".join(lines) + "\n```"


def picture() -> str:
    """Return a comparison as a terminal shows it."""
    guide = open_guide()
    programs = [guide.program(key) for key in SHOWN]
    rows = compare(programs, ["goal", "spiritual", "sponsor", "cost"])
    page = comparison(guide, programs, rows, False)
    page.blocks = page.blocks[:1]
    return table.svg(page, 100, "recoverycli compare smart na lifering --fields goal,belief,sponsor,cost")


def main() -> None:
    path = ROOT / "README.md"
    now, new = path.read_text("utf-8"), written(path.read_text("utf-8"))
    if "--check" in sys.argv:
        sys.exit(0 if now == new else "README.md shows what the program no longer prints: run scripts/readme.py")
    path.write_text(new, "utf-8")
    (ROOT / "docs" / "compare.svg").write_text(picture(), "utf-8")


if __name__ == "__main__":
    main()

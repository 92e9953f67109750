"""Write requirements.lock and requirements-pdf.lock: every library an install needs, with version and hashes.

They hold for every system and Python the guide runs on, and name no package index. Needs uv.
Usage: python scripts/lock.py [--upgrade]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# Written by scripts/lock.py from pyproject.toml; do not edit.\n"
COMPILE = (
    *("uv", "pip", "compile", "pyproject.toml", "--quiet"),
    *("--universal", "--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"),
)


def main() -> None:
    upgrade = sys.argv[1:]
    lock("requirements.lock", *upgrade)
    # The libraries both locks hold must not differ in version.
    lock("requirements-pdf.lock", "--extra", "pdf", "--constraint", "requirements.lock", *upgrade)


def lock(name: str, *options: str) -> None:
    """Resolve into `name`, keeping the versions it already has unless told to upgrade."""
    command = [*COMPILE, *options, "--output-file", name]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    path = ROOT / name
    path.write_text(HEADER + path.read_text("utf-8"), "utf-8", newline="\n")


if __name__ == "__main__":
    main()

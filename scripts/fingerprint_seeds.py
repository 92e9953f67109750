"""Write data/seeds.sha256: a fingerprint of each run of eight words in the source documents.

The documents themselves are other people's texts and not part of the project; their fingerprints are enough for
`recoverycli check` to find a copied sentence. Usage: python scripts/fingerprint_seeds.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from recoverycli.checks.wording import FINGERPRINTS, RUN, fingerprint
from recoverycli.words import normalise


def main() -> None:
    found: set[str] = set()
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        words = normalise(path.read_text("utf-8")).split()
        found.update(fingerprint(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    Path("data", FINGERPRINTS).write_text("\n".join(sorted(found)) + "\n", "utf-8")
    print(f"{len(found)} runs of {RUN} words")


if __name__ == "__main__":
    main()

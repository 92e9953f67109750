"""How many handouts a second one process makes: text (the design asks for 500), html, pdf.

Run: python benchmarks/handouts.py
"""

from __future__ import annotations

import statistics
import time

from recoverycli.guide import open_guide
from recoverycli.handout import Handout, Order, make
from recoverycli.pages import handouts
from recoverycli.pages.handouts import Look

ROUNDS = 7


def a_second(form: str) -> float:
    """Return pages a second, the median of rounds over every program, each built from the data anew."""
    guide = open_guide()
    order = Order(Look(clinic="Harbor Clinic, 555-0100"), guide.reviewed)
    ids = guide.ids("program")
    rates = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for key in ids:
            sheet = handouts.program_sheet(guide, guide.program(key), order.look)
            make(Handout(key, [sheet]), form, order)
        rates.append(len(ids) / (time.perf_counter() - start))
    return statistics.median(rates)


def main() -> None:
    """Print a line for each format that can be made here."""
    for form in ("text", "markdown", "html"):
        print(f"{form:9} {a_second(form):8.0f} pages a second")
    try:
        import typst  # noqa: F401
    except ImportError:
        print("pdf       not installed")
    else:
        print(f"{'pdf':9} {a_second('pdf'):8.0f} pages a second")


if __name__ == "__main__":
    main()

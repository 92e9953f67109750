"""Print how often `match` and `search` find what a fair expert expects, beside two simple ways.

Usage: python benchmarks/finding.py
Needs: one of the expected programs among the first three, and none that would send somebody the wrong way.
Questions: a passage with the expected words among the first five.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml  # noqa: TID253  a benchmark, not a call
from rapidfuzz import fuzz, process  # noqa: TID253

from recoverycli.guide import open_guide
from recoverycli.match import find_matches
from recoverycli.search import search
from recoverycli.words import COMMON, normalise, stem

TESTS = Path(__file__).resolve().parents[1] / "tests"
LISTS = ("", "_more", "_held", "_fresh", "_last")
Ranker = Callable[[str], list[str]]


def by_likeness(texts: dict[str, str]) -> Ranker:
    """Return the way of comparing the whole wording: rapidfuzz over each text."""
    return lambda asked: [key for _, _, key in process.extract(asked, texts, scorer=fuzz.token_set_ratio, limit=5)]


def by_overlap(texts: dict[str, str]) -> Ranker:
    """Return the way of counting the words two texts share."""
    bags = {key: _words(text) for key, text in texts.items()}

    def rank(asked: str) -> list[str]:
        words = _words(asked)
        return sorted(bags, key=lambda key: -len(words & bags[key]))[:5]

    return rank


def needs(records: list[Any], rank: Ranker) -> int:
    """Return how many needs have an expected program among the first three."""
    return sum(not set(r["first_three"]).isdisjoint(rank(r["need"])[:3]) or not r["first_three"] for r in records)


def questions(texts: dict[str, str], records: list[Any], rank: Ranker) -> int:
    """Return how many questions have a passage with the expected words among the first five."""
    return sum(
        any(all(word.lower() in texts[key].lower() for word in r["words"]) for key in rank(r["question"])[:5])
        for r in records
    )


def _words(text: str) -> set[str]:
    """Return the stems of the words of a text that carry meaning."""
    return {stem(word) for word in normalise(text).split() if word not in COMMON}


def _text(passage: dict[str, Any]) -> str:
    return f"{passage['title']} {passage['text']}"


def main() -> None:
    guide = open_guide()
    described = {p["id"]: json.dumps(p, ensure_ascii=False) for p in guide.records("program")}
    passages = {key: _text(p) for key, p in guide.lines.starting("passage/")}
    numbers = {text: key for key, text in passages.items()}
    ways: dict[str, Ranker] = {
        "match": lambda asked: [m.id for m in find_matches(guide, asked).matches],
        "rapidfuzz over descriptions": by_likeness(described),
        "plain word overlap": by_overlap(described),
    }
    seeking: dict[str, Ranker] = {
        "search": lambda asked: [numbers[_text(h.passage)] for h in search(guide, asked).hits],
        "rapidfuzz over passages": by_likeness(passages),
        "plain word overlap": by_overlap(passages),
    }
    for kind, rankers in (("needs", ways), ("questions", seeking)):
        print(f"\n| {kind} | {' | '.join(rankers)} |\n|---|{'---:|' * len(rankers)}")
        for name in LISTS:
            records = yaml.safe_load((TESTS / f"{kind}{name}.yaml").read_text("utf-8"))
            hits = [
                needs(records, rank) if kind == "needs" else questions(passages, records, rank)
                for rank in rankers.values()
            ]
            print(f"| {kind}{name} ({len(records)}) | {' | '.join(f'{100 * h / len(records):.0f} %' for h in hits)} |")


if __name__ == "__main__":
    main()

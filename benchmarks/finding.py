"""Print how often `match` and `search` find what a fair expert expects, beside two simple ways.

Usage: python benchmarks/finding.py
Needs: one of the expected programs among the first three, and none that would send somebody the wrong way.
Questions: a passage with the expected words among the first five. Notes: the side of the family line they are about.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml  # noqa: TID253  a benchmark, not a call
from rapidfuzz import fuzz, process  # noqa: TID253

from recoverycli.guide import Guide, open_guide
from recoverycli.match import find_matches
from recoverycli.needs import understand
from recoverycli.search import search
from recoverycli.words import COMMON, normalise, stem

TESTS = Path(__file__).resolve().parents[1] / "tests"
LISTS = (
    "",
    *"""_more _held _fresh _last _next _end _close _ultimate _extra _unnamed _mixed _stories _plain _groups
    _words _first _second _third _fourth _fifth _sixth _seventh _eighth _ninth _tenth _eleventh
    _twelfth _thirteenth _fourteenth _fifteenth _sixteenth _seventeenth _eighteenth""".split(),
)
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


def questions(records: list[Any], rank: Ranker) -> int:
    """Return how many questions have a text with the expected words among the first five."""
    return sum(any(_answers(text, r["words"]) for text in rank(r["question"])[:5]) for r in records)


def sides(guide: Guide, records: list[Any]) -> int:
    """Return how many notes lead to the right side of the family line, where only one is right."""
    told = {(True, False): "own", (False, True): "family", (True, True): "both"}
    found = [(r["side"], understand(guide, r["need"])) for r in records]
    return sum(side in ("both", told[need.own, need.other]) for side, need in found)


def _answers(text: str, words: list[Any]) -> bool:
    """Say whether a text holds all the words asked for, or all of one of several lists of them."""
    lists = words if isinstance(words[0], list) else [words]
    return any(all(word.lower() in text.lower() for word in one) for one in lists)


def _words(text: str) -> set[str]:
    """Return the stems of the words of a text that carry meaning."""
    return {stem(word) for word in normalise(text).split() if word not in COMMON}


def _text(passage: dict[str, Any]) -> str:
    return f"{passage['title']} {passage['text']}"


def main() -> None:
    guide = open_guide()
    described = {p["id"]: json.dumps(p, ensure_ascii=False) for p in guide.records("program")}
    passages = {key: _text(p) for key, p in guide.lines.starting("passage/")}
    ways: dict[str, Ranker] = {
        "match": lambda asked: [m.id for m in find_matches(guide, asked).matches],
        "rapidfuzz over descriptions": by_likeness(described),
        "plain word overlap": by_overlap(described),
    }
    likeness, overlap = by_likeness(passages), by_overlap(passages)
    seeking: dict[str, Ranker] = {
        "search": lambda asked: [_text(hit.passage) for hit in search(guide, asked).hits],
        "rapidfuzz over passages": lambda asked: [passages[key] for key in likeness(asked)],
        "plain word overlap": lambda asked: [passages[key] for key in overlap(asked)],
    }
    for kind, rankers, count in (("needs", ways, needs), ("questions", seeking, questions)):
        print(f"\n| {kind} | {' | '.join(rankers)} |\n|---|{'---:|' * len(rankers)}")
        for path in (TESTS / f"{kind}{name}.yaml" for name in LISTS):
            if not path.exists():
                continue
            name, records = path.stem, yaml.safe_load(path.read_text("utf-8"))
            hits = [count(records, rank) for rank in rankers.values()]
            print(f"| {name} ({len(records)}) | {' | '.join(f'{100 * h / len(records):.0f} %' for h in hits)} |")
    print("\n| who it is for | match |\n|---|---:|")
    for name in ("sides", "sides_last", "sides_hard", "sides_first", "sides_third", "sides_fourth", "sides_plain"):
        records = yaml.safe_load((TESTS / f"{name}.yaml").read_text("utf-8"))
        print(f"| {name} ({len(records)}) | {100 * sides(guide, records) / len(records):.0f} % |")


if __name__ == "__main__":
    main()

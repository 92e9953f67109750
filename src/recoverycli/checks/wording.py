"""Our own sentences: easy to read, not copied, and never advice to stop a medicine."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from recoverycli.checks.checker import field_of, listed, walk
from recoverycli.readability import grade, passages
from recoverycli.words import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.checks.checker import Checker, Entry
    from recoverycli.yamlread import Place

PAGE_GRADE, HANDOUT_GRADE = 9.0, 7.0
HANDOUT_FIELDS = frozenset(
    """summary addresses audience requirement goal spiritual sponsor crosstalk meeting formats cost find_meetings
    medication cautions next_step unsuitable status""".split()
)
HANDOUT_KINDS = frozenset({"meeting_type", "step", "danger"})
RUN = 8
"""So many words in a row found in a seed document make a copied sentence."""
FINGERPRINTS = "seeds.sha256"
OUR_WORDS = frozenset({"text", "claim", "limits", "warning", "design", "plain", "signs", "do"})
STOPPING = re.compile(
    r"\b(stop|quit|come off|get off|drop|throw away)\b (taking )?(your|the|all|any|his|her|their) "
    r"(medicine|medication|meds|methadone|suboxone|buprenorphine|benzos?|pills)\b",
    re.IGNORECASE,
)
CARE = re.compile(r"\b(never|not|don't|doesn't|no one|without|before|nobody|can kill|danger)\b", re.IGNORECASE)


def _sentences(checker: Checker) -> Iterator[tuple[Entry, Place, str]]:
    """Yield each text of our own; quotations stand in fields of their own."""
    for entry in checker.entries:
        if entry.section.kind in ("source", "word", "danger_words"):
            continue
        if entry.section.kind == "step_set":
            continue
        for place, value in walk(entry.record):
            ours = field_of(place) in OUR_WORDS and not (entry.section.kind == "step" and field_of(place) == "text")
            if ours and isinstance(value, str):
                yield entry, place, value


def reading_level(checker: Checker) -> None:
    known = _familiar(checker)
    for entry, place, text in _sentences(checker):
        limit = HANDOUT_GRADE if _on_handout(entry, place) else PAGE_GRADE
        for passage in passages(text):
            measured = grade(passage, known)
            if measured > limit:
                checker.at(
                    entry,
                    place,
                    f"reads at grade {measured:.1f}, above {limit:.0f}: shorter words, shorter sentences: "
                    f"{passage!r:.70}",
                )


def _on_handout(entry: Entry, place: Place) -> bool:
    """Say whether a handout may print the text at this place."""
    if entry.section.kind == "program":
        return place[0] in HANDOUT_FIELDS and "statements" not in place
    return entry.section.kind in HANDOUT_KINDS and place[0] in ("text", "plain", "do")


def _familiar(checker: Checker) -> set[str]:
    """Return the words a reader of the guide meets as names: of programs, drugs, medicines and terms."""
    names = [normalise(str(e.record.get("name", ""))) for e in checker.of("program", "term", "meeting_type", "danger")]
    words = {word for name in names for word in name.split()}
    for entry in checker.of("word"):
        if entry.record.get("facet") in ("topic", "medication", "belief", "way"):
            # A phrase is made of everyday words: only a word that stands alone is the name of something.
            words.update(word for word in map(normalise, map(str, listed(entry.record, "words"))) if " " not in word)
    return words


def copied(checker: Checker) -> None:
    """Runs of eight words that stand in a seed document. The documents are kept as fingerprints only."""
    path = checker.folder / FINGERPRINTS
    if not path.is_file():
        return
    seeds = set(path.read_text("utf-8").split())
    for entry, place, text in _sentences(checker):
        words = normalise(re.sub(r"\"[^\"]*\"", " ", text)).split()
        for start in range(len(words) - RUN + 1):
            if fingerprint(words[start : start + RUN]) in seeds:
                run = " ".join(words[start : start + RUN])
                checker.at(entry, place, f"copied from a source document: '{run}': say it in other words")
                break


def fingerprint(words: list[str]) -> str:
    """Return what a run of words is kept as."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]


def no_stopping(checker: Checker) -> None:
    """Nothing may suggest stopping a medicine."""
    for entry, place, text in _sentences(checker):
        for sentence in re.split(r"(?<=[.!?])\s", text):
            if STOPPING.search(sentence) and not CARE.search(sentence):
                checker.at(entry, place, f"may be read as advice to stop a medicine: {sentence!r:.80}")

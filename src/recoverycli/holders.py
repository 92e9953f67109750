"""Each problem of a need → whether it is somebody else's: the person last spoken of before it has it.

Examples: "my wife says I drink" is the speaker's, "her husband drinks" is the husband's, "his wife complains about his
drinking" is his own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.mentions import OBJECTS, is_beside, is_gone, reports
from recoverycli.people import (
    FROM,
    HER,
    HIS,
    MINE,
    OWNERS,
    THEIR,
    mismatch,
    opens_clause,
    same_sex,
)
from recoverycli.phrases import OWN_USE, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.people import Person
    from recoverycli.phrases import Hit, Word

BREAKERS = frozenset("and because due over after since so but cause porque y from for".split())
"""What ends the reach of a relative who is only named in passing."""
REACH = 4
OBSERVES = frozenset(
    """found find caught smell smelled saw see watch watched hear heard cover covers lie pay bail bailed beg begged
    poured suspect talk help get cosigned cosign lent lend gave paid learned discovered""".split()
)
"""What "I" or "we" do about what somebody else uses."""
TAKES = frozenset(
    """taking take takes took using uses used steals stealing stole drank drinking smoking snorting ran maxed emptied
    drained""".split()
)


def held_by(words: Sequence[Word], people: Sequence[Person], problems: Sequence[Hit]) -> dict[int, bool]:
    """Return for the place of each problem whether it is the other's."""
    held: dict[int, bool] = {}
    for hit in problems:
        last = max(held, default=-1)
        held[hit.start] = _holder(words, people, hit, last, held.get(last), _run(problems, hit))
    return held


def _run(problems: Sequence[Hit], hit: Hit) -> int:
    """Return where the problems end that follow one another from `hit` on: "heroin addicted" mother."""
    end = hit.end
    for other in problems:
        end = other.end if other.start == end else end
    return end


def _holder(
    words: Sequence[Word], people: Sequence[Person], hit: Hit, last: int, others: bool | None, end: int
) -> bool:
    """Say whether the problem at `hit` is the other's; so was (`others`) the problem before it, at `last`.

    end: where the run of problems ends that begins with this one.
    """
    clause = words[hit.start].clause
    told = _told_beside(words, people, hit, end)
    if told is None:
        told = _told_before(words, people, hit, last, others)
    if told is not None:
        return told
    before = [person for person in people if person.start <= hit.start]
    theirs = bool(before) and before[-1].kind == "pronoun" and before[-1].end == hit.start
    if (not before and _is_found(words, people, clause)) or (theirs and _opening(words, clause) in OBSERVES):
        return True  # "found pills in my son's room", "discovered his porn addiction"
    for person in reversed(before):
        if words[person.start].clause != clause and (person.start < last or _closed(words, people, person)):
            break
        if person.kind == "speaker" and _in_between(words, people, person):
            continue  # "the man I love", "my grandson, whom I raised"
        if _observes(words, people, person):
            return True  # "we found needles in our daughter's room"
        holds = _is_holder(words, people, person, hit)
        if holds is not None:
            return holds
    return bool(others)


def _told_beside(words: Sequence[Word], people: Sequence[Person], hit: Hit, end: int) -> bool | None:
    """Return what the words right beside a problem tell of whose it is, None where they tell nothing."""
    clause = words[hit.start].clause
    taken = hit.start > 2 and words[hit.start - 2].text in OWNERS and words[hit.start - 3].text in TAKES
    if taken and words[hit.start - 1].raw.endswith("s"):  # with the apostrophe or without
        return False  # "I take my grandmother's pills"
    beside = [hit.start, hit.end, end, *([hit.start + 1] if OWN_USE in hit.targets else [])]  # "my drinking husband"
    if any(p.kind == "other" and p.start in beside and words[p.start].clause == clause for p in people):
        return True  # "alcoholic husband"
    if hit.start and words[hit.start - 1].text in MINE:
        return False  # "my drinking"
    near = set(texts(words[max(0, hit.start - REACH) : hit.start], clause))
    if near & {"raised", "grew"}:
        return True  # "raised by two alcoholics"
    after = [word.text for word in words[hit.end : hit.end + 2]]
    if after[:1] in (["himself"], ["herself"], ["myself"]) and after[1:] not in (["to"], ["into"], ["sick"]):
        return False  # "daughter of a drinker, drinks herself"
    return None


def _told_before(
    words: Sequence[Word], people: Sequence[Person], hit: Hit, last: int, others: bool | None
) -> bool | None:
    """Return what the problem before this one tells of whose it is, None where it tells nothing."""
    mourned = last >= 0 and words[last].clause == words[hit.start].clause and others and _died(words, last)
    if ["topic", "grief"] in hit.targets or mourned:
        return True
    if last >= 0 and _grown_up(words, hit, last):
        return False  # "grew up with an alcoholic father, now drinks"
    if others is None or words[last].clause != words[hit.start].clause:
        return None
    return None if any(last < p.start <= hit.start for p in people) else others  # "his porn and massage parlors"


def _grown_up(words: Sequence[Word], hit: Hit, last: int) -> bool:
    """Say whether a clause that names nobody goes on from a childhood to the person asked about."""
    clause = words[hit.start].clause
    opens = opens_clause(words, hit.start) or words[hit.start - 1].text in ("now", "still", "also")
    raised = {"grew", "raised"}.intersection(word.text for word in words[:last])
    return opens and words[last].clause != clause and bool(raised)


def _is_found(words: Sequence[Word], people: Sequence[Person], clause: int) -> bool:
    """Say whether a clause opens with what relatives do: "found", "caught"; and names one of them."""
    named = any(p.kind == "other" and words[p.start].clause == clause for p in people)
    opening = texts(words, clause)
    return named and opening[0] in OBSERVES and opening[1:2] != ["by"]  # "caught by my boss"


def _opening(words: Sequence[Word], clause: int) -> str:
    return next(word.text for word in words if word.clause == clause)


def _died(words: Sequence[Word], place: int) -> bool:
    """Say whether a death is spoken of at a place: "son died" of an overdose."""
    return not {"died", "lost", "murio"}.isdisjoint(word.text for word in words[place : place + 3])


def _in_between(words: Sequence[Word], people: Sequence[Person], speaker: Person) -> bool:
    """Say whether "I" stands in words about somebody else."""
    led = speaker.start and words[speaker.start - 1].text in ("who", "whom")
    return bool(led) or any(_opens(words, p) and p.end == speaker.start for p in people)


def _opens(words: Sequence[Word], person: Person) -> bool:
    """Say whether a clause opens with somebody."""
    early = words[max(0, person.start - 2)].clause != words[person.start].clause or person.start < 2
    return person.kind == "other" and early


def _closed(words: Sequence[Word], people: Sequence[Person], person: Person) -> bool:
    """Say whether a note on the person asked about only mentions somebody in a clause of their own: "26M, laid off,
    wife works nights, drinks"."""
    client = any(p.kind in ("client", "speaker") and p.start < person.start for p in people)
    if person.kind != "other" or person.owner in MINE or not client:
        return False
    following = words[person.end]
    return following.clause == words[person.start].clause and following.text != "of" and not following.text.isdigit()


def _observes(words: Sequence[Word], people: Sequence[Person], person: Person) -> bool:
    """Say whether "I" or "we" only tells what was found with somebody of theirs."""
    told = OBSERVES.intersection(word.text for word in words[person.end : person.end + 3])
    object_of_get = [word.text for word in words[person.end : person.end + 2]]
    if object_of_get[:1] == ["get"] and object_of_get[1:] not in (["him"], ["her"], ["them"], ["my"], ["our"]):
        return False  # "I get hammered"
    if person.kind == "speaker":
        return bool(told) and any(p.kind == "other" and p.owner in MINE for p in people)
    clause = words[person.start].clause  # "parents found foil in their daughter's room"
    after = [p for p in people if p.start > person.start and p.kind == "other" and words[p.start].clause == clause]
    return bool(told) and bool(after) and person.kind in ("other", "client")


def _is_holder(words: Sequence[Word], people: Sequence[Person], person: Person, hit: Hit) -> bool | None:
    """Say whether a person before a problem is the other who has it; None where it is not that person's."""
    if person.kind == "asker":
        return True
    if person.kind in ("speaker", "client", "youth"):
        return False
    if person.kind == "pronoun":
        led = words[person.start - 1].text if person.start else ""
        if led in TAKES and hit.start - person.end < 2:
            return None  # "she has been taking his oxycodone"
        if person.owner in THEIR and not any(p.kind in ("other", "client") for p in people if p.start < person.start):
            return None  # "they found needles"
        return None if led in FROM and person.owner in OBJECTS else _pronoun_is_other(words, people, person)
    apart = person.end < hit.start or words[person.start].clause != words[hit.start].clause
    beside = apart and is_beside(words, person)
    if beside or reports(words, person, hit.start) or is_gone(words, person):
        return None
    between = [word.text for word in words[person.end : hit.start]]
    between = " ".join(between).replace("in and out of", "in").split()
    if between[:1] == ["and"] and _does_something_to(words, people, person):
        return None  # "I left my husband and started drinking"
    loose = person.owner not in MINE | {"whose"} and person.start > 1
    return None if loose and not BREAKERS.isdisjoint(between[:-1]) else True


def _does_something_to(words: Sequence[Word], people: Sequence[Person], person: Person) -> bool:
    """Say whether "I" is who acts in the clause somebody of mine is named in: "I left my husband"."""
    clause = words[person.start].clause
    acting = (p for p in people if p.kind == "speaker" and p.start < person.start and words[p.start].clause == clause)
    return any(person.start - p.end > 1 for p in acting)


def _pronoun_is_other(words: Sequence[Word], people: Sequence[Person], pronoun: Person) -> bool:
    """Say whether "he" or "she" is the other: of two people, the one the relation does not belong to."""
    if pronoun.owner in ("himself", "herself") and words[pronoun.start - 1].text not in ("for", "to"):
        return False  # "is himself back on heroin"
    before = [p for p in people if p.start < pronoun.start]
    if any(p.kind == "asker" and not same_sex(words[p.end - 1].text, pronoun.owner) for p in before):
        return True
    others = [p for p in before if p.kind == "other" and (p.owner or p.start <= 1)]
    others = [p for p in others if not mismatch(words[p.end - 1].text, pronoun.owner)]
    if not others:
        mentioned = {words[p.end - 1].text for p in before if p.kind == "client"}
        facing = pronoun.owner in ("him", "her") and before and before[0].kind == "pronoun"
        sexes = {before[0].owner in HIS, pronoun.owner in HIS} if facing else set()  # "she left him over the cocaine"
        return len(sexes) > 1 or any(mismatch(text, pronoun.owner) for text in mentioned)
    owner = others[-1].owner
    if not owner or any(p.owner in MINE for p in others):
        return True
    if owner == "whose" and words[pronoun.end].text == "own":
        return False
    same = any(owner in group and pronoun.owner in group for group in (HIS, HER, THEIR))
    return not same

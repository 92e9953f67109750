"""Who has the problem: the person asked about, or somebody that person cares about.

Each thing that is a problem (a drink, a drug, a habit) belongs to the person last spoken of before it:
"my wife says I drink" is the speaker's, "her husband drinks" is the husband's, "his wife complains about his
drinking" is his own. A family must never be sent to a program for the person who uses, nor the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.holders import REACH, TAKES, held_by
from recoverycli.mentions import has_died, is_about_me, is_aside, is_gone, reports
from recoverycli.people import (
    FEMALE,
    HER,
    HIS,
    MALE,
    MINE,
    SEEKS,
    SPEAKER,
    THEIR,
    denied,
    is_family,
    people_in,
    same_sex,
)
from recoverycli.phrases import BROUGHT, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from recoverycli.people import Person
    from recoverycli.phrases import Hit, Word

THEIR_CLIENTS = frozenset("clients pts patients client pt patient".split())
WORN = ("dependence", "tolerance")
FEELING = frozenset(
    "crying worrying thinking shaking checking calling wondering blaming watching asking hoping".split()
)
"""What "I can't stop" may go on with that is no use."""
WRONGS = frozenset(
    """stole steal stealing broke yell yelled lied lying snorted cheated promised promise pawned owe embarrassed
    disappointed ruined borrowing borrowed shoplifted telling sold prometi blew drained emptied""".split()
)
"""What people who use do to their own."""
RECENT = frozenset("day days week weeks month months hour hours".split())
PAST = frozenset("recovering recovery sober clean".split())


class Sides(NamedTuple):
    """own, other: who has the problem. held: the place of each problem → whether it is the other's.

    about: the places of words that speak of the other, such as their age. bereaved: who has died, as told.
    young: whether the other is a child of whoever asks. told: the places of words that say what somebody is or has.
    """

    own: bool
    other: bool
    held: dict[int, bool]
    about: frozenset[int]
    bereaved: str = ""
    young: bool = False
    told: frozenset[int] = frozenset()


def sides_of(words: Sequence[Word], hits: Sequence[Hit]) -> Sides:
    """Return who has the problem, from the people and the problems that occur in a need."""
    people = people_in(words, hits)
    return _decided(words, hits, people)._replace(told=frozenset(_told_of(words, people)))


def _told_of(words: Sequence[Word], people: Sequence[Person]) -> Iterator[int]:
    """Yield the places of words that say what somebody of the person asked about is or has: "his wife is a doctor"."""
    for person in people:
        apposed = int(person.end < len(words) and words[person.end].text in ("a", "an"))  # "his wife, a doctor"
        for i in range(person.end, min(len(words), person.end + 6)):
            spoken = words[i].text in SPEAKER | HIS | HER | {"and", "but", "me", "y", "pero"}
            beside = words[i].clause - words[person.end - 1].clause in (0, apposed)
            if person.kind != "other" or spoken or not beside:
                break
            yield i


def _decided(words: Sequence[Word], hits: Sequence[Hit], people: Sequence[Person]) -> Sides:
    """Return who has the problem, from everybody mentioned and everything understood."""
    held = held_by(words, people, [hit for hit in hits if _is_problem(hit)])
    counted = {start: other for start, other in held.items() if not _is_denied(words, people, start, other)}
    if any(counted.values()):
        counted = {start: other for start, other in counted.items() if other or not _overcome(words, start)}
    related = [p for p in people if p.kind == "other"]
    own_denied = {start for start, other in held.items() if not other and start not in counted}
    mine_denied = any(_in_a_clause_with_me(words, people, start) for start in own_denied)
    if mine_denied and any(p.owner in MINE for p in related):  # "my wife ... I don't drink. Four bottles"
        counted = {start: other or not _in_a_clause_with_me(words, people, start) for start, other in counted.items()}
    abstains = bool(own_denied) and not any(not other for other in counted.values())
    aside = {p for p in related if is_aside(words, p, hits)}
    others = [p for p in related if not is_about_me(words, p) and p not in aside]
    asking = [p for p in people if p.kind == "asker"]
    about = frozenset(i for p in (*others, *asking) for i in _around(words, p))
    asked = any(is_family(words, hit) for hit in hits) or bool(asking) or _seeks_for_themselves(words, people)
    reporting = {p for p in related if reports(words, p, p.end + 6)}
    cares = any(["self", "relative"] in hit.targets and not _of_their_own(words, hit) for hit in hits)
    cares = cares or _mourned(people, hits)
    grew_up = any(["topic", "childhood"] in hit.targets or _is_grown(hit) for hit in hits)
    holders = [p for p in people if p not in aside | reporting]
    owned = _owned(words, hits, people)
    if owned or (_first_hand(words, holders, counted) and not (cares or asked or (grew_up and not people))):
        return Sides(True, asked, held, about)
    near = any(p.owner in MINE or p.start <= 1 for p in others)
    told = mine_denied or not aside.union(reporting).issuperset(related)
    near = near or (abstains and told and bool(related))
    if asked or cares or grew_up or near or any(counted.values()):
        dead = (" ".join(word.raw for word in words[p.start : p.end]) for p in related if has_died(words, p))
        child = _are(asking, ("parent",), hits) if asking else _is_a_child(others, hits)
        return Sides(False, True, held, about, next(dead, ""), child)
    mine = any(p.owner in MINE and not is_gone(words, p) and not is_about_me(words, p) for p in people)
    return Sides(not mine, mine, held, about)


def _seeks_for_themselves(words: Sequence[Word], people: Sequence[Person]) -> bool:
    """Say whether a client's relative wants something: "client's mother is crying, she wants help for herself"."""
    for i in range(1, len(words)):
        if words[i].text in ("herself", "himself") and words[i - 1].text == "for":
            said = texts(words[:i], words[i].clause)
            mine = HER if words[i].text == "herself" else HIS
            relatives = (p for p in people if p.kind == "other" and p.owner in THEIR_CLIENTS and p.start < i)
            alike = any(same_sex(words[p.end - 1].text, words[i].text) for p in relatives)
            if alike and not mine.isdisjoint(said) and not SEEKS.isdisjoint(said):
                return True
    return False


def _of_their_own(words: Sequence[Word], hit: Hit) -> bool:
    """Say whether "he" is tired of "his" drinking, which is his own: no relative's words."""
    told = {words[i].text for i in range(hit.start, hit.end)}
    clause = texts(words[: hit.start], words[hit.start].clause)
    subjects = {"he", "hes", "client", "patient", "pt"}, {"she", "shes", "client", "patient", "pt"}
    return any(
        not theirs.isdisjoint(told) and not subject.isdisjoint(clause) and SPEAKER.isdisjoint(clause)
        for theirs, subject in zip((HIS, HER), subjects, strict=True)
    )


def _is_a_child(others: Sequence[Person], hits: Sequence[Hit]) -> bool:
    """Say whether all those told of are children of whoever asks: "my teen", "our son"."""
    theirs = all(p.owner in MINE | {""} for p in others)
    return bool(others) and theirs and _are(others, ("child", "youth"), hits)


def _are(people: Sequence[Person], relations: Collection[str], hits: Sequence[Hit]) -> bool:
    """Say whether all of some people are called by words for these relations."""
    called = {hit.start for hit in hits for facet, value in hit.targets if facet == "relation" and value in relations}
    return all(not called.isdisjoint(range(p.start, p.end)) for p in people)


def _around(words: Sequence[Word], person: Person) -> Iterator[int]:
    """Yield the places of words that tell of somebody, such as an age: "my 14 year old son", "my son, 14"."""
    clause = words[person.start].clause
    first = max(0, person.start - 4)
    turns = (i for i in range(person.start - 1, first, -1) if words[i].text in ("whose", "who"))
    for i in range(next(turns, first), min(len(words), person.end + 5)):  # not "13 y/o student whose mother uses"
        noted = i >= person.end and words[i].text[:1].isdigit()
        if words[i].clause == clause or (noted and words[i].clause == clause + 1):
            yield i


def _owned(words: Sequence[Word], hits: Sequence[Hit], people: Sequence[Person]) -> bool:
    """Say whether the speaker owns up to it in so many words, whatever else is told."""
    speaks = any(_speaks(words, hit) or _has_a_goal(words, people, hit) for hit in hits)
    return speaks or _wronged(words, people) or any(_quits(words, hits, i) for i in range(len(words)))


def _has_a_goal(words: Sequence[Word], people: Sequence[Person], hit: Hit) -> bool:
    """Say whether a note opens with what only the person who uses can want: "wants to quit tobacco, partner smokes"."""
    led = [word.text for word in words[max(0, hit.start - 3) : hit.start]]
    goal = any(facet == "goal" for facet, _ in hit.targets)
    mine = goal and led[-1:] in (["quiero"], ["necesito"])
    wished = goal and not SEEKS.isdisjoint(led)
    return mine or (wished and all(p.start > hit.end or p.kind == "client" for p in people))


def _wronged(words: Sequence[Word], people: Sequence[Person]) -> bool:
    """Say whether "I" did somebody of mine a wrong, as people who use do: "I stole from my brother"."""
    for person in people:
        clause = words[person.start].clause
        said = texts(words[max(0, person.start - 6) : person.start], clause)
        mine = said and (said[0] in WRONGS or not SPEAKER.isdisjoint(said)) and person.owner in MINE
        others = {"for", "he", "she"} | MALE | FEMALE
        if mine and WRONGS.intersection(said) and others.isdisjoint(said):
            return True
    return False


def _quits(words: Sequence[Word], hits: Sequence[Hit], i: int) -> bool:
    """Say whether "I" am the one to stop: "where do I go to quit", "I don't know how to stop"."""
    if words[i].text not in ("quit", "stop", "sober", "clean") or not i:
        return False
    following = words[i + 1].text if i + 1 < len(words) and words[i + 1].clause == words[i].clause else ""
    before = [word for word in words[max(0, i - 6) : i] if word.clause == words[i].clause]
    texts = [word.text for word in before]
    speaker = max((n for n, text in enumerate(texts) if text in SPEAKER | {"me"}), default=-1)
    led = {"to", "get", "getting", "cant", "can", "gotta", "must"}.intersection(texts[-1:])
    led |= {"dont"}.intersection(texts[-1:]) if "if" in texts else set()  # "if I don't stop, she leaves"
    others = HIS | HER | THEIR | MALE | FEMALE | {"who", "someone", "somebody"}
    known = any(hit.start <= i + 1 < hit.end and _is_problem(hit) for hit in hits)  # "stop drinking", not "crying"
    feeling = following.endswith("ing") and not known
    return bool(led) and speaker >= 0 and others.isdisjoint(texts[speaker:]) and not feeling


def _is_problem(hit: Hit) -> bool:
    """Say whether a hit names what somebody uses or does, not what living with it brings."""
    named = ((facet == "topic" and value not in BROUGHT) or (facet == "risk" and value in WORN) or facet == "use"
             for facet, value in hit.targets)  # fmt: skip
    return not _is_grown(hit) and any(named)


def _is_grown(hit: Hit) -> bool:
    return ["who", "adult-children"] in hit.targets


def _speaks(words: Sequence[Word], hit: Hit) -> bool:
    """Say whether a hit is somebody's own use in their own words; "I can't stop crying" is not."""
    following = words[hit.end].text if hit.end < len(words) else ""
    of_another = following in MALE | FEMALE  # "my drinking husband"
    return (
        ["self", "self"] in hit.targets and not denied(words, hit.start) and following not in FEELING and not of_another
    )


def _first_hand(words: Sequence[Word], people: Sequence[Person], held: dict[int, bool]) -> bool:
    """Say whether a problem is tied to the person asked about, not only to nobody in particular."""
    others = any(p.kind in ("other", "asker") for p in people)
    theirs = all(p.kind == "other" and p.owner in HIS | HER | THEIR for p in people if p.kind in ("other", "asker"))
    for start, other in held.items():
        named = any(p.kind not in ("other", "asker") and p.start <= start for p in people)
        before = not any(p.start < start for p in people) and MINE.isdisjoint(w.text for w in words[:start])
        named = named or _is_mine(words, start) or (theirs and before)  # "addicted to alcohol. His parents run a shop"
        if not other and (named or not others):
            return True
    return False


def _is_denied(words: Sequence[Word], people: Sequence[Person], start: int, other: bool) -> bool:
    """Say whether a problem is denied: one's own, or of somebody in so many words, "girlfriend never drinks"."""
    named = any(p.kind == "other" and p.end <= start and words[p.start].clause == words[start].clause for p in people)
    return denied(words, start) and (not other or named)


def _in_a_clause_with_me(words: Sequence[Word], people: Sequence[Person], start: int) -> bool:
    """Say whether "I" am spoken of in the clause of a problem."""
    mine = any(p.kind == "speaker" and words[p.start].clause == words[start].clause for p in people)
    return mine or _is_mine(words, start)


def _is_mine(words: Sequence[Word], start: int) -> bool:
    """Say whether a problem is "my" own: "because of my oxy habit", not "stealing my pain pills"."""
    led = [word.text for word in words[max(0, start - 4) : start]]
    somebody = words[start].text in MALE | FEMALE  # "my sister passed"
    return led[-1:] in (["my"], ["mi"]) and TAKES.isdisjoint(led) and not somebody


def _overcome(words: Sequence[Word], start: int) -> bool:
    """Say whether a problem is long past: "I am a recovering addict with 8 years"."""
    around = set(texts(words[max(0, start - 4) : start + 6], words[start].clause))
    return bool(PAST.intersection(around)) and RECENT.isdisjoint(around)


def _mourned(people: Sequence[Person], hits: Sequence[Hit]) -> bool:
    """Say whether somebody is told of who died of what they used: "lost my little brother to cocaine"."""
    for hit in (hit for hit in hits if ["topic", "grief"] in hit.targets):
        of_it = [other for other in hits if _is_problem(other) and 0 <= other.start - hit.end <= REACH]
        if any(not any(hit.end <= p.start <= other.start for p in people) for other in of_it):
            return True
    return False

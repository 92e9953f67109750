"""Who has the problem: the person asked about, or somebody that person cares about.

Each thing that is a problem (a drink, a drug, a habit) belongs to the person last spoken of before it:
"my wife says I drink" is the speaker's, "her husband drinks" is the husband's, "his wife complains about his
drinking" is his own. A family must never be sent to a program for the person who uses, nor the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.people import (
    FEMALE,
    FROM,
    HER,
    HIS,
    MALE,
    MINE,
    NOT_YET,
    OWNERS,
    PLURAL,
    SEEKS,
    SOMEONE,
    SPEAKER,
    THEIR,
    denied,
    is_family,
    mismatch,
    opens_clause,
    people_in,
    same_sex,
)
from recoverycli.phrases import BROUGHT, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from recoverycli.people import Person
    from recoverycli.phrases import Hit, Word

REPORTS = frozenset(
    """banned begged begs blamed blames booked brought called caught changed complain complained complaining complains
    confronted confronts convinced counted counts cried dice disapproves discovered disowned divorce divorced
    divorcing dragged dropped drove dumped encouraged evicted filed filing finds fired flushed found gave hablan
    hablo hates hid insists introduced keep kicked kicks know knows leave leaving left lleva nagging nags
    noticed offered overheard packed paid pays pooled poured pushed referred reported sabe said say says
    screamed screams searched sends sent shared signed smelled smells sold staged suggested supportive supports suspects
    tells testified think thinks thought threatened threatening threatens threw told trajo urged urges waits
    walked warned wonders worried worries worry yelled yells brings drives encontro llevo llamo dijo dice""".split()
)
"""What people do about somebody else's use."""
ASKS = frozenset(
    "wants want wanted asks asked refuses made needs lets let quiere agrees took takes gets got put".split()
)
"""What people do about somebody else's use where that person is named next: "wants me to stop"."""
OBJECTS = frozenset("me him her them us i he she they client patient".split())
PASSIVE = frozenset("was were got gets been being is be getting".split())
BREAKERS = frozenset("and because due over after since so but cause porque y from for".split())
"""What ends the reach of a relative who is only named in passing."""
WORN = ("dependence", "tolerance")
FEELING = frozenset("crying worrying thinking shaking checking calling wondering blaming watching".split())
"""What "I can't stop" may go on with that is no use."""
WRONGS = frozenset(
    """stole steal stealing broke yell yelled lied lying snorted cheated promised promise pawned owe embarrassed
    disappointed ruined borrowing borrowed shoplifted telling sold prometi blew drained emptied""".split()
)
"""What people who use do to their own."""
HARM = frozenset(
    "hits hit beats beat scares hurts hurt lies steals embarrasses cheats cheated needs owes robbed".split()
)
"""What somebody who uses does to "me"; most else that is done to me is done about my use."""
CONTRACTED = frozenset(
    """been a an the in on not so at back out now always still drunk high using addicted locked hooked relapsed missing
    drinking smoking stealing lying dying sick clean sober strung passed gambling""".split()
)
"""What follows a name whose 's stands for "is" or "has"."""
EVENTS = frozenset("wedding funeral birthday graduation baptism".split())
"""What is somebody's where the apostrophe is left out: "my daughters wedding"."""
CUSTODY = frozenset("foster custody placed removed taken cps".split())
REACH = 4
TALK = frozenset("talk talking listen speak speaking say".split())
OBSERVES = frozenset(
    """found find caught smell smelled saw see watch watched hear heard cover covers lie pay bail bailed beg begged
    poured suspect talk help get cosigned cosign lent lend gave paid learned discovered""".split()
)
"""What "I" or "we" do about what somebody else uses."""
TAKES = frozenset(
    "taking take takes took using uses used steals stealing stole drank drinking smoking snorting".split()
)
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
    held = _held(words, people, [hit for hit in hits if _is_problem(hit)])
    counted = {start: other for start, other in held.items() if not _is_denied(words, people, start, other)}
    if any(counted.values()):
        counted = {start: other for start, other in counted.items() if other or not _overcome(words, start)}
    related = [p for p in people if p.kind == "other"]
    mine_denied = any(_in_a_clause_with_me(words, people, start) for start in held.keys() - counted.keys())
    if mine_denied and any(p.owner in MINE for p in related):  # "my wife ... I don't drink. Four bottles"
        counted = {start: other or not _in_a_clause_with_me(words, people, start) for start, other in counted.items()}
    denies = any(not held[start] for start in held.keys() - counted.keys())
    abstains = denies and not any(not other for other in counted.values())
    aside = {p for p in related if _aside(words, p, hits)}
    others = [p for p in related if not _about_me(words, p) and p not in aside]
    asking = [p for p in people if p.kind == "asker"]
    about = frozenset(i for p in (*others, *asking) for i in _around(words, p))
    asked = any(is_family(words, hit) for hit in hits) or bool(asking)
    reporting = {p for p in related if _reports(words, p, p.end + 6)}
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
        dead = (" ".join(word.raw for word in words[p.start : p.end]) for p in related if _dead(words, p))
        child = _are(asking, ("parent",), hits) if asking else _is_a_child(others, hits)
        return Sides(False, True, held, about, next(dead, ""), child)
    mine = any(p.owner in MINE and not _gone(words, p) and not _about_me(words, p) for p in people)
    return Sides(not mine, mine, held, about)


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


def _held(words: Sequence[Word], people: Sequence[Person], problems: Sequence[Hit]) -> dict[int, bool]:
    """Return for the place of each problem whether it is the other's."""
    held: dict[int, bool] = {}
    for hit in problems:
        last = max(held, default=-1)
        held[hit.start] = _holder(words, people, hit, last, held.get(last), _run(problems, hit))
    return held


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


def _run(problems: Sequence[Hit], hit: Hit) -> int:
    """Return where the problems end that follow one another from `hit` on: "heroin addicted" mother."""
    end = hit.end
    for other in problems:
        end = other.end if other.start == end else end
    return end


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
    return ["self", "self"] in hit.targets and not denied(words, hit.start) and following not in FEELING


def _aside(words: Sequence[Word], person: Person, hits: Sequence[Hit]) -> bool:
    """Say whether somebody is only mentioned by the way."""
    troubled = any(hit.start == person.end for hit in hits)  # "my brother's drinking"
    return _gone(words, person) or (not troubled and _beside(words, person))


def _about_me(words: Sequence[Word], person: Person) -> bool:
    """Say whether a person only speaks of, or acts on, the person asked about: "my wife says I need help"."""
    clause = words[person.start].clause
    after = set(texts(words[person.end : person.end + 8], clause))
    told = person.owner not in MINE or not after.isdisjoint(SPEAKER | MINE | {"me", "us"})
    return told and _reports(words, person, person.end + 6)


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
    led = [word.text for word in words[max(0, start - 2) : start]]
    somebody = words[start].text in MALE | FEMALE  # "my sister passed"
    return led[-1:] in (["my"], ["mi"]) and TAKES.isdisjoint(led) and not somebody


def _overcome(words: Sequence[Word], start: int) -> bool:
    """Say whether a problem is long past: "I am a recovering addict with 8 years"."""
    around = set(texts(words[max(0, start - 4) : start + 6], words[start].clause))
    return bool(PAST.intersection(around)) and RECENT.isdisjoint(around)


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
    taken = hit.start > 2 and words[hit.start - 2].text in MINE and words[hit.start - 3].text in TAKES
    if taken and words[hit.start - 1].raw.endswith("'s"):
        return False  # "I take my grandmother's pills"
    if any(
        p.kind == "other" and p.start in (hit.start, hit.end, end) and words[p.start].clause == clause for p in people
    ):
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


def _mourned(people: Sequence[Person], hits: Sequence[Hit]) -> bool:
    """Say whether somebody is told of who died of what they used: "lost my little brother to cocaine"."""
    for hit in (hit for hit in hits if ["topic", "grief"] in hit.targets):
        of_it = [other for other in hits if _is_problem(other) and 0 <= other.start - hit.end <= REACH]
        if any(not any(hit.end <= p.start <= other.start for p in people) for other in of_it):
            return True
    return False


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
    beside = apart and _beside(words, person)
    if beside or _reports(words, person, hit.start) or _gone(words, person):
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


def _beside(words: Sequence[Word], person: Person) -> bool:
    """Say whether somebody is only named by the way: "stole from my brother", "my dad's truck"."""
    following = words[person.end].text if person.end < len(words) else ""
    somebody = (
        words[person.start].text in SOMEONE and person.start and words[person.start - 1].text in ("a", "an", "the")
    )
    if following in ("who", "that", "whos", "que") or somebody:
        return False
    place = max(0, person.start - (person.owner in OWNERS and words[person.start].text not in OWNERS))
    led = [word.text for word in words[max(0, place - 2) : place] if word.text not in ("a", "an", "the")]
    cared_for = led[-1:] == ["for"] and person.owner not in MINE
    led_by = cared_for or (bool(led) and led[-1] in FROM and not TALK.intersection(led))
    owns = words[person.end - 1].raw.endswith(("'s", "s'")) and following not in CONTRACTED and not following.isdigit()
    return led_by or owns or (words[person.end - 1].text.endswith("s") and following in EVENTS)


def _gone(words: Sequence[Word], person: Person) -> bool:
    """Say whether somebody has died who is not mourned here: "dad died of drink", "his wife passed"."""
    parent = words[person.end - 1].text in ("mother", "father", "mom", "dad", "padre", "madre", "parents")
    after = [word.text for word in words[person.end : person.end + 4]]
    if words[person.end - 1].text in PLURAL - {"parents", "padres"} and CUSTODY.intersection(after):
        return True
    led = [word.text for word in words[max(0, person.start - 2) : person.start]]
    if words[person.end - 1].text in PLURAL and {"taking", "took", "take", "lost", "lose", "losing"}.intersection(led):
        return True
    if led[:1] == ["losing"]:
        return True  # "porn every day, losing my wife"
    mourned = not {"miss", "missing", "mourn", "mourning"}.isdisjoint(word.text for word in words)
    if mourned or not {"died", "dead", "passed", "murio"}.intersection(after[:3]):
        return False
    return parent or (person.owner not in MINE and not {"of", "from"}.intersection(after))


def _dead(words: Sequence[Word], person: Person) -> bool:
    """Say whether somebody has died: "sister died of heroin", "best friend overdosed at a party and died"."""
    clause = words[person.start].clause
    after = texts(words[person.end : person.end + 8], clause)
    led = [word.text for word in words[max(0, person.start - 4) : person.start]]
    if not NOT_YET.isdisjoint(led):
        return False
    lost = "lost" in led[-3:] and after[:1] == ["to"]
    return lost or not {"died", "dead", "murio", "fallecio"}.isdisjoint(after)


def _reports(words: Sequence[Word], person: Person, until: int) -> bool:
    """Say whether a person only says or does something about it: "his wife complains"."""
    clause = words[person.start].clause
    after = texts(words[person.end : until], clause)
    if "me" in after[1:7] and HARM.isdisjoint(after[:4]):
        return True  # "drives me to the clinic"
    for i, word in enumerate(after):
        passive = i and after[i - 1] in PASSIVE
        if word in ("smells", "smelled") and after[i + 1 : i + 2] in (["of"], ["like"]):
            continue  # "my coworker smells of alcohol"
        if word in REPORTS and not passive:
            return True
        if word in ASKS and OBJECTS.intersection(after[i + 1 : i + 3]):
            return True
    return False


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

"""Who has the problem: the person asked about, or somebody that person cares about.

Each thing that is a problem (a drink, a drug, a habit) belongs to the person last spoken of before it:
"my wife says I drink" is the speaker's, "her husband drinks" is the husband's, "his wife complains about his
drinking" is his own. A family must never be sent to a program for the person who uses, nor the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.phrases import Hit, Word

SPEAKER = frozenset("i im ive id we yo".split())
MINE = frozenset("my our mi mis mine".split())
HIS = frozenset("he his himself el".split())
HER = frozenset("she her hers herself ella".split())
THEIR = frozenset("they their theirs themselves su sus".split())
OWNERS = MINE | {"his", "her", "their", "su", "sus", "whose", "pts", "clients", "patients", "someones"}
REPORTS = frozenset(
    """says said say thinks think thought tells told wants want wanted left leaving leave worried worries worry
    complains complained complaining threatened threatens asked asks supports supportive knows found divorced
    divorcing kicked brought gave sent sends begs begged filed refuses made noticed caught hates nags nagging
    insists agrees called moved took dice quiere""".split()
)
AUXILIARIES = frozenset("is was has had keeps just also really always already will".split())
BREAKERS = frozenset("and because due over after since so but cause porque y from for".split())
BOND = frozenset("dating married engaged living lives live loves love loving supporting helping".split())
SOMEONE = frozenset(
    """someone somebody addict alcoholic alcoholics addicts user drinker gambler guy man woman girl person pt patient
    client smoker drunk member boy son daughter kid teen teenager child""".split()
)
CLIENTS = frozenset("client patient pt ct cl resident inmate".split())
NOT = frozenset("not dont doesnt didnt never no arent isnt nobody havent hasnt".split())
ADJECTIVES = frozenset(
    "own adult teenage teen young youngest oldest older younger little best ex only late estranged".split()
)


class Sides(NamedTuple):
    """own, other: who has the problem. held: the place of each problem → whether it is the other's.

    about: the places of words that speak of the other, such as their age.
    """

    own: bool
    other: bool
    held: dict[int, bool]
    about: frozenset[int]


class _Person(NamedTuple):
    """Somebody mentioned: speaker, client (the person asked about), other, or a pronoun. `owner` is whose."""

    start: int
    end: int
    kind: str
    owner: str = ""


def sides_of(words: Sequence[Word], hits: Sequence[Hit]) -> Sides:
    """Return who has the problem, from the people and the problems that occur in a need."""
    people = _people(words, hits)
    problems = [hit for hit in hits if any(facet in ("topic", "use") for facet, _ in hit.targets)]
    held: dict[int, bool] = {}
    last: bool | None = None
    for hit in problems:
        last = _holder(words, people, hit, last)
        held[hit.start] = last
    counted = {start: other for start, other in held.items() if other or not _denied(words, start)}
    asked = any(_is_family(words, hit) for hit in hits)
    speaks = any(["self", "self"] in hit.targets and not _denied(words, hit.start) for hit in hits)
    others = [p for p in people if p.kind == "other" and not _reports(words, p) and not _gone(words, p)]
    about = frozenset(i for p in others for i in range(max(0, p.start - 4), p.end + 5))
    if speaks or _first_hand(people, counted):
        return Sides(True, asked, held, about)
    if asked or any(counted.values()) or any(p.owner in MINE or p.start <= 1 for p in others):
        return Sides(False, True, held, about)
    return Sides(True, False, held, about)


def _is_family(words: Sequence[Word], hit: Hit) -> bool:
    asked = ["who", "family"] in hit.targets or ["who", "parents"] in hit.targets
    return asked and not _denied(words, hit.start)


def _first_hand(people: Sequence[_Person], held: dict[int, bool]) -> bool:
    """Say whether a problem is tied to the person asked about, not only to nobody in particular."""
    others = any(p.kind == "other" for p in people)
    for start, other in held.items():
        named = any(p.kind != "other" and p.start <= start for p in people)
        if not other and (named or not others):
            return True
    return False


def _denied(words: Sequence[Word], start: int) -> bool:
    """Say whether this is "I don't drink" or "she never used": no problem of that person's."""
    before = [word.text for word in words[max(0, start - 4) : start] if word.clause == words[start].clause]
    near = NOT.intersection(before[-2:]) or (
        NOT.intersection(before) and {"need", "touch", "a"}.intersection(before[-2:])
    )
    return bool(near) and not {"want", "stop", "quit", "to", "only"}.intersection(before)


def _people(words: Sequence[Word], hits: Sequence[Hit]) -> list[_Person]:
    """Return everybody mentioned, in the order of their words."""
    found: list[_Person] = []
    taken: set[int] = set()
    for hit in hits:
        person = None
        if any(facet == "relation" for facet, _ in hit.targets):
            person = _relation(words, hit, found[-1] if found else None)
        elif _is_family(words, hit):
            person = _Person(hit.start, hit.end, "other", "my")
        if person:
            found.append(person)
            taken.update(range(person.start, person.end))
    speaker = any(word.text in SPEAKER or word.text in MINE for word in words)
    if speaker or any(person.owner in MINE for person in found):  # "the boy is 14, we are at the end of our rope"
        found = [p._replace(kind="other", owner="my") if p.kind == "youth" else p for p in found]
    starts = {hit.start for hit in hits}
    inside = {i for hit in hits for i in range(hit.start, hit.end)}
    for i in range(len(words)):
        if words[i].text in MINE and i + 2 in starts and i + 1 not in inside | taken:
            found.append(_Person(i + 1, i + 2, "other", "my"))  # "my wfie drinks": whoever that is
        elif i not in taken and (person := _plain_person(words, i)):
            found.append(person)
    return sorted(found, key=lambda person: person.start)


def _plain_person(words: Sequence[Word], i: int) -> _Person | None:
    """Return who a single word stands for, if anybody."""
    text = words[i].text
    before = words[i - 1].text if i else ""
    following = words[i + 1].text if i + 1 < len(words) else ""
    if text in SPEAKER or (text == "me" and following in ("who", "that")):
        return _Person(i, i + 1, "speaker")
    if _bonded(words, i) or (
        text[:2].isdigit() and before in OWNERS - {"whose"} and following not in ("percent", "days")
    ):
        return _Person(i, i + 1, "other", before if before in OWNERS else "my")
    if text in HIS | HER | THEIR:
        return _Person(i, i + 1, "pronoun", text)
    return _Person(i, i + 1, "client") if text in CLIENTS else None


def _bonded(words: Sequence[Word], i: int) -> bool:
    """Say whether somebody is loved, married or lived with: "married to a man who drinks"."""
    before = [word.text for word in words[max(0, i - 4) : i] if word.clause == words[i].clause]
    tied = bool(before) and before[-1] in ("a", "an", "the", "with", "to")
    return words[i].text in SOMEONE and not BOND.isdisjoint(before) and (tied or words[i].text == "someone")


def _relation(words: Sequence[Word], hit: Hit, previous: _Person | None) -> _Person:
    """Return a relation as the other, or as the person asked about: "mother of two", "husband and father"."""
    clause = words[hit.start].clause
    start = hit.start
    while start and words[start - 1].text in ADJECTIVES and words[start - 1].clause == clause:
        start -= 1
    before = words[start - 1].text if start and words[start - 1].clause == clause else ""
    before = words[hit.start].text if words[hit.start].text in MINE else before
    rest = [word.text for word in words[hit.end : hit.end + 5] if word.clause == clause]
    following = rest[0] if rest else ""
    kinds = {value for facet, value in hit.targets if facet == "relation"}
    if before in OWNERS:
        return _Person(start, hit.end, "other", before)
    if following == "of" and any(word in SOMEONE or word in MINE for word in rest[1:]):
        return _Person(start, hit.end, "other", "my")
    if start and words[start - 1].raw.endswith("'s") and words[start - 1].clause == clause:
        return _Person(start, hit.end, "client")  # "a rabbi's son"
    if before == "and" and previous and previous.kind == "client" and previous.end == start - 1:
        return _Person(start, hit.end, "client")
    if kinds & {"youth"}:
        return _Person(start, hit.end, "youth")
    described = following in ("who", "in", "with", "trying", "on", "of", "here")
    alone = not rest and not before and (not start or words[start - 1].clause != clause)
    if alone and start and kinds & {"parent"}:
        return _Person(start, hit.end, "client")  # "CPS case plan, mother, meth"
    own_role = before in ("single", "new", "expectant", "working", "stay", "as") or (following == "and" and not start)
    if own_role or following == "of" or (kinds & {"parent"} and described):
        return _Person(start, hit.end, "client")
    return _Person(start, hit.end, "other", "")


def _holder(words: Sequence[Word], people: Sequence[_Person], hit: Hit, last: bool | None) -> bool:
    """Say whether the problem at `hit` is the other's; `last` is whose the problem before it was."""
    clause = words[hit.start].clause
    if any(p.kind == "other" and p.start == hit.end and words[p.start].clause == clause for p in people):
        return True  # "alcoholic husband"
    if hit.start and words[hit.start - 1].text in MINE:
        return False  # "my drinking"
    before = [person for person in people if person.end <= hit.start]
    for person in reversed(before):
        if words[person.start].clause != clause and last is not None:
            break
        if _observes(words, people, person):
            return True  # "we found needles in our daughter's room"
        found = _is_holder(words, people, person, hit)
        if found is not None:
            return found
    return bool(last)


def _observes(words: Sequence[Word], people: Sequence[_Person], person: _Person) -> bool:
    """Say whether "I" or "we" only tells what was found with somebody of theirs."""
    told = (
        person.kind == "speaker" and person.end < len(words) and words[person.end].text in ("found", "caught", "smell")
    )
    return told and any(p.kind == "other" and p.owner in MINE for p in people)


def _is_holder(words: Sequence[Word], people: Sequence[_Person], person: _Person, hit: Hit) -> bool | None:
    """Say whether a person before a problem is the other who has it; None where it is not that person's."""
    if person.kind in ("speaker", "client", "youth"):
        return False
    if person.kind == "pronoun":
        return _pronoun_is_other(people, person)
    if _reports(words, person) or _gone(words, person):
        return None
    between = {word.text for word in words[person.end : hit.start]}
    loose = person.owner not in MINE and person.start > 1
    return None if loose and between & BREAKERS else True


def _gone(words: Sequence[Word], person: _Person) -> bool:
    """Say whether somebody has died who is not mourned here: "dad died of drink", "his wife passed"."""
    parent = words[person.end - 1].text in ("mother", "father", "mom", "dad", "padre", "madre", "parents")
    gone = {"died", "dead", "passed", "murio"}.intersection(w.text for w in words[person.end : person.end + 3])
    return bool(gone) and (parent or person.owner not in MINE)


def _reports(words: Sequence[Word], person: _Person) -> bool:
    """Say whether a person only says or does something about it: "his wife complains"."""
    after = [word.text for word in words[person.end : person.end + 3] if word.clause == words[person.start].clause]
    while after and after[0] in AUXILIARIES:
        after.pop(0)
    return bool(after) and after[0] in REPORTS


def _pronoun_is_other(people: Sequence[_Person], pronoun: _Person) -> bool:
    """Say whether "he" or "she" is the other: of two people, the one the relation does not belong to."""
    others = [p for p in people if p.kind == "other" and p.start < pronoun.start and (p.owner or p.start <= 1)]
    if not others:
        return False
    owner = others[-1].owner
    if owner in MINE or not owner:
        return True
    same = any(owner in group and pronoun.owner in group for group in (HIS, HER, THEIR))
    return not same and owner in HIS | HER | THEIR

"""What is told of one person: whether they only speak of it, are named by the way, or have died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.people import (
    FROM,
    MINE,
    NOT_YET,
    OWNERS,
    PLURAL,
    SOMEONE,
    SPEAKER,
)
from recoverycli.phrases import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

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
HARM = frozenset(
    "hits hit beats beat scares hurts hurt lies steals embarrasses cheats cheated needs owes robbed".split()
)
"""What somebody who uses does to "me"; most else that is done to me is done about my use."""
CONTRACTED = frozenset(
    """been a an the in on not so at back out now always still drunk high using addicted locked hooked relapsed missing
    drinking smoking stealing lying dying sick clean sober strung passed gambling""".split()
)
"""What follows a name whose 's stands for "is" or "has"."""
EVENTS = frozenset("wedding funeral birthday birthdays graduation baptism".split())
"""What is somebody's where the apostrophe is left out: "my daughters wedding"."""
CUSTODY = frozenset("foster custody placed removed taken cps".split())
TALK = frozenset("talk talking listen speak speaking say".split())


def is_aside(words: Sequence[Word], person: Person, hits: Sequence[Hit]) -> bool:
    """Say whether somebody is only mentioned by the way."""
    troubled = any(hit.start == person.end for hit in hits)  # "my brother's drinking"
    return is_gone(words, person) or (not troubled and is_beside(words, person))


def is_about_me(words: Sequence[Word], person: Person) -> bool:
    """Say whether a person only speaks of, or acts on, the person asked about: "my wife says I need help"."""
    clause = words[person.start].clause
    after = set(texts(words[person.end : person.end + 8], clause))
    told = person.owner not in MINE or not after.isdisjoint(SPEAKER | MINE | {"me", "us"})
    return told and reports(words, person, person.end + 6)


def is_beside(words: Sequence[Word], person: Person) -> bool:
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


def is_gone(words: Sequence[Word], person: Person) -> bool:
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


def has_died(words: Sequence[Word], person: Person) -> bool:
    """Say whether somebody has died: "sister died of heroin", "best friend overdosed at a party and died"."""
    clause = words[person.start].clause
    after = texts(words[person.end : person.end + 8], clause)
    led = [word.text for word in words[max(0, person.start - 4) : person.start]]
    if not NOT_YET.isdisjoint(led):
        return False
    lost = "lost" in led[-3:] and after[:1] == ["to"]
    return lost or not {"died", "dead", "murio", "fallecio"}.isdisjoint(after)


def reports(words: Sequence[Word], person: Person, until: int) -> bool:
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

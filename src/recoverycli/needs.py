"""Words about a person → facets: what was understood, from which words, negated or not, about whom.

The words themselves are data (`data/vocabulary.yaml`); here are the rules that hold between words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.ages import ages_in
from recoverycli.danger import dangers_in
from recoverycli.facets import is_for_families
from recoverycli.people import NOT_YET, denied
from recoverycli.phrases import BROUGHT, HINT, Facet, Hit, Word, hits_in, slips_in, texts, words_of
from recoverycli.sides import Sides, sides_of
from recoverycli.words import COMMON

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from recoverycli.guide import Guide


_NEGATORS = frozenset(
    """no nobody none zero not non without never insted dont doesnt didnt isnt arent wasnt wont cant cannot couldnt aint
    unwilling except hate hates hated avoid avoids avoiding against refuses refuse anti nothing neither nor instead
    dislikes dislike uncomfortable opposed rejects reject turned declines declined declining opposes skip panic
    panics afraid fears worried worries hurt harmed burned traumatized ditch over sick tired rolls allergic
    skeptical cynical leery wary bristles cringes resents fled escaped sin ni nunca tampoco sans besides alternative
    alternatives""".split()
)
_NOT_AT_ALL = frozenset("not no non isnt without dont doesnt".split())
_DO_NOT = frozenset("dont doesnt didnt".split())
_NOTHING = _NOT_AT_ALL | {"nothing"}
_FEARS = frozenset("worried worries afraid fears panic panics hurt harmed tired sick over cant cannot couldnt".split())
"""What stands before a topic and does not turn it down: "can't get off TikTok"."""
_UNWELL = frozenset({"sick", "tired"})
"""What turns a thing down only where it goes on: "sick of church", not "sick from drinking"."""
_CHOSEN = ("goal", "steps", "belief")
"""Facets of which one is chosen rather than another."""
_LONG_AGO = frozenset("raised grew former ex".split())
"""What stands before the faith of somebody's childhood, which is not the one wished for."""
_SPEAKING = frozenset("i im ive me us my our we mi yo".split())
_TIES = frozenset("or and nor ni o y any a the to".split())
_TURNING = frozenset("but although though however pero".split())
_PUTS = frozenset("turn turns turned puts put putting turning".split())
_BOTHERS = frozenset(
    "bothers bother scares scare annoys upsets offends triggers trigger triggering wasnt isnt didnt".split()
)
_LEAVES = frozenset("walk leave run cringe gag quit sick angry mad uncomfortable bolt shut".split())
"""What something "makes" a person do who wants none of it."""
_TURNS = frozenset("but although though however yet except pero wants want prefers prefer likes looking y".split())
REACH = 5


class Need(NamedTuple):
    """What was understood of a person's need.

    own, other: whether the person asked about uses, and whether somebody they care about does.
    young: whether that somebody is a child of theirs, so that an age told is the child's.
    programs: programs named, with True for those asked for and False for those to avoid.
    """

    facets: tuple[Facet, ...]
    not_understood: tuple[str, ...]
    dangers: tuple[str, ...]
    own: bool
    other: bool
    programs: tuple[tuple[str, bool], ...]
    cut: bool = False
    young: bool = False

    def values(self, facet: str, negated: bool = False) -> list[str]:
        """Return the values of a facet that were wished for, or those that were turned down."""
        found = (f.value for f in self.facets if f.facet == facet and f.negated == negated)
        return list(dict.fromkeys(found))

    def whom(self) -> list[str]:
        """Return whom the need is for, as `--who` takes it: the person who uses, their family, or both."""
        return ["self"] * self.own + ["family"] * self.other


def understand(guide: Guide, text: str, whom: Collection[str] = ()) -> Need:
    """Return what `text` says about a person. Any text at all gives an answer.

    whom: "self" and "family" where it was said outright whom it is for; the words decide nothing about that then.
    """
    words, cut = words_of(text)
    hits = list(hits_in(guide, words))
    named = _named_programs(guide, words, hits)
    covered = {i for hit in hits for i in range(hit.start, hit.end)} | {i for span, _ in named for i in span}
    slips = slips_in(guide, words, covered)
    covered |= {hit.start for hit in slips}
    hits = [inner for hit in hits for inner in _alive(guide, words, hit)]
    hits = sorted(_without_hints(words, hits + slips, bool(named)), key=lambda hit: hit.start)
    asked = [key for span, (key, wanted) in named if wanted and _asked_for(words, span.start)]
    owns_up = any(["self", "self"] in hit.targets for hit in hits)  # "she goes to Al-Anon because of me"
    told = [] if owns_up else [key for _, (key, wanted) in named if wanted]
    sides = _of_named(guide, sides_of(words, hits), told, asked)
    facets = _of_one_side(list(_facets(words, hits)), sides)
    facets += [Facet("topic", "grief", sides.bereaved)] if sides.bereaved else []
    aged, years = ages_in(words, sides.about if sides.other else frozenset())
    facets += aged
    covered |= years
    facets += [] if sides.other else _pronoun(words, facets)
    hurt = not _SPEAKING.isdisjoint(word.text for word in words)  # not "33, meth, raped as a teen"
    if "violence" in (dangers := dangers_in(guide, text)) and hurt and not any(f.facet == "self" for f in facets):
        sides = sides._replace(own=False, other=True)  # whoever is hit needs a group of their own
    if not {"self", "family"}.isdisjoint(whom):
        sides = sides._replace(own="self" in whom, other="family" in whom)
    facets = _settled(facets, sides.other)
    return Need(
        tuple(dict.fromkeys(facets)),
        tuple(_left_over(words, covered)),
        tuple(dict.fromkeys([*dangers, *_dangers(facets)])),
        sides.own,
        sides.other,
        tuple(dict.fromkeys((key, wanted) for _, (key, wanted) in named)),
        cut,
        sides.young and not sides.own,
    )


def _alive(guide: Guide, words: list[Word], hit: Hit) -> list[Hit]:
    """Return a hit, or those inside one on a death where nobody died: "almost lost my son", "scared I'll bury her"."""
    led = texts(words[max(0, hit.start - REACH) : hit.start], words[hit.start].clause)
    owned = words[hit.end - 1].raw.endswith(("'s", "s'"))  # "lost his son's college fund"
    if ["topic", "grief"] not in hit.targets or (NOT_YET.isdisjoint(led) and not owned):
        return [hit]
    first = hit.start + 1
    inside = hits_in(guide, words[first : hit.end])
    return [inner._replace(start=inner.start + first, end=inner.end + first) for inner in inside]


def _without_hints(words: list[Word], hits: list[Hit], program: bool) -> list[Hit]:
    """Return hits in which what only hints at a topic is that topic, or is nothing where another one is named outright,
    or a `program` is."""
    spoken = [hit for hit in hits if not denied(words, hit.start)]
    outright = {value for hit in spoken for facet, value in hit.targets if facet == "topic"}

    def read(target: list[str]) -> list[list[str]]:
        if target[0] != HINT:
            return [target]
        counts = target[1] in outright or (outright.issubset({*BROUGHT, "grief"}) and not program)
        return [["topic", target[1]]] if counts else []

    return [hit._replace(targets=[t for target in hit.targets for t in read(target)]) for hit in hits]


def _facets(words: list[Word], hits: list[Hit]) -> Iterator[tuple[int, Facet]]:
    """Yield what each hit stands for. A refusal reaches the next thing named, and what "or" and "and" tie to it."""
    refused: dict[int, bool] = {}
    ends: dict[int, int] = {}
    for hit in hits:
        before = max((end for end in ends if end <= hit.start), default=-1)
        between = words[max(before, 0) : hit.start]
        tied = before >= 0 and all(word.text in _TIES for word in between)
        if tied:
            denied = between and words[ends[before]].text in _NOTHING and words[hit.start].text not in _NEGATORS
            tied = refused[ends[before]] or bool(denied)  # "nothing with God or steps"
            tied = tied and words[ends[before]].clause == words[hit.start].clause
        facets = {facet for facet, _ in hit.targets}
        related = "relation" in facets  # nobody is turned down in "no mom, he drinks"
        refused[hit.start] = facets.isdisjoint({"relation", "nothing"}) and (tied or _refused(words, hit, before))
        if not related:
            ends[hit.end] = hit.start
        source = " ".join(word.raw for word in words[hit.start : hit.end]).strip(".,;:!?")
        led = set(texts(words[max(0, hit.start - 3) : hit.start], words[hit.start].clause))
        than = "than" in led  # "would rather drink less than give it up"
        for facet, value in hit.targets:
            if not (facet == "belief" and led & _LONG_AGO):
                yield hit.start, Facet(facet, value, source, refused[hit.start] or (than and facet in _CHOSEN))


def _refused(words: list[Word], hit: Hit, last: int) -> bool:
    """Say whether a word of refusal stands before a hit, since the hit before it, or "turns him off" after it."""
    clause = words[hit.start].clause
    refused, before, conditional = False, "", False
    troubled = any(facet == "topic" for facet, _ in hit.targets)  # "worries about her own wine" refuses nothing
    led = texts(words[max(0, hit.start - REACH - 2, last) : hit.start], clause)
    if ["belief", "secular"] in hit.targets:  # "hated AA because of the prayers" wishes for it
        return not _NOT_AT_ALL.isdisjoint(led[-2:])
    left = any(first in ("walk", "walks", "walked") and then == "out" for first, then in pairwise(led))
    if left:
        return True  # "walks out if anybody mentions God"
    for i, word in enumerate(words[max(0, hit.start - REACH, last) : hit.start], max(0, hit.start - REACH, last)):
        unwell = word.text in _UNWELL and words[i + 1].text not in ("of", "with")
        conditional = conditional or word.text == "if"
        if word.clause != clause or word.text in _TURNING:
            refused = False
        elif conditional and word.text in _DO_NOT:
            continue  # "she leaves if I don't stop"
        elif word.text in _NEGATORS and not (troubled and word.text in _FEARS) and not unwell:
            refused = not (refused and before in _NEGATORS)  # "doesn't not want to"
        before = word.text
    after = texts(words[hit.end : hit.end + REACH], clause)
    if "no" in after and {"place", "use", "interest", "room"}.intersection(after):
        return True  # "church has no place in his life"
    if after[:2] in (["is", "out"], ["are", "out"]):
        return True  # "anything Christian is out"
    if "makes" in after and _LEAVES.intersection(after):
        return True  # "abstinence talk makes him walk out"
    bothers = _BOTHERS.intersection(after[:3]) and _DO_NOT.isdisjoint(after[:3])
    return refused or any(first in _PUTS and "off" in after for first in after) or bool(bothers)


def _named_programs(guide: Guide, words: list[Word], hits: list[Hit]) -> list[tuple[range, tuple[str, bool]]]:
    """Return the programs named: full names in any case, short names only as people write them."""
    taken = {i for hit in hits for i in range(hit.start, hit.end) if hit.end - hit.start > 1}
    found = []
    position = 0
    while position < len(words):
        for length in range(min(5, len(words) - position), 0, -1):
            span = range(position, position + length)
            name = " ".join(words[i].text for i in span)
            if taken.isdisjoint(span) and (key := _program_called(guide, name, words, span)):
                found.append((span, (key, not _negated_program(words, position))))
                position += length - 1
                break
        position += 1
    return found


def _program_called(guide: Guide, name: str, words: list[Word], span: range) -> str:
    keys = {key for kind, key in guide.named(name) if kind == "program"}
    if len(keys) != 1:
        return ""
    short = len(name.replace(" ", "")) <= 4
    if short and words[span[0]].raw.strip(".,;:'s") != words[span[0]].raw.strip(".,;:'s").upper():
        return keys.pop() if name == "aa" else ""  # the one short name people write in small letters
    if name in _PLAIN_WORDS and words[span[0]].raw.islower():
        return ""
    return keys.pop()


_PLAIN_WORDS = frozenset({"phoenix", "pals", "smart", "in the room"})
"""Names that are words of their own in small letters."""
_PUT_OFF = frozenset(
    """tried hated hates hate not than instead alternative besides didnt doesnt dislikes left quit bad against
    without no never refuses avoid banned kicked rejected failed fails outgrew done judged deje dejo""".split()
)


def _negated_program(words: list[Word], start: int) -> bool:
    near = words[max(0, start - REACH) : start] + words[start + 1 : start + 4]
    but = [word.text for word in words[max(0, start - 2) : start]] in (["anything", "but"], ["nothing", "but"])
    after = [word.text for word in words[start + 1 : start + 4]]
    dull = bool({"was", "felt", "is", "seemed"}.intersection(after[:2])) and bool({"too", "like"}.intersection(after))
    return but or dull or any(word.text in _PUT_OFF for word in near)


def _of_named(guide: Guide, sides: Sides, named: list[str], asked: list[str]) -> Sides:
    """Return the side a named program stands on: "need al-anon" where nothing else tells, "roommate found me, I need
    NA" whatever else is told."""
    for_families = [_is_for_relatives(guide.program(key)) for key in asked]
    if asked and all(for_families):
        return sides._replace(own=False, other=True)
    if asked and not any(for_families):
        return sides._replace(own=True, other=False)
    families = named and not sides.held and all(is_for_families(guide.program(key)) for key in named)
    return sides._replace(own=False, other=True) if families else sides


def _is_for_relatives(program: Any) -> bool:
    """Say whether a program is for those touched by somebody's use, grown children included."""
    return is_for_families(program) or program["audience"]["values"] == ["adult-children"]


def _asked_for(words: list[Word], start: int) -> bool:
    """Say whether a program is wished for: "I need NA", "wants AA"."""
    near = texts(words[max(0, start - REACH) : start], words[start].clause)
    return not _WISHES.isdisjoint(near) and {"him", "her", "them"}.isdisjoint(near)  # "find him an NA meeting"


_WISHES = frozenset(
    "need needs want wants looking find quiero necesito prefers interested asking asks seeks seeking ready".split()
)


def _is_lent(facet: Facet) -> bool:
    """Say whether a facet is no matter of the person asked about where it is told of somebody else: "his brother is a
    dentist", "my mom has diabetes"."""
    return facet.facet in ("belief", "who", "risk") and facet.value not in ("family", "parents", "women", "men")


def _of_one_side(facets: list[tuple[int, Facet]], sides: Sides) -> list[Facet]:
    """Return the facets, without what is the problem of the side this need is not about."""
    wrong = {start for start, other in sides.held.items() if other != sides.other and sides.own != sides.other}
    theirs = set() if sides.other else sides.about  # "my brother in law is a pastor"
    facets = [(start, f) for start, f in facets if f.value != "church" or start not in theirs]
    lent = set() if sides.other else sides.told
    facets = [(start, f) for start, f in facets if start not in lent or not _is_lent(f)]
    kept = [f for start, f in facets if not (f.facet == "topic" and start in wrong)]
    return kept if any(f.facet == "topic" for f in kept) else [f for _, f in facets]


def _pronoun(words: list[Word], facets: list[Facet]) -> list[Facet]:
    """Return whether a man or a woman is spoken of, where only one of "he" and "she" occurs."""
    if any(f.facet == "who" and f.value in ("men", "women", "lgbtq") for f in facets):
        return []
    texts = {word.text: word.raw for word in words}
    he, she = {"he", "him", "his", "boy"} & set(texts), {"she", "her", "hers"} & set(texts)
    if bool(he) == bool(she):
        return []
    return [Facet("pronoun", "he" if he else "she", texts[min(he or she)])]


def _settled(facets: list[Facet], other: bool) -> list[Facet]:
    """Turn what is said about a side into facets, and drop helper words that only ruled others."""
    kept = [f for f in facets if f.facet not in ("relation", "use", "self", "nothing")]
    sex = next((f.value for f in kept if f.facet == "who" and f.value in ("men", "women") and not f.negated), "")
    kept = [f for f in kept if f.facet != "who" or f.value not in ("men", "women") or f.value == sex or f.negated]
    kept = [f for f in kept if not _is_background(f, kept, other)]
    if Facet("who", "men", "", True) in [f._replace(source="") for f in kept] and not sex:
        kept.append(Facet("who", "women", "no men"))
    if not any(f.facet == "topic" and not f.negated for f in kept):
        doubted = {f.source for f in kept if f.facet == "risk"}  # "not an alcoholic, wants to drink less"
        spoken = [f for f in kept if f.facet == "topic" and (other or f.source in doubted)]
        kept = [f._replace(negated=False) if f in spoken else f for f in kept]  # "I don't drink, she does"
    if other and not any(f.facet == "who" and f.value == "family" for f in kept):
        source = next((f.source for f in facets if f.facet == "relation"), "")
        kept.append(Facet("who", "family", source))
    return kept


def _is_background(facet: Facet, facets: list[Facet], other: bool) -> bool:
    """Say whether a facet only tells what came with the rest: a childhood or feelings beside what they use now."""
    if facet.facet != "topic" or facet.value not in ("childhood", "mental-health") or other:
        return False
    grown = facet.value == "childhood" and any(f.value == "adult-children" for f in facets)
    used = any(f.facet == "topic" and f.value not in BROUGHT and not f.negated for f in facets)
    return not grown and used


def _dangers(facets: list[Facet]) -> Iterator[str]:
    """Yield the dangers that two things together mean."""
    said = {(f.facet, f.value) for f in facets if not f.negated}
    topics = {value for facet, value in said if facet == "topic"}
    for danger, topic, others in _TOGETHER:
        enough = said.issuperset(others) if ("risk", "daily") in others else said.intersection(others)
        if (not topic or topic in topics) and enough:
            yield danger


_TOGETHER: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (  # any one of a row's facets
    ("pregnancy", "", (("risk", "pregnancy"),)),
    ("alcohol-withdrawal", "alcohol", (("risk", "withdrawal"),)),
    ("alcohol-withdrawal", "alcohol", (("risk", "daily"), ("goal", "abstinence"))),
    ("benzodiazepine-withdrawal", "benzodiazepines", (("risk", "withdrawal"), ("goal", "abstinence"))),
    ("opioid-relapse", "opioids", (("risk", "tolerance"),)),
)


def _left_over(words: list[Word], covered: set[int]) -> Iterator[str]:
    """Yield the words nothing was made of, each once."""
    seen: set[str] = set()
    for i, word in enumerate(words):
        known = word.text in COMMON or word.text in _NEGATORS or word.text in _TURNS or len(word.text) < 2
        if i not in covered and not known and word.text not in seen and not word.text.isdigit():
            seen.add(word.text)
            yield word.raw.strip(".,;:!?")

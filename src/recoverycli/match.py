"""A need → programs that fit, ranked, with reasons. Every point a program gets or loses has a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.facets import SUBSTANCES, made_for
from recoverycli.needs import understand
from recoverycli.reasons import AGAINST, ASIDE, FAITHS, MADE_FOR_GROUPS, MODERATE, RULES, Question, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from recoverycli.guide import Guide
    from recoverycli.needs import Need


FIRST, TOPICS_SHOWN = 3, 2
"""How many matches are read before the rest, and for how many things named each has one of its own there."""


class Match(NamedTuple):
    """A program that may fit."""

    id: str
    name: str
    score: int
    meets: tuple[Reason, ...]
    conflicts: tuple[Reason, ...]
    unknown: tuple[str, ...]
    breadth: int


class Unfit(NamedTuple):
    """A program that stands apart because it is not suitable."""

    id: str
    name: str
    why: str


class Answer(NamedTuple):
    """What `match` found out."""

    need: Need
    matches: list[Match]
    not_suitable: list[Unfit]
    contradictions: list[str]


def label_lines(words: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the built form of the vocabulary's labels."""
    yield "labels", {f"{entry['facet']}/{entry['value']}": entry["label"] for entry in words}


def find_matches(
    guide: Guide, text: str, keep: Callable[[Any], bool] = lambda _: True, whom: Collection[str] = ()
) -> Answer:
    """Return the programs that fit the need in `text`, best first.

    keep: a hard limit over facets. whom: "self" and "family" where it was said outright whom it is for.
    """
    need = understand(guide, text, whom)
    ask = Question(guide, need)
    matches: list[Match] = []
    apart: list[Unfit] = []
    judged: dict[Any, str | Match | None] = {}
    every = guide.facets()
    for facets in every:
        alike = facets["id"] if facets["id"] in ask.named else facets["same"]
        if alike not in judged:
            judged[alike] = _judge(ask, facets, keep)
        verdict = judged[alike]
        if isinstance(verdict, str):
            apart.append(Unfit(facets["id"], facets["name"], verdict))
        elif verdict:
            matches.append(verdict._replace(id=facets["id"], name=facets["name"]))
    matches.sort(key=lambda match: (-match.score, match.breadth))
    matches, sunk = _without_sunk(matches)
    apart += sunk
    return Answer(need, _with_each_kind(ask, matches, every), apart, _contradictions(ask))


def _without_sunk(matches: list[Match]) -> tuple[list[Match], list[Unfit]]:
    """Return the matches, and those that a crossed wish has sunk below nothing, which stand apart where enough fit."""
    crossed = {m.id: next((r.text for r in m.conflicts if r.points == AGAINST), "") for m in matches if m.score < 0}
    afloat = [m for m in matches if not crossed.get(m.id)]
    if len(afloat) < FIRST:
        return matches, []
    return afloat, [Unfit(m.id, m.name, crossed[m.id]) for m in matches if crossed.get(m.id)]


def _with_each_kind(ask: Question, matches: list[Match], every: Sequence[Any]) -> list[Match]:
    """Move into the first three what must not be missing there, the best of each kind: a secular program where a court
    sends a person, one made for each thing named that nothing speaks against, one for a group asked for."""
    facets = {f["id"]: f for f in every}

    def made(topic: str) -> list[Match]:
        fellowships = (m for m in matches if facets[m.id]["type"] == "fellowship")
        fitting = (m for m in fellowships if made_for(facets[m.id]["topics"], topic))
        others = (1 - len(ask.topics)) * -ASIDE  # what being for one of the things named costs
        found = [m for m in fitting if sum(reason.points for reason in m.conflicts) >= others]
        return found if found or topic not in SUBSTANCES - {"alcohol", "drugs"} else made("drugs")

    kinds = [made(topic) for topic in ask.topics[:TOPICS_SHOWN]]
    if "court" in ask.need.values("law"):
        kinds.insert(0, [m for m in matches if facets[m.id]["spiritual"] in ("secular", "optional")])
    groups = [group for group in ask.who if group in MADE_FOR_GROUPS]
    kinds += [[m for m in matches if group in facets[m.id]["who"]] for group in groups[:1]]
    needed = list(dict.fromkeys(kind[0].id for kind in kinds if kind))[:FIRST]
    others = [m.id for m in matches if m.id not in needed]
    first = {*needed, *others[: FIRST - len(needed)]}
    return sorted(matches, key=lambda match: match.id not in first)


def _contradictions(ask: Question) -> list[str]:
    """Return the wishes that cannot both be met."""
    beliefs = ask.need.values("belief")
    faiths = [b for b in beliefs if b in FAITHS]
    found = []
    if "secular" in beliefs and faiths:
        found.append(f"Both not religious and {ask.label('belief', faiths[0])} were asked for: say which matters more.")
    goals = set(ask.need.values("goal"))
    if "abstinence" in goals and goals & MODERATE:
        found.append("Both stopping and cutting down were asked for: say which is the goal.")
    found += [
        f"{ask.label(facet, 'wanted')} is both wanted and turned down: say which."
        for facet in ("sponsor", "steps", "crosstalk")
        if set(ask.need.values(facet)) & set(ask.need.values(facet, negated=True))
    ]
    return found


def _judge(ask: Question, facets: Any, keep: Callable[[Any], bool]) -> str | Match | None:
    """Return a program's rank, why it stands apart, or None where it has nothing to do with the need."""
    if not keep(facets) or not ask.on_this_side(facets) or not ask.on_topic(facets):
        return None
    return ask.unsuitable(facets) or _rank(ask, facets)


def _rank(ask: Question, facets: Any) -> Match:
    """Return a program with its score: the sum of its reasons."""
    reasons = [reason for rule in RULES for reason in rule(ask, facets)]
    meets = tuple(reason for reason in reasons if reason.points > 0)
    conflicts = tuple(reason for reason in reasons if reason.points < 0)
    unknown = tuple(reason.text for reason in reasons if reason.points == 0)
    breadth = min((b for topic in ask.topics if (b := ask.breadth(facets, topic))), default=0)
    score = sum(reason.points for reason in reasons)
    return Match(facets["id"], facets["name"], score, meets, conflicts, unknown, breadth)

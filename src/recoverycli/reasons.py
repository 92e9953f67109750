"""Why a program fits a need or does not: one rule for each kind of wish, each with a sentence for its points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.facets import SUBSTANCES, breadth, made_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.guide import Guide
    from recoverycli.needs import Need

MET, PARTLY, AGAINST, ASIDE = 2, 1, -3, -1
"""What a wish met, a wish half met, a wish crossed, and a thing nobody asked for count."""
MADE = MET + PARTLY
"""What a program made for the very thing counts, where one that takes many things counts as a wish met."""
FAITH = 3 * MET
"""A faith asked for is what the whole program rests on: it counts as three wishes."""

FAITHS = frozenset("christian jewish muslim buddhist native".split())
CHURCHES = frozenset({"catholic", "latter-day-saint"})
"""Groups of one church: a Catholic is not sent to a program for Latter-day Saints."""
MADE_FOR_GROUPS = (
    "dual-diagnosis",
    "native",
    "veterans",
    "on-medication",
    "young-adults",
    "doctors",
    "hospitality",
    "couples",
    "latter-day-saint",
)
MODERATE = frozenset({"moderation", "harm-reduction"})
NEED_A_DOCTOR = frozenset({"alcohol", "benzodiazepines", "pills"})
"""What a dependent person may die from using less of too fast, and pills, which may be benzodiazepines."""
MADE_FOR_PARENTS = frozenset({"family", "parents"})
"""The audience of a program for parents where other relatives may come too."""
TRADES = frozenset({"doctors", "hospitality"})
"""Trades with a group of their own, of which nobody else need hear."""
RISKS = {
    "dependence": "signs of dependence",
    "pregnancy": "pregnancy",
    "withdrawal": "a history of withdrawal",
    "liver-disease": "liver disease",
    "minor": "being under age",
    "court-abstinence": "abstinence a court requires",
    "serious-illness": "a serious illness",
}


class Reason(NamedTuple):
    """Why a program gained or lost: `points`, and a sentence a counselor can read aloud."""

    points: int
    text: str


class Question:
    """A need, put to one program after another."""

    def __init__(self, guide: Guide, need: Need) -> None:
        self.need = need
        self.labels: dict[str, str] = guide.lines.get("labels") or {}
        self.topics = need.values("topic") or _topics_of_named(guide, need)
        ages = ("teens", "young-adults") if need.young else ()  # "my teen vapes": the one who asks is a parent
        self.who = [who for who in need.values("who") if who not in ("family", *ages)]
        self.risks = need.values("risk")
        if "court" in need.values("law"):
            self.risks.append("court-abstinence")
        shown = {"pregnancy": "pregnancy", "alcohol-withdrawal": "withdrawal"}
        self.risks = list(dict.fromkeys("dependence" if risk == "daily" else risk for risk in self.risks))
        known = {*self.risks, *need.values("risk", negated=True)}  # "never had the shakes"
        self.risks += [risk for danger, risk in shown.items() if danger in need.dangers and risk not in known]
        self.beliefs = _beliefs(need)
        self.named = dict(need.programs)

    def label(self, facet: str, value: str) -> str:
        """Return a facet's value as people say it."""
        return self.labels.get(f"{facet}/{value}", value.replace("-", " "))

    def on_this_side(self, facets: Any) -> bool:
        """Say whether a program is for the people this need is about. Nothing ever crosses the family line."""
        who = facets["who"]
        if set(who) == MADE_FOR_PARENTS and "teens" in self.who:
            return False
        if facets["goal"] in MODERATE and not self.need.own and "harm-reduction" not in self.need.values("goal"):
            return False  # families need not hear of it
        if TRADES.issuperset(facets["only"]) and not set(facets["only"]).issubset(self.who):
            return False
        if facets["topics"] == ["relationships"] and "relationships" in self.topics:
            return "couples" not in who or "couples" in self.who  # whoever uses: it is about living with others
        if facets["topics"] == self.topics == ["grief"]:
            return True
        return (self.need.own and ("self" in who or "family" not in who)) or (
            self.need.other and not {"family", "adult-children"}.isdisjoint(who)
        )

    def on_topic(self, facets: Any) -> bool:
        """Say whether a program addresses any of what was named. With nothing named, all do."""
        if facets["id"] in self.named and self.named[facets["id"]]:
            return True
        if self.need.other and self.topics == ["childhood"] and "family" in facets["who"]:
            return not {"alcohol", "drugs", "any"}.isdisjoint(facets["topics"])
        if not self.topics:
            return not SUBSTANCES.union({"any"}).isdisjoint(facets["topics"])
        return any(self.breadth(facets, topic) for topic in self.topics)

    @staticmethod
    def breadth(facets: Any, topic: str) -> int:
        """Return how widely a program reaches for a topic: 1 narrow, 3 wide, 0 not at all."""
        return breadth(facets["topics"], topic)

    def unsuitable(self, facets: Any) -> str:
        """Return why a program must stand apart, or nothing."""
        if facets["status"] == "inactive":
            return f"No longer active. {facets['status_text']}"
        if self.named.get(facets["id"]) is False:
            return "It was turned down."
        only = set(facets["only"])
        missing = sorted(only - set(self.who) | only.intersection(self.need.values("who", negated=True)))
        if "women" in missing and "she" in self.need.values("pronoun"):
            missing.remove("women")
        if missing:
            return f"It is only for {self.label('who', missing[0])}."
        other_faith = self.other_faith(facets)
        if other_faith:
            return f"It is {self.label('belief', facets['spiritual'])}; {other_faith} was asked for."
        if "eating-disorder" in self.who and "eating-disorder" in facets["unsuitable"]:
            return f"Not suitable because of an eating disorder: {facets['unsuitable']['eating-disorder']}"
        return self.too_little(facets) if facets["goal"] in MODERATE else ""

    def too_little(self, facets: Any) -> str:
        """Return why a program where people may go on drinking or using must stand apart, or nothing."""
        drinking = "drugs" not in facets["topics"]
        named = self.named.get(facets["id"])
        unsaid = not self.topics and not self.risks and not self.need.values("law")
        if drinking and "alcohol" not in self.topics and not unsaid and not named:
            return "It is about drinking less, and nothing said is about alcohol."
        risks = [risk for risk in self.risks if risk != "dependence" or not self._only_other_drugs()]
        for risk in risks:
            if risk in facets["unsuitable"]:
                return f"Not suitable because of {RISKS[risk]}: {facets['unsuitable'][risk]}"
        aim = "it aims at drinking less" if drinking else "people there may go on using"
        for risk in risks:
            if risk in RISKS:
                return f"Not suitable because of {RISKS[risk]}: {aim}, not at stopping."
        if "abstinence" in self.need.values("goal"):
            return "Stopping was spoken of as well: a program that does not ask for it would not fit."
        wishes = MODERATE if self.need.own else {"harm-reduction"}  # a relative's "cut down" is for somebody else
        wished = wishes.intersection(self.need.values("goal"))
        open_goal = "own-goal" in self.need.values("goal") or "abstinence" in self.need.values("goal", negated=True)
        only_drinks = "alcohol" in self.topics and len(SUBSTANCES.intersection(self.topics)) == 1
        if wished or (open_goal and (only_drinks or not drinking)) or named:
            return ""
        return f"{aim[0].upper()}{aim[1:]}, and nothing said asks for that. It is not for people who depend on alcohol."

    def _only_other_drugs(self) -> bool:
        """Say whether only drugs were named that a person can use less of without a doctor's care."""
        return bool(self.topics) and SUBSTANCES.difference(NEED_A_DOCTOR).issuperset(self.topics)

    def other_faith(self, facets: Any) -> str:
        """Return what was asked for instead, when a program rests on a faith that was not."""
        faith = facets["spiritual"]
        church, asked = CHURCHES.intersection(facets["who"]), CHURCHES.intersection(self.who)
        if church and asked - church:
            return self.label("who", min(asked))
        wished = [b for b in self.beliefs if b in FAITHS or b in ("secular", "other-faith")]
        if faith in FAITHS and faith in self.need.values("belief", negated=True):
            return "something else"
        if faith not in FAITHS - {"buddhist", "native"} or not wished or faith in wished:
            return ""
        return self.label("belief", wished[0])


def _topics_of_named(guide: Guide, need: Need) -> list[str]:
    """Return what a program named tells of the need where nothing else does: "husband in GA", "tried AA once"."""
    named = {key for key, wanted in need.programs if need.other or not wanted}
    return [facets["topics"][0] for facets in guide.facets() if facets["id"] in named and facets["topics"][0] != "any"]


def _beliefs(need: Need) -> list[str]:
    """Return the beliefs wished for; turning religion down is a wish for secular."""
    wished = need.values("belief")
    refused = need.values("belief", negated=True)
    if {"spiritual", "religious", "church"}.intersection(refused) and FAITHS.isdisjoint(wished):
        wished.append("secular")
    if "secular" in refused:
        wished = [b for b in wished if b != "secular"]
    if "secular" in wished:
        wished = [b for b in wished if b not in ("religious", "church")]
    if FAITHS.intersection(wished):
        wished = [b for b in wished if b not in ("spiritual", "religious", "church")]
    return list(dict.fromkeys(wished))


def _topic(ask: Question, facets: Any) -> Iterable[Reason]:
    if not ask.topics and "any" in facets["topics"]:
        yield Reason(PARTLY, "It takes any addiction; nothing said tells which.")
    bereaved = "grief" in ask.topics and not ask.need.own  # what somebody died of is no topic of its own
    for topic in ["grief"] if bereaved else ask.topics:
        breadth = ask.breadth(facets, topic)
        label = ask.label("topic", topic)
        if made_for(facets["topics"], topic):
            yield Reason(MADE, f"It is for {label}.")
        elif breadth and "any" in facets["topics"]:
            yield Reason(MET, f"It takes any addiction, {label} among them.")
        elif breadth:
            yield Reason(MET, f"It takes {label} and other things too.")
        else:
            yield Reason(ASIDE, f"It is not for {label}.")


def _side(ask: Question, facets: Any) -> Iterable[Reason]:
    if ask.need.other and "family" in facets["who"]:
        alone = "self" not in facets["who"]
        yield Reason(MET if alone else PARTLY, "It is for families and friends." if alone else "Families may come too.")
        if set(facets["who"]) == MADE_FOR_PARENTS and not ask.need.young and "parents" not in ask.who:
            yield Reason(ASIDE, "It is made for parents: ask.")


def _grown(ask: Question, facets: Any) -> Iterable[Reason]:
    if "childhood" in ask.topics and "adult-children" in facets["who"]:
        yield Reason(MET, f"It is made for {ask.label('who', 'adult-children')}.")


def _who(ask: Question, facets: Any) -> Iterable[Reason]:
    for group in ask.who:
        label = ask.label("who", group)
        if group in facets["only"] or (group in facets["who"] and group != "self"):
            yield Reason(MET, f"It is made for {label}.")
        elif group in facets["special"]:
            yield Reason(PARTLY, f"It has some meetings for {label}.")
    for group in MADE_FOR_GROUPS:
        if (
            group in facets["who"]
            and "self" in facets["who"]
            and not {group, "teens"}.intersection(ask.who)
            and (group != "on-medication" or not ask.need.values("medication"))
        ):
            yield Reason(ASIDE, f"It is made for {ask.label('who', group)}: ask.")


def _belief(ask: Question, facets: Any) -> Iterable[Reason]:
    belief = facets["spiritual"]
    for wish in ask.beliefs:
        reason = Reason(0, "Whether it is religious") if belief == "unknown" else _belief_met(ask, belief, wish)
        if reason:
            yield reason
    if belief in FAITHS and not ask.beliefs and belief not in ask.who:
        yield Reason(ASIDE, f"It is {ask.label('belief', belief)}; nobody asked for that.")


def _belief_met(ask: Question, belief: str, wish: str) -> Reason | None:
    """Return what a belief asked for counts in a program of a known belief."""
    label, own = ask.label("belief", wish), ask.label("belief", belief)
    if wish == belief:
        return Reason(FAITH, f"It is {label}, as asked for.") if belief in FAITHS else Reason(MET, f"It is {label}.")
    if wish == "secular":
        if belief == "optional":
            return Reason(PARTLY, "Belief is each person's own choice.")
        return Reason(AGAINST, f"It is {own}; not religious was asked for.")
    if wish == "other-faith" and belief not in FAITHS:
        return Reason(PARTLY, "It is open to any faith.")
    if wish == "religious" and belief in FAITHS:
        return Reason(PARTLY, f"It is {own}.")
    if wish == "church":
        return Reason(MET, f"It is {own}.") if belief == "christian" else None
    if belief in FAITHS:
        return Reason(AGAINST, f"It is {own}; {label} was asked for.")
    if wish in FAITHS:
        return Reason(ASIDE, "It is not religious.") if belief == "secular" else None
    if wish not in ("religious", "spiritual"):
        return None
    if belief == "spiritual" and FAITHS.isdisjoint(ask.beliefs):
        return Reason(PARTLY, "It is spiritual, without a set religion.")
    return Reason(ASIDE, "It is not religious.") if belief == "secular" else None


def _goal(ask: Question, facets: Any) -> Iterable[Reason]:
    wished = set(ask.need.values("goal"))
    if "abstinence" in ask.need.values("goal", negated=True):
        wished.add("own-goal")
    goal = facets["goal"]
    if not wished or goal == "support":
        return
    if goal == "unknown":
        yield Reason(0, "What goal it sets")
    elif goal in wished:
        yield Reason(MET, f"Its goal fits: {ask.label('goal', goal)}.")
    elif goal == "own-goal" or (goal in MODERATE and "own-goal" in wished) or MODERATE.issuperset({goal, *wished}):
        yield Reason(PARTLY, "Each person may set a goal." if goal == "own-goal" else "Drinking less is a goal there.")
    elif goal == "abstinence":
        yield Reason(AGAINST, "It aims at stopping for good; something else was asked for.")


def _medication(ask: Question, facets: Any) -> Iterable[Reason]:
    wished = ask.need.values("medication")
    if not wished:
        return
    agonist = "agonist" in wished
    stance = facets["medication"]
    if stance == "supports":
        yield Reason(MET + PARTLY if agonist else MET, "It publishes support for medicine in recovery.")
    elif stance == "accepts":
        words = "It accepts prescribed medicine"
        yield Reason(PARTLY, f"{words}; it does not name methadone or buprenorphine." if agonist else f"{words}.")
    elif stance == "limits" and agonist:
        yield Reason(ASIDE, "Groups may ask a person on methadone or buprenorphine not to share or lead.")
    elif stance == "no-position":
        yield Reason(0, "It takes no position on medicine: ask the group")
    elif stance in ("nothing-found", "unknown"):
        yield Reason(0, "What it says on medicine")


def _way(ask: Question, facets: Any) -> Iterable[Reason]:
    modes = facets["formats"]
    for way in ask.need.values("way"):
        label = ask.label("way", way)
        if not modes:
            yield Reason(0, f"Whether it meets {label}")
        elif way in modes or (way == "online" and {"chat", "forum", "app"}.intersection(modes)):
            yield Reason(MET, f"It meets {label}.")
        elif way in ("in-person", "online", "phone", "chat"):
            yield Reason(0, f"Whether it meets {label}")
    for way in ask.need.values("way", negated=True):
        if way in modes and len(modes) == 1:
            yield Reason(AGAINST, f"It meets only {ask.label('way', way)}.")


def _customs(ask: Question, facets: Any) -> Iterable[Reason]:
    """Sponsors, cross-talk, the twelve steps: wanted, or turned down."""
    held = {
        "sponsor": {"sponsor": True, "mentor": True, "optional": True, "none": False}.get(facets["sponsor"]),
        "crosstalk": {"allowed": True, "discouraged": False}.get(facets["crosstalk"]),
        "steps": facets["steps"],
    }
    names = {"sponsor": "sponsors", "crosstalk": "talking back and forth", "steps": "the twelve steps"}
    for custom, has in held.items():
        wanted = custom_wish(ask.need, custom)
        if wanted is None:
            continue
        optional = custom == "sponsor" and facets["sponsor"] in ("optional", "mentor")
        if has is None:
            yield Reason(0, f"Whether it has {names[custom]}")
        elif has == wanted or optional:
            yield Reason(MET, f"It has {names[custom]}." if has else f"It has no {names[custom].removeprefix('the ')}.")
        else:
            yield Reason(AGAINST, f"It has {names[custom]}." if has else f"It has no {names[custom]}.")


def custom_wish(need: Need, custom: str) -> bool | None:
    """Return whether a custom is wanted (True), turned down (False), or not spoken of."""
    if need.values(custom, negated=True) or "none" in need.values(custom):
        return False
    return True if "wanted" in need.values(custom) else None


def _approach(ask: Question, facets: Any) -> Iterable[Reason]:
    for wish in ask.need.values("approach"):
        if wish in facets["approach"]:
            yield Reason(2 * MET, f"It works with {ask.label('approach', wish)}.")


def _room(ask: Question, facets: Any) -> Iterable[Reason]:
    """What a meeting must offer, a language or a ramp: some lists have a code for it."""
    marked = []
    for wish in ask.need.values("room"):
        label = ask.label("room", wish)
        if code := facets["rooms"].get(wish):
            marked.append(f"{label} with {code}")
        else:
            yield Reason(0, f"Whether a meeting offers {label}")
    if marked:
        yield Reason(PARTLY, f"Its meeting lists mark {', '.join(marked)}.")


def _law(ask: Question, facets: Any) -> Iterable[Reason]:
    if "court" not in ask.need.values("law"):
        return
    if facets["proof"] in ("confirms", "some-groups"):
        some = " in some groups" if facets["proof"] == "some-groups" else ""
        yield Reason(PARTLY, f"Attendance can be confirmed{some}.")
    elif facets["proof"] == "unknown":
        yield Reason(0, "Whether attendance can be confirmed")
    if facets["spiritual"] == "secular":
        yield Reason(PARTLY, "It is secular: courts must leave a person such a choice.")


def _named(ask: Question, facets: Any) -> Iterable[Reason]:
    wanted = ask.named.get(facets["id"])
    if wanted is True:
        yield Reason(MET, "It was named.")
    elif ask.named.get(facets["part_of"]):
        yield Reason(MET, "It is part of the program that was named.")


def _standing(_ask: Question, facets: Any) -> Iterable[Reason]:
    if facets["status"] == "uncertain":
        yield Reason(ASIDE, "It is not sure that it still meets.")
    if facets["type"] in ("network", "platform"):
        yield Reason(ASIDE, f"It is a {facets['type']}, not a program of its own.")


RULES = (
    _topic,
    _side,
    _grown,
    _who,
    _belief,
    _goal,
    _medication,
    _way,
    _customs,
    _approach,
    _room,
    _law,
    _named,
    _standing,
)

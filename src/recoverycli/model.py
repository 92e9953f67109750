"""What a guide holds: the shape of every record in `data/`.

Records are typed dictionaries, so the checked YAML, the built JSON and what `--format json`
prints are one and the same thing, and no call pays for turning one into another.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Family = Literal["twelve-step", "secular", "religious", "other"]
Type = Literal["fellowship", "program", "network", "platform", "meeting"]
Topic = Literal[
    "alcohol",
    "opioids",
    "cocaine",
    "meth",
    "cannabis",
    "nicotine",
    "pills",
    "benzodiazepines",
    "drugs",
    "gambling",
    "food",
    "sex",
    "debt",
    "gaming",
    "technology",
    "work",
    "relationships",
    "childhood",
    "grief",
    "mental-health",
    "behaviors",
    "any",
]
Who = Literal[
    "self",
    "family",
    "parents",
    "partners",
    "couples",
    "teens",
    "young-adults",
    "adult-children",
    "women",
    "men",
    "lgbtq",
    "veterans",
    "professionals",
    "doctors",
    "hospitality",
    "catholic",
    "latter-day-saint",
    "dual-diagnosis",
    "eating-disorder",
    "on-medication",
    "native",
    "people-of-color",
    "older-adults",
    "newcomers",
]
Goal = Literal["abstinence", "own-goal", "moderation", "harm-reduction", "support", "unknown"]
Spiritual = Literal[
    "secular", "optional", "spiritual", "christian", "jewish", "muslim", "buddhist", "native", "unknown"
]
Sponsor = Literal["sponsor", "mentor", "optional", "none", "unknown"]
Crosstalk = Literal["discouraged", "allowed", "varies", "unknown"]
Leader = Literal["members", "trained-facilitators", "church-leaders", "professionals", "varies", "unknown"]
Mode = Literal["in-person", "online", "phone", "chat", "forum", "email", "app", "retreat"]
Cost = Literal["free", "some-costs", "paid", "unknown"]
Medication = Literal["supports", "accepts", "limits", "no-position", "nothing-found", "not-applicable", "unknown"]
Proof = Literal["confirms", "some-groups", "none", "unknown"]
Status = Literal["active", "uncertain", "inactive", "unknown"]
Grade = Literal["strong", "moderate", "limited", "early", "none-found", "unknown"]
Unfit = Literal[
    "dependence",
    "pregnancy",
    "withdrawal",
    "liver-disease",
    "minor",
    "court-abstinence",
    "serious-illness",
    "eating-disorder",
]
Trust = Literal["official", "government", "research", "seed", "third-party", "weak", "unverified"]


class Fact(TypedDict):
    """One sentence or two in our own words, with where they come from.

    `year` is the year the fact is known to hold; left out, it is the year of the newest source.
    `seen` is true when the source bears no date, so that `year` is the year it was read.
    `quote` holds exact words, shown in quotation marks with credit.
    """

    text: str
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    quote: NotRequired[str]


class Note(Fact):
    """A fact under a heading of its own."""

    title: str


class Summary(Fact):
    """What a program is, in one or two sentences a handout can print."""


class Topics(Fact):
    """What a program addresses. `drugs` is any drug, `any` any addiction, `behaviors` any habit."""

    values: list[Topic]


class Audience(Fact):
    """Whom a program is for. `only` names groups the program is limited to (women, teens)."""

    values: list[Who]
    only: NotRequired[list[Who]]


class SpecialMeetings(Fact):
    """Groups of people for whom some of a program's meetings are held."""

    values: list[Who]


class GoalFact(Fact):
    value: Goal


class SpiritualFact(Fact):
    value: Spiritual


class SponsorFact(Fact):
    value: Sponsor


class CrosstalkFact(Fact):
    value: Crosstalk


class LeaderFact(Fact):
    value: Leader


class Formats(Fact):
    """The ways a program meets."""

    values: list[Mode]


class CostFact(Fact):
    value: Cost


class Founded(Fact):
    """When a program began: `value` is the year in quotes, or unknown."""

    value: str


class ProofFact(Fact):
    """Whether attendance can be confirmed for a court or an employer."""

    value: Proof


class StatusFact(Fact):
    value: Status


class Figure(TypedDict):
    """A count with its unit, year and source.

    `about` is a word before the number (about, nearly, over); `seen` marks an undated source,
    so that `year` is the year it was read; `claimed_by` says who counts.
    """

    count: int
    unit: str
    where: str
    year: int
    sources: list[str]
    about: NotRequired[str]
    seen: NotRequired[bool]
    claimed_by: NotRequired[str]
    note: NotRequired[str]


class Link(TypedDict):
    """A web address, without claims about what it holds."""

    url: str
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    note: NotRequired[str]


class MeetingFinder(Fact):
    """How to find a meeting; `url` where an address is known."""

    url: NotRequired[str]


class Phone(TypedDict):
    """A number an official page shows. An office is never printed as a helpline."""

    number: str
    kind: Literal["helpline", "meeting-line", "office"]
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    note: NotRequired[str]


class Statement(TypedDict):
    """Published words on medication. `quote` is exact; `text` says in plain words what it means."""

    about: list[Literal["methadone", "buprenorphine", "psychiatric", "any"]]
    text: str
    sources: list[str]
    quote: NotRequired[str]
    year: NotRequired[int]
    seen: NotRequired[bool]


class MedicationFact(Fact):
    """supports: publishes support for methadone or buprenorphine. accepts: prescribed medicine is
    accepted, these two not named. limits: groups may ask someone on them not to share or lead.
    no-position: calls it an outside issue. nothing-found: no statement was found.
    """

    value: Medication
    statements: NotRequired[list[Statement]]


class Book(TypedDict):
    title: str
    sources: list[str]
    note: NotRequired[str]


class EvidenceFact(Fact):
    """One honest line on what research says; `studies` are ids in evidence.yaml."""

    value: Grade
    studies: NotRequired[list[str]]


class UnfitFact(Fact):
    """A situation in which this program is not a suitable suggestion."""

    value: Unfit


class Program(TypedDict):
    """A mutual-help program. A field that no source supports is `unknown`."""

    id: str
    name: str
    acronym: str
    aliases: list[str]
    family: Family
    type: Type
    summary: Summary
    addresses: Topics
    audience: Audience
    special_meetings: NotRequired[SpecialMeetings]
    requirement: Fact
    goal: GoalFact
    spiritual: SpiritualFact
    sponsor: SponsorFact
    crosstalk: CrosstalkFact
    led_by: LeaderFact
    approach: NotRequired[Approach]
    meeting: Fact
    formats: Formats
    cost: CostFact
    founded: Founded
    size: list[Figure]
    website: Link
    find_meetings: MeetingFinder
    phones: list[Phone]
    medication: MedicationFact
    proof: ProofFact
    literature: list[Book]
    evidence: EvidenceFact
    cautions: list[Fact]
    unsuitable: NotRequired[list[UnfitFact]]
    next_step: Fact
    notes: NotRequired[list[Note]]
    part_of: NotRequired[str]
    see_also: NotRequired[list[str]]
    status: StatusFact
    reviewed: str
    sources: NotRequired[list[str]]
    local: NotRequired[Local]


class ClinicNote(TypedDict):
    """What a clinic's own file says about a program of the guide."""

    note: NotRequired[str]
    contact: NotRequired[str]
    meetings: NotRequired[list[LocalMeeting]]


class Local(ClinicNote):
    """What a clinic adds to a program: shown as local wherever it appears. `added`: all of it is the clinic's."""

    added: NotRequired[bool]


class LocalMeeting(TypedDict):
    when: str
    where: str
    note: NotRequired[str]


class Step(TypedDict):
    """One of the twelve steps: the 1939 words, a plain line of our own, and a theme."""

    number: int
    text: str
    theme: str
    plain: str


class StepSet(TypedDict):
    """A program's own wording: the steps that differ from the base, in full.

    `not_seen` lists the numbers whose wording was not seen in print: those are shown as unverified.
    `bracketed` are the words the source marks as the ones other programs change.
    """

    program: str
    name: str
    credit: str
    sources: list[str]
    changes: dict[int, str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    not_seen: NotRequired[list[int]]
    bracketed: NotRequired[list[str]]
    note: NotRequired[str]
    variants: NotRequired[list[StepVariant]]
    reviewed: str


class StepVariant(TypedDict):
    number: int
    text: str
    where: str
    sources: list[str]


class MeetingType(TypedDict):
    """A kind of meeting, a part of one, or a way to take part."""

    id: str
    name: str
    aliases: list[str]
    group: Literal["access", "format", "population", "mode", "what-happens", "practical", "engagement"]
    text: str
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    notes: NotRequired[list[Note]]
    codes: NotRequired[list[str]]
    see_also: NotRequired[list[str]]
    reviewed: str


class Code(TypedDict):
    """A code that meeting lists print. `programs` are the fellowships whose lists use it so."""

    code: str
    meaning: str
    programs: list[str]
    sources: list[str]
    text: NotRequired[str]


class Reading(TypedDict):
    """A text read at meetings, quoted exactly and credited."""

    id: str
    name: str
    aliases: list[str]
    quote: list[str]
    credit: str
    text: str
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    variants: NotRequired[list[ReadingVariant]]
    notes: NotRequired[list[Note]]
    programs: NotRequired[list[str]]
    reviewed: str


class ReadingVariant(TypedDict):
    name: str
    quote: list[str]
    sources: list[str]
    note: NotRequired[str]


class Trap(TypedDict):
    """A name that could mislead. explain: not in the guide, say so. ask: could be several.
    default: show the first suggestion and say what else it could be.
    """

    id: str
    typed: list[str]
    action: Literal["explain", "ask", "default"]
    text: str
    suggestions: list[str]
    sources: list[str]
    danger: NotRequired[str]
    reviewed: str


class Result(TypedDict):
    """One figure of a study. A bar is drawn for those with a percentage."""

    label: str
    year: int
    text: str
    percent: NotRequired[float]


class Study(TypedDict):
    id: str
    name: str
    aliases: list[str]
    year: int
    design: str
    size: str
    claim: str
    figures: list[Result]
    limits: str
    about: list[str]
    sources: list[str]
    warning: NotRequired[str]
    notes: NotRequired[list[Note]]
    reviewed: str


class FamilyEvidence(TypedDict):
    """One honest line on what research says for a family of programs."""

    family: str
    name: str
    value: Grade
    text: str
    sources: list[str]
    studies: NotRequired[list[str]]


class CrisisLine(TypedDict):
    id: str
    name: str
    type: Literal["emergency", "crisis", "overdose", "treatment", "gambling", "veterans", "poison", "safety"]
    contact: str
    text: str
    hours: str
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    first: NotRequired[bool]


class Danger(TypedDict):
    """Something that can kill: what it looks like and what to do."""

    id: str
    name: str
    aliases: list[str]
    text: str
    signs: list[str]
    do: list[str]
    lines: list[str]
    sources: list[str]
    notes: NotRequired[list[Note]]
    reviewed: str


class DangerWords(TypedDict):
    """Words that bring a danger's box before anything else."""

    danger: str
    words: list[str]


class Word(TypedDict):
    """The words people use for one value of one facet. `marks`: the meanings of list codes that stand for it.

    `hints`: words of a topic that count only where no word names another one outright: "I call my ex".
    """

    facet: str
    value: str
    label: str
    words: list[str]
    hints: NotRequired[list[str]]
    marks: NotRequired[list[str]]


class Term(TypedDict):
    id: str
    name: str
    aliases: list[str]
    text: str
    sources: list[str]
    year: NotRequired[int]
    seen: NotRequired[bool]
    notes: NotRequired[list[Note]]
    see_also: NotRequired[list[str]]
    reviewed: str


class Source(TypedDict):
    """A citation. `year` is its date; with `seen`, it bears none and `year` is when it was read.
    `unverified` marks what careful people remember but no page confirmed yet.
    """

    id: str
    title: str
    trust: Trust
    year: int
    seen: NotRequired[bool]
    url: NotRequired[str]
    note: NotRequired[str]


class Approach(Fact):
    """How a program works, where a source says so: skills (CBT and the like), meditation, activity."""

    values: list[Literal["skills", "meditation", "activity"]]


class ClinicProgram(TypedDict):
    """A program a clinic adds in its own file, in plain values."""

    id: str
    name: str
    text: str
    family: Family
    addresses: list[Topic]
    audience: list[Who]
    acronym: NotRequired[str]
    aliases: NotRequired[list[str]]
    only: NotRequired[list[Who]]
    goal: NotRequired[Goal]
    spiritual: NotRequired[Spiritual]
    sponsor: NotRequired[Sponsor]
    crosstalk: NotRequired[Crosstalk]
    formats: NotRequired[list[Mode]]
    medication: NotRequired[Medication]
    cost: NotRequired[str]
    meeting: NotRequired[str]
    find_meetings: NotRequired[str]
    next_step: NotRequired[str]
    website: NotRequired[str]
    phone: NotRequired[str]
    caution: NotRequired[str]
    contact: NotRequired[str]
    meetings: NotRequired[list[LocalMeeting]]


class ClinicFile(TypedDict):
    """A clinic's own file: programs it adds, and what it says about built-in ones, by id."""

    programs: NotRequired[list[ClinicProgram]]
    local: NotRequired[dict[str, ClinicNote]]

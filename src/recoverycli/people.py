"""Who is mentioned in a need: the speaker, the client, relatives and friends, and whom a pronoun may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.phrases import texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.phrases import Hit, Word

SPEAKER = frozenset("i im ive we yo soy estoy puedo necesito quiero tomo bebo fumo consumo apuesto llego".split())
MINE = frozenset("my our your mi mis mine".split())
HIS = frozenset("he his him himself hes hed el".split())
HER = frozenset("she her hers herself shes shed ella".split())
THEIR = frozenset("they their them theirs themselves theyre theyve su sus".split())
MALE = frozenset(
    """husband boyfriend bf hubby father dad daddy papa stepdad stepfather grandfather grandpa son stepson grandson
    brother stepbrother uncle nephew godson boy esposo marido novio padre abuelo hijo nieto hermano tio""".split()
)
FEMALE = frozenset(
    """wife girlfriend gf wifey mother mom mum mommy mama stepmom stepmother grandmother grandma daughter stepdaughter
    granddaughter sister stepsister aunt niece goddaughter girl esposa novia madre abuela hija nieta hermana
    tia""".split()
)
PLURAL = frozenset(
    "parents children kids sons daughters brothers sisters boys girls friends teens hijos padres".split()
)
OWNERS = MINE | {"his", "her", "their", "su", "sus", "whose", "pts", "clients", "patients", "someones"}
SOMEONE = frozenset(
    """muchacho muchacha chico chica adicto adicta alcoholico alcoholica hombre mujer joven borracho someone
    somebody addict alcoholic alcoholics addicts user drinker gambler guy man woman girl person pt patient
    client inmate resident smoker workaholic hoarder junkie stoner drunk drunks users drinkers gamblers member
    boy son daughter kid teen teenager child""".split()
)
BOND = frozenset(
    "dating married engaged living lives live lived loves love loving supporting helping care raised".split()
)
USERS = frozenset("drinker addict alcoholic gambler".split())
SELF = frozenset("brain self mind side voice behavior ways thinking past tendencies husband wife son daughter".split())
"""What makes "my addict ..." part of oneself, or somebody named next."""
CLIENTS = frozenset(
    "client patient pt ct cl resident inmate clients paciente student pupil congregant parishioner".split()
)
CASEWORK = frozenset("caseload refer referring referral intake client clients patient patients guy fellow lady".split())
"""Words by which a counselor speaks: "I" is then nobody's relative."""
WORKPLACES = frozenset("program clinic unit facility agency center ward shelter detox office practice".split())
ADJECTIVES = frozenset(
    "own adult teenage teen young youngest oldest older younger little best ex only late estranged dear poor".split()
)
TITLES = frozenset({"mr", "mrs", "ms"})
"""What counselors call the person asked about by: "Mr. T"."""
SMALL = frozenset(
    "dos tres cuatro ninos two three four five six twins kids boys girls toddler baby infant newborn triplets".split()
)
"""What "mother of" stands before when it only says that the person asked about has children."""
TROUBLED = frozenset("who on in addicted using both dead died".split())
"""What follows children who are not only told of in passing."""
GROWN_UP = 18
SMALL_AGE = 12
"""Years up to which a child is not the one who uses."""
ROLES = frozenset(
    """single married divorced widowed busy gay new expectant working stay as young teen teenage cps foster pregnant
    retired""".split()
)
ROLE_WORDS = 3
"""How many words may stand before a role that opens a note: "young single mom"."""
ACTS = frozenset("lives wants works takes lost has had uses drinks smokes drives seeks gambles".split())
"""How a clause begins that tells of the person asked about and names nobody: "bipolar, lives with an aunt"."""
GROWN = frozenset("male female man woman guy lady hombre mujer".split())
LONE = frozenset("widow widower divorcee bachelor veteran vet viudo viuda".split())
"""What the person asked about is called by where it opens a note."""
DESCRIBING = 3
"""How many words may stand before it: "young Black trans woman"."""
AMONG_OTHERS = frozenset(
    "best my our your his her their to with of by from for about a an the who living married dating".split()
)
"""What stands before somebody the person asked about only has to do with."""
BRINGS = frozenset("brings brought drove drives accompanies accompanied escorted".split())
GRANDPARENTS = frozenset("grandmother grandfather grandma grandpa granny abuela abuelo".split())
"""Whose age no grandchild tells: they are the ones asked about."""
BABIES = frozenset("cps dcfs dhs baby newborn infant reunification".split())
"""What a note speaks of that calls the person asked about "mom" or "dad"."""
BORN = frozenset("youngest oldest eldest middle firstborn ex".split())
THINGS = frozenset(
    """first second third last next daily morning own only aa na sponsor home job license house car life health marriage
    career money savings mind sobriety""".split()
)
"""What follows "my" and is nobody: "my first pill"."""
DOES = frozenset("has who drinks uses drank used".split())
TELLING = frozenset("told tells asked asks".split())
BEING = frozenset("am im is shes hes was were are be".split())
YEARS = frozenset("year years yr yrs month months ten twenty thirty many".split())
NOT = frozenset("non denies not dont doesnt didnt never no arent isnt nobody havent hasnt nunca jamas".split())
DENIED = frozenset(
    """any a an or and of the own need touch he has have had ever been alcohol etoh drug drugs drink drinking use uses
    used substance substances smoke gamble really even longer""".split()
)
"""What may stand between a denial and the word it denies."""
NOT_YET = frozenset("almost nearly could couldve scared afraid terrified fear might casi".split())
"""What is said before a death that has not come."""
REACH = 7
HELP = frozenset("support help group meeting meetings someone something anything advice".split())
THE_OTHER = frozenset("him his he her patient client pt them me my".split())
SEEKS = frozenset("asks asking seeks seeking requests requesting wants wanting needs looking".split())
FROM = frozenset("from with at by to against behind con contra".split())


class Person(NamedTuple):
    """Somebody mentioned, by the words from `start` to before `end`. `owner` says whose: my, his, clients ...

    kind: speaker, client (the person asked about), other (somebody related to them), youth (a child, nobody's yet),
    asker (the person asked about, named as somebody's relative: "I am the wife"), or pronoun.
    """

    start: int
    end: int
    kind: str
    owner: str = ""


def people_in(words: Sequence[Word], hits: Sequence[Hit]) -> list[Person]:
    """Return everybody mentioned, in the order of their words."""
    texts = {word.text for word in words}
    speaker = any(_is_speaker(words, i) or words[i].text in MINE for i in range(len(words)))
    found, taken = _related(words, hits)
    parent = any(p.kind == "client" and words[p.end - 1].text in MALE | FEMALE for p in found)
    if speaker or parent or any(p.owner in MINE for p in found):  # "the boy is 14, we are at the end of our rope"
        found = [p._replace(kind="other", owner="my") if p.kind == "youth" else p for p in found]
    found += [Person(i, i + 1, "client") for i in range(len(words)) if _opens_as_client(words, i)]
    found += [Person(i, i + 1, "client") for i in range(len(words)) if opens_clause(words, i) and _aged(words[i:])]
    if not speaker and _opens_by_who(words, hits) and all(words[p.start].clause for p in found):
        found.append(Person(0, 1, "client"))
    acts = next((i for i in range(len(words)) if opens_clause(words, i) and words[i].text in ACTS), -1)
    if acts >= 0 and not speaker and all(p.start > acts for p in found):
        found.append(Person(0, 1, "client"))
    for i in range(len(words)):
        if i not in taken and (person := _unlisted(words, hits, i, taken) or _plain_person(words, i)):
            found.append(person)
    found.sort(key=lambda person: person.start)
    spoken = any(word.text in ("me", "us") and words[i - 1].text not in TELLING for i, word in enumerate(words) if i)
    client = any(p.kind in ("client", "youth") for p in found) or not texts.isdisjoint(CASEWORK) or _at_work(words)
    return [_loved(words, found, p) for p in found] if (speaker or spoken) and not client else found


def _related(words: Sequence[Word], hits: Sequence[Hit]) -> tuple[list[Person], set[int]]:
    """Return those the vocabulary has a word for, and the places of words that are used up."""
    found: list[Person] = []
    taken: set[int] = set()
    for hit in hits:
        person = None
        if any(facet == "relation" for facet, _ in hit.targets):
            person = _relation(words, hits, hit, found[-1] if found else None)
        elif is_family(words, hit):
            person = Person(hit.start, hit.end, "other", "my")
        if person and person.start not in taken:  # "dad of twins": the twins are used up
            found.append(person)
            taken.update(range(person.start, person.end + 3 * (person.kind == "asker")))
    return found, taken


def _unlisted(words: Sequence[Word], hits: Sequence[Hit], i: int, taken: set[int]) -> Person | None:
    """Return somebody behind a "my" at `i` whom the vocabulary has no word for: "my wfie drinks", "my oldest"."""
    if words[i].text not in OWNERS or i + 1 == len(words) or i + 1 in taken:
        return None
    described = [word.text for word in words[i + 1 : i + 4]]  # "my best welder is drunk"
    is_so = len(described) == 3 and described[0] in ADJECTIVES - {"own"} and described[2] == "is"
    place, after = (i + 2, i + 4) if is_so else (i + 1, i + 2)
    noun = words[place].text
    listed = any(hit.start <= place < hit.end for hit in hits)
    beside = any(hit.start == after and words[hit.start].clause == words[i].clause for hit in hits)
    thing = noun in THINGS or noun.endswith(("ed", "ly", "ing"))  # "my prescribed oxy", "my nightly wine"
    troubled = words[i].text in MINE and beside and not thing
    return Person(place, place + 1, "other", words[i].text) if not listed and (troubled or noun in BORN) else None


def _loved(words: Sequence[Word], people: Sequence[Person], person: Person) -> Person:
    """Return a pronoun that stands for nobody named as somebody of the speaker's: "he drinks and I cannot sleep"."""
    if person.kind != "pronoun" or person.owner in THEIR:  # "they don't even test for it"
        return person
    if "who" in texts(words[max(0, person.start - 4) : person.start], words[person.start].clause):
        return person  # "I'm an RN who lost her license"
    named = (p for p in people if p.start < person.start and p.kind in ("other", "asker") and p.owner not in HIS | HER)
    stands = any(not mismatch(words[p.end - 1].text, person.owner) for p in named)
    return person if stands else person._replace(kind="other", owner="my")


def _plain_person(words: Sequence[Word], i: int) -> Person | None:
    """Return who a single word stands for, if anybody."""
    text = words[i].text
    before = words[i - 1].text if i else ""
    following = words[i + 1].text if i + 1 < len(words) else ""
    if _is_speaker(words, i) or (text == "me" and following in ("who", "that")):
        return Person(i, i + 1, "speaker")
    if _bonded(words, i) or (
        text[:2].isdigit()
        and not text.endswith("s")  # "in her 40s"
        and before in OWNERS - {"whose"}
        and following not in ("percent", "days", "day")
    ):
        return Person(i, i + 1, "other", before if before in OWNERS else "my")
    if text in USERS and before in MINE and following not in SELF:
        return Person(i, i + 1, "other", before)  # "divorced my drinker"
    if text in TITLES and following and not words[i + 1].raw.endswith("'s"):
        return Person(i, i + 2, "client")
    if text == "ex" and opens_clause(words, i) and following in BEING | DOES | {"still", "keeps"}:
        return Person(i, i + 1, "other", "my")  # not "ex smoker"
    article = text == "el" and words[i].raw.lower() == "el"
    article = article or (text == "he" and following.endswith(("ado", "ido")))  # "nunca he tenido"
    if (pronoun := _pronoun(words[i])) in HIS | HER | THEIR and not article:
        return Person(i, i + 1, "pronoun", pronoun)
    return Person(i, i + 1, "client") if text in CLIENTS and not words[i].raw.endswith("'s") else None


def opens_clause(words: Sequence[Word], i: int) -> bool:
    """Say whether a word is the first of its clause."""
    return not i or words[i - 1].clause != words[i].clause


def _opens_as_client(words: Sequence[Word], i: int) -> bool:
    """Say whether a note opens with the man or woman it is about: "male", "Lakota man, wants", "widower, 71"."""
    led = [word.text for word in words[:i]]
    if words[i].clause != words[0].clause or i > DESCRIBING or not AMONG_OTHERS.isdisjoint(led):
        return False
    return words[i].text in GROWN or (words[i].text in LONE and not i)


def _opens_by_who(words: Sequence[Word], hits: Sequence[Hit]) -> bool:
    """Say whether a note begins with who the person asked about is: "8 months pregnant, boyfriend in jail"."""
    first = (target for hit in hits if not words[hit.start].clause for target in hit.targets)
    return any(t == ["risk", "pregnancy"] or (t[0] == "who" and t[1] not in ("family", "parents")) for t in first)


def _at_work(words: Sequence[Word]) -> bool:
    """Say whether a counselor speaks of where they work: "our 28-day program"."""
    after = (words[i + 1 : i + 4] for i, word in enumerate(words) if word.text == "our")
    return any(word.text in WORKPLACES for span in after for word in span)


def _aged(words: Sequence[Word]) -> bool:
    """Say whether words open with the age and sex of the person asked about: 26M, 34 yo F, M 34."""
    first = [word.text for word in words[:3]]
    marks = {"m", "f", "yo", "male", "female", "man", "woman"}
    if not (MALE | FEMALE).isdisjoint(word.text for word in words[1:4] if word.clause == words[0].clause):
        return False  # "30 y/o grandson"
    joined = first[0][:2].isdigit() and first[0][2:] in ("m", "f", "yo")
    return joined or (any(text[:2].isdigit() for text in first[:2]) and not marks.isdisjoint(first))


def _pronoun(word: Word) -> str:
    """Return a word without what an apostrophe ties to it: "he" for "he'll"."""
    return word.raw.lower().partition("'")[0] if "'" in word.raw.strip("'") else word.text


def _is_speaker(words: Sequence[Word], i: int) -> bool:
    """Say whether a word is "I" or "we": "yo" after a number is an age."""
    aged = words[i].text == "yo" and i > 0 and words[i - 1].text[:1].isdigit()
    return _pronoun(words[i]) in SPEAKER and not aged


def _bonded(words: Sequence[Word], i: int) -> bool:
    """Say whether somebody is loved, married or lived with: "married to a man who drinks", "the man I love"."""
    wed = [word.text for word in words[max(0, i - 3) : i]] in (["married", "to", "a"], ["married", "to", "an"])
    if words[i].text not in SOMEONE and not wed:
        return False
    before = texts(words[max(0, i - 6) : i], words[i].clause)
    tied = not {"a", "an", "the", "with", "to"}.isdisjoint(before[-2:])
    if not BOND.isdisjoint(before) and (tied or words[i].text in ("someone", "somebody")):
        return True
    after = texts(words[i + 1 : i + 4], words[i].clause)
    opens = i < 2 or words[i - 2].clause != words[i].clause
    led = bool(after) and after[0] in SPEAKER | HIS | HER
    return led and (not BOND.isdisjoint(after) or (opens and after[0] in ("i", "we")))


def _relation(words: Sequence[Word], hits: Sequence[Hit], hit: Hit, previous: Person | None) -> Person:
    """Return a relation as the other, as the person asked about, or as one who asks for somebody else."""
    clause = words[hit.start].clause
    start = hit.start
    while start and _describes(words[start - 1].text) and words[start - 1].clause == clause:
        start -= 1
    before = "" if opens_clause(words, start) else words[start - 1].text
    before = words[hit.start].text if words[hit.start].text in MINE else before
    owner = words[start - 2] if start > 1 else None
    if owner and owner.text in OWNERS and owner.clause == clause and before not in OWNERS | BEING and len(before) > 3:
        start, before = start - 1, owner.text  # "his blind mother"
    rest = texts(words[hit.end : hit.end + 5], clause)
    following = rest[0] if rest else ""
    kinds = {value for facet, value in hit.targets if facet == "relation"}
    noted = not start and any(word.text in CLIENTS and word.raw.endswith("'s") for word in words[hit.end :])
    if noted or _is_asker(words, start) or _seeks(words, hit.end, before):
        return Person(start, hit.end, "asker")  # "wife speaks of pt's drinking", "I am the wife", "asks for support"
    if before in OWNERS:
        return Person(start, hit.end, "other", before)
    lasting = not YEARS.isdisjoint(rest[1:3])
    somebodys = _of_somebody(rest[1:]) or _of_trouble(words, hits, hit) or (kinds & {"partner"} and not lasting)
    if following in ("of", "to", "de") and somebodys:
        return Person(start, hit.end, "asker")  # "mother of a heroin addict"
    if start and words[start - 1].raw.endswith("'s") and any(o.end == start and _is_trouble(o) for o in hits):
        return Person(start, hit.end, "asker")  # "gambler's wife"
    if start and words[start - 1].raw.endswith("'s") and words[start - 1].clause == clause:
        theirs = before in CLIENTS or (previous is not None and previous.end == start and previous.kind == "other")
        theirs = theirs or any(["who", "teens"] in other.targets and other.end == start for other in hits)
        return Person(start, hit.end, "other" if theirs else "client", "clients" if theirs else "")
    led = [_pronoun(word) for word in words[max(0, start - 3) : start - 1]]
    named = {"im", "hes", "shes"} | SPEAKER | HIS | HER | CLIENTS
    mothering = before in ("a", "an") and led[-1:] and led[-1] in BEING | SPEAKER and not named.isdisjoint(led)
    troubled = bool(rest) and any(other.start == hit.end and _is_trouble(other) for other in hits)
    both = "both" in (word.text for word in words[hit.end : hit.end + 2])  # "two sons, both on heroin"
    counted = before in SMALL and not troubled and not both and following not in TROUBLED
    brought = before in BRINGS and previous is not None
    passing = before in ("a", "an") and led[-1:] in (["has"], ["have"], ["having"])
    passing = passing and "child" in kinds and not troubled and following not in TROUBLED  # "has a son, drinks"
    if mothering or counted or brought or passing:
        return Person(start, hit.end, "client")  # "I am a mom", "with two teenage sons", "mother brings daughter, 24"
    if before == "and" and previous and previous.kind == "client" and previous.end == start - 1:
        return Person(start, hit.end, "client")
    if kinds & {"youth"}:
        return Person(start, hit.end, "youth")
    near = set(texts(words[max(0, start - 4) : start], clause))
    if near & {"living", "lives", "live", "raised", "married", "grew"} and before not in FROM:
        return Person(start, hit.end, "other", "my")  # "living with a hoarder mother"
    role = _is_role(words, hits, hit, start, previous)
    taken = hit.end + 2 if following in ("of", "de") and not lasting else hit.end  # "mother of two"
    return Person(start, taken if role else hit.end, "client" if role else "other")


def _of_trouble(words: Sequence[Word], hits: Sequence[Hit], hit: Hit) -> bool:
    """Say whether "mother of" goes on with a problem: "mom of a heroin addict", not "mom of two who drinks"."""
    clause = words[hit.start].clause
    between = texts(words[hit.end + 1 : hit.end + 3], clause)
    starts = {hit.end + 1 + n for n in range(1 + len(between)) if {"a", "an", "the", "our"}.issuperset(between[:n])}
    return any(other.start in starts and words[other.start].clause == clause and _is_trouble(other) for other in hits)


def _is_trouble(hit: Hit) -> bool:
    return any(facet in ("topic", "use") for facet, _ in hit.targets)


def _is_role(words: Sequence[Word], hits: Sequence[Hit], hit: Hit, start: int, previous: Person | None) -> bool:
    """Say whether a relation tells only what the person asked about is: "mother of two", "single dad", "dad in AA"."""
    clause = words[hit.start].clause
    rest = texts(words[hit.end : hit.end + 4], clause)
    following = rest[0] if rest else ""
    before = "" if opens_clause(words, start) else words[start - 1].text
    parent = ["relation", "parent"] in hit.targets and not _of_a_teen(hits, hit) and not _opens_under_age(words)
    if parent and _opens_note(words, hit, start):
        return True  # "CPS case plan, mother, meth", "atheist mom, kid on opioids"
    if following in ("of", "de") and YEARS.isdisjoint(rest[1:3]):
        return True
    spoken = any(_is_speaker(words, i) for i in range(len(words)))
    described = following in ("who", "in", "with", "trying", "on", "here") and previous is None and not spoken
    grown = start >= 2 and [w.text for w in words[:start]][-2:] in (["yr", "old"], ["year", "old"]) and not spoken
    if grown and words[hit.start].text in GRANDPARENTS:
        return True  # "62 yr old grandmother, crack again"
    alone = sum(any(facet == "relation" for facet, _ in other.targets) for other in hits) == 1
    if parent and alone and not spoken and not BABIES.isdisjoint(word.text for word in words):
        return True  # "CPS has the baby; mom 23 stable on methadone"
    home = parent or ["relation", "partner"] in hit.targets
    joined = following == "and" and HIS.union(HER).isdisjoint(rest[1:2])  # not "boyfriend and his coke"
    return before in ROLES or (home and joined and not start) or (parent and described)


def _of_a_teen(hits: Sequence[Hit], hit: Hit) -> bool:
    """Say whether a parent comes after a teenager the note is about: "middle schooler, dad on meth"."""
    return any(["who", "teens"] in other.targets and other.end <= hit.start for other in hits)


def _opens_under_age(words: Sequence[Word]) -> bool:
    """Say whether a note begins with the age of somebody who is no parent yet: "14 yo, mom on pills"."""
    return words[0].text[:2].isdecimal() and int(words[0].text[:2]) < GROWN_UP


def _describes(word: str) -> bool:
    """Say whether a word stands between "my" and a relative: "my 31 year old son"."""
    return word in ADJECTIVES or word in ("year", "yr", "yo", "old") or word.isdigit()


def _opens_note(words: Sequence[Word], hit: Hit, start: int) -> bool:
    """Say whether a relation stands alone between commas, as notes name the client, and nobody says "I"."""
    clause = words[hit.start].clause
    alone = hit.end < len(words) and words[hit.end].clause != clause
    early = opens_clause(words, start) or start < ROLE_WORDS
    return alone and early and not any(_is_speaker(words, i) for i in range(len(words)))


def _is_asker(words: Sequence[Word], start: int) -> bool:
    """Say whether a relation is what the person asked about is to somebody: "I am the wife", "she is his mother"."""
    before = texts(words[max(0, start - 3) : start], words[start].clause)
    if len(before) < 2 or before[-1] not in ("the", "his", "her", "their"):
        return False
    named = before[-2] in ("im", "shes", "hes") or before[0] in SPEAKER | HIS | HER | CLIENTS
    return named and before[-2] in BEING


def _seeks(words: Sequence[Word], end: int, owner: str) -> bool:
    """Say whether a relative asks for help of their own: "client's wife wants a group for spouses"."""
    clause = words[end - 1].clause
    after = texts(words[end : end + 9], clause)
    after = after[1:] if after[:1] and after[0] in BEING else after
    if owner in MINE or after[:1] == [] or after[0] not in SEEKS or HELP.isdisjoint(after[1:]):
        return False
    relation = words[end - 1].text
    own = HER if relation in FEMALE else HIS if relation in MALE else frozenset()
    the_other = THE_OTHER - own  # a wife's "for her" is for herself
    handed_on = any(
        word in ("for", "to") and after[i + 1 : i + 2] and after[i + 1] in the_other for i, word in enumerate(after)
    )
    return the_other.isdisjoint(after[1:4]) and not handed_on


def _of_somebody(rest: Sequence[str]) -> bool:
    """Say whether "mother of" goes on with somebody who has the problem, not with small children."""
    rest = [word for word in rest if word not in ("a", "an", "the", "un", "una", "el", "la")]
    if not rest or rest[0] in SMALL:
        return not rest or not {"addicts", "alcoholics", "drunks", "users", "gamblers"}.isdisjoint(rest[:3])
    lasting = rest[1:2] and rest[1] in YEARS and rest[2:3] != ["old"]  # "of 20 years", not "of a 20 year old"
    aged = rest[0][:2].isdecimal() and int(rest[0][:2]) > SMALL_AGE and not lasting
    return aged or any(word in SOMEONE or word in MINE or word in ("teens", "teenagers", "addicted") for word in rest)


def mismatch(relation: str, pronoun: str) -> bool:
    many = relation in PLURAL and pronoun in HIS | HER
    return many or (relation in MALE and pronoun in HER) or (relation in FEMALE and pronoun in HIS)


def same_sex(relation: str, pronoun: str) -> bool:
    return (relation in MALE and pronoun in HIS) or (relation in FEMALE and pronoun in HER)


def is_family(words: Sequence[Word], hit: Hit) -> bool:
    asked = ["who", "family"] in hit.targets or ["who", "parents"] in hit.targets
    return asked and not denied(words, hit.start)


def denied(words: Sequence[Word], start: int) -> bool:
    """Say whether this is "I don't drink" or "denies any alcohol or drug use": no problem of that person's."""
    if words[start].text in NOT:
        return True
    for i in range(start - 1, max(0, start - REACH) - 1, -1):
        word = words[i]
        if word.clause != words[start].clause or (word.text not in NOT and word.text not in DENIED):
            return False
        if word.text in NOT:
            return "if" not in (before.text for before in words[max(0, i - 2) : i])  # "if I don't stop drinking"
    return False

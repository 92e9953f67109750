"""A name → an entry, candidates, or a trap explained.

Exact names first, then traps, then rapidfuzz. A doubtful name is never shown as if it were meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.errors import NotFound
from recoverycli.facets import is_for_families
from recoverycli.words import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from recoverycli.guide import Guide, Target
    from recoverycli.model import Trap

KINDS = ("program", "meeting_type", "reading", "term", "danger", "step", "study", "code")
SHOW = 85
MARGIN = 10
SUGGEST = 60
CROSSING = 75
LONGEST = 200
SHORTEST = 4

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_CARDINALS = "one two three four five six seven eight nine ten eleven twelve".split()
GENERIC = frozenset(
    """anonymous recovery programme support self help addiction addicts people of for and in to my is what club
    online y anonimos anonimas al group groups meeting meetings program programs fellowship the a an""".split()
)
"""Words too many names share to tell one from another."""
_GROUPS = frozenset("family families women men teens teen youth parents veterans adults young christian".split())
_FILLER = frozenset(
    "the a an group groups meeting meetings program programs fellowship el la los las de grupo grupos reunion".split()
)
NEAR_WORD, NEAR_WORD_OTHERWISE = 75, 80
"""How like another word (0 to 100) a slip of it is that begins with the same letter, or with another one."""
ALIKE = 70


class Found(NamedTuple):
    """One entry. `remark` is for the person, not the script: what was corrected, what else it could be."""

    kind: str
    id: str
    record: Any
    remark: str = ""
    danger: str = ""


def names_of(kind: str, record: Any) -> list[str]:
    """Return the normalised names an entry answers to, also without their spaces."""
    if kind == "trap":
        given = []
    elif kind == "step":
        number = record["number"]
        ordinal, cardinal = _ORDINALS[number - 1], _CARDINALS[number - 1]
        given = [f"step {number}", f"step {cardinal}", f"{ordinal} step", f"{number} step", f"paso {number}"]
    elif kind == "code":
        given = [f"code {record['code']}", *([record["code"]] if len(record["code"]) > 1 else [])]
    elif kind in KINDS:
        given = [record["id"], record["name"], record.get("acronym", ""), *record["aliases"]]
    else:
        given = []
    names = dict.fromkeys(normalise(name) for name in given)
    names.update(dict.fromkeys(name.replace(" ", "") for name in list(names)))
    return [name for name in names if name]


def precedence(target: Collection[str]) -> int:
    """Return how early a kind is thought of when one name belongs to several."""
    kind, _ = target
    return KINDS.index(kind)


def find(guide: Guide, typed: str, kinds: Collection[str] = KINDS) -> Found:
    """Return the entry `typed` names, among `kinds`.

    Raises NotFound with up to three candidates when it is doubtful, with an explanation for a trap.
    """
    name = normalise(typed[:LONGEST])
    if not name:
        raise NotFound("Nothing to look up: give a name, such as `recoverycli show aa`.")
    for form in _forms(name):
        trap = _trap(guide, form) if "program" in kinds else None
        targets = [target for target in guide.named(form) if target[0] in kinds]
        own_id = next((t for t in targets if t[0] == "program" and normalise(t[1]) == form), None)
        if trap and not own_id and trap["action"] != "default":
            raise _explained(guide, trap, typed)
        if trap and not own_id:
            own_id = ("program", trap["suggestions"][0])
        if own_id or targets:
            return _exact(guide, typed, own_id, targets, trap)
    return _nearest(guide, typed, name, kinds)


def find_program(guide: Guide, typed: str) -> Found:
    """Return the program `typed` names. Raises NotFound as `find` does."""
    return find(guide, typed, ("program",))


def _forms(name: str) -> Iterator[str]:
    """Yield a name as typed, without spaces, and without words such as "the" and "meetings"."""
    yield name
    yield name.replace(" ", "")
    bare = " ".join(word for word in name.split() if word not in _FILLER)
    if bare and bare != name:
        yield bare
        yield bare.replace(" ", "")


def _trap(guide: Guide, name: str) -> Trap | None:
    key = guide.lines.get(f"typed/{name}")
    return guide.record("trap", key) if key else None


def _exact(guide: Guide, typed: str, own_id: Target | None, targets: list[Target], trap: Trap | None) -> Found:
    if own_id is None:
        kind = targets[0][0]
        same = [target for target in targets if target[0] == kind]
        if kind == "program" and len(same) > 1:
            raise _doubtful(guide, typed, same)
        own_id = targets[0]
    kind, key = own_id
    remark = trap["text"] if trap and own_id[0] == "program" else ""
    return Found(kind, key, guide.record(kind, key), remark, trap.get("danger", "") if trap else "")


def _explained(guide: Guide, trap: Trap, typed: str) -> NotFound:
    explained = trap["action"] == "explain"
    return NotFound(
        f"'{_short(typed)}' is not a program in the guide."
        if explained
        else f"'{_short(typed)}' could be several things.",
        trap["suggestions"],
        _candidate_lines(guide, [("program", key) for key in trap["suggestions"]]),
        trap,
    )


def _doubtful(guide: Guide, typed: str, targets: list[Target]) -> NotFound:
    problem = "could be several things" if len(targets) > 1 else "is not quite a name in the guide"
    return NotFound(
        f"'{_short(typed)}' {problem}.",
        [key for _, key in targets],
        _candidate_lines(guide, targets),
    )


def _candidate_lines(guide: Guide, targets: list[Target]) -> list[str]:
    lines = []
    for kind, key in targets:
        record = guide.record(kind, key)
        name = record.get("name") or f"Step {key}" if record else key
        lines.append(f"recoverycli show {show_word(kind, key)}   {name}{_for_whom(kind, record)}")
    return lines


def show_word(kind: str, key: str) -> str:
    """Return what to type after `show` for an entry."""
    return f'"step {key}"' if kind == "step" else key.partition("/")[0]


def _for_whom(kind: str, record: Any) -> str:
    if kind != "program" or not record:
        return ""
    return " (for families and friends)" if is_for_families(record) else ""


def _short(typed: str) -> str:
    typed = " ".join(typed.split())
    return typed if len(typed) <= 60 else f"{typed[:57]}..."


def _nearest(guide: Guide, typed: str, name: str, kinds: Collection[str]) -> Found:
    """Return the entry whose name is nearest, if it is clear which one. Raises NotFound otherwise."""
    bare = name.replace(" ", "")
    telling = [word for word in name.split() if word not in GENERIC]
    ranked = _ranked(guide, name, kinds) if len(bare) > 3 and telling else []
    plain = " ".join(word for word in name.split() if word not in _FILLER)
    if ranked and plain != name and not _is_clear(ranked, telling):  # "al annon meeting"
        shorter = _ranked(guide, plain, kinds)
        ranked = shorter if _is_clear(shorter, telling) else ranked
    if not ranked:
        raise _nothing(typed)
    best, clear = ranked[0][0], _is_clear(ranked, telling)
    if best[0] == "trap" and clear:
        raise _explained(guide, guide.record("trap", best[1]), typed)
    candidates = [target for target, _ in ranked[:3] if target[0] != "trap"]
    if not clear or _crosses(guide, ranked):
        if not candidates:
            raise _nothing(typed)
        raise _doubtful(guide, typed, candidates)
    record = guide.record(*best)
    title = record.get("name") or f"Step {best[1]}"
    return Found(*best, record, f"Showing {title} ({show_word(*best)}) for '{_short(typed)}'.")


def _is_clear(ranked: Sequence[tuple[Target, float]], telling: Collection[str]) -> bool:
    """Say whether the first entry is near enough to be shown, and well ahead of the next."""
    if not ranked or _GROUPS.issuperset(telling):
        return False
    score = ranked[0][1]
    return score >= SHOW and (len(ranked) == 1 or score - ranked[1][1] >= MARGIN)


def _ranked(guide: Guide, name: str, kinds: Collection[str]) -> list[tuple[Target, float]]:
    """Return entries with their best score by any of their names, best first."""
    from rapidfuzz import fuzz, process

    targets: dict[str, list[Target]] = {}
    for known, named in guide.names():
        if len(known.replace(" ", "")) > SHORTEST:
            targets[known] = [target for target in named if target[0] in kinds]
    if "program" in kinds:
        for key in guide.lines.keys("typed/"):
            if len(key) > SHORTEST:
                targets.setdefault(key, []).append(("trap", guide.lines.get(f"typed/{key}")))
    telling = [word for word in name.split() if word not in GENERIC]
    scores: dict[Target, tuple[float, float]] = {}
    for known, score, _ in process.extract(
        name, list(targets), scorer=fuzz.token_set_ratio, score_cutoff=SUGGEST, limit=60
    ):
        words = known.split()
        missed = any(not any(_near(word, other, fuzz.ratio(word, other)) for other in words) for word in telling)
        alike = fuzz.ratio(name, known)
        if missed and alike < ALIKE:
            continue
        rank = (min(score, max(alike, SHOW - 1)) if missed else score, alike)
        for target in targets[known]:
            scores[target] = max(scores.get(target, (0, 0)), rank)
    ordered = sorted(scores.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    return [(target, rank[0]) for target, rank in ordered]


def _near(word: str, other: str, likeness: float) -> bool:
    """Say whether a word may be a slip of another: a slip in the first letter is rare, "letter" is no "clutter"."""
    return likeness >= (NEAR_WORD if word[0] == other[0] else NEAR_WORD_OTHERWISE)


def _crosses(guide: Guide, ranked: list[tuple[Target, float]]) -> bool:
    """Say whether the winner and a near candidate stand on different sides of the family line."""
    (kind, key), _ = ranked[0]
    if kind != "program":
        return False
    side = is_for_families(guide.record(kind, key))
    return any(
        score >= CROSSING and is_for_families(guide.record(*target)) != side
        for target, score in ranked[1:6]
        if target[0] == "program"
    )


def _nothing(typed: str) -> NotFound:
    return NotFound(
        f"Nothing in the guide is called '{_short(typed)}'. Type `recoverycli list` for every program, "
        'or put your question in words: `recoverycli search "..."`.'
    )

"""Pages for what somebody asked in their own words: matches for a need, passages for a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.document import Bullets, Document, Facts, Heading, Notice, Paragraph
from recoverycli.facts import bibliography, full_name, local_sentences, said
from recoverycli.pages.crisis import in_danger, safety_boxes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.document import Block
    from recoverycli.guide import Guide
    from recoverycli.match import Answer, Match, Unfit
    from recoverycli.needs import Need
    from recoverycli.phrases import Facet
    from recoverycli.search import Result

FIRST = 5
APART = 20
NAMED = 12
"""How many of the rest are named."""


SIDES = {"self": "the person who has the problem", "family": "family or friends"}
"""Whom a need may be for, by what `--who` takes."""


def match_page(
    guide: Guide, answer: Answer, label: Callable[[Facet], str], shown: int, explain: bool, said_outright: bool
) -> Document:
    """Return the programs that fit, best first, after any danger; what was understood, and what was not.

    said_outright: whether it was said with `--who` whom it is for.
    """
    need = answer.need
    blocks: list[Block] = list(safety_boxes(guide, need.dangers))
    if answer.contradictions:
        blocks.append(Notice("caution", "This does not go together", tuple(answer.contradictions)))
    understood = [label(facet) for facet in need.facets]
    blocks.append(Paragraph("Understood: " + ("; ".join(dict.fromkeys(understood)) or "nothing") + "."))
    if need.not_understood:
        blocks.append(Paragraph("Not understood: " + ", ".join(need.not_understood) + "."))
    blocks.append(Paragraph(read_as(need) + ("" if said_outright else _other_ways(need))))
    if need.cut:
        blocks.append(Paragraph("Only the first part was read: say it in fewer words."))
    for place, match in enumerate(answer.matches[:shown], 1):
        blocks += _match(guide, match, place, explain)
    blocks += _rest(answer, shown)
    if answer.not_suitable:
        blocks += _apart(guide, answer.not_suitable)
    return Document("Programs that may fit", (*blocks, in_danger(guide)))


def read_as(need: Need) -> str:
    """Return whom a need was read as being for: the gravest thing to get wrong."""
    return f"Read as a need of {' and '.join(SIDES[side] for side in need.whom())}."


def _other_ways(need: Need) -> str:
    """Return how to say that a need is for somebody else."""
    others = [side for side in SIDES if side not in need.whom()] or list(SIDES)
    return f" If that is wrong, add {' or '.join(f'--who {side} for {SIDES[side]}' for side in others)}."


def _apart(guide: Guide, unfit: Sequence[Unfit]) -> list[Block]:
    """Return the programs that stand apart, each with the reason; of very many the first."""
    shown = [(guide.title(one.id), one.why) for one in unfit[:APART]]
    rest = [Paragraph(f"And {len(unfit) - APART} more.")] if len(unfit) > APART else []
    return [Heading("Not suitable, because"), Facts(shown), *rest]


def _match(guide: Guide, match: Match, place: int, explain: bool) -> list[Block]:
    program = guide.program(match.id)
    rows = [("Why", " ".join(reason.text for reason in match.meets) or "Nothing speaks against it.")]
    if match.conflicts:
        rows.append(("Against", " ".join(reason.text for reason in match.conflicts)))
    if match.unknown:
        first, *others = match.unknown
        rows.append(("Not known", "; ".join([first, *(one[0].lower() + one[1:] for one in others)]) + "."))
    if program["cautions"]:
        rows.append(("Caution", " ".join(said(caution) for caution in program["cautions"][:2])))
    rows.append(("Next", f"{program['next_step']['text']} More: recoverycli show {match.id}"))
    if local := local_sentences(program):
        rows.append(("Local", local))
    if explain:
        rows.append(("Score", sum_of(match)))
    return [Heading(f"{place}. {full_name(program)}"), Facts(tuple(rows))]


def sum_of(match: Match) -> str:
    """Return how a score came about, such as "4 = +2 It is for alcohol. +2 It meets online."."""
    parts = [f"{reason.points:+d} {reason.text}" for reason in (*match.meets, *match.conflicts)]
    return f"{match.score} = {' '.join(parts)}" if parts else str(match.score)


def _rest(answer: Answer, shown: int) -> list[Block]:
    rest = answer.matches[shown:]
    if not answer.matches:
        return [Paragraph("No program fits: leave out a filter, or one of the wishes.")]
    if not rest:
        return []
    names = ", ".join(match.id for match in rest[:NAMED])
    others = f" and {len(rest) - NAMED} others" if len(rest) > NAMED else ""
    more = f"{len(rest)} more, each fitting less well: {names}{others}."
    return [Paragraph(f"{more} Add --all to see them with reasons.")]


def search_page(guide: Guide, question: str, result: Result, cite: bool) -> Document:
    """Return passages, best first, with what each belongs to and its sources."""
    blocks: list[Block] = list(safety_boxes(guide, result.dangers))
    for word, nearest in result.read_as.items():
        blocks.append(Paragraph(f"'{word}' was read as '{nearest}'."))
    for hit in result.hits:
        passage = hit.passage
        blocks += [Heading(passage["title"]), Paragraph(passage["text"], hit.words)]
        blocks.append(Bullets((_whence(guide, passage),)))
    if not result.hits:
        blocks.append(Paragraph("Nothing in the guide answers this. Try fewer or other words."))
    records = [{"sources": list(hit.passage["sources"])} for hit in result.hits]
    return Document(f"Answers to: {question}", (*blocks, *bibliography(guide, records, cite)))


def _whence(guide: Guide, passage: dict[str, Any]) -> str:
    kinds = {"step_set": "steps --program", "code": "meetings", "crisis_line": "crisis", "study": "evidence"}
    kinds |= {"choice": "list", "comparison": "compare"}
    verb = kinds.get(passage["kind"], "show")
    key = "" if verb == "crisis" else f" {passage['id']}".rstrip()
    key = f' "step {passage["id"]}"' if passage["kind"] == "step" else key
    source = passage["sources"][0] if passage["sources"] else ""
    cited = f" Source: {guide.source(source)['title']}." if source else ""
    more = f" and {len(passage['sources']) - 1} more" if len(passage["sources"]) > 1 else ""
    page = (
        f"Page: recoverycli {verb}{key}." if passage["kind"] not in ("family_evidence", "crisis_change", "trap") else ""
    )
    return f"{page}{cited.rstrip('.')}{more}." if cited else page

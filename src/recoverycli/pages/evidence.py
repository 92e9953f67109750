"""What research says: one line for each family and program, and each study with its figures and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.document import Bar, Bars, Bullets, Document, Facts, Heading, Paragraph
from recoverycli.facts import bibliography, citation, cited, full_name, notes, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.document import Block
    from recoverycli.guide import Guide

CARE = "Figures from studies of volunteers do not prove that one thing causes the other."


def overview(guide: Guide, cite: bool) -> Document:
    """Return one honest line for each family and each program, and the list of studies."""
    families, programs = guide.records("family_evidence"), guide.records("program")
    studies = guide.records("study")
    lines = tuple((f["name"], f"{_grade(f)}. {f['text']}{cited(f) if cite else ''}") for f in families)
    each = tuple((full_name(p), f"{_grade(p['evidence'])}. {said(p['evidence'], cite)}") for p in programs)
    listed = tuple(f"{s['name']} ({s['year']}): recoverycli evidence {s['id']}" for s in studies)
    blocks: list[Block] = [Heading("By kind of program"), Facts(lines), Heading("By program"), Facts(each)]
    blocks += [Heading("Studies"), Bullets(listed)]
    cited_records = [*families, *(p["evidence"] for p in programs)]
    return Document("What research says", (*blocks, *bibliography(guide, cited_records, cite)))


def _grade(record: Any) -> str:
    return str(record["value"]).replace("-", " ").capitalize()


def studies_page(
    guide: Guide, title: str, lead: Sequence[tuple[str, str]], studies: Sequence[Any], cite: bool
) -> Document:
    """Return studies in full under a line that sums them up."""
    blocks: list[Block] = [Facts(tuple(lead))] if lead else []
    if not studies:
        blocks.append(Paragraph("No study of this program was found."))
    for study in studies:
        blocks += [Heading(study["name"]), *_study(guide, study)]
    return Document(title, (*blocks, *bibliography(guide, studies, cite)))


def study_page(guide: Guide, study: Any, cite: bool) -> Document:
    """Return one study."""
    return Document(study["name"], (*_study(guide, study), *bibliography(guide, [study], cite)))


def _study(guide: Guide, study: Any) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(study["claim"]),
        Facts((("Year", str(study["year"])), ("Design", study["design"]), ("Size", study["size"]))),
    ]
    bars = tuple(Bar(f["label"], f["percent"], str(f["year"])) for f in study["figures"] if "percent" in f)
    if len(bars) > 1:
        blocks.append(Bars("Percent", bars, study.get("warning", CARE)))
    told = tuple((f["label"], f"{f['text']} ({f['year']})") for f in study["figures"] if f["text"])
    if told:
        blocks.append(Facts(told))
    blocks.append(Facts((("Limits", study["limits"]),)))
    if study.get("warning") and len(bars) < 2:
        blocks.append(Paragraph(f"Read with care: {study['warning']}"))
    blocks += notes(study, False)
    blocks.append(Paragraph("Reference: " + "; ".join(citation(guide.source(s)) for s in study["sources"])))
    return blocks

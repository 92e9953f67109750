"""`show`: one page on anything in the guide by name."""

from __future__ import annotations

from typing import Any

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import AnyName
from recoverycli.danger import dangers_in
from recoverycli.document import Document
from recoverycli.lookup import Found, find
from recoverycli.pages.crisis import danger_page, safety_boxes
from recoverycli.pages.programs import medication_table, program_page

JSON_KINDS = {"danger": "term", "code": "term"}


def command(ask: Ask, name: AnyName) -> Answer:
    """One page on anything in the guide by name: a program, a step, a meeting type, a reading, a word.

    \b
    Examples:
      recoverycli show aa
      recoverycli show "alcoholics anonymous" --sources
      recoverycli show step 3
      recoverycli show open meeting
      recoverycli show serenity prayer
      recoverycli show sponsor
      recoverycli show na -f json
    """
    typed = " ".join(name)
    return answer_for(ask, typed, find(ask.guide, typed))


def answer_for(ask: Ask, typed: str, found: Found) -> Answer:
    """Return the page of an entry, after the crisis lines where danger words were typed."""
    page = _page(ask, found)
    dangers = [key for key in dangers_in(ask.guide, typed) if (found.kind, found.id) != ("danger", key)]
    dangers += [found.danger] if found.danger and found.danger not in dangers else []
    if dangers:
        page = Document(page.title, (*safety_boxes(ask.guide, dangers), *page.blocks))
    data = _data(ask, found) | ({"safety": dangers} if dangers else {})
    return Answer(page, data, remarks=(found.remark,) if found.remark else ())


def _page(ask: Ask, found: Found) -> Document:
    guide, record, cite = ask.guide, found.record, ask.cite
    if found.kind == "program":
        return program_page(guide, record, cite)
    from recoverycli.pages import entries

    match found.kind:
        case "step":
            from recoverycli.steps import wordings

            return entries.step_page(guide, record["number"], record, wordings(guide, record["number"]), cite)
        case "meeting_type":
            return entries.meeting_page(guide, record, cite)
        case "reading":
            return entries.reading_page(guide, record, cite)
        case "study":
            from recoverycli.pages import evidence

            return evidence.study_page(guide, record, cite)
        case "danger":
            return danger_page(guide, record, cite)
        case "code":
            return entries.codes_page(guide, _same_code(ask, record), cite)
    extra = medication_table(guide.records("program")) if record["id"] == "medication" else ()
    return entries.term_page(guide, record, cite, extra)


def _same_code(ask: Ask, code: Any) -> list[Any]:
    return [other for other in ask.guide.records("code") if other["code"] == code["code"]]


def _data(ask: Ask, found: Found) -> dict[str, Any]:
    """Return the record as scripts get it: kind, id and name first."""
    record = found.record
    name = record.get("name") or record.get("meaning") or f"Step {found.id}"
    data: dict[str, Any] = {"kind": JSON_KINDS.get(found.kind, found.kind), "id": found.id, "name": name} | record
    if found.kind == "term" and found.id == "medication":
        data["programs"] = {p["id"]: p["medication"] for p in ask.guide.records("program")}
    return data

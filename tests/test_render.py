"""Every page in every format, whole, as golden files; and what must hold of any page.

The golden files come from the few records in tests/golden/guide, so that new data does not change them.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli import document as d
from recoverycli.answer import Answer, Ask
from recoverycli.cli import deliver
from recoverycli.commands import compare, crisis, evidence, match, meetings, show, steps
from recoverycli.options import Shared
from recoverycli.pages.programs import program_page
from recoverycli.render import data as data_render
from recoverycli.render import markdown, table, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.guide import Guide

PAGES: dict[str, Callable[[Ask], Answer]] = {
    "program": lambda ask: show.command(ask, ["aa"]),
    "comparison": lambda ask: compare.command(ask, ["aa", "smart", "al-anon"]),
    "steps": lambda ask: steps.command(ask, ["1-3"], "na", plain=True),
    "meetings": meetings.command,
    "attendance": lambda ask: evidence.command(ask, ["attendance"]),
    "crisis": crisis.command,
    "match": lambda ask: match.command(ask, ["drinks every day, not religious, online, wants to cut down"]),
}
ENDINGS = {"text": "txt", "markdown": "md", "json": "json", "csv": "csv"}
WIDTHS = (60, 80, 100, 160)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@pytest.fixture
def delivered(
    frozen: Guide, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, Shared], str]:
    """Return a page over the frozen guide as it reaches stdout."""
    for variable in ("COLUMNS", "NO_COLOR", "TERM"):
        monkeypatch.delenv(variable, raising=False)

    def page(name: str, shared: Shared) -> str:
        deliver(PAGES[name](Ask(lambda: frozen, cite=shared.sources)), shared)
        return capsys.readouterr().out

    return page


# --- Golden files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", ENDINGS)
def test_a_page_reads_as_ever(
    delivered: Callable[..., str], golden: Callable[[str, str], None], page: str, form: str
) -> None:
    """In text, Markdown, JSON and CSV."""
    golden(f"{page}.{ENDINGS[form]}", delivered(page, Shared(format=form)))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_looks_as_ever(
    delivered: Callable[..., str], golden: Callable[[str, str], None], page: str, width: int
) -> None:
    """On narrow and wide screens, without colour."""
    shown = delivered(page, Shared(format="table", width=width))
    assert "\x1b" not in shown
    golden(f"{page}-{width}.table", shown)


def test_sources_are_cited_when_asked_for(delivered: Callable[..., str], golden: Callable[[str, str], None]) -> None:
    """Each fact with its source and year, and the list of sources at the end."""
    golden("program-sources.txt", delivered("program", Shared(format="text", sources=True)))


# --- Width --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_a_table_is_wider_than_the_screen(delivered: Callable[..., str], page: str, width: int) -> None:
    """A terminal that wraps a table makes it unreadable."""
    shown = delivered(page, Shared(format="table", width=width))
    assert [line for line in shown.splitlines() if _columns(line) > width] == []


def _columns(line: str) -> int:
    """Return how many columns a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("width", [20, 40, 72, 80, 300])
def test_text_of_any_program_keeps_to_its_width(guide: Guide, width: int) -> None:
    """At most 80 columns; only a word that cannot be broken, such as an address, may stand out."""
    pages = [text.render(program_page(guide, program, True), width) for program in guide.records("program")]
    wide = [line for page in pages for line in page.splitlines() if len(line) > min(width, 80)]
    assert [line for line in wide if len(line.split()) > 2] == []


def test_text_holds_no_box_characters_and_no_colour(guide: Guide) -> None:
    """A screen reader would read them out one by one."""
    drawn = set()
    for program in guide.records("program"):
        shown = text.render(program_page(guide, program, True))
        drawn |= {c for c in shown if "BOX DRAWINGS" in unicodedata.name(c, "") or "BLOCK" in unicodedata.name(c, "")}
        drawn |= {c for c in shown if unicodedata.category(c) == "Cc" and c != "\n"}
    assert drawn == set()


@given(TEXT, st.integers(10, 80))
def test_wrapping_loses_no_word(told: str, width: int) -> None:
    """Every word stays, in order; a line is too wide only where one word is."""
    lines = text.wrap(told, width).split("\n")
    assert " ".join(lines).split() == told.split()
    assert all(len(line) <= width or len(line.split()) == 1 for line in lines)


# --- Every block in every format ----------------------------------------------------------------------------------

BLOCKS: dict[str, d.Block] = {
    "heading": d.Heading("Head"),
    "paragraph": d.Paragraph("Some words."),
    "quote": d.Quote(("One line.", "Two lines."), "Credit."),
    "facts": d.Facts((("Cost", "free"), ("Goal", "abstinence"))),
    "table": d.Table(("Name", "Goal"), (("AA", "stop"), ("MM", ""))),
    "sentence": d.Table(("Name", "Kind", "Goal"), (("AA", "other", "stop"),), sentence=True),
    "bullets": d.Bullets(("one", "two")),
    "numbers": d.Bullets(("nine", "ten"), start=9),
    "bars": d.Bars("Abstinent", (d.Bar("weekly", 42.7, "2013"), d.Bar("never", 0)), "People chose for themselves."),
    "danger": d.Notice("danger", "Call", ("911",)),
    "note": d.Notice("note", "Local", ("Room 4",)),
    "code": d.Code(("  ##", "##"), "A drawing"),
    "writing": d.Writing("Time"),
    "break": d.PageBreak(),
}
IN_TEXT = {
    "heading": "Head\n----",
    "paragraph": "Some words.",
    "quote": "  One line.\n  Two lines.\n  Credit.",
    "facts": "Cost: free\nGoal: abstinence",
    "table": "AA\n  Goal: stop\n\nMM",
    "sentence": "AA: kind other; goal stop",
    "bullets": "- one\n- two",
    "numbers": "9. nine\n10. ten",
    "bars": (
        "Abstinent\n  weekly: 42.7 percent (2013)\n  ...............\n  never: 0 percent\n  \n"
        "Read with care: People chose for\nthemselves."
    ),
    "danger": "DANGER: Call\n  911",
    "note": "Local\n  Room 4",
    "code": "A drawing\n  ##\n##",
    "writing": "Time: __________________________________",
    "break": "\f",
}
IN_MARKDOWN = {
    "heading": "## Head",
    "paragraph": "Some words.",
    "quote": "> One line.  \n> Two lines.  \n>\n> Credit.",
    "facts": "- **Cost:** free\n- **Goal:** abstinence",
    "table": "| Name | Goal |\n| --- | --- |\n| AA | stop |\n| MM |   |",
    "sentence": "| Name | Kind | Goal |\n| --- | --- | --- |\n| AA | other | stop |",
    "bullets": "- one\n- two",
    "numbers": "9. nine\n10. ten",
    "bars": (
        "**Abstinent**\n\n| | percent | |\n| --- | ---: | --- |\n"
        "| weekly (2013) | 42.7 | █████████ |\n| never | 0 |  |\n\nRead with care: People chose for themselves."
    ),
    "danger": "> **Danger: Call**\n>\n> 911",
    "note": "> **Local**\n>\n> Room 4",
    "code": "A drawing\n\n```text\n  ##\n##\n```",
    "writing": "Time: " + r"\_" * 40,
    "break": "---",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_in_text(block: str) -> None:
    """One fact a line, nothing drawn."""
    assert text.render(d.Document("T", (BLOCKS[block],)), 40) == f"T\n=\n\n{IN_TEXT[block]}\n"


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_in_markdown(block: str) -> None:
    """Reads well as it stands."""
    assert markdown.render(d.Document("T", (BLOCKS[block],))) == f"# T\n\n{IN_MARKDOWN[block]}\n"


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("width", [20, 40, 400])
def test_a_block_in_a_table_fits_in_colour_and_without(block: str, width: int) -> None:
    """Colour adds nothing but colour, and ASCII boxes hold only ASCII."""
    page = d.Document("T", (BLOCKS[block],))
    plain = table.render(page, width, colour=False)
    assert "\x1b" not in plain
    assert all(len(line) <= width for line in plain.splitlines())
    assert "\x1b" in table.render(page, width, colour=True)
    assert table.render(page, width, colour=False, ascii_only=True).isascii()


def test_a_wide_table_becomes_blocks_on_a_narrow_screen() -> None:
    """No column is squeezed into slivers."""
    page = d.Document("T", (d.Table(("Name", "A", "B", "C"), (("AA", "a" * 30, "b" * 30, "c" * 30),)),))
    lines = [line.rstrip() for line in table.render(page, 60, colour=False).splitlines()]
    assert lines == ["T", "", "AA", f"  A: {'a' * 30}", f"  B: {'b' * 30}", f"  C: {'c' * 30}"]


def test_a_narrow_screen_leaves_out_what_a_table_can_spare() -> None:
    """The columns named as spare, least needed first; the rest stays a grid."""
    page = d.Document("T", (d.Table(("Name", "Goal", "Size"), (("AA", "stop " * 5, "big " * 8),), spare=(2,)),))
    shown = table.render(page, 40, colour=False)
    assert "Goal" in shown
    assert "Size" not in shown
    assert "Size" in table.render(page, 80, colour=False)


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3))
def test_nothing_in_a_text_is_read_as_markup(words: list[str]) -> None:
    """Brackets and stars are shown, not obeyed; no format fails on any text."""
    page = d.Document("T", (d.Paragraph(words[0]), d.Bullets(words), d.Facts([(w, w) for w in words])))
    markdown.render(page)
    text.render(page, 40)
    table.render(page, 80, colour=False)
    assert "[red]x[/red]" in table.render(d.Document("T", (d.Paragraph("[red]x[/red]"),)), 80, colour=False)


def test_markdown_shows_its_own_signs_as_they_are() -> None:
    """And leaves web addresses whole."""
    page = d.Document("A*B", (d.Paragraph("1. <b> |x| _y_ https://a.org/b_c"), d.Paragraph("- [x]")))
    assert markdown.render(page) == "# A\\*B\n\n1\\. \\<b\\> \\|x\\| \\_y\\_ https://a.org/b_c\n\n\\- \\[x\\]\n"


# --- Data for scripts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_json_is_one_value_and_ends_in_one_line_end(delivered: Callable[..., str], page: str) -> None:
    """What a script reads is what the command found."""
    shown = delivered(page, Shared(format="json"))
    assert json.loads(shown)
    assert shown.endswith(("}\n", "]\n"))


@pytest.mark.parametrize("page", PAGES)
def test_csv_has_one_head_and_rows_of_its_length(delivered: Callable[..., str], page: str) -> None:
    """A spreadsheet opens it as it is."""
    head, *rows = csv.reader(io.StringIO(delivered(page, Shared(format="csv"))))
    assert len(set(head)) == len(head) > 1
    assert rows
    assert {len(row) for row in rows} == {len(head)}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n"])
def test_no_cell_is_run_as_a_formula(before: str, sign: str) -> None:
    """A cell that begins like one gets an apostrophe, also after blanks."""
    assert data_render.to_csv([{"name": f"{before}{sign}HYPERLINK(1)"}]) == f"name\n'{sign}HYPERLINK(1)\n"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_any_value_is_valid_json_in_ascii_too(value: Any) -> None:
    """It reads back the same, whatever the terminal can show."""
    assert json.loads(data_render.to_json(value)) == value
    ascii_text = data_render.to_json(value, ascii_only=True)
    assert ascii_text.isascii()
    assert json.loads(ascii_text) == value


@given(st.lists(st.dictionaries(st.sampled_from(["id", "name", "facts"]), JSON, min_size=1), min_size=1, max_size=4))
def test_any_rows_are_csv_without_a_formula(rows: list[dict[str, Any]]) -> None:
    """One line of plain words a cell, none of which a spreadsheet would run."""
    read = list(csv.reader(io.StringIO(data_render.to_csv(rows), newline="")))
    assert len(read) == len(rows) + 1
    assert all(cell[:1] not in set("=+-@\t\r") for row in read[1:] for cell in row)


def test_a_fact_in_csv_is_its_value_and_its_words() -> None:
    """Not a nested structure nobody can read."""
    row = {
        "goal": {"value": "abstinence", "text": "Members do not drink.", "sources": ["x"]},
        "size": [{"about": "about", "count": 20, "unit": "groups", "where": "worldwide", "year": 2020, "sources": []}],
        "literature": [{"title": "The Book", "sources": []}],
        "active": True,
    }
    assert data_render.to_csv([row]) == (
        "goal,size,literature,active\n"
        "abstinence: Members do not drink.,about 20 groups worldwide (2020),The Book,true\n"
    )


@pytest.mark.parametrize(
    ("given_text", "spelled"),
    [
        ("Alcohólicos", "Alcoholicos"),
        ("“a” – b…", '"a" - b...'),
        ("≥ 5 × 2", ">= 5 x 2"),
        ("中", "?"),
        ("plain", "plain"),
    ],
)
def test_ascii_spells_out_what_it_can(given_text: str, spelled: str) -> None:
    """For old printers and terminals."""
    assert text.to_ascii(given_text) == spelled

"""Handouts: what a page says, in every format, and what the command refuses."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from recoverycli import handout, qr
from recoverycli.build import Data, read_data
from recoverycli.checks.wording import HANDOUT_GRADE
from recoverycli.cli import app
from recoverycli.document import Code, Facts, Notice, Paragraph, Table, Writing
from recoverycli.guide import Guide, data_folder, open_guide
from recoverycli.handout import Handout, Order, make
from recoverycli.lines import Lines, to_lines
from recoverycli.pages import handouts
from recoverycli.pages.handouts import Look
from recoverycli.readability import grade, passages
from recoverycli.words import normalise

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "RECOVERYCLI_UPDATE_GOLDEN"
CRISIS = "If a life is in danger, call now"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
runner = CliRunner()


def fact(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "sources": ["s"], "year": 2024, **more}


def program(key: str, name: str, **changed: Any) -> dict[str, Any]:
    """Return a program of a guide that never changes, so that golden files do not follow the data."""
    told = {
        "id": key, "name": name, "acronym": key.upper(), "aliases": [], "family": "other", "type": "fellowship",
        "summary": fact(f"{name} is a group. People <help> each other."),
        "addresses": fact("Drinking is the focus.", values=["alcohol"]),
        "audience": fact("It is for the person who drinks.", values=["self"]),
        "requirement": fact("A wish to stop.", quote="The only requirement."),
        "goal": fact("Members aim not to drink.", value="abstinence"),
        "spiritual": fact("No religion is required.", value="optional"),
        "sponsor": fact("Yes.", value="sponsor"), "crosstalk": fact("No.", value="discouraged"),
        "led_by": fact("Members.", value="members"),
        "meeting": fact("One person talks. The others listen. You may just listen."),
        "formats": fact("In person and online.", values=["in-person", "online"]),
        "cost": fact("Free. Giving is a choice.", value="free"),
        "find_meetings": fact("Use the finder.", url=f"https://{key}.example.org/find/"),
        "medication": fact("Keep taking your medicine.", value="accepts"), "phones": [],
        "cautions": [fact("Do not stop all at once. It can kill."), fact("See a doctor.")],
        "next_step": fact("Go to one meeting this week."), "status": fact("It meets.", value="active"),
        "reviewed": "2026-11-22",
    }  # fmt: skip
    return told | changed


def fixed_guide(*programs: dict[str, Any]) -> Guide:
    lines = [
        {"id": "911", "name": "Emergency", "type": "emergency", "contact": "Call 911", "hours": "", "first": True},
        {"id": "988", "name": "Lifeline", "type": "crisis", "contact": "Call or text 988", "hours": "", "first": True},
    ]
    entries = [("meta", {"reviewed": "2026-11-22"}), ("order/crisis_line", ["911", "988"])]
    entries += [(f"crisis_line/{line['id']}", line) for line in lines]
    entries += [("order/program", [p["id"] for p in programs]), *((f"program/{p['id']}", p) for p in programs)]
    return Guide(Lines(BytesIO(to_lines(entries))))


def order(**changed: Any) -> Order:
    return Order(changed.pop("look", Look()), "2026-11-22")._replace(**changed)


def one_page(form: str, key: str = "aa", **changed: Any) -> str:
    given = order(**changed)
    sheet = handouts.program_sheet(open_guide(), open_guide().program(key), given.look)
    return make(Handout(key, [sheet]), form, given).content.decode()


def run(*typed: str, stdin: str | None = None) -> Any:
    return runner.invoke(app, ["handout", *typed], input=stdin)


# Golden files, on a guide that does not change


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("what", ["one", "three"])
def test_golden(what: str, form: str) -> None:
    programs = [program("ab", "Alpha & Beta"), program("cd", "Cedar"), program("ef", "Elm", phones=[])]
    guide, look = fixed_guide(*programs), Look("Harbor Clinic, 555-0100", qr=True)
    if what == "one":
        sheet = handouts.program_sheet(guide, programs[0], look)
    else:
        sheet = handouts.comparison_sheet(guide, programs, look)
    made = make(Handout(what, [sheet]), form, order(look=look))
    golden = GOLDEN / f"handout-{made.name}"
    if os.environ.get(UPDATE):
        golden.write_bytes(made.content)
    assert made.content.decode() == golden.read_text("utf-8"), f"{UPDATE}=1 writes the golden files anew"


# What every page says


@pytest.mark.parametrize("key", open_guide().ids("program"))
def test_every_program_page_is_whole(key: str) -> None:
    page = one_page("text", key)
    for label in ("What it is:", "Who it is for:", "At a meeting:", "Cost:", "Find a meeting:", "One next step",
                  "Day and time: ___", "Place or link: ___", "Facts checked on 20"):  # fmt: skip
        assert label in page
    assert page.index(CRISIS) < page.index("What it is:")
    assert page.count("\n") <= handout.LINES
    assert max(len(line) for line in page.splitlines()) <= handout.COLUMNS
    assert not re.search("[\u2500-\u257f]", page), "box characters"


@pytest.mark.parametrize("form", ["text", "markdown", "html", "pdf"])
def test_no_program_page_without_qr_loses_a_row(form: str) -> None:
    if form == "pdf":
        pytest.importorskip("typst")
    guide, given = open_guide(), order()
    sheets = [handouts.program_sheet(guide, p, Look()) for p in guide.records("program")]
    remarks = [remark for sheet in sheets for remark in make(Handout("x", [sheet]), form, given).remarks]
    assert remarks == []


def texts_of(document: Any) -> list[str]:
    told: list[str] = []
    for block in document.blocks:
        match block:
            case Facts(rows):
                told += [value for _, value in rows]
            case Notice(kind, _, lines) if kind != "danger":
                told += lines
            case Paragraph(text):
                told.append(text)
    return told


def familiar() -> set[str]:
    """Return the words a reader knows as names, chosen as `check` chooses them."""
    guide = open_guide()
    names = [record["name"] for kind in ("program", "term", "meeting_type") for record in guide.records(kind)]
    data: Data = read_data(data_folder())
    for word in data["word"]:
        if word["facet"] in ("topic", "medication", "belief", "way"):
            names += word["words"]
    return {word for name in names for word in normalise(name).split()}


def test_every_sentence_reads_at_grade_seven() -> None:
    guide, known = open_guide(), familiar()
    documents = [handouts.program_sheet(guide, p, Look()).document for p in guide.records("program")]
    documents += [s.document for s in (handouts.prayer_sheet(guide, Look()), handouts.meetings_sheet(guide, Look()))]
    hard = {
        sentence: round(grade(sentence, known), 1)
        for document in documents
        for text in texts_of(document)
        for sentence in passages(text)
        if grade(sentence, known) > HANDOUT_GRADE
    }
    assert hard == {}


def test_comparison_of_two_to_four_is_one_page_of_html() -> None:
    guide = open_guide()
    for keys in (["aa", "smart"], ["aa", "smart", "wfs"], ["na", "smart", "recovery-dharma", "celebrate-recovery"]):
        sheet = handouts.comparison_sheet(guide, [guide.program(key) for key in keys], Look())
        made = make(Handout("x", [sheet]), "html", order())
        assert not [remark for remark in made.remarks if "more than one page" in remark]
        assert all(name in made.content.decode() for name in ("Find a meeting", "Take care", "Next step", CRISIS))


def test_too_full_drops_the_least_needed_and_says_so() -> None:
    long = "This is a sentence that goes on for a while to fill the page. " * 9
    crowded = program("ab", "Alpha", meeting=fact(long), summary=fact(long), sponsor=fact(long), goal=fact(long))
    sheet = handouts.program_sheet(fixed_guide(crowded), crowded, Look())
    made = make(Handout("ab", [sheet]), "text", order())
    page = made.content.decode()
    assert page.count("\n") <= handout.LINES
    assert CRISIS in page
    assert "Cost:" in page
    assert "Sponsor:" not in page
    assert made.remarks == ("ab.txt: left out to keep to one page: Sponsor.",)


def test_what_cannot_fit_stays_whole() -> None:
    endless = program("ab", "Alpha", meeting=fact("This goes on and on. " * 400))
    made = make(Handout("ab", [handouts.program_sheet(fixed_guide(endless), endless, Look())]), "text", order())
    assert "Sponsor:" in made.content.decode()
    assert made.remarks == ("ab.txt: this takes more than one page.",)


def test_unknown_is_said_and_never_shown_as_no() -> None:
    dim = program("ab", "Alpha", cost={"value": "unknown", "text": "Unknown: no source.", "sources": []})
    sheet = handouts.program_sheet(fixed_guide(dim), dim, Look())
    assert ("Cost", "Not known. Ask before you go.") in next(
        b.rows for b in sheet.document.blocks if isinstance(b, Facts)
    )


def test_group_that_may_be_closed_says_so_on_both_pages() -> None:
    closed = program("ab", "Alpha", status=fact("It ended in 2020.", value="inactive"))
    guide = fixed_guide(closed, program("cd", "Cedar"))
    assert "This group may have closed" in text_of(handouts.program_sheet(guide, closed, Look()))
    both = handouts.comparison_sheet(guide, [closed, program("cd", "Cedar")], Look())
    assert "This group may have closed." in text_of(both)


def text_of(sheet: handouts.Sheet) -> str:
    return make(Handout("x", [sheet]), "markdown", order()).content.decode()


def test_office_numbers_are_never_printed() -> None:
    office = {"number": "555-0199", "kind": "office", "sources": ["s"], "year": 2020}
    line = {"number": "555-0123", "kind": "helpline", "sources": ["s"], "year": 2020}
    page = text_of(handouts.program_sheet(fixed_guide(), program("ab", "Alpha", phones=[office, line]), Look()))
    assert "555-0199" not in page
    assert "555-0123 (helpline; 2020)" in page


def test_gambling_line_on_gambling_pages_alone() -> None:
    assert "1-800" in one_page("text", "ga").split("What it is")[0]
    assert "1-800" not in one_page("text", "smart").split("What it is")[0]


def test_steps_in_the_programs_own_words_and_doubt_marked() -> None:
    guide = open_guide()
    own = text_of(handouts.steps_sheet(guide, guide.program("na"), Look()))
    assert "powerless over our addiction" in own
    unseen = text_of(handouts.steps_sheet(guide, guide.program("saa"), Look()))
    assert "marks a step that is not checked" in unseen
    assert text_of(handouts.steps_sheet(guide, guide.program("smart"), Look())).count("powerless over alcohol") == 1


# Large print, QR codes


def test_large_print_has_no_table_and_18_points() -> None:
    guide, look = open_guide(), Look(large=True)
    sheet = handouts.comparison_sheet(guide, [guide.program("aa"), guide.program("smart")], look)
    assert not [block for block in sheet.document.blocks if isinstance(block, Table)]
    page = make(Handout("x", [sheet]), "html", order(look=look)).content.decode()
    assert "html { font: 18pt" in page
    assert "<table" not in page
    sizes = [float(size) for size in re.findall(r"([\d.]+)pt(?=[ ;/}])", re.sub(r"border[^;}]*", "", page))]
    assert all(size >= 18 for size in sizes if size not in (10, 8.5)), sizes


def test_qr_holds_the_finder_and_prints_it() -> None:
    page = one_page("html", "smart", look=Look(qr=True))
    assert "<svg" in page
    assert 'role="img"' in page
    assert "<title>QR code. Scan to find a meeting of SMART Recovery" in page
    drawn = one_page("text", "smart", look=Look(qr=True))
    assert "\u2588" in drawn
    assert "Recovery:\nhttps://meetings.smartrecovery.org/" in drawn.replace(" https", "\nhttps")


def test_qr_lines_are_the_code_itself() -> None:
    matrix = qr.matrix("https://na.org/")
    squares = qr.lines("https://na.org/", squares=True)
    assert [[line[4:].ljust(2 * len(matrix))[2 * n] == "#" for n in range(len(matrix))] for line in squares] == [
        [bool(dark) for dark in row] for row in matrix
    ]
    halves = qr.lines("https://na.org/")
    upper = [[c in "\u2580\u2588" for c in line[4:].ljust(len(matrix))] for line in halves]
    assert upper == [[bool(dark) for dark in row] for row in matrix[::2]]


def test_ascii_qr_has_no_half_blocks() -> None:
    result = run("smart", "--qr", "--ascii")
    assert result.exit_code == 0
    assert result.stdout.isascii()
    assert "##############" in result.stdout


def test_no_finder_no_code_and_a_remark() -> None:
    result = run("sos", "--qr")
    assert "\u2588" not in result.stdout
    assert "no address of a meeting finder" in result.stderr


# Text


def test_newline_ascii_and_form_feed() -> None:
    crlf = run("aa", "--newline", "crlf").stdout_bytes
    assert crlf.count(b"\r\n") == crlf.count(b"\n") > 20
    assert "\f" not in run("aa", "--steps").stdout
    assert run("aa", "--steps", "--prayer", "--form-feed").stdout.count("\f") == 2
    assert run("--prayer", "--ascii").stdout.isascii()


# HTML


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "typed", [("aa", "--qr"), ("aa", "smart", "wfs", "--qr"), ("na", "--steps", "--prayer", "--meetings")]
)
def test_html_is_self_contained_and_accessible(typed: tuple[str, ...]) -> None:
    page = run(*typed, "-f", "html").stdout
    reader = Reader()
    reader.feed(page)
    names = [tag for tag, _ in reader.tags]
    assert ("html", {"lang": "en"}) in reader.tags
    assert names.count("h1") == 1
    assert not {"script", "link", "img", "iframe", "object"} & set(names)
    assert not [attrs for _, attrs in reader.tags if {"src", "onload", "onclick"} & set(attrs)]
    assert "url(" not in page
    assert "@import" not in page
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in reader.tags if tag == "th")
    links = [attrs["href"] or "" for tag, attrs in reader.tags if tag == "a"]
    assert all(link.startswith("https://") for link in links)


def test_html_escapes_what_a_clinic_says() -> None:
    page = run("aa", "-f", "html", "--clinic", '<script>alert("x")</script>').stdout
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian package: chromium)")
@pytest.mark.parametrize(
    ("typed", "pages"),
    [(("aa",), 1), (("pa", "--qr"), 1), (("aa", "smart"), 1), (("na", "smart", "wfs", "lifering"), 1),
     (("na", "--steps", "--prayer", "--meetings"), 4)],
)  # fmt: skip
def test_html_prints_on_the_pages_it_should(typed: tuple[str, ...], pages: int, tmp_path: Path) -> None:
    assert run(*typed, "-f", "html", "-o", str(tmp_path / "page.html")).exit_code == 0
    printed = tmp_path / "page.pdf"
    subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={printed}", (tmp_path / "page.html").as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    counts = re.findall(rb"/Type\s*/Page\b", printed.read_bytes())
    assert len(counts) == pages


# A need


def test_match_says_why_and_never_repeats_the_need() -> None:
    result = run("--match", "my zebra husband drinks whisky", "-f", "html")
    assert result.exit_code == 0
    assert "Why it may fit" in result.stdout
    assert "Al-Anon" in result.stdout
    assert not re.search("zebra|husband|whisky", result.stdout)


def test_danger_comes_first() -> None:
    page = run("--match", "drinks every day and wants to die").stdout
    assert page.index("suicide") < page.index("Full name")
    assert page.index("988") < page.index("Why it may fit")
    only = run("--match", "wants to die")
    assert only.exit_code == 0
    assert "Why it may fit" not in only.stdout
    assert "Call 911" in only.stdout


def test_need_from_stdin_and_need_not_understood() -> None:
    assert "Why it may fit" in run("--match", "-", stdin="cocaine, not religious\n").stdout
    nothing = run("--match", "zzyzx qwer")
    assert nothing.exit_code == 1
    assert "understood" in nothing.stderr
    assert run("--match", " ").exit_code == 2


# A clinic's own


def test_local_notes_are_shown_as_local(tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text(
        "local:\n  aa:\n    note: Our meeting is small.\n    meetings:\n"
        "      - when: Monday 7 pm\n        where: Room 2\n", "utf-8"
    )  # fmt: skip
    page = run("aa", "--data", str(tmp_path)).stdout
    assert re.search(r"Local, from your clinic\n  Our meeting is small.\n  Monday 7 pm, Room 2", page)
    both = run("aa", "smart", "--data", str(tmp_path)).stdout
    assert "Local, from your clinic: Alcoholics Anonymous" in both


@pytest.mark.parametrize(
    ("form", "name"), [("text", "handout.txt.j2"), ("markdown", "handout.md.j2"), ("html", "handout.html.j2")]
)
def test_the_built_in_template_gives_the_same_page(form: str, name: str, tmp_path: Path) -> None:
    shown = run("--show-template", "-f", form)
    (tmp_path / name).write_text(shown.stdout, "utf-8")
    typed = ("aa", "smart", "--qr", "-f", form)
    assert run(*typed, "--template", str(tmp_path)).stdout == run(*typed).stdout


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("a\n{% for x in y %}", "handout.txt.j2:2: Unexpected end of template"),
        ("a\n{{ nothing }}", "handout.txt.j2:2: 'nothing' is undefined."),
        ("{{ body.__class__.__mro__ }}", "is unsafe"),
        ("{% include '../../../etc/passwd' %}", "in the same folder"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end"),
        ("{{ 'x' * 10000000000 }}", "is not for this in a template"),
        ("{{ 9 ** 9 ** 9 }}", "is not for this in a template"),
        ("{% for a in range(99999) %}{{ body }}{% endfor %}", "loop without end?"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = 1 %}{% endfor %}{% endfor %}",
            "not done after",
        ),
    ],
)
def test_broken_or_hostile_template(template: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoverycli.render.template.SECONDS", 0.3)
    (tmp_path / "handout.txt.j2").write_text(template, "utf-8")
    result = run("aa", "--template", str(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_template_without_the_crisis_lines_is_named(tmp_path: Path) -> None:
    (tmp_path / "handout.txt.j2").write_text("{{ title }} from {{ clinic }}", "utf-8")
    result = run("aa", "--template", str(tmp_path), "--clinic", "Harbor")
    assert result.stdout == "Alcoholics Anonymous (AA) from Harbor"
    assert "leaves out the crisis lines" in result.stderr


def test_template_sees_blocks_and_escapes(tmp_path: Path) -> None:
    (tmp_path / "handout.html.j2").write_text(
        "{{ clinic }}|{% for b in blocks if b.kind == 'Notice' %}{{ b.rendered }}{% endfor %}", "utf-8"
    )
    page = run("aa", "-f", "html", "--template", str(tmp_path), "--clinic", "A & <b>").stdout
    assert page.startswith('A &amp; &lt;b&gt;|<section class="danger">')


# What is refused


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ((), 2, "Say what to print"),
        (("nosuchthing",), 1, "Nothing in the guide is called"),
        (("aa", "na", "ca", "smart", "wfs"), 2, "one to 4 programs, not 5"),
        (("aa", "AA"), 2, "aa is given twice"),
        (("--all",), 2, "--directory DIR"),
        (("--all", "aa", "-d", "x"), 2, "leave out the names"),
        (("aa", "--match", "x"), 2, "leave out the names"),
        (("aa", "-o", "x.txt", "-d", "y"), 2, "give one of them"),
        (("aa", "-f", "text", "-f", "html"), 2, "--directory DIR"),
        (("aa", "-f", "docx"), 2, "no format 'docx'"),
        (("aa", "-o", "a.pdf", "-f", "text"), 2, "make them agree"),
        (("aa", "-f", "html", "--ascii"), 2, "--ascii is for text"),
        (("aa", "-f", "html", "--form-feed"), 2, "--form-feed is for text"),
        (("aa", "--newline", "cr"), 2, "lf or crlf"),
        (("aa", "--template", "/nonexistent"), 2, "is not a folder"),
        (("aa", "--clinic", "x" * 200), 2, "at most 120 characters"),
        (("--show-template", "-f", "pdf"), 2, "no template for pdf"),
        (("aa", "-o", "/nonexistent/aa.txt"), 2, "does not exist"),
        (("aa", "-d", "/nonexistent/x"), 2, "does not exist"),
    ],
)
def test_refused_in_one_line(typed: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*typed)
    assert result.exit_code == code
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_help_examples_run(tmp_path: Path, monkeypatch: Any) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    shown = run("--help").stdout
    examples = re.findall(r"recoverycli handout (.+)", shown)
    assert len(examples) >= 6
    for example in examples:
        assert run(*shlex.split(example)).exit_code == 0, example


def test_no_option_takes_a_persons_name() -> None:
    options = re.findall(r"--([a-z-]+)", run("--help").stdout)
    assert not {"name", "client", "patient", "for", "person"} & set(options)


def test_text_handout_loads_neither_jinja_nor_typst() -> None:
    code = "import sys; from recoverycli.cli import main; sys.argv=['r','handout','aa']\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print(sorted({'jinja2','typst','segno','rich'} & set(sys.modules)), file=sys.stderr)"
    source = str(Path(handout.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_blank_lines_to_write_on_and_nothing_about_a_person() -> None:
    sheet = handouts.program_sheet(open_guide(), open_guide().program("aa"), Look())
    assert [b.label for b in sheet.document.blocks if isinstance(b, Writing)] == ["Day and time", "Place or link"]
    assert not [b for b in sheet.document.blocks if isinstance(b, Code)]

"""PDF handouts: one page, tagged, in the shipped fonts, the same bytes; and a clear word without the extra."""

from __future__ import annotations

import builtins
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from recoverycli.cli import app
from recoverycli.document import Document, Heading, Paragraph
from recoverycli.errors import DataError
from recoverycli.guide import open_guide
from recoverycli.render import pdf

runner = CliRunner()
PDFINFO = shutil.which("pdfinfo")
PDFTOTEXT = shutil.which("pdftotext")
needs_poppler = pytest.mark.skipif(PDFINFO is None, reason="pdfinfo is not installed (Debian package: poppler-utils)")
MISSING = "PDF needs one more package: pip install 'recoverycli[pdf]'. Or print --format html from a browser.\n"


def run(*typed: str) -> Any:
    return runner.invoke(app, ["handout", *typed])


def made(tmp_path: Path, *typed: str) -> Path:
    pytest.importorskip("typst")
    path = tmp_path / "page.pdf"
    result = run(*typed, "-o", str(path))
    assert result.exit_code == 0, result.stderr
    return path


def told(tool: str | None, path: Path, *options: str) -> str:
    target = ["-"] if tool == PDFTOTEXT else []
    return subprocess.run([str(tool), *options, str(path), *target], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("typed", "pages"),
    [(("aa",), 1), (("pa", "--qr", "--clinic", "Harbor, 555-0100"), 1), (("aa", "smart"), 1),
     (("na", "smart", "wfs", "lifering"), 1), (("na", "--steps", "--prayer", "--meetings"), 4),
     (("--match", "drinks, not religious"), 1)],
)  # fmt: skip
@needs_poppler
def test_pages(typed: tuple[str, ...], pages: int, tmp_path: Path) -> None:
    path = made(tmp_path, *typed)
    assert f"Pages:           {pages}" in told(PDFINFO, path)
    assert pdf.pages(path.read_bytes()) == pages


def test_every_program_is_one_page(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    result = run("--all", "-f", "pdf", "-d", str(tmp_path / "out"))
    assert result.exit_code == 0
    files = sorted((tmp_path / "out").glob("*.pdf"))
    assert len(files) == len(open_guide().ids("program"))
    assert {path.name: pdf.pages(path.read_bytes()) for path in files if pdf.pages(path.read_bytes()) != 1} == {}
    assert (tmp_path / "out" / "index.txt").is_file()


@needs_poppler
def test_tags_title_language_and_no_trace_of_the_machine(tmp_path: Path) -> None:
    path = made(tmp_path, "aa", "smart", "--qr")
    info = told(PDFINFO, path)
    assert re.search(r"Title: +Alcoholics Anonymous \(AA\) or SMART Recovery", info)
    assert re.search(r"Tagged: +yes", info)
    assert "Author" not in info
    assert open_guide().reviewed[:4] in re.search(r"CreationDate: (.+)", info)[1]  # type: ignore[index]
    tree = told(PDFINFO, path, "-struct-text")
    assert tree.count("\n  H1 ") == 1
    assert 'H2 "If a life is in danger, call now"' in tree
    assert "/Scope /Column" in tree
    assert tree.count("Figure") >= 2
    assert b"pdfuaid:part" in path.read_bytes()
    assert b"/Lang(en" in path.read_bytes()


@needs_poppler
def test_only_the_shipped_fonts_are_in_it(tmp_path: Path) -> None:
    fonts = told(shutil.which("pdffonts"), made(tmp_path, "aa"))
    names = set(re.findall(r"[A-Z]{6}\+(\S+)", fonts))
    assert names == {"LiberationSans", "LiberationSans-Bold"}
    folder = pdf.HERE / "fonts"
    assert {path.name for path in folder.iterdir()} == {
        "LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
        "OFL.txt",
    }
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")


@needs_poppler
def test_large_print_is_18_points_throughout_and_has_no_table(tmp_path: Path) -> None:
    path = made(tmp_path, "na", "smart", "--large-print", "--qr", "--clinic", "Harbor")
    drawn = told(shutil.which("pdftohtml"), path, "-xml", "-stdout", "-i", "-zoom", "1")
    sizes = {int(size) for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', drawn)}
    assert sizes == {18, 20, 22}
    assert "Table" not in told(PDFINFO, path, "-struct")


def test_same_input_same_bytes(tmp_path: Path) -> None:
    first = made(tmp_path, "aa", "--qr").read_bytes()
    (tmp_path / "page.pdf").unlink()
    assert made(tmp_path, "aa", "--qr").read_bytes() == first


@needs_poppler
def test_pdf_says_what_the_text_says(tmp_path: Path) -> None:
    shown = " ".join(told(PDFTOTEXT, made(tmp_path, "aa")).split())
    for block in re.split(r"\n(?=\S)", run("aa").stdout):
        value = block.partition(": ")[2].split(". ")[0].strip()
        if value and "___" not in value and "\n" not in value:
            assert value.rstrip(".") in shown


@needs_poppler
def test_nothing_is_read_as_markup(tmp_path: Path) -> None:
    typed = '#panic("x") $x^2$ *bold* [a](b) <label> @ref \\'
    shown = told(PDFTOTEXT, made(tmp_path, "aa", "--clinic", typed))
    assert typed in " ".join(shown.split())


def test_characters_without_a_font_are_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    result = run("aa", "--clinic", "\u4e2d\u6587", "-o", str(tmp_path / "page.pdf"))
    assert result.exit_code == 2
    assert "cannot be made as PDF" in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_is_not_accessible_is_not_made() -> None:
    pytest.importorskip("typst")
    skipping = Document("Title", [Heading("Deep", 3), Paragraph("Text.")])
    with pytest.raises(DataError, match=r"cannot be made as PDF: .*heading level"):
        pdf.render(skipping, 12.0, False, "2026-11-22")


def test_a_warning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst")
    compiler, template = pdf._compiler()
    warned = template.replace(b'font: "Liberation Sans"', b'font: "No Such Font"')
    monkeypatch.setattr(pdf, "_compiler", lambda: (compiler, warned))
    with pytest.raises(DataError, match="unknown font family"):
        pdf.render(Document("Title", [Paragraph("Text.")]), 12.0, False, "2026-11-22")


def test_without_the_extra_one_line_and_nothing_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    for typed in (("aa", "-f", "pdf"), ("--all", "-f", "text", "-f", "pdf", "-d", str(tmp_path / "out"))):
        result = run(*typed)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", MISSING)
    assert list(tmp_path.iterdir()) == []

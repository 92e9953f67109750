"""Handouts as files: what fits on a page, in which format, under which name, written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.document import Code, Document, Notice, Paragraph, Table
from recoverycli.errors import DataError
from recoverycli.facts import full_name
from recoverycli.pages.handouts import BRIEF, Look, Sheet, bound
from recoverycli.render import text
from recoverycli.shorten import briefer, has_row, shorter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from recoverycli.guide import Guide

ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "pdf": "pdf"}
COLUMNS = 72
LINES = 60
"""A letter page holds 66 lines at six to the inch; a line printer leaves a few empty."""
SIZES = (12.0, 11.5, 11.0)
LARGE = 18.0


class Order(NamedTuple):
    """How handouts are to be made. `reviewed` is the date of the data; `template` a clinic's own folder."""

    look: Look
    reviewed: str
    columns: int = COLUMNS
    ascii_only: bool = False
    newline: str = "\n"
    form_feed: bool = False
    template: Path | None = None


class Handout(NamedTuple):
    """The pages of one file. `stem` is its name without an ending, made of ids of the guide."""

    stem: str
    sheets: Sequence[Sheet]


class Made(NamedTuple):
    """One finished file. `remarks` say what had no room on a page."""

    name: str
    content: bytes
    remarks: tuple[str, ...] = ()


class _Fitted(NamedTuple):
    document: Document
    size: float
    cut: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    over: bool = False


def make(handout: Handout, form: str, order: Order) -> Made:
    """Return a handout in one format, each sheet shortened until it is one page."""
    fitted = [_fit(sheet, _measure(form, order), order) for sheet in handout.sheets]
    document = bound([one.document for one in fitted])
    size = min(one.size for one in fitted)
    name = f"{handout.stem}.{ENDINGS[form]}"
    content = _render(document, form, size, order)
    remarks = [*_remarks(name, handout, fitted), *_lost_box(name, document, content, order)]
    return Made(name, content, tuple(remarks))


def _fit(sheet: Sheet, fits: Callable[[Document, float], bool], order: Order) -> _Fitted:
    """Return a sheet on one page: in smaller type, then in fewer words, then without the rows it needs least.

    One that would still not fit stays whole: half the words on two pages help nobody.
    """
    if order.look.large:
        return _Fitted(sheet.document, LARGE)
    for size in SIZES:
        if sheet.long or fits(sheet.document, size):
            return _Fitted(sheet.document, size)
    document = sheet.document
    cut: list[str] = []
    dropped: list[str] = []
    for shorten, labels, told in ((briefer, BRIEF, cut), (shorter, sheet.spare, dropped)):
        for label in labels:
            if not has_row(document, label, tables_only=shorten is briefer):
                continue
            document = shorten(document, label)
            told.append(label)
            if fits(document, SIZES[-1]):
                return _Fitted(document, SIZES[-1], tuple(one for one in cut if one not in dropped), tuple(dropped))
    return _Fitted(sheet.document, SIZES[-1], over=True)


def _measure(form: str, order: Order) -> Callable[[Document, float], bool]:
    """Return the test whether a document is one page. Markdown has no pages, so everything fits."""
    if form == "markdown":
        return lambda *_: True
    if form == "text":
        return lambda document, _: _text_fits(document, order.columns)
    if form == "pdf":
        from recoverycli.render import pdf

        return lambda document, size: pdf.pages(pdf.render(document, size, False, order.reviewed)) == 1
    from recoverycli.render import paper

    return lambda document, size: paper.height(document, size) <= paper.HEIGHT


def _text_fits(document: Document, columns: int) -> bool:
    """Say whether a page of text is one page. QR codes of several programs follow on a sheet of their own."""
    codes = [block for block in document.blocks if isinstance(block, Code)]
    if len(codes) > 1:
        document = Document(document.title, [block for block in document.blocks if block not in codes])
    return text.render(document, columns).count("\n") <= LINES


def _render(document: Document, form: str, size: float, order: Order) -> bytes:
    if form == "pdf":
        from recoverycli.render import pdf

        return pdf.render(document, size, order.look.large, order.reviewed)
    if form == "html":
        from recoverycli.render import html

        return html.render(document, size, order.template, **_facts(order)).encode()
    shown = _as_text(document, order) if form == "text" else _as_markdown(document, order)
    return (text.to_ascii(shown) if order.ascii_only else shown).replace("\n", order.newline).encode()


def _facts(order: Order) -> dict[str, Any]:
    """Return what a template may show beside the page itself."""
    return {"clinic": order.look.clinic, "date": order.reviewed, "large": order.look.large}


def _as_text(document: Document, order: Order) -> str:
    body = text.render(document, order.columns)
    body = body.replace("\n\n\f\n\n", "\n\f" if order.form_feed else "\n\n\n")
    return _through_template("text", body, document, order)


def _as_markdown(document: Document, order: Order) -> str:
    from recoverycli.render import markdown

    return _through_template("markdown", markdown.render(document), document, order)


def _through_template(form: str, body: str, document: Document, order: Order) -> str:
    """Return a page through a clinic's template, if there is one. The built-in one changes nothing."""
    if order.template is None:
        return body
    from recoverycli.render import markdown
    from recoverycli.render.template import fill

    def alone(block: object) -> str:
        one = Document("-", [block])  # type: ignore[list-item]
        whole = text.render(one, order.columns) if form == "text" else markdown.render(one)
        return whole.partition("\n\n")[2].rstrip("\n")

    blocks = [{"kind": type(block).__name__, "rendered": alone(block)} for block in document.blocks]
    facts = {"body": body.rstrip("\n"), "blocks": blocks, "title": document.title}
    return fill(form, order.template, {**facts, **_facts(order)})


def _remarks(name: str, handout: Handout, fitted: Sequence[_Fitted]) -> Iterable[str]:
    for sheet, one in zip(handout.sheets, fitted, strict=True):
        title = "" if len(fitted) == 1 else f" ({sheet.document.title})"
        if one.cut:
            yield f"{name}{title}: cut to a sentence to keep to one page: {', '.join(one.cut)}."
        if one.dropped:
            yield f"{name}{title}: left out to keep to one page: {', '.join(one.dropped)}."
        if one.over:
            yield f"{name}{title}: this takes more than one page."


def _lost_box(name: str, document: Document, content: bytes, order: Order) -> Iterable[str]:
    """Say so when a clinic's template leaves the crisis lines out."""
    if order.template is None:
        return
    shown = " ".join(content.decode().split())
    boxes = [block for block in document.blocks if isinstance(block, Notice) and block.kind == "danger"]
    if any(box.title not in shown for box in boxes):
        yield f"{name}: the template leaves out the crisis lines. Put them back: they are the first Notice."


def index(guide: Guide, programs: Sequence[tuple[str, str]], forms: Sequence[str], order: Order) -> Made:
    """Return the list of the files of a batch, in the format that links best. `programs`: stem and title."""
    form = next((form for form in ("html", "markdown") if form in forms), "text")
    rows = [(title, *(f"{stem}.{ENDINGS[one]}" for one in forms)) for stem, title in programs]
    date = Paragraph(f"{len(rows)} handouts. Facts checked on {guide.reviewed}.")
    document = Document("Handouts", [date, Table(("Handout", *forms), rows, sentence=True)])
    if form != "html":
        return Made(f"index.{ENDINGS[form]}", _render(document, form, SIZES[-1], order._replace(template=None)))
    from recoverycli.render import html

    files = {name for row in rows for name in row[1:]}
    size = LARGE if order.look.large else SIZES[-1]
    return Made("index.html", html.render(document, size, None, files, **_facts(order)).encode())


def titles(guide: Guide) -> list[tuple[str, str]]:
    """Return the id and the full name of every program."""
    return [(program["id"], full_name(program)) for program in guide.records("program")]


def check_free(folder: Path, names: Collection[str], force: bool) -> None:
    """Raise DataError, before anything is written, for a folder that cannot be used or files in the way."""
    if folder.exists() and not folder.is_dir():
        raise DataError(f"{folder} is not a folder: --directory takes one.")
    if not folder.parent.is_dir():
        raise DataError(f"The folder {folder.parent} does not exist: make it first, or give another.")
    there = [name for name in names if (folder / name).exists()]
    if there and not force:
        more = f", with {len(there) - 1} more," if len(there) > 1 else ""
        raise DataError(f"{folder / there[0]}{more} exists and is left as it is: use another folder, or --force.")


def write_all(folder: Path, made: Sequence[Made], force: bool) -> None:
    """Write files into a folder, whose last part may be missing. Raises DataError that counts them."""
    from recoverycli.files import write_new

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise DataError(f"The folder {folder} could not be made: {error.strerror}.") from None
    for done, one in enumerate(made):
        try:
            write_new(folder / one.name, one.content, force)
        except DataError as error:
            raise DataError(f"{error} {done} of {len(made)} files were written.") from None

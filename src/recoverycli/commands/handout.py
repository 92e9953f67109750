"""`handout`: a page to print and give away."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from recoverycli.answer import Answer, Ask, Rendered
from recoverycli.arguments import HandoutNames, check_words, typed_or_read
from recoverycli.document import Bullets, Document, Facts
from recoverycli.errors import NotFound, UsageError
from recoverycli.handout import (
    COLUMNS,
    ENDINGS,
    Handout,
    Made,
    Order,
    check_free,
    index,
    make,
    titles,
    write_all,
)
from recoverycli.pages import handouts
from recoverycli.pages.handouts import Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.pages.handouts import Sheet

MOST = 4
LONGEST_CLINIC = 120
STDOUT = Path("-")


class Wanted(NamedTuple):
    """What is to be on the pages."""

    names: Sequence[str]
    everything: bool
    need: str | None
    steps: bool
    prayer: bool
    meetings: bool

    @property
    def extras(self) -> list[str]:
        """The pages asked for beside those on programs."""
        asked = {"steps": self.steps, "prayer": self.prayer, "meetings": self.meetings}
        return [name for name, wanted in asked.items() if wanted]


def command(
    ask: Ask,
    name: HandoutNames = None,
    format: Annotated[  # noqa: A002  the name the option has everywhere
        list[str] | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="text, markdown, html or pdf; repeat for several."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="A new file; - is stdout.")
    ] = None,
    directory: Annotated[
        Path | None,
        typer.Option("--directory", "-d", metavar="DIR", help="A folder for files named by program."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every program, with an index; needs --directory.")] = False,
    match: Annotated[
        str | None,
        typer.Option("--match", metavar="NEED", help="The first three matches, with reasons; - reads it."),
    ] = None,
    steps: Annotated[bool, typer.Option("--steps", help="Add the twelve steps.")] = False,
    prayer: Annotated[bool, typer.Option("--prayer", help="Add the Serenity Prayer.")] = False,
    meetings: Annotated[bool, typer.Option("--meetings", help="Add what meetings are like.")] = False,
    large_print: Annotated[bool, typer.Option("--large-print", help="18 point type, no tables, more pages.")] = False,
    qr: Annotated[bool, typer.Option("--qr", help="Add the meeting finder as a QR code.")] = False,
    clinic: Annotated[str, typer.Option("--clinic", metavar="TEXT", help='A line in the head: "Name, phone".')] = "",
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DIR", help="A folder with templates of your own.")
    ] = None,
    show_template: Annotated[bool, typer.Option("--show-template", help="Print the built-in template.")] = False,
    width: Annotated[int, typer.Option("--width", metavar="N", min=40, max=80, help="Columns of text.")] = COLUMNS,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Text for old printers.")] = False,
    newline: Annotated[str, typer.Option("--newline", metavar="lf|crlf", help="Line ends of text.")] = "lf",
    form_feed: Annotated[bool, typer.Option("--form-feed", help="Start each page of text on a new sheet.")] = False,
) -> Answer | Rendered:
    """A page to print and give away. There is no field for a person's name, and none is kept.

    \b
    Examples:
      recoverycli handout aa
      recoverycli handout aa smart wfs -f html --qr -o groups.html
      recoverycli handout na --steps --prayer --large-print -f html -o na.html
      recoverycli handout --match "my husband gambles" --clinic "Harbor Clinic, 555-0100"
      recoverycli handout --all -f text -f html -d out
      recoverycli handout --show-template -f html
    """
    forms = _forms(format, output, show_template)
    if show_template:
        return _template(forms)
    wanted = Wanted(name or (), everything, match, steps, prayer, meetings)
    _check(wanted, forms, output, directory)
    asked = {
        "--ascii": ascii_only,
        "--newline": newline != "lf",
        "--form-feed": form_feed,
        "--width": width != COLUMNS,
    }
    _check_text_only(forms, asked)
    if newline not in ("lf", "crlf"):
        raise UsageError(f"--newline takes lf or crlf, not '{newline}'.")
    _check_tools(forms, template)
    look = Look(_clinic(clinic), qr, ascii_only, large_print)
    ends = "\r\n" if newline == "crlf" else "\n"
    order = Order(look, ask.guide.reviewed, width, ascii_only, ends, form_feed, template)
    if everything and directory:
        return _batch(ask, wanted, forms, order, directory, force)
    handout, remarks = _pages(ask, wanted, look)
    if large_print and not {"html", "pdf"}.intersection(forms):
        remarks = (*remarks, "Text has no type size: print it at 18 points, or use -f html or -f pdf.")
    if directory:
        check_free(directory, [f"{handout.stem}.{ENDINGS[form]}" for form in forms], force)
        made = [make(handout, form, order) for form in forms]
        write_all(directory, made, force)
        return _written(directory, made, (*remarks, *_all_remarks(made)))
    one = make(handout, forms[0], order)
    return _delivered(one, forms[0], order, output, force)._replace(remarks=(*remarks, *one.remarks))


def _delivered(made: Made, form: str, order: Order, output: Path | None, force: bool) -> Rendered:
    """Write one file, or return what stdout gets: bytes where another encoding or line end would break it."""
    if output and output != STDOUT:
        from recoverycli.files import write_new

        write_new(output, made.content, force)
        return Rendered("")
    exact = form in ("html", "pdf") or order.newline != "\n"
    return Rendered(made.content if exact else made.content.decode())


def _forms(typed: Sequence[str] | None, output: Path | None, showing: bool) -> list[str]:
    """Return the formats asked for; with none, the one the file's ending says."""
    endings = {ending: form for form, ending in ENDINGS.items()}
    ending = endings.get(output.suffix[1:].lower()) if output else None
    forms = list(dict.fromkeys(part.strip() for item in typed or () for part in item.split(",")))
    for form in forms:
        if form not in ENDINGS:
            raise UsageError(f"A handout has no format '{form}'. Formats: {', '.join(ENDINGS)}.")
    if ending and forms and ending not in forms:
        raise UsageError(f"{output} ends like {ending}, but --format says {forms[0]}: make them agree.")
    return forms or [ending or ("html" if showing else "text")]


def _check(wanted: Wanted, forms: Sequence[str], output: Path | None, directory: Path | None) -> None:
    """Raise UsageError for options that do not go together."""
    if output and directory:
        raise UsageError("--output names one file, --directory a folder: give one of them.")
    if wanted.everything and not directory:
        raise UsageError("--all makes many files: say where, with --directory DIR.")
    if wanted.everything and (wanted.names or wanted.need is not None):
        raise UsageError("--all is for every program: leave out the names and --match.")
    if wanted.names and wanted.need is not None:
        raise UsageError("--match chooses the programs: leave out the names, or leave out --match.")
    if len(wanted.names) > MOST:
        raise UsageError(f"A page holds one to {MOST} programs, not {len(wanted.names)}.")
    if not (wanted.names or wanted.everything or wanted.need is not None or wanted.extras):
        raise UsageError("Say what to print: a name, such as aa, or --match, --steps, --prayer, --meetings, --all.")
    if len(forms) > 1 and not directory:
        raise UsageError("Several formats make several files: say where, with --directory DIR.")
    if forms[0] == "pdf" and output in (None, STDOUT) and not directory and sys.stdout and sys.stdout.isatty():
        raise UsageError("A PDF cannot be shown here: add -o FILE.")


def _check_text_only(forms: Sequence[str], asked: dict[str, bool]) -> None:
    """Raise UsageError for an option of text where no text is made: it would do nothing."""
    for option, given in asked.items():
        takes = ("text", "markdown") if option in ("--ascii", "--newline") else ("text",)
        if given and not set(takes).intersection(forms):
            raise UsageError(f"{option} is for {' and '.join(takes)}, and the format is {' and '.join(forms)}.")


def _check_tools(forms: Sequence[str], template: Path | None) -> None:
    if "pdf" in forms:
        from recoverycli.render.pdf import check_installed

        check_installed()
    if template is None:
        return
    if "pdf" in forms:
        raise UsageError("--template is not for pdf: use it with html, and print that from a browser.")
    from recoverycli.render.template import check_folder

    check_folder(template, list(forms))


def _clinic(typed: str) -> str:
    """Return the clinic's line, on one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    if len(line) > LONGEST_CLINIC:
        raise UsageError(f"--clinic takes a line of at most {LONGEST_CLINIC} characters, not {len(line)}.")
    return line


def _template(forms: Sequence[str]) -> Rendered:
    from recoverycli.render.template import NAMES, built_in

    if forms[0] not in NAMES:
        raise UsageError(f"There is no template for {forms[0]}. Templates: {', '.join(NAMES)}.")
    return Rendered(built_in(forms[0]))


def _pages(ask: Ask, wanted: Wanted, look: Look) -> tuple[Handout, tuple[str, ...]]:
    """Return the pages of one file, and what to tell the person at the keyboard."""
    guide = ask.guide
    sheets: list[Sheet] = []
    records: list[Any] = []
    remarks: list[str] = []
    if wanted.need is not None:
        sheet, records, remarks = _matched(ask, wanted.need, look)
        sheets.append(sheet)
    elif wanted.names:
        records, remarks = _named(ask, wanted.names)
        if len(records) == 1:
            sheets.append(handouts.program_sheet(guide, records[0], look))
        else:
            sheets.append(handouts.comparison_sheet(guide, records, look))
    only = records[0] if len(records) == 1 else None
    sheets += [_extra(ask, name, look, only) for name in wanted.extras]
    if ask.cite and records:
        sheets.append(handouts.sources_sheet(guide, records))
    if look.qr:
        bare = [p["name"] for p in records if not p["find_meetings"].get("url")]
        remarks += [f"{name}: no address of a meeting finder is known, so it has no QR code." for name in bare]
    stem = "-".join([*(record["id"] for record in records), *wanted.extras]) or "crisis"
    return Handout(stem, sheets), tuple(remarks)


def _named(ask: Ask, names: Sequence[str]) -> tuple[list[Any], list[str]]:
    from recoverycli.lookup import find_program

    found = [find_program(ask.guide, typed) for typed in names]
    ids = [one.id for one in found]
    twice = [key for key in ids if ids.count(key) > 1]
    if twice:
        raise UsageError(f"{twice[0]} is given twice: name each program once.")
    return [one.record for one in found], [one.remark for one in found if one.remark]


def _matched(ask: Ask, need: str, look: Look) -> tuple[Sheet, list[Any], list[str]]:
    """Return the page of the first matches. Raises NotFound for none, with whom to call in danger."""
    from recoverycli.match import find_matches
    from recoverycli.pages.answers import read_as

    text = typed_or_read(need)
    check_words(text, "need", '--match "drinking, not religious"')
    answer = find_matches(ask.guide, text)
    understood = answer.need
    dangers = [ask.guide.record("danger", key)["name"] for key in understood.dangers]
    remarks = [f"The page begins with whom to call: {name}." for name in dangers]
    remarks.append(f"{read_as(understood)} If that is wrong, name the programs: recoverycli handout aa smart.")
    if not (understood.facets or understood.programs):
        if dangers:
            return handouts.danger_sheet(ask.guide, understood.dangers, look), [], remarks
        raise NotFound('Nothing in this need was understood: say what it is about, as in "drinking, not religious".')
    if not answer.matches:
        raise NotFound("No program in the guide fits this need.", lines=[f"{d}: recoverycli crisis" for d in dangers])
    if understood.not_understood:
        remarks.append(f"Not understood: {', '.join(understood.not_understood)}.")
    records = [ask.guide.program(match.id) for match in answer.matches[: handouts.MATCHES]]
    return handouts.match_sheet(ask.guide, answer, look), records, [*remarks, *answer.contradictions]


def _extra(ask: Ask, name: str, look: Look, program: Any | None = None) -> Sheet:
    """Return one of the pages that are not about a program; `program` chooses the wording of the steps."""
    if name == "steps":
        return handouts.steps_sheet(ask.guide, program, look)
    return (handouts.prayer_sheet if name == "prayer" else handouts.meetings_sheet)(ask.guide, look)


def _batch(ask: Ask, wanted: Wanted, forms: Sequence[str], order: Order, folder: Path, force: bool) -> Answer:
    """Make one handout a program, the pages asked for beside them, and an index; then write all of them."""
    listed = titles(ask.guide)
    extras = [Handout(name, [_extra(ask, name, order.look)]) for name in wanted.extras]
    listed += [(extra.stem, extra.sheets[0].document.title) for extra in extras]
    names = [f"{stem}.{ENDINGS[form]}" for stem, _ in listed for form in forms]
    last = index(ask.guide, listed, forms, order)
    check_free(folder, [*names, last.name], force)
    programs = [_one(ask, record, order.look) for record in ask.guide.records("program")]
    made = [make(handout, form, order) for handout in _shown([*programs, *extras]) for form in forms]
    write_all(folder, [*made, last], force)
    return _written(folder, made, _all_remarks(made), last)


def _one(ask: Ask, program: Any, look: Look) -> Handout:
    sheets = [handouts.program_sheet(ask.guide, program, look)]
    sheets += [handouts.sources_sheet(ask.guide, [program])] if ask.cite else []
    return Handout(program["id"], sheets)


def _shown(work: list[Handout]) -> Iterable[Handout]:
    """Return `work` with a progress bar on stderr, when a person sees it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return work
    from rich.console import Console
    from rich.progress import track

    return track(work, "Making handouts", console=Console(stderr=True), transient=True)


def _written(folder: Path, made: Sequence[Made], remarks: tuple[str, ...], last: Made | None = None) -> Answer:
    """Return the summary of what was written."""
    files = [*(one.name for one in made), *([last.name] if last else [])]
    data = {"folder": str(folder), "files": files}
    if last is None:
        return Answer(Document(f"Written to {folder}", [Bullets(files)]), data, remarks=remarks)
    counted = [(form, str(sum(one.name.endswith(f".{ending}") for one in made))) for form, ending in ENDINGS.items()]
    rows = [*((form, f"{count} files") for form, count in counted if count != "0"), ("index", last.name)]
    return Answer(Document(f"{len(files)} files written to {folder}", [Facts(rows)]), data, remarks=remarks)


def _all_remarks(made: Sequence[Made]) -> tuple[str, ...]:
    return tuple(remark for one in made for remark in one.remarks)

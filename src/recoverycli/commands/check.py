"""`check`: every problem of the data, by file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.document import Code, Document, Paragraph
from recoverycli.errors import DataError

if TYPE_CHECKING:
    from recoverycli.yamlread import Problem


def command(
    ask: Ask,
    path: Annotated[
        Path | None, typer.Argument(metavar="[PATH]", help="A clinic's own file, or a folder with the guide's data.")
    ] = None,
    stale: Annotated[
        int | None, typer.Option("--stale", metavar="DAYS", min=0, help="Also name entries reviewed longer ago.")
    ] = None,
) -> Answer:
    """Check the built-in data, or a clinic's own file. Every problem is named at once, by file and line.

    \b
    Examples:
      recoverycli check
      recoverycli check --stale 365
      recoverycli check clinic.yaml
    """
    from recoverycli.check import check_folder
    from recoverycli.guide import data_folder

    if path is None:
        return _answer("The guide's data", check_folder(data_folder(), stale))
    if not path.exists():
        raise DataError(f"{path} does not exist: give a YAML file, or a folder with the guide's data.")
    if path.is_dir() and (path / "programs.yaml").exists():
        return _answer(str(path), check_folder(path, stale))
    return _answer(str(path), _clinic(ask, path))


def _clinic(ask: Ask, path: Path) -> list[Problem]:
    from recoverycli.check import check_local
    from recoverycli.local import MAX_BYTES, clinic_files
    from recoverycli.yamlread import Problem, read_yaml

    problems: list[Problem] = []
    for file in clinic_files(path):
        try:
            with file.open("rb") as opened:
                raw = opened.read(MAX_BYTES + 1)
        except OSError as error:
            problems.append(Problem(str(file), 0, f"cannot be read: {error.strerror}"))
            continue
        if len(raw) > MAX_BYTES:
            problems.append(Problem(str(file), 0, f"is larger than {MAX_BYTES // 1024} kilobytes: split it"))
            continue
        reading = read_yaml(raw, str(file))
        problems += check_local(reading, str(file), ask.guide.lines) if reading.value is not None else reading.problems
    return problems


def _answer(what: str, problems: list[Problem]) -> Answer:
    data = [problem._asdict() for problem in problems]
    if not problems:
        return Answer(Document("No problems", (Paragraph(f"{what}: every rule holds."),)), data)
    count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
    page = Document(f"{what}: {count}", (Code(tuple(str(problem) for problem in problems), "file:line: what to mend"),))
    return Answer(page, data, exit_code=2)

"""`check`: every problem of the data, by file and line."""

from __future__ import annotations

import os
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
        Path | None,
        typer.Argument(metavar="[PATH]", readable=False, help="A clinic's own file, or a folder of the guide's data."),
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
    if not os.path.lexists(path):
        raise DataError(f"{path} does not exist: give a YAML file, or a folder with the guide's data.")
    if os.path.isfile(path / "programs.yaml"):  # noqa: PTH113  a path may be too long, or closed to us
        return _answer(str(path), check_folder(path, stale))
    return _answer(str(path), _clinic(ask, path))


def _clinic(ask: Ask, path: Path) -> list[Problem]:
    from recoverycli.checks.clinic import check_local
    from recoverycli.local import clinic_files, read_clinic_file
    from recoverycli.yamlread import Problem

    folder = clinic_files(path)
    problems = [Problem(str(path), 0, folder.problem.removeprefix(f"{path}: "))] if folder.problem else []
    if not folder.files and not folder.problem:
        problems.append(Problem(str(path), 0, "holds no file that ends in .yaml"))
    for file in folder.files:
        problems += check_local(read_clinic_file(file), str(file), ask.guide.lines)
    return problems


def _answer(what: str, problems: list[Problem]) -> Answer:
    data = [problem._asdict() for problem in problems]
    if not problems:
        return Answer(Document("No problems", (Paragraph(f"{what}: every rule holds."),)), data)
    count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
    page = Document(f"{what}: {count}", (Code(tuple(str(problem) for problem in problems), "file:line: what to mend"),))
    return Answer(page, data, exit_code=2)

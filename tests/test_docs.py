"""The documents say what the program does."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recoverycli.cli import COMMANDS, app

ROOT = Path(__file__).resolve().parents[1]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()


def test_readme_shows_what_the_program_prints() -> None:
    """Every console block of the README is what the command prints now."""
    done = subprocess.run(
        [sys.executable, "scripts/readme.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_has_help_with_examples() -> None:
    for command in COMMANDS:
        shown = CliRunner().invoke(app, [command, "--help"])
        assert shown.exit_code == 0, command
        assert f"recoverycli {command}" in shown.output, command


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"`{command}`" in readme or f"recoverycli {command}" in readme, command


def test_the_map_in_the_design_names_every_module() -> None:
    design = (ROOT / "docs" / "design.md").read_text("utf-8")
    for module in (ROOT / "src" / "recoverycli").glob("*.py"):
        if not module.name.startswith("__"):
            assert module.name in design, module.name


def test_links_in_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_typer_stays_below_the_version_that_loads_pydantic() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "typer>=0.26,<0.29" in project["dependencies"]


@pytest.mark.skipif(not TRACKED, reason="not a git checkout")
def test_no_file_names_a_package_registry_or_a_place_on_a_machine() -> None:
    trouble = re.compile(r"https?://[^\s\"']*(?:/simple/?(?:\s|$)|/packages/[0-9a-f]{2}/)|(?<![\w.:/-])/(?:work|root)/")
    for name in TRACKED:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".lock", ".cmd", ".sh", ".json", ""):
            try:
                text = path.read_text("utf-8")
            except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
                continue
            assert not (found := trouble.search(text)), f"{name}: {found.group()}"

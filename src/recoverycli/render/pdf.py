"""Tagged PDF (PDF/UA-1) through Typst, an optional package. A page that is not accessible is not made."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recoverycli import qr
from recoverycli.document import Code, Document, Notice
from recoverycli.errors import DataError

if TYPE_CHECKING:
    from recoverycli.document import Block

HERE = Path(__file__).resolve().parents[1]
MISSING = "PDF needs one more package: pip install 'recoverycli[pdf]'. Or print --format html from a browser."
_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)")


def check_installed() -> None:
    """Raise DataError that says how to install the package, when it is missing."""
    try:
        import typst  # noqa: F401
    except ImportError:
        raise DataError(MISSING) from None


def render(document: Document, size: float, large: bool, reviewed: str) -> bytes:
    """Return the document as PDF, dated by the data, so that the same input gives the same bytes."""
    compiler, template = _compiler()
    sheet = {
        "title": document.title,
        "size": size,
        "large": large,
        "blocks": [_block(b) for b in document.blocks],
    }
    try:
        content, warnings = compiler.compile_with_warnings(
            template,
            sys_inputs={"sheet": json.dumps(sheet)},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=_when(reviewed),
        )
    except RuntimeError as error:  # typst.TypstError is one
        raise DataError(f"'{document.title}' cannot be made as PDF: {str(error).splitlines()[0]}") from None
    if warnings:
        raise DataError(f"'{document.title}' cannot be made as PDF: {warnings[0].message}")
    return bytes(content)


def pages(content: bytes) -> int:
    """Return how many pages a PDF made here has."""
    counted = _PAGES.search(content)
    return int(counted[1]) if counted else 0


@cache
def _compiler() -> tuple[Any, bytes]:
    """Return the template, and a compiler that sees the fonts of this package and none of the machine."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(HERE / "fonts")])
    template = (HERE / "templates" / "handout.typ").read_bytes()
    compiler = typst.Compiler(root=str(HERE / "templates"), font_paths=fonts, ignore_system_fonts=True)
    return compiler, template


def _when(reviewed: str) -> datetime:
    return datetime.fromisoformat(reviewed).replace(tzinfo=UTC)


def _block(block: Block) -> dict[str, Any]:
    """Return a block as the template reads it: its kind, and its fields."""
    fields = {name: getattr(block, name) for name in block.__slots__}
    if isinstance(block, Notice):
        fields["sort"] = fields.pop("kind")
    if isinstance(block, Code):
        fields["svg"] = qr.as_svg(block.address) if block.address else ""
    return {"kind": type(block).__name__, **fields}

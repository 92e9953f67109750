"""QR codes: as rows of squares, drawn in characters, and as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def matrix(address: str) -> Sequence[Sequence[int]]:
    """Return a QR code as rows of 1 (dark) and 0, without the quiet zone around it."""
    rows: Sequence[Sequence[int]] = _made(address).matrix
    return rows


def lines(address: str, squares: bool = False) -> list[str]:
    """Draw a QR code: two rows a line in half blocks, or in ASCII two characters for each square."""
    rows = matrix(address)
    margin = " " * 4
    if squares:
        return [margin + "".join("##" if dark else "  " for dark in row).rstrip() for row in rows]
    halves = {(0, 0): " ", (1, 0): "\u2580", (0, 1): "\u2584", (1, 1): "\u2588"}
    pairs = zip(rows[::2], [*rows[1::2], [0] * len(rows)], strict=True)
    return [
        margin + "".join(halves[min(top, 1), min(low, 1)] for top, low in zip(upper, lower, strict=True)).rstrip()
        for upper, lower in pairs
    ]


def as_svg(address: str, title: str = "") -> str:
    """Return a QR code as SVG with its quiet zone; `title` is what a screen reader says."""
    import io

    out = io.BytesIO()
    _made(address).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgns=not title,
        omitsize=True,
        nl=False,
        title=title or None,
    )
    drawn = out.getvalue().decode()
    return drawn.replace("<svg ", '<svg role="img" ', 1) if title else drawn


def _made(address: str) -> Any:
    """Return the code of an address. Level "m" forgives a poor photocopy; few phones read micro codes."""
    import segno

    return segno.make(address, error="m", micro=False)

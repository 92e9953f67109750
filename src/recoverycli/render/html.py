"""One self-contained HTML file: it loads nothing, runs nothing, and prints on a letter page."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from recoverycli import qr
from recoverycli.document import (
    Bars,
    Bullets,
    Code,
    Facts,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Writing,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from recoverycli.document import Block, Document

SIZE = 12.0
_BREAK = re.compile(r"(?<!/)/(?!/)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")


def render(
    document: Document,
    size: float = SIZE,
    template: Path | None = None,
    files: Collection[str] = (),
    **facts: Any,
) -> str:
    """Return the page through the built-in template, or the one in the folder `template`.

    files: names that become links when they stand alone in a cell. facts: what else a template may show.
    """
    from markupsafe import Markup

    from recoverycli.render.template import fill

    blocks = [
        {"kind": type(block).__name__, "rendered": Markup(_block(block, files))}  # noqa: S704  escaped below
        for block in document.blocks
    ]
    return fill("html", template, {"title": document.title, "blocks": blocks, "size": size, **facts})


def _block(block: Block, files: Collection[str]) -> str:
    match block:
        case Heading(text, level):
            return f"<h{max(level, 2)}>{escape(text)}</h{max(level, 2)}>"
        case Paragraph(text):
            return f"<p>{_linked(text)}</p>"
        case Quote(lines, credit):
            cited = f"<footer>{escape(credit)}</footer>" if credit else ""
            return f"<blockquote><p>{'<br>'.join(escape(line) for line in lines)}</p>{cited}</blockquote>"
        case Facts(rows):
            inner = "\n".join(f"<dt>{escape(label)}</dt><dd>{_linked(value)}</dd>" for label, value in rows)
            return f"<dl>\n{inner}\n</dl>" if rows else ""
        case Table():
            return _table(block, files)
        case Bullets(items, start):
            tag, first = ("ul", "") if start is None else ("ol", f' start="{start}"' if start != 1 else "")
            return f"<{tag}{first}>\n" + "\n".join(f"<li>{_linked(item)}</li>" for item in items) + f"\n</{tag}>"
        case Bars(title, bars, warning):
            inner = "\n".join(
                f"<li>{escape(bar.label)}: {bar.percent:g} percent {escape(bar.note)}</li>" for bar in bars
            )
            return f"<p>{escape(title)}</p>\n<ul>\n{inner}\n</ul>\n<p>Read with care: {escape(warning)}</p>"
        case Notice(kind, title, lines):
            told = "\n".join(f"<p>{_linked(line)}</p>" for line in lines)
            return f'<section class="{escape(kind)}">\n<h2>{escape(title)}</h2>\n{told}\n</section>'
        case Code(lines, text, address):
            return _qr(text, address) if address else f"<p>{escape(text)}</p>\n<pre>{escape(chr(10).join(lines))}</pre>"
        case Writing(label):
            return f'<p class="writing"><span>{escape(label)}:</span></p>'
        case PageBreak():
            return '<hr class="page">'


def _table(table: Table, files: Collection[str]) -> str:
    heads = "".join(f'<th scope="col">{escape(name) or "&nbsp;"}</th>' for name in table.columns)
    caption = f"<caption>{escape(table.caption)}</caption>\n" if table.caption else ""
    rows = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{_cell(cell, files)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in table.rows
    )
    wide = ' class="full"' if len(table.columns) > 3 else ""
    return f"<table{wide}>\n{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _cell(cell: str, files: Collection[str]) -> str:
    return f'<a href="{escape(cell)}">{escape(cell)}</a>' if cell in files else _linked(cell)


def _linked(text: str) -> str:
    """Return escaped text in which a web address is a link that may break after a slash."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        url = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{url}">{_BREAK.sub("/<wbr>", url)}</a>']
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _qr(text: str, address: str) -> str:
    return f"<figure>{qr.as_svg(address, f'QR code. {text}')}<figcaption>{_linked(text)}</figcaption></figure>"

"""A page that is too full, made shorter: rows left out, or cells cut to a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.document import Document, Facts, Heading, Table

if TYPE_CHECKING:
    from recoverycli.document import Block


def shorter(document: Document, label: str) -> Document:
    """Return a page without the rows called `label`, and without the headings that leaves bare."""
    blocks: list[Block] = []
    for block in document.blocks:
        kept = _without(block, label)
        if kept is not None:
            blocks.append(kept)
        elif blocks and isinstance(blocks[-1], Heading):
            blocks.pop()
    return Document(document.title, blocks)


def has_row(document: Document, label: str, tables_only: bool = False) -> bool:
    """Say whether a page has a row called `label`, anywhere or in a table."""
    kinds = Table if tables_only else (Table, Facts)
    return any(row[0] == label for block in document.blocks if isinstance(block, kinds) for row in block.rows)


def briefer(document: Document, label: str) -> Document:
    """Return a page whose tables say one sentence a cell in the row called `label`."""
    return Document(document.title, [_brief(block, label) for block in document.blocks])


def _without(block: Block, label: str) -> Block | None:
    """Return a block without the rows called `label`, None when nothing is left of it."""
    if isinstance(block, Facts):
        facts = [row for row in block.rows if row[0] != label]
        return Facts(facts) if facts else None
    if isinstance(block, Table):
        rows = [row for row in block.rows if row[0] != label]
        return Table(block.columns, rows) if rows else None
    return block


def _brief(block: Block, label: str) -> Block:
    if not isinstance(block, Table):
        return block
    rows = [(row[0], *(_first_sentence(cell) for cell in row[1:])) if row[0] == label else row for row in block.rows]
    return Table(block.columns, rows)


def _first_sentence(cell: str) -> str:
    first, *rest = re.split(r"(?<=[.!?])\s+(?=[A-Z])", cell)
    address = re.search(r"https?://\S+$", " ".join(rest))
    return f"{first} {address[0]}" if address else first

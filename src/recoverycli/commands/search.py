"""`search`: passages that answer a question."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import check_words
from recoverycli.errors import NotFound
from recoverycli.pages.answers import search_page
from recoverycli.search import search


def command(
    ask: Ask,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="A question, or a few words.")],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=50, help="How many passages.")] = 5,
) -> Answer:
    """Passages anywhere in the guide that answer a question in ordinary words, best first.

    \b
    Examples:
      recoverycli search "how long has a sponsor been sober"
      recoverycli search "can someone on suboxone share at NA"
      recoverycli search proof of attendance --limit 3
    """
    question = " ".join(" ".join(text).split())
    check_words(question, "question", '`recoverycli search "what is a sponsor"`')
    result = search(ask.guide, question, limit)
    if not result.hits and not result.dangers:
        raise NotFound("Nothing in the guide answers this. Try fewer or other words, or `recoverycli glossary`.")
    data = [{**hit.passage, "score": hit.score} for hit in result.hits]
    page = search_page(ask.guide, question[:200], result, ask.cite)
    return Answer(page, data)

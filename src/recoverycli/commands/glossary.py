"""`glossary`: words, explained."""

from __future__ import annotations

from recoverycli.answer import Answer, Ask
from recoverycli.arguments import TermName
from recoverycli.commands.show import answer_for
from recoverycli.lookup import find
from recoverycli.pages.entries import glossary_page


def command(ask: Ask, name: TermName = None) -> Answer:
    """The words of recovery meetings and of research, in plain sentences.

    \b
    Examples:
      recoverycli glossary
      recoverycli glossary cross-talk
      recoverycli glossary dual diagnosis
    """
    if not name:
        terms = ask.guide.records("term")
        return Answer(glossary_page(terms), terms)
    typed = " ".join(name)
    answer = answer_for(ask, typed, find(ask.guide, typed, ("term", "danger")))
    return answer._replace(data=[answer.data])

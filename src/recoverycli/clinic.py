"""A program in a clinic's own file → a program as the guide holds it."""

from __future__ import annotations

import datetime
from typing import Any, get_type_hints, is_typeddict

from recoverycli import model
from recoverycli.build import UNKNOWN, unknown_fact
from recoverycli.facts import words

SOURCE = "clinic"
"""The source a clinic's own words rest on."""
NOT_SAID = "Unknown: the clinic's file does not say."
MEDICINE = {
    "supports": "It supports medicine for recovery.",
    "accepts": "It accepts prescribed medicine.",
    "limits": "It may ask people on some medicines not to share or lead.",
    "no-position": "It takes no position on medicine.",
    "nothing-found": "The clinic found no statement on medicine.",
    "not-applicable": "It is not for the person who takes the medicine.",
}


def source() -> dict[str, Any]:
    """Return the citation of a clinic's file."""
    return {"id": SOURCE, "title": "Your clinic's own file", "trust": "local", **_today()}


def program_of(given: Any) -> dict[str, Any]:
    """Return one program of a clinic: what it says as facts of the clinic, everything else unknown."""
    program: dict[str, Any] = {"id": given["id"], "name": given["name"], "family": given["family"], "type": "program"}
    program |= {"acronym": given.get("acronym", ""), "aliases": given.get("aliases", []), "reviewed": ""}
    program |= {"size": [], "literature": [], "phones": _phones(given)}
    program["cautions"] = [_cited({"text": given["caution"]})] if "caution" in given else []
    stated = {"summary": given["text"], "status": "active", **given}
    for name, shape in get_type_hints(model.Program).items():
        if is_typeddict(shape) and name not in ("special_meetings", "approach", "local"):
            program[name] = _fact(name, stated.get(name, UNKNOWN), shape)
    if "only" in given:
        program["audience"]["only"] = given["only"]
    if "website" in given:
        program["website"] = _cited({"url": given["website"]})
    program["local"] = {"added": True} | {k: given[k] for k in ("contact", "meetings") if k in given}
    return program | {"sources": [SOURCE]}


def _fact(name: str, value: Any, shape: Any) -> dict[str, Any]:
    """Return a plain value as a fact of the clinic, in words."""
    fields = get_type_hints(shape)
    if value == UNKNOWN:
        return unknown_fact(shape) | {"text": NOT_SAID}
    if "values" in fields:
        return _cited({"values": value, "text": _sentence(words(value))})
    if name == "cost":
        return _cited({"value": UNKNOWN, "text": value})
    if "value" in fields:
        return _cited({"value": value, "text": MEDICINE[value] if name == "medication" else _sentence(words([value]))})
    return _cited({"text": value})


def _phones(given: Any) -> list[dict[str, Any]]:
    return [_cited({"number": given["phone"], "kind": "meeting-line"})] if "phone" in given else []


def _cited(fact: dict[str, Any]) -> dict[str, Any]:
    return fact | {"sources": [SOURCE], **_today()}


def _today() -> dict[str, Any]:
    """Return the date of what a clinic's file says: it speaks of the day it is read."""
    return {"year": datetime.datetime.now(tz=datetime.UTC).year, "seen": True}


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."

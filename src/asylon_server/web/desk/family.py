"""From what was typed to the file of a case: nothing is added, nothing translated."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from asylon.casework import ANY, File, Hold, Person, Speech
from asylon.dates import SOLAR, taken_down
from asylon.identity import Kinship, Name
from asylon_server.web.desk.fields import language_code

FIRST = "p1"
GROUND = "wish_expressed"

_SCRIPTS = {"HANGUL": "Hang", "CJK": "Hani", "LATIN": "Latn", "CYRILLIC": "Cyrl"}
_MORE_SCRIPTS = {"ARABIC": "Arab"}
_UNKNOWN_SCRIPT = "Zyyy"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 5


def file_of(
    told: Sequence[tuple[str, dict[str, Any]]], *, submission: str, on: date
) -> File:
    """Make the file of a family.

    Args:
        told: What was told of each, under its name within the file.
        submission: The name of the form that was sent; the reference comes of it.
        on: The day.
    """
    people = tuple(_person(name, each, on=on) for name, each in told)
    holds = tuple(_holds(people, on))
    return File(reference(submission), people=people, holds=holds, opened=on)


def reference(submission: str) -> str:
    """Make a reference that says nothing about anybody and can be read aloud."""
    number = int.from_bytes(sha256(submission.encode()).digest()[:5], "big")
    letters = [_LETTERS[number >> _BITS * place & 31] for place in range(8)]
    return "".join((*letters[:4], "-", *letters[4:]))


def script_of(words: str) -> str:
    """Say in which letters words are written."""
    names = {**_SCRIPTS, **_MORE_SCRIPTS}
    for letter in words:
        first = unicodedata.name(letter, "").partition(" ")[0]
        if first in names:
            return names[first]
    return _UNKNOWN_SCRIPT


def _person(name: str, told: dict[str, Any], *, on: date) -> Person:
    kin = told.get("kin", "")
    way = told["reckoning"] or SOLAR
    when = taken_down(told["born"], reckoning=way, on=on) if told["born"] else None
    return Person(
        name,
        names=tuple(_names(told)),
        born=(when,) if when else (),
        sex=told["sex"],
        feared=(told["feared"],) if told["feared"] else (),
        kin=(Kinship(kin, other=FIRST),) if kin else (),
        languages=tuple(_languages(told)),
    )


def _names(told: dict[str, Any]) -> list[Name]:
    language = language_code(told["language"])
    made = []
    if told["name"]:
        script = told["script"] or script_of(told["name"])
        made.append(Name(told["name"], script, language, told["kind"] or "used"))
    if told["other_name"]:
        other = told["other_name"]
        made.append(Name(other, script_of(other), "", told["other_kind"] or "alias"))
    return made


def _languages(told: dict[str, Any]) -> list[Speech]:
    made = []
    if told["first_language"] or told["dialect"]:
        first = language_code(told["first_language"])
        made.append(Speech(first, told["dialect"], is_first=True))
    if told["other_language"]:
        made.append(Speech(language_code(told["other_language"])))
    return made


def _holds(people: Sequence[Person], on: date) -> list[Hold]:
    """Hold everybody from where anybody of the family fears to be sent.

    Who names no state is held from any: to be here is to have expressed the wish.
    """
    feared = dict.fromkeys(state for each in people for state in each.feared)
    return [Hold(state, on, GROUND) for state in feared or (ANY,)]

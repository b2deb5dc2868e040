"""Names of invented people, put together of common parts, and how they are written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from asylon.identity import Name
from asylon.invented.draws import Draws

WOMAN, MAN = "female", "male"
_LEANING = {WOMAN: "fb", MAN: "mb"}
_EAST = ("korean", "chinese")
_LANGUAGES = {
    "north": ("Hang", "ko-KP"),
    "south": ("Hang", "ko-KR"),
    "hanja": ("Hani", "ko"),
    "simplified": ("Hans", "zh"),
    "pinyin": ("Latn", "zh-Latn"),
    "latin": ("Latn", "ko-Latn"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name in the ways it is written; some have only two."""

    north: str
    south: str
    hanja: str
    simplified: str
    pinyin: str
    latin: tuple[str, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Who somebody is called: a surname and what is given, of one tradition."""

    tradition: str
    surname: Part
    given: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The name in its own script, North Korean in spelling."""
        between = "" if self.tradition in _EAST else " "
        said = (self.surname, *self.given)
        if not between:
            return "".join(each.north for each in said)
        return between.join(each.north for each in reversed(said))


def drawn(tradition: str, sex: str, draws: Draws, surname: Part | None = None) -> Parts:
    """Draw a name of a tradition that is nobody's whom everybody has heard of."""
    while True:
        parts = _drawn(tradition, sex, draws, surname)
        if parts.plain not in _data()["never"]:
            return parts


def _drawn(tradition: str, sex: str, draws: Draws, surname: Part | None) -> Parts:
    if tradition not in _EAST:
        of_father = surname or draws.one(_parts(tradition, MAN))
        return Parts(tradition, of_father, (draws.one(_parts(tradition, sex)),))
    rows = _parts(tradition, sex)
    weights = [int(each.mark) for each in _surnames(tradition)]
    family = surname or draws.weighted(_surnames(tradition), weights)
    first = draws.one(rows)
    second = draws.one([each for each in rows if each.north != first.north])
    return Parts(tradition, family, (first, second))


def written(parts: Parts, form: str, kind: str, draws: Draws) -> Name:
    """Write a name down in a form; other traditions know their own script and Latin."""
    if parts.tradition not in _EAST:
        return _elsewhere(parts, form, kind, draws)
    script, language = _LANGUAGES[form]
    said = (parts.surname, *parts.given)
    if form == "pinyin":
        given = "".join(each.pinyin for each in parts.given)
        words = f"{parts.surname.pinyin} {given.capitalize()}"
    elif form == "latin":
        words = _spelled(parts, draws)
    elif form == "south":
        first, *others = parts.given
        inner = "".join(each.north for each in others)
        words = f"{parts.surname.south}{first.south}{inner}"
    else:
        words = "".join(getattr(each, form) for each in said)
    return Name(words, script, language, kind)


def forms(weights: Mapping[str, float], draws: Draws) -> tuple[str, ...]:
    """Draw in which forms a name is written down: one, or two that differ."""
    kinds = list(_LANGUAGES)
    first = draws.weighted(kinds, [weights[each] for each in kinds])
    if not draws.happens(weights["second"]):
        return (first,)
    others = [each for each in kinds if each != first]
    return first, draws.weighted(others, [weights[each] for each in others])


def _spelled(parts: Parts, draws: Draws) -> str:
    """Spell a name in Latin letters in one of the ways people do."""
    surname = draws.one(parts.surname.latin)
    first, second = (draws.one(each.latin) for each in parts.given)
    given = draws.one(
        [
            f"{first.capitalize()} {second.capitalize()}",
            f"{first.capitalize()}-{second}",
            f"{first.capitalize()}{second}",
        ]
    )
    return draws.one([f"{surname} {given}", f"{surname} {given}", f"{given} {surname}"])


def _elsewhere(parts: Parts, form: str, kind: str, draws: Draws) -> Name:
    of = _data()["others"][parts.tradition]
    if form in {"pinyin", "latin", "south"}:
        said = (*parts.given, parts.surname)
        words = " ".join(draws.one(each.latin) for each in said)
        return Name(words, "Latn", f"{of['language']}-Latn", kind)
    return Name(parts.plain, of["script"], of["language"], kind)


@cache
def _surnames(tradition: str) -> Sequence[Part]:
    return [_part(row) for row in _data()[tradition]["surnames"]]


@cache
def _parts(tradition: str, sex: str) -> Sequence[Part]:
    """Give the parts of which given names of a tradition are made, for a sex."""
    if tradition in _EAST:
        rows = [_part(row) for row in _data()[tradition]["given"]]
        return [each for each in rows if each.mark in _LEANING[sex]]
    rows = _data()["others"][tradition]["women" if sex == WOMAN else "men"]
    return [Part(own, own, own, own, own, tuple(la.split()), "") for own, la in rows]


def _part(row: Sequence[Any]) -> Part:
    north, south, hanja, simplified, pinyin, latin, mark = row
    spelled = tuple(latin.split())
    return Part(north, south, hanja, simplified, pinyin, spelled, str(mark))


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / "names.toml").read_text("utf-8"))

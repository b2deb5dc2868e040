"""A letter on a decision: what was decided, why, and what the person can do.

It is written to the person, in one language. The reasons are the officer's own words;
the rest says what follows from the procedure: that no hold is lifted, where to appeal,
and until when, with the reckoning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from asylon.languages import catalogue
from asylon_server.letters.errors import LetterError
from asylon_server.letters.inking import REGIONS, head, inked, named, texts
from asylon_server.letters.printing import printed

_TEMPLATE = "decision"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the reasons: what it is about, and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """How long there is, while nobody was told yet, and so no day can be named."""

    length: int
    unit: str
    rule: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """Where and until when the person can appeal.

    Attributes:
        body: The body that hears appeals.
        last: The last day; None while no day can be named.
        reckoned: The reckoning, line by line.
        time: How long there is from the telling on, where that is all that is known.
    """

    body: str
    last: date | None = None
    reckoned: tuple[str, ...] = ()
    time: Time | None = None


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """What a letter on a decision says.

    Attributes:
        language: The language that it is written in: `en`, `ko` or `zh`.
        outcome: What was decided, by its name in the table of the procedure.
        reasons: Why, in the words of whoever signed, in that language.
        law: The law that was applied, each by its citation.
        states: The states to which a hold keeps the person from being sent, as they are
            called in that language.
        appeal: Where to appeal; None where nothing was refused, or nobody hears one.
        size, root: The head of the log.
        is_draft: Whether nobody has signed it yet.
        is_everywhere: Whether a hold keeps the person from being sent anywhere.
    """

    language: str
    outcome: str
    office: str
    telephone: str
    reference: str
    names: tuple[tuple[str, str], ...]
    signed: date
    signer: str
    reasons: tuple[Part, ...]
    law: tuple[str, ...]
    states: tuple[str, ...]
    appeal: Appeal | None
    size: int
    root: bytes
    invented: bool = False
    is_draft: bool = False
    is_everywhere: bool = False


def is_told(outcome: str) -> bool:
    """Whether there is a letter for an outcome: some are told by none."""
    return f"outcome-{outcome}" in texts(_TEMPLATE)


def decision(said: DecisionLetter, *, at: datetime) -> bytes:
    """Print a letter on a decision as a PDF. The same data gives the same bytes.

    Raises:
        FacesError: no face is installed for one of its languages.
        GlyphError: a character of it is in none of the faces.
        LetterError: the language or the outcome is none, or there are no reasons.
    """
    told = checked(said)
    label = [inked(told["head"], said.language)]
    data = {
        **content(said, told),
        "head": head(said.size, said.root, label, told["head"]),
    }
    return printed(_TEMPLATE, data, at=at)


def checked(said: DecisionLetter) -> Mapping[str, str]:
    """Give the fixed texts of a letter in its language.

    Raises:
        LetterError: the language or the outcome is none, or there are no reasons.
    """
    if said.language not in REGIONS:
        problem = f"There is no letter in `{said.language}`. Take en, ko or zh."
        raise LetterError(problem)
    told = _in(said.language)
    if f"outcome-{said.outcome}" not in told:
        problem = f"There is no letter for `{said.outcome}`: nothing is told by it."
        raise LetterError(problem)
    if not any(each.strip() for part in said.reasons for each in part.paragraphs):
        problem = "A letter without reasons is not printed. Write why."
        raise LetterError(problem)
    return told


def content(said: DecisionLetter, told: Mapping[str, str]) -> dict[str, Any]:
    """Lay out all that a letter says, but for the head of the log."""
    return {
        "lang": said.language,
        "region": REGIONS[said.language],
        "title": told["title"],
        "office": said.office,
        "banner": "  ".join(_banner(said, told)),
        "rows": [_row(*each, told) for each in _rows(said) if each[1]],
        "outcome": told[f"outcome-{said.outcome}"],
        "reasons": {
            "title": told["heading-reasons"],
            "parts": [_part(e.heading, e.paragraphs) for e in said.reasons],
        },
        "law": {"title": told["heading-law"], "lines": list(said.law)},
        "says": [*_hold(said, told), *_appeal(said, told)],
    }


def _banner(said: DecisionLetter, told: Mapping[str, str]) -> Iterator[str]:
    if said.is_draft:
        yield told["draft"]
    if said.invented:
        yield told["invented"]


def _rows(said: DecisionLetter) -> list[tuple[str, list[dict[str, str]]]]:
    rows = {
        "name": [named(words, script) for words, script in said.names],
        "reference": [inked(said.reference, "en")],
        "signed": []
        if said.is_draft
        else [inked(_day(said, said.signed), said.language)],
        "signer": [] if said.is_draft else [inked(said.signer, said.language)],
        "telephone": [inked(said.telephone, "en")],
    }
    return list(rows.items())


def _row(
    key: str, said: list[dict[str, str]], told: Mapping[str, str]
) -> dict[str, object]:
    return {"label": told[f"label-{key}"], "said": said}


def _hold(said: DecisionLetter, told: Mapping[str, str]) -> list[dict[str, object]]:
    states = [told["any-state"]] if said.is_everywhere else said.states
    if not states:
        return []
    words = told["hold"].format(states=", ".join(states))
    return [_part(told["heading-hold"], (words,))]


def _appeal(said: DecisionLetter, told: Mapping[str, str]) -> list[dict[str, object]]:
    if said.appeal is None:
        return []
    words = (told["appeal"].format(body=said.appeal.body), *_until(said, told))
    part = _part(told["heading-appeal"], words)
    return [
        part | {"label": told["appeal-reckoned"], "lines": list(said.appeal.reckoned)}
    ]


def _until(said: DecisionLetter, told: Mapping[str, str]) -> Iterator[str]:
    appeal = said.appeal or Appeal("")
    if appeal.last:
        yield told["appeal-last"].format(day=_day(said, appeal.last))
    elif appeal.time:
        time = appeal.time
        length = told[f"length-{time.unit}"].format(number=time.length)
        yield told["appeal-within"].format(length=length, rule=time.rule)
        yield told["appeal-still"]
    else:
        yield told["appeal-open"]


def _day(said: DecisionLetter, day: date) -> str:
    return catalogue(said.language).day(day)


def _part(heading: str, paragraphs: tuple[str, ...]) -> dict[str, object]:
    told = list(paragraphs)
    return {"heading": heading, "paragraphs": told, "label": "", "lines": []}


def _in(language: str) -> dict[str, Any]:
    return {key: said[language] for key, said in texts(_TEMPLATE).items()}

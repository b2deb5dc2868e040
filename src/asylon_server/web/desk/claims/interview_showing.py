"""Interviews in the reader's words: what is planned, and what was said, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from asylon.casework import CaseClaim
from asylon.casework.interviews import (
    BOTH_FEARS,
    SPOKEN,
    Interview,
    Segment,
    asked_about,
)
from asylon.casework.interviews import words as vocabularies
from asylon.casework.people import Person
from asylon.casework.scheduling import Planned, Staff, standing
from asylon.languages import Catalogue
from asylon.logic import TRUE
from asylon_server.store.claims.interviews import OF_THE_PERSON, Held
from asylon_server.web.desk.fields import language_name

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what was said, as it stands on the page.

    Attributes:
        ours: whether it is said in the language of the office, which has its own column.
        lang, into: the languages, where they are codes of one.
        corrected: what corrects it, with its time.
        waits: whether the interpreter's words can be added to it still.
    """

    id: str
    kind: str
    word: str
    speaker: str
    time: str
    ours: bool
    words: str
    lang: str
    rendered: str
    into: str
    topic: str
    doubt: str
    corrected: list[tuple[str, str]]
    corrects: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An interview in the list of a claim."""

    id: str
    begins: datetime | None
    on: date | None
    officer: str
    interpreter: str
    room: str
    state: str


def parts(held: Held, words: Catalogue) -> list[Part]:
    """Show all that was said."""
    there, plan = held.interview, held.planned and held.planned.plan
    if there is None:
        return []
    renders = held.writes and bool(plan and plan.interpreter)
    return list(_parts(there, words, renders=renders))


def since(there: Interview, seen: int, but: str, words: Catalogue) -> list[Part]:
    """Show what was said after the parts that a page has, but for one of its own."""
    told = _parts(there, words, renders=bool(there.interpreter))
    return [each for each in list(told)[seen:] if each.id != but]


def kind(word: str, words: Catalogue) -> str:
    """Name what a part is."""
    return vocabularies()["segment"].name(word, words)


def blank(held: Held) -> Part:
    """Give a part in which nothing stands yet, for a script to fill."""
    plan = held.planned and held.planned.plan
    return Part(
        id="",
        kind="",
        word="…",
        speaker="…",
        time="…",
        ours=False,
        words="…",
        lang="",
        rendered="",
        into="",
        topic="",
        doubt="",
        corrected=[],
        corrects="",
        waits=bool(plan and plan.interpreter),
    )


def columns(held: Held) -> list[tuple[str, str]]:
    """Name the two languages of a record, each with its code; none where it has one."""
    plan = held.planned and held.planned.plan
    if not (plan and plan.interpreter and held.interview):
        return []
    both = (held.interview.language, next(iter(plan.officer.languages), ""))
    return [(language_name(each), language(each)) for each in both]


def to_ask(claim: CaseClaim, words: Catalogue) -> str:
    """Say which of the fears was not asked about and answered in any interview."""
    topics = vocabularies()["topic"]
    left = [
        topics.name(each, words)
        for each in BOTH_FEARS
        if asked_about(claim.interviews, each) is not TRUE
    ]
    told = {"topics": words.names(left)}
    return _("To be asked about, and answered: %(topics)s.") % told if left else ""


def listed(claim: CaseClaim) -> list[Line]:
    """List the interviews of a claim, those that are planned too."""
    begun = {each.id: each for each in claim.interviews}
    plans = standing(claim.plans)
    names = dict.fromkeys((*plans, *begun))
    return [_line(each, plans.get(each), begun.get(each)) for each in names]


def spoken(person: Person) -> list[str]:
    """Say what somebody speaks, with the dialect."""
    told = []
    for each in person.languages:
        language = language_name(each.language)
        told.append(f"{language} ({each.dialect})" if each.dialect else language)
    return told


def heads(held: Held) -> list[tuple[str, str]]:
    """Say who is there, and where."""
    there, plan = held.interview, held.planned and held.planned.plan
    told = []
    if plan:
        told.append((_("Officer"), _named(plan.officer)))
        who = _named(plan.interpreter) if plan.interpreter else _("none")
        told.append((_("Interpreter"), who))
    if there:
        told += [
            (_("Counsel"), there.counsel or _("none")),
            (_("Guardian"), there.guardian or _("none")),
            (_("Language"), language_name(there.language)),
        ]
    room = there.room if there else plan.room if plan else ""
    return [*told, (_("Room"), room)]


def language(code: str) -> str:
    """Give the code of a language for a page; empty where it is none."""
    return code if _CODE.fullmatch(code) else ""


def _parts(there: Interview, words: Catalogue, *, renders: bool) -> Iterator[Part]:
    kinds, speakers, topics = (
        vocabularies()[each] for each in ("segment", "speaker", "topic")
    )
    read_back = [n for n, e in enumerate(there.segments) if e.kind == "read_back"]
    last = read_back[-1] if read_back else -1
    for number, each in enumerate(there.segments):
        corrected = [(_time(e), e.words) for e in there.corrections(each.id)]
        before = there.segment(each.corrects) if each.corrects else None
        yield Part(
            each.id,
            each.kind,
            kinds.name(each.kind, words),
            speakers.name(each.speaker, words),
            _time(each),
            each.speaker not in OF_THE_PERSON,
            each.words,
            language(each.language),
            each.rendered,
            language(each.into),
            topics.name(each.topic, words) if each.topic else "",
            each.doubt,
            corrected,
            _time(before) if before else "",
            waits=renders
            and each.kind in SPOKEN
            and not each.rendered
            and number > last,
        )


def _line(id: str, planned: Planned | None, there: Interview | None) -> Line:
    plan = planned.plan if planned else None
    return Line(
        id,
        plan.begins if plan else None,
        there.on if there else None,
        _named(plan.officer) if plan else "",
        _named(plan.interpreter) if plan and plan.interpreter else "",
        plan.room if plan else "",
        state(planned, there),
    )


def state(planned: Planned | None, there: Interview | None) -> str:
    """Say how far an interview has come."""
    if there and there.signed_off:
        return _("signed off")
    if there:
        return _("begun")
    return _("given up") if planned and planned.withdrawn else _("planned")


def _named(staff: Staff) -> str:
    return staff.name


def _time(part: Segment) -> str:
    return f"{part.moment:%H:%M:%S}"

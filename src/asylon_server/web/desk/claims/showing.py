"""A claim in the reader's words: its stage, what is open, what waits, and its times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from asylon.casework import CaseClaim, File
from asylon.casework.exceptions import makes
from asylon.casework.holds import Refusal
from asylon.casework.interviews import refusals
from asylon.casework.procedure import Act, Step, procedure
from asylon.casework.procedure.deadlines import NoHolidaysError, reckoned, rule_for
from asylon.casework.procedure.sentences import reckoned as told_of
from asylon.casework.procedure.sentences import refused as why
from asylon.casework.waiting import waiting
from asylon.languages import Catalogue
from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.claims.steps import Offer, Open
from asylon_server.store.rights import Actor
from asylon_server.web.common.edge import Request
from asylon_server.web.desk import wording
from asylon_server.web.desk.showing import titled

OWN_PAGES: dict[str, str] = {
    "submit": "desk:claim-submit",
    "complain": "desk:claim-complain",
    "schedule": "desk:interview-plan",
    "sign_off": "desk:interviews",
    "draft": "desk:claim-draft",
    "draft_closing": "desk:claim-draft",
    "endorse": "desk:claim-review",
    "send_back": "desk:claim-review",
    "take_back": "desk:claim-review",
    "sign": "desk:claim-sign",
    "tell": "desk:claim-tell",
    "tell_again": "desk:claim-tell",
}
"""The acts that have a page of their own, and the name of its address."""

APPEAL = "appeal"
"""The act, and the time in which it can be taken."""

NEEDS_SAID = frozenset({"find", "put", "close_element"})
"""The acts on whose pages stands what was said: only who reaches that comes there."""

PATH = (
    ("heard",),
    ("lodged",),
    ("examined",),
    ("drafted",),
    ("endorsed",),
    ("signed",),
    ("recognised", "protected", "refused", "kept", "dismissed", "withdrawn", "closed"),
)
"""The way of a claim through its stages, as it is drawn; at the end stands one of many."""


@dataclass(frozen=True, slots=True)
class Way:
    """An act as it is offered: what it is called, and what it still waits for."""

    id: str
    name: str
    waits: list[str]
    has_page: str
    needs_said: bool
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken."""

    name: str
    on: date
    by: str
    office: str
    outcome: str
    words: str
    times: int


def act(id: str) -> str:
    """Name an act."""
    return wording.named("act of a procedure", id)


def stage(id: str) -> str:
    """Name a stage."""
    return wording.named("stage of a claim", id)


def outcome(id: str) -> str:
    """Name an outcome; nothing where none was drafted."""
    return wording.named("outcome", id) if id else ""


def kind(claim: CaseClaim) -> str:
    """Name the procedure of a claim."""
    return wording.named("procedure", claim.procedure)


def named(file: File, claim: CaseClaim) -> str:
    """Say whose claim it is."""
    return titled(file, file.person(claim.person))


def without_claim(file: File) -> list[tuple[str, str]]:
    """Name the people of a file of whom no claim is lodged yet."""
    there = {each.person for each in file.claims if each.steps}
    return [(e.id, titled(file, e)) for e in file.people if e.id not in there]


def row(file: File, claim: CaseClaim, words: Catalogue) -> dict[str, object]:
    """Show a claim in a list."""
    standing = claim.course.standing(procedure())
    return {
        "id": claim.id,
        "claimant": named(file, claim),
        "kind": kind(claim),
        "stage": stage(standing.stage),
        "lodged": claim.lodged,
    }


def stages(found: Open, words: Catalogue) -> list[tuple[str, str]]:
    """Draw the way of a claim: each stage, and whether it is past, here or ahead."""
    now = found.standing.stage
    here = next(place for place, those in enumerate(PATH) if now in those)
    told = []
    for place, those in enumerate(PATH):
        state = "past" if place < here else "here" if place == here else "ahead"
        if place == len(PATH) - 1 and place != here:
            told.append((_("decided"), state))
        else:
            told.append((stage(now if place == here else those[0]), state))
    return told


def offer(each: Offer, words: Catalogue) -> Way:
    """Show an act that is open, and what it still waits for."""
    waits = [why(Refusal(guard.code), words) for guard in each.missing]
    return Way(
        each.act.id,
        act(each.act.id),
        waits,
        page_of(each.act),
        each.act.id in NEEDS_SAID,
    )


def offers(actor: Actor, found: Open, on: date, words: Catalogue) -> list[Way]:
    """Show what is open to somebody, first the act that leads on."""
    ways = [offer(each, words) for each in found.offers]
    leads = waiting(found.claim, hand(actor), on).act
    told = [replace(e, is_next=e.id == leads and not e.waits) for e in ways]
    return sorted(told, key=lambda each: each.id != leads)


def makes_exceptions(actor: Actor, found: Open) -> bool:
    """Whether somebody is one of those who make exceptions, and reads why."""
    seat = makes(found.claim.course, hand(actor))
    return bool(found.offers) and "narrative" in found.seen.classes and seat


def page_of(each: Act) -> str:
    """Name the address of the page of an act."""
    return OWN_PAGES.get(each.id, "")


def outcomes(found: Open, each: Act, words: Catalogue) -> list[tuple[str, str]]:
    """List the outcomes that an act may draft at the instance that has the claim."""
    known, instance = procedure().outcomes, found.standing.instance
    return [(id, outcome(id)) for id in each.outcomes if known[id].instance == instance]


def steps(request: Request, claim: CaseClaim, words: Catalogue) -> list[Taken]:
    """Show the steps that were taken, the latest first; those alike stand as one."""
    names = account_names({each.by.person for each in claim.steps})
    alike = groupby(reversed(claim.steps))
    return [taken(each, names, len([*those])) for each, those in alike]


def taken(step: Step, names: dict[str, tuple[str, str]], times: int = 1) -> Taken:
    """Show a step, with the name of whoever took it, and how often it was taken so."""
    by, office = names.get(step.by.person, ("", ""))
    return Taken(
        act(step.act),
        step.on,
        by,
        office,
        outcome(step.outcome),
        step.words,
        times,
    )


def times(claim: CaseClaim, on: date, words: Catalogue) -> list[list[str]]:
    """Tell the times that run, each line by line as it was reckoned.

    That to appeal runs only while something is open to appeal.
    """
    told = []
    stage = claim.course.standing(procedure()).stage
    open_to_appeal = stage in procedure().acts[APPEAL].stages
    appeals = claim.told if open_to_appeal else None
    for deadline, begins in ((APPEAL, appeals), ("coming", claim.called)):
        if begins:
            told.append(list(_time(deadline, begins, claim, words)))
    return told


def _time(
    deadline: str, begins: date, claim: CaseClaim, words: Catalogue
) -> Iterator[str]:
    rule = rule_for(deadline, claim.procedure, claim.state, begins)
    if rule is None:
        yield _("No rule for this time is known here, so that no time is over.")
        return
    try:
        yield from told_of(
            reckoned(rule, begins, state=claim.state, stops=claim.stops), words
        )
    except NoHolidaysError as error:
        place = words.place(error.state) if error.state else _("this place")
        told = {"place": place, "year": error.year}
        yield (
            _(
                "The public holidays of %(place)s in %(year)s were not entered, so that no "
                "last day can be named. Until they are, this time is not over. Tell the "
                "administrator, who enters them."
            )
            % told
        )


def refused(error: StepRefusedError, words: Catalogue) -> list[str]:
    """Say all that stands in the way of a step."""
    return [_why(each, words) for each in error.refusals]


def _why(refusal: Refusal, words: Catalogue) -> str:
    told = refusals()
    if refusal.code in told:
        return told.name(refusal.code, words)
    return why(refusal, words)


def meanwhile(step: Step, words: Catalogue) -> str:
    """Say who acted before, and what they did."""
    by, _office = account_names({step.by.person}).get(step.by.person, ("", ""))
    told = {"who": by, "act": act(step.act)}
    return (
        _(
            "%(who)s acted meanwhile: %(act)s. Look at the claim again; nothing was done."
        )
        % told
    )

"""The assessment of a claim, beside it what follows, and the whole record to be read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from asylon.casework.assessments import words as assessed
from asylon.law.readers import CLOSINGS
from asylon_server.store.claims import assessing
from asylon_server.store.claims.steps import Open
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk.claims import assessshowing as shown
from asylon_server.web.desk.claims import showing
from asylon_server.web.desk.claims.assessforms import CLEAR, RAISED
from asylon_server.web.desk.claims.assessshowing import Shower
from asylon_server.web.desk.claims.pages import framed
from asylon_server.web.desk.fields import states

POINTS = ("carried_by", "again", "proposed", "to_establish", "to_defeat")
FIND, PUT, CLOSE = assessing.FIND, assessing.PUT, assessing.CLOSE

showing.OWN_PAGES |= {
    FIND: "desk:assessment",
    PUT: "desk:point-put",
    CLOSE: "desk:assessment",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """An assessment as it lies before an officer.

    Attributes:
        found: The claim, as far as they reach it.
        law: What the law makes of it.
        show: What puts it into their words.
    """

    found: Open
    law: assessing.Law
    show: Shower

    def may(self, act: str) -> bool:
        """Whether the table gives them an act now, whatever is missing."""
        return any(each.act.id == act for each in self.found.offers)

    @property
    def mays(self) -> dict[str, bool]:
        """Say which acts on an assessment are theirs."""
        return {"find": self.may(FIND), "put": self.may(PUT), "close": self.may(CLOSE)}


@signed_in
def assessment(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show the assessment, and beside it what follows."""
    asked = request.GET.get("q", "").strip()
    entry = _entry(request)
    desk = desk_of(request, case, claim, also=f"{entry}.?" if entry else "")
    show = desk.show
    matching = show.below(entry) if entry else show.matching(asked)
    beside, why = desk.law.beside, request.GET.get("why", "")
    told = {each.provision: each.reasons for each in beside.others}
    groups, found = show.open_groups(), show.found()
    listed = sum(len(each.rows) for each in groups)
    context = framed_by(request, desk) | {
        "facts": show.facts(),
        "carried": show.carried(request.GET.get("of", "")),
        "sources": show.sources(),
        "points": show.points(),
        "groups": groups,
        "found": found,
        "lacking": [each for each in found if each.lacks],
        "other": sum(not (each.matters or each.found) for each in desk.law.elements),
        "asked": asked,
        "looks": bool(asked or entry or request.GET.get("all")),
        "matching": matching,
        "lists": show.lists(),
        "states": states(),
        "fears": shown.fears(desk.found.claim.interviews),
        "remaining": remaining_of(desk),
        "screening": _screened(desk),
        "beside": beside,
        "others": [each for each in beside.others if each.reasons],
        "untouched": [each.text for each in beside.others if not each.reasons],
        "points_of": {each: show.linked(getattr(beside, each)) for each in POINTS},
        "open": listed or len(desk.law.open),
        "reasons": shown.tree(beside.reasons),
        "why": why,
        "reasons_why": shown.tree(told.get(why, ())),
    }
    return render(request, "desk/claims/assessment.html", context)


@signed_in
def whole(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show all that was said and found, to be read; that it was is kept."""
    desk = desk_of(request, case, claim, whole=True)
    show = desk.show
    context = framed_by(request, desk) | {
        "interviews": shown.transcript(desk.found.claim, show),
        "facts": show.facts(),
        "sources": show.sources(),
        "findings": [
            (each, show.findings(each.path)[0])
            for each in desk.law.elements
            if each.found
        ],
        "points": show.points(),
        "remaining": remaining_of(desk),
        "says": desk.law.beside.says,
        "links": reverse("desk:assessment", args=[case, claim]),
    }
    return render(request, "desk/claims/whole.html", context)


def _entry(request: Request) -> str:
    """Say which entry of a list is to be looked at, that nobody named yet."""
    place, told = request.GET.get("list", ""), request.GET.get("named", "").strip()
    named = request.GET.get("state") or told
    return f"{place}.{named}" if place and named else ""


def desk_of(
    request: Request, case: UUID, claim: str, *, also: str = "", whole: bool = False
) -> Desk:
    """Read the assessment of a claim for whoever reaches what was said.

    Args:
        request: Who reads.
        case: The case.
        claim: The claim.
        also: The path of an element on somebody, or some place, nobody named yet.
        whole: Whether all of it is shown to be read, and that it was is kept.
    """
    opens = assessing.opened_whole if whole else assessing.opened
    found = opens(
        request.user.actor,
        case,
        claim,
        at=request.at,
        custody=request.custody,
        witnessed=deployed.witnessed(),
    )
    on = request.at.date()
    law = assessing.Law(found, words(), on=on, also=also)
    return Desk(found, law, Shower(found, law, on))


def framed_by(request: Request, desk: Desk) -> dict[str, object]:
    """Make what stands above every page of an assessment."""
    return framed(request, desk.found) | {"mays": desk.mays}


def remaining_of(desk: Desk) -> list[tuple[str, str]]:
    """Show what risk was found to remain, by where it comes from."""
    stands = desk.found.claim.assessment.standing_remaining
    return [
        (
            assessed()["remaining"].name(each, words()),
            stands[each].words if each in stands else "",
        )
        for each in assessed()["remaining"]
    ]


def _screened(desk: Desk) -> list[tuple[str, str]]:
    now = desk.found.claim.assessment
    told = []
    for each in CLOSINGS:
        state = CLEAR if each in now.screened else ""
        told.append(
            (shown.closes_title(each), RAISED if each in now.indicators else state)
        )
    return told

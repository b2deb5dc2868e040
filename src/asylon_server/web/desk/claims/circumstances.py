"""The circumstances of a claim: a child's guardian, what stops a time, a call to come."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.claims import beside
from asylon_server.store.claims import circumstances as store
from asylon_server.store.claims.circumstances import Written
from asylon_server.store.claims.steps import Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import wording
from asylon_server.web.desk.claims import pages, showing
from asylon_server.web.desk.claims.circumstanceforms import (
    CallForm,
    GuardianForm,
    StopForm,
)


@signed_in
def times(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show what stands beside a claim and what times run, and write what is new."""
    found = pages.opened(request, case, claim)
    if not found.offers:
        raise NotThereError
    asked = request.POST.get("act", "") if request.method == "POST" else ""
    forms_of = _forms(request, asked)
    written = _written(request, asked, forms_of)
    actor, at, custody = request.user.actor, request.at, request.custody
    if written:
        store.write(actor, case, claim, written, at=at, custody=custody)
        messages.success(request, _("It is kept."))
        return redirect("desk:claim-times", case, claim)
    context = pages.framed(request, found) | {
        **forms_of,
        "failed": asked in forms_of,
        "forms_of": [forms_of[asked]] if asked in forms_of else [],
        **_verbs(request, found),
        "guardians": [
            (number, each, each.stands(at.date()))
            for number, each in enumerate(
                store.guardians(actor, case, claim, at=at, custody=custody)
            )
        ],
        "stops": [
            (number, wording.named("what stops a time", each.why), each)
            for number, each in enumerate(found.claim.stops)
        ],
        "times": showing.times(found.claim, at.date(), words()),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/claims/times.html", context, status=status)


def _forms(request: Request, asked: str) -> dict[str, forms.Form]:
    """Make the forms of the page; the one that was sent has what was typed."""
    sent = {asked: (request.POST,)}
    return {
        "guardian": GuardianForm(*sent.get("guardian", ())),
        "stop": StopForm(request.at.date(), *sent.get("stop", ())),
        "call": CallForm(*sent.get("call", ())),
    }


def _written(
    request: Request, asked: str, forms_of: dict[str, forms.Form]
) -> Written | None:
    """Say what was sent; nothing where a form is not right."""
    told = request.POST.get("number", "")
    number = int(told) if told.isdecimal() else -1
    match asked, forms_of.get(asked):
        case "guardian-gone", None:
            return store.guardian_gone(number)
        case "goes-on", None:
            return store.goes_on(number)
        case "came", None:
            return store.came()
        case _, GuardianForm() as form if form.is_valid():
            return store.guardian(form.told)
        case _, StopForm() as form if form.is_valid():
            return store.stopped(form.told)
        case _, CallForm() as form if form.is_valid():
            return store.called()
    return None


def _verbs(request: Request, found: Open) -> dict[str, bool]:
    actor, thing = request.user.actor, found.seen.thing
    return {
        "names": beside.may(actor, store.NAME, thing),
        "stops_time": beside.may(actor, store.STOP, thing),
        "calls": beside.may(actor, store.CALL, thing) and not found.claim.called,
    }

"""Exceptions by two people: what was proposed, a new one, and an answer to another's."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon.casework.exceptions import Proposed, is_open_to
from asylon.casework.holds import Refusal
from asylon.casework.procedure import procedure
from asylon.casework.procedure.sentences import refused as why
from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import excepting as store
from asylon_server.store.claims.steps import Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk.claims import pages, showing
from asylon_server.web.desk.claims.circumstanceforms import ExceptionForm


@signed_in
def exceptions(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show the exceptions of a claim, propose one, and answer one."""
    found = pages.opened(request, case, claim)
    if not showing.makes_exceptions(request.user.actor, found):
        raise NotThereError
    form = ExceptionForm(list(_offered(found)), pages.sent(request))
    if request.method == "POST" and (done := _done(request, found, form)):
        messages.success(request, done)
        return redirect("desk:claim-exceptions", case, claim)
    mine = {e.id for e in store.waits_for(request.user.actor, found.claim)}
    context = pages.framed(request, found) | {
        "form": form,
        "forms_of": [form],
        "offered": bool(list(_offered(found))),
        "proposed": [(*each, each[0].id in mine) for each in _shown(request, found)],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/claims/exceptions.html", context, status=status)


def _offered(found: Open) -> Iterator[tuple[str, str]]:
    """Offer what waits for a guard from which two people may make an exception."""
    for offer in found.offers:
        for guard in offer.missing:
            if is_open_to(found.claim.course, offer.act.id, [guard.id]):
                name = showing.act(offer.act.id).capitalize()
                says = why(Refusal(guard.code), words())
                yield f"{offer.act.id} {guard.id}", f"{name}: {says}"


def _done(request: Request, found: Open, form: ExceptionForm) -> str:
    """Do what was sent, and say so; nothing where the form is not right."""
    who = request.user.actor, found.seen.case, found.claim.id
    at, custody = request.at, request.custody
    named = request.POST.get("exception", "")
    if named:
        agreed = request.POST.get("act") == "agree"
        store.answer(*who, named, agreed=agreed, at=at, custody=custody)
        if agreed:
            return _("Agreed. The step can be taken now.")
        return _("Declined.")
    if not form.is_valid():
        return ""
    act, guard = form.cleaned_data["what"].split()
    by, reason = hand(request.user.actor), form.cleaned_data["reason"]
    new = Proposed("new", act, (guard,), by, at.date(), reason)
    store.propose(*who, new, at=at, custody=custody)
    return _("The exception is proposed. Somebody else agrees or declines.")


def _shown(
    request: Request, found: Open
) -> Iterator[tuple[Proposed, str, list[str], str, str]]:
    told = found.claim.exceptions
    people = {e.by.person for e in told}
    people |= {e.answered_by.person for e in told if e.answered_by}
    names = account_names(people)
    guards = procedure().guards
    for each in reversed(told):
        by = names.get(each.by.person, ("", ""))[0]
        other = each.answered_by.person if each.answered_by else ""
        says = [why(Refusal(guards[e].code), words()) for e in each.guards]
        yield (
            each,
            showing.act(each.act),
            says,
            by,
            names.get(other, ("", ""))[0],
        )

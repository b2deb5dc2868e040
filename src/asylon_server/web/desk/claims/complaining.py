"""Complaints: made on a claim, and settled by who reads no case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.claims import complaints as store
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk import rights
from asylon_server.web.desk.claims import pages, showing
from asylon_server.web.desk.claims.complaintforms import ComplainForm, SettleForm


@signed_in
def complain(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Complain about somebody, and show the complaints that are the reader's own."""
    found = pages.opened(request, case, claim)
    pages.offered(found, store.COMPLAIN)
    actor, at, custody = request.user.actor, request.at, request.custody
    form = ComplainForm(
        store.could_be_about(actor, case, found.claim), pages.sent(request)
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            store.complain(
                *(actor, case, claim, told["about"], told["words"]),
                at=at,
                custody=custody,
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        else:
            messages.success(request, _("The complaint is kept. The claim goes on."))
            return redirect("desk:claim-complain", case, claim)
    context = pages.framed(request, found) | {
        "form": form,
        "forms_of": [form],
        "complaints": store.of_claim(actor, case, claim, at=at, custody=custody),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/claims/complain.html", context, status=status)


@signed_in
def complaints(request: Request) -> HttpResponse:
    """Show the complaints that wait for somebody outside the line of command."""
    rights.demand(request.user.actor, "settles")
    actor = request.user.actor
    context = {
        "complaints": store.open_ones(actor, at=request.at, custody=request.custody),
        "may": rights.of(actor),
    }
    return render(request, "desk/claims/complaints.html", context)


@signed_in
def settle(request: Request, complaint: UUID) -> HttpResponse:
    """Show one complaint, and settle it with what was found and done."""
    rights.demand(request.user.actor, "settles")
    actor, at, custody = request.user.actor, request.at, request.custody
    told = store.open_ones(actor, at=at, custody=custody)
    here = next((each for each in told if each.id == complaint), None)
    if here is None:
        raise NotThereError
    if request.method == "POST" and (asked := fresh(request, minutes=pages.FRESH)):
        return asked
    form = SettleForm(pages.sent(request))
    if form.is_valid():
        try:
            store.settle(
                *(actor, complaint, form.cleaned_data["answer"]),
                at=at,
                custody=custody,
                witnessed=deployed.witnessed(),
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        else:
            messages.success(request, _("The complaint is settled."))
            return redirect("desk:complaints")
    context = {
        "form": form,
        "forms_of": [form],
        "each": here,
        "may": rights.of(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/claims/complaint.html", context, status=status)

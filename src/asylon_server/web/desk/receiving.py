"""A wish that was handed over: taken down, and a code given for it, shown once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import receipts
from asylon_server.store.cases.changes import ToldOtherwiseError
from asylon_server.store.cases.receipts import Wish
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.keeping import again
from asylon_server.web.desk import effects, rights, sending
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.family import reference, script_of
from asylon_server.web.desk.reportforms import CodeForm, WishForm

FORM = "wish"


@signed_in
@again(act="typed")
def wish(request: Request) -> HttpResponse:
    """Take a wish down, and show the code for it."""
    rights.demand(request.user.actor, "takes_wishes")
    submission = sending.kept(request, FORM)
    form = WishForm(request.POST if submission else None)
    is_sent = request.POST.get("act") == "wish"
    if is_sent and form.is_valid():
        try:
            return _taken(request, form.cleaned_data, submission)
        except ToldOtherwiseError:
            messages.warning(
                request,
                _(
                    "This wish was kept already, and said something else then. What you typed now was not kept: send it below as a new one, or write it into the case."
                ),
            )
            submission = ""
    sent = request.POST.get(sending.FIELD, "")
    context = {
        "form": form,
        "forms_of": [form],
        "submission": sent if submission else sending.drawn(request, FORM),
        "may": rights.of(request.user.actor),
    }
    status = 422 if is_sent and form.errors else 200
    return render(request, "desk/wish.html", context, status=status)


@signed_in
def receipt(request: Request, case: UUID) -> HttpResponse:
    """Give a code for a case that is there already."""
    seen = seen_of(request, case)
    if not receipts.may_give(request.user.actor, seen.thing):
        raise NotThereError
    if request.method == "POST":
        named, code = receipts.give(
            request.user.actor, case, at=request.at, custody=request.custody
        )
        return _shown(request, case, named, code)
    return render(request, "desk/give_receipt.html", frame(request, seen))


@signed_in
def find(request: Request) -> HttpResponse:
    """Find a case of this office by the code that somebody shows."""
    rights.demand(request.user.actor, "takes_wishes")
    form = CodeForm(_sent(request))
    found = None
    if form.is_valid():
        code = form.cleaned_data["code"]
        found = receipts.find(
            request.user.actor, code, at=request.at, custody=request.custody
        )
    context = {
        "form": form,
        "forms_of": [form],
        "found": found,
        "was_asked": form.is_bound and not form.errors,
        "may": rights.of(request.user.actor),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/find_receipt.html", context, status=status)


def _taken(request: Request, told: dict[str, str], submission: str) -> HttpResponse:
    case, code = receipts.take(
        request.user.actor,
        Wish(**told, script=script_of(told["name"])),
        reference=reference(submission),
        submission=submission,
        at=request.at,
        custody=request.custody,
    )
    if code:
        return _shown(request, case.pk, case.reference, code)
    messages.success(
        request,
        _(
            "This wish was kept before, and its code is kept nowhere. Give another one here if the first was not handed on."
        ),
    )
    return redirect("desk:receipt", case.pk)


def _shown(request: Request, case: UUID, named: str, code: str) -> HttpResponse:
    context = {
        "case": case,
        "reference": named,
        "code": code,
        "effect": effects.here(request.at.date()),
        "may": rights.of(request.user.actor),
    }
    return render(request, "desk/receipt.html", context)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None

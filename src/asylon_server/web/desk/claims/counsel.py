"""Counsel of a claim: who appeared, what may be answered, and what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon.casework import CaseClaim
from asylon.casework.interviews import Segment
from asylon_server.letters.inking import picture
from asylon_server.store.cases.history import account_names
from asylon_server.store.claims import beside, counsels
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.claims.steps import Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk.claims import pages, showing
from asylon_server.web.desk.claims.counselforms import AppearForm, SubmitForm

FILE_NAME = "file.json"
"""What a browser calls it, on a machine that others look at as well."""


@signed_in
def counsel(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show who is counsel and what they may answer; keep that they appear, or end."""
    found = pages.opened(request, case, claim)
    if not _reaches(found):
        raise NotThereError
    form = AppearForm(request.at.date(), pages.sent(request))
    if request.method == "POST" and _kept(request, found, form):
        return redirect("desk:claim-counsel", case, claim)
    context = pages.framed(request, found) | {
        "form": form,
        "forms_of": [form],
        **_verbs(request, found),
        "me": str(request.user.actor.account),
        "until": counsels.access(request.user.actor, case, at=request.at),
        "points": list(_points(found.claim)),
        "hands_in": any(each.act.id == counsels.SUBMIT for each in found.offers),
        "submitted": _submitted(found.claim),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/claims/counsel.html", context, status=status)


@signed_in
def submit(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Hand something in."""
    found = pages.opened(request, case, claim)
    pages.offered(found, counsels.SUBMIT)
    form = SubmitForm(pages.sent(request))
    if form.is_valid():
        try:
            made = counsels.submit(
                request.user.actor,
                case,
                claim,
                form.cleaned_data["title"],
                form.cleaned_data["words"],
                at=request.at,
                custody=request.custody,
                witnessed=deployed.witnessed(),
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        else:
            messages.success(request, _("It is handed in. Print the receipt."))
            return redirect("desk:claim-receipt", case, claim, made.id)
    context = pages.framed(request, found) | {"form": form, "forms_of": [form]}
    status = 422 if form.errors else 200
    return render(request, "desk/claims/submit.html", context, status=status)


@signed_in
def receipt(request: Request, case: UUID, claim: str, submission: str) -> HttpResponse:
    """Show the receipt for something that was handed in; no word of it is on it."""
    found = pages.opened(request, case, claim)
    told = counsels.receipt(
        request.user.actor,
        case,
        claim,
        submission,
        at=request.at,
        custody=request.custody,
    )
    context = pages.framed(request, found) | {
        "receipt": told,
        "root": told.root.hex(),
        "office": deployed.deployment().name,
        "picture": picture(told.size, told.root),
    }
    return render(request, "desk/claims/receipt.html", context)


@signed_in
def take_away(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Say what is in the file that is taken away, and give it."""
    found = pages.opened(request, case, claim)
    if not beside.may(request.user.actor, counsels.TAKE_AWAY, found.seen.thing):
        raise NotThereError
    if request.method != "POST":
        context = pages.framed(request, found)
        return render(request, "desk/claims/take_away.html", context)
    if asked := fresh(request, minutes=pages.FRESH):
        return asked
    file = counsels.take_away(
        request.user.actor, case, claim, at=request.at, custody=request.custody
    )
    answer = HttpResponse(file.as_json(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


def _reaches(found: Open) -> bool:
    return "identity" in found.seen.classes and bool(found.offers)


def _verbs(request: Request, found: Open) -> dict[str, bool]:
    """Say what of this whoever looks may do."""
    actor, thing = request.user.actor, found.seen.thing
    standing = {each.account for each in found.claim.appearances if each.stands}
    return {
        "appears": beside.may(actor, counsels.APPEAR, thing)
        and str(actor.account) not in standing,
        "ends": beside.may(actor, counsels.END, thing),
        "discloses": beside.may(actor, counsels.DISCLOSE, thing),
        "takes_away": beside.may(actor, counsels.TAKE_AWAY, thing),
    }


def _kept(request: Request, found: Open, form: AppearForm) -> bool:
    """Keep what was sent; a form that is not right is shown again."""
    who = request.user.actor, found.seen.case, found.claim.id
    at, custody, sent = request.at, request.custody, request.POST
    match sent.get("act"):
        case "end":
            counsels.end(*who, sent.get("account", ""), at=at, custody=custody)
        case "disclose":
            counsels.disclose(*who, sent.get("source", ""), at=at, custody=custody)
        case _ if form.is_valid():
            day = form.cleaned_data["consented"]
            counsels.appear(*who, day, at=at, custody=custody)
        case _:
            return False
    messages.success(request, _("It is kept."))
    return True


def _points(claim: CaseClaim) -> Iterator[dict[str, object]]:
    """Say what was put to the person, or is to be, and what they answered."""
    facts = claim.assessment.standing_facts
    sources = {each.id: each for each in claim.assessment.sources}
    said = {
        f"{interview.id}/{each.id}": each
        for interview in claim.interviews
        for each in interview.segments
    }
    for each in claim.assessment.points:
        yield {
            "fact": facts[each.fact].words,
            "about": _words(said.get(each.about)) or _title(sources.get(each.about)),
            "put": _words(said.get(each.put)),
            "answered": _words(said.get(each.answered)),
            "declined": each.declined,
        }


def _words(part: Segment | None) -> str:
    return (part.rendered or part.words) if part else ""


def _title(source: object) -> str:
    return str(getattr(source, "title", ""))


def _submitted(claim: CaseClaim) -> list[tuple[object, str]]:
    names = account_names({each.by.person for each in claim.submissions})
    return [
        (each, names.get(each.by.person, ("", ""))[0])
        for each in reversed(claim.submissions)
    ]

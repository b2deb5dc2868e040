"""The holds of a case: shown, placed, proposed to be lifted, and answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import lifting, placing, receipts
from asylon_server.store.cases.holdings import Holding, Holdings, holdings
from asylon_server.store.cases.placing import HoldRefusedError
from asylon_server.store.cases.proposals import Proposal
from asylon_server.store.cases.reads import Seen
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import freshly
from asylon_server.web.desk import effects, holdshowing, rights, showing
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.holdforms import AnswerForm, PlaceForm, ProposalForm

FRESH = 5
"""So many minutes ago whoever lifts a hold has shown that it is they."""


@signed_in
def holds(request: Request, case: UUID) -> HttpResponse:
    """Show the holds over a case, what they do here, and what is proposed on them."""
    seen = seen_of(request, case)
    told = _holdings(request, seen)
    context = frame(request, seen) | {
        "holds": [
            holdshowing.shown(seen.file, each, words(), request.at)
            for each in told.rows
        ],
        "groups": [showing.held(seen.file, each, words()) for each in seen.groups],
        "told": told,
        "stays": holdshowing.held_at(seen.file),
        "effect": effects.here(request.at.date()),
        "mine": request.user.organisation_id,
        "gives_receipts": rights.of(request.user.actor).gives_receipts
        and receipts.may_give(request.user.actor, seen.thing),
    }
    return render(request, "desk/holds.html", context)


@signed_in
def place(request: Request, case: UUID) -> HttpResponse:
    """Place a hold by hand, on any ground."""
    seen = seen_of(request, case)
    if not _holdings(request, seen).may_place:
        raise NotThereError
    form = PlaceForm(seen.file, request.user.actor.kind, _sent(request))
    if form.is_valid():
        hold = form.hold(request.at.date())
        try:
            placing.place_hold(
                request.user.actor, case, hold, at=request.at, custody=request.custody
            )
        except HoldRefusedError as error:
            form.add_error("ground", holdshowing.refused(error.code, words()))
        else:
            messages.success(request, _("The hold stands."))
            return redirect("desk:holds", case)
    return _form(request, seen, form, "desk/place_hold.html")


@signed_in
def lift(request: Request, case: UUID, number: int) -> HttpResponse:
    """Propose that a hold be lifted; it stands as it stood."""
    seen = seen_of(request, case)
    told = _holdings(request, seen)
    each = _numbered(told, number)
    if not told.may_propose:
        raise NotThereError
    form = ProposalForm(_sent(request))
    if form.is_valid():
        try:
            lifting.propose(
                request.user.actor,
                case,
                number,
                **form.cleaned_data,
                at=request.at,
                custody=request.custody,
            )
        except HoldRefusedError as error:
            form.add_error("reason", holdshowing.refused(error.code, words()))
        else:
            messages.success(
                request,
                _("It is proposed. The hold stands until another organisation agrees."),
            )
            return redirect("desk:holds", case)
    held = holdshowing.shown(seen.file, each, words(), request.at)
    return _form(request, seen, form, "desk/lift_hold.html", held=held)


@signed_in
def answer(request: Request, case: UUID, proposal: UUID) -> HttpResponse:
    """Answer a proposal: agree, which lifts the hold, or decline."""
    seen = seen_of(request, case)
    told = _holdings(request, seen)
    each, asked = _proposal(told, proposal)
    if not told.may_agree:
        raise NotThereError
    if request.method == "POST":
        return _answered(request, seen, each, asked)
    return _asked(request, seen, each, asked, AnswerForm())


@freshly(minutes=FRESH)
def _answered(
    request: Request, seen: Seen, each: Holding, asked: Proposal
) -> HttpResponse:
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            _do(request, seen.case, asked, form.cleaned_data["why"])
        except HoldRefusedError as error:
            form.add_error("why", holdshowing.refused(error.code, words()))
        else:
            return redirect("desk:holds", seen.case)
    return _asked(request, seen, each, asked, form)


def _do(request: Request, case: UUID, asked: Proposal, why: str) -> None:
    actor, at, keys = request.user.actor, request.at, request.custody
    match request.POST.get("act"):
        case "agree":
            lifting.agree(actor, case, asked.row.pk, at=at, custody=keys)
            messages.success(request, _("The hold is lifted."))
        case "decline":
            lifting.decline(actor, case, asked.row.pk, why, at=at, custody=keys)
            messages.success(request, _("It is declined. The hold stands."))
        case _:
            raise Http404


def _asked(
    request: Request, seen: Seen, each: Holding, asked: Proposal, form: AnswerForm
) -> HttpResponse:
    held = holdshowing.shown(seen.file, each, words(), request.at)
    told = holdshowing.proposal(asked, words(), request.at)
    return _form(request, seen, form, "desk/answer_lifting.html", held=held, asked=told)


def _form(
    request: Request,
    seen: Seen,
    form: PlaceForm | ProposalForm | AnswerForm,
    template: str,
    **more: object,
) -> HttpResponse:
    context = frame(request, seen) | {"form": form, "forms_of": [form]} | more
    return render(request, template, context, status=422 if form.errors else 200)


def _holdings(request: Request, seen: Seen) -> Holdings:
    return holdings(request.user.actor, seen, at=request.at, custody=request.custody)


def _numbered(told: Holdings, number: int) -> Holding:
    for each in told.rows:
        if each.number == number and each.hold.stands:
            return each
    raise NotThereError


def _proposal(told: Holdings, proposal: UUID) -> tuple[Holding, Proposal]:
    for each in told.rows:
        for made in each.proposals:
            if made.row.pk == proposal:
                return each, made
    raise NotThereError


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None

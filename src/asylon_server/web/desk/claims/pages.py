"""The claims of a case, one of them with what is open on it, and a step taken on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.claims import steps
from asylon_server.store.claims.asking import (
    ActedMeanwhileError,
    Asked,
    StepRefusedError,
)
from asylon_server.store.claims.steps import Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.claims import decisionshowing, showing
from asylon_server.web.desk.claims.forms import LodgeForm, StepForm

FRESH = 5
"""So many minutes ago whoever acts with a signature has shown that it is they."""


@signed_in
def claims(request: Request, case: UUID) -> HttpResponse:
    """Show the claims of a case, and for whom none is lodged yet."""
    seen = seen_of(request, case)
    if "claim" not in seen.classes:
        raise Http404
    acts = steps.may_act(request.user.actor, seen)
    context = frame(request, seen) | {
        "claims": [showing.row(seen.file, each, words()) for each in seen.file.claims],
        "lodges": acts and showing.without_claim(seen.file),
    }
    return render(request, "desk/claims/claims.html", context)


@signed_in
def lodge(request: Request, case: UUID) -> HttpResponse:
    """Lodge the claim of somebody on the case."""
    seen = seen_of(request, case)
    if "claim" not in seen.classes or not steps.may_act(request.user.actor, seen):
        raise NotThereError
    form = LodgeForm(showing.without_claim(seen.file), sent(request))
    if form.is_valid():
        try:
            claim = steps.lodge(
                request.user.actor,
                case,
                form.claim(request.at.date()),
                at=request.at,
                custody=request.custody,
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        else:
            messages.success(request, _("The claim is lodged. The hold stands."))
            return redirect("desk:claim", case, claim.id)
    context = frame(request, seen) | {"form": form, "forms_of": [form]}
    status = 422 if form.errors else 200
    return render(request, "desk/claims/lodge.html", context, status=status)


@signed_in
def claim(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show a claim: how far it has come, and what whoever looks can do next."""
    found = opened(request, case, claim)
    on = request.at.date()
    context = framed(request, found) | {
        "stages": showing.stages(found, words()),
        "offers": showing.offers(request.user.actor, found, on, words()),
        "steps": showing.steps(request, found.claim, words()),
        "times": showing.times(found.claim, on, words()),
        "back": decisionshowing.came_back(found.claim, on, words()),
    }
    return render(request, "desk/claims/claim.html", context)


@signed_in
def act(request: Request, case: UUID, claim: str, act: str) -> HttpResponse:
    """Take a step that needs no page of its own."""
    found = opened(request, case, claim)
    offer = offered(found, act)
    if act in showing.OWN_PAGES:
        raise Http404
    row = offer.act
    if request.method == "POST" and (asked := fresh(request, minutes=FRESH)):
        return asked
    form = StepForm(row, showing.outcomes(found, row, words()), sent(request))
    if form.is_valid():
        refused = taken(request, found, form.asked())
        if refused is None:
            return redirect("desk:claim", case, claim)
        form.add_error(None, refused)
    context = framed(request, found) | {
        "form": form,
        "forms_of": [form],
        "act": showing.offer(offer, words()),
        "read": len(found.claim.steps),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/claims/step.html", context, status=status)


def opened(request: Request, case: UUID, claim: str) -> Open:
    """Read a claim for whoever asks; it is not there for who does not reach claims."""
    found = steps.looked_at(
        request.user.actor,
        case,
        claim,
        at=request.at,
        custody=request.custody,
        witnessed=deployed.witnessed(),
    )
    if "claim" not in found.seen.classes:
        raise NotThereError
    return found


def offered(found: Open, act: str) -> steps.Offer:
    """Find an act among what is open to whoever looks.

    Raises:
        NotThereError: it is not theirs, or not at this stage.
    """
    for each in found.offers:
        if each.act.id == act:
            return each
    raise NotThereError


def framed(request: Request, found: Open) -> dict[str, object]:
    """Make what stands above every page of a claim."""
    named = showing.named(found.seen.file, found.claim)
    stage = showing.stage(found.standing.stage)
    kind = showing.kind(found.claim)
    return frame(request, found.seen) | {
        "claim": found.claim,
        "claimant": named,
        "stage": stage,
        "kind": kind,
        "instance": found.standing.instance,
        "makes_exceptions": showing.makes_exceptions(request.user.actor, found),
        "takes_part": steps.may_act(request.user.actor, found.seen),
    }


def taken(request: Request, found: Open, asked: Asked) -> list[str] | None:
    """Take a step; give what stands in its way, or nothing where it was taken."""
    actor, case = request.user.actor, found.seen.case
    try:
        steps.take(
            actor,
            case,
            found.claim.id,
            asked,
            at=request.at,
            custody=request.custody,
            witnessed=deployed.witnessed(),
        )
    except StepRefusedError as error:
        return showing.refused(error, words())
    except ActedMeanwhileError as error:
        return [showing.meanwhile(error.step, words())]
    done = showing.act(asked.act)
    messages.success(request, _("Done: %(act)s.") % {"act": done})
    return None


def sent(request: Request) -> QueryDict | None:
    """Give what was sent; a form without a single tick was sent as well."""
    return request.POST if request.method == "POST" else None

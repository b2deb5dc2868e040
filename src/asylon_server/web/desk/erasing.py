"""Erasing a case: what goes and what stays, proposing it, and answering a proposal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asylon.casework.erasing import Ground, Lacking
from asylon_server.store.cases import erasures
from asylon_server.store.cases.erasures import Asked, ErasingRefusedError, Said
from asylon_server.store.cases.reads import Seen
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import freshly
from asylon_server.web.desk import rights
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.erasingforms import AgreeForm, DeclineForm, ProposeForm

FRESH = 5
"""Whoever erases has shown within so many minutes that it is they."""

_STATES = {
    erasures.OPEN: gettext_lazy("Waits for an answer"),
    erasures.ENDED: gettext_lazy("Ended without an answer; nothing was erased"),
    erasures.DECLINED: gettext_lazy("Declined; nothing was erased"),
    erasures.ERASED: gettext_lazy("Erased"),
}
_REFUSED = {
    Lacking.COUNSEL: gettext_lazy(
        "Only counsel writes down that the person wishes it. Ask counsel to do it."
    ),
    Lacking.SEAT: gettext_lazy("A body of a state erases nothing."),
    Lacking.SECOND_PERSON: gettext_lazy("Another person has to answer your proposal."),
    Lacking.SECOND_ORGANISATION: gettext_lazy(
        "Somebody of another organisation has to answer."
    ),
    Lacking.VOUCHER: gettext_lazy(
        "One of the two has to be of UNHCR or legal aid; somebody of these has to answer."
    ),
    erasures.PROPOSED_ALREADY: gettext_lazy(
        "Another proposal waits for an answer. Answer that one first."
    ),
    erasures.PROPOSER_GONE: gettext_lazy(
        "Whoever proposed it may do so no longer. Decline it, and propose it anew."
    ),
    erasures.UNREAD: gettext_lazy(
        "The proposal cannot be opened. Decline it, and propose it anew."
    ),
}
_GROUNDS = {
    Ground.DANGER: gettext_lazy("What is kept endangers somebody"),
    Ground.WISH: gettext_lazy("The person wishes it, and counsel wrote that down"),
}


@signed_in
def erase(request: Request, case: UUID) -> HttpResponse:
    """Show what erasing does, and the proposal that waits, or propose it."""
    actor, at, keys = request.user.actor, request.at, request.custody
    asked = erasures.open_of(actor, case, at=at, custody=keys)
    seen = seen_of(request, case)
    if request.method == "POST":
        return _posted(request, seen, asked)
    return _page(request, seen, asked)


@signed_in
def erasings(request: Request) -> HttpResponse:
    """List the proposals that somebody made, answered or may answer."""
    rights.demand(request.user.actor, "erases")
    rows = erasures.listed(request.user.actor, at=request.at)
    context = {
        "rows": [(row, _STATES[row.state], row.state == erasures.OPEN) for row in rows],
        "may": rights.of(request.user.actor),
    }
    return render(request, "desk/erasings.html", context)


@freshly(minutes=FRESH)
def _posted(request: Request, seen: Seen, asked: Asked | None) -> HttpResponse:
    act = request.POST.get("act")
    if act == "propose":
        return _proposed(request, seen, asked)
    if asked is None or act not in {"agree", "decline"}:
        raise Http404
    if request.POST.get("proposal") != str(asked.row.pk):
        # Nobody agrees to what they have not read.
        messages.warning(request, _("Another proposal waits by now. Read it first."))
        return redirect("desk:erase", seen.case)
    return (_agreed if act == "agree" else _declined)(request, seen, asked)


def _proposed(request: Request, seen: Seen, asked: Asked | None) -> HttpResponse:
    form = ProposeForm(request.POST)
    if form.is_valid():
        kept = form.cleaned_data
        said = Said(Ground(kept["ground"]), kept["words"].strip())
        actor, at, keys = request.user.actor, request.at, request.custody
        try:
            erasures.propose(actor, seen.case, said, at=at, custody=keys)
        except ErasingRefusedError as error:
            form.add_error("ground", str(_REFUSED[error.code]))
        else:
            told = _(
                "It is proposed. Nothing is erased until another organisation agrees."
            )
            messages.success(request, told)
            return redirect("desk:erase", seen.case)
    return _page(request, seen, asked, propose=form)


def _agreed(request: Request, seen: Seen, asked: Asked) -> HttpResponse:
    form = AgreeForm(seen.file.reference, request.POST)
    if form.is_valid():
        actor, at, keys = request.user.actor, request.at, request.custody
        try:
            erasures.agree(actor, seen.case, asked.row.pk, at=at, custody=keys)
        except ErasingRefusedError as error:
            form.add_error("reference", str(_REFUSED[error.code]))
        else:
            messages.success(request, _("The case is erased."))
            return redirect("desk:erasings")
    return _page(request, seen, asked, agree=form)


def _declined(request: Request, seen: Seen, asked: Asked) -> HttpResponse:
    form = DeclineForm(request.POST)
    if form.is_valid():
        actor, at, keys = request.user.actor, request.at, request.custody
        why = form.cleaned_data["why"]
        erasures.decline(actor, seen.case, asked.row.pk, why, at=at, custody=keys)
        messages.success(request, _("It is declined. Nothing is erased."))
        return redirect("desk:erase", seen.case)
    return _page(request, seen, asked, decline=form)


def _page(
    request: Request, seen: Seen, asked: Asked | None, **filled: Any
) -> HttpResponse:
    forms = {
        "propose": ProposeForm(),
        "agree": AgreeForm(seen.file.reference),
        "decline": DeclineForm(),
    } | filled
    failed = any(form.errors for form in filled.values())
    context = frame(request, seen) | {
        "forms": forms,
        "forms_of": list(filled.values()),
        "failed": failed,
        "asked": asked,
        "ground": _GROUNDS[asked.said.ground] if asked and asked.said else "",
        "lacks": _REFUSED[asked.lacks] if asked and asked.lacks else "",
    }
    status = 422 if failed else 200
    return render(request, "desk/erase.html", context, status=status)

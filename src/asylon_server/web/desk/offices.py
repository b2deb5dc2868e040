"""The pages of a supervisor: the cases of the office, and who works on each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import assigning, conflicts, grants, offices
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.rights import shipped_table
from asylon_server.web.common.edge import Request, named_role, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk import refused, rights, wording
from asylon_server.web.desk.showing import listed
from asylon_server.web.desk.waiting import waiting

NOBODY = "work.nobody"
FRESH = 5
"""Whoever releases has shown within so many minutes that it is they."""

_FIELD = {"assign": "to", "declare": "away", "give": "whom"}


@signed_in
def office(request: Request) -> HttpResponse:
    """Show the cases of an office, and whose work each is."""
    actor = request.user.actor
    asked = {
        name: request.GET.get(name, "").strip()[:150]
        for name in ("who", "reference", "page")
    }
    number = int(asked["page"]) if asked["page"].isdecimal() else 1
    page = offices.caseload(
        actor,
        who=asked["who"],
        reference=asked["reference"][:20],
        number=number,
        at=request.at,
        custody=request.custody,
    )
    workers = offices.workers([row.case for row in page.rows], at=request.at)
    context = {
        "page": page,
        "rows": [
            (listed(row, words()), workers.get(row.case, [])) for row in page.rows
        ],
        "asked": asked,
        "staff": offices.staff(actor),
        "before": _address(asked, page.number - 1),
        "after": _address(asked, page.number + 1),
        "may": rights.of(actor),
        **waiting(request),
    }
    return render(request, "desk/office.html", context)


@signed_in
def work(request: Request, case: UUID) -> HttpResponse:
    """Show who works on a case; give it, take it, and keep somebody away."""
    fault = {}
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "give" and (asking := fresh(request, minutes=FRESH)):
            return asking
        try:
            message = _done(request, case, act)
        except WorkRefusedError as error:
            fault = {_FIELD.get(act, "to"): refused.said(error.code)}
        else:
            messages.success(request, message)
            return redirect("desk:office-case", case)
    seen = offices.work_on(
        request.user.actor, case, at=request.at, custody=request.custody
    )
    context = {
        "work": seen,
        "case_id": case,
        "case": listed(seen.row, words()),
        "people": [_told(each) for each in seen.workers],
        "away": seen.kept_away,
        "could": [(each, named_role(each.role)) for each in seen.could],
        "purposes": [(each, wording.purpose(each)) for each in grants.PURPOSES],
        "classes": [(each, wording.field(each)) for each in _released()],
        "receivers": [e for e in seen.workers if not _is_state(e.kind)],
        "typed": request.POST,
        "ticked": request.POST.getlist("class"),
        "fault": fault,
        "latest": (request.at + grants.LONGEST).date().isoformat(),
        "may": rights.of(request.user.actor),
    }
    return render(
        request, "desk/office_case.html", context, status=422 if fault else 200
    )


def _done(request: Request, case: UUID, act: str) -> str:
    """Do what was asked for, and say so."""
    actor, at, custody = request.user.actor, request.at, request.custody
    whom = _whom(request)
    match act:
        case "assign":
            assigning.assign(actor, case, whom, at=at, custody=custody)
            return _("The case is assigned.")
        case "unassign":
            assigning.unassign(actor, case, whom, at=at, custody=custody)
            return _("The case is taken away, with all that was released for it.")
        case "declare":
            conflicts.declare(actor, case, whom, at=at, custody=custody)
            return _("The account is kept away from the case.")
        case "lift":
            conflicts.lift(actor, case, whom, at=at, custody=custody)
            return _("The conflict is lifted. The case is not assigned by this.")
        case "give":
            grants.give(actor, case, whom, _scope(request), at=at, custody=custody)
            return _("The fields are released.")
        case "revoke":
            grants.revoke(actor, case, whom, at=at, custody=custody)
            return _("What was released is taken back.")
    raise Http404


def _whom(request: Request) -> UUID:
    told = request.POST.get("whom", "")
    try:
        return UUID(told)
    except ValueError:
        code = grants.NO_WORK if request.POST.get("act") == "give" else NOBODY
        raise WorkRefusedError(code) from None


def _scope(request: Request) -> grants.Scope:
    """Read what is released; a last day lasts until its end."""
    latest = request.at + grants.LONGEST
    try:
        day = date.fromisoformat(request.POST.get("until", ""))
        until = datetime.combine(day, time(), UTC) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise WorkRefusedError(grants.TIME) from None
    until = min(until, latest) if day <= latest.date() else until
    classes = frozenset(request.POST.getlist("class"))
    return grants.Scope(classes, request.POST.get("purpose", ""), until)


def _released() -> list[str]:
    return list(shipped_table().classes)


def _told(each: offices.Worker) -> tuple[offices.Worker, str]:
    """Show somebody with their role, and what was released to them, in words."""
    # What ends at midnight ends with the day before.
    moment = timedelta(microseconds=1)
    named = tuple((wording.field(n), until - moment) for n, until in each.released)
    return replace(each, released=named), named_role(each.role)


def _is_state(kind: str) -> bool:
    return kind in shipped_table().state_bodies


def _address(asked: dict[str, str], page: int) -> str:
    kept = {**asked, "page": str(page)}
    return f"?{urlencode({name: each for name, each in kept.items() if each})}"

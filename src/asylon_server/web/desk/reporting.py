"""A report at night that somebody is held: three fields, and the hold stands."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import reporting
from asylon_server.store.cases.changes import ToldOtherwiseError
from asylon_server.store.cases.reporting import Report
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.deployed import deployment
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.keeping import again
from asylon_server.web.desk import effects, rights, sending
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.family import reference, script_of
from asylon_server.web.desk.reportforms import ReportForm

FORM = "report"


@signed_in
@again(act="typed")
def report(request: Request) -> HttpResponse:
    """Take a report, and place the hold with the press of one button."""
    rights.demand(request.user.actor, "takes_reports")
    submission = sending.kept(request, FORM)
    form = ReportForm(request.POST if submission else None)
    if request.POST.get("act") == "report" and form.is_valid():
        try:
            case = _kept(request, form.cleaned_data, submission)
        except ToldOtherwiseError:
            messages.warning(
                request,
                _(
                    "This report was kept already, and said something else then. What you typed now was not kept: send it below as a new report, or write it into the case."
                ),
            )
            submission = ""
        else:
            return redirect("desk:reported", case)
    context = {
        "form": form,
        "forms_of": [form],
        "submission": request.POST.get("submission", "")
        if submission
        else sending.drawn(request, FORM),
        "may": rights.of(request.user.actor),
    }
    return render(request, "desk/report.html", context, status=_status(request, form))


@signed_in
def reported(request: Request, case: UUID) -> HttpResponse:
    """Say what the hold does here, and whom to call next."""
    seen = seen_of(request, case)
    if "hold" not in seen.classes:
        raise NotThereError
    rights.demand(request.user.actor, "takes_reports")
    context = frame(request, seen) | {
        "effect": effects.here(request.at.date()),
        "telephone": deployment().telephone,
        "guards": reporting.next_to_call(request.user.actor),
    }
    return render(request, "desk/reported.html", context)


def _kept(request: Request, told: dict[str, str], submission: str) -> UUID:
    case = reporting.report(
        request.user.actor,
        Report(**told, script=script_of(told["name"])),
        reference=reference(submission),
        submission=submission,
        at=request.at,
        custody=request.custody,
    )
    return case.pk


def _status(request: Request, form: ReportForm) -> int:
    sent = request.POST.get("act") == "report"
    return 422 if sent and form.errors else 200

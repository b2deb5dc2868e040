"""The page of an auditor: the record of the office, by person, act and day."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from asylon_server.store.cases import audits
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import rights, wording


@signed_in
def audit(request: Request) -> HttpResponse:
    """Show the record of the office, the newest first."""
    typed = {
        name: request.GET.get(name, "").strip()[:150]
        for name in ("by", "act", "day", "before")
    }
    asked, is_no_day = _asked(typed)
    found = audits.office_record(request.user.actor, asked, at=request.at)
    context = {
        "lines": [(each, wording.told(each.act)) for each in found.lines],
        "older": _address(typed, found.before),
        "asked": typed,
        "is_no_day": is_no_day,
        "people": audits.people(request.user.actor),
        "acts": wording.acts(),
        "may": rights.of(request.user.actor),
    }
    return render(request, "desk/audit.html", context, status=422 if is_no_day else 200)


def _asked(typed: dict[str, str]) -> tuple[audits.Asked, bool]:
    before = int(typed["before"]) if typed["before"].isdecimal() else None
    day, is_no_day = None, False
    if typed["day"]:
        try:
            day = date.fromisoformat(typed["day"])
        except ValueError:
            is_no_day = True
    return audits.Asked(typed["by"], typed["act"], day, before), is_no_day


def _address(typed: dict[str, str], before: int | None) -> str:
    if before is None:
        return ""
    kept = {**typed, "before": str(before)}
    return f"?{urlencode({name: each for name, each in kept.items() if each})}"

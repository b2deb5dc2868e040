"""The pages of what was done to a case, and of who has looked at it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from asylon_server.store.cases import history
from asylon_server.store.cases.history import Entries
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.wording import part, told


@signed_in
def timeline(request: Request, case: UUID) -> HttpResponse:
    """Show what was done to a case, by whom and when."""
    page = history.timeline(
        request.user.actor, case, number=_number(request), at=request.at
    )
    return _shown(request, case, page, "desk/timeline.html")


@signed_in
def record(request: Request, case: UUID) -> HttpResponse:
    """Show who has looked at a case."""
    page = history.readings(
        request.user.actor, case, number=_number(request), at=request.at
    )
    return _shown(request, case, page, "desk/record.html")


def _shown(request: Request, case: UUID, page: Entries, template: str) -> HttpResponse:
    seen = seen_of(request, case)
    context = frame(request, seen) | {
        "page": page,
        "lines": [
            (each, told(each.act), [part(name) for name in each.parts])
            for each in page.entries
        ],
        "before": f"?page={page.number - 1}",
        "after": f"?page={page.number + 1}",
    }
    return render(request, template, context)


def _number(request: Request) -> int:
    asked = request.GET.get("page", "")[:6]
    return int(asked) if asked.isdecimal() else 1

"""The page on which somebody says that their interests meet a case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import conflicts
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk.cases import frame, seen_of


@signed_in
def declare(request: Request, case: UUID) -> HttpResponse:
    """Ask whether somebody is sure, and end their work on the case at once."""
    actor = request.user.actor
    if request.method == "POST":
        conflicts.declare(
            actor, case, actor.account, at=request.at, custody=request.custody
        )
        messages.success(
            request, _("You are kept away from the case. Another person takes it over.")
        )
        return redirect("desk:work")
    context = frame(request, seen_of(request, case))
    if not context["may"].declares_conflicts:  # type: ignore[attr-defined]  # offers
        raise Http404
    return render(request, "desk/conflict.html", context)

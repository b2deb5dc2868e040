"""The way in: everybody comes to the first page of their role."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import known
from asylon_server.web.desk import rights, roles


@known
def home(request: Request) -> HttpResponse:
    """Lead somebody to the first page of their role."""
    return redirect(roles.start(request.user.role))


@known
def nothing(request: Request) -> HttpResponse:
    """Say that there is no page for a role yet."""
    return render(request, "desk/nothing.html", {"may": rights.of(request.user.actor)})

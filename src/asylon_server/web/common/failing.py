"""Pages for what goes wrong: calm, in three languages, and with nothing of the request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that was not sent from a page of this session."""
    return HttpResponse(render_to_string("common/forged.html"), status=403)


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Refuse what may not be sent."""
    return HttpResponse(render_to_string("common/forged.html"), status=403)


def absent(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that nothing is there, or not for this account: it is not said which."""
    return render(request, "404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Say that the fault is the system's."""
    return HttpResponse(render_to_string("common/broken.html"), status=500)


def busy() -> HttpResponse:
    """Say that the database cannot be reached, or has no room."""
    return HttpResponse(render_to_string("common/busy.html"), status=503)

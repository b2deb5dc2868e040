"""Pages for what goes wrong: calm, in three languages, and with nothing of the request."""

from __future__ import annotations

import sys
from typing import Any

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from asylon_server.web.common import deployed

_UNWRITABLE = (
    "readonly",
    "read-only",
    "is full",
    "disk i/o",
    "no space",
    "unable to open",
)
"""What SQLite and PostgreSQL say where nothing can be kept: they have no code for it."""


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that was not sent from a page of this session."""
    return _plain("common/forged.html", 403)


def refused(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Refuse what may not be sent."""
    return _plain("common/forged.html", 403)


def absent(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Say that nothing is there, or not for this account: it is not said which."""
    return render(request, "404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Say that the fault is the system's, or the database's where it is that."""
    error = sys.exc_info()[1]
    if isinstance(error, DatabaseError) and (answer := of_database(error)):
        return answer
    return _plain("common/broken.html", 500)


def of_database(error: DatabaseError) -> HttpResponse | None:
    """Say what keeps the database from answering; nothing where it is a fault here."""
    told = str(error).lower()
    if any(each in told for each in _UNWRITABLE):
        return _later("common/unwritable.html")
    return _later("common/busy.html") if isinstance(error, OperationalError) else None


def _later(template: str) -> HttpResponse:
    answer = _plain(template, 503)
    answer["Retry-After"] = "60"
    return answer


def unreadable() -> HttpResponse:
    """Say that a file does not open: it was altered, or its key is gone."""
    return _plain("common/unreadable.html", 500)


def without_identities() -> HttpResponse:
    """Say that nobody is registered or looked for in this deployment, and who does it."""
    return _plain("common/without_identities.html", 403)


def _plain(template: str, status: int) -> HttpResponse:
    context = {"deployment": deployed.deployment()}
    return HttpResponse(render_to_string(template, context), status=status)

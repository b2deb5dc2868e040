"""Step-up: a grave act asks again who is there, and then goes on with what was typed.

In a view behind `signed_in`, before anything is done::

    if asked := fresh(request, minutes=5):
        return asked

or over the whole view, below `signed_in`::

    @signed_in
    @freshly(minutes=5)
    def view(request: Request) -> HttpResponse: ...

Whoever signed in or confirmed within these minutes is not asked. The page that asks
carries every typed field along, and sends them to the very same address.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from asylon_server.store.entry import acts, passkeys, ways
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]

CONFIRMED = "confirmed"
"""Where a session keeps when its holder last showed that it is they."""

_OURS = "confirm-"
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field


def freshly(*, minutes: int = 5) -> Callable[[View[P]], View[P]]:
    """Let a view run only for somebody who showed within minutes that it is they."""

    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def behind(
            request: Request, /, *args: P.args, **named: P.kwargs
        ) -> HttpResponse:
            asked = fresh(request, minutes=minutes)
            return asked if asked else view(request, *args, **named)

        return behind

    return around


def fresh(request: Request, *, minutes: int = 5) -> HttpResponse | None:
    """Ask again who is there, unless they showed it within minutes.

    Returns:
        The page that asks; None where the view may go on, with `request.POST` as it
        was typed at first.
    """
    if _is_fresh(request, minutes) or _is_played(request):
        _strip(request)
        return None
    failed = False
    if f"{_OURS}method" in request.POST:
        by = _heard(request)
        if by:
            return _confirmed(request, by)
        failed = True
    return _page(request, failed=failed)


def confirm(request: Request) -> None:
    """Note that somebody just showed that it is they."""
    request.session[CONFIRMED] = request.at.isoformat()


def _is_fresh(request: Request, minutes: int) -> bool:
    since = request.session.get(CONFIRMED)
    if not since:
        return False
    past = request.at - datetime.fromisoformat(since)
    return timedelta() <= past < timedelta(minutes=minutes)


def _is_played(request: Request) -> bool:
    """Whether all is invented, and who came by a link has nothing to show."""
    return deployed.deployment().invented and not ways.ways(request.user)


def _heard(request: Request) -> str:
    """Hear a passkey or a code; empty where neither is right."""
    answer = request.POST.get(f"{_OURS}passkey", "")
    if answer:
        state = request.POST.get(f"{_OURS}state", "")
        host, at = request.get_host(), request.at
        try:
            passkeys.shown(answer, state, host=host, at=at, account=request.user)
        except passkeys.PasskeyError:
            return ""
        return "passkey"
    code = request.POST.get(f"{_OURS}code", "")
    return "code" if ways.takes_code(request.user, code, at=request.at) else ""


def _confirmed(request: Request, by: str) -> HttpResponse | None:
    confirm(request)
    request.session.cycle_key()
    acts.confirmed(request.user.actor, at=request.at, by=by)
    if request.POST[f"{_OURS}method"] == "GET":
        return HttpResponseRedirect(request.get_full_path())
    _strip(request)
    return None


def _strip(request: Request) -> None:
    """Give the view what was typed, and nothing of the asking."""
    if any(name.startswith(_OURS) for name in request.POST):
        typed = request.POST.copy()
        for name in [each for each in typed if each.startswith(_OURS)]:
            del typed[name]
        request.POST = typed  # type: ignore[assignment]  # Django's own setter


def _page(request: Request, *, failed: bool) -> HttpResponse:
    method = request.POST.get(f"{_OURS}method", request.method or "GET")
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != _TOKEN and not name.startswith(_OURS)
        for value in values
    ]
    kinds = {each.kind for each in ways.ways(request.user)}
    asked = passkeys.asked(host=request.get_host(), account=request.user)
    context = {
        "typed": typed,
        "method": method,
        "failed": failed,
        "asked": asked if "passkey" in kinds else None,
        "path": request.get_full_path(),
    }
    return render(request, "common/confirm.html", context, status=403)

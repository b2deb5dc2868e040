"""Setting up a way in: after the first link, and when an app or a password is new."""

from __future__ import annotations

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from asylon.security import codes
from asylon.security.drawing import draw_secret
from asylon_server.store.entry import passkeys, tries, ways
from asylon_server.web.common import deployed, stepping
from asylon_server.web.common.account import papers, password_refused
from asylon_server.web.common.coming import MUST_SET_UP
from asylon_server.web.common.edge import Request

_SECRET = "app-secret"  # noqa: S105  where the session keeps it until it is taken


def begin(request: Request) -> HttpResponse:
    """Set up a passkey, or a password and an app, and hand out codes for paper."""
    if MUST_SET_UP not in request.session:
        asked = stepping.fresh(request)
        if asked:
            return asked
    if request.method != "POST":
        return _page(request)
    if request.POST.get("passkey"):
        return _passkey(request)
    return _app(request)


def _passkey(request: Request) -> HttpResponse:
    host, at = request.get_host(), request.at
    try:
        row = passkeys.taken(
            request.user,
            request.POST["passkey"],
            request.POST.get("state", ""),
            host=host,
            at=at,
        )
    except passkeys.PasskeyError:
        error = _("Your device showed no passkey that can be taken. Try again.")
        return _page(request, passkey_error=error)
    row.name = _("Passkey")
    return _finished(request, ways.set_up(request.user, at=at, passkey=row))


def _app(request: Request) -> HttpResponse:
    secret, word = _secret(request), request.POST.get("password", "")
    user, at = request.user, request.at
    step = codes.step_of(secret, request.POST.get("code", ""), at)
    if step is None or not tries.spend("first code", secret.hex(), str(step), at=at):
        error = _("The code is not the one your app should show now. Try the next one.")
        return _page(request, code_error=error, word=word)
    try:
        drawn = ways.set_up(user, at=at, password=word or "-", secret=secret)
    except ways.PasswordRefusedError:
        return _page(request, password_error=password_refused())
    return _finished(request, drawn)


def _finished(request: Request, drawn: list[str]) -> HttpResponse:
    request.user.refresh_from_db()
    for name in (MUST_SET_UP, _SECRET):
        request.session.pop(name, None)
    stepping.confirm(request)
    request.session.cycle_key()
    update_session_auth_hash(request, request.user)
    return papers(request, drawn)


def _secret(request: Request) -> bytes:
    if _SECRET not in request.session:
        request.session[_SECRET] = draw_secret().hex()
    return bytes.fromhex(request.session[_SECRET])


def _page(request: Request, *, word: str = "", **errors: str) -> HttpResponse:
    user, office = request.user, deployed.deployment().name
    secret = _secret(request)
    address = codes.address(secret, name=user.name, office=office)
    context = {
        **errors,
        "errors": errors,
        "asked": passkeys.asked_for_new(user, host=request.get_host(), office=office),
        "picture": segno.make(address, micro=False).svg_inline(
            scale=5, border=3, light="#fff"
        ),
        "spelled": _in_fours(codes.spelled(secret)),
        "word": word,
        "shortest": ways.SHORTEST,
        "must": MUST_SET_UP in request.session,
    }
    status = 422 if errors else 200
    return render(request, "common/begin.html", context, status=status)


def _in_fours(word: str) -> str:
    return " ".join(word[place : place + 4] for place in range(0, len(word), 4))

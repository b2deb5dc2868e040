"""What signing in does to a session and to the cookies of a browser."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from asylon.security.drawing import draw_secret
from asylon_server.store.entry import acts, keeping, notices, sessions
from asylon_server.store.organisations.models import Account
from asylon_server.web.common import deployed, stepping
from asylon_server.web.common.edge import Request

MUST_SET_UP = "must-set-up"
"""Where a session says that its holder has no lasting way in yet."""

_KEPT = "KEPT_COOKIE_NAME"
_SALT = "common.kept"
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_MACHINES = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
_SPELLED = {"Edg": "Edge", "OPR": "Opera", "Macintosh": "Mac"}


def enter(
    request: Request, account: Account, *, by: str, onward: str = ""
) -> HttpResponse:
    """Sign somebody in, under a new key, and send them where they wanted to go."""
    request.session.flush()
    login(cast("HttpRequest", request), account)
    request.session[sessions.BROWSER] = _browser(request)
    if by not in {"link", "paper"}:
        stepping.confirm(request)
    elif not deployed.deployment().invented:
        request.session[MUST_SET_UP] = True
    acts.signed_in(account.actor, at=request.at, by=by)
    answer = redirect(_onward(request, account, onward))
    _keep_key(request, answer, account)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        # Whoever chose a language at the door stays in it.
        in_language(answer, account.language)
    return answer


def _onward(request: Request, account: Account, onward: str) -> str:
    if MUST_SET_UP in request.session:
        return "begin"
    secret, whose = kept_key(request)
    if secret and keeping.is_kept(secret, at=request.at):
        if whose == str(account.pk):
            return "kept"
        keeping.take(secret, "", at=request.at)
    if notices.waiting(account):
        return "notices"
    hosts = {request.get_host()}
    return onward if url_has_allowed_host_and_scheme(onward, hosts) else "desk:work"


def kept_cookie() -> str:
    """Name the cookie that holds the key of this browser for forms."""
    return str(getattr(settings, _KEPT))


def kept_key(request: HttpRequest) -> tuple[str, str]:
    """Get the key of this browser for forms, and of which account they are."""
    cookie = request.COOKIES.get(kept_cookie(), "")
    try:
        secret, whose = signing.loads(cookie, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return "", ""
    return str(secret), str(whose)


def _keep_key(request: Request, answer: HttpResponse, account: Account) -> None:
    secret, whose = kept_key(request)
    if whose != str(account.pk):
        secret = draw_secret().hex()
    answer.set_cookie(
        kept_cookie(),
        signing.dumps([secret, str(account.pk)], salt=_SALT),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def in_language(answer: HttpResponse, code: str) -> HttpResponse:
    """Keep a language for the pages that follow, where it is one of ours."""
    if translation.check_for_language(code) and code in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def address(request: HttpRequest) -> str:
    """Get where a request comes from: what the web server in front says last."""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told or request.META.get("REMOTE_ADDR", "")


def _browser(request: HttpRequest) -> str:
    """Name the browser coarsely, so that its holder knows it again."""
    agent = request.headers.get("User-Agent", "")
    found = [
        next((each for each in words if each in agent), "")
        for words in (_BROWSERS, _MACHINES)
    ]
    return " · ".join(_SPELLED.get(each, each) for each in found if each)

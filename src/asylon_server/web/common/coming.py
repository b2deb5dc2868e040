"""What signing in does to a session and to the cookies of a browser."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network
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
_OF_A_LINE = 64
"""So many bits of an address of IPv6 name the line that it is on."""
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
    return onward if is_ours(request, onward) else "home"


def is_ours(request: HttpRequest, onward: str) -> bool:
    """Whether an address that was sent along is one of a page here, from `/` on."""
    hosts = {request.get_host()}
    is_safe: bool = url_has_allowed_host_and_scheme(onward, hosts)
    return onward.startswith("/") and is_safe


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
    if code in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def speak(request: Request, code: str) -> None:
    """Make this page in another language, where it is one of ours."""
    if code in dict(settings.LANGUAGES):
        translation.activate(code)
        request.LANGUAGE_CODE = code


def address(request: HttpRequest) -> str:
    """Get where a request comes from: what the web server in front says last.

    Of an address of IPv6 it is the line: whoever has one has all addresses on it.
    """
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    told = told or request.META.get("REMOTE_ADDR", "")
    try:
        found = IPv6Address(told)
    except ValueError:
        return told
    line = IPv6Network((found, _OF_A_LINE), strict=False).network_address
    return str(found.ipv4_mapped or line)


def _browser(request: HttpRequest) -> str:
    """Name the browser coarsely, so that its holder knows it again."""
    agent = request.headers.get("User-Agent", "")
    found = [
        next((each for each in words if each in agent), "")
        for words in (_BROWSERS, _MACHINES)
    ]
    return " · ".join(_SPELLED.get(each, each) for each in found if each)

"""What every answer says to a browser, and which requests of other sites are refused."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
            "publickey-credentials-create=(self), publickey-credentials-get=(self)"
        ),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
WAYS = ("GET", "HEAD", "POST")
"""How pages are asked for. A way that no page was written for is refused before any."""

_STATIC = "/static/"
_OURS = frozenset({"", "same-origin", "none"})
_LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})


class Headers:
    """Adds the headers, and refuses what another site makes a browser send."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what comes further in."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        answer = self._in(request)
        for name, value in HEADERS.items():
            answer.setdefault(name, value)
        if not request.path.startswith(_STATIC):
            answer["Cache-Control"] = "no-store"
        if settings.SESSION_COOKIE_SECURE:
            answer["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return answer

    def _in(self, request: HttpRequest) -> HttpResponse:
        if request.method not in WAYS:
            return HttpResponseNotAllowed(WAYS)
        if "%00" in request.META.get("QUERY_STRING", ""):
            # No form sends it, and PostgreSQL refuses to look for it.
            return HttpResponse(status=400)
        return (
            HttpResponse(status=403) if _is_foreign(request) else self.respond(request)
        )


def _is_foreign(request: HttpRequest) -> bool:
    """Whether another site sends it. A link from elsewhere may be followed."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site in _OURS:
        return False
    is_link = request.headers.get("Sec-Fetch-Mode") == "navigate"
    return not (is_link and request.method in _LOOKS)

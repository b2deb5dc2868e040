"""Asking for an address as somebody would, quickly, and leaving nothing behind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from asylon_server.store.cases.history import READING
from asylon_server.store.record.models import Event
from tests.asylon_server.rights.table import NOT_FOUND, SIGN_IN
from tests.asylon_server.rights.world import undone

_ANY_NAME = re.compile(r"<(?:[a-z]+:)?([a-z_]+)>")
_TOKENS = re.compile(r'name="(csrfmiddlewaretoken|state|submission)" value="[^"]*"')
WITHOUT = "may hold no identities"
_ACCOUNT = frozenset({"signed in", "signed out", "confirmed"})


class Door(RequestFactory):
    """A browser that nothing slows down: what Django's client does, without its notes."""

    def __init__(self, *, checks_forms: bool = False) -> None:
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=checks_forms)

    def request(self, **request: Any) -> HttpResponse:
        """Send it through everything that a real one goes through."""
        return self.handler(self._base_environ(**request))


@dataclass(frozen=True)
class Answer:
    """What somebody got, and what it left in the record."""

    status: int
    text: str
    headers: str
    events: tuple[dict[str, Any], ...]

    @property
    def outcome(self) -> str:
        """Say it in the words of the page."""
        written = [e for e in self.events if e["act"] not in READING]
        match self.status:
            case 200:
                return "page"
            case 404:
                return NOT_FOUND
            case 405:
                return "not allowed"
            case 409 | 422:
                return "refused"
            case 403 if 'name="confirm-method"' in self.text:
                return "confirm"
            case 403 if "may hold no identities" in self.text:
                return WITHOUT
            case 302 if written:
                return "done"
            case 302:
                return self._onward()
        return f"broken: {self.status}"

    def _onward(self) -> str:
        place = re.search(r"^Location: (\S+)", self.headers, re.MULTILINE)[1]
        if place.startswith("/sign-in/") and not place.startswith("/sign-in/kept"):
            return SIGN_IN
        return "set up" if place == "/account/begin/" else "onward"

    @property
    def wrote(self) -> list[str]:
        """Name the acts that did more than look."""
        return [e["act"] for e in self.events if e["act"] not in READING]


def ask(
    door: Door,
    way: str,
    path: str,
    *,
    session: str = "",
    send: dict[str, str] | None = None,
) -> Answer:
    """Ask, and take back whatever was written."""
    door.cookies.clear()
    if session:
        door.cookies["asylon-session"] = session
    with undone():
        last = (
            Event.objects.order_by("-number").values_list("number", flat=True).first()
        )
        answer = door.generic(
            way.upper(), f"/{path}", **_sent(send if way == "post" else None)
        )
        events = Event.objects.filter(number__gt=last or 0).order_by("number")
        told = tuple(json.loads(bytes(each.content)) for each in events if each.content)
    return Answer(answer.status_code, _text(answer), _headers(answer), told)


def alike(answer: Answer, path: str) -> tuple[int, str, str]:
    """Give an answer without what differs by chance, and without its own address."""
    text = _TOKENS.sub("", answer.text).replace(path, "")
    return answer.status, text, answer.headers.replace(path, "")


def addresses() -> list[str]:
    """Name every address that the system answers to, as Django writes it."""
    return sorted(_below(get_resolver(), ""))


def path_of(pattern: str, filled: dict[str, str]) -> str:
    """Fill the names of an address."""
    return _ANY_NAME.sub(lambda found: str(filled[found[1]]), pattern)


def _below(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield path
        else:
            yield from _below(each, path)


def _sent(send: dict[str, str] | None) -> dict[str, Any]:
    if send is None:
        return {}

    return {
        "data": urlencode(send, doseq=True),
        "content_type": "application/x-www-form-urlencoded",
    }


def _text(answer: HttpResponse) -> str:
    return answer.content.decode("utf-8", "replace")


def _headers(answer: HttpResponse) -> str:
    lines = [f"{name}: {value}" for name, value in sorted(answer.items())]
    lines += [f"Set-Cookie: {each}" for each in sorted(answer.cookies)]
    return "\n".join(lines)

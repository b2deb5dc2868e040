"""The edge: here the clock is read, once for a request, and the keys are at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation

from asylon.casework.actors import rules, vocabulary_of
from asylon.languages import Catalogue, catalogue
from asylon.security.custody import Custody
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.sealing import (
    ErasedError,
    NoIdentitiesError,
    UnreadableError,
)
from asylon_server.web.common import deployed, failing

_IN_THE_LIBRARY = {"zh-hans": "zh"}


class Request(HttpRequest):
    """A request as views get it.

    Attributes:
        at: When it came.
        custody: Where the wrapping key is.
        user: Whose it is; a view that needs somebody is behind `signed_in`.
    """

    at: datetime
    custody: Custody
    user: Account


class Edge:
    """Reads the clock, holds custody, and shows nothing of what is not for somebody."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what comes further in."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        request.at = timezone.now()  # type: ignore[attr-defined]  # see `Request`
        request.custody = deployed.custody()  # type: ignore[attr-defined]
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], *_rest: object
    ) -> HttpResponse | None:
        """Say that the keys are locked, where a page needs them."""
        needs = getattr(view, "needs_custody", False)
        if needs and deployed.custody() is None:
            return render(request, "common/locked.html", status=503)
        return None

    def process_exception(
        self, _request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Answer alike where something is absent and where it is not for somebody."""
        if isinstance(error, NotThereError | ErasedError):
            raise Http404 from None
        if isinstance(error, UnreadableError):
            return failing.unreadable()
        if isinstance(error, NoIdentitiesError):
            return failing.without_identities()
        if isinstance(error, DatabaseError):
            return failing.of_database(error)
        return None


def words() -> Catalogue:
    """Get the library's catalogue in the language that is active."""
    language = translation.get_language() or "en"
    return catalogue(_IN_THE_LIBRARY.get(language, language[:2]))


def named_role(name: str) -> str:
    """Name a role in the language that is active."""
    office = f"{name}_officer"
    known = office if office in rules("role") else name
    return vocabulary_of("role").name(known, words())

"""A form that lay open when its session ended: kept, and shown again to its writer.

A view says by `again` how its form is shown again without doing anything::

    @signed_in
    @again(act="typed")
    def family(request: Request) -> HttpResponse: ...

The form is then sent to the view with these fields, once its writer asks to see it.
Of any other view, what was typed is listed, and sent when its writer says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from asylon_server.store.entry import keeping
from asylon_server.web.common import coming, deployed
from asylon_server.web.common.edge import Request

V = TypeVar("V", bound=Callable[..., HttpResponse])

_NEVER = ("csrf", "confirm-", "password", "code", "passkey", "state")


def again(**fields: str) -> Callable[[V], V]:
    """Say which fields make a view show its form with what was typed, and no more."""

    def marked(view: V) -> V:
        view.shows_again = fields  # type: ignore[attr-defined]  # read when it is shown
        return view

    return marked


def kept_for_later(request: Request) -> HttpResponse:
    """Keep what came after its session had ended, and ask to sign in again."""
    secret, account = coming.kept_key(request)
    # A form may name somebody, and where nobody may be named none is kept, even sealed.
    if secret and deployed.deployment().identities:
        typed = [
            (name, [str(each) for each in values])
            for name, values in request.POST.lists()
            if not name.startswith(_NEVER)
        ]
        keeping.keep(secret, account, request.get_full_path(), typed, at=request.at)
    return redirect("sign-in")


def waits(request: Request) -> bool:
    """Whether a form waits for somebody at this browser."""
    secret, _account = coming.kept_key(request)
    return keeping.is_kept(secret, at=request.at)


def kept(request: Request) -> HttpResponse:
    """Show the form that was kept, to whom it is of; nothing is sent by itself."""
    secret, _whose = coming.kept_key(request)
    found = (
        keeping.take(secret, str(request.user.pk), at=request.at) if secret else None
    )
    if found is None:
        return redirect("home")
    path, typed = found
    if request.method == "POST":
        return redirect("home")
    # It stays until it is thrown away or its hour is over: a page can be lost again.
    keeping.keep(secret, str(request.user.pk), path, typed, at=request.at)
    shows = _shows_again(path)
    sent = [(name, each) for name, values in typed for each in values]
    if shows is not None:
        sent = [each for each in sent if each[0] not in shows] + list(shows.items())
    context = {"path": path, "sent": sent, "shows": shows is not None, "typed": typed}
    return render(request, "common/kept.html", context)


def _shows_again(path: str) -> dict[str, str] | None:
    try:
        view = resolve(path.partition("?")[0]).func
    except Resolver404:
        return None
    return getattr(view, "shows_again", None)

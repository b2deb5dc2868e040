"""My ways of signing in: passkeys, password and app, codes on paper, and sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.entry import notices as told
from asylon_server.store.entry import passkeys, resets, ways
from asylon_server.store.entry.sessions import digest
from asylon_server.web.common import coming, deployed
from asylon_server.web.common.edge import Request
from asylon_server.web.common.stepping import freshly

LONGEST_NAME = 60


def account(request: Request) -> HttpResponse:
    """Show somebody their own ways of signing in, and change them."""
    return _change(request) if request.method == "POST" else _page(request)


def _page(request: Request, error: str = "", status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "ways": ways.ways(user),
        "has_password": user.has_usable_password(),
        "papers": ways.papers_left(user),
        "sessions": ways.sessions(user, at=request.at),
        "mine": digest(request.session.session_key or ""),
        "error": error,
        "asked": passkeys.asked_for_new(
            user, host=request.get_host(), office=deployed.deployment().name
        ),
        "may_reset": resets.may(user.actor, "reset"),
        "chosen": user.language,
    }
    return render(request, "common/account.html", context, status=status)


@freshly(minutes=5)
def _change(request: Request) -> HttpResponse:
    act = request.POST.get("act", "")
    if act not in _ACTS:
        raise Http404
    try:
        return _ACTS[act](request)
    except passkeys.PasskeyError:
        error = _("Your device showed no passkey that can be taken. Try again.")
    except ways.PasswordRefusedError:
        error = password_refused()
    except ways.LastWayError:
        error = _("This is your last way in. Add another one before you remove it.")
    except (ObjectDoesNotExist, ValidationError):
        raise Http404 from None
    return _page(request, error, status=422)


def password_refused() -> str:
    """Say why a password is not taken."""
    return _(
        "Take a password of at least %(count)d characters that is not your name and not "
        "one that many people use. Several words in a row do well."
    ) % {"count": ways.SHORTEST}


def _add(request: Request) -> HttpResponse:
    answer, state = request.POST.get("passkey", ""), request.POST.get("state", "")
    host, at = request.get_host(), request.at
    row = passkeys.taken(request.user, answer, state, host=host, at=at)
    name = _name(request) or _("Passkey")
    ways.add_passkey(request.user, row, name, at=at)
    return _done(request, _("The passkey was added."))


def _rename(request: Request) -> HttpResponse:
    if _name(request):
        pk = request.POST.get("way", "")
        ways.rename(request.user, pk, _name(request), at=request.at)
    return _done(request, _("The passkey has its new name."))


def _remove(request: Request) -> HttpResponse:
    ways.remove(request.user, request.POST.get("way", ""), at=request.at)
    return _done(request, _("The passkey was removed."))


def _password(request: Request) -> HttpResponse:
    word = request.POST.get("password", "")
    ways.change_password(request.user, word, at=request.at)
    update_session_auth_hash(request, request.user)
    return _done(request, _("The password was changed."))


def _codes(request: Request) -> HttpResponse:
    drawn = ways.new_codes(request.user, at=request.at)
    return papers(request, drawn)


def _end_others(request: Request) -> HttpResponse:
    mine = digest(request.session.session_key or "")
    ways.end_others(request.user, mine, at=request.at)
    return _done(request, _("All other sessions were ended."))


def _language(request: Request) -> HttpResponse:
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise Http404
    ways.change_language(request.user, code, at=request.at)
    return coming.in_language(redirect("account"), code)


_ACTS = {
    "add": _add,
    "rename": _rename,
    "remove": _remove,
    "password": _password,
    "codes": _codes,
    "end": _end_others,
    "language": _language,
}


def papers(request: Request, drawn: list[str]) -> HttpResponse:
    """Show codes for paper, this once."""
    return render(request, "common/papers.html", {"codes": drawn})


def _name(request: Request) -> str:
    typed = request.POST.get("name", "").replace("\0", "")
    return typed.strip()[:LONGEST_NAME]


def _done(request: Request, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("account")


def notices(request: Request) -> HttpResponse:
    """Tell somebody what was done to their account while they were away."""
    waiting = told.waiting(request.user)
    if request.method == "POST" or not waiting:
        if waiting:
            told.seen(request.user, at=request.at)
        return redirect("home")
    return render(request, "common/notices.html", {"notices": waiting})

"""Signing in and out, and who may see a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from asylon_server.store.entry import acts, passkeys, ways
from asylon_server.store.organisations import links
from asylon_server.store.organisations.models import Account
from asylon_server.web.common import coming, keeping
from asylon_server.web.common.coming import in_language, speak
from asylon_server.web.common.edge import Request

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., HttpResponse])
View = Callable[Concatenate[Request, P], HttpResponse]

__all__ = ["in_language", "known", "signed_in", "speak"]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only somebody signed in come to a view, which needs the keys at hand."""
    behind = known(view)
    behind.needs_custody = True  # type: ignore[attr-defined]  # the edge asks for it
    return behind


def known(
    view: View[P], *, setting_up: bool = False
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only somebody signed in come to a view, with the keys or without.

    Args:
        view: The view.
        setting_up: Whether it is for who has no lasting way in yet, too.
    """

    @wraps(view)
    def behind(
        request: HttpRequest, /, *args: P.args, **named: P.kwargs
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                return keeping.kept_for_later(cast("Request", request))
            return redirect_to_login(request.get_full_path())
        if coming.MUST_SET_UP in request.session and not setting_up:
            return redirect("begin")
        return view(cast("Request", request), *args, **named)

    return behind


class SignIn(forms.Form):
    """A name, a password, and a code."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "class": "govuk-input"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        required=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "govuk-input"}
        ),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your app, or one of your codes on paper."),
        max_length=20,
        error_messages={"required": _("Enter a code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": "govuk-input"}
        ),
    )


def sign_in(request: Request) -> HttpResponse:
    """Ask for a passkey, or a name, a password and a code, and let in whose they are."""
    onward = request.GET.get("next", request.POST.get("next", ""))
    by_passkey = bool(request.POST.get("passkey"))
    form = SignIn(request.POST if request.method == "POST" and not by_passkey else None)
    if by_passkey:
        account, by = _by_passkey(request), "passkey"
    else:
        account, by = _by_code(request, form), "code"
    if account is not None:
        # A code on paper is no lasting way in for who has no password.
        by = by if by == "passkey" or account.has_usable_password() else "paper"
        return coming.enter(request, account, by=by, onward=onward)
    context = {
        "forms": [form],
        "form": form,
        "next": onward,
        "asked": passkeys.asked(host=request.get_host()),
        "unknown_passkey": by_passkey,
        "is_link": request.headers.get("Sec-Fetch-Site") == "cross-site",
        "kept": keeping.waits(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "common/sign_in.html", context, status=status)


def sign_in_by_link(request: Request, secret: str) -> HttpResponse:
    """Let in once whoever was handed a link; looking at it does not use it up."""
    failed = False
    if request.method == "POST":
        try:
            account = links.redeem(secret, at=request.at)
        except links.LinkError:
            failed = True
        else:
            return coming.enter(request, account, by="link")
    status = 422 if failed else 200
    return render(request, "common/by_link.html", {"failed": failed}, status=status)


def _by_passkey(request: Request) -> Account | None:
    answer, state = request.POST["passkey"], request.POST.get("state", "")
    try:
        return passkeys.shown(answer, state, host=request.get_host(), at=request.at)
    except passkeys.PasskeyError:
        return None


def _by_code(request: Request, form: SignIn) -> Account | None:
    """Find whose name, password and code they are; if nobody's, the same is said."""
    if not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        return ways.enter(
            told["name"],
            told["password"],
            told["code"],
            at=request.at,
            address=coming.address(request),
        )
    except ways.RefusedError:
        message = _(
            "The name, the password or the code is wrong, or too many sign-ins failed "
            "lately. Check all three, take the next code, or wait five minutes."
        )
        form.add_error("name", message)
        return None


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        acts.signed_out(request.user.actor, at=request.at)
    logout(cast("HttpRequest", request))
    return redirect("sign-in")


@require_POST
def language(request: Request) -> HttpResponse:
    """Go on in another language."""
    onward = request.POST.get("next", "")
    if not coming.is_ours(request, onward):
        onward = "/"
    return in_language(redirect(onward), request.POST.get("language", ""))

"""Signing in and out, and who may see a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from asylon_server.store.entry import acts
from asylon_server.store.organisations import links
from asylon_server.store.organisations.models import Account
from asylon_server.web.common.edge import Request

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only somebody signed in come to a view, which needs the keys at hand."""

    @wraps(view)
    def behind(
        request: HttpRequest, /, *args: P.args, **named: P.kwargs
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(cast("Request", request), *args, **named)

    behind.needs_custody = True  # type: ignore[attr-defined]  # the edge asks for it
    return behind


class SignIn(forms.Form):
    """A name and a password."""

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
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "govuk-input"}
        ),
    )


def sign_in(request: Request) -> HttpResponse:
    """Ask for a name and a password, and let in whose they are."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _heard(request, form)
        if account is not None:
            login(cast("HttpRequest", request), account)
            acts.signed_in(account.actor, at=request.at)
            return _onward(request, account)
    status = 200 if request.method == "GET" else 422
    onward = request.GET.get("next", request.POST.get("next", ""))
    context = {"forms": [form], "form": form, "next": onward}
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
            login(cast("HttpRequest", request), account)
            acts.signed_in(account.actor, at=request.at)
            return _onward(request, account)
    status = 422 if failed else 200
    return render(request, "common/by_link.html", {"failed": failed}, status=status)


def _heard(request: Request, form: SignIn) -> Account | None:
    """Find whose name and password they are; say why not, and the same to everybody."""
    name = form.cleaned_data["name"]
    if acts.must_wait(name, at=request.at):
        form.add_error(
            "name",
            _("Too many sign-ins failed under this name. Wait 15 minutes, then try."),
        )
        return None
    found = authenticate(request, name=name, password=form.cleaned_data["password"])
    if found is None:
        acts.failed(name, at=request.at)
        form.add_error(
            "name", _("The name or the password is wrong. Check both and try again.")
        )
    return found


def _onward(request: Request, account: Account) -> HttpResponse:
    onward = request.POST.get("next", "")
    hosts = {request.get_host()}
    answer = redirect(
        onward if url_has_allowed_host_and_scheme(onward, hosts) else "desk:work"
    )
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return answer  # whoever chose a language at the door stays in it
    return in_language(answer, account.language)


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
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}):
        onward = "/"
    return in_language(redirect(onward), request.POST.get("language", ""))


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

"""Registering a family: search first, then tell who they are, then read it back."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon.casework import File
from asylon.dates import read
from asylon.identity import years
from asylon.security.drawing import draw_secret
from asylon_server.store.cases import acts, finding
from asylon_server.store.cases.changes import ToldOtherwiseError
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import in_language, signed_in, speak
from asylon_server.web.common.keeping import again
from asylon_server.web.desk import parts, resending, rights, showing
from asylon_server.web.desk.family import FIRST, file_of
from asylon_server.web.desk.fields import languages
from asylon_server.web.desk.forms import PersonForm, SearchForm, too_many_years

_SALT = "desk.registering"
_ID = re.compile(r"p[1-9][0-9]?")
MOST = 40
"""So many people fit on one form."""


@signed_in
def search(request: Request) -> HttpResponse:
    """Search for a family before it is registered."""
    rights.demand(request.user.actor, "registers")
    may = rights.of(request.user.actor)
    day = request.at.date()
    form = SearchForm(request.POST or None, initial={"on": day})
    context: dict[str, object] = {"form": form, "forms": [form], "may": may}
    status = 200
    if form.is_valid():
        if _found(request, form, context):
            context["submission"] = _drawn(request)
        else:
            status = 422
    elif request.method == "POST":
        status = 422
    return render(request, "desk/search.html", context, status=status)


def _found(request: Request, form: SearchForm, context: dict[str, object]) -> bool:
    """Search, and say what was looked for; false where there was too much of it."""
    told = form.cleaned_data
    born = years([read(told["born"], on=request.at.date())])
    try:
        answer = finding.found(
            request.user.actor,
            told["name"],
            born,
            at=request.at,
            custody=request.custody,
        )
    except finding.TooManyYearsError:
        form.add_error("born", too_many_years(len(born)))
        return False
    context["answer"] = answer
    context["found"] = [showing.listed(row, words()) for row in answer.rows]
    return True


@signed_in
@again(act="typed")
def family(request: Request) -> HttpResponse:
    """Take down a family, read it back, and open its case."""
    rights.demand(request.user.actor, "registers")
    submission = _kept(request)
    if not submission:
        return redirect("desk:register")
    act, _sep, which = request.POST.get("act", "").partition(":")
    people = _people(request, act, which)
    if act not in {"check", "register"}:
        return _typed(request, people, which)
    forms = [_bound(request, each) for each in people]
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return _form(request, people, forms, status=422)
    told = [(n, f.cleaned_data) for n, f in zip(people, forms, strict=True)]
    file = file_of(told, submission=submission, on=request.at.date())
    if act == "register":
        try:
            return _registered(request, file, submission)
        except ToldOtherwiseError as error:
            return _resent(request, error.case, file, people, forms)
    context = _context(request, people, forms) | {
        "people": [parts.shown(file, p, request.at.date()) for p in file.people],
        "holds": [showing.held(file, each, words()) for each in file.holds],
    }
    return render(request, "desk/check.html", context)


def _registered(request: Request, file: File, submission: str) -> HttpResponse:
    case = acts.register(
        request.user.actor,
        file,
        submission=submission,
        at=request.at,
        custody=request.custody,
    )
    messages.success(request, _("The family is registered. The hold stands."))
    return redirect("desk:case", case.pk)


def _resent(
    request: Request, case: UUID, file: File, people: list[str], forms: list[PersonForm]
) -> HttpResponse:
    """Put what the form says otherwise by now into the case that it opened."""
    try:
        clashes = resending.put(request, case, file)
    except NotThereError:
        # Nothing typed is lost: it stands on the form, and the case as it was.
        messages.warning(
            request,
            _(
                "This form has opened a case already, and said something else then. The case stands as it was; what you typed now is below and was not kept."
            ),
        )
        return _form(request, people, forms, status=409)
    if clashes:
        context = _context(request, people, forms) | {"clashes": clashes}
        return render(request, "desk/resent.html", context, status=409)
    messages.success(
        request,
        _(
            "This form had opened the case before. What you changed on it is in the case."
        ),
    )
    return redirect("desk:case", case)


def _typed(request: Request, people: list[str], language: str) -> HttpResponse:
    """Show the form with what was typed so far, without judging it."""
    speak(request, language)
    forms = [_unbound(request, each) for each in people]
    return in_language(_form(request, people, forms), language)


def _form(
    request: Request, people: list[str], forms: list[PersonForm], status: int = 200
) -> HttpResponse:
    context = _context(request, people, forms)
    return render(request, "desk/family.html", context, status=status)


def _context(
    request: Request, people: list[str], forms: list[PersonForm]
) -> dict[str, object]:
    return {
        "forms": forms,
        "failed": any(form.errors for form in forms if form.is_bound),
        "order": " ".join(people),
        "submission": request.POST["submission"],
        "known_languages": list(languages()),
        "may": rights.of(request.user.actor),
        "full": len(people) >= MOST,
    }


def _people(request: Request, act: str, which: str) -> list[str]:
    """Say who is on the form: each by a name that means nothing outside the file."""
    sent = request.POST.get("people", "").split()
    people = [each for each in dict.fromkeys(sent) if _ID.fullmatch(each)][:MOST]
    if FIRST not in people:
        people.insert(0, FIRST)
    if act == "remove" and which != FIRST:
        people = [each for each in people if each != which]
    if act == "add" and len(people) < MOST:
        people.append(f"p{max(int(each[1:]) for each in people) + 1}")
    return people


def _bound(request: Request, name: str) -> PersonForm:
    return PersonForm(request.POST, prefix=name, is_first=name == FIRST)


def _unbound(request: Request, name: str) -> PersonForm:
    prefix = f"{name}-"
    typed: dict[str, Any] = {
        key.removeprefix(prefix): value
        for key, value in request.POST.items()
        if key.startswith(prefix)
    }
    return PersonForm(initial=typed, prefix=name, is_first=name == FIRST)


def _drawn(request: Request) -> str:
    """Draw the name of a form, and sign it: the search was made, by this account."""
    told = {"form": draw_secret().hex(), "account": str(request.user.pk)}
    return signing.dumps(told, salt=_SALT)


def _kept(request: Request) -> str:
    """Get the name of the form that was sent; empty where no search was made first."""
    try:
        told = signing.loads(request.POST.get("submission", ""), salt=_SALT)
    except signing.BadSignature:
        return ""
    is_own = told["account"] == str(request.user.pk)
    return str(told["form"]) if is_own else ""

"""The pages of certificates: the talk, issuing one, printing it, ending it, its code."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from asylon.casework import Person
from asylon.identity import Name
from asylon_server.letters import FacesError, GlyphError, LetterError
from asylon_server.store.cases import certificates as store
from asylon_server.store.cases import certified
from asylon_server.store.cases.certificates import Issuer, TalkError, TelephoneError
from asylon_server.web.common.deployed import deployment
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import rights, showing
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.certificateforms import (
    CodeForm,
    EndForm,
    NamesForm,
    TalkForm,
)
from asylon_server.web.desk.fields import languages

FILE_NAME = "letter.pdf"
"""What a browser calls it, on a machine that others look at as well."""


@signed_in
def certificates(request: Request, case: UUID) -> HttpResponse:
    """Show who of a case has a certificate, and what comes first."""
    issued = certified.of_case(request.user.actor, case, at=request.at)
    seen = seen_of(request, case)
    called = {p.id: showing.titled(seen.file, p) for p in seen.file.people}
    on = request.at.date()
    context = frame(request, seen) | {
        "people": [
            (p, called[p.id], _wish(p), store.may_issue(p, on))
            for p in seen.file.people
        ],
        "issued": [
            (e, called.get(e.person, ""), e.why or certified.state(e, on))
            for e in issued
        ],
        "telephone": deployment().telephone,
    }
    return render(request, "desk/certificates.html", context)


@signed_in
def talk(request: Request, case: UUID, person: str) -> HttpResponse:
    """Show what to talk through, and keep that it was."""
    certified.allowed(request.user.actor, "talk", case, at=request.at)
    form = TalkForm(_sent(request))
    if form.is_valid():
        store.talk(
            request.user.actor,
            case,
            person,
            form.told,
            at=request.at,
            custody=request.custody,
        )
        messages.success(request, _("The talk is kept."))
        return _back(case)
    context, _holder = _with(request, case, person)
    context |= {
        "form": form,
        "forms_of": [form],
        "spoken": list(languages()),
    }
    return render(request, "desk/talk.html", context)


@signed_in
def issue(request: Request, case: UUID, person: str) -> HttpResponse:
    """Ask which names the person wants on it, and issue it."""
    certified.allowed(request.user.actor, "issue", case, at=request.at)
    context, holder = _with(request, case, person)
    form = NamesForm(holder, _sent(request))
    problem = ""
    if form.is_valid():
        problem = _issued(request, case, person, form.cleaned_data["names"])
        if not problem:
            messages.success(request, _("The certificate is issued. Print it now."))
            return _back(case)
    context |= {"form": form, "problem": problem}
    return render(request, "desk/issue.html", context)


@signed_in
def document(request: Request, case: UUID, number: int) -> HttpResponse:
    """Give the very bytes that were issued."""
    printed = certified.document(
        request.user.actor, case, number, at=request.at, custody=request.custody
    )
    answer = HttpResponse(printed, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    return answer


@signed_in
def end(request: Request, case: UUID, number: int) -> HttpResponse:
    """Withdraw a certificate, or keep that it was lost."""
    row = certified.found(
        certified.allowed(request.user.actor, "withdraw", case, at=request.at), number
    )
    form = EndForm(_sent(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        store.end(request.user.actor, case, number, why, at=request.at)
        messages.success(request, _("The certificate stands no longer."))
        return _back(case)
    context = frame(request, seen_of(request, case)) | {
        "form": form,
        "forms_of": [form],
        "row": row,
    }
    return render(request, "desk/end.html", context)


@signed_in
def confirm(request: Request) -> HttpResponse:
    """Say whether a certificate of this office stands, and nothing else of it."""
    rights.demand(request.user.actor, "confirms_certificates")
    may = rights.of(request.user.actor)
    form = CodeForm(_sent(request))
    answer = ""
    if form.is_valid():
        answer = certified.confirm(
            request.user.actor,
            form.cleaned_data["number"],
            form.cleaned_data["check_code"],
            at=request.at,
            custody=request.custody,
        )
    context = {"form": form, "forms_of": [form], "answer": answer, "may": may}
    return render(request, "desk/confirm_certificate.html", context)


def _with(
    request: Request, case: UUID, person: str
) -> tuple[dict[str, object], Person]:
    seen = seen_of(request, case)
    try:
        holder = seen.file.person(person)
    except LookupError:
        raise Http404 from None
    called = showing.titled(seen.file, holder)
    return frame(request, seen) | {"holder_called": called}, holder


def _issued(request: Request, case: UUID, person: str, names: list[Name]) -> str:
    """Issue it, and say what stands in the way where something does."""
    here = deployment()
    issuer = Issuer(here.name, here.telephone, here.invented)
    try:
        store.issue(
            request.user.actor,
            case,
            person,
            names,
            issuer,
            at=request.at,
            custody=request.custody,
        )
    except (TalkError, TelephoneError, LetterError) as error:
        return _told(error)
    return ""


def _told(error: Exception) -> str:
    match error:
        case TalkError():
            return _(
                "No certificate is issued before a talk on the risk of carrying it, "
                "or after more than 90 days. Talk first, and keep the talk here."
            )
        case TelephoneError():
            return _(
                "This office names no number at UNHCR to call. The administrator "
                "writes it into asylon.toml, as telephone."
            )
        case FacesError():
            return _(
                "Korean or Chinese letters cannot be printed on this machine. The "
                "administrator installs Noto Sans CJK."
            )
        case GlyphError():
            return _(
                "A letter of the name cannot be printed here, and would be blank. "
                "Choose another name, or none."
            )
        case _:
            return _("The certificate cannot be printed. Tell the administrator.")


def _wish(person: Person) -> dict[str, object] | None:
    last = store.latest_talk(person)
    if last is None:
        return None
    wanted = store.KEEP if last.purpose == store.KEPT else store.CARRY
    wish = wanted if last.given else store.NONE
    day = last.given or last.refused
    return {"wish": wish, "day": words().day(day) if day else ""}


def _back(case: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:certificates", args=[case]))


def _sent(request: Request) -> QueryDict | None:
    """What was sent; a form without a single tick was sent as well."""
    return request.POST if request.method == "POST" else None

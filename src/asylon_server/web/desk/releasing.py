"""What a body of a state may see of a case: a consent is kept, and UNHCR releases."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import grants, releases
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.cases.releases import Releases
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import freshly
from asylon_server.web.desk import refused, rights, wording
from asylon_server.web.desk.fields import language_name, languages
from asylon_server.web.desk.releaseforms import ConsentForm, ReleaseForm

FRESH = 5
"""Whoever releases has shown within so many minutes that it is they."""

_VERBS = {
    "keep": releases.KEEP,
    "withdraw": releases.KEEP,
    "release": releases.RELEASE,
    "revoke": releases.REVOKE,
}
_FIELD = {
    grants.CLASSES: "classes",
    grants.WITHHELD: "classes",
    grants.TIME: "until",
    grants.LANGUAGE: "language",
}


@signed_in
def release(request: Request, case: UUID) -> HttpResponse:
    """Show what bodies of a state may see, and keep a consent, or release on one."""
    told = releases.of_case(
        request.user.actor, case, at=request.at, custody=request.custody
    )
    if request.method == "POST":
        return _posted(request, case, told)
    return _page(request, case, told)


@freshly(minutes=FRESH)
def _posted(request: Request, case: UUID, told: Releases) -> HttpResponse:
    act = request.POST.get("act", "")
    if not told.may.get(_VERBS.get(act, ""), False):
        raise NotThereError
    if act in {"withdraw", "revoke"}:
        messages.success(request, _ended(request, case, act))
        return redirect("desk:release", case)
    form: ConsentForm | ReleaseForm
    if act == "keep":
        form = ConsentForm(told, request.at, request.POST)
    else:
        form = ReleaseForm(told, request.at, request.POST)
    if form.is_valid():
        try:
            message = _kept(request, case, form)
        except WorkRefusedError as error:
            form.add_error(_FIELD.get(error.code, "whom"), refused.said(error.code))
        else:
            messages.success(request, message)
            return redirect("desk:release", case)
    return _page(request, case, told, form)


def _kept(request: Request, case: UUID, form: ConsentForm | ReleaseForm) -> str:
    actor, at, custody = request.user.actor, request.at, request.custody
    whom = UUID(form.cleaned_data["whom"])
    if isinstance(form, ReleaseForm):
        grants.give(actor, case, whom, form.scope(), at=at, custody=custody)
        return _("The fields are released.")
    grants.keep_consent(
        actor, case, whom, form.scope(), form.asking(), at=at, custody=custody
    )
    return _("The consent is kept. Another person, of UNHCR, may release on it.")


def _ended(request: Request, case: UUID, act: str) -> str:
    actor, at, custody = request.user.actor, request.at, request.custody
    try:
        whom = UUID(request.POST.get("whom", ""))
    except ValueError:
        raise Http404 from None
    if act == "withdraw":
        grants.withdraw_consent(actor, case, whom, at=at)
        return _("The consent is withdrawn, and what was released on it has ended.")
    grants.revoke(actor, case, whom, at=at, custody=custody)
    return _("What was released is taken back.")


def _page(
    request: Request,
    case: UUID,
    told: Releases,
    sent: ConsentForm | ReleaseForm | None = None,
) -> HttpResponse:
    consent, given = ConsentForm(told, request.at), ReleaseForm(told, request.at)
    context = {
        "case": case,
        "told": told,
        "consents": [
            {
                "row": row,
                "fields": [wording.field(each) for each in row.classes.split()],
                "purpose": wording.purpose(row.purpose) if row.purpose else "",
                "until": _last(row.until),
                "language": language_name(asking.language) if asking else "",
                "asking": asking,
            }
            for row, asking in told.consents
        ],
        "spoken": list(languages()),
        "granted": [
            (account, [(wording.field(e.released), _last(e.until)) for e in rows])
            for account, rows in groupby(told.grants, key=lambda e: e.account)
        ],
        "consent": sent if isinstance(sent, ConsentForm) else consent,
        "release": sent if isinstance(sent, ReleaseForm) else given,
        "failed": sent is not None,
        "forms_of": [sent] if sent else [],
        "may": rights.of(request.user.actor),
    }
    status = 422 if sent else 200
    return render(request, "desk/release.html", context, status=status)


def _last(until: datetime) -> datetime:
    """Name a moment of the last day: what ends at midnight ends with the day before."""
    return until - timedelta(microseconds=1)

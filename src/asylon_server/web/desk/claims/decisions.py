"""The page of a decision: its drafts, what changed in each, and the letters as signed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon.casework import CaseClaim, File
from asylon.casework.decisions import Draft
from asylon_server.letters import FacesError, GlyphError, LetterError
from asylon_server.store.claims import deciding, letters
from asylon_server.store.claims.letters import House
from asylon_server.store.claims.steps import Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.deployed import deployment
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk.certificates import FILE_NAME
from asylon_server.web.desk.claims import decisionshowing as shown
from asylon_server.web.desk.claims import pages, showing

DOCUMENT_NAME = "draft.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DIGITS = 6
"""No number that a form carries is longer."""


@signed_in
def decision(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show the drafts of a claim, what changed in each, and the letters as signed."""
    found = pages.opened(request, case, claim)
    on = request.at.date()
    here = [each for each in found.offers if each.act.id in deciding.ACTS]
    context = pages.framed(request, found) | {
        "offers": [showing.offer(each, words()) for each in here],
        "versions": shown.versions(found.claim, on, words()),
        "letters": shown.letters(found.claim),
        "opens": letters.may_open(request.user.actor, found.seen.thing),
        "tellings": shown.tellings(found.claim, words()),
        "reads": reads(found),
    }
    return render(request, "desk/claims/decision.html", context)


@signed_in
def letter(request: Request, case: UUID, claim: str, number: int) -> HttpResponse:
    """Give the very bytes that were signed."""
    printed = letters.document(
        request.user.actor, case, claim, number, at=request.at, custody=request.custody
    )
    return _pdf(printed)


@signed_in
def preview(request: Request, case: UUID, claim: str, number: int) -> HttpResponse:
    """Show a draft as its letter would be printed."""
    found = pages.opened(request, case, claim)
    return _of_draft(request, found, number, letters.preview, _pdf)


@signed_in
def document(request: Request, case: UUID, claim: str, number: int) -> HttpResponse:
    """Give a draft as a document that an office goes on with."""
    found = pages.opened(request, case, claim)
    return _of_draft(request, found, number, letters.editable, _docx)


def _of_draft(
    request: Request,
    found: Open,
    number: int,
    made: Callable[[letters.Shows, File, CaseClaim, Draft], bytes],
    answer: Callable[[bytes], HttpResponse],
) -> HttpResponse:
    """Write a draft out in one way or another; say why where that cannot be."""
    shows = letters.Shows(request.user.actor, house(), request.at)
    draft = draft_of(found, number)
    try:
        return answer(made(shows, found.seen.file, found.claim, draft))
    except LetterError as error:
        messages.warning(request, told_of(error))
        return redirect("desk:claim-decision", found.seen.case, found.claim.id)


def reads(found: Open) -> bool:
    """Whether whoever looks reaches what was said; nobody decides on what they do not."""
    return found.seen.classes >= deciding.NARRATIVE


def unreleased(request: Request, found: Open, *typed: str) -> HttpResponse:
    """Say that what was said is not released to whoever would decide on it.

    It may have been until a moment ago: what was typed meanwhile is shown once more.
    """
    is_sent = request.method == "POST"
    context = pages.framed(request, found) | {"is_sent": is_sent, "typed": typed}
    status = 403 if is_sent else 200
    return render(request, "desk/claims/unreleased.html", context, status=status)


def number_of(request: Request, name: str) -> int:
    """Read a number that a form carries; 0 where it carries none."""
    told = request.POST.get(name, "")
    return int(told[:DIGITS]) if told.isascii() and told.isdigit() else 0


def draft_of(found: Open, number: int) -> Draft:
    """Find a draft by its number.

    Raises:
        NotThereError: there is none, or it is not reached.
    """
    if not 0 < number <= len(found.claim.drafts):
        raise NotThereError
    return found.claim.drafts[number - 1]


def house() -> House:
    """Say what the deployment says in a letter of itself."""
    here = deployment()
    return House(here.telephone, here.invented)


def told_of(error: LetterError) -> str:
    """Say why a letter cannot be printed, and what to do."""
    match error:
        case FacesError():
            return _(
                "Korean or Chinese letters cannot be printed on this machine. Nothing "
                "was done. The administrator installs Noto Sans CJK."
            )
        case GlyphError():
            return _(
                "A letter of a name or of the reasons cannot be printed here, and would "
                "be blank. Nothing was done. Write it in other letters."
            )
        case _:
            return _("The letter cannot be printed. Tell the administrator.")


def _pdf(printed: bytes) -> HttpResponse:
    answer = HttpResponse(printed, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{FILE_NAME}"'
    return answer


def _docx(written: bytes) -> HttpResponse:
    answer = HttpResponse(written, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{DOCUMENT_NAME}"'
    return answer

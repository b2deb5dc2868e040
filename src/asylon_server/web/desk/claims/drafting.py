"""The page on which a decision is drafted; what was typed stays, whatever is in its way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from asylon.casework.decisions import Reasoning
from asylon.casework.drafting import FOUND, Suggested, suggested
from asylon.casework.redrafting import news
from asylon.languages import LANGUAGES
from asylon_server.store.claims import deciding, earlier
from asylon_server.store.claims.steps import Offer, Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk.claims import decisionshowing as shown
from asylon_server.web.desk.claims import pages, showing
from asylon_server.web.desk.claims.decisionforms import DraftForm, begun, laid_out
from asylon_server.web.desk.claims.decisions import number_of, reads, unreleased

PARTS = ("heading-", "words-")
MORE, FILL = "more", "fill"
"""What the form can be sent for besides drafting: one part more, or suggestions."""


@signed_in
def draft(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Draft a decision from the file."""
    found = pages.opened(request, case, claim)
    offers = [e for e in found.offers if e.act.id in {deciding.DRAFT, deciding.CLOSING}]
    if not offers:
        raise NotThereError
    if not reads(found):
        return unreleased(request, found, *_written(request))
    form = _form(request, found, offers)
    is_sent = form.is_bound and request.POST.get("act") != MORE
    if is_sent and form.is_valid():
        asked = deciding.drafting(
            request.user.actor,
            form.drafted(request.POST.get("saw", "")),
            read=number_of(request, "read"),
            on=request.at.date(),
        )
        refused = pages.taken(request, found, asked)
        if refused is None:
            return redirect("desk:claim-decision", case, claim)
        form.add_error(None, refused)
        found = pages.opened(request, case, claim)
    waits = [line for each in offers for line in showing.offer(each, words()).waits]
    context = pages.framed(request, found) | _context(request, found, form)
    failed = is_sent and bool(form.errors)
    context |= {"waits": waits, "failed": failed}
    status = 422 if failed else 200
    return render(request, "desk/claims/draft.html", context, status=status)


def _written(request: Request) -> list[str]:
    """List what was typed into the parts of the reasons, as it was sent."""
    sent = request.POST
    return [sent[name] for name in sent if sent[name] and name.startswith(PARTS)]


def _form(request: Request, found: Open, offers: Sequence[Offer]) -> DraftForm:
    """Make the form: as it was sent, or as it begins from the file."""
    outcomes = [
        each for offer in offers for each in showing.outcomes(found, offer.act, words())
    ]
    elements = (
        shown.elements(found.claim, request.at.date(), words())
        if found.standing.instance == "appeal"
        else []
    )
    offered = (outcomes, elements)
    sent = request.POST if request.method == "POST" else None
    if sent is None:
        return _begun(request, found, offered, {})
    count = max(1, number_of(request, "parts"))
    if sent.get("act") == FILL:
        asked = DraftForm(*offered, count, sent)
        asked.is_valid()
        return _begun(request, found, offered, sent, asked.reasons)
    more = 1 if sent.get("act") == MORE else 0
    return DraftForm(*offered, count + more, sent)


def _begun(
    request: Request,
    found: Open,
    offered: tuple[list[tuple[str, str]], Sequence[tuple[str, str]]],
    sent: QueryDict | dict[str, str],
    typed: Sequence[Reasoning] | None = None,
) -> DraftForm:
    """Begin with what was typed or drafted before, and add what the file suggests."""
    last = found.claim.drafts[-1] if found.claim.drafts else None
    language = str(sent.get("language") or _language(found))
    before = last.reasons if last and typed is None else typed or ()
    explainer = deciding.explainer(language if language in LANGUAGES else "en")
    told = suggested(found.claim, explainer, on=request.at.date())
    if last and typed is None:
        told = _found_since(request, found, told)
    parts = begun(told, before)
    outcome = sent.get("outcome") or (last.outcome if last else "")
    initial = laid_out(parts) | {"language": language, "outcome": outcome}
    return DraftForm(*offered, len(parts) + 1, initial=initial)


def _found_since(
    request: Request, found: Open, told: Sequence[Suggested]
) -> tuple[Suggested, ...]:
    """Leave out what stood in the file already when it was drafted last."""
    drafted = [place for place, e in enumerate(found.claim.steps, 1) if e.outcome]
    then = earlier.as_of(found, drafted[-1], custody=request.custody)
    new = news(then, found.claim) if then else None
    return tuple(
        each
        for each in told
        if new is None or (each.of == FOUND and each.finding in new.findings)
    )


def _context(request: Request, found: Open, form: DraftForm) -> dict[str, object]:
    """Say what is new since the form was made; from then on it is made of what is now."""
    claim, on = found.claim, request.at.date()
    read, saw = len(claim.steps), found.saw
    is_stale = form.is_bound and (
        request.POST.get("saw") != saw or number_of(request, "read") != read
    )
    new = []
    if is_stale:
        steps = number_of(request, "read")
        before = earlier.as_of(found, steps, custody=request.custody)
        new = shown.news(news(before, claim), claim, on, words()) if before else []
    return {
        "form": form,
        "forms_of": [form],
        "parts": [(h, w, of, shown.whose(of)) for h, w, of in form.parts],
        "back": shown.came_back(claim, on, words()),
        "news": new,
        "read": read,
        "saw": saw,
    }


def _language(found: Open) -> str:
    """Begin in a language that the person speaks, where letters are written in it."""
    if found.claim.drafts:
        return found.claim.drafts[-1].language
    person = found.seen.file.person(found.claim.person)
    spoken = (each.language for each in person.languages)
    return next((each for each in spoken if each in LANGUAGES), "en")

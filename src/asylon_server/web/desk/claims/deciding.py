"""The pages on which a draft is reviewed and signed, and a decision is told."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from asylon.casework.redrafting import news, redrafted
from asylon_server.letters import LetterError
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import deciding, earlier, letters
from asylon_server.store.claims.steps import Open
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk.claims import decisionshowing as shown
from asylon_server.web.desk.claims import pages, showing
from asylon_server.web.desk.claims.decisionforms import BackForm, TellForm
from asylon_server.web.desk.claims.decisions import (
    house,
    number_of,
    reads,
    told_of,
    unreleased,
)
from asylon_server.web.desk.fields import language_name, languages


@signed_in
def review(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Show what changed since a draft was last looked at; agree, or send it back."""
    found = pages.opened(request, case, claim)
    ways = {e.act.id: e for e in found.offers if e.act.id in deciding.REVIEWS}
    act = request.POST.get("act", "")
    if not ways or (act and act not in ways):
        raise NotThereError
    form = BackForm(request.POST if act and act != deciding.ENDORSE else None)
    refused: list[str] = []
    if act == deciding.ENDORSE or form.is_valid():
        said = form.cleaned_data["words"] if form.is_bound else ""
        read = number_of(request, "read")
        asked = deciding.reviewing(act, read=read, words=said)
        refused = pages.taken(request, found, asked) or []
        if not refused:
            return redirect("desk:claim-decision", case, claim)
    context = pages.framed(request, found) | _looked_at(request, found)
    context |= {
        "form": form,
        "refused": refused,
        "ways": {each: showing.offer(ways[each], words()) for each in ways},
        "read": len(found.claim.steps),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "desk/claims/review.html", context, status=status)


@signed_in
def sign(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Sign the draft that was reviewed, for whoever has just shown that it is they."""
    found = pages.opened(request, case, claim)
    offer = pages.offered(found, deciding.SIGN)
    if not reads(found):
        return unreleased(request, found)
    refused: list[str] = []
    if request.method == "POST":
        if asked := fresh(request, minutes=pages.FRESH):
            return asked
        refused = _signed(request, found)
        if not refused:
            return redirect("desk:claim-decision", case, claim)
    latest = shown.versions(found.claim, request.at.date(), words())[:1]
    context = pages.framed(request, found) | {
        "act": showing.offer(offer, words()),
        "refused": refused,
        "version": latest[0] if latest else None,
        "read": len(found.claim.steps),
    }
    status = 422 if refused else 200
    return render(request, "desk/claims/sign.html", context, status=status)


@signed_in
def tell(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Keep how a decision was told, for the first time or once more."""
    found = pages.opened(request, case, claim)
    ways = [e for e in found.offers if e.act.id in {deciding.TELL, deciding.TELL_AGAIN}]
    if not ways:
        raise NotThereError
    act = ways[0].act.id
    form = TellForm(
        request.POST if request.method == "POST" else None,
        initial={"language": next(iter(_speaks(found)), "")},
    )
    if form.is_valid():
        told = form.telling(hand(request.user.actor), request.at.date())
        asked = deciding.telling(act, told, read=number_of(request, "read"))
        refused = pages.taken(request, found, asked)
        if refused is None:
            return redirect("desk:claim", case, claim)
        form.add_error(None, refused)
    context = pages.framed(request, found) | {
        "form": form,
        "forms_of": [form],
        "act": showing.offer(ways[0], words()),
        "letter": next(iter(shown.letters(found.claim)), None),
        "opens": letters.may_open(request.user.actor, found.seen.thing),
        "spoken": list(languages()),
        "understood": found.claim.told if act == deciding.TELL_AGAIN else None,
        "read": len(found.claim.steps),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/claims/tell.html", context, status=status)


def _looked_at(request: Request, found: Open) -> dict[str, object]:
    """Say what is new of a draft for whoever reviews it."""
    claim, on = found.claim, request.at.date()
    steps = shown.seen_before(claim, str(request.user.actor.account))
    old = shown.reviewed_before(claim, steps)
    latest = shown.versions(claim, on, words())[:1]
    before = earlier.as_of(found, steps, custody=request.custody) if steps else None
    return {
        "version": latest[0] if latest else None,
        "changed": redrafted(old.reasons, claim.drafts[-1].reasons) if old else (),
        "before": old,
        "news": shown.news(news(before, claim), claim, on, words()) if before else [],
        "reads": reads(found),
    }


def _signed(request: Request, found: Open) -> list[str]:
    """Sign it, and say what stands in the way where something does."""
    asked = deciding.signing(
        letters.Shows(request.user.actor, house(), request.at),
        read=number_of(request, "read"),
        custody=request.custody,
        confirmed=True,
    )
    try:
        return pages.taken(request, found, asked) or []
    except LetterError as error:
        return [told_of(error)]


def _speaks(found: Open) -> list[str]:
    person = found.seen.file.person(found.claim.person)
    return [language_name(each.language) for each in person.languages if each.language]

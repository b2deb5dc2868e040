"""What officers write into an assessment, each thing by a form on a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from asylon.casework.explaining import Element
from asylon.identity import RecordError
from asylon.law.readers import CLOSINGS
from asylon_server.store.claims import assessing
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.claims.assessing import WrittenMeanwhileError
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.keeping import again
from asylon_server.web.desk import sending
from asylon_server.web.desk.claims import assessshowing as shown
from asylon_server.web.desk.claims import showing
from asylon_server.web.desk.claims.assessforms import (
    CLEAR,
    RAISED,
    CloseForm,
    FactForm,
    FindForm,
    LinkForm,
    PointForm,
    RemainingForm,
    ScreeningForm,
    SourceForm,
)
from asylon_server.web.desk.claims.assessing import (
    CLOSE,
    FIND,
    PUT,
    Desk,
    desk_of,
    framed_by,
    remaining_of,
)
from asylon_server.web.desk.claims.assessshowing import Shower


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be written into an assessment.

    Attributes:
        desk: The assessment.
        page: The template of the form.
        form: The form.
        writing: Makes what is written, once the form is valid.
        context: What the page shows besides.
        anchor: Where on the page of the assessment it stands afterwards.
    """

    desk: Desk
    page: str
    form: Form
    writing: Callable[[], assessing.Writing]
    context: Mapping[str, object]
    anchor: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A point that can be put: on which fact, what stands against it, whether it is open."""

    fact: shown.Fact
    quote: shown.Quote | None
    open: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked in an interview, and what answered it."""

    put: shown.Quote
    answer: shown.Quote


@signed_in
@again(act="typed")
def fact(request: Request, case: UUID, claim: str, fact: str = "") -> HttpResponse:
    """Write a material fact down, or word one anew."""
    desk = _acting(request, case, claim, FIND)
    now = desk.found.claim.assessment
    stands = now.standing_facts.get(fact)
    if fact and stands is None:
        raise NotThereError
    element = request.GET.get("element", "")
    form = _form(
        request,
        FactForm,
        [(each.path, each.name) for each in desk.law.elements],
        initial=FactForm.typed(stands) if stands else {"elements": [element]},
    )

    def writing() -> assessing.Writing:
        return assessing.of_fact(form.fact(fact), read=_read(request))

    context = {
        "fact": desk.show.fact(fact) if fact else None,
        "before": _wordings(desk, fact),
        "groups": _grouped(desk, form),
        "read": sum(each.id == fact for each in now.facts if fact),
    }
    task = Task(desk, "fact", form, writing, context, fact or "facts")
    return _answered(request, task)


@signed_in
@again(act="typed")
def link(request: Request, case: UUID, claim: str, fact: str) -> HttpResponse:
    """Link a part of an interview, or a source, to a fact."""
    desk = _acting(request, case, claim, FIND)
    if fact not in desk.found.claim.assessment.standing_facts:
        raise NotThereError
    form = _form(request, LinkForm, desk.show)

    def writing() -> assessing.Writing:
        return assessing.of_link(fact, form.link())

    context = {
        "fact": desk.show.fact(fact),
        "parts": shown.spoken_parts(desk.show),
        "sources": desk.show.sources(),
        "chosen": request.POST.get("of") or request.GET.get("of", ""),
        "carried": desk.show.carried(request.GET.get("of", "")),
    }
    return _answered(request, Task(desk, "link", form, writing, context, fact))


@signed_in
@again(act="typed")
def element(request: Request, case: UUID, claim: str, element: str) -> HttpResponse:
    """Show what was found on an element, and take a finding on it."""
    desk = desk_of(request, case, claim, also=element)
    asked = desk.law.element(element)
    if request.method == "POST" and not desk.may(FIND):
        raise NotThereError
    facts, speaking = desk.show.facts(), _speaking(desk)
    own = _own(request, desk, element)
    form = _form(request, FindForm, facts, speaking, initial=own)

    def writing() -> assessing.Writing:
        told = form.found(element, asked.under)
        return assessing.of_finding(told, read=_read(request))

    context = _of_element(desk, asked) | {"blocks": _blocks(desk, form, element)}
    return _answered(request, Task(desk, "element", form, writing, context, "elements"))


@signed_in
@again(act="typed")
def close(request: Request, case: UUID, claim: str, element: str) -> HttpResponse:
    """Close an open element against the person, by an act of its own."""
    desk = _acting(request, case, claim, CLOSE, also=element)
    asked = desk.law.element(element)
    against = _against_if(desk, element)
    if not against:
        raise NotThereError
    facts, speaking = desk.show.facts(), _speaking(desk)
    quotes = [desk.show.quote(each) for each in shown.asking(desk.found.claim)]
    put = [(each.ref, f"{each.where}: {each.short}") for each in quotes]
    form = _form(request, CloseForm, against, put, facts, speaking)

    def writing() -> assessing.Writing:
        told = form.found(element, asked.under)
        return assessing.of_closing(told, read=_read(request))

    offer = next(each for each in desk.found.offers if each.act.id == CLOSE)
    context = _of_element(desk, asked) | {
        "blocks": _blocks(desk, form, element),
        "against": shown.value(against),
        "waits": showing.offer(offer, words()).waits,
    }
    return _answered(request, Task(desk, "close", form, writing, context, "elements"))


@signed_in
@again(act="typed")
def point(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Say where a point against the person was put to them, and answered."""
    desk = _acting(request, case, claim, PUT)
    show = desk.show
    open_ = {key for key, _fact, _quote in show.points()}
    keys = [key for each in show.facts() for key in shown.points_of(each)]
    keys.sort(key=lambda each: each not in open_)
    choices = [(each, _point(show, each, open_)) for each in keys]
    parts = [
        (f"{put}|{answer}", Exchange(show.quote(put), show.quote(answer)))
        for put, answer in shown.asked_parts(desk.found.claim)
    ]
    chosen = {"point": request.GET.get("point", "")}
    form = _form(request, PointForm, choices, parts, initial=chosen)

    def writing() -> assessing.Writing:
        return assessing.of_point(form.point())

    context = {"parts": parts, "points": choices}
    return _answered(request, Task(desk, "point", form, writing, context, "points"))


@signed_in
@again(act="typed")
def source(request: Request, case: UUID, claim: str, source: str = "") -> HttpResponse:
    """Write a source down, or that it was disclosed."""
    desk = _acting(request, case, claim, FIND)
    now = desk.found.claim.assessment
    stands = now.standing_sources.get(source)
    if source and stands is None:
        raise NotThereError
    initial = SourceForm.typed(stands) if stands else {}
    form = _form(request, SourceForm, initial=initial)

    def writing() -> assessing.Writing:
        return assessing.of_source(form.source(source), read=_read(request))

    read = sum(each.id == source for each in now.sources if source)
    context = {"source": stands, "read": read}
    return _answered(request, Task(desk, "source", form, writing, context, "sources"))


@signed_in
@again(act="typed")
def remaining(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Say what risk remains when all that is doubted is left out."""
    desk = _acting(request, case, claim, FIND)
    now = desk.found.claim.assessment
    initial = {each.of: each.words for each in now.standing_remaining.values()}
    form = _form(request, RemainingForm, initial=initial)

    def writing() -> assessing.Writing:
        return assessing.of_remaining(form.remaining(), read=_read(request))

    context = {"read": len(now.remaining), "stands": remaining_of(desk)}
    task = Task(desk, "remaining", form, writing, context, "remaining")
    return _answered(request, task)


@signed_in
@again(act="typed")
def screening(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Say which screening questions were put, and whether anything was raised."""
    desk = _acting(request, case, claim, FIND)
    now = desk.found.claim.assessment
    initial = {e: RAISED if e in now.indicators else CLEAR for e in now.screened}
    form = _form(request, ScreeningForm, CLOSINGS, initial=initial)

    def writing() -> assessing.Writing:
        return assessing.of_screening(form.screened(), form.raised())

    questions: dict[str, list[str]] = {each: [] for each in CLOSINGS}
    for each in desk.law.elements:
        questions.get(desk.show.closes(each.path), []).append(each.question)
    context = {"rules": [(form[each], questions[each]) for each in CLOSINGS]}
    task = Task(desk, "screening", form, writing, context, "screening")
    return _answered(request, task)


def _acting(
    request: Request, case: UUID, claim: str, act: str, *, also: str = ""
) -> Desk:
    """Read an assessment for whoever may do an act on it now."""
    desk = desk_of(request, case, claim, also=also)
    if not desk.may(act):
        raise NotThereError
    return desk


def _form(request: Request, form: Callable[..., Any], *more: Any, **named: Any) -> Any:
    """Make a form: of what was sent, or to be filled in; what was kept is not judged."""
    if request.method != "POST":
        return form(*more, None, **named)
    if request.POST.get("act") == "typed":
        typed = {
            name: values if len(values) > 1 else values[0]
            for name, values in request.POST.lists()
        }
        return form(*more, None, **{**named, "initial": typed})
    return form(*more, request.POST, **named)


def _read(request: Request) -> int:
    """Say how much the writer had read of what they write on."""
    return sending.number(request.POST.get("read", ""))


def _answered(request: Request, task: Task) -> HttpResponse:
    """Write what was sent, or show the form with what stands in its way."""
    form, found = task.form, task.desk.found
    status = 200
    if form.is_bound:
        status = _written(request, task) if form.is_valid() else 422
        if not status:
            back = reverse("desk:assessment", args=[found.seen.case, found.claim.id])
            return redirect(f"{back}#{task.anchor}")
    context = framed_by(request, task.desk) | {"form": form, "forms_of": [form]}
    return render(
        request,
        f"desk/claims/{task.page}.html",
        context | dict(task.context),
        status=status,
    )


def _written(request: Request, task: Task) -> int:
    """Write it; give the status of what stands in its way, or none."""
    found = task.desk.found
    try:
        assessing.write(
            request.user.actor,
            found.seen.case,
            found.claim.id,
            task.writing(),
            at=request.at,
            custody=request.custody,
            witnessed=deployed.witnessed(),
        )
    except StepRefusedError as error:
        task.form.add_error(None, showing.refused(error, words()))
        return 422
    except RecordError as error:
        task.form.add_error(None, str(error))
        return 422
    except WrittenMeanwhileError:
        task.form.add_error(
            None,
            _(
                "Somebody else wrote on this meanwhile. What they wrote is on this "
                "page, and yours is still in the form. Send it again to write yours "
                "after theirs."
            ),
        )
        return 409
    messages.success(request, _("It is written down."))
    return 0


def _wordings(desk: Desk, fact: str) -> list[tuple[str, str, str]]:
    """List how a fact was worded: the words, by whom, and why; the last first."""
    there = [each for each in desk.found.claim.assessment.facts if each.id == fact]
    return [
        (each.words, desk.show.named(each.by), each.reasons) for each in reversed(there)
    ]


def _grouped(desk: Desk, form: Form) -> list[tuple[str, list[Any], bool]]:
    """Group the elements that a fact can matter to: those it does, then by entry."""
    chosen = form["elements"].value() or []
    first = _("Chosen")
    groups: dict[str, list[Any]] = {first: []}
    for box in form["elements"]:
        path = str(box.data["value"])
        title = first if path in chosen else desk.show.owner(path)
        groups.setdefault(title, []).append(box)
    last = groups.pop(_("The person"), [])
    ordered = [*groups.items(), (_("The person"), last)]
    return [(title, boxes, title == first) for title, boxes in ordered if boxes]


def _facts_for(desk: Desk, element: str) -> list[shown.Fact]:
    """List the facts, those that matter to an element first."""
    facts = desk.show.facts()
    facts.sort(key=lambda each: element not in each.told.elements)
    return facts


def _speaking(desk: Desk) -> list[shown.Quote]:
    """List what speaks for the person on any fact, once each."""
    there = [each for fact in desk.show.facts() for each in desk.show.speaking(fact.id)]
    return list({each.ref: each for each in there}.values())


Block = tuple[shown.Fact, Any, list[tuple[shown.Quote, Any]], bool]


def _blocks(desk: Desk, form: Any, element: str) -> list[Block]:
    """Lay out the facts with what speaks for the person on each, to be answered.

    What speaks for them on several facts is answered once, under the first.
    """
    boxes = {str(box.data["value"]): box for box in form["facts"]}
    answered: set[str] = set()
    blocks = []
    for fact in _facts_for(desk, element):
        speaking = [e for e in desk.show.speaking(fact.id) if e.ref not in answered]
        answered |= {each.ref for each in speaking}
        answers = [(each, form.answer(each.ref)) for each in speaking]
        is_told = element in fact.told.elements or any(
            field.value() or field.errors for _quote, field in answers
        )
        blocks.append((fact, boxes[fact.id], answers, is_told))
    return blocks


def _own(request: Request, desk: Desk, element: str) -> dict[str, Any]:
    """Give what whoever finds wrote on an element themselves, if it still stands."""
    stands = desk.found.claim.assessment.standing.get(element)
    if stands is None or stands.by.person != str(request.user.actor.account):
        return {}
    return FindForm.typed(stands)


def _against_if(desk: Desk, path: str) -> str:
    """Say which value of an element goes against the person; empty where none does."""
    helping, harming = desk.law.signs
    if path in helping:
        return "false"
    return "true" if path in harming else ""


def _of_element(desk: Desk, asked: Element) -> dict[str, object]:
    known = desk.show.book.elements.get(asked.path.rpartition(".")[2])
    findings = desk.show.findings(asked.path)
    standard = known.standard if known else ""
    return {
        "element": asked,
        "under": [desk.show.under(each) for each in asked.under],
        "burden": shown.burden(known.burden) if known else "",
        "standard": words().law("standard", standard) if standard else "",
        "findings": findings,
        "read": len(findings),
        "answered_by": desk.show.answered_by(asked),
        "against_if": _against_if(desk, asked.path),
    }


def _point(show: Shower, key: str, open_: set[str]) -> Offered:
    fact, _bar, about = key.partition("|")
    quote = show.quote(about) if about else None
    return Offered(show.fact(fact), quote, key in open_)

"""The pages of interviews: planned, begun, held part by part, and signed off."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from asylon.casework import CaseClaim
from asylon_server.store.claims import interviews as store
from asylon_server.store.claims import planning
from asylon_server.store.claims.asking import ActedMeanwhileError, StepRefusedError
from asylon_server.store.claims.interviews import Held, Where
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk import fields, rights
from asylon_server.web.desk.claims import interview_showing as telling
from asylon_server.web.desk.claims import showing
from asylon_server.web.desk.claims.calendar import calendar
from asylon_server.web.desk.claims.interview_forms import (
    BeginForm,
    PartForm,
    PlanForm,
    PressForm,
    RenderForm,
    TakeOverForm,
    staff_of,
)
from asylon_server.web.desk.claims.pages import FRESH, framed, offered, opened

NARRATIVE = "narrative"
JSON = "application/json"
REFUSED = 422
LONGEST = 6
"""No count of steps or parts has more digits."""


@signed_in
def interviews(request: Request, case: UUID, claim: str) -> HttpResponse:
    """List the interviews of a claim."""
    found = opened(request, case, claim)
    if NARRATIVE not in found.seen.classes:
        raise NotThereError
    context = framed(request, found) | {
        "interviews": telling.listed(found.claim),
        "plans": any(each.act.id == "schedule" for each in found.offers),
    }
    return render(request, "desk/claims/interviews.html", context)


@signed_in
def plan(request: Request, case: UUID, claim: str) -> HttpResponse:
    """Plan an interview; all that does not fit is told at once."""
    found = opened(request, case, claim)
    offered(found, "schedule")
    staff = planning.available(
        request.user.actor,
        found.seen,
        found.claim,
        at=request.at,
        custody=request.custody,
    )
    today = request.at.date()
    mine = str(request.user.actor.account)
    before = found.claim.plans[-1].plan if found.claim.plans else None
    initial = {
        **(staff_of(before) if before else {}),
        "officer": mine if mine in staff.officers else "",
    }
    form = PlanForm(staff, found.claim, today, _sent(request), initial=initial)
    if form.is_valid():
        try:
            planning.fix(
                request.user.actor,
                case,
                claim,
                form.plan(),
                read=form.cleaned_data["read"],
                at=request.at,
                custody=request.custody,
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        except ActedMeanwhileError as error:
            form.add_error(None, showing.meanwhile(error.step, words()))
        else:
            messages.success(request, _("The interview is fixed."))
            return redirect("desk:claim", case, claim)
    person = found.seen.file.person(found.claim.person)
    context = framed(request, found) | {
        "form": form,
        "forms_of": [form],
        "read": len(found.claim.steps),
        "spoken": telling.spoken(person),
        "known_languages": fields.languages(),
    }
    return render(
        request, "desk/claims/plan.html", context, status=_status(form.errors)
    )


@signed_in
def interview(request: Request, case: UUID, claim: str, interview: str) -> HttpResponse:
    """Show an interview, and keep what is said in it."""
    where = Where(case, claim, interview)
    if request.method != "POST":
        return _shown(request, where, PartForm(initial=_beginning(request)))
    form = _of(request.POST)
    told = _kept(request, where, form) if form.is_valid() else None
    if request.headers.get("Accept") == JSON:
        return _answered(request, where, form, told)
    if told is not None:
        return redirect(f"{_page(where)}#entry")
    shown = (
        form if isinstance(form, PartForm) else PartForm(initial=_beginning(request))
    )
    return _shown(request, where, shown, form)


@signed_in
def begin(request: Request, case: UUID, claim: str, interview: str) -> HttpResponse:
    """Begin an interview: who is there, and that the person agrees; or give it up."""
    where = Where(case, claim, interview)
    held = _read(request, where)
    if not held.may_begin:
        raise NotThereError
    giving_up = request.POST.get("act") == "give_up"
    sent = None if giving_up else _sent(request)
    form = BeginForm(sent, initial=_there(held))
    try:
        if giving_up:
            planning.give_up(
                request.user.actor,
                case,
                claim,
                interview,
                at=request.at,
                custody=request.custody,
            )
            messages.success(request, _("The interview is given up."))
            return redirect("desk:interviews", case, claim)
        if form.is_valid():
            store.begin(
                request.user.actor,
                where,
                form.begun(),
                at=request.at,
                custody=request.custody,
            )
            return redirect("desk:interview", case, claim, interview)
    except StepRefusedError as error:
        form = form if form.is_bound else BeginForm({}, initial=_there(held))
        form.errors.clear()
        form.add_error(None, showing.refused(error, words()))
    context = _framed(request, held) | {
        "form": form,
        "forms_of": [form],
        "known_languages": fields.languages(),
    }
    return render(
        request, "desk/claims/begin.html", context, status=_status(form.errors)
    )


@signed_in
def take_over(request: Request, case: UUID, claim: str, interview: str) -> HttpResponse:
    """Let somebody else go on, as officer or as interpreter."""
    where = Where(case, claim, interview)
    held = _read(request, where)
    if held.planned is None or not held.may_take_over:
        raise NotThereError
    staff = planning.available(
        request.user.actor,
        held.found.seen,
        held.found.claim,
        at=request.at,
        custody=request.custody,
    )
    initial = staff_of(held.planned.plan)
    form = TakeOverForm(staff, _sent(request), initial=initial)
    if form.is_valid():
        try:
            store.take_over(
                request.user.actor,
                where,
                form.staff(),
                form.cleaned_data["words"].strip(),
                id=_drawn(),
                at=request.at,
                custody=request.custody,
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        else:
            return redirect(f"{_page(where)}#entry")
    context = _framed(request, held) | {
        "form": form,
        "forms_of": [form],
        "known_languages": fields.languages(),
    }
    return render(
        request, "desk/claims/take_over.html", context, status=_status(form.errors)
    )


@signed_in
def sign_off(request: Request, case: UUID, claim: str, interview: str) -> HttpResponse:
    """Sign off the record of an interview, after it was read back."""
    where = Where(case, claim, interview)
    held = _read(request, where)
    if not held.may_take_over:
        raise NotThereError
    if request.method == "POST" and (asked := fresh(request, minutes=FRESH)):
        return asked
    form = forms.Form(_sent(request))
    if form.is_valid():
        try:
            store.sign_off(
                request.user.actor,
                where,
                read=_number(request.POST.get("read", "")),
                at=request.at,
                custody=request.custody,
            )
        except StepRefusedError as error:
            form.add_error(None, showing.refused(error, words()))
        except ActedMeanwhileError as error:
            form.add_error(None, showing.meanwhile(error.step, words()))
        else:
            messages.success(request, _("The record is signed off."))
            return redirect("desk:claim", case, claim)
    context = _framed(request, held) | {
        "form": form,
        "forms_of": [form],
        "read": len(held.found.claim.steps),
    }
    return render(
        request, "desk/claims/sign_off.html", context, status=_status(form.errors)
    )


@signed_in
def coming(request: Request) -> HttpResponse:
    """Show the interviews that somebody has before them."""
    times = planning.coming(request.user.actor, at=request.at, custody=request.custody)
    context = {"times": times, "may": rights.of(request.user.actor)}
    return render(request, "desk/claims/coming.html", context)


@signed_in
def calendar_file(request: Request) -> HttpResponse:
    """Give the same as a calendar that any program reads; it names nobody."""
    times = planning.coming(request.user.actor, at=request.at, custody=request.custody)
    text = calendar(
        times,
        lambda each: request.build_absolute_uri(reverse("desk:case", args=[each.case])),
        at=request.at,
        title=_("Interview"),
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="interviews.ics"'
    return answer


def _shown(
    request: Request, where: Where, form: PartForm, sent: forms.Form | None = None
) -> HttpResponse:
    held = _read(request, where)
    corrects = str(form["corrects"].value() or "")
    told = telling.parts(held, words())
    corrected = next((each for each in told if each.id == corrects), None)
    failed = sent if sent is not None and sent.errors else None
    context = _framed(request, held) | {
        "form": form,
        "failed": bool(failed),
        "forms_of": [failed] if failed else [],
        "parts": told,
        "corrected": corrected,
        "blank": telling.blank(held),
        "columns": telling.columns(held),
        "asks": telling.to_ask(held.found.claim, words()),
        "correction": telling.kind("correction", words()),
        "presses": [
            (_drawn(), kind, telling.kind(kind, words()), label)
            for kind, label in _presses()
        ],
    }
    status = _status(failed.errors) if failed else 200
    return render(request, "desk/claims/interview.html", context, status=status)


def _read(request: Request, where: Where) -> Held:
    return store.read(
        request.user.actor,
        where,
        at=request.at,
        custody=request.custody,
        witnessed=deployed.witnessed(),
    )


def _framed(request: Request, held: Held) -> dict[str, object]:
    name = held.planned.interview if held.planned else ""
    return framed(request, held.found) | {
        "held": held,
        "interview": held.interview.id if held.interview else name,
        "state": telling.state(held.planned, held.interview),
        "heads": telling.heads(held),
        "begins": held.planned.plan.begins if held.planned else None,
    }


def _of(sent: QueryDict) -> PartForm | PressForm | RenderForm:
    """Read what was sent: a part, something that was pressed, or a rendering."""
    act = sent.get("act")
    if act == "render":
        return RenderForm(sent)
    return PressForm(sent) if act == "press" else PartForm(sent)


def _kept(
    request: Request, where: Where, form: PartForm | PressForm | RenderForm
) -> CaseClaim | None:
    actor, at, custody = request.user.actor, request.at, request.custody
    try:
        if isinstance(form, RenderForm):
            told = form.cleaned_data
            return store.render(
                actor,
                where,
                told["part"],
                told["rendered"].strip(),
                at=at,
                custody=custody,
            )
        return store.say(
            actor, where, form.part(), ago=form.waited, at=at, custody=custody
        )
    except StepRefusedError as error:
        form.add_error(None, showing.refused(error, words()))
    return None


def _answered(
    request: Request,
    where: Where,
    form: PartForm | PressForm | RenderForm,
    told: CaseClaim | None,
) -> HttpResponse:
    """Answer a script: that it is kept, and what others kept meanwhile; or why not."""
    if told is None:
        lines = [str(line) for those in form.errors.values() for line in those]
        return JsonResponse({"refused": lines}, status=REFUSED)
    [there] = [each for each in told.interviews if each.id == where.interview]
    name = request.POST.get("id") or request.POST.get("part", "")
    known = _number(request.POST.get("seen", "")) or 0
    part = there.segment(name)
    rows = [
        render_to_string(
            "desk/claims/part.html", {"each": each, "writes": True}, request=request
        )
        for each in telling.since(there, known, name, words())
    ]
    return JsonResponse(
        {
            "kept": name,
            "time": f"{part.moment:%H:%M:%S}" if part else "",
            "count": len(there.segments),
            "others": rows,
            "asks": telling.to_ask(told, words()),
        }
    )


def _beginning(request: Request) -> dict[str, str]:
    asked = request.GET.get("corrects", "")[:40]
    speaks = {"kind": "correction", "speaker": "person"} if asked else {}
    return {"id": _drawn(), "corrects": asked, **speaks}


def _there(held: Held) -> dict[str, str]:
    claim, file = held.found.claim, held.found.seen.file
    person = file.person(claim.person)
    languages = sorted(person.languages, key=lambda each: not each.is_first)
    first = next((each.language for each in languages if each.language), "")
    guardians = [each.name for each in claim.guardians if each.until is None]
    return {
        "language": fields.language_name(first) if first else "",
        "counsel": claim.counsel,
        "guardian": guardians[-1] if guardians else "",
    }


def _presses() -> tuple[tuple[str, str], ...]:
    return (
        ("objection", _("The person objects")),
        ("break", _("Break")),
        ("read_back", _("All of it was read back")),
    )


def _number(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) <= LONGEST else None


def _page(where: Where) -> str:
    return reverse("desk:interview", args=[where.case, where.claim, where.interview])


def _drawn() -> str:
    return uuid4().hex[:12]


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(errors: object) -> int:
    return REFUSED if errors else 200

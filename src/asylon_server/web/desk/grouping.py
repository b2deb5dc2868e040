"""Holds for a group: listed, declared by two of UNHCR, lifted by two organisations."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.cases import declaring, grouplifting, lifting
from asylon_server.store.cases.groups import Group
from asylon_server.store.cases.placing import HoldRefusedError
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import freshly
from asylon_server.web.desk import groupshowing, holdshowing, rights
from asylon_server.web.desk.holdforms import AnswerForm, GroupForm, ProposalForm
from asylon_server.web.desk.holding import FRESH


@signed_in
def groups(request: Request) -> HttpResponse:
    """List the holds for groups."""
    rights.demand(request.user.actor, "reads_groups")
    told = _listed(request)
    context = {
        "groups": [groupshowing.shown(each, words()) for each in told],
        "may_declare": declaring.may(request.user.actor, declaring.DECLARE),
        "may": rights.of(request.user.actor),
    }
    return render(request, "desk/groups.html", context)


@signed_in
def propose(request: Request) -> HttpResponse:
    """Propose a hold for a group; a second person of UNHCR declares it."""
    if not declaring.may(request.user.actor, declaring.DECLARE):
        raise NotThereError
    rights.demand(request.user.actor, "reads_groups")
    form = GroupForm(_sent(request))
    if form.is_valid():
        told = form.cleaned_data
        row = declaring.propose(
            request.user.actor,
            told["state"],
            told["since"] or request.at.date(),
            told["text"],
            at=request.at,
            custody=request.custody,
        )
        messages.success(
            request,
            _("It is proposed. It holds from when a second person declares it."),
        )
        return redirect("desk:group", row.pk)
    context = {"form": form, "forms_of": [form], "may": rights.of(request.user.actor)}
    status = 422 if form.errors else 200
    return render(request, "desk/declare_group.html", context, status=status)


@signed_in
def group(request: Request, group: UUID) -> HttpResponse:
    """Show a hold for a group, and do to it what may be done."""
    rights.demand(request.user.actor, "reads_groups")
    found = [each for each in _listed(request) if each.row.pk == group]
    if not found:
        raise NotThereError
    if request.method == "POST":
        return _change(request, found[0])
    return _page(request, found[0], ProposalForm(), AnswerForm())


@freshly(minutes=FRESH)
def _change(request: Request, found: Group) -> HttpResponse:
    proposal, answer = ProposalForm(), AnswerForm()
    act = request.POST.get("act", "")
    form: ProposalForm | AnswerForm
    if act == "propose":
        form = proposal = ProposalForm(request.POST)
    else:
        form = answer = AnswerForm(request.POST)
    if form.is_valid():
        try:
            _do(request, act, found, form.cleaned_data)
        except HoldRefusedError as error:
            name = next(iter(form.fields))
            form.add_error(name, holdshowing.refused(error.code, words()))
        else:
            return redirect("desk:group", found.row.pk)
    return _page(request, found, proposal, answer, status=422)


def _do(request: Request, act: str, found: Group, told: dict[str, str]) -> None:
    actor, at, keys = request.user.actor, request.at, request.custody
    group = found.row.pk
    match act:
        case "declare":
            declaring.declare(actor, group, at=at, custody=keys)
            messages.success(request, _("It is declared. It stands from now on."))
        case "propose":
            grouplifting.propose(actor, group, **told, at=at, custody=keys)
            messages.success(
                request,
                _("It is proposed. The hold stands until another organisation agrees."),
            )
        case "agree":
            grouplifting.agree(actor, group, _which(request), at=at, custody=keys)
            messages.success(request, _("The hold is lifted."))
        case "decline":
            which = _which(request)
            grouplifting.decline(actor, group, which, told["why"], at=at, custody=keys)
            messages.success(request, _("It is declined. The hold stands."))
        case _:
            raise Http404


def _page(
    request: Request,
    found: Group,
    proposal: ProposalForm,
    answer: AnswerForm,
    status: int = 200,
) -> HttpResponse:
    actor = request.user.actor
    asked = grouplifting.asked(found, custody=request.custody)
    told = [groupshowing.asked(each, words(), request.at) for each in asked]
    waiting = next((each for each in told if each.state == "open"), None)
    may = {
        verb: declaring.may(actor, verb)
        for verb in (declaring.DECLARE, lifting.PROPOSE, lifting.AGREE)
    }
    mine = bool(found.by) and found.by[0].person == str(actor.account)
    context = {
        "group": groupshowing.shown(found, words()),
        "may_declare": may[declaring.DECLARE] and not mine,
        "may_propose": may[lifting.PROPOSE] and waiting is None,
        "may_agree": may[lifting.AGREE],
        "waiting": waiting,
        "mine": request.user.organisation_id,
        "before": [each for each in told if each is not waiting],
        "form": proposal if waiting is None else answer,
        "forms_of": [proposal, answer],
        "failed": proposal.errors or answer.errors,
        "may": rights.of(actor),
    }
    return render(request, "desk/group.html", context, status=status)


def _listed(request: Request) -> list[Group]:
    return declaring.listed(request.user.actor, at=request.at, custody=request.custody)


def _which(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("which", ""))
    except ValueError:
        raise Http404 from None


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None

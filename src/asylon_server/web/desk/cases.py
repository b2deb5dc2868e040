"""The pages of one case: its people, the holds over it, its record."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from asylon.identity import vocabularies
from asylon_server.store.cases.history import history
from asylon_server.store.cases.reads import Seen, case_file
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import rights, showing
from asylon_server.web.desk.picture import picture
from asylon_server.web.desk.wording import told

READINGS = 50
"""So many lookings are listed; the record holds all."""


@signed_in
def people(request: Request, case: UUID) -> HttpResponse:
    """Show who is on a case."""
    seen = seen_of(request, case)
    shown = [showing.shown(seen.file, p, words()) for p in seen.file.people]
    context = frame(request, seen) | {"people": shown}
    return render(request, "desk/case.html", context)


@signed_in
def person(request: Request, case: UUID, person: str) -> HttpResponse:
    """Show one of the people of a case."""
    seen = seen_of(request, case)
    try:
        found = seen.file.person(person)
    except LookupError:
        raise Http404 from None
    mine = [
        showing.held(seen.file, hold, words())
        for hold in seen.file.holds
        if hold.person in {"", person}
    ]
    context = frame(request, seen) | {
        "person": showing.shown(seen.file, found, words()),
        "holds": mine,
    }
    return render(request, "desk/person.html", context)


@signed_in
def holds(request: Request, case: UUID) -> HttpResponse:
    """Show the holds over a case."""
    seen = seen_of(request, case)
    if "hold" not in seen.classes:
        raise Http404
    shown = [showing.held(seen.file, h, words()) for h in seen.file.holds]
    return render(request, "desk/holds.html", frame(request, seen) | {"holds": shown})


@signed_in
def kin(request: Request, case: UUID) -> HttpResponse:
    """Show the family as a picture, and in words beside it."""
    seen = seen_of(request, case)
    if "kinship" not in seen.classes:
        raise Http404
    drawn = picture(seen.file)
    kinds = vocabularies()["kinship"]
    context = frame(request, seen) | {
        "picture": drawn,
        "lines": [(each, kinds.name(each.kind, words())) for each in drawn.lines],
        "ties": [
            (showing.titled(seen.file, p), showing.relatives(seen.file, p, words()))
            for p in seen.file.people
            if p.kin
        ],
    }
    return render(request, "desk/kin.html", context)


@signed_in
def record(request: Request, case: UUID) -> HttpResponse:
    """Show what was done to a case, and who has read it."""
    entries = history(request.user.actor, case, at=request.at)
    seen = seen_of(request, case)
    lines = [(each, told(each.act)) for each in entries]
    context = frame(request, seen) | {
        "done": [line for line in lines if not line[0].is_reading],
        "read": [line for line in lines if line[0].is_reading][:READINGS],
    }
    return render(request, "desk/record.html", context)


def seen_of(request: Request, case: UUID) -> Seen:
    """Read a case for whoever asks."""
    return case_file(request.user.actor, case, at=request.at, custody=request.custody)


def frame(request: Request, seen: Seen) -> dict[str, object]:
    """Make what stands above every page of a case."""
    file = seen.file
    return {
        "case": seen.case,
        "reference": file.reference,
        "called": [name for each in file.people if (name := showing.called(each))],
        "hold_tags": showing.hold_tags(file, words()),
        "need_tags": showing.need_tags(file, words()),
        "classes": seen.classes,
        "may": rights.of(request.user.actor),
    }

"""The pages of one case: its people, the holds over it, the family as a picture."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from asylon.identity import vocabularies
from asylon_server.store.cases.reads import Seen, case_file
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import parts, rights, showing
from asylon_server.web.desk.picture import picture


@signed_in
def people(request: Request, case: UUID) -> HttpResponse:
    """Show who is on a case."""
    seen = seen_of(request, case)
    day = request.at.date()
    shown = [parts.shown(seen.file, p, day) for p in seen.file.people]
    adds = parts.ANOTHER.field_class in seen.writes
    context = frame(request, seen) | {"people": shown, "adds": adds}
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
        if hold.stands and hold.person in {"", person}
    ]
    day = request.at.date()
    told = list(parts.told(seen.file, found, seen.classes, seen.writes, day))
    context = frame(request, seen) | {
        "person": found.id,
        "called_here": showing.titled(seen.file, found),
        "version": seen.version,
        "told": [each for each in told if each.things],
        "later": [each for each in told if not each.things],
        "note": found.note,
        "holds": mine,
    }
    return render(request, "desk/person.html", context)


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
        "closed": seen.closed,
        "may": rights.of(request.user.actor),
    }

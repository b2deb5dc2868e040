"""The first page of a case: who it is about, what stands over it, and what waits."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from asylon.casework import Person
from asylon_server.store.cases import certified, waiting
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import showing
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.wording import part


@signed_in
def overview(request: Request, case: UUID) -> HttpResponse:
    """Show a case on one page."""
    seen = seen_of(request, case)
    file, day = seen.file, request.at.date()
    called = {each.id: showing.titled(file, each) for each in file.people}
    unasked = {
        person: [part(name) for name in names]
        for person, names in waiting.unasked(file, seen.classes & seen.writes)
    }
    issued = certified.of_seen(request.user.actor, seen)
    context = frame(request, seen) | {
        "people": [
            (person.id, called[person.id], _born(person), unasked.get(person.id, []))
            for person in file.people
        ],
        "holds": [showing.held(file, each, words()) for each in file.holds],
        "opens_certificates": issued is not None,
        "standing": [
            (called.get(each.person, ""), each, each.expires - day <= waiting.SOON)
            for each in issued or ()
            if certified.state(each, day) == certified.STANDS
        ],
    }
    return render(request, "desk/overview.html", context)


def _born(person: Person) -> list[str]:
    return [line for told in person.born for line in showing.birth(told, words())]

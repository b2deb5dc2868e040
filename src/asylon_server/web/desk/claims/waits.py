"""What waits on claims, in the reader's words; and the page of somebody's next case."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from asylon.casework import File
from asylon.casework.waiting import Waiting
from asylon_server.store.cases import lists
from asylon_server.store.claims import nextup
from asylon_server.web.common import deployed
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import rights, wording
from asylon_server.web.desk.claims import showing
from asylon_server.web.desk.showing import listed

SHORT = 120
"""So much of what is missing is told in a list."""


@signed_in
def next_cases(request: Request) -> HttpResponse:
    """Show the cases on which whoever asks can take the next step now."""
    rights.demand(request.user.actor, "takes_steps")
    found = nextup.next_cases(
        request.user.actor,
        at=request.at,
        custody=request.custody,
        witnessed=deployed.witnessed(),
    )
    context = {
        "cases": [
            {
                "row": listed(each.row, words()),
                "claim": each.waits.claim,
                "claimant": _whose(each.row.file, each.waits),
                "act": showing.act(each.waits.act),
                "stage": showing.stage(each.waits.stage),
                "since": None if each.waits.untouched else each.waits.since,
                "lines": list(lines(each.row.file, each.waits)),
            }
            for each in found.cases
        ],
        "is_cut": found.is_cut,
        "may": rights.of(request.user.actor),
    }
    return render(request, "desk/claims/next.html", context)


def waits(row: lists.Row) -> Iterator[tuple[str, bool]]:
    """Say what waits on the claims of a case, and of each line whether it is urgent."""
    several = len(row.file.claims) > 1
    for each in row.waits.claims:
        whose = f"{_whose(row.file, each)}: " if several else ""
        for line, urgent in lines(row.file, each):
            yield f"{whose}{line}", urgent
        if each.act:
            told = _("Next: %(act)s") % {"act": showing.act(each.act)}
            yield f"{whose}{told}", False


def lines(file: File, each: Waiting) -> Iterator[tuple[str, bool]]:
    """Say the times ahead, what came back and why, and what is long untouched."""
    for deadline, day in each.ends:
        named = wording.named("deadline", deadline)
        told = {"what": named, "day": words().day(day)}
        yield _("Last day %(what)s: %(day)s") % told, True
    if each.back:
        told = {"day": words().day(each.back.on), "why": _short(each.back.words)}
        line = (
            _("Came back %(day)s: %(why)s") if told["why"] else _("Came back %(day)s")
        )
        yield line % told, True
    if each.excepts:
        yield _("An exception waits for a second person"), True
    if each.untouched:
        told = {"day": words().day(each.untouched)}
        yield _("Nothing was done since %(day)s") % told, False


def _short(told: str) -> str:
    line = " ".join(told.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]}…"


def _whose(file: File, each: Waiting) -> str:
    return next(showing.named(file, c) for c in file.claims if c.id == each.claim)

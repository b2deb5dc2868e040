"""The first page of the desk: the cases that are somebody's work."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from asylon.casework import ANY
from asylon.law.jurisdictions import STATES
from asylon_server.store.cases import lists
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import rights
from asylon_server.web.desk.claims import waits as claimshowing
from asylon_server.web.desk.showing import destination, listed
from asylon_server.web.desk.waiting import waiting
from asylon_server.web.desk.wording import part


@signed_in
def work(request: Request) -> HttpResponse:
    """Show somebody's cases, filtered and in the order that was asked for."""
    asked = {
        name: request.GET.get(name, "").strip()[:20]
        for name in ("order", "destination", "reference", "page")
    }
    number = int(asked["page"]) if asked["page"].isdecimal() else 1
    actor = request.user.actor
    page = lists.worklist(
        actor,
        order=asked["order"],
        destination=asked["destination"],
        reference=asked["reference"],
        number=number,
        at=request.at,
        custody=request.custody,
    )
    day = request.at.date()
    context = {
        "page": page,
        "rows": [(listed(row, words()), _waits(row, day)) for row in page.rows],
        "asked": asked,
        "destinations": _destinations(),
        "orders": _orders(asked, page.order),
        "before": _address(asked, page=str(page.number - 1)),
        "after": _address(asked, page=str(page.number + 1)),
        "may": rights.of(actor),
        **waiting(request),
    }
    return render(request, "desk/work.html", context)


def _waits(row: lists.Row, day: date) -> list[tuple[str, bool]]:
    """Say what waits on a case, and of each whether it is urgent."""
    told, waits = list(claimshowing.waits(row)), row.waits
    if waits.answers:
        until = words().day(waits.answers.date())
        told.append((_("Lifting proposed; answer by %(day)s") % {"day": until}, True))
    if waits.ends:
        line = (
            _("Certificate ended %(day)s")
            if waits.ends < day
            else _("Certificate ends %(day)s")
        )
        told.append((line % {"day": words().day(waits.ends)}, True))
    if waits.unasked:
        parts = words().names([part(each) for each in waits.unasked])
        told.append((_("Not told yet: %(parts)s") % {"parts": parts}, False))
    return told


def _destinations() -> list[tuple[str, str]]:
    """Name every destination; which of them stand over whose work is sealed."""
    named = [(each, words().place(each)) for each in STATES]
    return [(ANY, destination(ANY, words())), *sorted(named, key=itemgetter(1))]


def _orders(asked: dict[str, str], now: str) -> dict[str, dict[str, str]]:
    """Say where the head of each column leads, and how the column is sorted now."""
    urgent = "descending" if now == lists.URGENT else "none"
    address = _address(asked, order=lists.URGENT)
    told = {lists.URGENT: {"address": address, "sort": urgent}}
    for name in ("reference", "opened"):
        other = f"-{name}" if now == name else name
        sorted_by = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
        told[name] = {"address": _address(asked, order=other), "sort": sorted_by}
    return told


def _address(asked: dict[str, str], **changed: str) -> str:
    kept = {**asked, **changed}
    if "order" in changed:
        kept["page"] = ""
    return f"?{urlencode({name: each for name, each in kept.items() if each})}"

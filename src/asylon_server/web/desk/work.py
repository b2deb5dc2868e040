"""The first page of the desk: the cases that are somebody's work."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from asylon.casework import ANY
from asylon_server.store.cases import lists
from asylon_server.web.common.edge import Request, words
from asylon_server.web.common.entering import signed_in
from asylon_server.web.desk import rights
from asylon_server.web.desk.showing import destination, listed


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
    context = {
        "page": page,
        "rows": [listed(row, words()) for row in page.rows],
        "asked": asked,
        "destinations": _destinations(request),
        "orders": _orders(asked),
        "before": _address(asked, page=str(page.number - 1)),
        "after": _address(asked, page=str(page.number + 1)),
        "may": rights.of(actor),
    }
    return render(request, "desk/work.html", context)


def _destinations(request: Request) -> list[tuple[str, str]]:
    codes = lists.destinations(
        request.user.actor, at=request.at, custody=request.custody
    )
    named = [(each, destination(each, words())) for each in codes]
    return sorted(named, key=lambda each: (each[0] == ANY, each[1]))


def _orders(asked: dict[str, str]) -> dict[str, dict[str, str]]:
    """Say where the head of each column leads, and how the column is sorted now."""
    now = asked["order"] if asked["order"] in lists.ORDERS else lists.ORDERS[1]
    told = {}
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

"""The people of an office: first links, and new ways in that two people agree on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from asylon_server.store.entry import resets
from asylon_server.store.organisations import links
from asylon_server.web.common.edge import Request
from asylon_server.web.common.stepping import freshly


def people(request: Request) -> HttpResponse:
    """Show the accounts of one's own office, and do what may be done to them."""
    if request.method == "POST":
        resets.office(
            request.user.actor
        )  # who may not see the page sends nothing to it
        return _change(request)
    return _page(request)


def _page(request: Request, link: str = "", status: int = 200) -> HttpResponse:
    actor = request.user.actor
    context = {
        "accounts": resets.office(actor),
        "proposed": resets.proposed(actor, at=request.at),
        "may_open": resets.may(actor, "open"),
        "link": link,
    }
    return render(request, "common/people.html", context, status=status)


@freshly(minutes=5)
def _change(request: Request) -> HttpResponse:
    act, which = request.POST.get("act", ""), request.POST.get("which", "")
    actor, at = request.user.actor, request.at
    try:
        match act:
            case "link":
                return _linked(request, resets.draw_link(actor, which, at=at))
            case "propose":
                resets.propose(actor, which, at=at)
                messages.success(request, _("It is proposed. Another person agrees."))
            case "agree":
                return _linked(request, resets.agree(actor, which, at=at))
            case _:
                raise Http404
    except (links.LinkError, resets.ResetError, ValidationError):
        raise Http404 from None
    return redirect("people")


def _linked(request: Request, secret: str) -> HttpResponse:
    """Show a link, this once."""
    path = links.PATH.format(secret=secret)
    return _page(request, request.build_absolute_uri(path))

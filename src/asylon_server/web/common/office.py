"""The people of an office: accounts, first links, new ways in that two people agree on."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asylon_server.store.entry import offices, resets
from asylon_server.store.entry.offices import AccountRefusedError
from asylon_server.store.organisations import links
from asylon_server.web.common.edge import Request, named_role
from asylon_server.web.common.stepping import freshly

_SAID = {
    offices.NAME: gettext_lazy("Enter a name of at most 60 characters."),
    offices.TAKEN: gettext_lazy("There is an account of that name. Enter another one."),
    offices.ROLE: gettext_lazy("Choose a role."),
    offices.ONESELF: gettext_lazy(
        "Nobody closes their own account. Ask another administrator."
    ),
}
_FIELD = {offices.ROLE: "role"}


def people(request: Request) -> HttpResponse:
    """Show the accounts of one's own office, and do what may be done to them."""
    if request.method == "POST":
        resets.office(
            request.user.actor
        )  # who may not see the page sends nothing to it
        return _change(request)
    return _page(request)


def _page(
    request: Request,
    link: str = "",
    status: int = 200,
    fault: dict[str, str] | None = None,
) -> HttpResponse:
    actor = request.user.actor
    context = {
        "fault": fault,
        "typed": request.POST if fault else {},
        "roles": [(each, named_role(each)) for each in offices.roles(actor)],
        "may_close": resets.may(actor, "close"),
        "may_link": resets.may(actor, "link"),
        "accounts": [(e, named_role(e.role)) for e in resets.office(actor)],
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
            case "open":
                name = request.POST.get("name", "")
                role = request.POST.get("role", "")
                offices.open_one(actor, name, role, at=at)
                told = _("The account is open. Another person draws its first link.")
                messages.success(request, told)
            case "close":
                offices.close_one(actor, which, at=at)
                messages.success(request, _("The account is closed."))
            case _:
                raise Http404
    except AccountRefusedError as error:
        field = _FIELD.get(error.code, "name")
        return _page(request, status=422, fault={field: str(_SAID[error.code])})
    except (links.LinkError, resets.ResetError, ValidationError):
        raise Http404 from None
    return redirect("people")


def _linked(request: Request, secret: str) -> HttpResponse:
    """Show a link, this once."""
    path = links.PATH.format(secret=secret)
    return _page(request, request.build_absolute_uri(path))

"""The name of a form, drawn by chance: what is sent twice is done once."""

from __future__ import annotations

from django.core import signing

from asylon.security.drawing import draw_secret
from asylon_server.web.common.edge import Request

FIELD = "submission"
LONGEST_NUMBER = 9
"""So many digits have the versions of no case; Python reads no number without end."""


def drawn(request: Request, form: str) -> str:
    """Draw the name of a form, and sign it for this account."""
    told = {"form": draw_secret().hex(), "account": str(request.user.pk)}
    return signing.dumps(told, salt=_salt(form))


def kept(request: Request, form: str) -> str:
    """Get the name of the form that was sent; empty where it is no form of this page."""
    try:
        told = signing.loads(request.POST.get(FIELD, ""), salt=_salt(form))
    except signing.BadSignature:
        return ""
    is_own = told["account"] == str(request.user.pk)
    return str(told["form"]) if is_own else ""


def number(sent: str) -> int:
    """Read a number that a page had sent along; 0 where it is none."""
    return int(sent) if len(sent) <= LONGEST_NUMBER and sent.isdecimal() else 0


def _salt(form: str) -> str:
    return f"desk.{form}"

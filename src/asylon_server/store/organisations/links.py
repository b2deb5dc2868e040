"""Links that sign somebody in once: given out by hand, and soon over.

Only a hash of the secret in a link is kept. It is drawn with as much chance as a key,
so that a plain hash is enough.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from asylon.security.drawing import draw_secret
from asylon_server.store.organisations.models import Account, Notice, SignInLink
from asylon_server.store.record.acts import record
from asylon_server.store.rights import Actor

PATH = "/sign-in/link/{secret}"
"""Where the pages take such a link."""

LASTS = timedelta(hours=1)


class LinkError(Exception):
    """A link signs nobody in: unknown, used, over, or of a closed account."""


def issue(
    actor: Actor | None,
    account: Account,
    *,
    at: datetime,
    lasts: timedelta = LASTS,
    agreed: bool = False,
    told: Iterable[Notice] = (),
) -> str:
    """Draw a link for an account; those before it sign nobody in any more.

    Whoever came in by one of those is signed out: it may not have been the holder.

    Args:
        actor: Who draws it; None at the prompt of the machine.
        account: Whom it signs in.
        at: When.
        lasts: For how long.
        agreed: Whether two people agreed, which an account in use needs.
        told: What others are told of it, for the event.

    Returns:
        The secret in the link, which is kept nowhere.

    Raises:
        LinkError: the account is closed, or in use and nobody agreed.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        if not account.is_active:
            message = f"the account `{account.name}` is closed"
            raise LinkError(message)
        if account.settled and not agreed:
            message = (
                f"the account `{account.name}` is in use, and a link would let another "
                "person be its holder; two people of its office reset it, on the page "
                "of the people of the office"
            )
            raise LinkError(message)
        secret = urlsafe_b64encode(draw_secret()).decode().rstrip("=")
        before = list(SignInLink.objects.filter(account=account, used=None))
        for each in before:
            each.used = at
            each.save(update_fields=["used"])
        made = SignInLink.objects.create(
            account=account, secret_hash=_hash(secret), made=at, until=at + lasts
        )
        account.epoch += 1
        account.save(update_fields=["epoch"])
        record(
            "sign-in link issued", actor, at=at, wrote=[account, made, *before, *told]
        )
    return secret


def redeem(secret: str, *, at: datetime) -> Account:
    """Use up a link.

    Returns:
        The account that it signs in.

    Raises:
        LinkError: it signs nobody in; it is not said why.
    """
    with transaction.atomic():
        links = SignInLink.objects.select_for_update(of=("self",))
        link = links.filter(secret_hash=_hash(secret)).first()
        account = link.account if link else None
        if (
            link is None
            or account is None
            or link.used
            or not link.made <= at < link.until
            or not account.is_active
        ):
            message = "this link signs nobody in; ask for another one"
            raise LinkError(message)
        link.used = at
        link.save(update_fields=["used"])
        record("sign-in link used", account.actor, at=at, wrote=[link])
    return account


def _hash(secret: str) -> bytes:
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def end_all(*, at: datetime) -> list[SignInLink]:
    """End every link that could still be used: a backup brings used ones back.

    Returns:
        The links that were ended, for the event of the act.
    """
    open_ = list(SignInLink.objects.filter(used=None, until__gt=at))
    for each in open_:
        each.until = at
        each.save(update_fields=["until"])
    return open_

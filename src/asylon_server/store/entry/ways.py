"""Ways in: setting them up, changing them, and being let in by them.

What is secret is sealed by a key outside the tables, and stands in no event.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
)
from django.core.exceptions import ValidationError
from django.db import transaction

from asylon.security import codes
from asylon.security.drawing import draw_paper_code, draw_secret
from asylon.security.errors import SealError
from asylon_server.store.entry import tries
from asylon_server.store.entry.keys import digest, seal, unseal
from asylon_server.store.entry.models import APP, PAPER, PASSKEY, Session, WayIn
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.acts import record
from asylon_server.store.record.rows import name as row_name
from asylon_server.store.rights.errors import NotThereError

SHORTEST = 12
PAPER_CODES = 10
_NOBODYS = b"\x00" * 32


class RefusedError(Exception):
    """Nobody is let in; whether a name, a password or a code was wrong is not said."""


class PasswordRefusedError(Exception):
    """A password is too short, or one of those that are tried first."""


class LastWayError(Exception):
    """It is the last way in, and is not removed."""


def check_password(word: str, name: str) -> None:
    """Refuse a password that is soon guessed; of what it is made is nobody's business.

    Raises:
        PasswordRefusedError: it is too short, common, or the name.
    """
    try:
        MinimumLengthValidator(SHORTEST).validate(word)
        CommonPasswordValidator().validate(word)
    except ValidationError:
        raise PasswordRefusedError from None
    if word.strip().casefold() == name.strip().casefold():
        raise PasswordRefusedError


def enter(
    name: str, password: str, code: str, *, at: datetime, address: str
) -> Account:
    """Hear a name, a password and a code.

    The same is done for every name, known or not, so that it takes as long.

    Returns:
        The account.

    Raises:
        RefusedError: they are nobody's, or too many failed lately.
    """
    waits = [
        tries.must_wait("name", name, at=at),
        tries.must_wait("address", address, at=at),
    ]
    found = Account.objects.select_related("organisation").filter(name=name).first()
    is_right = _knows(found, password) and not any(waits)
    taken = found is not None and is_right and _takes(found, code, at=at)
    if found is None or not taken or not found.is_active:
        if not any(waits):
            _failed(name, address, at)
        raise RefusedError
    tries.succeeded(name)
    return found


def _failed(name: str, address: str, at: datetime) -> None:
    tries.failed("name", name, at=at)
    tries.failed("address", address, at=at)
    with transaction.atomic():
        record("sign-in failed", None, at=at)


def _knows(account: Account | None, password: str) -> bool:
    """Whether it is the password; nobody's is tried just as slowly."""
    if account is None:
        make_password(password)
        return False
    if account.check_password(password):
        return True
    # Who has passkeys only comes in by a code on paper when they are lost.
    return not account.has_usable_password() and not password


def takes_code(account: Account, code: str, *, at: datetime) -> bool:
    """Hear a code of somebody who is signed in; too many wrong ones have to wait."""
    if tries.must_wait("name", account.name, at=at):
        return False
    if _takes(account, code, at=at):
        return True
    tries.failed("name", account.name, at=at)
    return False


def _takes(account: Account, code: str, *, at: datetime) -> bool:
    row = WayIn.objects.filter(account=account, kind=APP).first()
    step = codes.step_of(_secret(row), code, at)
    if row is not None and step is not None:
        fresh = tries.spend("code", str(row.pk), str(step), at=at)
        WayIn.objects.filter(pk=row.pk).update(used=at)
        return fresh
    return _takes_paper(account, code, at=at)


def _takes_paper(account: Account, code: str, *, at: datetime) -> bool:
    """Take a code from paper; it is used up by it."""
    with transaction.atomic():
        rows = WayIn.objects.select_for_update().filter(
            account=account, kind=PAPER, token=_paper(account, code)
        )
        row = rows.first()
        if row is None:
            return False
        name = row_name(row)
        row.delete()
        record("code on paper used", account.actor, at=at, removed=[name])
    return True


def set_up(
    account: Account,
    *,
    at: datetime,
    passkey: WayIn | None = None,
    password: str = "",
    secret: bytes = b"",
) -> list[str]:
    """Give an account its first way in, or another one.

    Returns:
        The new codes for paper, which are kept nowhere.

    Raises:
        PasswordRefusedError: the password is soon guessed.
    """
    if password:
        check_password(password, account.name)
    with transaction.atomic():
        account = _locked(account)
        made: list[WayIn] = [passkey] if passkey else []
        removed: list[str] = []
        if passkey:
            passkey.save(force_insert=True)
        if password:
            account.set_password(password)
        if secret:
            removed += _cleared(WayIn.objects.filter(account=account, kind=APP))
            made.append(_app(account, secret, at))
        account.settled = account.settled or at
        account.save(update_fields=["password", "settled"])
        told, papers, gone = _papers(account, at)
        record(
            "way in set up",
            account.actor,
            at=at,
            wrote=[account, *made, *papers],
            removed=[*removed, *gone],
        )
    return told


def add_passkey(account: Account, row: WayIn, name: str, *, at: datetime) -> None:
    """Add a passkey.

    Raises:
        NotThereError: the account was reset or closed meanwhile.
    """
    with transaction.atomic():
        _locked(account)
        row.name = name
        row.save(force_insert=True)
        record("passkey added", account.actor, at=at, wrote=[row])


def rename(account: Account, pk: str, name: str, *, at: datetime) -> None:
    """Give a passkey another name."""
    with transaction.atomic():
        row = _own(account, pk)
        row.name = name
        row.save(update_fields=["name"])
        record("passkey named", account.actor, at=at, wrote=[row])


def remove(account: Account, pk: str, *, at: datetime) -> None:
    """Remove a passkey, unless it is the last way in.

    Raises:
        LastWayError: it is.
    """
    with transaction.atomic():
        account = _locked(account)
        row = _own(account, pk)
        others = WayIn.objects.filter(account=account, kind=PASSKEY).exclude(pk=row.pk)
        by_code = WayIn.objects.filter(account=account, kind=APP).exists()
        if not others.exists() and not (by_code and account.has_usable_password()):
            raise LastWayError
        removed = row_name(row)
        row.delete()
        record("passkey removed", account.actor, at=at, removed=[removed])


def change_password(account: Account, word: str, *, at: datetime) -> None:
    """Set another password.

    Raises:
        PasswordRefusedError: it is soon guessed.
    """
    check_password(word, account.name)
    with transaction.atomic():
        _locked(account)
        account.set_password(word)
        account.save(update_fields=["password"])
        record("password changed", account.actor, at=at, wrote=[account])


def new_codes(account: Account, *, at: datetime) -> list[str]:
    """Draw new codes for paper; those before are taken no more."""
    with transaction.atomic():
        _locked(account)
        told, rows, gone = _papers(account, at)
        record("codes drawn", account.actor, at=at, wrote=rows, removed=gone)
    return told


def change_language(account: Account, code: str, *, at: datetime) -> None:
    """Let an account open in another language."""
    with transaction.atomic():
        account.language = code
        account.save(update_fields=["language"])
        record("language changed", account.actor, at=at, wrote=[account])


def ways(account: Account) -> list[WayIn]:
    """List the ways in of an account, without the codes on paper."""
    rows = WayIn.objects.filter(account=account, kind__in=(PASSKEY, APP))
    return list(rows.order_by("made", "pk"))


def papers_left(account: Account) -> int:
    """Count the codes on paper that were not used."""
    return WayIn.objects.filter(account=account, kind=PAPER).count()


def sessions(account: Account, *, at: datetime) -> list[Session]:
    """List the sessions of an account that are not over, without their content."""
    rows = Session.objects.filter(account=account.pk, until__gt=at).defer("sealed")
    return list(rows.order_by("-seen", "pk"))


def end_others(account: Account, key: str, *, at: datetime) -> None:
    """End all sessions of an account but one."""
    with transaction.atomic():
        Session.objects.filter(account=account.pk).exclude(pk=key).delete()
        record("other sessions ended", account.actor, at=at)


def clear(account: Account) -> list[str]:
    """Take every way in away, and end every session; the caller records it.

    Returns:
        The names of the rows that are gone.
    """
    account.set_unusable_password()
    account.epoch += 1
    account.save(update_fields=["password", "epoch"])
    Session.objects.filter(account=account.pk).delete()
    return _cleared(WayIn.objects.filter(account=account))


def _locked(account: Account) -> Account:
    """Get an account that nobody resets or closes meanwhile.

    A request that came before a reset and ends after it must leave no way in behind.

    Raises:
        NotThereError: it was reset or closed since it was read.
    """
    found = Account.objects.select_for_update().get(pk=account.pk)
    if not found.is_active or found.epoch != account.epoch:
        raise NotThereError
    return found


def _own(account: Account, pk: str) -> WayIn:
    rows = WayIn.objects.select_for_update()
    return rows.get(account=account, kind=PASSKEY, pk=pk)


def _app(account: Account, secret: bytes, at: datetime) -> WayIn:
    row = WayIn(account=account, kind=APP, made=at)
    row.token = digest("app", str(row.pk))
    row.sealed = seal(secret, "way in", str(row.pk), str(account.pk))
    row.save(force_insert=True)
    return row


def _secret(row: WayIn | None) -> bytes:
    if row is None:
        return _NOBODYS
    try:
        return unseal(bytes(row.sealed), "way in", str(row.pk), str(row.account_id))
    except SealError:
        return draw_secret()


def _papers(account: Account, at: datetime) -> tuple[list[str], list[WayIn], list[str]]:
    gone = _cleared(WayIn.objects.filter(account=account, kind=PAPER))
    told = [draw_paper_code() for _ in range(PAPER_CODES)]
    rows = [
        WayIn(account=account, kind=PAPER, made=at, token=_paper(account, each))
        for each in told
    ]
    for each in rows:
        each.save(force_insert=True)
    return told, rows, gone


def _paper(account: Account, code: str) -> str:
    plain = "".join(each for each in code.upper() if each.isalnum())
    return digest("paper", str(account.pk), plain)


def _cleared(rows: Iterable[WayIn]) -> list[str]:
    names = []
    for each in rows:
        names.append(row_name(each))
        each.delete()
    return names

"""Passkeys, by the library that knows WebAuthn.

A challenge goes out with the page, signed and for minutes only, and is taken once.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from asylon_server.store.entry import tries
from asylon_server.store.entry.keys import digest, seal, unseal
from asylon_server.store.entry.models import PASSKEY, WayIn
from asylon_server.store.organisations.models import Account

MINUTES = 5
_SALT = "entry.passkey"
_REQUIRED = UserVerificationRequirement.REQUIRED
_UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
    struct.error,
)
"""What the library raises for bytes that no device sends: it expects well-formed ones."""


class PasskeyError(Exception):
    """A passkey was not shown as it was asked for; it is not said why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks a browser for, and the challenge to send back with it."""

    options: str
    state: str


def asked_for_new(account: Account, *, host: str, office: str) -> Asked:
    """Ask for a new passkey, which stays on its device and asks for its holder."""
    user = PublicKeyCredentialUserEntity(
        name=account.name, id=account.pk.bytes, display_name=account.name
    )
    options, state = _server(host, office).register_begin(
        user,
        [each for each, _row in _of(account)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_REQUIRED,
    )
    return _asked(options, state, f"new {account.pk}")


def taken(
    account: Account, answer: str, state: str, *, host: str, at: datetime
) -> WayIn:
    """Take a new passkey; the row is not kept yet.

    Raises:
        PasskeyError: it is not what was asked for.
    """
    server = _server(host, "")
    told = _state(state, f"new {account.pk}", at)
    try:
        response = RegistrationResponse.from_dict(_said(answer))
        data = server.register_complete(told, response)
    except _UNREADABLE as error:
        raise PasskeyError from error
    found = data.credential_data
    if found is None:
        raise PasskeyError
    row = WayIn(account=account, kind=PASSKEY, made=at, count=data.counter)
    row.token = digest("passkey", found.credential_id.hex())
    row.sealed = seal(bytes(found), "way in", str(row.pk), str(account.pk))
    if WayIn.objects.filter(token=row.token).exists():
        raise PasskeyError
    return row


def asked(*, host: str, account: Account | None = None) -> Asked:
    """Ask for a passkey: of one account, or of whoever is there."""
    known = [each for each, _row in _of(account)] if account else None
    options, state = _server(host, "").authenticate_begin(
        known, user_verification=_REQUIRED
    )
    return _asked(options, state, f"shown {account.pk if account else ''}")


def shown(
    answer: str, state: str, *, host: str, at: datetime, account: Account | None = None
) -> Account:
    """Hear a passkey.

    Returns:
        The account that it is of.

    Raises:
        PasskeyError: it is none of an open account, or not what was asked for.
    """
    told = _state(state, f"shown {account.pk if account else ''}", at)
    try:
        response = AuthenticationResponse.from_dict(_said(answer))
        with transaction.atomic():
            row = _row(response.raw_id.hex())
            _server(host, "").authenticate_complete(told, [_credential(row)], response)
            _count(row, response.response.authenticator_data.counter, at)
    except _UNREADABLE as error:
        raise PasskeyError from error
    if not row.account.is_active or (account and row.account_id != account.pk):
        raise PasskeyError
    return row.account


def _count(row: WayIn, counter: int, at: datetime) -> None:
    """Refuse a copy of a passkey that counts: it lags behind."""
    if (counter or row.count) and counter <= row.count:
        raise PasskeyError
    row.count, row.used = counter, at
    row.save(update_fields=["count", "used"])


def _row(credential: str) -> WayIn:
    rows = WayIn.objects.select_for_update(of=("self",)).select_related(
        "account__organisation"
    )
    found = rows.filter(kind=PASSKEY, token=digest("passkey", credential)).first()
    if found is None:
        raise PasskeyError
    return found


def _of(account: Account) -> list[tuple[AttestedCredentialData, WayIn]]:
    rows = WayIn.objects.filter(account=account, kind=PASSKEY)
    return [(_credential(each), each) for each in rows]


def _credential(row: WayIn) -> AttestedCredentialData:
    place = (str(row.pk), str(row.account_id))
    return AttestedCredentialData(unseal(bytes(row.sealed), "way in", *place))


def _asked(options: Mapping[str, Any], state: Mapping[str, Any], salt: str) -> Asked:
    signed = signing.dumps(dict(state), salt=f"{_SALT} {salt}")
    return Asked(json.dumps(dict(options)), signed)


def _said(answer: str) -> dict[str, Any]:
    told = json.loads(answer)
    if not isinstance(told, dict):
        raise PasskeyError
    return told


def _state(signed: str, salt: str, at: datetime) -> dict[str, Any]:
    try:
        told: dict[str, Any] = signing.loads(
            signed, salt=f"{_SALT} {salt}", max_age=MINUTES * 60
        )
    except signing.BadSignature:
        raise PasskeyError from None
    if not tries.spend("challenge", str(told["challenge"]), at=at):
        raise PasskeyError
    return told


def _server(host: str, office: str) -> Fido2Server:
    name = host.partition(":")[0]
    return Fido2Server(PublicKeyCredentialRpEntity(name=office or name, id=name))

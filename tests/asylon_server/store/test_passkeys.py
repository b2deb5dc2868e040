"""A passkey lets in the account that it is of, once for each time that it is asked for."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.db import transaction
from fido2 import cbor
from fido2.utils import websafe_encode

from asylon_server.store.entry import passkeys, ways
from asylon_server.store.entry.models import WayIn
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.organisations.models import Account
from tests.asylon_server.authenticator import HOST, Authenticator
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db
AT = {"host": HOST, "at": LATER}


@pytest.fixture
def mine(somebody):
    return Account.objects.get(pk=somebody("unhcr", "protection", name="Mina").account)


@pytest.fixture
def theirs(somebody):
    return Account.objects.get(pk=somebody("unhcr", "protection", name="Lee").account)


def attested(data):
    return cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})


def takes(account, device):
    asked = passkeys.asked_for_new(account, host=HOST, office="Office")
    row = passkeys.taken(account, device.made(asked), asked.state, **AT)
    ways.add_passkey(account, row, "Key", at=LATER)
    return row


def opens(device, **whom):
    asked = passkeys.asked(host=HOST, **whom)
    return passkeys.shown(device.shown(asked), asked.state, **AT, **whom)


def refused(device, **whom):
    with pytest.raises(passkeys.PasskeyError):
        opens(device, **whom)
    return True


def test_each_passkey_lets_in_its_own_account(mine, theirs):
    devices = {each: Authenticator(each.pk.bytes) for each in (mine, theirs)}
    for account, device in devices.items():
        takes(account, device)

    assert {opens(device) for device in devices.values()} == {mine, theirs}
    assert opens(devices[mine], account=mine) == mine


def test_the_passkey_of_another_confirms_nothing(mine, theirs):
    device = Authenticator()
    takes(theirs, device)

    assert refused(device, account=mine)


def test_the_passkey_of_a_closed_account_lets_nobody_in(mine):
    device = Authenticator()
    takes(mine, device)
    close_account(None, mine.pk, at=MORNING)

    assert refused(device)


def test_a_passkey_that_nobody_keeps_lets_nobody_in(mine):
    takes(mine, Authenticator(b"other" * 4))

    assert refused(Authenticator())


def test_what_is_kept_as_no_passkey_is_none(mine):
    device = Authenticator()
    WayIn.objects.filter(pk=takes(mine, device).pk).update(kind="app")

    assert refused(device)


def test_a_passkey_that_counts_is_not_taken_from_a_copy_that_lags(mine):
    device = Authenticator(count=5)
    takes(mine, device)
    assert refused(device)
    device.count = 6
    assert opens(device) == mine

    device.count = 0
    assert refused(device)


def test_a_passkey_that_does_not_count_is_taken_again(mine):
    device = Authenticator()
    takes(mine, device)

    assert opens(device) == opens(device) == mine


def test_an_answer_is_taken_once(mine):
    device = Authenticator()
    takes(mine, device)
    asked = passkeys.asked(host=HOST)
    answer = device.shown(asked)
    passkeys.shown(answer, asked.state, **AT)

    with pytest.raises(passkeys.PasskeyError):
        passkeys.shown(answer, asked.state, **AT)


def test_a_passkey_is_taken_for_one_account(mine, theirs):
    device = Authenticator()
    takes(mine, device)

    with pytest.raises(passkeys.PasskeyError), transaction.atomic():
        takes(theirs, device)


def test_a_page_asks_for_the_passkeys_of_the_account_alone(mine, theirs):
    takes(theirs, Authenticator(b"other" * 4))
    takes(mine, Authenticator())
    WayIn.objects.create(
        account=mine, kind="app", token="t" * 2, sealed=b"x", made=MORNING
    )

    asked = json.loads(passkeys.asked(host=HOST, account=mine).options)
    new = json.loads(passkeys.asked_for_new(mine, host=HOST, office="").options)

    known = (
        asked["publicKey"]["allowCredentials"],
        new["publicKey"]["excludeCredentials"],
    )
    assert [len(each) for each in known] == [1, 1]


@pytest.mark.parametrize("answer", ["null", "5", "[]", "[" * 100_000])
def test_what_is_no_answer_is_refused(answer, db):
    asked = passkeys.asked(host=HOST)

    with pytest.raises(passkeys.PasskeyError):
        passkeys.shown(answer, asked.state, **AT)


PLACE = sha256(HOST.encode()).digest()
MALFORMED = {
    "nothing": b"",
    "a number cut off": b"\x1b\x00",
    "lists in lists": b"\x81" * 100_000,
    "no key": attested(PLACE + b"\x05" + bytes(4)),
    "a number for a key": attested(
        PLACE + b"\x45" + bytes(4) + bytes(16) + b"\x00\x01k" + b"\x05"
    ),
}
"""What the library stumbles over, each time in another way."""


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_passkey_is_refused_like_any_other(name, mine):
    asked = passkeys.asked_for_new(mine, host=HOST, office="")
    answer = json.loads(Authenticator().made(asked))
    answer["response"]["attestationObject"] = websafe_encode(MALFORMED[name])

    with pytest.raises(passkeys.PasskeyError):
        passkeys.taken(mine, json.dumps(answer), asked.state, **AT)


def test_a_malformed_showing_is_refused_like_any_other(mine):
    device = Authenticator()
    takes(mine, device)
    asked = passkeys.asked(host=HOST)
    answer = json.loads(device.shown(asked))
    # Extensions are announced, and none are there.
    data = PLACE + b"\x85" + bytes(4)
    answer["response"]["authenticatorData"] = websafe_encode(data)

    with pytest.raises(passkeys.PasskeyError):
        passkeys.shown(json.dumps(answer), asked.state, **AT)

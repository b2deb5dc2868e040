"""Browsers of officers, as Django's client is one."""

from __future__ import annotations

import hmac
import re
import struct

import pytest
from django.db.models import Q
from django.test import Client
from django.utils.timezone import now

from asylon.security import codes
from asylon_server.store.cases.models import Assignment, Case
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.web.small_pages import Page

KEPT = re.compile(r'name="submission" value="([^"]+)"')
PASSWORD = "correct horse battery"  # noqa: S105  of nobody
SECRET = b"s" * 32


@pytest.fixture(autouse=True)
def keys(settings, custody):
    settings.ASYLON_CUSTODY = custody


@pytest.fixture
def account(somebody):
    """Make an account that can sign in."""

    def made(kind="legal_aid", role="registration", **named):
        actor = somebody(kind, role, **named)
        found = Account.objects.get(pk=actor.account)
        found.papers = ways.set_up(found, at=now(), password=PASSWORD, secret=SECRET)
        found.refresh_from_db()
        return found

    return made


def shown(secret, at):
    """Make a code as an app does, on its own."""
    counter = int(at.timestamp()) // codes.STEP_SECONDS
    digest = hmac.digest(secret[:20], struct.pack(">Q", counter), "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


@pytest.fixture
def code():
    """Show a code as an app does, of a step that was not used yet."""
    steps = iter((0, 1, -1))
    return lambda: shown(SECRET, now() + next(steps) * codes.STEP)


@pytest.fixture
def enter():
    """Sign somebody in."""

    def opened(account):
        client = Client()
        client.force_login(account)
        session = client.session
        session[CONFIRMED] = now().isoformat()  # as whoever has just signed in
        session.save()
        return client

    return opened


@pytest.fixture
def registrar(account, enter):
    found = account()
    client = enter(found)
    client.account = found
    return client


@pytest.fixture
def form():
    """Search for a family as the form demands, and get the form with two people."""

    def asked(client, name="김정숙", born="1989"):
        answer = client.post("/desk/register/", {"name": name, "born": born})
        return {
            "submission": KEPT.search(answer.content.decode())[1],
            "people": "p1 p2",
            "p1-name": name,
            "p1-born": born,
            "p1-kind": "used",
            "p1-feared": "PRK",
            "p1-first_language": "한국어",
            "p2-name": "김별",
            "p2-born": "2019-05-02",
            "p2-kin": "mother",
        }

    return asked


@pytest.fixture
def case(registrar, form):
    """Register a mother and a child, whom a test that needs others makes itself."""
    told = {**form(registrar), "act": "register"}
    registrar.post("/desk/register/family/", told)
    [made] = Case.objects.within(Q(erased=None))
    return made


@pytest.fixture
def her(registrar, case, custody):
    """Open the page of the mother as who registered her."""
    return Page(registrar, case, custody)


@pytest.fixture
def seen_by(case, custody, account, enter):
    """Open the page of the mother in a role that the case is assigned to."""

    def opened(kind, role, **named):
        found = account(kind, role, **named)
        Assignment.objects.create(case=case, account=found, since=case.opened)
        return Page(enter(found), case, custody)

    return opened

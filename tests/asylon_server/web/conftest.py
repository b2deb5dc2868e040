"""Browsers of officers, as Django's client is one."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from asylon_server.store.organisations.models import Account

KEPT = re.compile(r'name="submission" value="([^"]+)"')
PASSWORD = "correct horse battery"  # noqa: S105  of nobody


@pytest.fixture(autouse=True)
def keys(settings, custody):
    settings.ASYLON_CUSTODY = custody


@pytest.fixture
def account(somebody):
    """Make an account that can sign in."""

    def made(kind="legal_aid", role="registration", **named):
        actor = somebody(kind, role, **named)
        found = Account.objects.get(pk=actor.account)
        found.set_password(PASSWORD)
        found.save()
        return found

    return made


@pytest.fixture
def enter():
    """Sign somebody in."""

    def opened(account):
        client = Client()
        client.force_login(account)
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

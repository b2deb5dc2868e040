"""A deployment for an authority that may hold no identities: every page, by everybody.

It has no table for identities and no key. The cases of the world stand in it as bare
rows, so that the pages of a case are asked as well, and whoever comes near a table that
is not there fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.db import connections
from django.test import override_settings

from asylon_server.store.cases.models import GroupHold
from asylon_server.web.common import coming
from tests.asylon_server.rights.table import (
    EVERYBODY,
    FRESH,
    PLAIN,
    RELATIONS,
    Address,
    matrix,
)
from tests.asylon_server.rights.walking import WITHOUT, ask, path_of
from tests.asylon_server.rights.world import World, undone
from tests.asylon_server.runs import on_sqlite
from tests.conftest import SOAK

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    on_sqlite,
]

MATRIX = matrix()
NAME = "Zqnobodyzq"
NAMING = ("name", "p1-name", "words", "text")
"""The fields of forms in which somebody could be named."""

NOT_HERE = frozenset(
    f"desk/{each}/"
    for each in (
        "register",
        "register/family",
        "report",
        "wish",
        "receipts",
        "certificates",
        "groups",
        "groups/propose",
        "groups/<uuid:group>",
        "emergency",
        "erasings",
    )
)
"""What no account finds in such a deployment; each who would have it is told why."""

ABSENT = re.compile(r'"(vault|keystore)_|FROM "?(vault|keystore)_')
CHANGES = re.compile(r'^\s*(INSERT INTO|UPDATE) "(\w+)"')
SEALED = frozenset(
    f"cases_{each}"
    for each in (
        "case",
        "certificate",
        "grouphold",
        "liftingproposal",
        "nametoken",
        "receipt",
        "standinghold",
        "yearlesstoken",
    )
) | {"entry_keptform"}
"""Tables of rows that would name somebody, or say where to find who is named."""

NEW = {("INSERT INTO", each) for each in SEALED}


@dataclass
class Watch:
    """What is done to the tables; the ones that are not there are not reached."""

    wrote: list[str] = field(default_factory=list)

    def __call__(
        self, run: Callable[..., Any], sql: str, told: Any, many: bool, context: Any
    ) -> Any:
        if ABSENT.search(sql):
            message = f"there is no such table here: {sql[:200]}"
            raise AssertionError(message)
        change = CHANGES.match(sql)
        if change and (NAME in str(told) or change.groups() in NEW):
            self.wrote.append(change[2])
        return run(sql, told, many, context)


@pytest.fixture
def watch(world: World) -> Iterator[Watch]:
    with undone(), ExitStack() as stack:
        GroupHold.objects.all().delete()
        stack.enter_context(without_identities())
        made = Watch()
        for alias in settings.DATABASES:
            stack.enter_context(connections[alias].execute_wrapper(made))
        yield made


@contextmanager
def without_identities() -> Iterator[None]:
    here = replace(settings.ASYLON_DEPLOYMENT, kind="authority", identities=False)
    with override_settings(
        ASYLON_CUSTODY=None, ASYLON_DEPLOYMENT=here, ASYLON_IDENTITIES=False
    ):
        yield


@pytest.mark.parametrize("way", ["get", "post"])
@pytest.mark.parametrize(
    "address", MATRIX.addresses, ids=lambda each: f"{each.path} {each.about}"
)
def test_no_page_breaks_and_nobody_is_kept(address, way, world, door, watch):
    wrong = []
    world.renew()
    for who, relation in asking(address, way):
        answer = ask(
            door,
            way,
            path_of(address.path, named(address, who, relation, world)),
            session=world.sessions[who, FRESH],
            send=world.sent(who, naming(address)),
        )
        told = f"{way} {address.path} by {who}, {relation}: {answer.outcome}"
        expected = allowed(address, way, who, relation)
        if answer.outcome not in expected:
            wrong.append(f"{told}, and not {sorted(expected)}")
        if answer.outcome == WITHOUT and (answer.wrote or NAME in answer.text):
            wrong.append(f"{told}, and {answer.wrote} all the same")

    assert wrong == []
    assert watch.wrote == []


def test_a_form_after_the_session_is_not_kept_either(world, door, watch):
    address = next(e for e in MATRIX.addresses if e.path == "desk/register/family/")
    send = {**address.send, "p1-name": NAME}

    key = signing.dumps(["secret", "account"], salt=coming._SALT)

    door.cookies.clear()
    door.cookies[coming.kept_cookie()] = key
    answer = door.post(f"/{address.path}", send)

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert watch.wrote == []


@pytest.mark.parametrize("who", ["unhcr registration", "legal_aid protection"])
def test_no_link_leads_to_what_nobody_finds_here(who, world, door, watch):
    page = ask(door, "get", "desk/", session=world.sessions[who, FRESH])

    linked = set(re.findall(r'href="/([^"#?]*)', page.text))
    assert page.outcome == "page"
    assert linked & NOT_HERE == set()


def asking(address: Address, way: str) -> list[tuple[str, str]]:
    """Say who asks, in which relation; a quick run asks those who would get something.

    Of what is no less here than elsewhere it asks each seventh account.
    """
    if not address.is_of_a_case:
        step = 1 if SOAK or address.path in NOT_HERE else 7
        return [(who, PLAIN) for who in sorted(EVERYBODY)[::step]]
    return [
        (who, relation)
        for who in sorted(EVERYBODY)
        for relation in (RELATIONS if SOAK else ("assigned",))
        if SOAK or address.expected(way, who, relation, FRESH) != "not found"
    ]


def named(address: Address, who: str, relation: str, world: World) -> dict[str, str]:
    filled = MATRIX.fill | address.fill
    if address.is_of_a_case:
        filled |= world.named(world.case(who, relation))
    return filled


def naming(address: Address) -> dict[str, str]:
    return {n: NAME if n in NAMING else value for n, value in address.send.items()}


def allowed(address: Address, way: str, who: str, relation: str) -> set[str]:
    """Say what somebody may get here, by what they would get elsewhere."""
    sees, gets = (address.expected(e, who, relation, FRESH) for e in ("get", way))
    if address.path in NOT_HERE:
        return {"not found"} if sees == "not found" else {WITHOUT}
    if gets == "not found" or not address.is_of_a_case:
        return {gets}
    # A case of which only the row is there has no people, no holds that can be read and
    # nothing to print; what is asked for of them is absent, or is not kept here.
    return {gets, "not found", "onward", "refused", WITHOUT}

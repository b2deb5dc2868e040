"""An office with people in it, and keys that live as long as a test."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from asylon.casework import File, Hold, Person
from asylon.dates import read
from asylon.identity import Name
from asylon.security.custody import FileCustody
from asylon.security.drawing import draw_key
from asylon_server.letters import FacesError, faces
from asylon_server.store.organisations.models import Account, Organisation

MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = MORNING + timedelta(hours=1)


@pytest.fixture(scope="session")
def custody():
    return FileCustody.draw()


@pytest.fixture(scope="session")
def sealer():
    return draw_key()


@pytest.fixture
def somebody(db):
    """Make an account in a role of an organisation of a kind."""

    def made(kind, role, *, name="", office=""):
        organisation, _ = Organisation.objects.get_or_create(
            name=office or kind, defaults={"kind": kind}
        )
        return Account.objects.create(
            name=name or f"{kind} {role} {Account.objects.count()}",
            organisation=organisation,
            role=role,
        ).actor

    return made


@pytest.fixture
def officer(somebody):
    return somebody("legal_aid", "registration")


@pytest.fixture
def family():
    """A mother and a child, under their own names."""
    hold = Hold("PRK", MORNING.date(), "wish_expressed")
    mother = Person(
        "p1", names=(Name("김정숙", "Hang"),), born=(read("1989"),), feared=("PRK",)
    )
    child = Person("p2", names=(Name("김별", "Hang"),), born=(read("2019-05-02"),))
    return File("A-1", people=(mother, child), holds=(hold,))


@pytest.fixture
def with_faces():
    """Faces that carry Korean and Chinese; without them no letter is printed."""
    try:
        faces.chosen(faces.installed().families())
    except FacesError as error:
        if os.environ.get("CI"):
            pytest.fail(f"{error}, and this must not be passed over")
        pytest.skip(str(error))

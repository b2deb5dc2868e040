"""The first page: whose work it is, in the order and with the filter asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from asylon.casework import ANY, Hold
from asylon_server.store.cases import lists
from asylon_server.store.cases.acts import register
from asylon_server.store.record.models import Event
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def opened(registrar, family, custody):
    """Open cases for the registrar, one after the other."""

    def made(*references, holds=family.holds):
        for number, reference in enumerate(references):
            register(
                registrar.account.actor,
                replace(family, reference=reference, holds=holds),
                submission=reference,
                at=MORNING - timedelta(days=len(references) - number),
                custody=custody,
            )

    return made


def order(answer):
    return [row.reference for row in answer.context["rows"]]


def test_the_newest_case_comes_first(registrar, opened):
    opened("A-1", "A-2")

    assert order(registrar.get("/desk/")) == ["A-2", "A-1"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("opened", ["B-9", "A-1"]),
        ("-opened", ["A-1", "B-9"]),
        ("reference", ["A-1", "B-9"]),
        ("-reference", ["B-9", "A-1"]),
        ("organisation__name", ["A-1", "B-9"]),
    ],
)
def test_cases_come_in_the_order_asked_for(asked, wanted, registrar, opened):
    opened("B-9", "A-1")

    assert order(registrar.get("/desk/", {"order": asked})) == wanted


def test_cases_are_kept_by_reference(registrar, opened):
    opened("A-1", "A-2")

    assert order(registrar.get("/desk/", {"reference": "a-2"})) == ["A-2"]


def test_cases_are_kept_by_destination(registrar, opened):
    opened("A-1")
    opened("A-2", holds=(Hold(ANY, MORNING.date(), "wish_expressed"),))

    assert order(registrar.get("/desk/", {"destination": "PRK"})) == ["A-1"]
    assert order(registrar.get("/desk/", {"destination": ANY})) == ["A-2"]


def test_only_what_is_shown_is_opened_and_recorded(registrar, opened, monkeypatch):
    opened("A-1", "A-2", "A-3")
    monkeypatch.setattr(lists, "PAGE", 2)
    before = Event.objects.count()

    answer = registrar.get("/desk/", {"page": "2"})

    assert order(answer) == ["A-1"]
    assert Event.objects.count() == before + 1


def test_a_page_that_is_not_there_is_the_last(registrar, opened):
    opened("A-1")

    assert order(registrar.get("/desk/", {"page": "99"})) == ["A-1"]


def test_the_work_of_others_is_not_listed(account, enter, opened):
    opened("A-1")

    assert order(enter(account(name="another")).get("/desk/")) == []

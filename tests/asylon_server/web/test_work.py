"""The first page: whose work it is, in the order and with the filter asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils.timezone import now

from asylon.casework import ANY, Hold
from asylon_server.store.cases import lists
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment, Case, Certificate
from asylon_server.store.record.models import Event
from asylon_server.store.vault.models import Compartment
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
    return [row.reference for row, _waits in answer.context["rows"]]


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


def test_a_row_says_that_its_file_does_not_open(registrar, opened):
    opened("A-1", "A-2")
    last = Compartment.objects.order_by("-pk").values_list("case", flat=True)[0]
    Compartment.objects.filter(case=last).update(sealed=b"altered")

    page = registrar.get("/desk/").content.decode()

    assert page.count("This file cannot be opened") == 1
    assert page.count("김정숙") == 1


def test_the_page_of_a_file_that_does_not_open_says_so_plainly(registrar, opened):
    opened("A-1")
    case = Compartment.objects.values_list("case", flat=True)[0]
    Compartment.objects.filter(case=case).update(sealed=b"altered")
    for part in ("", "people/", "holds/", "kin/"):
        answer = registrar.get(f"/desk/cases/{case}/{part}")
        assert answer.status_code == 200
        assert "cannot be opened" in answer.content.decode()
        assert "stand all the same" in answer.content.decode()


def certificate(case, expires, **more):
    digest = "0" * 64
    return Certificate.objects.create(
        case=case,
        person="p1",
        number=str(expires),
        version=1,
        digest=digest,
        issued=MORNING.date(),
        expires=expires,
        **more,
    )


def days(count):
    return now().date() + timedelta(days=count)


def test_what_ends_soon_comes_first(registrar, opened):
    opened("A-1", "A-2", "A-3")
    certificate(Case.objects.within(Q(reference="A-1")).get(), days(20))
    certificate(Case.objects.within(Q(reference="A-2")).get(), days(-3))

    answer = registrar.get("/desk/")

    assert order(answer) == ["A-2", "A-1", "A-3"]
    lines = [
        [line for line, urgent in w if urgent] for _row, w in answer.context["rows"]
    ]
    assert [line[0].split()[1] if line else "" for line in lines] == [
        "ended",
        "ends",
        "",
    ]


def test_a_certificate_that_was_ended_or_has_long_to_go_waits_for_nothing(
    registrar, opened
):
    opened("A-1", "A-2")
    certificate(Case.objects.within(Q(reference="A-1")).get(), days(60))
    certificate(Case.objects.within(Q(reference="A-1")).get(), days(5), ended=now())

    assert order(registrar.get("/desk/")) == ["A-2", "A-1"]


def test_what_was_not_told_yet_is_named(registrar, opened):
    opened("A-1")

    assert "ways of contact" in registrar.get("/desk/").content.decode()


def test_nobody_is_told_to_ask_what_is_not_for_them(account, enter, opened):
    opened("A-1")
    speaker = account(name="Speaker", role="interpreter")
    case = Case.objects.within(Q(reference="A-1")).get()
    Assignment.objects.create(case=case, account=speaker, since=MORNING)

    assert "Not told yet" not in enter(speaker).get("/desk/").content.decode()


def test_what_was_chosen_stays_in_the_address(registrar, opened, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 1)
    opened("A-1", "A-2")
    chosen = {"order": "reference", "destination": "PRK", "reference": "A"}

    page = registrar.get("/desk/", chosen).content.decode()

    assert "order=reference&amp;destination=PRK&amp;reference=A&amp;page=2" in page
    assert '<option value="PRK" selected>' in page


def test_of_very_many_cases_the_list_says_how_far_it_looked(
    registrar, opened, monkeypatch
):
    monkeypatch.setattr(lists, "LOOKED_AT", 1)
    opened("A-1", "A-2")

    answer = registrar.get("/desk/", {"destination": "PRK"})

    assert order(answer) == ["A-2"]
    assert "is sealed" in answer.content.decode()


def test_a_wide_caseload_gives_the_same_answer(registrar, opened, monkeypatch):
    opened("A-1", "A-2")
    narrow = order(registrar.get("/desk/", {"order": "reference"}))
    monkeypatch.setattr(lists, "WIDE", 1)

    assert order(registrar.get("/desk/", {"order": "reference"})) == narrow
    assert order(registrar.get("/desk/")) == ["A-2", "A-1"]


@pytest.mark.parametrize("page", ["x", "²"])
def test_a_page_that_is_no_number_is_the_first(registrar, opened, page):
    opened("A-1")
    case = Case.objects.within(Q()).get()

    assert order(registrar.get("/desk/", {"page": page})) == ["A-1"]
    for name in ("timeline", "record"):
        path = f"/desk/cases/{case.pk}/{name}/"
        assert registrar.get(path, {"page": page}).status_code == 200


def test_who_only_reads_a_case_is_not_told_what_to_ask(registrar, seen_by, case):
    path = f"/desk/cases/{case.pk}/"
    reader = seen_by("unhcr", "eligibility").client

    assert "Not told yet" in registrar.get(path).content.decode()
    assert "Not told yet" not in reader.get(path).content.decode()


@pytest.mark.parametrize(
    ("now", "leads"), [("", "reference"), ("reference", "-reference")]
)
def test_the_head_of_a_column_turns_its_order_round(registrar, now, leads):
    answer = registrar.get("/desk/", {"order": now})

    assert f"order={leads}" in answer.context["orders"]["reference"]["address"]

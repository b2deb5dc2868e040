"""Every page of the desk, and who gets what from it: written apart from the code."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment, Conflict
from asylon_server.web.desk import urls
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SEES, ABSENT = 200, 404
ROLES = {
    "registration": ("legal_aid", "registration"),
    "protection": ("legal_aid", "protection"),
    "counsel": ("legal_aid", "counsel"),
    "interpreter": ("legal_aid", "interpreter"),
    "supervisor": ("legal_aid", "supervisor"),
    "auditor": ("legal_aid", "auditor"),
    "administrator": ("legal_aid", "administrator"),
    "applicant": ("legal_aid", "applicant"),
    "authority": ("authority", "eligibility"),
    "police": ("police", "eligibility"),
}
OFFICERS = {"registration", "protection", "counsel", "interpreter", "authority"}
TABLE = {
    # Whoever is assigned the case gets these pages; all others find nothing there.
    "work": set(ROLES),
    "register": {"registration"},
    "family": {"registration"},
    "case": OFFICERS,
    "person": OFFICERS,
    "holds": OFFICERS - {"interpreter"},
    "kin": OFFICERS - {"interpreter", "authority"},
    "record": {"registration", "counsel"},
    "certificates": {"registration", "protection", "counsel"},
    "talk": {"registration", "protection"},
    "certificate-issue": {"registration", "protection"},
    # None was issued yet, so that there is nothing to open or to end.
    "certificate": set(),
    "certificate-end": set(),
    "certificate-confirm": {"registration", "protection", "supervisor"},
}
OF_A_CASE = (
    "case",
    "person",
    "holds",
    "kin",
    "record",
    "certificates",
    "talk",
    "certificate-issue",
    "certificate",
    "certificate-end",
)
OF_A_PERSON = {"person", "talk", "certificate-issue"}
OF_A_CERTIFICATE = {"certificate", "certificate-end"}


@pytest.fixture
def case(officer, family, custody):
    return register(officer, family, submission="s", at=MORNING, custody=custody)


def address(name, case):
    named = {"case": case} if name in OF_A_CASE else {}
    return reverse(f"desk:{name}", kwargs=named | part(name))


def part(name):
    of_person = {"person": "p1"} if name in OF_A_PERSON else {}
    return of_person | ({"number": 1} if name in OF_A_CERTIFICATE else {})


def test_every_page_has_a_row():
    assert {each.name for each in urls.urlpatterns} == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_a_role_gets_what_the_table_says(name, role, case, account, enter):
    who = account(*ROLES[role])
    Assignment.objects.create(case=case, account=who, since=MORNING)

    answer = enter(who).get(address(name, case.id), follow=True)

    assert answer.status_code == (SEES if role in TABLE[name] else ABSENT)


@pytest.mark.parametrize("name", OF_A_CASE)
@pytest.mark.parametrize("role", ROLES)
def test_a_case_of_others_and_none_look_alike(name, role, case, account, enter):
    client = enter(account(*ROLES[role]))

    forbidden = client.get(address(name, case.id))
    absent = client.get(address(name, uuid4()))

    assert forbidden.status_code == absent.status_code == ABSENT
    assert plain(forbidden, case.id) == plain(absent, case.id)


def plain(answer, case):
    """The page, but for its own address and what guards its forms."""
    path = answer.wsgi_request.path
    token = answer.context["csrf_token"]
    text = answer.content.decode().replace(path, "").replace(str(token), "")
    assert str(case) not in text
    return text.split("csrfmiddlewaretoken")[0], len(text)


def test_a_conflict_keeps_even_the_assigned_away(case, account, enter):
    who = account()
    Assignment.objects.create(case=case, account=who, since=MORNING)
    Conflict.objects.create(case=case, account=who)
    client = enter(who)

    assert client.get(address("case", case.id)).status_code == ABSENT
    assert case.reference not in client.get("/desk/").content.decode()


@pytest.mark.parametrize("name", TABLE)
def test_nobody_gets_anything_without_signing_in(name, case, client):
    answer = client.get(address(name, case.id))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_an_authority_sees_no_name(case, account, enter, family):
    who = account("authority", "eligibility")
    Assignment.objects.create(case=case, account=who, since=MORNING)
    client = enter(who)

    pages = [client.get(address(name, case.id)) for name in ("work", *OF_A_CASE)]

    names = [each.words for one in family.people for each in one.names]
    texts = "".join(page.content.decode() for page in pages)
    assert case.reference in texts
    assert not [each for each in names if each in texts]


def test_whoever_looks_is_in_the_record(case, account, enter):
    who = account(name="Counsel Lee", role="counsel")
    Assignment.objects.create(case=case, account=who, since=MORNING)
    client = enter(who)
    client.get(address("case", case.id))

    shown = client.get(address("record", case.id)).content.decode()

    assert "Counsel Lee" in shown
    assert "Case read" in shown
    assert "Case opened" in shown

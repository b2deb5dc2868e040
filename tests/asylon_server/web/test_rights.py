"""Every page of the desk, and who gets what from it: written apart from the code."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

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
READERS = OFFICERS | {"supervisor"}
ON_DUTY = {"registration", "protection", "counsel", "supervisor"}
TABLE = {
    # Whoever is assigned the case gets these pages; all others find nothing there.
    "work": set(ROLES),
    "register": {"registration"},
    "family": {"registration"},
    "case": READERS,
    "people": READERS,
    "person": READERS,
    "another-person": {"registration"},
    "part-add": {"registration"},
    "part-change": {"registration"},
    "part-out": {"registration"},
    "holds": READERS - {"interpreter"},
    "hold-place": ON_DUTY,
    "hold-lift": {"protection", "supervisor"},
    # Nothing is proposed, so that there is nothing to answer.
    "hold-answer": set(),
    "report": ON_DUTY,
    "wish": {"registration", "protection", "counsel"},
    "receipt-find": {"registration", "protection", "counsel"},
    "receipt": {"registration", "protection", "counsel"},
    "groups": {"protection", "supervisor"},
    # Only UNHCR declares one, and none is declared.
    "group-propose": set(),
    "group": set(),
    "reported": ON_DUTY,
    "kin": OFFICERS - {"interpreter", "authority"},
    "timeline": {"registration", "counsel"},
    "record": {"registration", "counsel"},
    "certificates": {"registration", "protection", "counsel"},
    "talk": {"registration", "protection"},
    "certificate-issue": {"registration", "protection"},
    # None was issued yet, so that there is nothing to open or to end.
    "certificate": set(),
    "certificate-end": set(),
    "certificate-confirm": {"registration", "protection", "supervisor"},
    "conflict": OFFICERS,
    "office": {"supervisor"},
    "office-case": {"supervisor"},
    "audit": {"auditor"},
    "emergency": {"protection"},
    "emergencies": {"supervisor", "auditor"},
    "nothing": set(ROLES),
    "erase": {"protection", "counsel"},
    "erasings": {"protection", "counsel"},
    "release": {"registration", "protection", "counsel"},
    "claims": {"protection", "counsel", "authority"},
    "claim-lodge": {"protection", "counsel", "authority"},
    "complaints": {"auditor"},
    "next": {"protection", "counsel", "authority"},
    "interview-coming": {"interpreter", "authority"},
    "interview-times": {"interpreter", "authority"},
    # Nobody complained, so that there is nothing to settle.
    "complaint": set(),
}
OF_A_CLAIM = "<slug:claim>"
"""Of the pages of one claim, matrix.toml alone says who gets them."""

OF_A_CASE = (
    "case",
    "people",
    "timeline",
    "person",
    "another-person",
    "part-add",
    "part-change",
    "part-out",
    "holds",
    "hold-place",
    "hold-lift",
    "hold-answer",
    "reported",
    "receipt",
    "kin",
    "record",
    "certificates",
    "talk",
    "certificate-issue",
    "certificate",
    "certificate-end",
    "conflict",
    "erase",
    "release",
    "claims",
    "claim-lodge",
)
OF_A_PART = {"part-add", "part-change", "part-out"}
OF_A_PERSON = {"person", "talk", "certificate-issue", *OF_A_PART}
OF_A_NUMBER = {
    "certificate",
    "certificate-end",
    "hold-lift",
    "part-change",
    "part-out",
}


@pytest.fixture
def case(officer, family, custody):
    return register(officer, family, submission="s", at=MORNING, custody=custody)


def address(name, case):
    if name == "home":
        return reverse("home")
    named = {"case": case} if name in {*OF_A_CASE, "office-case"} else {}
    return reverse(f"desk:{name}", kwargs=named | part(name))


def part(name):
    of_person = {"person": "p1"} if name in OF_A_PERSON else {}
    of_proposal = {"proposal": UUID(int=1)} if name == "hold-answer" else {}
    of_proposal |= {"group": UUID(int=1)} if name == "group" else {}
    of_proposal |= {"complaint": UUID(int=1)} if name == "complaint" else {}
    numbered = {"number": 1} if name in OF_A_NUMBER else {}
    of_part = {"part": "names"} if name in OF_A_PART else {}
    return of_part | of_person | of_proposal | numbered


def test_every_page_has_a_row():
    told = {e.name for e in urls.urlpatterns if OF_A_CLAIM not in str(e.pattern)}

    assert told == set(TABLE)


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


@pytest.mark.parametrize("name", [*TABLE, "home"])
def test_nobody_gets_anything_without_signing_in(name, case, client):
    answer = client.get(address(name, case.id))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("name", ["kept", "account", "begin", "notices", "people"])
def test_nobody_gets_anything_without_signing_in_of_ones_own(name, client, db):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?")


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
    assert "Case opened" in client.get(address("timeline", case.id)).content.decode()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("register", "registration"),
        ("family", "registration"),
        ("report", "counsel"),
        ("wish", "counsel"),
        ("receipt-find", "counsel"),
        ("groups", "protection"),
        ("group", "protection"),
        ("certificate-confirm", "supervisor"),
        ("emergency", "protection"),
        ("erasings", "counsel"),
    ],
)
def test_where_nobody_may_be_named_whoever_looks_is_told_so(
    name, role, account, enter, settings
):
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, identities=False)

    answer = enter(account(*ROLES[role])).get(address(name, None))

    assert answer.status_code == 403
    assert "may hold no identities" in answer.content.decode()


def test_where_nobody_may_be_named_no_group_is_held(account, enter, settings):
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, identities=False)

    answer = enter(account("unhcr", "protection")).get(address("group-propose", None))

    assert answer.status_code == 403

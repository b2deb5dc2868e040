"""The pages of a certificate: a talk first, then one paper, served as it was issued."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from asylon.identity import Name
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.models import Certificate
from asylon_server.store.cases.telling import tell
from tests.asylon_server.conftest import MORNING

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("with_faces"),
]

TALK = {"language": "한국어", "wish": "carry", "read_back": "on"}


@pytest.fixture(autouse=True)
def number_to_call(settings):
    here = replace(settings.ASYLON_DEPLOYMENT, telephone="+00 000 0000")
    settings.ASYLON_DEPLOYMENT = here


@pytest.fixture
def case(registrar, family, custody):
    actor = registrar.account.actor
    return register(actor, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def send(registrar, case):
    """Send a form of a page of the case, and get the page that follows."""

    def sent(name, told, client=registrar, **named):
        address = reverse(f"desk:{name}", kwargs={"case": case.id, **named})
        return client.post(address, told, follow=True).content.decode()

    return sent


@pytest.fixture
def issued(send, registrar, case):
    send("talk", TALK, person="p1")
    send("certificate-issue", {"names": names(registrar, case)}, person="p1")
    return Certificate.objects.get()


def names(client, case):
    """Find how the names of the mother are chosen, in their order."""
    page = client.get(reverse("desk:certificate-issue", args=[case.id, "p1"]))
    return re.findall(r'name="names" value="([^"]+)"', page.content.decode())


def test_without_a_talk_it_is_said_what_to_do(send):
    assert "Talk first" in send("certificate-issue", {}, person="p1")
    assert not Certificate.objects.exists()


def test_a_talk_that_was_not_read_back_is_not_kept(send):
    told = {key: TALK[key] for key in ("language", "wish")}

    assert "Read it back first" in send("talk", told, person="p1")
    assert "Talk first" in send("certificate-issue", {}, person="p1")


def test_the_paper_is_shown_and_kept_nowhere(issued, registrar):
    answer = registrar.get(
        reverse("desk:certificate", args=[issued.case_id, issued.version])
    )

    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="letter.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_a_letter_without_a_glyph_is_refused_in_words(registrar, family, custody):
    people = (replace(family.people[0], names=(Name("\U00017000", "Tang"),)),)
    file = replace(family, reference="B-1", people=people)
    actor = registrar.account.actor
    case = register(actor, file, submission="t", at=MORNING, custody=custody)
    chosen = {"names": names(registrar, case)}
    for name, told in (("talk", TALK), ("certificate-issue", chosen)):
        address = reverse(f"desk:{name}", args=[case.id, "p1"])
        answer = registrar.post(address, told, follow=True)

    assert "would be blank" in answer.content.decode()
    assert not Certificate.objects.exists()


def test_a_name_that_was_changed_meanwhile_is_not_printed(
    registrar, send, case, custody
):
    send("talk", TALK, person="p1")
    chosen = names(registrar, case)
    actor = registrar.account.actor
    other = Change("p1", "names", Name("김정숙", "Hang"), Name("李英", "Hani"))
    tell(actor, case.id, [other], at=MORNING, custody=custody)

    page = send("certificate-issue", {"names": chosen}, person="p1")

    assert "Somebody changed the names meanwhile." in page
    assert not Certificate.objects.exists()


def test_a_lost_one_stands_no_longer(issued, send):
    page = send("certificate-end", {"why": "lost"}, number=issued.version)

    assert "Reported lost" in page


def test_no_number_to_call_is_said(send, settings):
    settings.ASYLON_DEPLOYMENT = replace(settings.ASYLON_DEPLOYMENT, telephone="")
    send("talk", TALK, person="p1")

    assert "as telephone" in send("certificate-issue", {}, person="p1")


def test_a_wrong_code_says_nothing_of_anybody(issued, registrar, case):
    told = {"number": issued.number, "check_code": "AAAAA-AAAAA"}

    answer = registrar.post(reverse("desk:certificate-confirm"), told)

    page = answer.content.decode()
    assert "knows no certificate" in page
    assert case.reference not in page
    assert not re.search("김정숙", page)


@pytest.mark.parametrize("kind", ["authority", "appeal_body"])
def test_a_body_of_the_state_finds_nothing(kind, issued, account, enter, case):
    role = {"authority": "eligibility", "appeal_body": "appeal"}[kind]
    who = account(kind, role)
    case.assignments.create(account=who, since=MORNING)
    client = enter(who)

    of_case = [case.id, issued.version]
    for name, args in (
        ("certificates", [case.id]),
        ("certificate", of_case),
        ("certificate-end", of_case),
        ("certificate-issue", [case.id, "p1"]),
        ("talk", [case.id, "p1"]),
        ("certificate-confirm", []),
    ):
        address = reverse(f"desk:{name}", args=args)
        assert client.get(address).status_code == 404
        assert client.post(address, TALK).status_code == 404


def test_two_names_at_most_are_on_a_certificate(registrar, send, case, custody):
    more = [Change("p1", "names", None, Name(each, "Latn")) for each in ("Kim", "Lee")]
    tell(registrar.account.actor, case.id, more, at=MORNING, custody=custody)
    send("talk", TALK, person="p1")

    page = send("certificate-issue", {"names": names(registrar, case)}, person="p1")

    assert "Choose two names at most." in page
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("carry", "Wants it, and carries it"),
        ("keep", "Wants it kept at the office"),
        ("none", "Does not want one"),
    ],
)
def test_what_the_person_wishes_is_shown(send, registrar, case, wish, told):
    send("talk", TALK | {"wish": wish}, person="p1")

    page = registrar.get(reverse("desk:certificates", args=[case.id]))

    assert told in page.content.decode()

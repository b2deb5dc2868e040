"""Holds for a group on the desk: declared by two of UNHCR, lifted with another office."""

from __future__ import annotations

import pytest
from django.urls import reverse

from asylon_server.store.cases import groups
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import GroupHold, GroupLifting
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GROUP = {"state": "PRK", "since": "2026-10-01", "text": "Those who crossed the river."}
LIFT = {"act": "propose", "reason": "durable_protection", "words": "Seen to be safe."}


@pytest.fixture
def one(account, enter):
    return enter(account("unhcr", "protection", name="Ahn"))


@pytest.fixture
def second(account, enter):
    return enter(account("unhcr", "supervisor", name="Cho"))


@pytest.fixture
def aid(account, enter):
    return enter(account("legal_aid", "supervisor", name="Baek"))


def send(client, told, address=""):
    address = address or reverse("desk:group", args=[GroupHold.objects.get().pk])
    return client.post(address, told, follow=True).content.decode()


@pytest.fixture
def declared(one, second):
    send(one, GROUP, reverse("desk:group-propose"))
    return send(second, {"act": "declare"})


@pytest.fixture
def stands(custody):
    return lambda: [each.stands for each in groups.read(custody=custody)]


def test_a_second_person_declares_it(declared, stands):
    assert "It is declared." in declared
    assert "Ahn (unhcr)" in declared
    assert "Cho (unhcr)" in declared
    assert stands() == [True]


def test_whoever_proposed_it_declares_nothing(one, stands):
    page = send(one, GROUP, reverse("desk:group-propose"))
    assert "Waits for a second person of UNHCR" in page

    page = send(one, {"act": "declare"})

    assert "One person alone" in page
    assert stands() == [False]


def test_words_are_asked_for_and_what_was_typed_is_kept(one):
    page = send(
        one, GROUP | {"text": "", "since": "then"}, reverse("desk:group-propose")
    )

    assert "Write whom it is for, and why." in page
    assert 'value="then"' in page
    assert not GroupHold.objects.exists()


@pytest.fixture
def shows(officer, family, custody, account, enter):
    """Say whether somebody whose work a case is sees the hold of its group."""
    case = register(officer, family, submission="s", at=MORNING, custody=custody)

    def told(kind, role):
        who = account(kind, role)
        case.assignments.create(account=who, since=MORNING)
        page = enter(who).get(reverse("desk:holds", args=[case.id]))
        return "UNHCR declared a hold for a group" in page.content.decode()

    return told


def test_a_case_shows_the_hold_of_its_group_and_a_body_of_the_state_does_not(
    declared, shows
):
    assert declared
    assert shows("legal_aid", "protection")
    assert not shows("authority", "eligibility")
    assert not shows("appeal_body", "appeal")


def test_another_organisation_agrees_and_it_is_lifted(declared, one, aid, stands):
    assert declared
    send(one, LIFT)
    which = str(GroupLifting.objects.get().pk)

    page = send(aid, {"act": "agree", "which": which})

    assert "The hold is lifted." in page
    assert stands() == [False]


WAITS = "Holds for groups that wait for your answer"


def begins(client):
    return client.get(reverse("desk:work")).content.decode()


def test_one_to_declare_waits_on_the_work_of_the_other_person(one, second):
    send(one, GROUP, reverse("desk:group-propose"))

    assert WAITS in begins(second)
    assert WAITS not in begins(one)


def test_a_lifting_waits_on_the_work_of_the_other_organisation(declared, one, aid):
    assert declared
    assert WAITS not in begins(aid)

    send(one, LIFT)

    assert WAITS in begins(aid)
    assert WAITS not in begins(one)


def test_a_no_is_shown_with_its_reason(declared, one, aid, stands):
    assert declared
    send(one, LIFT)
    which = str(GroupLifting.objects.get().pk)
    assert "Write why you decline." in send(aid, {"act": "decline", "which": which})

    page = send(aid, {"act": "decline", "which": which, "why": "Not what we see."})

    assert "Not what we see." in page
    assert stands() == [True]


@pytest.mark.parametrize(
    "seat", [("authority", "supervisor"), ("appeal_body", "supervisor")]
)
def test_a_body_of_the_state_finds_none(declared, account, enter, seat):
    assert declared
    client = enter(account(*seat))

    for name, args in (
        ("groups", []),
        ("group-propose", []),
        ("group", [GroupHold.objects.get().pk]),
    ):
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 404
        assert client.post(reverse(f"desk:{name}", args=args), LIFT).status_code == 404


def page_of(client, row):
    return client.get(reverse("desk:group", args=[row.pk])).content.decode()


def test_each_hold_for_a_group_has_a_page_of_its_own(one):
    for text in ("Those of the river.", "Those of the hills."):
        send(one, GROUP | {"text": text}, reverse("desk:group-propose"))

    pages = [page_of(one, each) for each in GroupHold.objects.all()]

    assert sorted("Those of the river." in each for each in pages) == [False, True]
    assert sorted("Those of the hills." in each for each in pages) == [False, True]


def test_whoever_declares_shows_again_that_it_is_they(one, second, stands):
    send(one, GROUP, reverse("desk:group-propose"))
    session = second.session
    session[CONFIRMED] = "2020-01-01T00:00:00+00:00"
    session.save()

    assert "Show that it is you" in send(second, {"act": "declare"})
    assert stands() == [False]


def test_an_act_that_is_none_does_nothing(declared, aid):
    assert declared
    address = reverse("desk:group", args=[GroupHold.objects.get().pk])

    assert aid.post(address, {"act": "perhaps"}).status_code == 404


def test_no_group_is_held_against_any_state(one):
    send(one, GROUP | {"state": "any"}, reverse("desk:group-propose"))

    assert not GroupHold.objects.exists()


def test_after_a_no_it_can_be_proposed_anew(declared, one, aid):
    assert declared
    send(one, LIFT)
    which = str(GroupLifting.objects.get().pk)

    page = send(aid, {"act": "decline", "which": which, "why": "Not what we see."})

    assert 'value="propose"' in page
    assert 'value="agree"' not in page


def test_whoever_proposed_it_is_not_offered_to_declare_it(one, second):
    assert one.get(reverse("desk:group-propose")).status_code == 200
    send(one, GROUP, reverse("desk:group-propose"))
    row = GroupHold.objects.get()

    assert 'value="declare"' not in page_of(one, row)
    assert 'value="declare"' in page_of(second, row)


def test_a_hold_for_a_group_that_cannot_be_read_has_its_page(declared, one):
    assert declared
    row = GroupHold.objects.get()
    row.mark = b"altered"
    row.save()

    shown = one.get(reverse("desk:group", args=[row.pk])).context["group"]
    assert (shown.is_read, shown.by) == (False, [])

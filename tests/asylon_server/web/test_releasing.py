"""The page on which a consent is kept and UNHCR releases fields to a body of a state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment, Grant, ReleaseConsent
from asylon_server.store.organisations.models import Organisation
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TOMORROW = str((now() + timedelta(days=1)).date())


@pytest.fixture
def case(officer, family, custody):
    return register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def works(case, account):
    """Let somebody of an office work on the case."""

    def working(kind, role, *, state="", **named):
        found = account(kind, role, **named)
        Organisation.objects.filter(pk=found.organisation_id).update(state=state)
        Assignment.objects.create(case=case, account=found, since=MORNING)
        return found

    return working


@pytest.fixture
def send(case, enter):
    def sent(who, **fields):
        return enter(who).post(reverse("desk:release", args=[case.id]), fields)

    return sent


@pytest.fixture
def read(case, enter):
    def seen(who):
        return enter(who).get(reverse("desk:release", args=[case.id]))

    return seen


@pytest.fixture
def mina(works):
    return works("legal_aid", "registration", name="Mina")


def agreed(send, mina, body, **changed):
    told = {"act": "keep", "whom": str(body.organisation_id), "classes": ["identity"]}
    told |= {"purpose": "examination", "until": TOMORROW, "language": "Korean"}
    told |= {"interpreter": "number 7", "read_back": "on"}
    return send(mina, **(told | changed))


def released(send, unhcr, body):
    told = {"act": "release", "whom": str(body.pk), "classes": ["identity"]}
    return send(unhcr, **told, purpose="examination", until=TOMORROW)


def test_a_consent_and_a_release_by_two_people_open_a_field(send, mina, works, read):
    body, unhcr = (
        works("authority", "eligibility", state="CHN"),
        works("unhcr", "protection"),
    )

    assert agreed(send, mina, body).status_code == 302
    assert released(send, unhcr, body).status_code == 302

    assert Grant.objects.get().account_id == body.pk
    assert body.name in read(mina).content.decode()


def test_how_it_was_asked_is_kept_and_shown_to_who_works_on_the_case(
    send, mina, works, read
):
    body, head = (
        works("authority", "eligibility", state="CHN"),
        works("unhcr", "supervisor"),
    )
    agreed(send, mina, body)

    shown = read(mina).content.decode()
    assert all(each in shown for each in ("한국어", "Interpreter: number 7"))
    shown = read(head).content.decode()
    assert "Through an interpreter" in shown
    assert "number 7" not in shown


@pytest.mark.parametrize("missing", ["purpose", "language", "read_back"])
def test_a_consent_needs_its_purpose_its_language_and_to_be_read_back(
    send, mina, works, missing
):
    body = works("authority", "eligibility", state="CHN")

    answer = agreed(send, mina, body, **{missing: ""})

    assert answer.status_code == 422
    assert f'id="consent_{missing}_error"' in answer.content.decode()
    assert not ReleaseConsent.objects.exists()


def test_without_a_consent_nothing_is_released(send, works):
    body, unhcr = (
        works("authority", "eligibility", state="CHN"),
        works("unhcr", "protection"),
    )

    answer = released(send, unhcr, body)

    assert answer.status_code == 422
    assert "No consent of the person covers this." in answer.content.decode()
    assert not Grant.objects.exists()


def test_withdrawing_the_consent_ends_the_release(send, mina, works):
    body, unhcr = (
        works("authority", "eligibility", state="CHN"),
        works("unhcr", "protection"),
    )
    agreed(send, mina, body)
    released(send, unhcr, body)

    send(mina, act="withdraw", whom=str(body.organisation_id))

    assert not Grant.objects.filter(until__gt=now()).exists()


def test_where_somebody_hides_is_not_offered(send, mina, works, read):
    body = works("authority", "eligibility", state="CHN")

    assert 'value="whereabouts"' not in read(mina).content.decode()
    assert agreed(send, mina, body, classes=["whereabouts"]).status_code == 422
    assert not ReleaseConsent.objects.exists()


def test_the_state_that_is_feared_is_not_offered(send, mina, works, read):
    body = works("authority", "eligibility", state="PRK")

    assert "No body of a state could be shown this case" in read(mina).content.decode()
    assert agreed(send, mina, body).status_code == 422
    assert not ReleaseConsent.objects.exists()


@pytest.mark.parametrize(
    "until", ["", "soon", "2020-01-01", str((now() + timedelta(days=400)).date())]
)
def test_a_last_day_that_is_none_is_said_beside_it(send, mina, works, until):
    body = works("authority", "eligibility", state="CHN")

    answer = agreed(send, mina, body, until=until)

    assert answer.status_code == 422
    assert 'id="consent_until_error"' in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_a_supervisor_of_legal_aid_does_not_reach_it(works, read):
    assert read(works("legal_aid", "supervisor")).status_code == 404


def test_who_keeps_the_consent_does_not_release(send, works):
    body, unhcr = (
        works("authority", "eligibility", state="CHN"),
        works("unhcr", "protection"),
    )
    agreed(send, unhcr, body)

    answer = released(send, unhcr, body)

    assert "You kept the consent." in answer.content.decode()
    assert not Grant.objects.exists()


def test_whoever_releases_shows_again_that_it_is_they(case, mina, works, enter):
    body, client = works("authority", "eligibility", state="CHN"), enter(mina)
    session = client.session
    session[CONFIRMED] = (now() - timedelta(minutes=6)).isoformat()
    session.save()

    answer = agreed(lambda _who, **told: client.post(address(case), told), mina, body)

    assert answer.status_code == 403
    assert not ReleaseConsent.objects.exists()


@pytest.mark.parametrize("act", ["release", "revoke", "perhaps", ""])
def test_what_somebody_may_not_do_is_absent(send, mina, act):
    assert send(mina, act=act).status_code == 404


def address(case):
    return reverse("desk:release", args=[case.id])

"""What is asked in no right way of the pages that everybody has, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import now

from asylon_server.store.entry import ways
from asylon_server.store.entry.models import KeptForm, Session, WayIn
from asylon_server.store.organisations.models import Notice
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FORM = ("/desk/register/", {"name": "김정숙", "born": "1989"})


@pytest.fixture
def stale():
    """Let it be a while since somebody showed that it is they."""

    def made(client):
        session = client.session
        session[CONFIRMED] = (now() - timedelta(minutes=6)).isoformat()
        session.save()
        return client

    return made


@pytest.fixture
def clerk(account, enter):
    return enter(account("legal_aid", "administrator"))


@pytest.fixture
def invented(settings):
    """Let everybody here be invented."""
    here = settings.ASYLON_DEPLOYMENT
    settings.ASYLON_DEPLOYMENT = replace(here, invented=True)


@pytest.fixture
def late(client, account, code):
    """Send a form after its session has ended, and sign in again."""
    mine = account()
    typed = {"name": mine.name, "password": PASSWORD}
    client.post("/sign-in/", typed | {"code": code()})
    Session.objects.all().delete()
    client.post(*FORM)
    client.post("/sign-in/", typed | {"code": mine.papers[0]})
    return client


@pytest.mark.parametrize("path", ["/account/", "/account/people/"])
def test_an_act_that_is_none_is_absent(clerk, path):
    assert clerk.post(path, {"act": "rule"}).status_code == 404


def test_a_language_that_is_none_of_ours_is_kept_nowhere(registrar):
    told = {"act": "language", "language": "fr"}

    assert registrar.post("/account/", told).status_code == 404
    registrar.post("/language/", {"language": "fr", "next": "/"})
    assert "django_language" not in registrar.cookies


def test_a_link_changes_no_language(client):
    assert client.get("/language/", {"language": "ko"}).status_code == 405


@pytest.mark.parametrize("way", ["put", "delete", "options"])
def test_nothing_is_asked_in_a_way_that_no_page_was_written_for(registrar, way):
    assert getattr(registrar, way)("/desk/").status_code == 405


def test_whoever_has_no_page_of_people_is_not_asked_who_they_are(registrar, stale):
    # Who is asked knows that there is something.
    assert stale(registrar).post("/account/people/").status_code == 404


def test_a_new_way_in_is_set_up_by_who_showed_lately_that_it_is_they(registrar, stale):
    answer = stale(registrar).get("/account/begin/")

    assert answer.status_code == 403
    assert 'name="confirm-method"' in answer.content.decode()


def test_where_all_is_invented_who_has_a_way_in_is_asked_for_it(
    registrar, stale, invented
):
    told = {"act": "end"}
    asked = stale(registrar).post("/account/", told)
    WayIn.objects.all().delete()

    assert asked.status_code == 403
    assert registrar.post("/account/", told).status_code == 302


def test_what_is_asked_again_carries_no_code_and_no_token_of_before(registrar, stale):
    told = {"act": "end", "confirm-method": "POST", "confirm-code": "000000"}

    page = stale(registrar).post("/account/", told | {"csrfmiddlewaretoken": "before"})

    assert page.status_code == 403
    assert "000000" not in page.content.decode()
    assert 'value="before"' not in page.content.decode()


def test_what_was_done_to_an_account_is_told_until_it_was_read(registrar):
    Notice.objects.create(account=registrar.account, kind="reset", at=MORNING)

    shown = registrar.get("/account/notices/").content.decode()
    read = registrar.post("/account/notices/")

    assert "two people of your office gave you a new way in" in shown
    assert read["Location"] == registrar.get("/account/notices/")["Location"] == "/"
    assert Notice.objects.get().seen


def test_a_session_names_the_browser_that_it_is_of(client, account, code):
    mine = account()
    typed = {"name": mine.name, "password": PASSWORD, "code": code()}

    client.post("/sign-in/", typed, headers={"User-Agent": "X (Linux) Firefox/140"})

    assert [e.browser for e in ways.sessions(mine, at=now())] == ["Firefox · Linux"]


def test_a_code_on_paper_leads_who_has_only_passkeys_to_set_up_another(client, account):
    mine = account()
    mine.set_unusable_password()
    mine.save()

    answer = client.post("/sign-in/", {"name": mine.name, "code": mine.papers[0]})

    assert answer["Location"] == "/account/begin/"


@pytest.mark.parametrize("sent", [None, {"passkey": "{}"}])
def test_a_name_is_asked_for_once_somebody_sent_none(client, sent):
    page = client.post("/sign-in/", sent) if sent else client.get("/sign-in/")

    assert "Enter your name." not in page.content.decode()


def test_ones_own_account_is_there_while_the_keys_are_locked(registrar, settings):
    settings.ASYLON_CUSTODY = None

    assert registrar.get("/account/").status_code == 200


def test_a_form_of_nobody_is_not_kept(client):
    assert client.post(*FORM)["Location"] == "/sign-in/"
    assert not KeptForm.objects.exists()


def test_where_nobody_may_be_named_no_late_form_is_kept(late, settings):
    here = settings.ASYLON_DEPLOYMENT
    late.get("/sign-in/kept/")
    late.post("/sign-in/kept/")
    settings.ASYLON_DEPLOYMENT = replace(here, identities=False)
    Session.objects.all().delete()

    late.post(*FORM)

    assert not KeptForm.objects.exists()


def test_a_form_that_was_kept_is_thrown_away_when_its_writer_says_so(late):
    assert "김정숙" in late.get("/sign-in/kept/").content.decode()

    assert late.post("/sign-in/kept/")["Location"] == "/"

    assert not KeptForm.objects.exists()
    assert late.get("/sign-in/kept/")["Location"] == "/"


def test_whoever_left_no_form_is_led_home(client, account, code):
    mine = account()
    typed = {"name": mine.name, "password": PASSWORD, "code": code()}
    client.post("/sign-in/", typed)
    client.post("/sign-out/")

    again = client.post("/sign-in/", typed | {"code": mine.papers[0]})

    assert again["Location"] == "/"


def test_a_fault_that_is_none_of_the_database_is_told_as_one_of_the_system(
    client, monkeypatch
):
    def breaks(*_told, **_named):
        message = "the disk is full"
        raise ValueError(message)

    client.raise_request_exception = False
    monkeypatch.setattr(ways, "enter", breaks)
    typed = {"name": "Kim", "password": PASSWORD, "code": "000000"}

    assert client.post("/sign-in/", typed).status_code == 500

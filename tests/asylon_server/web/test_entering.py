"""Coming in and going out, and what every answer says to a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils.timezone import now

from asylon_server.settings.deployment import Deployment
from asylon_server.settings.pages import pages
from asylon_server.store.entry import acts
from asylon_server.store.organisations import links
from asylon_server.store.record.models import Event
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def send(client):
    return lambda name, password: client.post(
        "/sign-in/", {"name": name, "password": password}
    )


def test_the_right_password_opens_the_desk(account, send):
    assert send(account().name, PASSWORD)["Location"] == "/desk/"


def test_a_language_chosen_at_the_door_stays(account, client, send):
    client.post("/language/", {"language": "ko", "next": "/sign-in/"})
    send(account().name, PASSWORD)

    assert '<html lang="ko">' in client.get("/desk/").content.decode()


def test_an_account_opens_in_its_own_language(account, client, send):
    mine = account()
    mine.language = "zh-hans"
    mine.save()
    send(mine.name, PASSWORD)

    assert '<html lang="zh-hans">' in client.get("/desk/").content.decode()


def test_a_closed_account_stays_out(account, send):
    closed = account()
    closed.is_active = False
    closed.save()

    assert send(closed.name, PASSWORD).status_code == 422


def test_a_wrong_name_and_a_wrong_password_look_alike(account, send):
    one, other = send(account().name, "wrong"), send("nobody", PASSWORD)

    assert one.context["form"].errors == other.context["form"].errors


def test_after_five_failures_even_the_right_password_waits(account, send):
    name = account().name
    for _ in range(acts.TRIES):
        send(name, "wrong")

    answer = send(name, PASSWORD)

    assert "Too many sign-ins failed" in answer.content.decode()


def test_the_wait_ends(db):
    for _ in range(acts.TRIES):
        acts.failed("Mina", at=MORNING)

    assert acts.must_wait("mina ", at=MORNING + timedelta(minutes=14))
    assert not acts.must_wait("mina", at=MORNING + timedelta(minutes=15))


def test_what_was_typed_as_a_name_is_not_kept(send):
    send("my password by mistake", "x")

    assert not [e for e in Event.objects.all() if b"mistake" in bytes(e.content)]


def test_nobody_is_sent_to_another_site(account, client):
    typed = {"name": account().name, "password": PASSWORD, "next": "//evil.example/"}

    assert client.post("/sign-in/", typed)["Location"] == "/desk/"


def test_signing_out_ends_the_session(registrar):
    registrar.post("/sign-out/")

    assert registrar.get("/desk/").status_code == 302


def test_every_answer_is_guarded_and_kept_nowhere(registrar):
    for path in ("/sign-in/", "/desk/", "/desk/cases/none/"):
        answer = registrar.get(path)
        assert answer["Content-Security-Policy"].startswith("default-src 'self';")
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "DENY"


def test_another_site_sends_nothing_here_but_people(client):
    site = {"Sec-Fetch-Site": "cross-site"}
    link = {**site, "Sec-Fetch-Mode": "navigate"}

    assert client.post("/sign-in/", headers=link).status_code == 403
    assert client.get("/sign-in/", headers=site).status_code == 403
    assert client.get("/sign-in/", headers=link).status_code == 200


def test_while_the_keys_are_locked_no_case_is_shown(registrar, settings):
    settings.ASYLON_CUSTODY = None

    answer = registrar.get("/desk/")

    assert answer.status_code == 503
    assert "The keys are locked" in answer.content.decode()


def test_cookies_are_safe_away_from_home(tmp_path):
    away = pages(Deployment(tmp_path, "x", "unhcr", "CHN", hosts=("desk.example",)))
    home = pages(Deployment(tmp_path, "x", "unhcr", "CHN"))

    assert away["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert away["SESSION_COOKIE_SECURE"]
    assert away["CSRF_COOKIE_SECURE"]
    assert not home["SESSION_COOKIE_SECURE"]


def test_a_desk_left_alone_is_signed_out():
    assert django_settings.SESSION_COOKIE_AGE == 15 * 60


def test_a_link_signs_in_once(account, client):
    mine = account()
    path = links.PATH.format(secret=links.issue(None, mine, at=now()))

    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == "/desk/"
    client.post("/sign-out/")
    again = client.post(path)

    assert again.status_code == 422
    assert "This link signs nobody in." in again.content.decode()


def test_looking_at_a_link_signs_nobody_in(account, client):
    path = links.PATH.format(secret=links.issue(None, account(), at=now()))

    client.get(path)

    assert client.get("/desk/")["Location"].startswith("/sign-in/")

"""Coming in and going out, and what every answer says to a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from asylon_server.settings.deployment import Deployment
from asylon_server.settings.pages import pages
from asylon_server.store.entry import passkeys, tries, ways
from asylon_server.store.entry.models import Session, Tries
from asylon_server.store.entry.sessions import digest
from asylon_server.store.organisations import acts, links
from asylon_server.store.organisations.models import Account
from asylon_server.store.record.models import Event
from asylon_server.web.common import coming
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def send(client):
    return lambda name, password, code: client.post(
        "/sign-in/", {"name": name, "password": password, "code": code}
    )


def test_name_password_and_code_open_the_desk(account, send, code):
    assert send(account().name, PASSWORD, code())["Location"] == "/"


def test_a_password_without_its_code_opens_nothing(account, send):
    assert send(account().name, PASSWORD, "000000").status_code == 422
    assert send(account().name, PASSWORD, "").status_code == 422


def test_a_code_is_taken_once(account, client, send, code):
    name, shown = account().name, code()
    send(name, PASSWORD, shown)
    client.post("/sign-out/")

    assert send(name, PASSWORD, shown).status_code == 422


def test_a_code_on_paper_stands_for_the_app_once(account, client, send):
    mine = account()

    assert send(mine.name, PASSWORD, mine.papers[0])["Location"] == "/"
    client.post("/sign-out/")
    assert send(mine.name, PASSWORD, mine.papers[0]).status_code == 422


def test_a_code_on_paper_alone_is_no_password(account, send):
    mine = account()

    assert send(mine.name, "", mine.papers[0]).status_code == 422


def test_a_language_chosen_at_the_door_stays(account, client, send, code):
    client.post("/language/", {"language": "ko", "next": "/sign-in/"})
    send(account().name, PASSWORD, code())

    assert '<html lang="ko">' in client.get("/desk/").content.decode()


def test_an_account_opens_in_its_own_language(account, client, send, code):
    mine = account()
    mine.language = "zh-hans"
    mine.save()
    send(mine.name, PASSWORD, code())

    assert '<html lang="zh-hans">' in client.get("/desk/").content.decode()


def test_a_closed_account_stays_out(account, send, code):
    closed = account()
    acts.close_account(None, closed.pk, at=MORNING)

    assert send(closed.name, PASSWORD, code()).status_code == 422


def test_every_wrong_answer_looks_alike(account, send, code):
    one = send(account().name, "wrong", code())
    two = send("nobody", PASSWORD, code())
    three = send(account().name, PASSWORD, "000000")

    told = [each.context["form"].errors for each in (one, two, three)]
    assert told[0] == told[1] == told[2]


def test_an_unknown_name_is_hashed_for_too(account, settings, monkeypatch, send):
    hashed = []
    monkeypatch.setattr(ways, "make_password", hashed.append)

    send("nobody", "x", "000000")

    assert hashed == ["x"]


def test_after_many_failures_even_what_is_right_waits(account, send, code):
    mine = account()
    for _ in range(tries.FREE["name"] + 1):
        send(mine.name, "wrong", "000000")

    answer = send(mine.name, PASSWORD, code())

    assert answer.status_code == 422
    counted = {each.failures for each in Tries.objects.all()}
    assert counted == {
        tries.FREE["name"] + 1
    }  # what came while waiting was not counted


def test_waits_grow_and_end(db):
    for _ in range(40):
        tries.failed("name", "Mina", at=MORNING)

    soon, late = MORNING + timedelta(minutes=4), MORNING + tries.LONGEST
    assert [tries.wait("name", each).seconds for each in (4, 5, 6, 7)] == [0, 2, 4, 8]
    assert tries.must_wait("name", "mina ", at=soon)
    assert not tries.must_wait("name", "mina", at=late)


def test_failures_are_forgotten_and_taken_away(db):
    tries.failed("name", "Mina", at=MORNING)
    tries.failed("name", "Lee", at=MORNING + timedelta(minutes=16))

    assert Tries.objects.count() == 1


def test_an_address_that_fails_at_many_names_waits(account, client, send, code):
    for number in range(tries.FREE["address"] + 1):
        tries.failed("address", "127.0.0.1", at=now())
        assert number < 100

    assert send(account().name, PASSWORD, code()).status_code == 422


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("198.51.100.7, 192.0.2.1", "192.0.2.1"),
        ("unknown", "unknown"),
    ],
)
def test_an_address_is_that_of_a_line(rf, told, found):
    assert coming.address(rf.get("/", headers={"X-Forwarded-For": told})) == found


def test_what_was_typed_as_a_name_is_not_kept(send):
    send("my password by mistake", "x", "000000")

    assert not [e for e in Event.objects.all() if b"mistake" in bytes(e.content)]


def test_nobody_is_sent_to_another_site(account, client, code):
    typed = {"name": account().name, "password": PASSWORD, "next": "//evil.example/"}

    assert client.post("/sign-in/", typed | {"code": code()})["Location"] == "/"


@pytest.mark.parametrize("onward", ["desk", "//evil.example/", "https:desk"])
def test_what_is_no_address_of_ours_leads_home(client, db, onward):
    answer = client.post("/language/", {"language": "ko", "next": onward})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("answer", ["[" * 100_000, "null", "5", "{}"])
def test_what_is_no_passkey_signs_nobody_in(client, db, answer):
    asked = passkeys.asked(host="testserver")
    sent = client.post("/sign-in/", {"passkey": answer, "state": asked.state})

    assert sent.status_code == 422


@pytest.mark.parametrize("asked", ["reference=%00", "reference=a%00b", "%00"])
def test_what_no_database_can_look_for_is_refused(registrar, asked):
    assert registrar.get(f"/desk/?{asked}").status_code == 400


def test_signing_out_ends_the_session(registrar):
    before = registrar.cookies["asylon-session"].value
    registrar.post("/sign-out/")
    registrar.cookies["asylon-session"] = before

    assert registrar.get("/desk/").status_code == 302


def test_a_link_from_elsewhere_signs_nobody_out(registrar):
    assert registrar.get("/sign-out/").status_code == 405
    assert registrar.get("/desk/").status_code == 200


def test_closing_an_account_ends_its_sessions(registrar):
    acts.close_account(None, registrar.account.pk, at=now())
    registrar.account.refresh_from_db()
    registrar.account.is_active = True
    registrar.account.save()  # even where somebody opens it again

    assert registrar.get("/desk/").status_code == 302


def test_the_table_holds_no_key_of_a_session(registrar):
    key = registrar.cookies["asylon-session"].value
    [row] = Session.objects.all()

    assert key not in row.key
    assert key.encode() not in bytes(row.sealed)
    assert str(registrar.account.pk).encode() not in bytes(row.sealed)


def test_what_the_table_holds_signs_nobody_in(registrar, client):
    client.cookies["asylon-session"] = Session.objects.get().key

    assert client.get("/desk/").status_code == 302


def test_a_session_copied_under_another_key_does_not_open(registrar, client):
    row = Session.objects.get()

    row.pk = digest("mine")
    row.save(force_insert=True)
    client.cookies["asylon-session"] = "mine"

    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize(
    "column", [{"seen": timedelta(minutes=15)}, {"begun": timedelta(hours=12)}]
)
def test_a_session_ends_by_each_limit(registrar, column, settings):
    [(name, past)] = column.items()
    row = Session.objects.get()
    setattr(row, name, now() - past)
    row.until = row.seen + timedelta(minutes=15)
    row.save()

    assert registrar.get("/desk/").status_code == 302


def test_a_session_is_not_lengthened_past_its_longest(registrar):
    row = Session.objects.get()
    session = registrar.session
    session["_begun"] = (now() - timedelta(hours=11, minutes=59)).isoformat()
    session.save()
    registrar.get("/desk/")

    row.refresh_from_db()
    assert row.until < now() + timedelta(minutes=2)


def test_signing_in_gives_a_new_key(account, client, send, code):
    client.cookies["asylon-session"] = "chosen-by-another"
    send(account().name, PASSWORD, code())

    assert client.cookies["asylon-session"].value != "chosen-by-another"


def test_every_answer_is_guarded_and_kept_nowhere(registrar):
    for path in ("/sign-in/", "/desk/", "/desk/cases/none/", "/account/"):
        answer = registrar.get(path)
        assert answer["Content-Security-Policy"].startswith("default-src 'none';")
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "DENY"
        assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"]


def test_no_file_that_is_sent_is_kept(client, db):
    sent = SimpleUploadedFile("names.txt", b"x" * 3_000_000)

    answer = client.post("/sign-in/", {"name": "Kim", "file": sent})

    assert not answer.wsgi_request.FILES
    assert answer.wsgi_request.POST["name"] == "Kim"


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
    assert away["KEPT_COOKIE_NAME"].startswith("__Host-")
    assert away["SESSION_COOKIE_SECURE"]
    assert away["SESSION_COOKIE_SAMESITE"] == "Strict"
    assert away["CSRF_COOKIE_SECURE"]
    assert not home["SESSION_COOKIE_SECURE"]


def test_a_link_signs_in_once_and_leads_to_setting_up(somebody, client):

    mine = Account.objects.get(pk=somebody("legal_aid", "registration").account)
    path = links.PATH.format(secret=links.issue(None, mine, at=now()))

    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == "/account/begin/"
    assert client.get("/desk/")["Location"] == "/account/begin/"
    client.post("/sign-out/")
    again = client.post(path)

    assert again.status_code == 422
    assert "This link signs nobody in." in again.content.decode()


def test_a_new_link_signs_out_who_came_by_the_one_before(somebody, client):
    mine = Account.objects.get(pk=somebody("legal_aid", "registration").account)
    client.post(links.PATH.format(secret=links.issue(None, mine, at=now())))

    links.issue(None, mine, at=now())

    assert client.get("/account/begin/")["Location"].startswith("/sign-in/")


def test_an_account_in_use_gets_no_link(account):
    with pytest.raises(links.LinkError, match="in use"):
        links.issue(None, account(), at=now())


def test_looking_at_a_link_signs_nobody_in(somebody, client):

    mine = Account.objects.get(pk=somebody("legal_aid", "registration").account)
    path = links.PATH.format(secret=links.issue(None, mine, at=now()))

    client.get(path)

    assert client.get("/desk/")["Location"].startswith("/sign-in/")

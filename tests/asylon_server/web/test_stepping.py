"""A grave act asks again, a late form is kept, and a lost way in takes two people."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from asylon_server.store.entry import keeping, resets, ways
from asylon_server.store.entry.models import KeptForm, Session, WayIn
from asylon_server.store.organisations import acts, links
from asylon_server.store.organisations.models import Account, Notice
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.stepping import CONFIRMED
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.web.conftest import PASSWORD, SECRET

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NEW = "seven calm otters swim"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def stale(registrar):
    session = registrar.session
    session[CONFIRMED] = (now() - timedelta(minutes=5)).isoformat()
    session.save()
    return registrar


def change(client, **more):
    typed = {"act": "password", "password": NEW, **more}
    return client.post("/account/", typed)


def test_a_fresh_session_is_not_asked(registrar):
    assert change(registrar)["Location"] == "/account/"


def test_a_stale_one_is_asked_and_nothing_is_done(stale):
    answer = change(stale)

    stale.account.refresh_from_db()
    assert answer.status_code == 403
    assert stale.account.check_password(PASSWORD)


def test_who_has_nothing_to_show_is_asked_all_the_same(stale):
    # Only where all is invented is it enough to have come by a link.
    WayIn.objects.filter(account=stale.account).delete()

    assert change(stale).status_code == 403


def test_whoever_never_showed_who_they_are_is_asked(registrar):
    session = registrar.session
    del session[CONFIRMED]
    session.save()

    assert change(registrar).status_code == 403


def test_whoever_changes_accounts_of_an_office_is_asked(account, enter):
    client = enter(account("legal_aid", "administrator"))
    session = client.session
    session[CONFIRMED] = (now() - timedelta(minutes=5)).isoformat()
    session.save()

    typed = {"act": "open", "name": "Kim", "role": "protection"}
    assert client.post("/account/people/", typed).status_code == 403
    assert not Account.objects.filter(name="Kim").exists()


def test_after_a_code_it_goes_on_with_what_was_typed(stale, code):
    asked = change(stale).content.decode()
    carried = dict(HIDDEN.findall(asked.split("confirm-code")[0]))
    before = stale.cookies["asylon-session"].value

    answer = stale.post("/account/", carried | {"confirm-code": code()})

    stale.account.refresh_from_db()
    assert answer["Location"] == "/account/"
    assert stale.account.check_password(NEW)
    assert stale.cookies["asylon-session"].value != before
    assert stale.get("/account/").status_code == 200


def test_a_wrong_code_asks_again(stale):
    answer = change(stale, **{"confirm-method": "POST", "confirm-code": "000000"})

    assert answer.status_code == 403
    assert NEW in answer.content.decode()


def test_the_last_way_in_stays(account):
    mine = account()
    WayIn.objects.filter(account=mine, kind="app").delete()
    row = WayIn.objects.create(
        account=mine, kind="passkey", token="t" * 2, sealed=b"x", made=MORNING
    )

    with pytest.raises(ways.LastWayError):
        ways.remove(mine, str(row.pk), at=now())


@pytest.mark.parametrize("word", ["short", "password1234", "Mina Kim Officer"])
def test_a_password_that_is_soon_guessed_is_refused(word):
    with pytest.raises(ways.PasswordRefusedError):
        ways.check_password(word, "mina kim officer")


def test_no_secret_is_in_a_table_or_in_the_record(account):
    mine = account()
    plain = [SECRET, *(each.encode() for each in mine.papers), PASSWORD.encode()]
    kept = b"".join(bytes(each.content) for each in Event.objects.all())
    for each in WayIn.objects.all():
        kept += bytes(each.sealed) + each.token.encode()

    assert not [each for each in plain if each in kept]


def sent_late(client, account, code):
    client.post(
        "/sign-in/", {"name": account.name, "password": PASSWORD, "code": code()}
    )
    Session.objects.all().delete()
    return client.post("/desk/register/", {"name": "김정숙", "born": "1989"})


def test_a_form_sent_too_late_is_shown_again(account, client, code):
    mine = account()

    assert sent_late(client, mine, code)["Location"] == "/sign-in/"
    assert "김정숙".encode() not in bytes(KeptForm.objects.get().sealed)
    typed = {"name": mine.name, "password": PASSWORD, "code": mine.papers[0]}
    assert client.post("/sign-in/", typed)["Location"] == "/sign-in/kept/"
    assert "김정숙" in client.get("/sign-in/kept/").content.decode()


def test_no_password_and_no_code_of_a_late_form_is_kept(account, client, code):
    mine = account()
    sent_late(client, mine, code)
    client.post("/account/", {"act": "password", "password": NEW, "code": "123456"})

    typed = {"name": mine.name, "password": PASSWORD, "code": mine.papers[0]}
    client.post("/sign-in/", typed)
    shown = client.get("/sign-in/kept/").content.decode()
    assert 'value="password"' in shown
    assert NEW not in shown
    assert "123456" not in shown


def test_another_account_destroys_it(account, client, code):
    sent_late(client, account(), code)
    other = account(name="another")
    typed = {"name": other.name, "password": PASSWORD, "code": other.papers[0]}

    assert client.post("/sign-in/", typed)["Location"] == "/"
    assert not KeptForm.objects.exists()


def test_another_account_cannot_open_it():
    keeping.keep("s", "mine", "/desk/", [("name", ["x"])], at=MORNING)

    assert keeping.take("s", "theirs", at=MORNING) is None
    assert not KeptForm.objects.exists()


def test_it_is_kept_for_an_hour():
    keeping.keep("s", "mine", "/desk/", [("name", ["x"])], at=MORNING)

    assert keeping.take("s", "mine", at=MORNING + keeping.LASTS) is None


@pytest.fixture
def office(account):
    roles = ("registration", "administrator", "supervisor")
    return [account("legal_aid", each, name=each) for each in roles]


def test_a_lost_way_in_takes_two_people(office, enter, code):
    lost, one, two = office
    holder = enter(lost)
    made = resets.propose(one.actor, str(lost.pk), at=now())
    for nobody in (one, lost):
        with pytest.raises((resets.ResetError, NotThereError)):
            resets.agree(nobody.actor, str(made.pk), at=now())

    secret = resets.agree(two.actor, str(made.pk), at=now())

    assert holder.get("/desk/").status_code == 302
    assert not WayIn.objects.filter(account=lost).exists()
    assert links.redeem(secret, at=now()) == lost
    assert Notice.objects.get(kind="reset").account == lost


@pytest.mark.parametrize(
    "late",
    [
        lambda who: ways.add_passkey(who, WayIn(account=who), "Key", at=now()),
        lambda who: ways.change_password(who, NEW, at=now()),
        lambda who: ways.new_codes(who, at=now()),
        lambda who: ways.set_up(who, at=now(), password=NEW, secret=SECRET),
    ],
)
def test_what_came_before_a_reset_leaves_no_way_in_after_it(office, late):
    lost, one, two = office
    before = Account.objects.get(pk=lost.pk)
    made = resets.propose(one.actor, str(lost.pk), at=now())
    resets.agree(two.actor, str(made.pk), at=now())

    with pytest.raises(NotThereError):
        late(before)

    lost.refresh_from_db()
    assert not WayIn.objects.filter(account=lost).exists()
    assert not lost.has_usable_password()


def test_what_a_closed_account_proposed_resets_nobody(office):
    lost, one, two = office
    made = resets.propose(one.actor, str(lost.pk), at=now())
    acts.close_account(None, one.pk, at=now())

    with pytest.raises(resets.ResetError, match="no longer"):
        resets.agree(two.actor, str(made.pk), at=now())


def test_another_office_resets_nobody(office, account):
    stranger = account("unhcr", "administrator")

    with pytest.raises(NotThereError):
        resets.propose(stranger.actor, str(office[0].pk), at=now())


def test_one_alone_resets_only_where_there_is_nobody_else(office):
    lost, _one, two = office
    with pytest.raises(resets.ResetError, match="administrator, supervisor"):
        resets.alone(lost, at=now(), lasts=links.LASTS)
    two.is_active = False
    two.save()

    resets.alone(lost, at=now(), lasts=links.LASTS)

    told = {each.account.name for each in Notice.objects.filter(kind="reset_alone")}
    acts = [bytes(each.content) for each in Event.objects.all()]
    assert told == {"registration", "administrator"}
    assert [each for each in acts if b"account reset by one alone" in each]


def test_who_may_not_reset_finds_no_page(office, enter):
    assert enter(office[0]).get("/account/people/").status_code == 404
    assert enter(office[2]).get("/account/people/").status_code == 200


def test_what_goes_wrong_says_nothing_of_the_request():
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/sign-in/", {"name": "a canary"})

    assert answer.status_code == 403
    assert "canary" not in answer.content.decode()

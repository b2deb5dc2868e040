"""Ways in: each is of one account, and of the others none is taken, named or removed."""

from __future__ import annotations

import pytest

from asylon.security.codes import STEP
from asylon.security.drawing import draw_secret
from asylon_server.store.entry import tries, ways
from asylon_server.store.entry.models import APP, PAPER, PASSKEY, Session, WayIn
from asylon_server.store.organisations.acts import close_account
from asylon_server.store.organisations.models import Account
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING
from tests.asylon_server.web.conftest import shown

pytestmark = pytest.mark.django_db
WORD, GUESSED = "nine quiet herons wade", "password1234"


@pytest.fixture
def made(somebody):
    """Make an account, with a password and an app unless it is to have less."""

    def one(name, **first):
        account = Account.objects.get(
            pk=somebody("unhcr", "protection", name=name).account
        )
        account.set_unusable_password()
        account.save()
        account.secret = draw_secret()
        given = first or {"password": WORD, "secret": account.secret}
        account.papers = ways.set_up(account, at=MORNING, **given)
        account.refresh_from_db()
        return account

    return one


@pytest.fixture
def two(made):
    return made("Mina"), made("Lee")


def passkey(account, name="Key", at=MORNING):
    """Keep a passkey, of which only the row matters here."""
    token = f"{account.pk} {name}"[-64:]
    return WayIn.objects.create(
        account=account, kind=PASSKEY, name=name, token=token, sealed=b"x", made=at
    )


def kinds(account):
    return sorted(WayIn.objects.filter(account=account).values_list("kind", flat=True))


def enters(account, password, code, at=LATER):
    try:
        return ways.enter(account.name, password, code, at=at, address="::") == account
    except ways.RefusedError:
        return False


def fail_often(account):
    for _ in range(tries.FREE["name"] + 3):
        tries.failed("name", account.name, at=LATER)


def test_each_account_is_let_in_by_its_own_app_alone(two):
    mine, theirs = two

    for one, other in ((mine, theirs), (theirs, mine)):
        assert not enters(one, WORD, shown(other.secret, LATER))
        assert enters(one, WORD, shown(one.secret, LATER))
    assert not enters(mine, WORD, theirs.papers[0])


def test_a_code_of_an_app_is_written_down_at_that_app(two):
    mine, _theirs = two

    assert ways.takes_code(mine, shown(mine.secret, LATER), at=LATER)

    used = WayIn.objects.filter(kind=APP).values_list("account__name", "used")
    assert dict(used) == {"Mina": LATER, "Lee": None}


def test_who_has_no_app_has_not_that_of_nobody_either(made):
    mine = made("Mina", password=WORD)

    assert not ways.takes_code(mine, shown(b"\x00" * 32, LATER), at=LATER)


def test_who_has_no_password_is_let_in_by_no_word_and_a_code_on_paper(made):
    mine = made("Mina", secret=draw_secret())

    assert not enters(mine, "a word of no account", mine.papers[0])
    assert enters(mine, "", mine.papers[0])


def test_a_code_on_paper_is_typed_as_anybody_likes(two):
    mine, _theirs = two

    typed = " ".join(mine.papers[0].lower().replace("-", ""))

    assert ways.takes_code(mine, f"{typed}.", at=LATER)


def test_who_has_to_wait_uses_up_no_code(two):
    mine, _theirs = two
    fail_often(mine)

    assert not enters(mine, WORD, mine.papers[0])
    assert not ways.takes_code(mine, mine.papers[0], at=LATER)
    assert ways.papers_left(mine) == ways.PAPER_CODES


def test_no_password_that_is_soon_guessed_is_set(two):
    mine, _theirs = two

    with pytest.raises(ways.PasswordRefusedError):
        ways.set_up(mine, at=LATER, password=GUESSED)
    with pytest.raises(ways.PasswordRefusedError):
        ways.change_password(mine, GUESSED, at=LATER)


def test_a_new_app_takes_the_place_of_the_one_before_alone(two):
    mine, theirs = two
    passkey(mine)

    ways.set_up(mine, at=LATER, secret=draw_secret())

    assert kinds(mine) == [APP, *[PAPER] * ways.PAPER_CODES, PASSKEY]
    assert kinds(theirs) == [APP, *[PAPER] * ways.PAPER_CODES]


def test_new_codes_take_the_place_of_ones_own_alone(two):
    mine, theirs = two

    ways.new_codes(mine, at=LATER)

    assert not ways.takes_code(mine, mine.papers[0], at=LATER)
    assert ways.takes_code(theirs, theirs.papers[0], at=LATER)


def test_what_another_has_keeps_nobodys_last_way_in(made):
    mine = made("Mina", passkey=None, secret=b"")
    passkey(made("Lee"))
    last = passkey(mine)
    mine.set_password(WORD)
    mine.save()

    with pytest.raises(ways.LastWayError):
        ways.remove(mine, str(last.pk), at=LATER)


def test_a_passkey_is_removed_where_another_or_an_app_is_left(made, two):
    mine, _theirs = two
    alone = made("Kim", passkey=None, secret=b"")
    first, _second = passkey(alone, "One"), passkey(alone, "Two")

    ways.remove(alone, str(first.pk), at=LATER)
    ways.remove(mine, str(passkey(mine).pk), at=LATER)

    assert PASSKEY in kinds(alone)
    assert PASSKEY not in kinds(mine)


def test_only_a_passkey_of_ones_own_is_named_or_removed(two):
    mine, theirs = two
    own, _other, another = passkey(mine), passkey(mine, "Other"), passkey(theirs)
    app = WayIn.objects.get(account=mine, kind=APP)

    ways.rename(mine, str(own.pk), "Phone", at=LATER)
    for no in (another, app):
        with pytest.raises(WayIn.DoesNotExist):
            ways.rename(mine, str(no.pk), "Phone", at=LATER)

    assert [each.pk for each in WayIn.objects.filter(name="Phone")] == [own.pk]


def test_an_account_lists_its_own_ways_and_codes_alone(two):
    mine, theirs = two
    passkey(theirs)
    ways.takes_code(mine, mine.papers[0], at=LATER)

    assert [each.kind for each in ways.ways(mine)] == [APP]
    assert ways.papers_left(mine) == ways.PAPER_CODES - 1


def session(account, key, until=LATER + STEP):
    told = {"begun": MORNING, "seen": MORNING, "until": until, "sealed": b"x"}
    return Session.objects.create(key=key, account=account.pk, **told)


def keys(rows):
    return {each.key for each in rows}


def test_an_account_lists_and_ends_its_own_sessions_alone(two):
    mine, theirs = two
    for key in ("here", "there"):
        session(mine, key)
    session(mine, "over", until=LATER)
    session(theirs, "theirs")

    assert keys(ways.sessions(mine, at=LATER)) == {"here", "there"}
    ways.end_others(mine, "here", at=LATER)
    assert keys(Session.objects.all()) == {"here", "theirs"}


def test_what_is_taken_from_one_account_is_left_to_the_others(two):
    mine, theirs = two
    session(mine, "mine")
    session(theirs, "theirs")

    ways.clear(mine)

    assert kinds(mine) == []
    assert APP in kinds(theirs)
    assert keys(Session.objects.all()) == {"theirs"}


def test_an_account_that_was_closed_meanwhile_gets_no_way_in(two):
    mine, _theirs = two
    close_account(None, mine.pk, at=LATER)
    mine.refresh_from_db(fields=["epoch"])

    with pytest.raises(NotThereError):
        ways.new_codes(mine, at=LATER)

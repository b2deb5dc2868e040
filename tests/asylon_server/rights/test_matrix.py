"""Every address, by every way of asking, for everybody: held against `matrix.toml`.

A quick run asks every role for every address as whose work the case is, as a stranger
to it, and in one relation more, which is another one at each address; on PostgreSQL as
whose work the case is. A soak asks every role in every relation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import pytest

from tests.asylon_server.rights import canaries
from tests.asylon_server.rights.table import (
    CLOSED,
    EVERYBODY,
    FRESH,
    NOBODY,
    OUT,
    PLAIN,
    RELATIONS,
    STALE,
    UNSET,
    Address,
    matrix,
)
from tests.asylon_server.rights.walking import (
    Answer,
    Door,
    addresses,
    alike,
    ask,
    path_of,
)
from tests.asylon_server.rights.world import World
from tests.django_settings import DATABASE

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MATRIX = matrix()
SOME = ("legal_aid registration", "authority supervisor", "agency administrator")
NOT_WAYS = ("put", "patch", "delete", "options", "trace", "propfind")


@dataclass(frozen=True)
class Question:
    """Who asks for what, how, and in which relation."""

    address: Address
    way: str
    who: str
    relation: str = PLAIN
    state: str = FRESH


def test_every_address_has_an_entry():
    named = {each.path for each in MATRIX.addresses}

    assert sorted(set(addresses()) - named) == [], "add them to matrix.toml"
    assert sorted(named - set(addresses())) == [], "these answer no longer"


EVERY_WAY = pytest.mark.parametrize("way", ["get", "post"])
EVERY_ADDRESS = pytest.mark.parametrize(
    "address", MATRIX.addresses, ids=lambda each: f"{each.path} {each.about}"
)


@EVERY_WAY
@EVERY_ADDRESS
def test_everybody_gets_what_the_page_says_and_no_more(address, way, world, door):
    unexplained = walk(questions(address, way, whole=False), world, door)

    assert unexplained == [], _summed(unexplained)


@pytest.mark.soak
@EVERY_WAY
@EVERY_ADDRESS
def test_so_does_everybody_in_every_relation(address, way, world, door):
    unexplained = walk(questions(address, way, whole=True), world, door)

    assert unexplained == [], _summed(unexplained)


@pytest.mark.parametrize("path", sorted({each.path for each in MATRIX.addresses}))
def test_a_look_at_the_head_alone_says_the_same(path, world, door):
    address = next(each for each in MATRIX.addresses if each.path == path)
    relation = "assigned" if address.is_of_a_case else PLAIN
    for who in SOME:
        question = Question(address, "get", who, relation)
        where = _path(question, world)
        session = world.sessions[who, FRESH]

        whole = ask(door, "get", where, session=session)
        head = ask(door, "head", where, session=session)

        assert (head.status, head.text) == (whole.status, ""), who


@pytest.mark.parametrize("way", NOT_WAYS)
@pytest.mark.parametrize(
    "who", [NOBODY, "legal_aid registration", "authority supervisor"]
)
def test_nothing_is_asked_in_another_way(way, who, world, door):
    for path in addresses():
        address = next(each for each in MATRIX.addresses if each.path == path)
        relation = "assigned" if address.is_of_a_case else PLAIN
        seen_as = "legal_aid registration" if who == NOBODY else who
        where = _path(Question(address, way, seen_as, relation), world)
        session = world.sessions.get((who, FRESH), "")

        answer = ask(door, way, where, session=session)

        assert (answer.status, answer.wrote) == (405, []), path


def test_no_form_of_another_site_is_taken(world):
    checking = Door(checks_forms=True)
    for path in addresses():
        address = next(each for each in MATRIX.addresses if each.path == path)
        who = "legal_aid registration"
        relation = "assigned" if address.is_of_a_case else PLAIN
        where = _path(Question(address, "post", who, relation), world)
        session = world.sessions[who, FRESH]

        answer = ask(checking, "post", where, session=session, send=address.send)

        assert (answer.status, answer.wrote) == (403, []), path


def walk(asked: Iterable[Question], world: World, door: Door) -> list[str]:
    """Ask, and say what the page does not explain."""
    unexplained = []
    world.renew()
    absent: dict[str, tuple[int, str, str]] = {}
    for question in asked:
        path = _path(question, world)
        answer = _asked(question, path, world, door)
        unexplained += _wrong(question, answer, world)
        if answer.outcome == "not found" and question.state == FRESH:
            same = alike(answer, path)
            if absent.setdefault(question.who, same) != same:
                unexplained.append(f"{_told(question)}: absent and forbidden differ")
    return unexplained


def questions(address: Address, way: str, *, whole: bool) -> list[Question]:
    """Ask as everybody in every relation, and as who is not properly signed in."""
    tied = "assigned" if address.is_of_a_case else PLAIN
    asked = [
        Question(address, way, who, relation)
        for who in sorted(EVERYBODY)
        for relation in (RELATIONS if address.is_of_a_case else (PLAIN,))
        if whole or _is_asked(address, way, who, relation)
    ]
    people = sorted(EVERYBODY) if whole else SOME
    asked += [
        Question(address, way, who, tied, state)
        for who in people
        for state in (STALE, UNSET, CLOSED)
    ]
    return [*asked, Question(address, way, NOBODY, tied, OUT)]


def _is_asked(address: Address, way: str, who: str, relation: str) -> bool:
    """Whether a quick run asks: as whose work it is, as a stranger, and as one more.

    Whoever opens cases in an emergency is asked in one, where a mistake opens most.
    """
    if DATABASE == "postgresql":
        return relation in {PLAIN, "assigned"}
    turn = crc32(f"{address.path} {way} {who}".encode()) % len(RELATIONS)
    more = {"elsewhere"} if way == "get" else set()
    if who.endswith(" protection"):
        more |= {"emergency"}
    return relation in {PLAIN, "assigned", RELATIONS[turn], *more}


def _path(question: Question, world: World) -> str:
    who = "legal_aid registration" if question.who == NOBODY else question.who
    filled = MATRIX.fill | question.address.fill
    if question.address.is_of_a_case:
        filled |= world.named(world.case(who, question.relation))
    return path_of(question.address.path, filled)


def _asked(question: Question, path: str, world: World, door: Door) -> Answer:
    who = "legal_aid registration" if question.who == NOBODY else question.who
    send = world.sent(who, question.address.send)
    key = (question.who, FRESH if question.state == CLOSED else question.state)
    account = world.accounts[who]
    if question.state == CLOSED:
        type(account).objects.filter(pk=account.pk).update(is_active=False)
    try:
        return ask(
            door,
            question.way,
            path,
            session=world.sessions.get(key, ""),
            send=send,
        )
    finally:
        if question.state == CLOSED:
            type(account).objects.filter(pk=account.pk).update(is_active=True)


def _wrong(question: Question, answer: Answer, world: World) -> list[str]:
    expected = question.address.expected(
        question.way, question.who, question.relation, question.state
    )
    told = _told(question)
    wrong = []
    if answer.outcome != expected:
        wrong.append(f"{told}: {answer.outcome}, and the page says {expected}")
    if answer.outcome in {"not found", "sign in", "set up", "confirm"} and answer.wrote:
        wrong.append(f"{told}: {answer.outcome}, and {answer.wrote} all the same")
    if answer.outcome == "page" and question.address.is_of_a_case:
        case = str(world.case(question.who, question.relation))
        if not any(each["case"] == case for each in answer.events):
            wrong.append(f"{told}: seen, and not in the record")
    return wrong + _leaks(question, answer, world)


def _leaks(question: Question, answer: Answer, world: World) -> list[str]:
    wrong = []
    for klass, case in canaries.found(answer.text + answer.headers):
        relation = world.relation(question.who, case)
        is_signed_in = question.state in {FRESH, STALE}
        reached = MATRIX.reached(question.who, relation) if is_signed_in else ()
        if klass not in reached:
            wrong.append(
                f"{_told(question)}: shows {klass} of a case that is {relation}"
            )
    return wrong


def _told(question: Question) -> str:
    near = "" if question.relation == PLAIN else f", {question.relation}"
    how = "" if question.state == FRESH else f", {question.state}"
    return f"{question.way} {question.address.path} by {question.who}{near}{how}"


def _summed(unexplained: list[str]) -> str:
    shown = "\n".join(unexplained[:40])
    return f"{len(unexplained)} unexplained:\n{shown}"

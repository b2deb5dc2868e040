"""The authority is the attacker: what its accounts can reach, by whatever way.

In every case stand words of every class, a thousand of guarded ones. Every
account of every body of the state follows every link and sends every form, names cases
that are not its own, and looks for each word where anything can be looked for. A quick
run looks for 120 of the words, a soak for all.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import Resolver404, resolve

from asylon_server.store.cases import fields
from asylon_server.store.record.models import Event
from asylon_server.web.desk import work
from tests.asylon_server.rights import canaries
from tests.asylon_server.rights.table import EVERYBODY, FRESH, PLAIN, matrix
from tests.asylon_server.rights.walking import Answer, Door, alike, ask, path_of
from tests.asylon_server.rights.world import STATE_BODIES, World, undone
from tests.asylon_server.runs import on_sqlite
from tests.conftest import SOAK

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    on_sqlite,
]

MATRIX = matrix()
ATTACKERS = sorted(who for who in EVERYBODY if who.split()[0] in STATE_BODIES)
LEAVES = re.compile(r'(?:href|action)="(/[^"#]*)')
UNSENT = ("/static/", "/sign-out/", "/account/begin/")
LOOKED_FOR = None if SOAK else 120
ENOUGH = 4
"""So many addresses of one page of one case are followed; in a soak all are."""

SHOWN = 20
"""So much of what was looked for stands on the page again."""

NONSENSE = "Zznothing" * 6
FIELDS = re.compile(r'<(?:input|select|textarea)[^>]*name="([^"]+)"')


@dataclass(frozen=True)
class Attacker:
    """An account of a body of the state, at its browser."""

    who: str
    world: World
    door: Door

    def asks(self, way: str, path: str, send: dict[str, str] | None = None) -> Answer:
        """Ask as somebody who has just signed in."""
        session = self.world.sessions[self.who, FRESH]
        filled = self.world.sent(self.who, send or {})
        return ask(self.door, way, path, session=session, send=filled)

    def reached(self, answer: Answer, where: str) -> list[str]:
        """Say which words an answer shows that were not released to this account."""
        near = self.world.relation
        return [
            f"{self.who}, {where}: {klass} of a case that is {near(self.who, case)}"
            for klass, case in canaries.found(answer.text + answer.headers)
            if klass not in MATRIX.reached(self.who, near(self.who, case))
        ]

    def unreleased(self) -> list[str]:
        """List the guarded words that were not released to this account."""
        return [each for each in planted(self.world) if not self._is_reached(each)]

    def _is_reached(self, word: str) -> bool:
        [(klass, case)] = canaries.found(word)
        near = self.world.relation(self.who, case)
        return klass in MATRIX.reached(self.who, near)


@dataclass(frozen=True)
class Place:
    """A field in which something can be looked for."""

    way: str
    path: str
    name: str
    more: dict[str, str]


@pytest.fixture
def heard(caplog):
    """Everything that is written to a log meanwhile."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text


def test_a_thousand_guarded_words_are_planted(world):
    assert len(planted(world)) >= 1_000


@pytest.mark.parametrize("who", ATTACKERS)
def test_following_every_link_and_sending_every_form_reaches_none(
    who, world, door, heard
):
    seen, found = crawl(Attacker(who, world, door))

    assert "/desk/" in seen
    assert found == []
    assert canaries.found(heard()) == set()


@pytest.mark.parametrize("who", ATTACKERS)
def test_naming_every_case_reaches_none(who, world, door):
    attacker, found = Attacker(who, world, door), []
    for address in (each for each in MATRIX.addresses if each.is_of_a_case):
        for case in [*world.cases.values(), uuid4()][:: 1 if SOAK else 9]:
            path = path_of(address.path, MATRIX.fill | world.named(case))
            for way in ("get", "post"):
                answer = attacker.asks(way, path, address.send)
                found += attacker.reached(answer, f"{way} {path}")

    assert found == []


@pytest.mark.parametrize("who", ATTACKERS)
def test_looking_for_a_word_says_nothing_of_whether_it_is_there(who, world, door):
    attacker = Attacker(who, world, door)
    fields_of = places(attacker)
    nothing: dict[tuple[int, int], object] = {}
    told = []
    for turn, word in enumerate(attacker.unreleased()[:: step(world)]):
        number = turn % len(fields_of)
        place, key = fields_of[number], (number, len(word))
        if key not in nothing:
            nothing[key] = looked(attacker, place, NONSENSE[: len(word)])
        if looked(attacker, place, word) != nothing[key]:
            told.append(f"{place}: {word}")

    assert told == []


@pytest.mark.parametrize("who", ATTACKERS)
def test_a_fault_says_nothing_of_what_it_was_about(
    who, world, door, monkeypatch, heard
):
    word = canaries.canary("identity", "granted", 1)

    def broken(*_args: object, **_named: object) -> None:
        raise ValueError(word)

    monkeypatch.setattr(work.lists, "worklist", broken)
    answer = Attacker(who, world, door).asks("get", "desk/")

    assert answer.status == 500
    assert canaries.found(answer.text + answer.headers) == set()


def test_the_record_holds_none(world, door):
    with undone():
        for who in ATTACKERS[:: 1 if SOAK else 4]:
            crawl(Attacker(who, world, door))
        said = b"".join(bytes(each.content or b"") for each in Event.objects.all())

    assert len(said) > 10_000
    assert canaries.found(said.decode()) == set()


def test_a_leak_is_found(world, door, monkeypatch):
    monkeypatch.setattr(fields, "shown", lambda file, _classes: file)

    _seen, found = crawl(Attacker("authority reviewing", world, door))

    assert [each for each in found if "identity" in each]


def crawl(attacker: Attacker) -> tuple[set[str], list[str]]:
    """Go wherever a link or a form leads, and send each form as it stands."""
    waiting, seen, found = ["/", "/desk/", "/account/"], set(), []
    alike: Counter[object] = Counter()
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(UNSENT):
            continue
        seen.add(path)
        alike[page := _page(path)] += 1
        if alike[page] > ENOUGH and not SOAK:
            continue
        got = attacker.asks("get", path.lstrip("/"))
        typed = dict.fromkeys(FIELDS.findall(got.text), "1")
        sent = attacker.asks("post", path.lstrip("/"), typed)
        for way, answer in (("get", got), ("post", sent)):
            found += attacker.reached(answer, f"{way} {path}")
            waiting += [unescape(each) for each in LEAVES.findall(answer.text)]
            waiting += re.findall(r"^Location: (/\S*)", answer.headers, re.MULTILINE)
    return seen, found


def _page(path: str) -> object:
    """Say which page of which case an address is of; each of a hundred elements has one."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return path
    return found.route, found.kwargs.get("case")


def places(attacker: Attacker) -> list[Place]:
    """Name every field of every page that somebody can look for a word in."""
    found = []
    for address in MATRIX.addresses:
        is_there = address.expected("get", attacker.who, PLAIN, FRESH) == "page"
        if not is_there or not address.path.startswith("desk/") or "<" in address.path:
            continue
        body = attacker.asks("get", address.path).text.partition("<main")[2]
        for name in dict.fromkeys((*FIELDS.findall(body), *address.send)):
            others = {n: v for n, v in address.send.items() if n != name}
            found += [Place(way, address.path, name, others) for way in ("get", "post")]
    return found


def looked(attacker: Attacker, place: Place, word: str) -> tuple[int, str, str]:
    """Look for a word, and give the answer without the word itself."""
    send, path = place.more | {place.name: word}, place.path
    if place.way == "get":
        path = f"{path}?{urlencode(send)}"
    status, text, headers = alike(attacker.asks(place.way, path, send), path)
    for said in (word, word[:SHOWN]):
        text, headers = text.replace(said, "…"), headers.replace(said, "…")
    return status, text, headers


def planted(world: World) -> list[str]:
    """List the guarded words of every case."""
    return [
        word
        for case in world.spelled
        for word in canaries.planted(case)
        if any(word.startswith(f"Zq{klass}xx") for klass in canaries.GUARDED)
    ]


def step(world: World) -> int:
    """Say how many words a quick run passes over at a time."""
    return max(1, len(planted(world)) // LOOKED_FOR) if LOOKED_FOR else 1

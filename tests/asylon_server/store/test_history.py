"""The timeline of a case: what was done, and nothing of what is not for the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import asylon_server
from asylon.casework import Contact, Need
from asylon_server.store.cases import acts, history, reads, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.models import Assignment
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SOURCES = Path(asylon_server.__file__).parent


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s1", at=MORNING, custody=custody)


@pytest.fixture
def tell(case, officer, custody):
    def told(part, new):
        change = Change("p1", part, new=new)
        telling.tell(officer, case.id, [change], at=LATER, custody=custody)

    return told


@pytest.fixture
def seen(case, somebody):
    """Read the timeline as somebody in a role of an office, assigned to the case."""

    def read(kind, role):
        who = somebody(kind, role)
        Assignment.objects.create(case=case, account_id=who.account, since=MORNING)
        return history.timeline(who, case.id, at=LATER)

    return read


def told(page):
    return [(each.act, each.parts) for each in page.entries]


def test_acts_come_newest_first_with_who_and_what(case, officer, tell):
    tell("needs", Need("CR"))

    page = history.timeline(officer, case.id, at=LATER)

    assert told(page) == [("case amended", ("needs",)), ("case opened", ())]
    assert page.entries[0].office == "legal_aid"


def test_who_does_not_reach_a_part_sees_neither_the_act_nor_its_count(tell, seen):
    tell("contacts", Contact("phone", "010"))

    page = seen("unhcr", "eligibility")

    assert told(page) == [("case opened", ())]


def test_of_an_act_on_several_parts_only_those_reached_are_named(
    case, officer, custody, seen
):
    changes = [
        Change("p1", "contacts", new=Contact("phone", "010")),
        Change("p1", "needs", new=Need("CR")),
    ]
    telling.tell(officer, case.id, changes, at=LATER, custody=custody)

    assert told(seen("unhcr", "eligibility"))[0] == ("case amended", ("needs",))


def test_an_act_that_does_not_say_what_it_changed_is_for_nobody_who_misses_a_class(
    case, officer, custody, seen, family
):
    acts.keep_amended(case, officer, family, follows=1, at=LATER, custody=custody)

    assert told(seen("unhcr", "eligibility")) == [("case opened", ())]


def test_looking_is_no_act(case, officer, custody):
    reads.case_file(officer, case.id, at=LATER, custody=custody)

    assert told(history.timeline(officer, case.id, at=LATER)) == [("case opened", ())]
    looks = [each.act for each in history.readings(officer, case.id, at=LATER).entries]
    assert looks == ["record read", "record read", "case read"]


def test_the_timeline_comes_in_pages(case, officer, tell, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 2)
    for kind in ("CR", "ER"):
        tell("needs", Need(kind))

    page = history.timeline(officer, case.id, number=9, at=LATER)

    assert (page.number, page.last) == (2, 2)
    assert told(page) == [("case opened", ())]


def test_whoever_does_not_reach_the_record_finds_no_timeline(seen):
    with pytest.raises(NotThereError):
        seen("legal_aid", "interpreter")


def test_every_act_on_a_case_has_its_place():
    calls = re.compile(r"record(?:_all)?\(\s*f?\"([a-z -]+)[\"{][^)]*?case=", re.DOTALL)
    found = {
        act.strip()
        for each in SOURCES.rglob("*.py")
        for act in calls.findall(each.read_text(encoding="utf-8"))
    }

    assert {"case opened", "hold placed", "certificate issued"} <= found
    named = {act for act in found if history.about(act) is not None}
    # Whoever adds an act on a case says in `history` who is told of it.
    assert found - named <= history.READING | {"people searched"}

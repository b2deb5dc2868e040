"""What was told is amended thing by thing; two who write at once lose nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asylon.casework import ANY, CaseClaim, Contact, Hold, Need, Person
from asylon.identity import Name
from asylon_server.store.cases import acts, changes, reads, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.models import Assignment, Case
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OLD, NEW = Name("김정숙", "Hang"), Name("金貞淑", "Hani", kind="official")
OTHER = Name("김정순", "Hang")
SAID = (MORNING.date(), "wish_expressed")


@pytest.fixture
def register(officer, custody):
    def made(file, submission="s1"):
        return acts.register(
            officer, file, submission=submission, at=MORNING, custody=custody
        )

    return made


@pytest.fixture
def tell(custody):
    def told(who, case, *made, **how):
        return telling.tell(who, case.id, made, at=LATER, custody=custody, **how)

    return told


def whole(case, custody):
    return reads.whole(case, custody=custody)[1]


def assigned(case, actor):
    Assignment.objects.create(case=case, account_id=actor.account, since=MORNING)
    return actor


def test_two_who_change_different_things_both_stand(
    register, tell, officer, family, custody
):
    case = register(family)
    tell(officer, case, Change("p1", "names", OLD, NEW))
    tell(officer, case, Change("p1", "needs", new=Need("WR")))

    mother = whole(case, custody).person("p1")
    assert (mother.names, mother.needs) == ((NEW,), (Need("WR"),))


def test_a_thing_that_changed_meanwhile_is_not_written_over(
    register, tell, officer, family, custody
):
    case = register(family)
    tell(officer, case, Change("p1", "names", OLD, NEW))

    with pytest.raises(changes.StaleError):
        tell(officer, case, Change("p1", "names", OLD, OTHER))
    assert whole(case, custody).person("p1").names == (NEW,)


def test_what_is_told_twice_stands_once(register, tell, officer, family):
    case = register(family)

    first = tell(officer, case, Change("p1", "names", new=NEW))

    assert tell(officer, case, Change("p1", "names", new=NEW)) == first == 2


def test_what_is_taken_out_is_in_the_versions_before(
    register, tell, officer, family, custody
):
    case = register(family)
    tell(officer, case, Change("p1", "names", OLD, NEW))
    found = telling.versions(officer, case.id, at=LATER, custody=custody)

    assert [each.file.person("p1").names for each in found] == [(OLD,), (NEW,)]
    assert {each.by for each in found} == {"legal_aid registration 0"}
    assert [each.at for each in found] == [MORNING, LATER]


def test_who_reaches_contact_alone_changes_contact_alone(
    register, tell, somebody, family, custody
):
    case = register(family)
    worker = assigned(case, somebody("legal_aid", "protection"))
    contact = Contact("phone", "138 0000 0000")
    tell(worker, case, Change("p1", "contacts", new=contact))

    with pytest.raises(NotThereError):
        tell(worker, case, Change("p1", "names", OLD, NEW))
    with pytest.raises(NotThereError):
        tell(worker, case, Change("p9", "person", new=Person("p9")))
    mother = whole(case, custody).person("p1")
    assert (mother.contacts, mother.names) == ((contact,), (OLD,))


def test_a_state_that_is_feared_now_is_held_against(
    register, tell, officer, family, custody
):
    case = register(family)

    tell(officer, case, Change("p2", "feared", new="CHN"))

    held = {(each.person, each.destination) for each in whole(case, custody).holds}
    assert held == {("", "PRK"), ("p2", "CHN")}


def test_a_hold_against_every_state_leaves_no_feared_body_near(
    register, tell, somebody, family, custody
):
    nobody = tuple(replace(each, feared=()) for each in family.people)
    case = register(replace(family, people=nobody, holds=(Hold(ANY, *SAID),)))
    body = assigned(case, replace(somebody("authority", "eligibility"), state="CHN"))
    worker = assigned(case, somebody("legal_aid", "registration"))

    tell(worker, case, Change("p1", "feared", new="CHN"))

    own = Hold("CHN", LATER.date(), "wish_expressed", "p1")
    assert own in whole(case, custody).holds
    with pytest.raises(NotThereError):
        reads.case_file(body, case.id, at=LATER, custody=custody)


def test_each_of_two_who_are_added_is_held_from_what_they_fear(
    register, tell, officer, family, custody
):
    case = register(family)
    two = [Person("p3", feared=("CHN",)), Person("p4", feared=("RUS",))]

    tell(officer, case, *(Change(each.id, "person", new=each) for each in two))

    held = {(each.person, each.destination) for each in whole(case, custody).holds}
    assert held == {("", "PRK"), ("p3", "CHN"), ("p4", "RUS")}


def test_what_was_said_is_sealed_by_itself(register, officer, family, custody):
    told = replace(
        family,
        note="of all",
        people=(replace(family.people[0], note="of her"), *family.people[1:]),
        claims=(CaseClaim("c1", "p1", note="of the claim"),),
    )
    case = register(told)

    _number, kept = sealing.read(case.id, sealing.IDENTITY, custody=custody)
    assert whole(case, custody) == told
    assert b"of all" not in kept
    assert b"of her" not in kept
    assert b"of the claim" not in kept
    seen = reads.case_file(officer, case.id, at=LATER, custody=custody).file
    assert (seen.note, seen.people[0].note, seen.claims) == ("", "", ())


def test_an_amendment_keeps_the_claims_and_takes_the_note(
    register, tell, somebody, family, custody
):
    claim = CaseClaim("c1", "p1", note="of the claim")
    case = register(replace(family, claims=(claim,), note="of all"))
    worker = assigned(case, somebody("unhcr", "eligibility"))

    tell(worker, case, Change("p1", "note", new="heard"))

    kept = whole(case, custody)
    assert kept.person("p1").note == "heard"
    assert (kept.claims, kept.note) == ((claim,), "of all")


def test_a_form_that_comes_again_with_changes_is_not_dropped(register, family, tell):
    case = register(family)
    again = replace(
        family, people=(replace(family.people[0], names=(NEW,)), *family.people[1:])
    )

    with pytest.raises(changes.ToldOtherwiseError) as raised:
        register(again)
    assert raised.value.case == case.id
    assert Case.objects.within(acts.Q(erased=None)).count() == 1


def test_once_its_changes_stand_the_form_gives_the_case(
    register, tell, officer, family, custody
):
    case = register(family)
    new = replace(family.people[0], names=(OLD, NEW))
    more = Person("p3", names=(OTHER,))
    again = replace(family, people=(new, family.people[1], more))
    tell(officer, case, *changes.between(family.people, again.people), only_adds=True)

    assert register(again).pk == case.pk
    assert whole(case, custody).people == again.people


def test_one_thing_told_by_two_at_once_stops_the_second(
    register, tell, officer, family, custody
):
    case = register(family)
    tell(officer, case, Change("p1", "sex", new="female"))

    with pytest.raises(changes.StaleError):
        tell(officer, case, Change("p1", "sex", new="male"))
    assert whole(case, custody).person("p1").sex == "female"


def test_a_form_that_is_sent_again_takes_the_place_of_what_it_said(
    register, tell, officer, family, custody
):
    case = register(family)
    tell(officer, case, Change("p1", "names", new=NEW), form="f1")
    tell(officer, case, Change("p1", "names", new=NEW), form="f2")
    tell(officer, case, Change("p1", "names", new=OTHER), form="f1")
    tell(officer, case, Change("p1", "names", new=OTHER), form="f1")

    assert whole(case, custody).person("p1").names == (OLD, OTHER)


def test_what_stands_in_place_of_a_thing_is_followed_through_its_changes(
    register, tell, officer, family, custody
):
    case = register(family)
    for old, new in ((OLD, OTHER), (OTHER, NEW)):
        tell(officer, case, Change("p1", "names", old, new))
    change = Change("p1", "names", OLD, Name("김정희", "Hang"))
    named = {"at": LATER, "custody": custody}

    now = telling.standing(officer, case.id, change, since=1, **named)
    then = telling.standing(officer, case.id, change, since=1, until=2, **named)
    tell(officer, case, Change("p1", "names", NEW))
    tell(officer, case, Change("p1", "names", new=OTHER))
    gone = telling.standing(officer, case.id, change, since=1, **named)

    assert (then.thing, now.thing, gone.thing) == (OTHER, NEW, None)
    assert (then.version, now.version, gone.version) == (2, 3, 5)
    assert now.by == ("legal_aid registration 0", "legal_aid")

"""What is not reached of a file is neither shown nor written."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date

import pytest

from asylon.casework import CaseClaim, Contact, File, Hold, Person
from asylon.casework.actors import Actor
from asylon.casework.assessments import Assessment, Source
from asylon.casework.counsel import Appearance, Submission
from asylon.casework.decisions import Complaint, Draft, Guardian, Reasoning, Telling
from asylon.casework.exceptions import Proposed
from asylon.casework.holds import Lifting
from asylon.casework.interviews import Interview, Segment
from asylon.casework.procedure import Despite, Step
from asylon.casework.procedure.deadlines import Stop
from asylon.identity import Name
from asylon_server.store.cases import changes, fields
from asylon_server.store.cases.changes import Change
from asylon_server.store.rights import shipped_table

DAY = date(2026, 11, 24)
TWO = (
    Actor("a", "one", "unhcr", "protection_officer"),
    Actor("b", "other", "legal_aid", "supervisor"),
)
LIFTED = Hold(
    "PRK",
    DAY,
    "wish_expressed",
    note="As told.",
    lifted=Lifting(DAY, "left_safely", "Seen there.", TWO),
)


def test_a_hold_is_shown_to_who_reaches_holds(family):
    assert fields.shown(family, {"hold"}).holds == family.holds
    assert fields.shown(family, {"identity", "needs"}).holds == ()


def test_what_shows_that_a_hold_could_be_lifted_is_for_who_knows_names():
    shown = fields.shown_hold(LIFTED, {"hold"})

    assert (shown.note, shown.lifted.shown_by) == ("", fields.UNSHOWN)
    assert fields.shown_hold(LIFTED, {"hold", "identity"}) == LIFTED


def test_a_change_of_who_is_not_on_the_file_is_not_made(family):
    assert not changes.is_made(family, Change("p9", "sex", new="female"))


def test_one_thing_told_twice_alike_is_no_conflict(family):
    told = changes.made(family, Change("p1", "sex", new="female"))

    assert changes.made(told, Change("p1", "sex", new="female")) == told


def test_a_form_that_says_the_same_again_changes_nothing():
    done = Change("p1", "contacts", new=Contact("phone", "010"))

    assert changes.again(done, done) == []
    assert changes.again(done, Change("p1", "names", new=Name("김", "Hang")))


def test_who_is_told_of_anew_says_only_what_its_writer_reaches(family):
    told = replace(family.people[1], contacts=(Contact("phone", "010"),), sex="female")

    made = fields.merged_person(family.people[0], told, {"contact"})

    assert made == replace(family.people[0], contacts=told.contacts)


SAID = Segment("s1", "answer", "2026-11-24T10:00", "person", "narrative 1")
CLAIM = CaseClaim(
    "claim 1",
    "p1",
    procedure="national",
    state="KOR",
    wish_heard=DAY,
    lodged=DAY,
    receipt_code="claim 2",
    note="narrative 2",
    steps=(Step("lodge", TWO[0], DAY, "", Despite(("g",), TWO, "narrative 3")),),
    stops=(Stop("contact_unsafe", DAY, DAY),),
    interviews=(
        Interview(
            *("narrative 4", DAY, TWO[0], "narrative 5"),
            *("identity 1", "identity 2", "helpers 1", "identity 3"),
            *(DAY, (SAID,), DAY),
        ),
    ),
    assessment=Assessment(sources=(Source("narrative 6", "narrative 7"),)),
    drafts=(
        Draft("o", TWO[0], DAY, "ko", (Reasoning("narrative 8", "narrative 9"),), ""),
    ),
    tellings=(Telling("read_out", DAY, TWO[0], "identity 4", "identity 5", True),),
    guardians=(Guardian("helpers 2", DAY, DAY),),
    called=DAY,
    appearances=(Appearance("a", "identity 6", DAY, DAY),),
    submissions=(Submission("s1", DAY, TWO[0], "narrative 10", "narrative 11"),),
    exceptions=(Proposed("x1", "sign", ("reviewed",), TWO[0], DAY, "narrative 12"),),
)
COMPLAINT = Complaint("b1", "a", DAY, "words")
FILE = File("A-1", (Person("p1"),), claims=(CLAIM,))
"""A claim in which each word is named by the class that it is for."""

EVERY = frozenset(shipped_table().classes)
WORDS = {"claim": 2, "identity": 6, "helpers": 2, "narrative": 12}


def words_in(file):
    said = file.as_json()
    told = {f"{name} {n}" for name, many in WORDS.items() for n in range(1, many + 1)}
    return {each for each in told if f'"{each}"' in said}


def test_who_reaches_every_class_is_shown_a_claim_as_it_is():
    assert len(words_in(FILE)) == sum(WORDS.values())
    assert fields.shown(FILE, EVERY) == FILE


@pytest.mark.parametrize("hidden", sorted(EVERY))
def test_nothing_of_a_claim_is_shown_whose_class_is_not_reached(hidden):
    shown = words_in(fields.shown(FILE, EVERY - {hidden}))

    assert {each for each in shown if each.startswith(hidden)} == set()


def test_who_reaches_claims_alone_is_shown_no_word_of_anybody():
    shown = fields.shown(FILE, {"claim"})

    assert words_in(shown) == {"claim 1", "claim 2"}
    assert shown.claims[0].steps[0].despite.guards == ("g",)


def test_each_field_of_what_is_shown_in_part_has_a_class():
    for part, class_of in fields.CLASS_OF_CLAIM.items():
        assert {each.name for each in fields_of(part)} == {*class_of}
        assert {*class_of.values()} <= {*EVERY, fields.NOBODY}


def test_no_release_shows_a_body_of_a_state_who_complained_or_stands_beside():
    released = EVERY - shipped_table().withheld

    [claim] = fields.shown(FILE, released).claims

    assert (claim.complaints, claim.guardians) == ((), ())
    assert claim.interviews[0].guardian == ""


def test_a_claim_with_a_field_without_a_class_is_not_shown(monkeypatch):
    told = dict.fromkeys(("id", "person"), "claim")
    monkeypatch.setattr(fields, "CLASS_OF_CLAIM", {CaseClaim: told})

    with pytest.raises(KeyError):
        fields.shown(FILE, {"claim"})


def test_whoever_reaches_every_class_is_shown_no_complaint():
    steps = (Step("submit", TWO[0], DAY), Step("complain", TWO[1], DAY))
    claim = replace(CLAIM, steps=steps, complaints=(COMPLAINT,))
    file = replace(FILE, claims=(claim,))

    [shown] = fields.shown(file, EVERY).claims

    assert (shown.complaints, shown.steps) == ((), steps[:1])

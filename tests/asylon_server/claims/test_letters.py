"""What a letter says of its claim, and nothing of what was lifted, or is of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asylon.casework import Hold
from asylon.casework.decisions import Reasoning
from asylon.casework.explaining import Explainer
from asylon.casework.holds import ANY
from asylon.languages import catalogue
from asylon.logic import UNKNOWN
from asylon_server.store.cases import reads
from asylon_server.store.claims import answering, letters
from asylon_server.store.claims.letters import House, Shows
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.claims import files
from tests.asylon_server.claims.files import ON
from tests.asylon_server.conftest import LATER, MORNING
from tests.casework.test_lawful import DECISIONS, officers

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = catalogue("en")


@pytest.fixture
def letter(case, examiner, custody):
    """Say what the letter on a draft says, with some of the file otherwise."""

    def made(outcome, *, holds=None, reasons=files.REASONS, **more):
        claim = files.drafted(
            files.examined(examiner), examiner, outcome, reasons=reasons
        )
        files.put(case, custody, claim)
        _version, file = reads.whole_said(case, custody=custody)
        file = file if holds is None else replace(file, holds=holds)
        shows = Shows(examiner, House("+00 000 0000", invented=True), LATER)
        return letters.made(shows, file, replace(claim, **more))

    return made


def test_it_cites_what_was_applied_and_nothing_that_was_left_open(letter, examiner):
    book = answering.engine().book
    [decided] = [each for each in DECISIONS if each.id == "D80"]
    found = {"assessment": officers(decided).assessment}
    claim = files.examined(examiner, **found)
    others = Explainer(answering.engine(), WORDS).beside(claim, on=ON).others
    settled = [each for each in others if each.value is not UNKNOWN]
    told = [
        WORDS.law("citation", book.provision(each.provision, ON).citation)
        for each in settled
        if each.counts
    ]
    [definition] = letter("recognise", **found).law

    assert {each.counts for each in settled} == {True, False}
    assert letter("refuse", **found).law == tuple(dict.fromkeys([definition, *told]))
    [excluding] = set(letter("exclude", **found).law) - {definition, *told}
    assert "1F" in excluding


def test_it_names_the_states_of_the_holds_that_stand_over_the_person(letter):
    hold = Hold("PRK", ON, "wish_expressed")
    over_all = letter("recognise", holds=(hold, replace(hold, person="p1")))
    others = replace(hold, destination="CHN", person="p2")

    assert over_all.states == (WORDS.place("PRK"),)
    assert not over_all.is_everywhere
    assert letter("recognise", holds=(others,)).states == ()
    lifted = replace(hold, destination="KOR")
    object.__setattr__(lifted, "lifted", "as two people agreed")
    assert letter("recognise", holds=(hold, lifted)).states == over_all.states
    anywhere = letter("recognise", holds=(replace(hold, destination=ANY),))
    assert (anywhere.states, anywhere.is_everywhere) == ((), True)


def test_it_says_where_to_appeal_only_where_something_was_refused(letter, custody):
    Organisation.objects.create(name="The board", kind="appeal_body")
    Organisation.objects.create(name="Another office", kind="agency")

    assert letter("refuse").appeal.body == "The board"
    assert letter("recognise").appeal is None
    assert letter("dismiss").appeal is None


def test_a_paragraph_without_words_is_none(letter):
    parts = letter("recognise", reasons=(Reasoning("Why", "One.\n\n \nTwo."),)).reasons

    assert parts[0].paragraphs == ("One.", "Two.")


def test_what_is_told_by_no_letter_has_none(examiner):
    claim = files.drafted(files.examined(examiner), examiner, "close")

    assert letters.signed(files.stepped(claim, examiner, "endorse", "sign")) == ()


def test_no_letter_is_opened_that_is_not_there(case, claim, examiner, custody):
    with pytest.raises(NotThereError):
        letters.document(examiner, case.id, claim.id, 9, at=LATER, custody=custody)


def test_letters_are_numbered_within_their_case(case, claim):
    Compartment.objects.create(
        case=claim_of_another(case),
        name="decision-c1",
        version=1,
        sealed=b"",
        at=MORNING,
    )

    assert letters._last(case, claim.id) == 0


def claim_of_another(case):
    return type(case.id)(int=case.id.int ^ 1)

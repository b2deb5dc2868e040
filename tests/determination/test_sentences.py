"""Reasons in whole sentences, with nothing left to fill in."""

import re
from itertools import pairwise

import pytest
from hypothesis import given

from asylon.determination import Finding, Narrator
from asylon.determination.claims import LAYERS
from asylon.law import DEFINITION
from asylon.logic.evaluation import Plan, Reason
from asylon.logic.grounding import MISSING
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, cases, determined
from tests.shipped import BOOK, ON, SHAPES, spelled_out

NARRATOR = Narrator(BOOK, ON)
SENTENCE = re.compile(r"(\[[^]{}]+\] )?[A-Z][^{}]*[.)]")
CAUTION = (
    "What stands beside the definition is examined apart, and the hold on removal "
    "stands: this lifts nothing."
)
HARM = "nationalities.PRK.serious_harm"
HARM_ASKED = NARRATOR.question(HARM)


def told(reason, findings):
    return list(NARRATOR.lines(reason, findings))


def are_sentences(lines):
    return all(SENTENCE.fullmatch(line.text) for line in lines)


@given(cases())
def test_the_reasons_of_any_claim_are_sentences(case):
    claim, found = case

    lines = told(found.answer.reason, claim.findings)

    assert lines
    assert are_sentences(lines)


@given(cases())
def test_the_whole_tree_of_any_claim_is_told_in_sentences(case):
    claim, found = case
    formula = spelled_out(DEFINITION, found.settings.set.id, claim.shape)

    lines = told(Plan(formula).explain(found.known, whole=True), claim.findings)

    assert lines[0].name == DEFINITION
    assert are_sentences(lines)


@given(cases())
def test_each_line_stands_under_what_it_supports(case):
    claim, found = case

    depths = [line.depth for line in told(found.answer.reason, claim.findings)]

    assert depths[0] == 0
    assert all(after <= before + 1 for before, after in pairwise(depths))


@pytest.mark.parametrize("set_id", BOOK.sets)
@pytest.mark.parametrize("shape", range(len(SHAPES)))
def test_every_fact_that_may_be_asked_is_a_question(set_id, shape):
    formula = spelled_out(DEFINITION, set_id, SHAPES[shape])

    for place, step in enumerate(Plan(formula).steps):
        if step[0] == "fact":
            question = NARRATOR.question(step[1])
            assert question.endswith("?"), (place, question)
            assert "{" not in question


def test_what_was_told_already_is_only_named_again():
    fact = Reason(TRUE, "fact", HARM)
    part = Reason(TRUE, "all", "csr51/article-1/f-b", (fact, fact))

    lines = told(Reason(TRUE, "all", DEFINITION, (part, part)), {})

    assert [line.depth for line in lines] == [0, 1, 2, 2, 1]
    assert lines[-1].text == f"{lines[1].text} (As above.)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (TRUE, f"{HARM_ASKED} Established."),
        (FALSE, f"{HARM_ASKED} Not established."),
        (UNKNOWN, f"{HARM_ASKED} Open."),
    ],
)
def test_a_finding_is_told_after_its_question(value, text):
    assert NARRATOR.finding(HARM, value) == text
    assert HARM_ASKED.startswith("[North Korea] ")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("value", BY_RANK)
def test_who_answered_is_told_where_it_was_no_officer(layer, value):
    plain = NARRATOR.finding(HARM, value)

    text = NARRATOR.finding(HARM, value, Finding(value, layer=layer))

    is_told = layer != "officer" and value is not UNKNOWN
    assert (text != plain) is is_told
    assert text.startswith(plain)
    assert SENTENCE.fullmatch(text)


def test_an_entry_nobody_named_is_asked_for_by_the_list():
    asked = NARRATOR.question(f"nationalities.{MISSING}")
    within = NARRATOR.question(f"nationalities.PRK.relocation_places.{MISSING}")

    assert asked == BOOK.lists["nationalities"].question
    assert within == f"[North Korea] {BOOK.lists['relocation_places'].question}"


def test_an_entry_within_an_entry_is_told_with_both():
    asked = NARRATOR.question("nationalities.PRK.relocation_places.Hamhung.place_safe")

    assert asked.startswith("[North Korea › Hamhung] ")  # noqa: RUF001  a path, on screen


def test_every_not_met_carries_the_caution():
    for protection_of in ((), ("KOR",), ("KOR", "CHN")):
        assert NARRATOR.outcome(FALSE, protection_of).endswith(CAUTION)


@pytest.mark.parametrize("value", [TRUE, UNKNOWN])
def test_what_is_met_or_open_says_so(value):
    said = NARRATOR.outcome(value)

    word = "met" if value is TRUE else "open"
    assert said == f"On these findings the definition is {word}."


def test_nobody_is_called_refused_or_recognised():
    found = determined(a_claim({HARM: False}))
    lines = told(found.answer.reason, found.claim.findings)

    words = " ".join(line.text for line in lines) + NARRATOR.outcome(FALSE)

    assert not re.search(
        r"\b(refused|rejected|recognised|illegal|alien|bogus)\b", words
    )


def test_a_fact_that_settles_either_way_is_told():
    fact = Reason(UNKNOWN, "fact", HARM)

    (line, *_) = told(Reason(TRUE, "either_way", HARM, (fact, fact)), {})

    assert (
        line.text
        == f"The outcome is the same whichever way this turns out: {HARM_ASKED}"
    )

"""What changed between two drafts, word by word, and what is new in the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.casework.assessments import Assessment, Found, Remaining
from asylon.casework.decisions import Reasoning
from asylon.casework.drafting import FOUND, REMAINING, WORKED_OUT, suggested
from asylon.casework.redrafting import ADDED, KEPT, REMOVED, news, redrafted
from tests.casework.test_assessments import FEARS
from tests.casework.test_explaining import HERE
from tests.casework.test_lawful import DAY, DECISIONS, OFFICER, claim, officers


def pieces(before, now):
    [part] = redrafted([Reasoning("Why", before)], [Reasoning("Why", now)])
    return [(each.kind, each.words) for each in part.pieces]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("You left.", "You left.", [(KEPT, "You left.")]),
        (
            "She left in winter.",
            "You went in winter.",
            [(REMOVED, "She left"), (ADDED, "You went"), (KEPT, " in winter.")],
        ),
        ("她冬天离开", "她夏天离开", [(KEPT, "她"), (REMOVED, "冬"), (ADDED, "夏"), (KEPT, "天离开")]),
        (
            "그는 겨울에 떠났다",
            "그는 여름에 떠났다",
            [(KEPT, "그는 "), (REMOVED, "겨울에"), (ADDED, "여름에"), (KEPT, " 떠났다")],
        ),
    ],
)  # fmt: skip
def test_changes_are_told_word_by_word(before, now, told):
    assert pieces(before, now) == told


TEXT = st.text("ab 冬\n.", max_size=20)


@given(TEXT, TEXT)
def test_each_draft_can_be_read_from_what_changed(before, now):
    told = pieces(before, now)

    assert "".join(words for kind, words in told if kind != ADDED) == before
    assert "".join(words for kind, words in told if kind != REMOVED) == now


def test_a_part_that_is_new_and_one_left_out_are_told_as_wholes():
    old, new = Reasoning("Old", "…"), Reasoning("New", "…")

    told = redrafted([old], [new])

    assert [(each.heading, each.state) for each in told] == [
        ("New", ADDED),
        ("Old", REMOVED),
    ]


FEAR = Found("nationalities.PRK.outside", "true", OFFICER, DAY, reasons="She is here.")


def test_what_was_said_and_found_since_is_told_and_nothing_else():
    before = claim(FEAR)
    again = replace(FEAR, reasons="She is in China.")
    now = replace(claim(FEAR, again), interviews=FEARS)

    new = news(before, now)

    assert new.findings == (again,)
    assert len(new.said) == sum(len(each.segments) for each in FEARS)
    assert not news(now, now)


def test_a_draft_begins_with_what_was_written_and_ends_with_what_follows():
    decided = officers(DECISIONS[4])
    first, *others = decided.assessment.findings
    found = (replace(first, reasons="She told it in detail."), *others)
    remaining = (Remaining("origin", "She would be asked where she was."),)
    assessment = replace(decided.assessment, findings=found, remaining=remaining)

    told = suggested(replace(decided, assessment=assessment), HERE, on=DECISIONS[4].on)

    assert [each.of for each in told] == [FOUND, REMAINING, WORKED_OUT]
    assert told[0].reasoning.words == "She told it in detail."
    assert "asked where she was" in told[1].reasoning.words


def test_where_nothing_can_be_worked_out_findings_go_by_their_paths():
    nowhere = replace(claim(FEAR), procedure="national", state="")

    [only] = suggested(nowhere, HERE, on=DAY)

    assert only.reasoning == Reasoning(FEAR.element, FEAR.reasons)


def test_a_claim_on_which_nothing_was_found_begins_with_nothing():
    assert suggested(replace(claim(), assessment=Assessment()), HERE, on=DAY) == ()

"""What stands beside the definition: examined on the same findings, whatever became of it."""

from __future__ import annotations

import pytest

from asylon.determination import Examiner
from asylon.determination.protections import complementary
from asylon.law import choose
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, determined
from tests.shipped import BOOK, ON

EXAMINER = Examiner(BOOK)
EXCLUDED = {
    "international_crime": True,
    "complicit": True,
    "excused_international_crime": False,
}
TORTURE = {
    "destinations.PRK.torture_danger": True,
    "destinations.PRK.official_hand": True,
}


def examined(claim, *, set_id="chn-unhcr", on=ON):
    settings = choose(BOOK, BOOK.sets[set_id], on)
    return {each.provision: each for each in EXAMINER.examine(claim, settings)}


def test_an_excluded_person_is_not_returned_to_torture():
    claim = a_claim({**EXCLUDED, **TORTURE})

    found = examined(claim)

    assert determined(claim).definition is FALSE
    assert found["cat84/article-3"].value is TRUE
    assert found["iccpr66/article-7"].value is TRUE


@pytest.mark.parametrize("set_id", BOOK.sets)
def test_no_set_lets_exclusion_touch_complementary_protection(set_id):
    with_crime = examined(a_claim({**EXCLUDED, **TORTURE}), set_id=set_id)
    without = examined(a_claim(TORTURE), set_id=set_id)

    for name, each in with_crime.items():
        if each.kind == "complementary":
            assert each.value is without[name].value, name


def test_exclusion_is_asked_in_every_wider_definition():
    war = {
        "nationalities.SYR.serious_indiscriminate_threat": True,
        "nationalities.SYR.generalised_violence": True,
        "nationalities.SYR.threatened_by_events": True,
        "nationalities.SYR.fled_threat": True,
    }
    like = "civilian-from-syria"

    free = examined(a_claim(war, like=like))
    barred = examined(a_claim({**war, **EXCLUDED}, like=like))

    wider = [each for each in free.values() if each.kind == "refugee"]
    protecting = [each.provision for each in wider if each.value is TRUE]
    assert "unhcr50/mandate" in protecting
    assert all(barred[name].value is FALSE for name in protecting)


def test_what_nobody_asked_about_stays_open_and_listed():
    claim = a_claim({"nationalities.PRK.national": True}, like=None)

    found = examined(claim)

    assert found["cat84/article-3"].value is UNKNOWN
    assert found["cat84/article-3"].found is None


def test_what_nothing_settles_is_open_with_or_without_the_shortcut():
    claim = a_claim({"nationalities.PRK.national": True}, like=None)

    for name, each in examined(claim).items():
        if each.found is None:
            assert determined(claim, provision=name).definition is UNKNOWN, name


def test_a_group_fact_alone_can_settle_a_protection():
    found = examined(
        a_claim(
            {
                "nationalities.PRK.left_without_leave": True,
                "destinations.PRK.return_considered": True,
            },
            like=None,
        )
    )

    assert found["cat84/article-3"].value is TRUE


def test_what_the_file_states_stands_beside_what_is_examined():
    claim = a_claim(TORTURE, complementary={"humanitarian_leave": TRUE})

    told = complementary(claim, tuple(examined(claim).values()))

    assert told["humanitarian_leave"] is TRUE
    assert told["cat84/article-3"] is TRUE


def test_a_text_that_has_ended_is_not_examined():
    assert "eu-2011-95/article-15" not in examined(a_claim(), on=ON.replace(month=7))
    assert "eu-2011-95/article-15" in examined(a_claim(), on=ON)

"""Which points of law a result turns on."""

from asylon.determination import Determiner
from asylon.determination.turning import same_under_all, turns
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, determined
from tests.shipped import BOOK

DETERMINER = Determiner(BOOK)


def turned(claim, **asked):
    found = determined(claim, **asked)
    return found, list(turns(DETERMINER, found))


def test_a_setting_under_which_something_else_follows_is_named():
    found, points = turned(a_claim(like="two-nationalities"))

    told = {(each.parameter, each.value): each.result for each in points}
    assert found.definition is FALSE
    assert told["several_nationalities", "any_country"] is TRUE


def test_every_turn_is_what_follows_under_that_setting():
    claim = a_claim(like="two-nationalities")

    found, points = turned(claim)

    assert points
    for each in points:
        again = determined(claim, **{each.parameter: each.value})
        assert again.definition is each.result
        assert each.result is not found.definition


def test_a_finding_under_a_stricter_test_would_have_to_be_made_again():
    harm = {"found": True, "under": {"risk_standard": "reasonable_degree"}}
    claim = a_claim({"nationalities.PRK.risk_since_departure": harm})

    found, points = turned(claim)

    (again,) = [each for each in points if each.value == "more_likely_than_not"]
    assert found.definition is TRUE
    assert (again.result, again.found_again) == (UNKNOWN, True)


def test_what_comes_to_the_same_is_not_tried():
    asked = []

    class Remembering(Determiner):
        def law(self, settings):
            asked.append(settings.values["risk_standard"])
            return super().law(settings)

    list(turns(Remembering(BOOK), determined(a_claim())))

    assert {"reasonable_degree", "more_likely_than_not"} <= set(asked)
    assert {"real_chance", "serious_possibility"}.isdisjoint(asked)


def test_a_result_that_no_setting_touches_has_no_turns():
    _, points = turned(a_claim({"nationalities.PRK.outside": False}))

    assert not points


def test_where_no_setting_turns_it_the_facts_it_hangs_on_are_named():
    open_ = {"nationalities.PRK.national": "unknown"}
    claim = a_claim({**open_, "nationalities.PRK.outside": False})

    found, points = turned(claim)

    assert not points
    hangs = same_under_all(DETERMINER, found)
    assert hangs
    assert set(hangs) <= {name for name, _ in found.answer.carried_by}

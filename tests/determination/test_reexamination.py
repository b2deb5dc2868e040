"""Re-examination: who flips, which way, by what, and what has to be found again."""

from datetime import date

import numpy as np
import pytest

from asylon.determination import Determiner, Finding
from asylon.determination.batches import Comparison, batch_of_claims
from asylon.determination.flips import direction
from asylon.determination.reexamination import (
    Reexaminer,
    batches,
    determined,
    explained,
)
from asylon.determination.tallies import Tally
from asylon.invented.claims import Caseload
from asylon.law import choose
from asylon.logic.evaluation import evaluate
from asylon.logic.formulas import Fact, Named, rebuild, walk
from asylon.logic.grounding import ground
from asylon.logic.modules import facts
from asylon.logic.planes import truths
from asylon.logic.questions import Inquiry
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim
from tests.shipped import BOOK, ON, SETS

DETERMINER = Determiner(BOOK)


def comparison(before="gbr", after="unhcr", *, on=ON, from_on=None, **stated):
    """Compare two sets; `stated` settings go before those of the second."""
    then = choose(BOOK, BOOK.sets[before], from_on or on)
    now = choose(BOOK, BOOK.sets[after], on, file=stated)
    return Comparison(DETERMINER.law(then), DETERMINER.law(now))


def one_setting(**stated):
    return comparison("unhcr", "unhcr", **stated)


def flips(compared, *claims):
    found = Reexaminer().reexamine(batch_of_claims(compared, claims))
    return [flip for _, flip in found.each()]


@pytest.mark.parametrize(
    ("before", "after", "which"),
    [
        (FALSE, TRUE, "towards_protection"),
        (UNKNOWN, TRUE, "towards_protection"),
        (TRUE, FALSE, "away_from_protection"),
        (UNKNOWN, FALSE, "away_from_protection"),
        (TRUE, UNKNOWN, "opened"),
        (FALSE, UNKNOWN, "opened"),
    ],
)
def test_a_direction_says_where_a_claim_comes_out(before, after, which):
    assert direction(before, after) == which


PAIRS = tuple(zip(SETS, (*SETS[1:], SETS[0]), strict=True))


def check_engines(compared, claims):
    for batch in Caseload(compared, seed=7).batches(claims):
        by_planes = Reexaminer("planes").reexamine(batch)
        by_rows = Reexaminer("rows").reexamine(batch)

        every = np.arange(batch.count)
        assert truths(by_planes.before, every) == truths(by_rows.before, every)
        assert truths(by_planes.after, every) == truths(by_rows.after, every)
        assert list(by_planes.again) == list(by_rows.again)
        assert dict(by_planes.each()) == dict(by_rows.each())


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_both_engines_find_the_same(before, after):
    check_engines(comparison(before, after), 150)


@pytest.mark.soak
@pytest.mark.parametrize("before", SETS)
@pytest.mark.parametrize("after", SETS)
def test_both_engines_find_the_same_on_thousands(before, after):
    check_engines(comparison(before, after), 3_000)


def test_claims_read_one_by_one_come_out_as_they_were_drawn():
    compared = comparison()
    drawn = next(Caseload(compared, seed=3).batches(300))

    claims = [drawn.source.claim(place) for place in range(drawn.count)]
    read = batch_of_claims(compared, claims)

    as_drawn, as_read = (Reexaminer().reexamine(each) for each in (drawn, read))
    told = [{flip.id: flip for _, flip in each.each()} for each in (as_drawn, as_read)]
    assert [sorted(each) for each in told] == [sorted(told[0])] * 2
    assert all(
        (flip.before, flip.after, set(flip.elements), set(flip.found_again))
        == (
            told[1][name].before,
            told[1][name].after,
            set(told[1][name].elements),
            set(told[1][name].found_again),
        )
        for name, flip in told[0].items()
    )


def test_nothing_flips_where_nothing_changes():
    compared = comparison("unhcr", "unhcr")
    found = Reexaminer().reexamine(next(Caseload(compared, seed=1).batches(1000)))

    assert compared.changed == frozenset()
    assert list(found.each()) == []


def test_a_flip_names_the_setting_and_the_part_that_tests_it():
    claim = a_claim(
        {
            "nationalities.KOR.national": False,
            "nationalities.KOR.entitled": True,
            "nationalities.KOR.outside": True,
            "nationalities.KOR.fears_return": False,
            "nationalities.KOR.valid_reason": False,
        },
        like="two-nationalities",
    )

    (flip,) = flips(one_setting(potential_nationality="national_or_entitled"), claim)

    assert (flip.before, flip.after) == (TRUE, FALSE)
    assert flip.direction == "away_from_protection"
    assert flip.parameters == ("potential_nationality",)
    assert "csr51/article-1/a-2#as_national" in flip.elements
    assert flip.because_of == flip.found_again == ()


def test_a_flip_names_the_finding_that_has_to_be_made_again():
    compared = comparison("unhcr", "usa")
    claim = a_claim()

    (flip,) = flips(compared, claim)

    assert flip.direction == "opened"
    assert set(flip.because_of) <= set(flip.found_again)
    assert set(flip.parameters) <= compared.changed
    assert all(
        compared.under(name).keys() & compared.changed for name in flip.because_of
    )


def test_a_finding_of_another_standard_keeps_it():
    compared = comparison("unhcr", "usa")
    claim = a_claim()
    path = "nationalities.PRK.risk_since_departure"
    claim.findings[path] = Finding(TRUE, {"risk_standard": "well_founded_more_likely"})

    assert compared.stamped(claim).findings[path].under["risk_standard"] == (
        "well_founded_more_likely"
    )


@pytest.mark.parametrize("after", [each for each in SETS if each != "gbr"])
def test_what_a_flip_hangs_on_is_open_to_reasons(after):
    """Every flip has a cause, and its causes lie in what its reasons speak of."""
    compared = comparison("gbr", after)
    found = Reexaminer().reexamine(next(Caseload(compared, seed=5).batches(3000)))

    for _, flip in found.each():
        assert flip.elements
        assert flip.parameters
        assert set(flip.parameters) <= compared.changed
        assert set(flip.because_of) <= set(flip.found_again)


def parts_of(law, shape):
    """Each part of the definition, without folding what the settings decide."""
    whole = ground(law.formula, law.settings.values, shape, whole=True)
    return {each.name: each.body for each in walk(whole) if isinstance(each, Named)}


def bare(formula):
    return bare(formula.body) if isinstance(formula, Named) else rebuild(formula, bare)


def outline(formula):
    if isinstance(formula, Named):
        return Fact(formula.name)
    return rebuild(formula, outline)


def causes_of(compared, batch, place):
    """Go down the parts of one claim, asking of each thing: but for this?"""
    sides = []
    for law, known in (
        (compared.before, batch.before),
        (compared.after, batch.after),
    ):
        parts = parts_of(law, batch.shape)
        found = {name: each.at(place) for name, each in known.items()}
        worth = {name: Inquiry(bare(body)).value(found) for name, body in parts.items()}
        sides.append((parts, {**found, **worth}))
    (old, then), (new, now) = sides
    ahead, seen, named = [next(iter(new))], set(), set()
    while ahead:
        name = ahead.pop()
        old_rule, new_rule = outline(old.get(name, new.get(name))), new.get(name)
        new_rule = old_rule if new_rule is None else outline(new_rule)
        outcome = evaluate(new_rule, now)
        asked = {*facts(old_rule), *facts(new_rule)}
        changed = {
            each
            for each in asked
            if then.get(each, now.get(each, UNKNOWN))
            is not now.get(each, then.get(each, UNKNOWN) if each in old else UNKNOWN)
        }
        needed = {
            each
            for each in changed
            if evaluate(new_rule, {**now, each: then.get(each, UNKNOWN)}) is not outcome
        }
        rule = evaluate(old_rule, now) is not outcome
        if not needed and not rule:
            needed = changed
            rule = not changed or old_rule != new_rule
        if rule or any(each not in new and each not in old for each in needed):
            named.add(name)
        for each in needed & (new.keys() | old.keys()):
            if each not in seen:
                seen.add(each)
                ahead.append(each)
    return named


@pytest.mark.parametrize(("before", "after"), [("gbr", "unhcr"), ("usa", "can")])
def test_causes_are_those_found_on_one_claim_alone(before, after):
    compared = comparison(before, after)
    batch = next(Caseload(compared, seed=13).batches(250))
    found = list(Reexaminer().reexamine(batch).each(12))

    for place, flip in found:
        assert causes_of(compared, batch, place) == set(flip.elements)
    assert found


def test_putting_back_the_settings_that_flips_hang_on_puts_most_back():
    """The test is made part by part, so that it need not hold of the whole."""
    compared = comparison("gbr", "unhcr")
    batch = next(Caseload(compared, seed=11).batches(400))
    found = list(Reexaminer().reexamine(batch).each())
    unmoved = 0

    for place, flip in found:
        values = {n: compared.before.settings.values[n] for n in flip.parameters}
        put_back = one_setting(**values).after
        now = put_back.determine(batch.source.claim(place)).definition
        unmoved += now is flip.after

    assert unmoved < len(found) / 10


def test_full_reasons_give_the_values_of_the_flip():
    batch = next(Caseload(comparison(), seed=2).batches(300))

    for place, flip in Reexaminer().reexamine(batch).each(50):
        before, after = determined(batch, place)
        assert (before.definition, after.definition) == (flip.before, flip.after)
        assert set(after.found_again) == set(flip.found_again)
        reasons = before.answer.reason, after.answer.reason
        assert explained(batch, place) == reasons


def test_claims_of_many_shapes_are_laid_out_in_groups():
    claims = [a_claim(), a_claim({"nationalities.KOR.national": True}), a_claim()]
    compared = comparison()

    found = list(batches(claims, lambda _: compared))

    assert [each.count for each in found] == [2, 1]


def test_a_tally_counts_every_claim_once():
    compared, tally = comparison(), Tally()
    for batch in Caseload(compared, seed=1).batches(70_000):
        tally.add(Reexaminer().reexamine(batch))

    assert tally.claims == sum(tally.outcomes.values()) == 70_000
    changed = sum(n for (one, other), n in tally.outcomes.items() if one is not other)
    assert sum(tally.flips.values()) == changed > 0
    assert tally.bytes_read > 0
    assert max(tally.elements.values()) <= changed


def test_one_set_is_compared_with_itself_on_two_days():
    compared = comparison("gbr", "gbr", from_on=date(2010, 1, 1), on=ON)

    assert "potential_nationality" in compared.changed

"""The invented caseload: always the same, and asked whatever the law asks."""

import numpy as np
import pytest

from asylon.invented import claims
from asylon.invented.claims import AT_ONCE, Caseload
from asylon.logic.planes import bits_at, count_of
from asylon.logic.truth import UNKNOWN
from tests.determination.test_reexamination import comparison

COMPARED = comparison()


def drawn(count, seed=1):
    return list(Caseload(COMPARED, seed=seed).batches(count))


def test_a_claim_follows_from_the_seed_and_its_number():
    few, many = drawn(100), drawn(AT_ONCE + 100)

    assert few[0].source.claim(99) == many[0].source.claim(99)
    assert many[1].source.id(0) == f"G{AT_ONCE + 1}"
    assert few[0].source.claim(0) != drawn(100, seed=2)[0].source.claim(0)


def test_nothing_is_found_both_to_hold_and_not_to_hold():
    (batch,) = drawn(5000)

    assert not any((true & false).any() for true, false in batch.before.values())


def test_every_point_that_the_law_asks_is_drawn_or_open():
    (batch,) = drawn(5000)

    asked = set(COMPARED.names(batch.shape))
    left_open = asked - set(batch.before)

    assert {name for name in left_open if ".?." not in name} <= {
        name for name in asked if name.endswith(".?")
    }
    assert len(batch.before) > 50


@pytest.mark.parametrize(("rate", "least", "most"), [(0.0, 0, 0), (0.3, 0.29, 0.31)])
def test_as_many_are_set_as_the_rate_says(rate, least, most):
    caseload = Caseload(COMPARED, seed=1)
    everybody = np.full(AT_ONCE // 64, ~np.uint64(0))

    found = claims._drawn([(everybody, rate)], caseload._chance("x", 0))

    assert least <= count_of(found) / AT_ONCE <= most


def test_a_claim_says_under_which_standards_it_was_found():
    (batch,) = drawn(10)
    claim = batch.source.claim(0)

    values = COMPARED.before.settings.values
    for name, finding in claim.findings.items():
        assert finding.value is not UNKNOWN
        assert finding.under == COMPARED.under(name)
        assert all(values[each] == value for each, value in finding.under.items())


def test_a_planes_bit_is_the_claims_finding():
    (batch,) = drawn(200)
    name = "nationalities.KOR.entitled"

    bits = bits_at(batch.before[name].true, np.arange(200)).tolist()

    found = [batch.source.claim(place).findings.get(name) for place in range(200)]
    told = [each is not None and each.value.value == "true" for each in found]
    assert bits == told

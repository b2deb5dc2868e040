"""Thousands of alterations of what was signed, and none of them passes."""

from random import Random

import pytest

from tests.tampering import ON, WAYS, Bytes, detected, difference, passes

MANY, QUICK = 30_000, 10_000


def test_what_nobody_altered_passes():
    assert passes(Bytes())
    assert Bytes().review().in_force("strait", ON).name == "two"


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_altering_alters_and_is_detected(way, chance):
    done = 0
    for _ in range(60):
        files = Bytes()
        try:
            way(files, chance)
        except (ValueError, IndexError, KeyError):
            continue
        if files != Bytes():
            done += 1
            assert not passes(files), difference(files, Bytes())

    assert done > 10


def test_ten_thousand_alterations_are_detected(chance):
    assert detected(chance, QUICK) == QUICK


@pytest.mark.soak
def test_thirty_thousand_alterations_are_detected():
    assert detected(Random(), MANY) == MANY

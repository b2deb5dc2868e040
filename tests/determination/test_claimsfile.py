"""The claims file: claims with findings, element by element."""

from __future__ import annotations

from datetime import date

import pytest

from asylon.determination import Decision, Determiner, Refused, read_entries
from asylon.law import DocumentError
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.shipped import BOOK, ON

ONE = b"""
[[claim]]
id = "K-1"
title = "Invented"
like = "north-korean-in-china"
lodged = 2026-03-01
[claim.facts]
nationalities.PRK.fears_return = "unknown"
"""


def read(text):
    return list(read_entries(text, "claims.toml", BOOK))


def test_a_claim_starts_from_one_that_ships_and_says_what_differs():
    [entry] = read(ONE)

    assert isinstance(entry, Decision)
    found = Determiner(BOOK).determine(entry.claim, on=ON)
    assert entry.claim.lodged == date(2026, 3, 1)
    assert found.definition is UNKNOWN
    assert found.answer.decisive == ("nationalities.PRK.fears_return",)


def test_a_claim_without_a_jurisdiction_is_under_the_mandate():
    [entry] = read(ONE)

    found = Determiner(BOOK).determine(entry.claim, on=ON)
    assert found.settings.set.id == "unhcr"


def test_a_bad_claim_does_not_stop_the_others():
    text = ONE + b'[[claim]]\nid = "K-2"\nfacts = { nationality = true }\n'

    good, bad = read(text)

    assert good.claim.id == "K-1"
    assert isinstance(bad, Refused)
    assert bad.problem.startswith("claims.toml, K-2, facts: there is no fact")


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ('id = "K-1"', "claims.toml, K-1: this id stands in the file twice."),
        ('id = "a"\nlike = "nobody"', "claims.toml, a: there is no claim `nobody`."),
        ('id = "a"\njurisdiction = "XXX"', "claims.toml, a: there is no jurisdiction"),
        ('id = "a"\nscreened = ["all"]', "claims.toml, a: there is no name for"),
        ('id = "a"\nfacts = 3', "claims.toml, a: `facts` should be a table, not 3."),
        ('id = "a\\u001b"', "claims.toml, claim 2, id: control characters in"),
        ('title = "x"', "claims.toml, claim 2: `id` is missing."),
    ],
)
def test_what_cannot_be_read_is_told(added, problem):
    bad = read(ONE + f"[[claim]]\n{added}\n".encode())[1]

    assert isinstance(bad, Refused)
    assert bad.problem.startswith(problem)


def test_bars_and_parameters_of_the_file_are_kept():
    text = ONE.replace(
        b"lodged",
        b"bars = { firm_resettlement = true }\n"
        b'parameters = { several_nationalities = "any_country" }\nlodged',
    )

    [entry] = read(text)

    assert entry.claim.bars == {"firm_resettlement": TRUE}
    found = Determiner(BOOK).determine(entry.claim, on=ON)
    assert found.settings.values["several_nationalities"] == "any_country"


def test_published_decisions_are_read_by_the_same_function():
    text = b'[[decision]]\nid = "D1"\njurisdiction = "GBR"\nyear = 2014\n[decision.facts]\n'

    [entry] = read(text)

    assert entry.claim.jurisdiction == "GBR"
    assert entry.claim.recorded["material_facts_accepted"] is not FALSE


def test_a_file_of_neither_kind_is_refused():
    with pytest.raises(DocumentError, match=r"it has no \[\[decision\]\]"):
        read(b"x = 1")


def test_a_second_kind_of_table_is_refused():
    with pytest.raises(DocumentError, match="there is no key `decision`"):
        read(ONE + b'[[decision]]\nid = "D1"\n')


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (
            "nationalities.PRK.serious_harm = { found = false, layer = 'assumed' }",
            "`nationalities.PRK.serious_harm` is taken as given, and nobody found it",
        ),
        (
            "nationalities.prk.national = true",
            "an entry is called `prk`, and the country is `PRK`",
        ),
        ("nationalities.found.national = true", "cannot be called `found`"),
        ("nationalities.''.national = true", "an entry cannot be called ``"),
    ],
)
def test_facts_that_would_count_against_the_person_unseen_are_refused(facts, problem):
    (bad,) = read(f'[[claim]]\nid = "a"\n[claim.facts]\n{facts}\n'.encode())

    assert isinstance(bad, Refused)
    assert problem in bad.problem


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("on = 0001-01-01", "on 0001-01-01 nothing is in force"),
        ("on = 2026-01-01\nlodged = 2026-01-02", "before it was made"),
        ('id = ""', "`id` is empty"),
    ],
)
def test_a_claim_with_days_or_names_that_cannot_be_is_refused_alone(said, problem):
    id_ = "" if said.startswith("id") else 'id = "a"\n'

    bad, good = read(f"[[claim]]\n{id_}{said}\n".encode() + ONE)

    assert problem in bad.problem
    assert good.claim.id == "K-1"


def test_a_name_that_could_steer_a_terminal_is_refused():
    with pytest.raises(DocumentError, match="control characters"):
        read(b'"\\u001b[2J" = 1\n' + ONE)

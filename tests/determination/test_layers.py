"""Who answers: country findings and presumptions help by themselves, and never harm."""

import pytest
from hypothesis import given

from asylon.determination.claims import BY_THEMSELVES
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, cases, determined

HARM = "nationalities.PRK.serious_harm"
BY_ITSELF = pytest.mark.parametrize("layer", sorted(BY_THEMSELVES))


def found(value, layer):
    return {"found": value, "layer": layer}


@BY_ITSELF
def test_what_helps_the_person_answers_by_itself(layer):
    result = determined(a_claim({HARM: found(True, layer)}))

    assert result.definition is TRUE
    assert not result.proposed


@BY_ITSELF
def test_what_harms_the_person_is_proposed_and_open(layer):
    result = determined(a_claim({HARM: found(False, layer)}))

    assert result.definition is UNKNOWN
    assert result.proposed == (HARM,)
    assert HARM in result.open
    assert HARM in result.answer.decisive


@pytest.mark.parametrize("layer", ["officer", "assumed"])
def test_what_an_officer_adopts_counts_against_the_person_too(layer):
    result = determined(a_claim({HARM: found(False, layer)}))

    assert result.definition is FALSE
    assert not result.proposed


@BY_ITSELF
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("serious_crime", True),
        ("nationalities.PRK.fears_return", False),
        ("nationalities.PRK.for_political_opinion", False),
        ("nationalities.PRK.relocation_places.Hamhung.place_safe", True),
        ("nationalities.KOR.admits_and_documents", True),
        ("reasons_ceased_in_country", True),
    ],
)
def test_whatever_harms_is_proposed_only(layer, path, value):
    against = determined(a_claim({path: found(value, layer)}))
    in_favour = determined(a_claim({path: found(not value, layer)}))

    assert against.proposed == (path,)
    assert not in_favour.proposed


@BY_ITSELF
@pytest.mark.parametrize("value", [True, False])
def test_what_can_help_and_harm_never_answers_by_itself(layer, value):
    """Another nationality may be one to flee from, or one that protects."""
    result = determined(a_claim({"nationalities.KOR.national": found(value, layer)}))

    assert "nationalities.KOR.national" in result.proposed


@BY_ITSELF
@pytest.mark.parametrize(
    ("provision", "path", "value"),
    [
        ("csr51/article-1/f-b", "serious_crime", True),
        ("csr51/article-1/f", "international_crime", True),
        ("csr51/article-1/c", "reavailed_voluntarily", True),
        ("csr51/article-1/d-1", "assistance_ceased", False),
    ],
)
def test_what_makes_an_exclusion_hold_favours_nobody(layer, provision, path, value):
    """Asked alone, the clause holds by what harms the person."""
    against = determined(a_claim({path: found(value, layer)}), provision=provision)
    in_favour = determined(
        a_claim({path: found(not value, layer)}), provision=provision
    )

    assert against.proposed == (path,)
    assert not in_favour.proposed


@BY_ITSELF
def test_an_open_answer_proposes_nothing(layer):
    result = determined(a_claim({HARM: found("unknown", layer)}))

    assert not result.proposed
    assert result.definition is UNKNOWN


@given(cases(layers=tuple(sorted(BY_THEMSELVES))))
def test_what_answers_by_itself_never_makes_a_claim_fail(case):
    _, result = case

    assert result.definition is not FALSE


@given(cases())
def test_what_is_proposed_is_open(case):
    claim, result = case

    assert set(result.proposed) <= set(result.open)
    for name in result.proposed:
        assert claim.findings[name].layer in BY_THEMSELVES

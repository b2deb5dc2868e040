"""The published decisions that ship: what they found, determined again."""

from importlib.resources import files

import pytest

from asylon.determination import Decision, Determiner, Refused, read_decisions
from asylon.law import DocumentError
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.shipped import BOOK

PUBLISHED = (files("asylon.determination") / "published.toml").read_bytes()
DETERMINER = Determiner(BOOK)
STRICTNESS = pytest.mark.parametrize("strict", [False, True])


def decisions(*, strict=False):
    return list(read_decisions(PUBLISHED, "published.toml", BOOK, strict=strict))


def first_entry():
    """Give the first decision of the file alone."""
    _, mark, rest = PUBLISHED.decode().partition("[[decision]]")
    return mark + rest.partition("[[decision]]")[0]


def read(text):
    return list(read_decisions(text.encode(), "x.toml", BOOK))


@STRICTNESS
def test_all_43_decisions_come_out_as_their_facts_say(strict):
    entries = decisions(strict=strict)
    found = [DETERMINER.determine(each.claim).outcome for each in entries]

    expected = [each.strict if strict else each.expected for each in entries]
    assert len(entries) == 43
    assert found == expected


@STRICTNESS
def test_what_a_decision_did_not_discuss_is_never_shown_as_found(strict):
    for each in decisions(strict=strict):
        layers = {finding.layer for finding in each.claim.findings.values()}

        assert layers <= {"officer", "assumed"}
        assert "assumed" in layers


def test_no_decision_fails_under_the_strict_reading_that_was_open_before():
    """Taking less for granted settles nothing against anybody."""
    for given, strictly in zip(decisions(), decisions(strict=True), strict=True):
        before = DETERMINER.determine(given.claim).outcome
        after = DETERMINER.determine(strictly.claim).outcome

        assert after in {before, UNKNOWN}


def test_credibility_is_recorded_and_no_element():
    (decision,) = read(
        first_entry().replace(
            "material_facts_accepted = true", "material_facts_accepted = false"
        )
    )

    assert decision.claim.recorded == {"material_facts_accepted": FALSE}
    assert "material_facts_accepted" not in decision.claim.findings


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "outside_country",
            "outside_of_country",
            "x.toml, D02, facts: there is no fact `outside_of_country`. Did you mean "
            "`outside_country`?",
        ),
        (
            '"GBR"',
            '"XYZ"',
            "x.toml, D02: there is no jurisdiction `XYZ`. `asylon law list` shows all.",
        ),
        (
            "year = 2014",
            'year = "2014"',
            "x.toml, D02: `year` should be a whole number, not '2014'. Correct it.",
        ),
        (
            "year = 2014",
            "year = 0",
            "x.toml, D02: `year` is 0. Give a calendar year.",
        ),
        (
            "year = 2014",
            "year = 1950",
            "x.toml, D02: nothing is in force on 1950-12-31: the first text of the law "
            "book has governed since 1954-04-22. Ask about a later day.",
        ),
        (
            "well_founded_fear = true",
            'well_founded_fear = "maybe"',
            "x.toml, D02, facts, well_founded_fear: a finding is true, false or "
            "\"unknown\", not 'maybe'. Correct it; leave it out if nothing was found.",
        ),
        (
            "political_opinion = true",
            "politics = true",
            "x.toml, D02, facts: there is no ground `politics`. Did you mean "
            "`political_opinion`?",
        ),
        (
            '"ifa_available"',
            '"ifa"',
            "x.toml, D02, facts: there is no fact `ifa`. `asylon law list` shows all.",
        ),
        (
            'country_of_origin = "PRK"',
            'country_of_origin = "P.R.K."',
            "x.toml, D02: `country_of_origin` is P.R.K.. Give a code such as PRK.",
        ),
        (
            'jurisdiction = "GBR"',
            "",
            "x.toml, D02: `jurisdiction` is missing. Add it.",
        ),
    ],
)
def test_a_bad_decision_is_named_and_told_why(old, new, problem):
    text = first_entry()
    assert old in text

    (entry,) = read(text.replace(old, new))

    assert entry == Refused("D02", problem)


def test_a_bad_decision_does_not_stop_the_others():
    text = first_entry()
    bad = text.replace('"D02"', '"D03"').replace(
        "stateless = false", 'stateless = "no"'
    )

    entries = read(text + bad + text.replace('"D02"', '"D04"'))

    assert [type(each) for each in entries] == [Decision, Refused, Decision]
    assert entries[1].id == "D03"


def test_the_same_id_twice_is_refused():
    _, second = read(first_entry() * 2)

    assert second == Refused(
        "D02",
        "x.toml, D02: this id stands in the file twice. Give each its own.",
    )


def test_a_decision_without_an_id_is_known_by_its_place():
    (entry,) = read(first_entry().replace('id = "D02"', ""))

    assert entry == Refused(
        "decision 1", "x.toml, decision 1: `id` is missing. Add it."
    )


@pytest.mark.parametrize(
    "text", ["x = 1", "decision = []", "[decision]", "decision = [1]"]
)
def test_a_file_without_decisions_is_no_decisions_file(text):
    with pytest.raises(DocumentError, match=r"^x\.toml"):
        read(text)


def test_a_nationality_that_was_discussed_is_not_closed():
    for each in decisions():
        found = DETERMINER.determine(each.claim)

        closed = [name for names in found.closed.rules.values() for name in names]
        raised = any("nationalities.other" in each for each in each.claim.indicators)
        assert not (raised and any("nationalities.other" in name for name in closed))


def test_a_decision_about_nobodys_nationality_is_one_about_statelessness():
    text = first_entry().replace("stateless = false", "stateless = true")

    (decision,) = read(
        text.replace(
            "other_nationality_effective = true", "other_nationality_effective = false"
        )
    )

    lists = dict(decision.claim.shape.lists)
    assert not lists["nationalities"].members
    assert [name for name, _ in lists["former_residences"].members] == ["PRK"]
    assert DETERMINER.determine(decision.claim).definition is TRUE

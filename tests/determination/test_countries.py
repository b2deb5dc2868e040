"""Country findings answer for the groups they are about, and only in their favour."""

from datetime import date

import pytest

from asylon.determination import Determiner, Narrator, read_decisions
from asylon.determination.countries import IN_FORCE
from asylon.law import Document, choose, load
from asylon.logic.grounding import Shape
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.claims import a_claim, determined
from tests.shipped import BOOK, ON

BY_GROUP = "north-korean-by-group"
LEFT = "nationalities.PRK.left_without_leave"
HARM = "nationalities.PRK.serious_harm"
RISK = "nationalities.PRK.risk_since_departure"
KENYA = "group_declarations.ken-south-sudan-2013"
SOMALIA = "group_declarations.ken-somalia-2007"
RECOGNITION = "prima-facie/recognition"


def of_group(found=None, **about):
    return determined(a_claim({LEFT: True, **(found or {})}, like=BY_GROUP), **about)


def recognised(entry, *, on=ON, **about):
    claim = a_claim(
        {f"{entry}.member_of_group": True}, like="south-sudanese-in-kenya", **about
    )
    return determined(claim, provision=RECOGNITION, on=on)


def test_the_fear_and_the_group_are_enough_to_meet_the_definition():
    result = of_group()

    assert result.definition is TRUE
    assert result.by_law_book[HARM] == "prk-returned"
    assert result.claim.findings[HARM].layer == "country"


def test_without_the_group_a_country_finding_answers_nothing():
    result = determined(a_claim(like=BY_GROUP))

    assert result.definition is UNKNOWN
    assert not result.by_law_book


def test_what_an_officer_settled_no_country_finding_answers():
    result = of_group({HARM: False})

    assert result.known[HARM] is FALSE
    assert HARM not in result.by_law_book


def test_what_an_officer_left_undetermined_a_country_finding_answers():
    assert of_group({HARM: "unknown"}).known[HARM] is TRUE


@pytest.mark.parametrize("layer", ["country", "presumption"])
def test_a_group_that_nobody_found_in_the_case_does_not_count(layer):
    result = of_group({LEFT: {"found": True, "layer": layer}})

    assert result.definition is UNKNOWN


def test_a_country_finding_answers_only_on_its_days():
    before = of_group(on=date(2014, 2, 6))
    after = of_group(on=date(2014, 2, 7))

    assert RISK not in before.known
    assert after.by_law_book[RISK] == "prk-returned"


def test_the_edition_in_force_on_the_day_answers():
    exits = "nationalities.PRK.exit_penalty_severe"
    days = date(2004, 4, 28), date(2004, 4, 29), date(2015, 7, 22)

    answered = [of_group(on=day).by_law_book[exits] for day in days]

    assert answered == ["prk-exit-1999", "prk-exit-2004", "prk-exit-2015"]


def test_a_finding_made_at_a_laxer_standard_has_to_be_found_again():
    result = of_group(risk_standard="more_likely_than_not")

    assert RISK in result.found_again
    assert result.definition is UNKNOWN


def test_what_counts_goes_before_what_has_to_be_found_again():
    """Contact was found without a standard, and so counts at any."""
    contact = {"nationalities.PRK.contact_punished_on_return": True}

    result = of_group(contact, risk_standard="more_likely_than_not")

    assert result.by_law_book[RISK] == "prk-contact"
    assert result.definition is TRUE


def test_a_place_that_nobody_named_yet_is_answered_too():
    result = of_group()

    missing = "nationalities.PRK.relocation_places.?.place_safe"
    assert result.known[missing] is FALSE


def test_an_adverse_country_finding_is_proposed_and_open():
    result = determined(
        a_claim({"nationalities.KOR.northerner_by_birth": True}, like=BY_GROUP)
    )

    assert result.proposed == ("nationalities.KOR.national",)
    assert result.by_law_book["nationalities.KOR.national"] == "kor-northerners"
    assert "nationalities.KOR.national" in result.open


def test_no_country_finding_alone_makes_a_claim_fail():
    entries = {
        f"nationalities.{text.id}.{name}": True
        for text in BOOK.country_texts
        for name in text.elements
    }

    result = determined(a_claim(entries, like=BY_GROUP))

    assert result.definition is not FALSE


def test_the_fact_of_a_group_counts_on_whichever_list_the_country_stands():
    found = {
        "former_residences.PRK.left_without_leave": True,
        "former_residences.PRK.formerly_resident": True,
    }

    result = determined(a_claim(found, like=BY_GROUP))

    assert result.by_law_book[HARM] == "prk-returned"


def test_a_finding_that_waits_for_its_group_is_told():
    result = determined(a_claim(like=BY_GROUP))

    (waiting,) = [each for each in result.would_answer if each.finding == "prk-belief"]
    assert waiting.if_found == (("nationalities.PRK.forbidden_belief", TRUE),)
    assert ("nationalities.PRK.for_religion", TRUE) in waiting.answers


def test_nothing_waits_once_the_outcome_is_settled():
    assert not of_group().would_answer


def test_an_adverse_finding_is_never_told_as_waiting():
    result = determined(a_claim({"nationalities.KOR.entitled": False}, like=BY_GROUP))

    assert "kor-northerners" not in {each.finding for each in result.would_answer}


def test_a_claim_from_elsewhere_is_returned_as_it_came():
    claim = a_claim(like="woman-from-honduras")

    assert determined(claim).claim is claim


def test_determining_twice_changes_nothing():
    once = of_group()

    again = determined(once.claim)

    assert again.claim is once.claim
    assert again.answer == once.answer


def test_the_reasons_name_the_country_finding():
    result = of_group()

    lines = Narrator(BOOK, ON).lines(result.answer.reason, result.claim.findings)

    said = {line.name: line.text for line in lines}
    assert said[HARM].endswith(
        "(By the country finding prk-returned: Those who are sent back are detained "
        "and tortured.)"
    )


def decision(group: str) -> bytes:
    return f"""
[[decision]]
id = "G"
jurisdiction = "UNHCR"
year = 2026
country_of_origin = "PRK"
[decision.facts]
stateless = false
other_nationality_effective = false
{group}
""".encode()


def test_in_a_published_decision_country_findings_answer_nothing():
    (read,) = read_decisions(decision(""), "x.toml", BOOK)

    assert not Determiner(BOOK).determine(read.claim).by_law_book


def test_a_file_that_gives_the_group_leaves_the_rest_to_country_findings():
    text = decision("[decision.facts.group]\nleft_without_leave = true")

    (read,) = read_decisions(text, "x.toml", BOOK)

    answered = Determiner(BOOK).determine(read.claim).by_law_book
    assert answered["nationalities.PRK.exit_seen_as_disloyal"] == "prk-exit-2015"


def test_a_group_that_no_country_finding_knows_is_refused():
    text = decision("[decision.facts.group]\nleft_without_leaf = true")

    (refused,) = read_decisions(text, "x.toml", BOOK)

    assert refused.problem == (
        "x.toml, G, facts: there is no fact of a group `left_without_leaf`. "
        "Did you mean `left_without_leave`?"
    )


def test_a_declaration_in_force_recognises_whoever_belongs_to_its_group():
    result = recognised(KENYA, jurisdiction="KEN", lodged=date(2014, 2, 1))

    assert result.definition is TRUE
    assert result.by_law_book == {f"{KENYA}.{IN_FORCE}": "ken-south-sudan-2013"}


@pytest.mark.parametrize("jurisdiction", ["", "UGA", "UNHCR"])
def test_a_declaration_is_not_in_force_elsewhere(jurisdiction):
    assert recognised(KENYA, jurisdiction=jurisdiction).definition is UNKNOWN


@pytest.mark.parametrize(
    ("lodged", "value"),
    [(date(2016, 4, 28), TRUE), (date(2016, 4, 29), UNKNOWN), (None, UNKNOWN)],
)
def test_whoever_asked_before_it_ended_keeps_it(lodged, value):
    result = recognised(SOMALIA, jurisdiction="KEN", lodged=lodged)

    assert result.definition is value


def test_a_declaration_that_the_book_lacks_is_never_in_force():
    result = recognised("group_declarations.none-such", jurisdiction="KEN")

    assert f"group_declarations.none-such.{IN_FORCE}" in result.open


def test_the_reasons_name_the_declaration():
    result = recognised(KENYA, jurisdiction="KEN")

    lines = Narrator(BOOK, ON).lines(result.answer.reason, result.claim.findings)

    said = {line.name: line.text for line in lines}
    assert (
        "(By the declaration ken-south-sudan-2013: Kenya:"
        in said[f"{KENYA}.{IN_FORCE}"]
    )


def test_a_claim_without_countries_costs_nothing():
    law = Determiner(BOOK).law(choose(BOOK, BOOK.sets["unhcr"], ON))

    assert not law._spoken_for(Shape(), ()).findings


def test_a_finding_that_harms_displaces_none_that_helps():
    """Not even where its document comes first and does not call it adverse."""
    harmful = """
country = "PRK"
title = "Nobody is in danger"
statement = "Nobody is in danger."

[[finding]]
id = "prk-harmless"
title = "Nobody is in danger"
statement = "Nobody is in danger."
when = "always"
answers = { serious_harm = false, risk_since_departure = false }
from = 2014-02-07
edition = "none"
sources = [{ cite = "none", read = false }]
"""
    kept = [*BOOK.documents, Document("countries/AAA.toml", harmful.encode())]
    book = load(kept)
    claim = a_claim(
        {"nationalities.PRK.left_without_leave": True},
        like="north-korean-by-group",
        book=book,
    )

    found = Determiner(book).determine(claim, set_id="unhcr", on=ON)

    assert found.definition is TRUE

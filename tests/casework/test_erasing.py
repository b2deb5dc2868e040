"""Nobody erases a file alone, and no body of a state takes part."""

from __future__ import annotations

import pytest

from asylon.casework.actors import Actor
from asylon.casework.erasing import Ground, Lacking, lacking

COUNSEL = Actor("counsel", "aid", "legal_aid", "counsel")
PROTECTION = Actor("protection", "un", "unhcr", "protection_officer")
AGENCY = Actor("agent", "agency", "agency", "protection_officer")
OTHER_AGENCY = Actor("other", "other agency", "agency", "protection_officer")
AUTHORITY = Actor("official", "ministry", "authority", "eligibility_officer")


@pytest.mark.parametrize(
    ("by", "ground", "wanted"),
    [
        ((PROTECTION, COUNSEL), Ground.DANGER, None),
        ((COUNSEL, AGENCY), Ground.WISH, None),
        ((PROTECTION, COUNSEL), Ground.WISH, Lacking.COUNSEL),
        ((COUNSEL,), Ground.DANGER, Lacking.SECOND_PERSON),
        ((COUNSEL, COUNSEL), Ground.DANGER, Lacking.SECOND_PERSON),
        ((AGENCY, OTHER_AGENCY), Ground.DANGER, Lacking.VOUCHER),
        ((COUNSEL, AUTHORITY), Ground.DANGER, Lacking.SEAT),
        ((AUTHORITY, PROTECTION), Ground.DANGER, Lacking.SEAT),
    ],
)
def test_two_people_of_two_organisations_without_a_state(by, ground, wanted):
    assert lacking(by, ground) is wanted


def test_two_people_of_one_organisation_are_too_few():
    colleague = Actor("colleague", "aid", "legal_aid", "protection_officer")

    assert lacking((COUNSEL, colleague), Ground.WISH) is Lacking.SECOND_ORGANISATION


def test_one_person_in_two_organisations_is_one_person():
    again = Actor("counsel", "un", "unhcr", "protection_officer")

    assert lacking((COUNSEL, again), Ground.DANGER) is Lacking.SECOND_PERSON

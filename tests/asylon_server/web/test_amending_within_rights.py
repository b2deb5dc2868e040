"""Whoever does not write a part comes to no page of it, and who does not read it sees none."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_who_only_reads_a_part_sees_it_and_no_link(seen_by):
    counsel = seen_by("legal_aid", "counsel")

    text = counsel.text()
    assert "김정숙" in text
    assert "/told/" not in text
    assert counsel.client.get(counsel.at("names")).status_code == 404
    assert counsel.client.get(counsel.at("names", 1, "out")).status_code == 404


def test_who_does_not_reach_a_part_sees_no_word_of_it(seen_by):
    interpreter = seen_by("legal_aid", "interpreter")

    text = interpreter.text()
    assert "Names" not in text
    assert "김정숙" not in text
    assert "Not told yet" not in text or "Add" not in text


def test_who_writes_only_contact_is_offered_no_other_part(seen_by):
    worker = seen_by("legal_aid", "protection")

    text = worker.text()
    assert "/told/contacts/" in text
    assert "/told/names/" not in text
    assert worker.client.get(worker.at("names")).status_code == 404
    address = f"/desk/cases/{worker.case.pk}/another-person/"
    assert worker.client.get(address).status_code == 404
    assert (
        address
        not in worker.client.get(f"/desk/cases/{worker.case.pk}/").content.decode()
    )


@pytest.mark.parametrize("part", ["contacts", "stays", "kin", "names", "feared"])
def test_a_body_of_a_state_comes_to_no_part(seen_by, part):
    official = seen_by("authority", "eligibility", office="Ministry")

    assert official.client.get(official.at(part)).status_code == 404
    assert official.client.get(official.at(part, 1, "out")).status_code == 404

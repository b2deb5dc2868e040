"""`asylon explain` on the file of a case that was taken away."""

from __future__ import annotations

from datetime import date

import pytest

from asylon.casework import Actor, CaseClaim, File, Person
from asylon.casework.assessments import Assessment, Found

DAY = date(2026, 11, 30)
OFFICER = Actor("o1", "unhcr", "unhcr", "eligibility_officer")
FINDINGS = {
    "nationalities.?": "false",
    "nationalities.PRK.national": "true",
    "nationalities.PRK.outside": "true",
    "nationalities.PRK.fears_return": "true",
}


@pytest.fixture
def taken(tmp_path):
    """A file of a case on disk."""
    found = tuple(Found(path, value, OFFICER, DAY) for path, value in FINDINGS.items())
    claim = CaseClaim("k1", "p1", assessment=Assessment(findings=found))
    path = tmp_path / "file.json"
    path.write_text(File("R-1", (Person("p1"),), claims=(claim,)).as_json(), "utf-8")
    return path


def test_it_says_what_carries_each_claim(ask, taken):
    said = ask("explain", taken, "--on", "2026-11-30", "--json")

    [row] = said.rows
    assert (row["id"], said.code) == ("k1", 0)
    assert row["reasons"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"format": "asylon-file-1",', "not valid JSON"),
        ('{"format": "asylon-file-9"}', "asylon-file-1"),
        ('{"format": "asylon-file-1"}', "`reference` is missing"),
        ('{"format": "asylon-file-1", "reference": "R", "clams": []}', "`claims`"),
    ],
)
def test_what_is_no_file_is_refused_in_few_words(ask, tmp_path, text, says):
    path = tmp_path / "file.json"
    path.write_text(text, "utf-8")

    said = ask("explain", path)

    assert said.code == 2
    assert says in " ".join(said.err.split())
    assert "Traceback" not in said.err

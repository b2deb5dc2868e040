"""A file comes back as it was written, and whatever is not a file is told apart."""

import json
from datetime import date

import pytest
from hypothesis import given

from asylon.casework import Consent, File, Person
from asylon.identity import RecordError
from tests.casework.records import files


def a_file(**changes):
    return {"format": "asylon-file-1", "reference": "c1", **changes}


@given(files())
def test_a_file_comes_back_as_it_was_written(file):
    assert File.from_json(file.as_json()) == file
    assert File.from_dict(json.loads(json.dumps(file.as_dict()))) == file


def test_a_person_is_complete_with_a_name_on_the_file_alone():
    file = File("c1", (Person("p1"),))

    assert file.as_dict()["people"] == [{"id": "p1"}]
    assert File.from_dict(file.as_dict()).person("p1").contacts == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "file: this is no file of a case. Give a table."),
        (
            {"reference": "c1"},
            "file: `format` is another than is read here. "
            "Give one that says `asylon-file-1`.",
        ),
        (
            a_file(peopel=[]),
            "file: there is no key `peopel` here. Did you mean `people`?",
        ),
        (
            a_file(people=[{"id": "p1", "secret": "리영희"}]),
            "people[0]: there is no key `secret` here. Take it out.",
        ),
        (a_file(people=[{}]), "people[0]: `id` is missing. Add it."),
        (a_file(people={}), "people: this should be a list. Put it in brackets."),
        (a_file(people=[{"id": 1}]), "people[0].id: this should be text. Correct it."),
        (
            a_file(opened="5 May"),
            "opened: this should be a day. Write it as 2026-06-30.",
        ),
        (
            a_file(people=[{"id": "p1"}, {"id": "p1"}]),
            "people: two of them have one name. Rename one.",
        ),
        (
            a_file(claims=[{"id": "k1", "person": "p9"}]),
            "claims[0].person: this names nobody of the file, or the person. "
            "Name somebody of the file.",
        ),
        (
            a_file(
                people=[
                    {
                        "id": "p1",
                        "names": [{"words": "x", "script": "Latn", "kind": "aliass"}],
                    }
                ]
            ),
            "people[0].names[0].kind: there is no such kind of name. "
            "Did you mean `alias`?",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(data, message):
    with pytest.raises(RecordError) as error:
        File.from_dict(data)

    assert str(error.value) == message
    assert "리영희" not in message


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '"x"', "null"])
def test_text_that_is_no_file_is_refused_in_words(text):
    with pytest.raises(RecordError, match=r"^file: "):
        File.from_json(text)


def test_a_consent_counts_from_its_day_to_the_day_it_is_revoked():
    given, revoked = date(2026, 2, 1), date(2026, 3, 1)
    consent = Consent(
        "referral", "Clinic", "ko", given=given, revoked=revoked, is_read_back=True
    )

    assert consent.stands(given)
    assert not consent.stands(date(2026, 1, 31))
    assert not consent.stands(revoked)


def test_a_consent_that_was_not_read_back_or_was_refused_does_not_count():
    day = date(2026, 2, 1)

    assert not Consent("referral", "Clinic", "ko", given=day).stands(day)
    refused = Consent("referral", "Clinic", "ko", refused=day, is_read_back=True)
    assert not refused.stands(day)


def test_no_consent_passes_anything_on_to_a_state_that_is_feared():
    consent = Consent("papers", "Consulate", "ko", given=date(2026, 2, 1), state="PRK")

    with pytest.raises(RecordError, match="to a state that the person fears"):
        Person("p1", feared=("PRK",), consents=(consent,))


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"given": date(2026, 2, 1), "refused": date(2026, 2, 1)},
        {"refused": date(2026, 2, 1), "revoked": date(2026, 2, 2)},
        {"given": date(2026, 2, 1), "revoked": date(2026, 1, 1)},
    ],
)
def test_a_consent_whose_days_contradict_is_refused(days):
    with pytest.raises(RecordError):
        Consent("referral", "Clinic", "ko", **days)

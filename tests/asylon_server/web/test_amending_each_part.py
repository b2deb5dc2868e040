"""Each part of what is told is kept as it was told, and refused where it could harm."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from asylon_server.store.cases import reads
from asylon_server.web.desk import safetyforms

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PLACE = {
    "kind": "lived",
    "words": "함경북도 무산, 탄광 옆",
    "country": "PRK",
    "level": "county",
}
CONSENT = {
    "purpose": "family_tracing",
    "recipient": "Red Cross",
    "language": "한국어",
    "interpreter": "I-7",
    "is_read_back": "on",
    "answer": "given",
    "on": "2026-11-20",
}


def test_a_place_is_kept_as_it_was_told(her):
    her.add("stays", {**PLACE, "since": "1998", "until": "the year the famine began"})

    [stay] = her.person.stays
    assert (stay.place.words, stay.place.country) == (PLACE["words"], "PRK")
    assert (stay.period.since.edtf, stay.period.until.edtf) == ("1998", "1994/1996")


def test_a_nationality_by_law_needs_its_article(her):
    typed = {"state": "KOR", "status": "acquired_by_law"}
    answer = her.add("nationalities", typed, act="check")
    her.add("nationalities", {**typed, "article": "Nationality Act, Article 2(1)"})

    assert answer.status_code == 422
    assert 'href="#id_article">A nationality acquired by law needs' in (
        answer.content.decode()
    )
    [claim] = her.person.nationalities
    assert (claim.state, claim.article) == ("KOR", "Nationality Act, Article 2(1)")


def test_a_language_is_told_with_who_interprets(her):
    her.change(
        "languages",
        1,
        {
            "language": "한국어",
            "dialect": "육진",
            "is_first": "on",
            "interpreter": "I-7",
        },
    )

    [speech] = her.person.languages
    assert (speech.language, speech.dialect) == ("ko", "육진")
    assert (speech.is_first, speech.interpreter) == (True, "I-7")


def test_no_way_of_contact_is_safe_until_it_is_told(her):
    before = her.person.contacts
    her.add("contacts", {"way": "phone", "words": "138", "hours": "10 to 12"})
    her.add("unsafe", {"way": "message", "words": "WeChat", "note": "read by others"})

    person = her.person
    assert before == ()
    assert [(e.way, e.words, e.hours) for e in person.contacts] == [
        ("phone", "138", "10 to 12")
    ]
    assert [(e.way, e.words) for e in person.unsafe] == [("message", "WeChat")]


def test_a_consent_is_to_one_purpose_and_can_be_taken_back(her):
    her.add("consents", CONSENT)
    [given] = her.person.consents
    her.change("consents", 1, {**CONSENT, "revoked": "2026-11-21"})

    [taken] = her.person.consents
    assert given.is_read_back
    assert (given.given.isoformat(), given.revoked) == ("2026-11-20", None)
    assert taken.revoked.isoformat() == "2026-11-21"


def test_no_number_is_shown_without_its_hours_and_no_consent_without_its_answer(her):
    her.add("contacts", {"way": "phone", "words": "138", "hours": "10 to 12"})
    her.add("consents", {**CONSENT, "answer": "refused"})

    family = her.client.get(f"/desk/cases/{her.case.pk}/people/").content.decode()
    assert "When: 10 to 12" in family
    assert "Refused on 20 November 2026" in family


def test_a_consent_cannot_be_taken_back_before_it_was_given(her):
    answer = her.add("consents", {**CONSENT, "revoked": "2026-11-19"})

    assert answer.status_code == 422
    assert 'href="#id_revoked"' in answer.content.decode()
    assert her.person.consents == ()


def test_no_consent_passes_anything_to_a_state_that_is_feared(her):
    answer = her.add("consents", {**CONSENT, "state": "PRK"})

    assert answer.status_code == 422
    assert 'href="#id_state">Nothing is passed on' in answer.content.decode()
    assert her.person.consents == ()


def test_the_page_says_that_who_refuses_loses_nothing(her):
    assert "whoever refuses loses nothing" in (
        her.client.get(her.at("consents")).content.decode()
    )


def test_no_answer_is_there_before_somebody_chose_it(her):
    typed = {name: each for name, each in CONSENT.items() if name != "answer"}

    answer = her.add("consents", typed)

    assert answer.status_code == 422
    assert 'href="#id_answer">Choose one.' in answer.content.decode()


def test_what_was_said_in_a_talk_is_changed_by_another_talk_alone(her):
    talk = f"{her.address}talk/"
    said = {"language": "ko", "wish": "none", "read_back": "on"}
    her.client.post(talk, said)

    assert [e.purpose for e in her.person.consents] == ["certificate carried"]
    assert "/told/consents/1/" not in her.text()
    assert her.client.get(her.at("consents", 1)).status_code == 404
    assert her.client.get(her.at("consents", 1, "out")).status_code == 404


def test_the_name_of_another_form_puts_nothing_in_its_place(her):
    hidden = her.hidden(her.at("names"))
    her.add("names", {"words": "Kim", "kind": "used"}, **hidden)
    her.add("sex", {"sex": "female"}, submission=hidden["submission"])

    assert her.person.sex == "female"
    assert [each.words for each in her.person.names] == ["김정숙", "Kim"]


def test_a_need_is_kept_as_a_code(her):
    her.add("needs", {"kind": "WR", "noted": "2026-11-20"})

    assert [(e.kind, e.note) for e in her.person.needs] == [("WR", "")]


def test_a_code_that_is_given_out_no_more_is_not_offered(her, monkeypatch):
    old = SimpleNamespace(is_given_out=lambda _on: False)
    kinds = {**safetyforms.need_kinds(), "WR": old}
    monkeypatch.setattr(safetyforms, "need_kinds", lambda: kinds)

    page = her.client.get(her.at("needs")).content.decode()

    assert 'value="CR"' in page
    assert 'value="WR"' not in page


def test_a_state_that_is_feared_begins_a_hold_that_taking_out_does_not_lift(her):
    her.add("feared", {"state": "CHN"})
    her.take_out("feared", 2)

    _number, file = reads.whole(her.case, custody=her.custody)
    assert file.person("p1").feared == ("PRK",)
    assert file.protects("p1", "CHN")


def test_a_relative_outside_the_case_is_known_by_a_name_alone(her):
    her.add(
        "kin",
        {
            "kind": "claimed_as_spouse",
            "name": "王",
            "claimed_by": "the man himself",
            "since": "2010",
        },
    )

    [kin] = her.person.kin
    assert (kin.kind, kin.names[0].words, kin.claimed_by) == (
        "claimed_as_spouse",
        "王",
        "the man himself",
    )
    assert kin.period.since.edtf == "2010"


def test_nobody_is_made_a_spouse_by_the_word_of_another(her):
    answer = her.add("kin", {"kind": "spouse", "name": "王", "claimed_by": "the man"})

    assert answer.status_code == 422
    assert 'href="#id_kind">A spouse is somebody' in answer.content.decode()
    assert her.person.kin == ()


def test_another_person_is_added_once_and_is_under_the_holds(her):
    address = f"/desk/cases/{her.case.pk}/another-person/"
    typed = {
        **her.hidden(address),
        "name": "김달",
        "kin": "mother",
        "other": "p1",
        "born": "2021",
        "act": "keep",
    }
    for name in ("김달", "김달", "김달님"):
        her.client.post(address, {**typed, "name": name})

    _number, file = reads.whole(her.case, custody=her.custody)
    *_others, child = file.people
    assert (len(file.people), child.id) == (3, "p3")
    assert [each.words for each in child.names] == ["김달님"]
    assert (child.kin[0].kind, child.kin[0].other) == ("mother", "p1")
    assert file.protects("p3", "PRK")


def test_no_wish_for_a_certificate_is_told_without_a_talk(her):
    answer = her.add("consents", {**CONSENT, "purpose": "certificate carried"})

    assert answer.status_code == 422
    assert her.person.consents == ()


def test_a_relative_of_the_case_is_changed_without_a_name(her):
    tie = {"kind": "child", "other": "p2"}
    her.add("kin", tie)
    her.change("kin", 1, tie | {"note": "born on the way"})

    [kin] = her.person.kin
    assert (kin.other, kin.names, kin.note) == ("p2", (), "born on the way")


def test_the_name_of_a_relative_is_kept_as_it_was_told_until_it_is_another(her):
    tie = {"kind": "sibling"}
    her.add("kin", tie | {"name": "리영"})
    before = her.person.kin[0].names
    her.change("kin", 1, tie | {"name": "리영", "note": "the elder one"})
    same = her.person.kin[0].names
    her.change("kin", 1, tie | {"name": "李英"})

    assert same == before
    assert [each.words for each in her.person.kin[0].names] == ["李英"]

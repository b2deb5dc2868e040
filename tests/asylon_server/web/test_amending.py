"""What was told of somebody is added to, changed and taken out on small pages."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from asylon.dates import taken_down
from asylon.identity import Name, Period
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.telling import tell
from asylon_server.store.entry.models import Session
from asylon_server.store.record.models import Event
from tests.asylon_server.conftest import MORNING
from tests.asylon_server.web.conftest import PASSWORD
from tests.asylon_server.web.small_pages import HIDDEN, Page

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HIDING = {
    "words": "李英",
    "kind": "in_hiding",
    "language": "简体中文",
    "since": "2008",
    "until": "spring 2012",
    "note": "from the police of the town",
}


def test_a_name_used_in_hiding_is_added_with_its_time_and_its_reason(her):
    her.add("names", HIDING)

    _first, name = her.person.names
    assert (name.words, name.script, name.language) == ("李英", "Hani", "zh-hans")
    assert (name.kind, name.note) == ("in_hiding", "from the police of the town")
    assert (name.period.since.edtf, name.period.until.words) == ("2008", "spring 2012")


def test_dates_are_read_back_before_they_are_kept(her):
    answer = her.add("born", {"born": "음력 1989년 3월"}, act="check")

    assert "in the solar calendar: " in answer.content.decode()
    assert len(her.person.born) == 1


def test_a_date_by_what_happened_then_is_read_as_all_its_days(her):
    her.add("born", {"born": "the year the famine began", "reckoning": "solar"})

    assert her.person.born[1].edtf == "1994/1996"


def test_words_that_are_no_date_are_kept_and_the_page_says_why(her):
    typed = {"born": "when the river froze"}
    answer = her.add("born", typed, act="check").content.decode()
    her.add("born", typed)

    assert "These words are not read as a date." in answer
    assert not her.person.born[1].is_read


@pytest.mark.parametrize("field", ["version", "stands"])
def test_a_number_without_end_is_none(her, field):
    her.add("names", HIDING, **{field: "9" * 5_000})

    assert len(her.person.names) == len(("김정숙", "李英"))


def test_an_age_is_not_read_anew_on_another_day(her, custody):
    her.add("born", {"born": "35", "reckoning": "korean_age"})
    told = her.person.born[1]

    her.change("born", 2, {"born": "35", "reckoning": "korean_age"})

    assert her.person.born[1] == told


def test_each_change_is_an_event_that_names_its_part_and_no_words(her, case):
    her.add("sex", {"sex": "female"})

    last = Event.objects.filter(case=case.pk, content__isnull=False).order_by("-number")
    said = next(bytes(e.content) for e in last if b"case amended" in bytes(e.content))
    assert b'"parts":["sex"]' in said
    assert b"female" not in said


def test_changing_one_name_leaves_the_others(her):
    her.add("names", {"words": "Kim", "kind": "official"})
    her.change("names", 2, {"words": "Kim Jong Suk", "kind": "official"})

    assert [each.words for each in her.person.names] == ["김정숙", "Kim Jong Suk"]


def test_what_is_taken_out_is_gone_and_asked_for_first(her):
    asked = her.client.get(her.at("names", 1, "out")).content.decode()
    her.take_out("names", 1)

    assert "김정숙" in asked
    assert her.person.names == ()


def test_the_same_form_twice_is_one(her):
    hidden = her.hidden(her.at("names"))
    for _time in range(2):
        her.add("names", {"words": "Kim", "kind": "used"}, **hidden)
    her.take_out("names", 2)
    her.add("names", {"words": "Kim", "kind": "used"}, **hidden)

    assert [each.words for each in her.person.names] == ["김정숙"]


def test_a_form_sent_again_with_other_words_takes_the_place_of_the_first(her):
    hidden = her.hidden(her.at("names"))
    for words in ("Kim", "Kim Jong", "Kim Jong Suk"):
        her.add("names", {"words": words, "kind": "used"}, **hidden)

    assert [each.words for each in her.person.names] == ["김정숙", "Kim Jong Suk"]


def test_taking_out_twice_is_once(her):
    address = her.at("names", 1, "out")
    hidden = her.hidden(address)
    for _time in range(2):
        answer = her.client.post(address, {**hidden, "act": "keep"})

    assert answer.status_code == 302
    assert her.version == 2


def test_what_was_not_told_yet_is_offered(her):
    before = her.text()
    her.add("sex", {"sex": "female"})

    assert 'id="later"' in before
    assert "Add the sex" in before
    assert "Add the sex" not in her.text()


def test_a_fault_stands_on_top_and_beside_and_typed_words_stay(her):
    answer = her.add("names", {"words": "", "note": "said softly"}, act="check")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_words">Enter the name' in text
    assert 'id="id_words_error"' in text
    assert "said softly" in text


def test_a_part_that_is_not_there_is_answered_as_absent(her):
    for way in (("nothing",), ("names", 7), ("names", 7, "out")):
        assert her.client.get(her.at(*way)).status_code == 404


def test_another_language_keeps_what_was_typed(her):
    answer = her.add("names", {"words": "Kim"}, act="language:ko")

    text = answer.content.decode()
    assert 'value="Kim"' in text
    assert '<html lang="ko">' in text


def test_what_was_typed_when_a_session_ended_is_shown_on_its_page_again(her, code):
    address, mine = her.at("names"), her.client.account
    who = {"name": mine.name, "password": PASSWORD}
    her.client.post("/sign-in/", {**who, "code": code()})
    typed = {**her.hidden(address), "words": "Kim", "kind": "used"}
    Session.objects.all().delete()
    her.client.post(address, {**typed, "act": "keep"})

    her.client.post("/sign-in/", {**who, "code": mine.papers[0]})
    kept = her.client.get("/sign-in/kept/").content.decode()
    again = her.client.post(address, {**typed, "act": "typed"}).content.decode()

    assert f'action="{address}"' in kept
    assert 'name="act" value="typed"' in kept
    assert 'name="act" value="keep"' not in kept
    assert 'name="words" value="Kim"' in kept
    assert 'value="Kim"' in again
    assert len(her.person.names) == 1


def test_what_is_changed_is_of_the_person_whose_page_it_is(her):
    child = Page(her.client, her.case, her.custody, "p2")

    child.change("names", 1, {"words": "김달", "kind": "used"})

    assert [each.words for each in child.person.names] == ["김달"]
    assert [each.words for each in her.person.names] == ["김정숙"]


def test_of_somebody_who_was_not_there_yet_nothing_stood(her):
    address = f"/desk/cases/{her.case.pk}/another-person/"
    her.client.post(address, {**her.hidden(address), "name": "김달", "act": "keep"})
    child = Page(her.client, her.case, her.custody, "p3")

    assert her.client.get(child.at("names", 1) + "?version=1").status_code == 404
    assert her.client.get(child.at("names", 1)).status_code == 200


def test_what_has_no_date_is_kept_at_once(her):
    assert her.add("sex", {"sex": "female"}, act="check").status_code == 302
    assert her.person.sex == "female"


def test_another_language_keeps_what_was_changed(her):
    answer = her.change("names", 1, {"words": "Kim"}, act="language:ko")

    assert 'name="words" value="Kim"' in answer.content.decode()


@pytest.mark.parametrize("version", ["9", "-1", "x", "²"])
def test_a_version_that_is_none_is_the_last(her, version):
    answer = her.client.get(her.at("names", 1), {"version": version})

    assert answer.status_code == 200
    assert dict(HIDDEN.findall(answer.content.decode()))["version"] == "1"


def test_a_form_without_a_name_of_its_own_is_one_form(her):
    for words in ("Kim", "Lee"):
        her.add("names", {"words": words, "kind": "used"}, submission="mine")

    assert [each.words for each in her.person.names] == ["김정숙", "Kim", "Lee"]


def test_nobody_is_their_own_relative(her):
    page = her.client.get(her.at("kin")).content.decode()

    assert 'value="p2"' in page
    assert 'value="p1"' not in page


def test_the_letters_of_a_name_are_offered_once(her):
    page = her.client.get(her.at("names", 1)).content.decode()

    assert page.count('value="Hang"') == 1


def test_a_date_keeps_how_it_was_counted_until_it_is_told_otherwise(her):
    moon = taken_down("1998", reckoning="lunar", on=MORNING.date())
    hidden = Name("李英", "Hani", "", "in_hiding", period=Period(moon))
    actor = her.client.account.actor
    new = Change("p1", "names", new=hidden)
    tell(actor, her.case.pk, [new], at=now(), custody=her.custody)
    typed = {"words": "李英", "kind": "in_hiding", "script": "Hani"}

    her.change("names", 2, {**typed, "since": "1998", "note": "from the police"})
    same = her.person.names[1].period.since
    her.change("names", 2, {**typed, "since": "1999"})

    assert same == moon
    assert her.person.names[1].period.since.reckoning == "solar"


def test_no_need_is_shown_twice(her):
    her.add("needs", {"kind": "WR", "noted": "2026-11-20"})

    page = her.client.get(f"/desk/cases/{her.case.pk}/people/").content.decode()

    assert "Specific needs" not in page

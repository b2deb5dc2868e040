"""Two who change one thing at once see both, and choose what is to stand."""

from __future__ import annotations

import pytest

from tests.asylon_server.web.small_pages import HIDDEN

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_two_who_change_one_thing_see_both(her, seen_by):
    other = seen_by("legal_aid", "registration", name="Other")
    hidden = her.hidden(her.at("names", 1))
    other.change("names", 1, {"words": "김정순", "kind": "used"})

    answer = her.change("names", 1, {"words": "김정희", "kind": "used"}, **hidden)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "김정순" in text
    assert "김정희" in text
    assert "Other changed the same thing" in text
    assert [each.words for each in her.person.names] == ["김정순"]


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("leave", ["김정순"]),
        ("mine", ["김정희"]),
        ("both", ["김정순", "김정희"]),
    ],
)
def test_the_officer_chooses_what_is_to_stand(her, seen_by, choice, stands):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("names", 1))
    other.change("names", 1, {"words": "김정순", "kind": "used"})
    typed = {"words": "김정희", "kind": "used", **hidden}
    shown = dict(HIDDEN.findall(her.change("names", 1, typed).content.decode()))

    answer = her.change("names", 1, typed, **shown, choice=choice)

    assert answer.status_code == 302
    assert [each.words for each in her.person.names] == stands


def test_nothing_chosen_is_asked_again(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("names", 1))
    other.change("names", 1, {"words": "김정순", "kind": "used"})
    typed = {"words": "김정희", "kind": "used", **hidden}
    shown = dict(HIDDEN.findall(her.change("names", 1, typed).content.decode()))

    answer = her.change("names", 1, typed, **shown)

    assert answer.status_code == 409
    assert "There is a problem" in answer.content.decode()


def test_two_who_tell_the_sex_at_once_see_both(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("sex"))
    other.add("sex", {"sex": "female"})

    answer = her.add("sex", {"sex": "male"}, **hidden)

    assert answer.status_code == 409
    assert her.person.sex == "female"


def test_who_was_changed_meanwhile_by_taking_out_sees_that(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("names", 1))
    other.take_out("names", 1)

    answer = her.change("names", 1, {"words": "김정희", "kind": "used"}, **hidden)

    assert answer.status_code == 409
    assert "It was taken out." in answer.content.decode()


def test_two_who_tell_the_same_at_once_are_led_on(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("sex"))
    other.add("sex", {"sex": "female"})

    answer = her.add("sex", {"sex": "female"}, **hidden)

    assert answer["Location"] == her.address


def test_what_there_is_one_of_cannot_stand_twice(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("sex"))
    other.add("sex", {"sex": "female"})
    page = her.add("sex", {"sex": "male"}, **hidden).content.decode()

    answer = her.add(
        "sex", {"sex": "male"}, **dict(HIDDEN.findall(page)), choice="both"
    )

    assert 'value="mine"' in page
    assert 'value="both"' not in page
    assert answer.status_code == 409
    assert her.person.sex == "female"


def test_what_was_taken_out_cannot_stand_beside_another(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("names", 1))
    other.take_out("names", 1)

    answer = her.change("names", 1, {"words": "김정희", "kind": "used"}, **hidden)

    assert 'value="both"' not in answer.content.decode()


def test_nothing_is_said_to_be_missing_before_it_was_asked_for(her, seen_by):
    other = seen_by("legal_aid", "registration")
    hidden = her.hidden(her.at("names", 1))
    other.change("names", 1, {"words": "김정순", "kind": "used"})

    answer = her.change("names", 1, {"words": "김정희", "kind": "used"}, **hidden)

    assert "There is a problem" not in answer.content.decode()


def test_two_who_take_out_one_thing_are_led_on(her, seen_by):
    other = seen_by("legal_aid", "registration")
    address = her.at("names", 1, "out")
    hidden = her.hidden(address)
    other.take_out("names", 1)

    answer = her.client.post(address, {**hidden, "act": "keep"})

    assert answer["Location"] == her.address
    assert her.version == 2


def test_what_was_changed_by_another_can_be_taken_out_or_left(her, seen_by):
    other = seen_by("legal_aid", "registration")
    address = her.at("names", 1, "out")
    hidden = her.hidden(address)
    other.change("names", 1, {"words": "김정순", "kind": "used"})

    answer = her.client.post(address, {**hidden, "act": "keep"})

    assert answer.status_code == 409
    assert 'value="both"' not in answer.content.decode()
    assert [each.words for each in her.person.names] == ["김정순"]


def test_what_was_chosen_is_shown_anew_where_it_was_changed_once_more(her, seen_by):
    other = seen_by("legal_aid", "registration")
    typed = {"words": "김정희", "kind": "used", **her.hidden(her.at("names", 1))}
    other.change("names", 1, {"words": "김정순", "kind": "used"})
    shown = dict(HIDDEN.findall(her.change("names", 1, typed).content.decode()))
    other.change("names", 1, {"words": "김정실", "kind": "used"})

    answer = her.change("names", 1, typed, **shown, choice="mine")

    assert answer.status_code == 409
    assert "김정실" in answer.content.decode()
    assert "There is a problem" not in answer.content.decode()

"""A family is searched for, written down as told, read back and registered once."""

from __future__ import annotations

import pytest
from django.db.models import Q
from django.utils.timezone import now

from asylon.identity import Name
from asylon_server.store.cases import reads, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.holds import standing
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.reads import case_file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FAMILY = "/desk/register/family/"


def everything():
    return list(Case.objects.within(Q(erased=None)))


def test_a_family_is_kept_as_it_was_typed(registrar, form, custody):
    answer = registrar.post(FAMILY, {**form(registrar), "act": "register"}, follow=True)

    [case] = everything()
    actor = registrar.account.actor
    file = case_file(actor, case.id, at=answer.wsgi_request.at, custody=custody).file
    mother, child = file.people
    assert answer.redirect_chain == [(f"/desk/cases/{case.id}/", 302)]
    assert (mother.names[0].words, mother.names[0].script) == ("김정숙", "Hang")
    assert mother.born[0].words == "1989"
    assert mother.languages[0].language == "ko"
    assert (child.kin[0].kind, child.kin[0].other) == ("mother", "p1")
    assert [each.destination for each in file.holds] == ["PRK"]


def test_sent_twice_it_is_one_case(registrar, form):
    typed = {**form(registrar), "act": "register"}

    first, again = registrar.post(FAMILY, typed), registrar.post(FAMILY, typed)

    assert first["Location"] == again["Location"]
    assert len(everything()) == 1


def test_nobody_is_registered_without_a_search(registrar):
    answer = registrar.post(FAMILY, {"p1-name": "김정숙", "act": "register"})

    assert answer["Location"] == "/desk/register/"
    assert not everything()


def test_the_form_of_one_account_is_no_use_to_another(registrar, form, account, enter):
    typed = {**form(registrar), "act": "register"}

    answer = enter(account(name="another")).post(FAMILY, typed)

    assert answer["Location"] == "/desk/register/"


def test_who_fears_no_named_state_is_held_from_any(registrar, form, custody):
    typed = {**form(registrar), "act": "register"}
    del typed["p1-feared"]

    registrar.post(FAMILY, typed)

    [case] = everything()
    assert [each.hold.destination for each in standing(case, custody=custody)] == [
        "any"
    ]


def test_an_error_stands_on_top_and_beside_and_typed_words_stay(registrar, form):
    typed = {**form(registrar), "act": "check", "p1-name": "", "p1-dialect": "Hamgyŏng"}

    answer = registrar.post(FAMILY, typed)

    assert answer.status_code == 422
    assert '<a href="#id_p1-name">Enter a name' in answer.content.decode()
    assert "<title>Error: Who they are" in answer.content.decode()
    assert 'id="id_p1-name_error"' in answer.content.decode()
    assert 'aria-describedby="id_p1-name_helptext id_p1-name_error"' in (
        answer.content.decode()
    )
    assert 'value="Hamgyŏng"' in answer.content.decode()
    assert 'value="김별"' in answer.content.decode()


def test_a_person_is_added_and_taken_off_and_words_stay(registrar, form):
    typed = form(registrar)

    more = registrar.post(FAMILY, {**typed, "act": "add"}).content.decode()
    fewer = registrar.post(FAMILY, {**typed, "act": "remove:p2"}).content.decode()

    assert 'value="p1 p2 p3"' in more
    assert 'value="김별"' in more
    assert 'value="p1"' in fewer
    assert "김별" not in fewer


def test_another_language_keeps_the_words(registrar, form):
    answer = registrar.post(FAMILY, {**form(registrar), "act": "language:ko"})

    assert 'value="김별"' in answer.content.decode()
    assert '<html lang="ko">' in answer.content.decode()
    assert '<html lang="ko">' in registrar.get("/desk/").content.decode()


def test_a_birth_is_read_back_with_every_day_it_can_mean(registrar, form):
    typed = {**form(registrar), "act": "check", "p1-born": "spring 1989"}

    shown = registrar.post(FAMILY, typed).content.decode()

    assert "“spring 1989”: " in shown
    assert "between February 1989 and June 1989" in shown


def test_words_that_are_no_date_are_kept(registrar, form):
    typed = {**form(registrar), "act": "register", "p1-born": "when the river froze"}

    answer = registrar.post(FAMILY, typed, follow=True)

    assert "when the river froze" in answer.content.decode()


def test_a_search_finds_the_family_by_a_near_year(registrar, form):
    registrar.post(FAMILY, {**form(registrar), "act": "register"})
    search = {"name": "김 정숙", "born": "1990"}

    found = registrar.post("/desk/register/", search).content.decode()
    strange = registrar.post("/desk/register/", {**search, "born": "1995"})

    assert "1 case found" in found
    assert "0 cases found" in strange.content.decode()


def test_a_search_shows_no_case_of_another_office(registrar, form, account, enter):
    registrar.post(FAMILY, {**form(registrar), "act": "register"})
    stranger = enter(account(office="elsewhere"))

    answer = stranger.post("/desk/register/", {"name": "김정숙", "born": "1989"})

    assert "0 cases found" in answer.content.decode()


def test_what_is_typed_into_a_search_is_in_no_address(registrar):
    page = registrar.get("/desk/register/").content.decode()

    assert '<form method="post" class="a-form"' in page


def names_of(case, custody):
    _number, file = reads.whole(case, custody=custody)
    return [[each.words for each in person.names] for person in file.people]


def test_a_form_sent_again_with_changes_amends_its_case(registrar, form, custody):
    typed = {**form(registrar), "act": "register"}
    registrar.post(FAMILY, typed)

    more = {"p1-name": "김정희", "people": "p1 p2 p3", "p3-name": "김달"}
    for _time in range(2):
        answer = registrar.post(FAMILY, typed | more)

    [case] = everything()
    assert answer["Location"] == f"/desk/cases/{case.pk}/"
    assert names_of(case, custody) == [["김정희"], ["김별"], ["김달"]]


def test_who_was_added_by_a_form_sent_again_is_added_once(registrar, form, custody):
    typed = {**form(registrar), "act": "register"}
    registrar.post(FAMILY, typed)
    more = typed | {"people": "p1 p2 p3", "p3-name": "김달"}
    registrar.post(FAMILY, more)
    [case] = everything()
    new = Change("p3", "names", new=Name("Kim Dal", "Latn"))
    tell(registrar, case, custody, new)

    registrar.post(FAMILY, more)

    assert names_of(case, custody) == [["김정숙"], ["김별"], ["김달", "Kim Dal"]]


def tell(registrar, case, custody, *made):
    at = now()
    telling.tell(registrar.account.actor, case.pk, made, at=at, custody=custody)


@pytest.fixture
def clashing(registrar, form, custody):
    """Send a form again, whose first name was changed in the case meanwhile."""
    typed = {**form(registrar), "act": "register"}
    registrar.post(FAMILY, typed)
    [case] = everything()
    old, new = Name("김정숙", "Hang"), Name("김정순", "Hang")
    tell(registrar, case, custody, Change("p1", "names", old, new))
    return case, typed | {"p1-name": "김정희", "p2-name": "김별이"}


def test_what_clashes_with_the_case_is_shown_beside_it(registrar, clashing, custody):
    case, typed = clashing

    answer = registrar.post(FAMILY, typed)

    assert answer.status_code == 409
    assert "김정순" in answer.content.decode()
    assert "김정희" in answer.content.decode()
    assert names_of(case, custody) == [["김정순"], ["김별"]]


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("leave", ["김정순"]), ("mine", ["김정희"]), ("both", ["김정순", "김정희"])],
)
def test_what_clashes_is_chosen_and_the_rest_is_kept(
    registrar, clashing, custody, choice, stands
):
    case, typed = clashing
    registrar.post(FAMILY, typed)

    registrar.post(FAMILY, typed | {"stands": "2", "choice-0": choice})

    assert names_of(case, custody) == [stands, ["김별이"]]


def test_a_clash_that_is_not_answered_is_asked_again(registrar, clashing, custody):
    case, typed = clashing

    answer = registrar.post(FAMILY, typed | {"stands": "2"})

    assert answer.status_code == 409
    assert 'href="#choice-0-leave"' in answer.content.decode()
    assert names_of(case, custody) == [["김정순"], ["김별"]]


def test_a_clash_with_a_version_that_is_none_is_asked_again(registrar, clashing):
    _case, typed = clashing

    answer = registrar.post(FAMILY, typed | {"stands": "99", "choice-0": "mine"})

    assert answer.status_code == 409


def test_what_there_is_one_of_or_none_any_more_cannot_stand_beside(
    registrar, form, custody
):
    typed = {**form(registrar), "act": "register"}
    registrar.post(FAMILY, typed)
    [case] = everything()
    tell(
        registrar,
        case,
        custody,
        Change("p1", "sex", new="female"),
        Change("p1", "names", Name("김정숙", "Hang"), None),
    )

    answer = registrar.post(FAMILY, typed | {"p1-sex": "male", "p1-name": "김정희"})

    assert answer.status_code == 409
    assert answer.content.decode().count('value="mine"') == 2
    assert 'value="both"' not in answer.content.decode()


def test_what_both_took_out_is_out(registrar, form, custody):
    typed = {**form(registrar), "act": "register"}
    registrar.post(FAMILY, typed | {"p1-other_name": "Kim"})
    [case] = everything()
    other = Name("Kim", "Latn", "", "alias")
    tell(registrar, case, custody, Change("p1", "names", other, None))

    answer = registrar.post(FAMILY, typed | {"p2-name": "김별이"})

    assert answer.status_code == 302
    assert names_of(case, custody) == [["김정숙"], ["김별이"]]


def test_a_form_whose_case_is_gone_to_others_is_shown_and_not_kept(registrar, form):
    typed = {**form(registrar), "act": "register"}
    registrar.post(FAMILY, typed)
    [case] = everything()
    case.assignments.all().delete()

    answer = registrar.post(FAMILY, typed | {"p1-name": "김정희"})

    assert answer.status_code == 409
    assert "김정희" in answer.content.decode()


def test_a_child_needs_no_name_and_may_have_two(registrar, form, custody):
    typed = {**form(registrar), "act": "register", "people": "p1 p2 p3"}
    typed |= {"p2-name": "", "p3-name": "김달", "p3-other_name": "Kim Dal"}

    registrar.post(FAMILY, typed)

    [case] = everything()
    assert names_of(case, custody) == [["김정숙"], [], ["김달", "Kim Dal"]]


def test_a_name_beside_none_is_the_name(registrar, form):
    typed = {**form(registrar), "p2-name": "", "p2-other_name": "Kim", "act": "check"}

    answer = registrar.post(FAMILY, typed)

    assert answer.status_code == 422
    assert "if it is the only one" in answer.content.decode()


def test_who_is_on_a_form_is_said_by_its_own_names_alone(registrar, form):
    typed = form(registrar) | {"people": "p2 x p2 p0 p1000 <b>", "name": "Nobody"}

    page = registrar.post(FAMILY, typed | {"act": "remove:p1"}).content.decode()

    assert 'name="people" value="p1 p2"' in page
    assert "Nobody" not in page


def test_no_more_people_are_on_a_form_than_fit(registrar, form):
    people = " ".join(f"p{number}" for number in range(1, 41))
    typed = form(registrar) | {"people": people, "act": "add"}

    page = registrar.post(FAMILY, typed).content.decode()

    assert f'name="people" value="{people}"' in page


@pytest.mark.parametrize("born", ["1900-1999", "1970-1985"])
def test_nobody_is_looked_for_by_a_name_alone(registrar, born):
    answer = registrar.post("/desk/register/", {"name": "김정숙", "born": born})

    assert answer.status_code == 422
    assert "one search looks through 15 at most" in answer.content.decode()


@pytest.mark.parametrize("born", ["unknown", "after 1989", "before 1989"])
def test_a_year_without_an_end_is_looked_for(registrar, born):
    answer = registrar.post("/desk/register/", {"name": "김정숙", "born": born})

    assert answer.status_code == 200

"""Finding people: by a name and a year, and where no year is known, case by case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asylon.casework import File, Person
from asylon.dates import read
from asylon.identity import Name
from asylon_server.store.cases import acts, erasing, finding, telling
from asylon_server.store.cases.changes import Change
from asylon_server.store.cases.finding import TooManyYearsError
from asylon_server.store.cases.models import NameToken, YearlessToken
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def opened(officer, custody):
    """Open a case for one person, by name and birth; no birth is known without one."""

    def made(reference, name="김정숙", born=""):
        births = (read(born),) if born else ()
        person = Person("p1", names=(Name(name, "Hang"),), born=births)
        file = File(reference, people=(person,))
        return acts.register(
            officer, file, submission=reference, at=MORNING, custody=custody
        )

    return made


@pytest.fixture
def search(officer, custody):
    def asked(name="김정숙", years=(), who=officer):
        return finding.found(who, name, years, at=LATER, custody=custody)

    return asked


def references(answer):
    return [row.file.reference for row in answer.rows]


def test_who_told_no_year_is_found_where_no_year_is_known(opened, search):
    opened("A-1")
    opened("A-2", born="1989")

    assert references(search()) == ["A-1"]


def test_who_told_no_year_is_found_with_every_year(opened, search):
    opened("A-1")
    opened("A-2", born="1989")

    assert references(search(years=[1989])) == ["A-1", "A-2"]


def test_another_name_is_not_found(opened, search):
    opened("A-1")

    assert references(search("김정순")) == []


def test_an_unknown_birth_counts_as_none(opened, search):
    opened("A-1", born="unknown")

    assert references(search()) == ["A-1"]


@pytest.mark.parametrize("born", ["0989", "0001"])
def test_a_year_that_is_a_slip_of_the_pen_counts_as_none(opened, search, born):
    opened("A-1", born=born)

    assert references(search(years=[int(born)])) == ["A-1"]


def test_the_same_name_has_another_token_in_each_case(opened):
    opened("A-1")
    opened("A-2")

    kept = [bytes(each.token) for each in YearlessToken.objects.all()]

    assert len(set(kept)) == len(kept) == 2
    assert not NameToken.objects.exists()


def test_a_token_of_another_case_finds_nobody(opened, search):
    one, other = opened("A-1"), opened("A-2", name="박영")
    other.yearless.update(token=one.yearless.get().token)

    assert references(search()) == ["A-1"]


def test_once_a_year_is_told_somebody_is_found_by_it_alone(
    opened, search, officer, custody
):
    case = opened("A-1")
    told = [Change("p1", "born", new=read("1989"))]
    telling.tell(officer, case.id, told, at=LATER, custody=custody)

    assert references(search()) == []
    assert references(search(years=[1990])) == ["A-1"]


def test_an_erased_case_leaves_no_token(opened, search):
    erasing.erase(None, opened("A-1").id, at=LATER)

    assert not YearlessToken.objects.exists()
    assert references(search()) == []


def test_the_cases_of_other_offices_are_not_found(opened, search, somebody):
    opened("A-1")

    assert references(search(who=somebody("unhcr", "registration"))) == []


def test_too_many_years_are_no_search(search):
    with pytest.raises(TooManyYearsError):
        search(years=range(1980, 1996))


def test_no_more_is_opened_than_can_be_looked_at(opened, search, monkeypatch):
    monkeypatch.setattr(finding, "MOST_FOUND", 2)
    for number in range(3):
        opened(f"A-{number}")
    before = Event.objects.count()

    answer = search()

    assert references(answer) == ["A-0", "A-1"]
    assert answer.is_cut
    assert Event.objects.count() == before + 3


def test_where_not_everybody_was_looked_at_the_answer_says_so(
    opened, search, monkeypatch
):
    monkeypatch.setattr(finding, "LOOKED_AT", 1)
    opened("A-1")
    opened("A-2")

    answer = search()

    assert references(answer) == ["A-2"]
    assert not answer.is_whole


def test_who_does_not_register_searches_for_nobody(search, somebody):
    with pytest.raises(NotThereError):
        search(who=somebody("legal_aid", "interpreter"))


def test_a_search_is_kept_without_what_was_searched_for(opened, search):
    opened("A-1")
    search()

    kept = bytes(Event.objects.order_by("-number")[0].content).decode()

    assert '"people searched"' in kept
    assert "김정숙" not in kept


def test_two_of_one_family_without_a_year_are_each_found(officer, custody, search):
    people = tuple(
        Person(f"p{number}", names=(Name(name, "Hang"),))
        for number, name in enumerate(("김정숙", "김별"), 1)
    )
    file = replace(File("A-1"), people=people)
    acts.register(officer, file, submission="s", at=MORNING, custody=custody)

    assert references(search("김별")) == ["A-1"]

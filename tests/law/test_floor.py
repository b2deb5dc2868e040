from datetime import date

import pytest

from asylon import instruments
from asylon.law import Document, DocumentError, UnknownNameError, load
from asylon.law.floor import breaches, floor_of
from tests.agreements import BOTH, FLOOR, STRAIT, World, document, documents
from tests.islands import island_law

ON = date(2027, 1, 1)
SHIPPED = instruments.book()
A_2 = "csr51/article-1/a-2.toml"
AS_IT_HOLDS = "(as_national or as_stateless) and in_time_and_place"


def asking(name, question="Is that so?"):
    return (
        f'\n[elements.{name}]\nasks = "fact"\nwords = "so"\nquestion = "{question}"\n'
    )


def shipped_where(name, old, new, more=""):
    """The law that ships, with other words in one document and more at its end."""

    def text(each):
        if each.name != name:
            return each.text
        assert old.encode() in each.text
        return each.text.replace(old.encode(), new.encode()) + more.encode()

    return load(Document(each.name, text(each)) for each in instruments.documents())


def found(book, set_id="unhcr"):
    return {
        (each.how, each.where)
        for each in breaches(SHIPPED, book, book.sets[set_id], ON)
    }


SIGNABLE = ("unhcr", "chn-unhcr", "gbr", "kor", "nzl", "coe")


@pytest.mark.parametrize("set_id", SIGNABLE)
def test_the_law_that_ships_keeps_its_own_floor(set_id):
    assert found(SHIPPED, set_id) == set()


@pytest.mark.parametrize("set_id", ["can", "usa"])
def test_a_set_that_asks_for_probable_torture_is_below_the_floor(set_id):
    assert found(SHIPPED, set_id) == {("value", "harm_standard")}


@pytest.mark.parametrize("set_id", ["aus", "eu", "deu"])
def test_a_set_that_looks_at_the_motive_of_acts_abroad_is_below_the_floor(set_id):
    assert ("value", "sur_place_bad_faith") in found(SHIPPED, set_id)


@pytest.mark.parametrize(
    ("what", "added"),
    [("lawful_entry", " and lawful_entry"), ("late", " and not late")],
)
def test_an_added_condition_or_time_bar_narrows_the_definition(what, added):
    book = shipped_where(A_2, AS_IT_HOLDS, AS_IT_HOLDS + added, asking(what))

    narrowed = found(book)

    assert ("narrowed", "csr51/article-1/a-2") in narrowed
    assert ("narrowed", "csr51/article-1") in narrowed


def test_a_condition_asked_of_each_country_narrows_the_definition():
    book = shipped_where(
        A_2,
        "outside and fear and unprotected and not relocation",
        "outside and fear and unprotected and unable_to_return and not relocation",
    )

    assert ("narrowed", "csr51/article-1/a-2") in found(book)


def test_a_condition_that_shows_only_with_two_nationalities_is_found():
    book = shipped_where(
        A_2,
        "some(nationalities, from_there) and (",
        "some(nationalities, from_there) and every(nationalities, outside) and (",
    )

    assert ("narrowed", "csr51/article-1/a-2") in found(book)


def test_a_fourth_limb_of_exclusion_widens_it_and_narrows_the_definition():
    book = shipped_where(
        "csr51/article-1/f.toml",
        "f_a or f_b or f_c",
        "f_a or f_b or f_c or trespass",
        asking("trespass"),
    )

    assert {("widened", "csr51/article-1/f"), ("narrowed", "csr51/article-1")} <= found(
        book
    )


def test_a_wider_exception_to_the_prohibition_of_return_is_found():
    book = shipped_where(
        "csr51/article-33/paragraph-2.toml",
        "particularly_serious_crime and danger",
        "danger",
    )

    assert ("widened", "csr51/article-33/paragraph-2") in found(book)


def test_a_wider_definition_stays_above_the_floor():
    book = shipped_where(A_2, "fear and unprotected and not relocation", "fear")

    assert found(book) == set()


def test_a_question_in_other_words_is_found():
    book = shipped_where(
        A_2,
        "Is the person outside this country?",
        "Did the person leave this country with an exit visa?",
    )

    assert ("reworded", "csr51/article-1/a-2") in found(book)


def test_a_value_that_keeps_its_name_and_means_something_else_is_found():
    book = shipped_where(
        "parameters/discretion_requirement.toml",
        "Nobody is expected to hide or change what the persecution is for.",
        "Everybody is expected to be discreet.",
    )

    assert ("meaning", "discretion_requirement") in found(book)


def test_a_new_value_cannot_be_compared_and_is_found():
    new = '\n[values.hide]\nmeaning = "Hide."\nsource = { cite = "x", read = true }\n'
    name = "parameters/discretion_requirement.toml"
    book = shipped_where(name, 'plain = "forbidden"', 'plain = "hide"', new)
    book.sets["unhcr"].__dict__["settings"] = tuple(
        each
        for each in book.sets["unhcr"].settings
        if each.parameter != "discretion_requirement"
    )

    assert ("unknown-value", "discretion_requirement") in found(book)


def test_a_provision_that_is_left_out_has_ended():
    without = tuple(
        each
        for each in instruments.documents()
        if not each.name.startswith("csr51/article-33/paragraph-1")
    )

    assert ("ended", "csr51/article-33/paragraph-1") in found(load(without))


def test_a_floor_names_values_that_exist():
    with pytest.raises(UnknownNameError, match="three_wet_years"):
        floor_of(island_law({"f.toml": FLOOR.replace("three_dry", "three_wet")}))


def test_a_floor_says_narrowed_or_widened():
    with pytest.raises(DocumentError, match="narrowed or widened"):
        floor_of(island_law({"f.toml": FLOOR.replace('"widened"', '"wider"')}))


def test_no_signatures_put_a_value_below_the_floor_in_force():
    world = World({"strait.toml": STRAIT.replace("one_dry_year", "three_dry_years")})
    world.agree("act", *BOTH)

    assert world.codes() == ["below-floor"]


def test_the_floor_counts_on_every_later_day_too():
    later = STRAIT[STRAIT.index("[[setting]]") :].replace("2020", "2029")
    text = STRAIT + later.replace("one_dry_year", "three_dry_years")
    world = World({"strait.toml": text})
    world.agree("act", *BOTH)

    assert world.codes() == ["below-floor"]


def test_the_floor_that_ships_counts_and_not_the_one_that_is_agreed():
    text = STRAIT.replace("one_dry_year", "three_dry_years")
    world = World({"strait.toml": text, "floor.toml": ""})
    world.agree("act", *BOTH)

    assert world.codes() == ["below-floor"]


def test_no_signatures_narrow_a_guarded_provision():
    text = document("article-4.toml").replace(
        "dried_out) and", "dried_out) and left2 and"
    )
    element = asking("left2", "Did the person leave by day?")
    world = World({"article-4.toml": text + element})
    world.agree("act", *BOTH)

    assert world.codes() == ["below-floor"]
    assert "left2 false" in world.review().standings[0].refusals[0].text


def test_what_the_set_says_on_a_value_of_another_kind_of_set_is_its_own():
    floor = FLOOR.replace('value = "three', 'kinds = ["mandate"]\nvalue = "three')
    book = load(
        Document(each.name, floor.encode() if each.name == "floor.toml" else each.text)
        for each in documents(
            {"strait.toml": STRAIT.replace("one_dry_year", "three_dry_years")}
        )
    )

    assert not list(breaches(book, book, book.sets["strait"], ON))

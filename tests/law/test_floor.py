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


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("chn-unhcr", '"joint"', '"national"'),
        ("chn-unhcr", '"CHN"', '"MNG"'),
        ("unhcr", '"mandate"', '"national"'),
    ],
)
def test_a_set_that_ships_keeps_its_kind_and_jurisdiction(name, old, new):
    assert ("kind", name) in found(shipped_where(f"sets/{name}.toml", old, new), name)


@pytest.mark.parametrize("kind", ["mandate", "national"])
def test_a_new_set_takes_the_place_neither_of_a_joint_one_nor_of_the_mandate(kind):
    state = "PRK" if kind == "mandate" else "CHN"
    text = STRAIT.replace("joint", kind).replace("FJI", state)
    text = text[: text.index("[[setting]]")]
    documents = [*instruments.documents(), Document("sets/x.toml", text.encode())]

    assert ("kind", "strait") in found(load(documents), "strait")


def test_a_new_national_set_where_none_ships_is_no_breach_of_kind():
    text = STRAIT.replace("joint", "national").replace("FJI", "PRK")
    text = text[: text.index("[[setting]]")]
    documents = [*instruments.documents(), Document("sets/x.toml", text.encode())]

    assert ("kind", "strait") not in found(load(documents), "strait")


def test_one_key_does_not_put_a_joint_set_in_force_as_a_national_one():
    world = World({"strait.toml": STRAIT.replace('"joint"', '"national"')})
    world.agree("act", "strait-office")

    assert world.codes() == ["below-floor"]


def test_a_value_for_claims_made_earlier_is_held_to_the_floor():
    later = STRAIT[STRAIT.index("[[setting]]") :].replace("2020", "2022")
    below = STRAIT.replace("one_dry_year", "three_dry_years")
    lodged = later.replace("from =", 'by = "lodged"\nfrom =')
    world = World({"strait.toml": below + lodged})
    world.agree("act", *BOTH)

    assert world.codes() == ["below-floor"]


def test_a_stricter_implication_among_values_that_ship_is_found():
    book = shipped_where(
        "parameters/risk_standard.toml",
        "implies = [",
        'implies = [["reasonable_degree", "more_likely_than_not"], ',
    )

    assert ("ordering", "risk_standard") in found(book)


def test_values_that_are_no_longer_equivalent_are_found():
    book = shipped_where(
        "parameters/risk_standard.toml",
        '"reasonable_possibility", "real_chance"]',
        '"reasonable_possibility"]',
    )

    assert ("ordering", "risk_standard") in found(book)


@pytest.mark.parametrize(
    ("name", "old", "new", "where"),
    [
        (
            "countries/PRK.toml",
            "Did the person leave this country without leave",
            "Did the person flee this country at night",
            "PRK",
        ),
        (
            "lists/destinations.toml",
            "Is there a further state to which",
            "Is there a further safe state to which",
            "destinations",
        ),
        (
            "lists/destinations.toml",
            'burden = "authority"',
            'burden = "applicant"',
            "destinations",
        ),
    ],
)
def test_questions_of_groups_and_of_lists_stay_as_they_ship(name, old, new, where):
    assert ("reworded", where) in found(shipped_where(name, old, new))


@pytest.mark.parametrize(
    ("name", "old", "where"),
    [
        ("iccpr66/article-7.toml", 'protects = "complementary"\n', "iccpr66/article-7"),
        (
            "csr51/article-1/a-2-several.toml",
            "is_protection = true\n",
            "csr51/article-1/a-2-several",
        ),
    ],
)
def test_what_protects_stays_marked_as_what_it_is(name, old, where):
    assert ("marked", where) in found(shipped_where(name, old, ""))


def test_what_protects_does_not_end_though_the_floor_does_not_name_it():
    protecting = ('title = "Who', 'protects = "complementary"\ntitle = "Who')
    text = document("article-4.toml").replace(*protecting)
    ended = text.replace("from = 1994-06-01", "from = 1994-06-01, to = 2020-01-01")
    mine, other = (
        load(
            Document(
                each.name, body.encode() if each.name == "article-4.toml" else each.text
            )
            for each in documents({"floor.toml": ""})
        )
        for body in (text, ended)
    )
    how = {each[:2] for each in breaches(mine, other, other.sets["strait"], ON)}

    assert ("ended", "island/article-4") in how


def test_the_floor_guards_everything_that_protects():
    guarded = {each.provision for each in floor_of(SHIPPED).guarded}
    protects = {
        name
        for name, versions in SHIPPED.provisions.items()
        if any(each.protects for each in versions)
    }

    assert protects <= guarded


def test_values_that_imply_one_another_and_are_equivalent_no_longer_are_found():
    """Findings carry over as before; that they come to the same is gone."""
    path = "parameters/harm_standard.toml"
    (text,) = (each.text for each in instruments.documents() if each.name == path)
    declared = text.decode().partition("[[equivalent]]")[2].partition("\n\n")[0]
    both = (
        'implies = [["substantial_grounds", "real_risk"], '
        '["real_risk", "substantial_grounds"],'
    )
    book = shipped_where(path, f"[[equivalent]]{declared}", "")
    kept = next(each for each in book.documents if each.name == path)
    changed = kept.text.decode().replace("implies = [", both, 1).encode()
    documents_ = (
        Document(path, changed) if each is kept else each for each in book.documents
    )

    assert found(load(documents_)) == {("ordering", "harm_standard")}

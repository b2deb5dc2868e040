"""Which setting applies: by set, by day, by the day of the claim, by the file."""

from datetime import date

import pytest

from asylon import instruments
from asylon.determination.notices import Herald
from asylon.languages import catalogue
from asylon.law import (
    MANDATE,
    Notice,
    NotInForceError,
    UnknownNameError,
    choose,
    set_for,
)
from asylon.law.choosing import (
    BESIDE,
    BY_LODGING,
    NO_SET,
    NOT_MODELLED,
    OTHER_NAME,
    PLAIN_READING,
)
from tests.islands import island_law, island_law_where

BOOK = instruments.book()
ISLANDS = island_law()
ON = date(2026, 6, 30)


def chosen(set_id, on, **asked):
    return choose(ISLANDS, ISLANDS.sets[set_id], on, **asked)


def notices(settings):
    return {notice.code: notice for notice in settings.warnings}


@pytest.mark.parametrize(
    ("on", "value", "by"),
    [
        (date(1994, 6, 1), "one_dry_year", "plain"),
        (date(1999, 2, 28), "one_dry_year", "plain"),
        (date(1999, 3, 1), "three_dry_years", "set"),
        (ON, "three_dry_years", "set"),
    ],
)
def test_a_setting_applies_from_its_day_on(on, value, by):
    found = chosen("reef", on).chosen["drought_test"]

    assert (found.value, found.by) == (value, by)


def test_the_latest_setting_applies_in_whatever_order_they_stand():
    later = """salt_wells"
value = "counted"
from = 2020-01-01
source = { cite = "Re Ibises [2020] Reef 1", read = true }

[[setting]]
parameter = "drought_test"""
    book = island_law_where("reef.toml", "drought_test", later)

    found = choose(book, book.sets["reef"], ON, lodged=ON).values

    assert found == {"drought_test": "three_dry_years", "salt_wells": "counted"}


def test_before_the_first_setting_the_plain_reading_applies_with_a_notice():
    on = date(1999, 2, 28)

    settings = chosen("reef", on)

    points = (("drought_test", date(1999, 3, 1)), ("salt_wells", date(2010, 1, 1)))
    assert settings.warnings == (Notice(PLAIN_READING, "reef", on, points=points),)


def test_what_a_set_never_settles_has_the_plain_reading_without_a_notice():
    settings = chosen("unhcr", ON)

    assert settings.values["salt_wells"] == "counted"
    assert not settings.warnings


@pytest.mark.parametrize(
    ("lodged", "value"),
    [(date(2009, 12, 31), "counted"), (date(2010, 1, 1), "spared")],
)
def test_the_day_of_the_claim_governs_where_the_set_says_so(lodged, value):
    settings = chosen("reef", ON, lodged=lodged)

    assert settings.values["salt_wells"] == value
    assert settings.values["drought_test"] == "three_dry_years"
    assert BY_LODGING not in notices(settings)


def test_a_claim_without_its_day_takes_that_of_the_decision_with_a_notice():
    settings = chosen("reef", ON)

    assert settings.values["salt_wells"] == "spared"
    points = (("salt_wells", date(2010, 1, 1)),)
    assert settings.warnings == (Notice(BY_LODGING, "reef", ON, points=points),)


def test_what_the_file_states_goes_before_the_set():
    settings = chosen("reef", ON, lodged=ON, file={"salt_wells": "counted"})

    assert settings.values["salt_wells"] == "counted"
    assert settings.chosen["salt_wells"].by == "file"
    assert not settings.warnings


@pytest.mark.parametrize(
    ("name", "value", "subject", "nearest"),
    [
        ("salt_well", "spared", "salt_well", "salt_wells"),
        ("lamp_oil", "whale", "lamp_oil", ""),
        ("salt_wells", "sometimes", "salt_wells = sometimes", ""),
    ],
)
def test_what_the_law_does_not_model_is_ignored_with_a_notice(
    name, value, subject, nearest
):
    settings = chosen("unhcr", ON, file={name: value})

    notice = Notice(NOT_MODELLED, "unhcr", subject=subject, nearest=nearest)
    assert settings.warnings == (notice,)
    assert settings.values == chosen("unhcr", ON).values


@pytest.mark.parametrize("set_id", BOOK.sets)
def test_nothing_is_in_force_before_the_convention(set_id):
    with pytest.raises(NotInForceError) as caught:
        choose(BOOK, BOOK.sets[set_id], date(1954, 4, 21))

    assert str(caught.value) == (
        "nothing is in force on 1954-04-21: the first text of the law book has "
        "governed since 1954-04-22. Ask about a later day."
    )


@pytest.mark.parametrize("set_id", BOOK.sets)
def test_every_parameter_has_a_value_from_the_first_day(set_id):
    settings = choose(BOOK, BOOK.sets[set_id], date(1954, 4, 22))

    plain = {name: each.plain for name, each in BOOK.parameters.items()}
    assert settings.values == plain


@pytest.mark.parametrize("set_id", BOOK.sets)
def test_a_jurisdiction_is_answered_by_its_own_set(set_id):
    found = set_for(BOOK, BOOK.sets[set_id].jurisdiction, "x.toml")

    assert found.set.id == set_id
    assert not found.warnings


def test_a_state_without_a_set_is_answered_by_the_mandate_with_a_notice():
    found = set_for(BOOK, "MNG", "x.toml")

    assert found.set.id == MANDATE
    assert found.warnings == (Notice(NO_SET, MANDATE, subject="MNG"),)


def test_the_authority_in_china_decides_with_unhcr():
    assert set_for(BOOK, "CHN", "x.toml").set.id == "chn-unhcr"


def test_the_joint_set_settles_every_parameter():
    joint = BOOK.sets["chn-unhcr"]

    assert joint.kind == "joint"
    assert joint.statement.startswith("Drafted by this project; seen by neither")
    assert [name for name in BOOK.parameters if not joint.of(name)] == []


@pytest.mark.parametrize("other", BOOK.other_names.values(), ids=lambda each: each.id)
def test_a_setting_by_another_name_is_explained(other):
    stated = {other.parameter: other.value or "whatever it is"}

    found = choose(BOOK, BOOK.sets["unhcr"], date(2026, 6, 30), file=stated)

    (notice,) = found.warnings
    told = Herald(catalogue()).notice(notice)
    assert notice.code == (OTHER_NAME if other.means else BESIDE)
    assert other.because in told
    assert other.source.cite in told
    assert other.means.items() <= found.values.items()


def test_the_books_own_name_goes_before_what_another_name_means():
    stated = {
        "potential_nationality": "national_or_entitled",
        "several_nationalities": "application_bar",
    }

    found = choose(BOOK, BOOK.sets["aus"], date(2026, 6, 30), file=stated)

    assert found.values["potential_nationality"] == "national_or_entitled"


def test_another_value_of_a_known_other_name_still_warns_by_name():
    stated = {"s97_standard": "any_chance"}

    (notice, *_) = choose(
        BOOK, BOOK.sets["unhcr"], date(2026, 6, 30), file=stated
    ).warnings

    assert (notice.code, notice.subject) == (NOT_MODELLED, "s97_standard")


@pytest.mark.parametrize("code", ["XYZ", "gbr", "", "GB", "United Kingdom"])
def test_a_jurisdiction_that_nobody_knows_is_refused(code):
    with pytest.raises(
        UnknownNameError, match=rf"^x\.toml: there is no jurisdiction `{code}`"
    ):
        set_for(BOOK, code, "x.toml")


def test_settings_that_choose_alike_have_the_same_key():
    early, late = chosen("reef", date(2001, 1, 1)), chosen("reef", date(2002, 1, 1))

    assert early.key == late.key
    assert early.key != chosen("unhcr", date(2001, 1, 1)).key

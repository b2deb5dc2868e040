"""Invented people: the same every time, and as many of each as the data say."""

import re
from collections import Counter, defaultdict
from datetime import date

import pytest

from asylon.casework import File
from asylon.dates import read
from asylon.identity import readings
from asylon.invented import naming
from asylon.invented.births import FULL, lunar_day
from asylon.invented.draws import Draws, share
from asylon.invented.households import household
from asylon.invented.naming import MAN, WOMAN
from asylon.invented.people import FALSE_NAME, LUNAR, YEAR_ONLY, YEAR_SLIP, People

WORLD = People()
FILES = list(WORLD.files())
TRUTH = list(WORLD.truth())
ENTRIES = {(file.reference, each.id): each for file in FILES for each in file.people}
EACH_SIZE = pytest.mark.parametrize(
    "world",
    [WORLD, People(1), People(7, seed=3), People(131, seed=9), People(1203, seed=2)],
    ids=lambda world: str(world.people),
)
YEAR_AND_NO_MORE = re.compile(r"\d{4}(년|年)?")


def entry(truth):
    return ENTRIES[truth.reference, truth.person]


def beings():
    made = (household(each, WORLD.seed, WORLD.data) for each in WORLD.households)
    return {being.number: being for home in made for being in home.beings}


BEINGS = beings()


def repeats_with(slip):
    return [each for each in TRUTH if slip in each.slips]


def test_the_caseload_is_as_large_as_a_demonstration_wants():
    assert 290 <= len(FILES) <= 310
    assert len({each.who for each in TRUTH}) == 550
    assert len(TRUTH) == len(ENTRIES) == 632


def test_the_same_seed_gives_the_same_files_and_another_seed_others():
    assert list(People().files()) == FILES
    assert list(People().truth()) == TRUTH
    assert list(People(seed=7).files()) != FILES


def test_every_file_comes_back_as_it_was_written():
    for file in FILES:
        assert File.from_json(file.as_json()) == file


@EACH_SIZE
def test_one_in_ten_registers_two_or_three_times(world):
    times = Counter(Counter(each.who for each in world.truth()).values())
    again = share(0.10, world.people)

    assert sum(times.values()) == world.people
    assert set(times) <= {1, 2, 3}
    assert times[2] + times[3] == again
    assert times[3] == again // 2


@EACH_SIZE
def test_one_entry_in_four_lacks_the_mothers_name(world):
    people = [each for file in world.files() for each in file.people]
    lacking = [each for each in people if all(kin.kind != "mother" for kin in each.kin)]

    assert len(lacking) == share(0.25, len(people))


@EACH_SIZE
@pytest.mark.parametrize(
    ("slip", "rate"),
    [(YEAR_SLIP, 0.12), (LUNAR, 0.10), (YEAR_ONLY, 0.10), (FALSE_NAME, 0.05)],
)
def test_so_many_of_the_repeats_tell_something_otherwise(world, slip, rate):
    truth = list(world.truth())
    repeats = [each for each in truth if each.time]

    assert sum(slip in each.slips for each in repeats) == share(rate, len(repeats))
    assert not any(each.slips for each in truth if not each.time)


def test_a_year_slip_is_one_year_and_the_same_day():
    for each in repeats_with(YEAR_SLIP):
        told, born = entry(each).born[0], BEINGS[each.who].born

        assert told.earliest == told.latest
        assert abs(told.earliest.year - born.year) == 1
        assert told.earliest.replace(year=born.year) == born


def test_who_tells_the_year_only_tells_the_right_one():
    for each in repeats_with(YEAR_ONLY):
        told, born = entry(each).born[0], BEINGS[each.who].born

        assert YEAR_AND_NO_MORE.fullmatch(told.words)
        assert told.earliest.year == told.latest.year == born.year


def test_a_lunar_month_is_the_birthdays_and_half_of_them_do_not_say_so():
    said = []
    for each in repeats_with(LUNAR):
        told, born = entry(each).born[0], BEINGS[each.who].born
        year, month, _ = lunar_day(born)
        said.append(told.reckoning == "lunar")

        assert list(map(int, re.findall(r"\d+", told.words)))[:2] == [year, month]
        assert not said[-1] or told.earliest <= born <= told.latest

    assert sum(said) == (len(said) + 1) // 2


def test_other_repeats_tell_the_whole_day_as_it_was():
    plain = [each for each in TRUTH if each.time and set(each.slips) <= {FALSE_NAME}]

    assert plain
    for each in plain:
        told, born = entry(each).born[0], BEINGS[each.who].born
        assert (told.earliest, told.latest) == (born, born)


def test_what_is_told_first_can_mean_the_true_day():
    for each in TRUTH:
        if not each.time:
            told, born = entry(each).born[0], BEINGS[each.who].born
            assert told.covers(born), told


def test_a_false_name_shares_no_reading_with_any_other_entry_of_the_person():
    told = defaultdict(set)
    for each in TRUTH:
        if FALSE_NAME not in each.slips:
            told[each.who] |= readings(entry(each).names)

    for each in repeats_with(FALSE_NAME):
        assert not readings(entry(each).names) & told[each.who]


@EACH_SIZE
def test_each_kind_of_household_has_its_share(world):
    made = Counter(each.kind.kind for each in world.households)
    shares = {row["kind"]: row["share"] for row in world.data["household"]}

    assert sum(shares.values()) == pytest.approx(1)
    assert sum(each.size for each in world.households) == world.people
    for kind, of_all in shares.items():
        assert abs(made[kind] - of_all * len(world.households)) <= 1.5


def test_names_and_dates_are_told_in_many_scripts_and_reckonings():
    names = [name for each in ENTRIES.values() for name in each.names]
    born = [told for each in ENTRIES.values() for told in each.born]

    scripts = {"Hang", "Hani", "Hans", "Latn", "Arab", "Mymr", "Ethi"}
    assert {name.script for name in names} == scripts
    assert {"ko-KP", "ko-KR", "zh-Latn"} <= {name.language for name in names}
    assert "in_hiding" in {name.kind for name in names}
    assert {told.reckoning for told in born} == {
        "solar",
        "lunar",
        "korean_age",
        "event",
    }


def test_no_one_is_tied_to_a_man_who_claims_her():
    claims = [
        (each, kin)
        for each in ENTRIES.values()
        for kin in each.kin
        if kin.kind == "claimed_as_spouse"
    ]

    assert claims
    for person, kin in claims:
        assert kin.claimed_by
        assert "spouse" not in {each.kind for each in person.kin}


def test_children_of_citizens_have_their_nationality_by_an_article():
    claims = [
        {claim.status: claim for claim in each.nationalities}
        for each in ENTRIES.values()
        if any(claim.status == "acquired_by_law" for claim in each.nationalities)
    ]

    assert all("Article 4" in each["acquired_by_law"].article for each in claims)
    with_hukou = sum("documented" in each for each in claims)
    assert 0 < with_hukou < len(claims)


def test_a_hold_stands_over_everybody_and_nobody_is_contacted():
    for file in FILES:
        for person in file.people:
            assert file.protects(person.id, "PRK")
            assert person.contacts == ()
        assert all(hold.begun <= file.opened for hold in file.holds)


def test_nobody_has_the_name_of_somebody_everybody_knows():
    never = set(naming._data()["never"])
    for being in BEINGS.values():
        for parts in (being.name, being.mother, being.father):
            assert parts.plain not in never


def test_a_name_is_written_in_each_of_its_forms():
    ri = naming._surnames("korean")[1]
    parts = naming.Parts("korean", ri, naming._parts("korean", WOMAN)[9:11])
    draws = Draws(1)

    def words(form):
        return naming.written(parts, form, "used", draws).words

    assert (words("north"), words("south")) == ("리련미", "이연미")
    assert (words("hanja"), words("simplified")) == ("李蓮美", "李莲美")
    assert words("pinyin") == "Li Lianmei"
    spelled = {words("latin") for _ in range(200)}
    assert {"Ri Ryon Mi", "Lee Yeon-mi", "Yeonmi Yi"} <= spelled


def test_the_lunar_day_is_the_one_of_the_calendar():
    """The lunar new year of 1998 was 28 January."""
    assert lunar_day(date(1998, 1, 28)) == (1998, 1, 1)
    assert lunar_day(date(1998, 1, 27))[:2] == (1997, 12)


def test_every_way_to_write_a_day_in_full_is_read_as_that_day():
    for form in FULL:
        told = read(form.format(year=1998, month=3, day=14))
        assert told.earliest == told.latest == date(1998, 3, 14)


def test_men_and_women_are_given_names_of_their_own():
    draws = Draws(5)
    for tradition in ("korean", "chinese", "SYR", "ERI"):
        women = {naming.drawn(tradition, WOMAN, draws).given for _ in range(50)}
        men = {naming.drawn(tradition, MAN, draws).given for _ in range(50)}
        assert len(women) > 2
        assert women != men


def test_a_caseload_of_nobody_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        People(0)

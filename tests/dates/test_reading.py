"""Dates as people tell them, and the days they can mean."""

from datetime import date

import pytest

from asylon.dates import TellError, kept, read, taken_down

ON = date(2026, 6, 1)

READ = {
    # As the format of exchange has it.
    "1998": ("1998-01-01", "1998-12-31"),
    "1998-03": ("1998-03-01", "1998-03-31"),
    "1998-03-14": ("1998-03-14", "1998-03-14"),
    "1998~": ("1997-01-01", "1999-12-31"),
    "1998-03?": ("1998-02-01", "1998-04-30"),
    "1998-03-14~": ("1998-03-13", "1998-03-15"),
    "1998%": ("1996-01-01", "2000-12-31"),
    "199X": ("1990-01-01", "1999-12-31"),
    "19XX": ("1900-01-01", "1999-12-31"),
    "1998-XX": ("1998-01-01", "1998-12-31"),
    "1998-21": ("1998-03-01", "1998-05-31"),
    "1998-24": ("1997-12-01", "1999-02-28"),
    "1997/1999": ("1997-01-01", "1999-12-31"),
    "1997~/1999-03": ("1996-01-01", "1999-03-31"),
    # In figures.
    "1998.3.14": ("1998-03-14", "1998-03-14"),
    "1998. 3. 14.": ("1998-03-14", "1998-03-14"),
    "1998/3": ("1998-03-01", "1998-03-31"),
    "19980314": ("1998-03-14", "1998-03-14"),
    "14/3/1998": ("1998-03-14", "1998-03-14"),
    # In words.
    "1998년 3월 14일": ("1998-03-14", "1998-03-14"),
    "1998년생": ("1998-01-01", "1998-12-31"),
    "1998年3月14日": ("1998-03-14", "1998-03-14"),
    "一九九八年十二月二十三日": ("1998-12-23", "1998-12-23"),
    "14 March 1998": ("1998-03-14", "1998-03-14"),
    "March 14th, 1998": ("1998-03-14", "1998-03-14"),
    "in May 1998": ("1998-05-01", "1998-05-31"),
    "약 1998년": ("1997-01-01", "1999-12-31"),
    "1998년 3월쯤": ("1998-02-01", "1998-04-30"),
    "1998年左右": ("1997-01-01", "1999-12-31"),
    "maybe about 1998": ("1996-01-01", "2000-12-31"),
    "1990년대": ("1990-01-01", "1999-12-31"),
    "1998년 봄": ("1998-02-01", "1998-06-30"),
    "autumn of 1998": ("1998-08-01", "1998-12-31"),
    "1998年冬天": ("1997-11-01", "1999-03-31"),
    "early 1990s": ("1990-01-01", "1995-12-31"),
    "1998년 말": ("1998-07-01", "1999-02-28"),
    "1998年3月底": ("1998-03-15", "1998-03-31"),
    # Within, either, or.
    "between 1997 and 1999": ("1997-01-01", "1999-12-31"),
    "1997~1999": ("1997-01-01", "1999-12-31"),
    "1997-1999": ("1997-01-01", "1999-12-31"),
    "1997년 3월부터 5월까지": ("1997-03-01", "1997-05-31"),
    "1997年至1999年": ("1997-01-01", "1999-12-31"),
    "from March to May 1998": ("1998-03-01", "1998-05-31"),
    "1997년이나 1998년": ("1997-01-01", "1998-12-31"),
    # Eras.
    "juche 87": ("1998-01-01", "1998-12-31"),
    "주체87(1998)년 3월": ("1998-03-01", "1998-03-31"),
    "주체 87(1997)년": ("1997-01-01", "1998-12-31"),
    "主体87年3月": ("1998-03-01", "1998-03-31"),
    "소화 15년": ("1940-01-01", "1940-12-31"),
    # By the moon.
    "음력 1998년 3월": ("1998-03-28", "1998-04-25"),
    "农历一九九八年三月初八": ("1998-04-04", "1998-04-04"),
    "lunar 3rd month 1998": ("1998-03-28", "1998-04-25"),
    "음력 1998년": ("1998-01-28", "1999-02-15"),
    # By age.
    "만 47세": ("1978-06-02", "1979-06-01"),
    "虚岁47岁": ("1980-01-01", "1981-02-04"),
    "마흔일곱 살": ("1978-06-02", "1981-02-04"),
}


@pytest.mark.parametrize("words", READ)
def test_words_are_read_as_the_days_they_mean(words):
    told = read(words, on=ON)

    assert (str(told.earliest), str(told.latest)) == READ[words]
    assert told.words == words


@pytest.mark.parametrize(
    "words", ["before 1999", "1999년 이전", "1999年以前", "../1999"]
)
def test_before_a_year_has_no_first_day_and_includes_the_year(words):
    told = read(words)

    assert told.earliest is None
    assert told.latest == date(1999, 12, 31)


@pytest.mark.parametrize(
    "words", ["after 1997", "1997년 이후", "1997年以后", "1997/.."]
)
def test_after_a_year_has_no_last_day_and_includes_the_year(words):
    told = read(words)

    assert told.earliest == date(1997, 1, 1)
    assert told.latest is None


@pytest.mark.parametrize("words", ["unknown", "모름", "不知道", "../.."])
def test_an_unknown_day_is_a_date_like_others(words):
    told = read(words)

    assert (told.earliest, told.latest) == (None, None)
    assert told.is_read


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("03/04/1998", "day-or-month"),
        ("1998-24", "two-winters"),
        ("1998년 겨울", "two-winters"),
        ("1998년 여름", "season"),
        ("1998년 초", "part-of-time"),
        ("주체 87(1997)년", "two-years"),
        ("1998", ""),
    ],
)
def test_a_note_says_why_both_are_covered(words, note):
    assert read(words).note == note


def test_a_day_and_month_in_either_order_are_both_covered():
    told = read("03/04/1998")

    assert told.covers(date(1998, 3, 4))
    assert told.covers(date(1998, 4, 3))


def test_about_a_lunar_month_is_a_month_wider():
    told = read("음력 1998년 3월경")

    assert told.earliest < date(1998, 3, 1)
    assert told.latest > date(1998, 5, 20)


def test_before_the_lunar_new_year_an_age_gives_two_years_of_birth():
    told = read("47세", reckoning="korean_age", on=date(2026, 1, 15))

    assert {told.earliest.year, told.latest.year} == {1979, 1980}
    assert told.note == "age-by-year"


def test_nobody_is_born_after_telling_an_age():
    assert read("1살", reckoning="korean_age", on=ON).latest == ON


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "dates.not-read"),
        ("when the river froze", "dates.not-read"),
        ("March", "dates.not-read"),
        ("1998 3 14 5", "dates.not-read"),
        ("98년", "dates.short-year"),
        ("'98", "dates.short-year"),
        ("1998-13", "dates.no-month"),
        ("13/13/1998", "dates.no-month"),
        ("1998-02-30", "dates.no-day"),
        ("1998년 2월 30일", "dates.no-day"),
        ("1999/1997", "dates.backwards"),
        ("1999년부터 1997년까지", "dates.backwards"),
        ("만 47세", "dates.age-needs-day"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(words, code):
    with pytest.raises(TellError) as refused:
        read(words)

    assert refused.value.code == code


def test_an_error_does_not_repeat_the_words():
    with pytest.raises(TellError) as refused:
        read("born in Hoeryong, 1998")

    assert "Hoeryong" not in str(refused.value)


def test_words_that_are_not_read_are_kept_and_can_mean_any_day():
    told = kept("when the river froze")

    assert told.words == "when the river froze"
    assert told.covers(date.min)
    assert not told.is_read


def test_an_age_nobody_reaches_is_refused():
    with pytest.raises(TellError) as refused:
        read("300세", on=ON)

    assert refused.value.code == "dates.no-age"


def test_an_age_that_was_taken_down_is_not_read_anew_on_a_later_day():
    told = taken_down("35", reckoning="korean_age", on=date(2016, 5, 1))

    again = taken_down("35", reckoning="korean_age", on=date(2026, 5, 1), before=told)
    other = taken_down("36", reckoning="korean_age", on=date(2026, 5, 1), before=told)

    assert again == told
    assert other != told


@pytest.mark.parametrize(
    "words", ["the year the famine began", "고난의 행군이 시작된 해"]
)
def test_what_is_no_date_is_tried_as_an_event(words):
    assert taken_down(words).edtf == "1994/1996"


def test_words_that_nothing_reads_are_kept():
    told = taken_down("when the river froze")

    assert (told.words, told.is_read) == ("when the river froze", False)

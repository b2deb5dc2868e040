"""Properties of dates as told, on generated ones."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asylon.dates import TellError, Told, as_dict, from_dict, kept, noted, read, said
from asylon.dates.errors import CODES
from asylon.dates.lunar import CALENDARS, lunar_of
from asylon.dates.problems import problem
from asylon.dates.told import NOTES, RECKONINGS
from asylon.languages import LANGUAGES, catalogue

DAYS = st.dates(date(1900, 3, 1), date(2049, 12, 31))
DAY_FORMS = (
    "{y:04}-{m:02}-{d:02}",
    "{y}.{m}.{d}",
    "{y}. {m}. {d}.",
    "{y}/{m}/{d}",
    "{y}년 {m}월 {d}일",
    "{y}年{m}月{d}日",
    "{m}/{d}/{y}",
    "{d}.{m}.{y}",
    "{d} {name} {y}",
    "{name} {d}, {y}",
    "주체{juche}({y})년 {m}월 {d}일",
)
LARGER_FORMS = (
    "{y}",
    "{y}년",
    "{y}年{m}月",
    "{y:04}-{m:02}",
    "{name} {y}",
    "{decade}X",
    "{decade}0년대",
    "the {decade}0s",
    "{y:04}/{y:04}",
    "../{y}",
    "{y}년 {m}월 이후",
)
AROUND = ("{}", "about {}", "{}경", "{}쯤", "大约{}", "아마 {}", "perhaps about {}")
MONTHS = (
    "January February March April May June July August September October November "
    "December"
)
ANY_WORDS = st.one_of(
    st.text(max_size=40),
    st.text("0123456789-/.~?%X 년월일年月日음력윤세春before", max_size=20),
)


def filled(form, day):
    return form.format(
        y=day.year,
        m=day.month,
        d=day.day,
        name=MONTHS.split()[day.month - 1],
        juche=day.year - 1911,
        decade=day.year // 10,
    )


def told_dates():
    forms = st.sampled_from(DAY_FORMS + LARGER_FORMS)
    days = st.dates(date(1912, 3, 1), date(2049, 12, 31))
    return st.builds(lambda form, day: read(filled(form, day)), forms, days)


@given(st.sampled_from(DAY_FORMS), st.sampled_from(AROUND), DAYS)
def test_a_day_in_any_form_is_covered(form, around, day):
    assume(day.year > 1911 or "주체" not in form)

    assert read(around.format(filled(form, day))).covers(day)


@given(st.sampled_from(LARGER_FORMS), st.sampled_from(AROUND), DAYS)
def test_every_day_of_a_larger_time_is_covered(form, around, day):
    assert read(around.format(filled(form, day))).covers(day)


@given(st.sampled_from(CALENDARS), DAYS, st.sampled_from(["", "윤"]))
def test_a_lunar_day_is_covered_in_either_calendar(calendar, day, mark):
    year, month, number = lunar_of(day, calendar)
    assume(month.is_leap or not mark)

    for words in (
        f"음력 {year}년 {mark}{month.number}월 {number}일",
        f"{day.year}년 음력 {mark}{month.number}월 {number}일",
        f"음력 {year}년 {mark}{month.number}월",
        f"음력 {year}년",
    ):
        if str(day.year) == str(year) or f"{day.year}년 음력" not in words:
            assert read(words).covers(day)
        else:
            assert may_cover(words, day)


def may_cover(words, day):
    """Read a lunar day said with its solar year, which the lunar year may not have."""
    try:
        return read(words).covers(day)
    except TellError as refused:
        return refused.code in {"dates.no-lunar-day", "dates.no-leap-month"}


@given(DAYS, st.integers(0, 36500), st.booleans())
def test_whoever_is_so_old_is_covered(born, days, is_full):
    on = born + timedelta(days=days)
    assume(on.year < 2049)
    birthday_is_past = (on.month, on.day) >= (born.month, born.day)
    in_full_years = on.year - born.year - (not birthday_is_past)
    by_year = on.year - born.year + 1
    by_moon = lunar_of(on, "korean")[0] - lunar_of(born, "korean")[0] + 1

    if is_full:
        assert read(f"만 {in_full_years}세", on=on).covers(born)
        return
    for age in (by_year, by_moon):
        assert read(f"{age}세", on=on, reckoning="korean_age").covers(born)
    for age in (in_full_years, by_year, by_moon):
        assert read(f"{age}세", on=on).covers(born)


@given(ANY_WORDS, st.sampled_from(RECKONINGS))
def test_reading_keeps_the_words_or_refuses_them(words, reckoning):
    told, why = kept(words, reckoning), "read"
    try:
        told = read(words, reckoning=reckoning, on=date(2026, 6, 1))
    except TellError as refused:
        why = problem(refused, catalogue())

    assert why
    assert told.words == words
    assert from_dict(as_dict(told)) == told
    for language in LANGUAGES:
        assert said(told, catalogue(language))


@given(told_dates())
def test_a_date_is_the_same_when_written_and_read(told):
    assert from_dict(as_dict(told)) == told


@given(told_dates(), told_dates(), DAYS)
def test_dates_overlap_where_a_day_is_in_both(one, other, day):
    assert one.overlaps(one)
    assert one.overlaps(other) == other.overlaps(one)
    if one.covers(day) and other.covers(day):
        assert one.overlaps(other)


@given(told_dates(), st.sampled_from(("~", "?", "%")))
def test_doubt_only_widens(told, doubt):
    assume("/" not in told.edtf)
    wider = Told(told.words, edtf=told.edtf + doubt)

    assert wider.covers(told.earliest)
    assert wider.covers(told.latest)
    assert wider.earliest < told.earliest


@given(told_dates())
def test_what_is_said_in_any_language_is_read_again(told):
    """A reader who types what the screen shows means the same days, or more."""
    for language in LANGUAGES:
        words = said(told, catalogue(language))
        if told.note or told.earliest is None or told.latest is None:
            continue
        again = read(words)

        assert again.covers(told.earliest)
        assert again.covers(told.latest)


def test_dates_apart_do_not_overlap():
    assert not read("1998").overlaps(read("1999년 이후"))
    assert read("1998~").overlaps(read("1999년 이후"))


@pytest.mark.parametrize(
    "data",
    [
        {"words": "1998", "calendar": "solar"},
        {"words": 1998},
        {"edtf": "1998"},
        {"words": "1998", "edtf": "sometime"},
        {"words": "1998", "reckoning": "martian"},
        {"words": "1998", "note": "who knows"},
    ],
)
def test_data_that_is_no_date_is_refused(data):
    with pytest.raises(TellError) as refused:
        from_dict(data)

    assert refused.value.code in CODES


SAID = {
    ("약 1998년", "solar"): ("about 1998", "1998년경", "大约1998年"),
    ("1998-21", "solar"): ("spring 1998", "1998년 봄", "1998年春"),
    ("1997~1999", "solar"): (
        "between 1997 and 1999",
        "1997년부터 1999년 사이",
        "1997年至1999年之间",
    ),
    ("1998년 3월", "lunar"): (
        "lunar 3rd month 1998 (in the solar calendar: 28 March 1998 to 25 April 1998)",
        "음력 1998년 3월(양력: 1998년 3월 28일~1998년 4월 25일)",
        "农历1998年三月（公历：1998年3月28日至1998年4月25日）",  # noqa: RUF001
    ),
    ("the famine began", "event"): (
        "the beginning of the famine in North Korea (between 1994 and 1996)",
        "고난의 행군이 시작된 때(1994년부터 1996년 사이)",
        "朝鲜饥荒开始的时候（1994年至1996年之间）",  # noqa: RUF001
    ),
}


@pytest.mark.parametrize(("words", "reckoning"), SAID)
def test_a_date_is_said_in_each_language(words, reckoning):
    told = read(words, reckoning=reckoning)

    heard = tuple(said(told, catalogue(language)) for language in LANGUAGES)

    assert heard == SAID[words, reckoning]


def test_every_code_of_an_error_has_a_section():
    page = Path(__file__).parents[2] / "docs" / "reference" / "errors.md"
    text = page.read_text(encoding="utf-8")

    assert [code for code in CODES if f"### {code}\n" not in text] == []


def test_every_note_and_every_error_has_words():
    told = Told("1998", note=" ".join(NOTES))
    about = dict.fromkeys(
        [
            "month",
            "day",
            "year",
            "leap",
            "first",
            "last",
            "most",
            "near",
            "known",
            "key",
        ],
        "1",
    )

    assert len(set(noted(told, catalogue()))) == len(NOTES)
    assert len({problem(TellError(code, **about), catalogue()) for code in CODES}) == (
        len(CODES)
    )

import pytest

from asylon.security.drawing import draw_secret
from asylon.security.errors import TokenError
from asylon.security.indexes import token, years

KEY = draw_secret()


def test_the_same_name_and_year_have_the_same_token():
    assert token(KEY, "kimyongsu", 1998) == token(KEY, "kimyongsu", 1998)
    assert len(token(KEY, "kimyongsu", 1998)) == 32


@pytest.mark.parametrize(
    ("key", "reading", "year"),
    [
        (draw_secret(), "kimyongsu", 1998),
        (KEY, "kimyongsun", 1998),
        (KEY, "kimyongsu", 1999),
    ],
)
def test_another_key_name_or_year_has_another_token(key, reading, year):
    assert token(key, reading, year) != token(KEY, "kimyongsu", 1998)


@pytest.mark.parametrize("reading", ["", "  "])
def test_a_year_alone_has_no_token(reading):
    with pytest.raises(TokenError, match="reading"):
        token(KEY, reading, 1998)


@pytest.mark.parametrize("year", [0, 98, -1998, 12_000])
def test_a_name_alone_has_no_token(year):
    with pytest.raises(TokenError, match="year of birth"):
        token(KEY, "kimyongsu", year)


def test_a_slip_of_a_year_is_found_by_looking_around():
    stored = token(KEY, "kimyongsu", 1999)

    assert stored in {token(KEY, "kimyongsu", year) for year in years(1998)}

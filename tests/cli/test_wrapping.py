"""Lines break where their language breaks them, and no sign is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from asylon.cli.wrapping import Prose

NARROWEST = 2
"""The width of the widest sign."""
SIGNS = st.text(alphabet="ab12 가나公约第条（）《》，。；", max_size=40)  # noqa: RUF001


def lines(text, width):
    return [row.plain for row in Prose(text).wrap(Console(), width)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the ban has no end", ["the ban", "has no", "end"]),
        ("난민은 송환 금지", ["난민은", "송환", "금지"]),
        ("任何人不得送回。", ["任何人不", "得送回。"]),
        ("依照公约（摘录）", ["依照公约", "（摘录）"]),  # noqa: RUF001
        ("根据公约第33条", ["根据公约", "第33条"]),
        ("无一例外；完", ["无一例", "外；完"]),  # noqa: RUF001
    ],
)
def test_a_line_breaks_where_its_language_breaks_it(text, told):
    assert lines(text, 8) == told


def test_a_word_wider_than_the_line_goes_on_in_the_next():
    assert lines("csr51/article-33", 8) == ["csr51/ar", "ticle-33"]


@given(SIGNS, st.integers(NARROWEST, 20))
def test_no_sign_is_lost_and_no_line_is_too_wide(text, width):
    rows = lines(text, width)

    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(cell_len(row) <= width for row in rows)

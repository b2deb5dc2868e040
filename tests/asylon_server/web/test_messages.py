"""What the pages say is said in every language, and compiled as it was translated."""

from __future__ import annotations

import pytest

from docs import pages

LANGUAGES = pytest.mark.parametrize("language", pages.TRANSLATED)


@LANGUAGES
def test_nothing_is_left_in_english(language):
    made = pages.brought_up(language)

    left = [each.id for each in made if each.id and not each.string]

    assert left == []


@LANGUAGES
def test_the_catalogue_is_the_one_that_the_pages_need(language):
    made = pages.brought_up(language)

    assert pages.path(language).read_bytes() == pages.text(made)
    assert pages.path(language).with_suffix(".mo").read_bytes() == pages.compiled(made)

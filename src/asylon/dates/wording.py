"""The words of dates, folded and found."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DIGITS = {mark: str(value) for value, mark in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": "0", "○": "0", "两": "2", "兩": "2"}  # noqa: RUF001  a numeral
_TENS = ["열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
_ONES = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
_ONES_ALONE = ["하나", "둘", "셋", "넷"]
_DASHES = str.maketrans("–—−〜∼", "---~~")  # noqa: RUF001  dashes that people type
_NAMED_MONTHS = {
    "正月": "1月",
    "冬月": "11月",
    "腊月": "12月",
    "臘月": "12月",
    "정월": "1월",
    "동짓달": "11월",
    "섣달": "12월",
    "보름": "15일",
    "그믐": "",
    "廿": "二十",
    "卅": "三十",
}


def folded(words: str) -> str:
    """Fold forms that mean the same, and make numerals digits.

    >>> folded("一九九八年腊月廿三"), folded("March 14th,  1998")
    ('1998年12月23', '3/ 14 1998')
    """
    text = unicodedata.normalize("NFKC", words).casefold().translate(_DASHES)
    for name, number in _NAMED_MONTHS.items():
        text = text.replace(name, number)
    text = _native_age(_chinese_numbers(text))
    for place, name in enumerate(_MONTHS, start=1):
        short = "sept?" if name.startswith("sep") else name[:3]
        text = re.sub(rf"(?<![a-z])(?:{name}|{short}\.?)(?![a-z])", f"{place}/", text)
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text)
    return " ".join(text.replace(",", " ").split())


def _chinese_numbers(text: str) -> str:
    text = re.sub(r"初(?=[一二三四五六七八九十]|\d)", "", text)

    def tens(found: re.Match[str]) -> str:
        first, last = found.groups()
        return f"{_DIGITS.get(first, '1')}{_DIGITS.get(last, '0')}"

    text = re.sub(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)", tens, text)
    return "".join(_DIGITS.get(mark, mark) for mark in text)


def _native_age(text: str) -> str:
    """Make an age in Korean words a number."""

    def number(found: re.Match[str]) -> str:
        ten, one = found["ten"], found["one"]
        tens = _TENS.index(ten.replace("스무", "스물")) + 1 if ten else 0
        ones = 0
        if one:
            names = _ONES_ALONE if one in _ONES_ALONE else _ONES
            ones = names.index(one) + 1
        return f"{tens * 10 + ones}살" if ten or one else found[0]

    ten, one = "|".join([*_TENS, "스무"]), "|".join([*_ONES_ALONE, *_ONES])
    return re.sub(rf"(?P<ten>{ten})?\s*(?P<one>{one})?\s*살", number, text)


@cache
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """Give the words by what they do, longest first."""
    text = (files(__package__) / "words.toml").read_text(encoding="utf-8")
    return {
        name: tuple(sorted(words, key=len, reverse=True))
        for name, words in tomllib.loads(text).items()
    }


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    found = []
    for word in vocabulary()[kind]:
        edge = r"\b" if word.isascii() and word[0].isalpha() else ""
        end = edge if word[-1].isalnum() else ""
        found.append(f"{edge}{re.escape(word)}{end}")
    return re.compile("|".join(found))


def taken(kind: str, text: str) -> tuple[bool, str]:
    """Take words of a kind out of a text, and say whether there were any.

    >>> taken("about", "약 1998년")
    (True, '1998년')
    """
    left = " ".join(_pattern(kind).sub(" ", text).split())
    return left != text, left


def is_only(kind: str, text: str) -> bool:
    """Whether a text is one word of a kind and nothing else."""
    return text.rstrip(".") in vocabulary()[kind]


def place_of(kind: str, text: str) -> int:
    """Give where the first word of a kind begins; -1 where there is none."""
    found = _pattern(kind).search(text)
    return found.start() if found else -1

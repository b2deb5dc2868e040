"""The catalogue of one language: messages, texts of law, days, numbers and lists.

How a language writes a day or a list is a message like any other, so that nothing here
asks which language it is.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from asylon.languages.names import territory, words

LANGUAGES = ("en", "ko", "zh")
"""English first: it is the language of the messages themselves."""


class _Nothing(gettext.NullTranslations):
    """Says nothing, where gettext would fall back to the English."""

    def pgettext(self, context: str, message: str) -> str:
        return ""


class Catalogue:
    """The messages of one language, and the texts of law in it."""

    def __init__(
        self,
        language: str,
        translations: gettext.NullTranslations,
        law: gettext.NullTranslations | None = None,
    ) -> None:
        """Take a language code and gettext's translations of messages and law."""
        self.language = language
        self._translations = translations
        self._law = law or gettext.NullTranslations()
        self._law.add_fallback(_Nothing())

    def say(self, context: str, message: str, /, **values: object) -> str:
        """Give a message with its values filled in."""
        return self._translations.pgettext(context, message).format(**values)

    def say_many(
        self, context: str, one: str, many: str, count: int, /, **values: object
    ) -> str:
        """Give a message that turns on how many there are, which it tells as {count}."""
        found = self._translations.npgettext(context, one, many, count)
        return found.format(count=self.number(count), **values)

    def word(self, context: str, name: str) -> str:
        """Give a name that data hold in plain English, such as that of a kind of need.

        The template takes such names from the data, where `say` is found in the code.
        """
        return self._translations.pgettext(context, name)

    def law(self, context: str, text: str) -> str:
        """Give a text of the law book, line by line; English where there is no other."""
        lines = text.split("\n")
        return "\n".join(self._law.pgettext(context, line) or line for line in lines)

    def is_translated(self, context: str, text: str) -> bool:
        """Whether every line of a text of the law book has a translation."""
        lines = filter(None, text.split("\n"))
        return all(self._law.pgettext(context, line) for line in lines)

    def named(self, context: str, identifier: str) -> str:
        """Give an identifier of the law book in words."""
        return self.law(context, words(identifier))

    def place(self, code: str) -> str:
        """Name a state or territory; what is no code of one stays as it is."""
        return territory(code, self.language)

    def day(self, day: date) -> str:
        """Write a day.

        >>> catalogue().day(date(2026, 6, 30))
        '30 June 2026'
        """
        month = self.month(day.month)
        return self.say(
            "how a day is written",
            "{day} {month} {year}",
            day=day.day,
            month=month,
            year=day.year,
        )

    def month(self, number: int) -> str:
        """Name a month by its number, from 1.

        >>> catalogue().month(3)
        'March'
        """
        return self._months()[number - 1]

    def number(self, number: int) -> str:
        """Write a whole number.

        >>> catalogue().number(12345)
        '12,345'
        """
        mark = self.say("what stands between thousands", ",")
        return f"{number:,}".replace(",", mark)

    def percent(self, share: float) -> str:
        """Write a share as a percentage, without a fraction.

        >>> catalogue().percent(0.125)
        '12%'
        """
        number = self.number(round(share * 100))
        return self.say("how a percentage is written", "{number}%", number=number)

    def names(self, names: Sequence[str]) -> str:
        """List names, all of which count.

        >>> catalogue().names(["A", "B", "C"])
        'A, B and C'
        """
        if len(names) < 2:  # noqa: PLR2004  two are joined, one is not
            return self.listed(names)
        return self.say(
            "the end of a list of names",
            "{names} and {last}",
            names=self.listed(names[:-1]),
            last=names[-1],
        )

    def listed(self, names: Sequence[str]) -> str:
        """Write the beginning of a list of names.

        >>> catalogue().listed(["A", "B", "C"])
        'A, B, C'
        """
        listed = "".join(names[:1])
        for name in names[1:]:
            listed = self.say(
                "a list of names", "{names}, {next}", names=listed, next=name
            )
        return listed

    def _months(self) -> tuple[str, ...]:
        say = self.say
        return (
            say("month", "January"),
            say("month", "February"),
            say("month", "March"),
            say("month", "April"),
            say("month", "May"),
            say("month", "June"),
            say("month", "July"),
            say("month", "August"),
            say("month", "September"),
            say("month", "October"),
            say("month", "November"),
            say("month", "December"),
        )


@cache
def catalogue(language: str = "en") -> Catalogue:
    """Open the catalogue of a language; English needs none.

    Raises:
        LookupError: there is no catalogue for the language.
    """
    if language == LANGUAGES[0]:
        nothing = gettext.NullTranslations()
        return Catalogue(language, nothing, _English())
    if language not in LANGUAGES:
        there = ", ".join(LANGUAGES)
        message = f"there is no catalogue for `{language}`; there is {there}"
        raise LookupError(message)
    return Catalogue(language, _opened(language), _opened(f"law.{language}"))


class _English(gettext.NullTranslations):
    """The law book is written in English: every text of it is there."""

    def pgettext(self, context: str, message: str) -> str:
        return message


def _opened(name: str) -> gettext.GNUTranslations:
    with (files(__package__) / f"{name}.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)

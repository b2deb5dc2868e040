"""What has to be known about the settings that apply, and about a day without law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from asylon.languages import Catalogue
from asylon.law import Notice, NotInForceError
from asylon.law.choosing import (
    BESIDE,
    BY_LODGING,
    NO_SET,
    NOT_MODELLED,
    OTHER_NAME,
    PLAIN_READING,
)


class Herald:
    """Puts notices into words of one language."""

    def __init__(self, language: Catalogue) -> None:
        """Take the language."""
        self.words, self.say = language, language.say

    def notice(self, notice: Notice) -> str:
        """Tell one notice in full."""
        return {
            PLAIN_READING: self._plain_reading,
            BY_LODGING: self._by_lodging,
            NO_SET: self._no_set,
            NOT_MODELLED: self._not_modelled,
            OTHER_NAME: self._other_name,
            BESIDE: self._other_name,
        }[notice.code](notice)

    def _plain_reading(self, notice: Notice) -> str:
        return self.say(
            "notice",
            "On {day} the set `{set}` says nothing yet on {points}: the Convention's "
            "plain reading applies.",
            day=self._day(notice.on),
            set=notice.set,
            points=self.words.names(
                [
                    self.say(
                        "a parameter and the first day of its setting",
                        "`{parameter}` (from {day})",
                        parameter=name,
                        day=self.words.day(first),
                    )
                    for name, first in notice.points
                ]
            ),
        )

    def _by_lodging(self, notice: Notice) -> str:
        return self.say(
            "notice",
            "In the set `{set}` the day on which the claim was made governs "
            "{parameters}; the file does not say that day, and {day} was taken.",
            set=notice.set,
            parameters=self.words.names([f"`{name}`" for name, _ in notice.points]),
            day=self._day(notice.on),
        )

    def _no_set(self, notice: Notice) -> str:
        return self.say(
            "notice",
            "The law book has no set for {country} yet: the settings of `{set}` stand in.",
            country=self.words.place(notice.subject),
            set=notice.set,
        )

    def _not_modelled(self, notice: Notice) -> str:
        if notice.nearest:
            return self.say(
                "notice",
                "The law book does not model `{subject}`, and it is ignored. The "
                "nearest it has is `{nearest}`.",
                subject=notice.subject,
                nearest=notice.nearest,
            )
        return self.say(
            "notice",
            "The law book does not model `{subject}`, and it is ignored.",
            subject=notice.subject,
        )

    def _other_name(self, notice: Notice) -> str:
        other = notice.other_name
        told = {
            "stated": notice.subject,
            "because": self.words.law("other name", other.because) if other else "",
            "source": other.source.cite if other else "",
        }
        if other and other.means:
            return self.say(
                "notice",
                "The law book has the file's `{stated}` as `{meaning}`. {because} "
                "Source: {source}.",
                meaning=other.meaning,
                **told,
            )
        return self.say(
            "notice",
            "The definition does not turn on the file's `{stated}`. {because} Source: "
            "{source}.",
            **told,
        )

    def _day(self, day: date | None) -> str:
        return self.words.day(day) if day else ""

    def of_many(self, told: Iterable[tuple[str, Notice]]) -> Iterable[str]:
        """Tell the notices of several claims by kind: what, and about which claims.

        Args:
            told: each notice with the id of its claim.
        """
        claims: dict[str, dict[str, list[str]]] = {}
        for id_, notice in told:
            about = claims.setdefault(notice.code, {})
            about.setdefault(self._subject(notice), []).append(id_)
        for code, by_subject in claims.items():
            count = len({each for ids in by_subject.values() for each in ids})
            yield self.words.say_many(
                "a notice about several claims",
                "{count} claim: {notice}",
                "{count} claims: {notice}",
                count,
                notice=self._general(code, by_subject),
            )

    def _subject(self, notice: Notice) -> str:
        if notice.code == NO_SET:
            return self.words.place(notice.subject)
        if notice.code == OTHER_NAME and notice.other_name:
            return self.say(
                "a setting of a file, and what the law book has for it",
                "{stated} as {meaning}",
                stated=notice.subject,
                meaning=notice.other_name.meaning,
            )
        return notice.subject

    def _general(self, code: str, claims: Mapping[str, Sequence[str]]) -> str:
        listed = [
            self.say(
                "what a notice is about, and which claims",
                "{subject} ({claims})",
                subject=subject,
                claims=self.words.names(ids),
            )
            for subject, ids in claims.items()
        ]
        subjects = self.words.names(listed)
        messages = {
            PLAIN_READING: self.say(
                "notice",
                "The set says nothing yet on some points on that day, and the "
                "Convention's plain reading applies; `asylon explain` names the points.",
            ),
            BY_LODGING: self.say(
                "notice",
                "The day on which the claim was made governs some settings, and the "
                "file does not say it; the day of the decision was taken.",
            ),
            NO_SET: self.say(
                "notice",
                "The law book has no set for it yet, and the mandate's stands in: "
                "{subjects}.",
                subjects=subjects,
            ),
            NOT_MODELLED: self.say(
                "notice",
                "The law book does not model some settings, and ignores them: "
                "{subjects}.",
                subjects=subjects,
            ),
            OTHER_NAME: self.say(
                "notice",
                "The law book has some settings under another name; `asylon explain` "
                "gives the reasons: {subjects}.",
                subjects=subjects,
            ),
            BESIDE: self.say(
                "notice",
                "The definition does not turn on some points that the file states; "
                "`asylon explain` gives the reasons: {subjects}.",
                subjects=subjects,
            ),
        }
        return messages[code]


def problem(error: Exception, words: Catalogue) -> str:
    """Tell what is wrong with what was asked, in the reader's language.

    What is wrong with a document is told in English: it is for those who write law.
    """
    if not isinstance(error, NotInForceError):
        return str(error)
    on, first = words.day(error.on), words.day(error.first)
    if not error.citation:
        return words.say(
            "problem",
            "Nothing is in force on {day}: the first text of the law book has governed "
            "since {first}. Ask about a later day.",
            day=on,
            first=first,
        )
    citation = words.law("citation", error.citation)
    if error.last:
        return words.say(
            "problem",
            "{citation} has no text in force on {day}; its first day is {first} and "
            "its last was {last}. Ask about another day, or add the text.",
            citation=citation,
            day=on,
            first=first,
            last=words.day(error.last),
        )
    return words.say(
        "problem",
        "{citation} has no text in force on {day}; its first day is {first}. Ask about "
        "another day, or add the text.",
        citation=citation,
        day=on,
        first=first,
    )

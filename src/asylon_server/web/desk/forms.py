"""Forms of registration: little is required, and all of it stays as it was told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.dates import TellError, problem, read
from asylon_server.store.cases.finding import MOST_YEARS
from asylon_server.web.common.edge import words
from asylon_server.web.desk.fields import (
    choice,
    reckonings,
    scripts,
    states,
    text,
    words_of,
)


class SearchForm(forms.Form):
    """Who somebody is, so far as a search needs it."""

    name = text(
        _("Name"),
        _("As it is said or written, in any letters."),
        error_messages={"required": _("Enter a name to search by.")},
    )
    born = text(
        _("Born"),
        _("A year or a date, as told: 1998, about 1998, 1998년 3월, 음력 1998년."),
        error_messages={
            "required": _("Enter a year of birth, an estimate, or “unknown”.")
        },
    )

    def clean_born(self) -> str:
        """Refuse what cannot be read: nobody is found by it."""
        born: str = self.cleaned_data["born"]
        try:
            told = read(born, on=self.initial.get("on"))
        except TellError as error:
            raise forms.ValidationError(problem(error, words())) from None
        if told.earliest and told.latest:
            span = told.latest.year - told.earliest.year + 1
            if span > MOST_YEARS:
                raise forms.ValidationError(too_many_years(span))
        return born


def too_many_years(count: int) -> str:
    """Say that a search is over too many years."""
    told = {"count": count, "most": MOST_YEARS}
    return (
        _(
            "These are %(count)s years, and one search looks through %(most)s at most. Ask for an estimate, such as 1985-1990, or enter “unknown”."
        )
        % told
    )


class PersonForm(forms.Form):
    """One of a family."""

    name = text(
        _("Name"),
        _("As the person says or writes it."),
        required=False,
    )
    kind = choice(_("Kind of name"), words_of("name", empty=False), initial="used")
    script = choice(_("Letters"), scripts)
    language = text(_("Language of the name"), languages=True, required=False)
    other_name = text(
        _("Another name"),
        _("Such as on papers, or in other letters."),
        required=False,
    )
    other_kind = choice(
        _("Kind of the other name"), words_of("name", empty=False), initial="official"
    )
    born = text(
        _("Born"),
        _("As told: 1998, about 1998, 1998년 3월, spring 1998."),
        required=False,
    )
    reckoning = choice(_("How the date is counted"), reckonings, initial="solar")
    sex = choice(_("Sex, as the person says"), words_of("sex"))
    feared = choice(_("State the person fears to be sent to"), states)
    first_language = text(_("First language"), languages=True, required=False)
    dialect = text(_("Dialect"), _("The place it sounds of."), required=False)
    other_language = text(_("Another language"), languages=True, required=False)
    kin = choice(
        _("What the first person is to this one"),
        words_of("kinship"),
        _("For a child of the first person: mother or father."),
    )

    def __init__(self, *args: Any, is_first: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.use_required_attribute = False
        self.is_first = is_first
        if is_first:
            del self.fields["kin"]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of the first person, by whom the case is found again."""
        told = super().clean() or {}
        if self.is_first and not told.get("name"):
            self.add_error("name", _("Enter a name for the first person."))
        if not told.get("name") and told.get("other_name"):
            self.add_error(
                "name", _("Enter the other name here if it is the only one.")
            )
        return told

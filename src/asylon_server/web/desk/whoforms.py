"""Forms of who somebody is: names, births, the sex."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from asylon.dates import SOLAR, Told
from asylon.identity import Name
from asylon_server.web.desk.family import script_of
from asylon_server.web.desk.fields import (
    choice,
    language_code,
    language_name,
    reckonings,
    scripts,
    text,
    words_of,
)
from asylon_server.web.desk.partforms import (
    DATE_HINT,
    PartForm,
    PeriodForm,
    since,
    told_period,
    until,
)


class NameForm(PeriodForm):
    """A name as told or written."""

    groups = (
        ("", ("words", "kind", "script", "language", "told_by")),
        (_("Where it was used for a time, or in hiding"), ("since", "until", "note")),
    )
    words = text(
        _("Name"),
        _("As the person says or writes it, in any letters."),
        error_messages={"required": _("Enter the name, as it is said or written.")},
    )
    kind = choice(
        _("Kind of name"), words_of("name", empty=False), initial="used", required=True
    )
    script = choice(_("Letters"), scripts)
    language = text(_("Language of the name"), languages=True, required=False)
    told_by = text(
        _("Who gave this name"), _("Only where it was not the person."), required=False
    )
    since = since()
    until = until()
    note = text(
        _("Why it was used"),
        _("For a name used in hiding: from whom, and whether it may be spoken aloud."),
        required=False,
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the letters that stand, whichever they are."""
        super().__init__(*args, **named)
        old: Name | None = self.scene.old
        if old:
            self.offer("script", old.script, old.script)

    @classmethod
    def typed(cls, thing: Name) -> dict[str, Any]:
        """Say what would have been typed for a name."""
        return {
            "words": thing.words,
            "kind": thing.kind,
            "script": thing.script,
            "language": language_name(thing.language),
            "told_by": thing.told_by,
            "note": thing.note,
            **told_period(thing.period),
        }

    def thing(self) -> Name:
        """Make the name."""
        told = self.cleaned_data
        return Name(
            told["words"],
            told["script"] or script_of(told["words"]),
            language_code(told["language"]),
            told["kind"],
            told["told_by"],
            self.period(),
            told["note"],
        )


class BirthForm(PartForm):
    """A birth, as told this time."""

    dates = ("born",)
    born = text(
        _("Born"),
        DATE_HINT,
        error_messages={
            "required": _("Enter when, as it was told; “unknown” can be said as well.")
        },
    )
    reckoning = choice(_("How the date is counted"), reckonings, initial=SOLAR)

    @classmethod
    def typed(cls, thing: Told) -> dict[str, Any]:
        """Say what would have been typed for a birth."""
        return {"born": thing.words, "reckoning": thing.reckoning}

    def before(self, _name: str) -> Told | None:
        """Give the birth that stood there."""
        old: Told | None = self.scene.old
        return old

    def thing(self) -> Told | None:
        """Read the birth."""
        return self.when("born", self.cleaned_data["reckoning"] or SOLAR)


class SexForm(PartForm):
    """The sex, as the person says."""

    sex = choice(
        _("Sex, as the person says"),
        words_of("sex"),
        required=True,
        error_messages={"required": _("Choose what the person says, or go back.")},
    )

    @classmethod
    def typed(cls, thing: str) -> dict[str, Any]:
        """Say what would have been chosen."""
        return {"sex": thing}

    def thing(self) -> str:
        """Give the word."""
        told: str = self.cleaned_data["sex"]
        return told

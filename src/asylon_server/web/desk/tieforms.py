"""Forms of how somebody is tied to others: languages, relatives, another person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from asylon.casework import Person, Speech
from asylon.dates import SOLAR
from asylon.identity import Kinship, Name
from asylon_server.web.desk import showing
from asylon_server.web.desk.family import script_of
from asylon_server.web.desk.fields import (
    choice,
    language_code,
    language_name,
    reckonings,
    text,
    tick,
    words_of,
)
from asylon_server.web.desk.partforms import (
    DATE_HINT,
    PartForm,
    PeriodForm,
    Scene,
    since,
    told_period,
    until,
)


class SpeechForm(PartForm):
    """A language that the person speaks, and who interprets it."""

    language = text(
        _("Language"),
        _("By its own name, or as it is called."),
        languages=True,
        required=False,
    )
    dialect = text(_("Dialect"), _("The place it sounds of."), required=False)
    is_first = tick(_("It is the first language of the person."))
    interpreter = text(
        _("Who interprets"),
        _(
            "A name or a number of your office. No relative, and nobody whom the person does not want."
        ),
        required=False,
    )
    note = text(
        _("Note"),
        _("Such as whom the person does not want as an interpreter."),
        required=False,
        max_length=1000,
        rows=3,
    )

    @classmethod
    def typed(cls, thing: Speech) -> dict[str, Any]:
        """Say what would have been typed for a language."""
        kept = {name: getattr(thing, name) for name in cls.base_fields}
        return kept | {"language": language_name(thing.language)}

    def thing(self) -> Speech:
        """Make the language."""
        told = self.cleaned_data
        return Speech(**{**told, "language": language_code(told["language"])})


def others(scene: Scene) -> list[tuple[str, str]]:
    """Offer the people of the case, but for the person."""
    file = scene.file
    return [
        ("", str(_("Nobody of this case"))),
        *(
            (p.id, showing.titled(file, p))
            for p in file.people
            if p.id != scene.person.id
        ),
    ]


class KinForm(PeriodForm):
    """Who somebody is to the person."""

    groups = (
        ("", ("kind", "other", "name", "claimed_by")),
        (_("When this was"), ("since", "until", "note")),
    )
    kind = choice(
        _("What the other is to this person"),
        words_of("kinship"),
        required=True,
    )
    other = choice(_("Who it is"), list)
    name = text(
        _("Name"), _("Only of somebody who is not on this case."), required=False
    )
    claimed_by = text(
        _("Who says so"), _("Only where it is not the person."), required=False
    )
    since = since()
    until = until()
    note = text(_("Note"), required=False, max_length=1000, rows=3)

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the people of the case."""
        super().__init__(*args, **named)
        field = self.fields["other"]
        field.choices = others(self.scene)  # type: ignore[attr-defined]  # a choice

    @classmethod
    def typed(cls, thing: Kinship) -> dict[str, Any]:
        """Say what would have been typed for a relative."""
        kept = {name: getattr(thing, name, "") for name in cls.base_fields}
        name = thing.names[0].words if thing.names else ""
        return kept | {"name": name, **told_period(thing.period)}

    def thing(self) -> Kinship:
        """Make the tie."""
        told = self.cleaned_data
        return Kinship(
            told["kind"],
            told["other"],
            self._names(),
            told["claimed_by"],
            self.period(),
            told["note"],
        )

    def _names(self) -> tuple[Name, ...]:
        """Give the names; one that stands as it was keeps all that was told of it."""
        old: Kinship | None = self.scene.old
        first, *more = old.names if old and old.names else (None,)
        told = self.cleaned_data["name"]
        rest = tuple(each for each in more if each)
        if first and told == first.words:
            return (first, *rest)
        return (Name(told, script_of(told)), *rest) if told else rest


class AnotherForm(PartForm):
    """Another person of the family, who is told of later."""

    dates = ("born",)
    name = text(
        _("Name"),
        _("As the person says or writes it. A child without one can be added as well."),
        required=False,
    )
    kind = choice(_("Kind of name"), words_of("name", empty=False), initial="used")
    born = text(_("Born"), DATE_HINT, required=False)
    reckoning = choice(_("How the date is counted"), reckonings, initial=SOLAR)
    kin = choice(_("What the other is to this person"), words_of("kinship"))
    other = choice(
        _("Who it is"),
        list,
        _("For a child of somebody on the case: mother or father, and who that is."),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the people of the case."""
        super().__init__(*args, **named)
        field = self.fields["other"]
        field.choices = others(self.scene)  # type: ignore[attr-defined]  # a choice

    def thing(self) -> Person:
        """Make the person."""
        told = self.cleaned_data
        name, kin = told["name"], told["kin"]
        born = self.when("born", told["reckoning"] or SOLAR)
        return Person(
            self.scene.person.id,
            names=(Name(name, script_of(name), "", told["kind"] or "used"),)
            if name
            else (),
            born=(born,) if born else (),
            kin=(Kinship(kin, other=told["other"]),) if kin else (),
        )

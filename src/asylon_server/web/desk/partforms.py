"""What the forms of all parts share: each makes one thing of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon import casework
from asylon.casework import File, Person
from asylon.dates import SOLAR, TellError, Told, problem, read, taken_down
from asylon.identity import Period, RecordError
from asylon_server.web.common.edge import words
from asylon_server.web.desk.fields import text

DATE_HINT = _(
    "As told: 1998, about 1998, spring 1998, 1998년 3월, 음력 1998년 3월, 35 years old, "
    "the year the famine began."
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where something is told: of whom, among whom, and on which day.

    Attributes:
        file: The file, as far as it is reached.
        person: Of whom it is told.
        on: The day.
        old: What stood there, where something is changed.
    """

    file: File
    person: Person
    on: date
    old: Any = None


class PartForm(forms.Form):
    """A form for one thing that is told of somebody.

    Attributes:
        dates: The fields that hold dates as told; what they can mean is read back.
        groups: The fields in groups, each under its legend.
        places: Which field a key of the record is asked by, where it is called otherwise.
    """

    dates: ClassVar[tuple[str, ...]] = ()
    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    places: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self, data: Mapping[str, Any] | None, scene: Scene, **named: Any
    ) -> None:
        """Take what was typed, and where it is told."""
        self.scene = scene
        super().__init__(data, **named)
        self.use_required_attribute = False

    def offer(self, name: str, word: str, called: str) -> None:
        """Offer what stands as well, where it is none of what can be chosen."""
        field: Any = self.fields[name]
        known = list(field.choices)
        if word and word not in dict(known):
            field.choices = [*known, (word, called)]

    @classmethod
    def typed(cls, _thing: Any) -> dict[str, Any]:
        """Say what would have been typed for a thing that stands."""
        raise NotImplementedError

    def thing(self) -> Any:
        """Make the thing, once the form is valid."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Ask the record whether it can be said so."""
        told = super().clean() or {}
        if not self.errors:
            try:
                self.thing()
            except RecordError as error:
                self.refuse(error)
        return told

    def refuse(self, error: RecordError) -> None:
        """Say what the record cannot hold, beside the field that says it."""
        name = error.where.rpartition(".")[2]
        field = self.places.get(name, name)
        found = field if field in self.fields else next(iter(self.fields))
        self.add_error(found, casework.problem(error, words()))

    def before(self, _name: str) -> Told | None:
        """Give the date that stood in a field."""
        return None

    def when(self, name: str, reckoning: str = "") -> Told | None:
        """Read the date of a field; words that cannot be read are kept."""
        told: str = self.cleaned_data[name]
        if not told:
            return None
        before = self.before(name)
        same = before if before is not None and before.words == told else None
        way = reckoning or (same.reckoning if same else SOLAR)
        return taken_down(told, reckoning=way, on=self.scene.on, before=before)

    def period(self) -> Period:
        """Read from when to when."""
        return Period(self.when("since"), self.when("until"))

    def doubts(self) -> list[str]:
        """Say of each date that was not read why it was not."""
        told = [(name, self.cleaned_data[name]) for name in self.dates]
        way = self.cleaned_data.get("reckoning") or SOLAR
        return [
            said for name, each in told if each and (said := self._doubt(each, way))
        ]

    def _doubt(self, told: str, way: str) -> str:
        try:
            read(told, reckoning=way, on=self.scene.on)
        except TellError as error:
            return problem(error, words())
        return ""

    @property
    def reads_back(self) -> bool:
        """Whether dates were typed, whose meaning is shown before they are kept."""
        return any(self.cleaned_data.get(name) for name in self.dates)

    @property
    def fieldsets(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Give the fields in their groups."""
        if not self.groups:
            return [("", list(self))]
        return [
            (legend, [self[each] for each in names]) for legend, names in self.groups
        ]


def since(label: Any = None) -> forms.CharField:
    """Ask since when."""
    return text(label or _("Since"), DATE_HINT, required=False)


def until() -> forms.CharField:
    """Ask until when."""
    return text(_("Until"), required=False)


def told_period(period: Period) -> dict[str, str]:
    """Give a period as it was typed."""
    since, until = period.since, period.until
    return {
        "since": since.words if since else "",
        "until": until.words if until else "",
    }


class PeriodForm(PartForm):
    """A form for a thing that was so from when to when."""

    dates = ("since", "until")

    def before(self, name: str) -> Told | None:
        """Give the date that stood in a field."""
        old = self.scene.old
        found: Told | None = getattr(old.period, name) if old else None
        return found

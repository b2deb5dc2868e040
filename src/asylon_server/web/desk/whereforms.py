"""Forms of where somebody was and is, and of which state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from asylon.identity import NationalityClaim, Place, Stay
from asylon_server.web.desk.fields import choice, states, text, words_of
from asylon_server.web.desk.partforms import (
    PartForm,
    PeriodForm,
    since,
    told_period,
    until,
)


class StayForm(PeriodForm):
    """What happened at a place, in the words of whoever told it."""

    groups = (
        ("", ("kind", "words", "country", "level")),
        (_("When this was"), ("since", "until", "note")),
    )
    kind = choice(_("What happened there"), words_of("stay"), required=True)
    words = text(
        _("Place"),
        _("As it is told, with the larger places around it where they are known."),
        max_length=400,
        error_messages={"required": _("Enter the place, as it was told.")},
    )
    country = choice(_("State it is in"), states)
    level = choice(_("What kind of place"), words_of("place"))
    since = since()
    until = until()
    note = text(_("Note"), required=False, max_length=1000, rows=3)

    @classmethod
    def typed(cls, thing: Stay) -> dict[str, Any]:
        """Say what would have been typed for a stay."""
        return {
            "kind": thing.kind,
            "words": thing.place.words,
            "country": thing.place.country,
            "level": thing.place.level,
            "note": thing.note,
            **told_period(thing.period),
        }

    def thing(self) -> Stay:
        """Make the stay."""
        told, old = self.cleaned_data, self.scene.old
        kept = old.place.note if old else ""
        place = Place(told["words"], told["country"], told["level"], kept)
        return Stay(told["kind"], place, self.period(), told["note"])


class NationalityForm(PartForm):
    """What is claimed of the person and a state."""

    state = choice(
        _("State"),
        states,
        required=True,
        error_messages={"required": _("Choose the state.")},
    )
    status = choice(
        _("How it stands"),
        words_of("nationality", empty=False),
        required=True,
        initial="asserted",
    )
    article = text(
        _("Law and article"),
        _(
            "Needed where it was acquired by law, such as Nationality Act, Article 2(1)."
        ),
        required=False,
    )
    note = text(
        _("What it rests on"),
        _("A paper that was seen, an answer of the state, the words of the person."),
        required=False,
        max_length=1000,
        rows=3,
    )

    @classmethod
    def typed(cls, thing: NationalityClaim) -> dict[str, Any]:
        """Say what would have been typed for a claim."""
        return {name: getattr(thing, name) for name in cls.base_fields}

    def thing(self) -> NationalityClaim:
        """Make the claim."""
        return NationalityClaim(**self.cleaned_data)

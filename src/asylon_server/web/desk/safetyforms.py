"""Forms of what keeps somebody safe: contact, consents, needs, states feared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from asylon.casework import Consent, Contact, Need, terms
from asylon.casework.needs import need_kinds, needs
from asylon_server.web.common.edge import words
from asylon_server.web.desk.fields import (
    choice,
    day,
    language_code,
    language_name,
    named,
    states,
    text,
    tick,
)
from asylon_server.web.desk.partforms import PartForm

CERTIFICATES = ("certificate carried", "certificate kept at the office")
"""Wishes that only a talk on the risk of carrying one can change."""

GIVEN, REFUSED = "given", "refused"


def _ways() -> Any:
    return choice(
        _("Way of contact"),
        named(lambda: terms()["way"]),
        required=True,
    )


class ContactForm(PartForm):
    """A way to reach the person that the person called safe."""

    way = _ways()
    words = text(
        _("Number, address or name"),
        _("As the person gave it."),
        error_messages={"required": _("Enter how the person is reached.")},
    )
    hours = text(
        _("When it is safe"),
        _(
            "Days and hours, such as weekdays from 10 to 12. Empty: ask before each use."
        ),
        required=False,
    )
    note = text(
        _("What to say, and what not"),
        _("Who else may answer, and what they may hear."),
        required=False,
        max_length=1000,
        rows=3,
    )

    @classmethod
    def typed(cls, thing: Contact) -> dict[str, Any]:
        """Say what would have been typed for a way of contact."""
        return {name: getattr(thing, name) for name in cls.base_fields}

    def thing(self) -> Contact:
        """Make the way of contact."""
        return Contact(**self.cleaned_data)


class UnsafeForm(ContactForm):
    """A way that is never used, because the person called it dangerous."""

    words = text(
        _("Number, address or name that is never used"),
        _("As the person gave it."),
        error_messages={"required": _("Enter what is never used.")},
    )
    hours = None  # type: ignore[assignment]  # no hour makes it safe
    note = text(
        _("Why it is dangerous"),
        _("Who listens or reads along, so far as the person says so."),
        required=False,
        max_length=1000,
        rows=3,
    )


def is_of_a_talk(consent: Consent) -> bool:
    """Whether a consent was given or refused in a talk, and changes by another one."""
    return consent.purpose in CERTIFICATES


def _answers() -> list[tuple[str, str]]:
    return [
        ("", ""),
        (GIVEN, str(_("The person agrees"))),
        (REFUSED, str(_("The person refuses"))),
    ]


class ConsentForm(PartForm):
    """What the person agreed to or refused: one purpose, one recipient."""

    groups = (
        ("", ("purpose", "recipient", "state")),
        (_("How it was asked"), ("language", "interpreter", "is_read_back")),
        (_("What the person says"), ("answer", "on", "revoked")),
    )
    places: ClassVar[Mapping[str, str]] = {
        "consents": "state",
        "consent": "recipient",
        "given": "answer",
    }
    purpose = choice(
        _("Purpose"),
        named(lambda: terms()["purpose"], but=CERTIFICATES),
        _("One purpose; another one is another consent."),
        required=True,
    )
    recipient = text(
        _("Who receives it"),
        _("One organisation or office, by name."),
        error_messages={"required": _("Enter who receives it.")},
    )
    state = choice(
        _("State whose office it is"),
        states,
        _("Only where it is an office of a state."),
    )
    language = text(
        _("Language it was asked in"),
        languages=True,
        error_messages={"required": _("Enter the language it was asked in.")},
    )
    interpreter = text(
        _("Interpreter"),
        _("A name or a number of your office; empty where there was none."),
        required=False,
    )
    is_read_back = tick(
        _("It was read back to the person, who said it is right. Only then it stands.")
    )
    answer = choice(_("Answer"), _answers, required=True)
    on = day(_("Day of the answer"))
    revoked = day(
        _("Taken back on"),
        _("From this day on nothing is passed on. Empty where it was not taken back."),
        required=False,
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the purpose that stands, whichever it is, and today as the day."""
        super().__init__(*args, **named)
        old: Consent | None = self.scene.old
        if old:
            called = terms()["purpose"].name(old.purpose, words())
            self.offer("purpose", old.purpose, called)
        self.fields["on"].initial = self.scene.on

    @classmethod
    def typed(cls, thing: Consent) -> dict[str, Any]:
        """Say what would have been typed for a consent."""
        kept = {name: getattr(thing, name, "") for name in cls.base_fields}
        return kept | {
            "language": language_name(thing.language),
            "answer": GIVEN if thing.given else REFUSED,
            "on": thing.given or thing.refused,
        }

    def thing(self) -> Consent:
        """Make the consent."""
        told = self.cleaned_data
        agrees = told["answer"] == GIVEN
        return Consent(
            told["purpose"],
            told["recipient"],
            language_code(told["language"]),
            given=told["on"] if agrees else None,
            refused=None if agrees else told["on"],
            revoked=told["revoked"],
            interpreter=told["interpreter"],
            is_read_back=told["is_read_back"],
            state=told["state"],
        )


class NeedForm(PartForm):
    """A specific need, by its code."""

    kind = choice(_("Specific need"), list, required=True)
    noted = day(_("Noted on"))

    def __init__(self, *args: Any, **named: Any) -> None:
        """Offer the codes that are given out, and the one that stands."""
        super().__init__(*args, **named)
        old: Need | None = self.scene.old
        given = [
            c for c, kind in need_kinds().items() if kind.is_given_out(self.scene.on)
        ]
        codes = dict.fromkeys([*given, *([old.kind] if old else [])])
        field = self.fields["kind"]
        offered = [(each, needs().name(each, words())) for each in codes]
        field.choices = [("", _("Choose")), *offered]  # type: ignore[attr-defined]
        self.fields["noted"].initial = self.scene.on

    @classmethod
    def typed(cls, thing: Need) -> dict[str, Any]:
        """Say what would have been chosen."""
        return {"kind": thing.kind, "noted": thing.noted}

    def thing(self) -> Need:
        """Make the need."""
        old: Need | None = self.scene.old
        told = self.cleaned_data
        return Need(told["kind"], told["noted"], old.note if old else "")


class FearForm(PartForm):
    """A state to which the person fears to be sent."""

    places: ClassVar[Mapping[str, str]] = {"consents": "state"}
    state = choice(
        _("State the person fears to be sent to"),
        states,
        required=True,
        error_messages={"required": _("Choose the state.")},
    )

    @classmethod
    def typed(cls, thing: str) -> dict[str, Any]:
        """Say what would have been chosen."""
        return {"state": thing}

    def thing(self) -> str:
        """Give the code of the state."""
        told: str = self.cleaned_data["state"]
        return told

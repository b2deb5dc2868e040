"""Forms of what a body of a state may see: the consent kept, and the release on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon_server.store.cases import grants
from asylon_server.store.cases.consents import Asking
from asylon_server.store.cases.releases import Releases
from asylon_server.store.rights import shipped_table
from asylon_server.web.desk import wording
from asylon_server.web.desk.certificateforms import Heard, Plain
from asylon_server.web.desk.fields import language_code
from asylon_server.web.desk.holdforms import choice

_DAY = {"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}


class _Reach(Plain):
    """Which fields, and until the end of which day."""

    classes = forms.MultipleChoiceField(
        label=_("Which fields"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={"required": _("Tick at least one field.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )

    def __init__(
        self, at: datetime, longest: timedelta, *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self.at, self.latest = at, at + longest
        day = self.latest.date().isoformat()
        until: Any = self.fields["until"]
        until.help_text = _("As %(day)s, which is the latest.") % {"day": day}
        missing = _("Write the last day as %(day)s.") % {"day": day}
        until.error_messages |= {"required": missing, "invalid": missing}
        table = shipped_table()
        offered = [e for e in table.classes if e in table.guarded - table.withheld]
        self.offer("classes", [(e, wording.field(e)) for e in offered])

    def clean_until(self) -> datetime:
        """Take a last day to its end, and no further than is allowed."""
        day: date = self.cleaned_data["until"]
        if not self.at.date() <= day <= self.latest.date():
            message = _("Choose a day from today to %(day)s.")
            raise forms.ValidationError(
                message % {"day": self.latest.date().isoformat()}
            )
        end = datetime.combine(day, time(), UTC) + timedelta(days=1)
        return min(end, self.latest)

    def scope(self) -> grants.Scope:
        """Say how far it reaches, once it is valid."""
        kept = self.cleaned_data
        return grants.Scope(frozenset(kept["classes"]), kept["purpose"], kept["until"])


class ConsentForm(_Reach, Heard):
    """To which body of a state the person agrees, and to what, and how it was asked."""

    # Faults are listed in this order, which is that of the page.
    field_order = ("whom", "classes", "purpose", "until", "language")

    whom = choice(_("The body of a state"), _("Choose the body of a state."))
    purpose = choice(_("What for"), _("Choose what it is for."))

    def __init__(self, told: Releases, at: datetime, *args: Any, **named: Any) -> None:
        named.setdefault("auto_id", "consent_%s")
        super().__init__(at, grants.CONSENT_LONGEST, *args, **named)
        bodies = [(str(each.pk), each.name) for each in told.bodies]
        self.offer("whom", [("", str(_("Choose"))), *bodies])
        self.offer("purpose", _purposes())
        self.fields["language"].label = _("Language it was asked in")

    def asking(self) -> Asking:
        """Say how the person was asked, once it is valid."""
        kept = self.cleaned_data
        return Asking(
            language_code(kept["language"]), kept["read_back"], kept["interpreter"]
        )


class ReleaseForm(_Reach):
    """What is released to somebody of a body of a state, and what for."""

    field_order = ("whom", "classes", "purpose", "until")

    whom = choice(_("To whom"), _("Choose somebody."))
    purpose = choice(_("What for"), _("Choose what it is for."))

    def __init__(self, told: Releases, at: datetime, *args: Any, **named: Any) -> None:
        named.setdefault("auto_id", "release_%s")
        super().__init__(at, grants.LONGEST, *args, **named)
        people = [(str(e.account), f"{e.name}, {e.office}") for e in told.receivers]
        self.offer("whom", [("", str(_("Choose"))), *people])
        self.offer("purpose", _purposes())


def _purposes() -> list[tuple[str, str]]:
    named = [(each, wording.purpose(each)) for each in grants.PURPOSES]
    return [("", str(_("Choose"))), *named]

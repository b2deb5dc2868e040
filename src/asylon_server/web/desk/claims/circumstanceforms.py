"""Forms of the circumstances of a claim: a child's guardian, and what stops a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework.decisions import Guardian
from asylon.casework.procedure import deadlines
from asylon.casework.procedure.deadlines import Stop
from asylon_server.web.desk.fields import choice, day, named, text, tick


class GuardianForm(forms.Form):
    """Who stands beside a child, and from when to when."""

    use_required_attribute = False
    name = text(
        _("Name of the guardian"),
        _("No body of a state is shown it."),
        error_messages={"required": _("Write the name.")},
    )
    since = day(_("Since"))
    until = day(_("Until"), _("Leave it empty where no end is set."), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the day it begins."))
        return told

    @property
    def told(self) -> Guardian:
        """Give it as the file keeps it."""
        told = self.cleaned_data
        return Guardian(told["name"].strip(), told["since"], told["until"])


class StopForm(forms.Form):
    """What stops the times that run, and since when."""

    use_required_attribute = False
    why = choice(
        _("Why"),
        named(
            lambda: list(deadlines.vocabularies())[-1],
            empty=False,
            but=(deadlines.OFF,),
        ),
        required=True,
    )
    stopped = day(_("Since"))

    def __init__(self, on: date, *args: Any) -> None:
        super().__init__(*args)
        self.on = on

    def clean_stopped(self) -> date:
        """Take no day that is still to come."""
        told: date = self.cleaned_data["stopped"]
        if told > self.on:
            raise forms.ValidationError(_("This day is still to come."))
        return told

    @property
    def told(self) -> Stop:
        """Give it as the file keeps it."""
        return Stop(self.cleaned_data["why"], self.cleaned_data["stopped"])


class CallForm(forms.Form):
    """That somebody who is away was looked for in every safe way, and called."""

    use_required_attribute = False
    looked = tick(
        _(
            "The person is not held as far as is known, was looked for by every safe way, "
            "and was called to come."
        )
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["looked"].required = True
        self.fields["looked"].error_messages["required"] = _(
            "Look for the person first: without a search no time runs."
        )


class ExceptionForm(forms.Form):
    """An exception that is proposed: from what, and why."""

    use_required_attribute = False
    reason = text(
        _("Why the exception is in the person's favour"),
        _("Whoever agrees reads it, and it stands with the step."),
        rows=5,
        max_length=4000,
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, offered: list[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["what"] = choice(_("From what"), lambda: offered, required=True)
        self.order_fields(["what", "reason"])

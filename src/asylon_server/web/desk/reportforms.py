"""Forms of what begins a hold before anybody is registered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.law.jurisdictions import STATES
from asylon_server.web.common.edge import words
from asylon_server.web.desk.certificateforms import Plain

_LINE = {"class": "govuk-input", "autocomplete": "off"}
_LINES = {"class": "govuk-textarea", "rows": "3", "autocomplete": "off"}
MOST = 2_000


def lines(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """Make a field of free words; what is too long is said, and not cut off."""
    faults = more.pop("error_messages", {})
    field = forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST,
        widget=forms.Textarea(attrs=_LINES),
        error_messages={"max_length": _("Shorten this to 2,000 characters.")} | faults,
        **more,
    )
    del field.widget.attrs["maxlength"]
    return field


class ReportForm(forms.Form):
    """What is reported of somebody who is held; nothing of it is required."""

    name = forms.CharField(
        label=_("What is known of the name"),
        help_text=_("In any letters. Empty where nothing is known."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_LINE),
    )
    where = lines(
        _("Where the person is held"),
        _("In the words of whoever reports it: a place, a road, a kind of building."),
        required=False,
    )
    reporter = lines(
        _("Who reports it, and how that person is reached safely"),
        _("Only what that person wants kept. Empty where that is safer."),
        required=False,
    )


class WishForm(forms.Form):
    """A wish that was handed over; nothing of it is required."""

    name = forms.CharField(
        label=_("What is known of the name"),
        help_text=_("In any letters. Empty where nothing is known."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_LINE),
    )
    feared = forms.ChoiceField(
        label=_("State the person fears to be sent to"),
        help_text=_(
            "Empty where it was not said: the hold is then against every state."
        ),
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    words = lines(
        _("What is written, or was said"),
        _("As it was handed over, in its own language. It is sealed."),
        required=False,
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["feared"]
        field.choices = _states()  # type: ignore[attr-defined]  # of a choice field


class CodeForm(Plain):
    """The code that somebody shows."""

    code = forms.CharField(
        label=_("Receipt code"),
        max_length=20,
        widget=forms.TextInput(attrs=_LINE),
        error_messages={"required": _("Enter the receipt code.")},
    )


def _states() -> list[tuple[str, str]]:
    named = sorted((words().place(each), each) for each in STATES)
    return [("", str(_("Not told"))), *((code, name) for name, code in named)]

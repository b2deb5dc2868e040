"""Forms of erasing: proposing it, agreeing by writing the reference, declining."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework.erasing import Ground
from asylon_server.web.desk.certificateforms import Plain

WORDS = 2_000
_GROUNDS = [
    ("", _("Choose why")),
    (Ground.DANGER, _("What is kept endangers somebody")),
    (Ground.WISH, _("The person wishes it, and counsel wrote that down")),
]


class ProposeForm(Plain):
    """Why a case is to be erased."""

    ground = forms.ChoiceField(
        label=_("Why"),
        choices=_GROUNDS,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={
            "required": _("Choose why."),
            "invalid_choice": _("Choose why."),
        },
    )
    words = forms.CharField(
        label=_("What shows it"),
        help_text=_("It is sealed with the case, and goes with it."),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 4}),
        error_messages={"required": _("Write what shows it.")},
    )


class AgreeForm(Plain):
    """The reference of the case, written by whoever agrees, so that it is this one."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        help_text=_("Write it from the top of the page. Nothing brings the case back."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={"required": _("Write the reference of the case.")},
    )

    def __init__(self, wanted: str, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.wanted = wanted

    def clean_reference(self) -> str:
        """Hold what was written against the reference of the case."""
        written: str = self.cleaned_data["reference"].strip()
        if written.casefold() != self.wanted.casefold():
            message = _("This is another reference than that of the case.")
            raise forms.ValidationError(message)
        return written


class DeclineForm(Plain):
    """Why a case is not to be erased."""

    why = forms.CharField(
        label=_("Why not"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={"required": _("Write why not.")},
    )

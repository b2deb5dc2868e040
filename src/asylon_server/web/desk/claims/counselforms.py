"""Forms of counsel: appearing for somebody, and handing something in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon_server.web.desk.fields import day, text, tick


class AppearForm(forms.Form):
    """That counsel appears, and on which day the person agreed to it."""

    use_required_attribute = False
    consented = day(_("The person agreed to this on"))
    asked = tick(
        _(
            "The person was asked alone, in a language they understand, and knows that "
            "they may end it at any time."
        )
    )

    def __init__(self, on: date, *args: Any) -> None:
        super().__init__(*args)
        self.on = on
        self.fields["asked"].required = True
        self.fields["asked"].error_messages["required"] = _(
            "Ask the person first; without their consent nobody appears for them."
        )

    def clean_consented(self) -> date:
        """Take no day that is still to come."""
        told: date = self.cleaned_data["consented"]
        if told > self.on:
            raise forms.ValidationError(_("This day is still to come."))
        return told


class SubmitForm(forms.Form):
    """Something that is handed in, in the words of whoever does."""

    use_required_attribute = False
    title = text(
        _("What it is"),
        _("A few words, by which it is found again."),
        error_messages={"required": _("Say what it is.")},
    )
    words = text(
        _("What is handed in"),
        _("All of it, in any language. Nothing of it is on the receipt."),
        rows=12,
        max_length=20_000,
        error_messages={"required": _("Write what is handed in.")},
    )

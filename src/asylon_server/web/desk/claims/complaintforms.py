"""Forms of complaints: about whom and what, and how one was settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon_server.web.desk.fields import choice, text


class ComplainForm(forms.Form):
    """A complaint about somebody who works, or worked, on the case."""

    use_required_attribute = False
    about = forms.ChoiceField(label=_("About whom"))
    words = text(
        _("What happened"),
        _("Whom it is about does not read it, nor anybody of their organisation."),
        rows=8,
        max_length=8000,
        error_messages={"required": _("Write what happened.")},
    )

    def __init__(self, people: Sequence[tuple[str, str, str]], *args: Any) -> None:
        super().__init__(*args)
        named = [(id, f"{name}, {office}") for id, name, office in people]
        self.fields["about"] = choice(_("About whom"), lambda: named, required=True)
        self.order_fields(["about", "words"])


class SettleForm(forms.Form):
    """How a complaint was settled."""

    use_required_attribute = False
    answer = text(
        _("What was found, and what was done"),
        _("Whoever complained reads it, and the person's counsel."),
        rows=6,
        max_length=8000,
        error_messages={"required": _("Write what was found and done.")},
    )

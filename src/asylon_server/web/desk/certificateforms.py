"""Forms of certificates: the talk before, the names on it, its end, its code."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework import Person
from asylon.identity import Name, as_dict
from asylon_server.letters.certificates import NAMES
from asylon_server.store.cases import certificates
from asylon_server.store.cases.certificates import Talk
from asylon_server.web.desk.fields import language_code

_INPUT = {"class": "govuk-input", "autocomplete": "off"}
_BOX = {"class": "govuk-checkboxes__input"}
_WISHES = [
    ("", _("Choose what the person wishes")),
    (certificates.CARRY, _("Wants it, and carries it")),
    (certificates.KEEP, _("Wants it kept at the office")),
    (certificates.NONE, _("Does not want one")),
]
_ENDS = [
    ("", _("Choose what happened")),
    (certificates.WITHDRAWN, _("It is withdrawn")),
    (certificates.LOST, _("It was lost, or taken away")),
]


def _choice(label: Any, choices: list[Any], missing: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": missing},
    )


class Plain(forms.Form):
    """A form that the browser does not check before the desk does."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.use_required_attribute = False

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Say what may be chosen in a field."""
        field: Any = self.fields[name]
        field.choices = choices


class Heard(Plain):
    """How something was said between two people: what is kept of every such talk."""

    language = forms.CharField(
        label=_("Language of the talk"),
        max_length=40,
        widget=forms.TextInput(attrs={**_INPUT, "list": "languages"}),
        error_messages={"required": _("Enter the language that was spoken.")},
    )
    interpreter = forms.CharField(
        label=_("Interpreter"),
        help_text=_("A name or a number of your office; empty where there was none."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs=_INPUT),
    )
    read_back = forms.BooleanField(
        label=_("What is kept was read back to the person, who said it is right."),
        widget=forms.CheckboxInput(attrs=_BOX),
        error_messages={"required": _("Read it back first, and then tick this box.")},
    )


class TalkForm(Heard):
    """What is kept of the talk on the risk."""

    field_order = ("language", "interpreter", "wish", "read_back")

    wish = _choice(
        _("What the person wishes"), _WISHES, _("Choose what the person wishes.")
    )

    @property
    def told(self) -> Talk:
        """What was told, once it is valid."""
        kept = self.cleaned_data
        return Talk(
            language_code(kept["language"]),
            kept["wish"],
            kept["read_back"],
            kept["interpreter"],
        )


class NamesForm(Plain):
    """Which names the person wants on it; none may be the safest."""

    names = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=_BOX),
        error_messages={
            "invalid_choice": _("Somebody changed the names meanwhile. Choose again.")
        },
    )

    def __init__(self, person: Person, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field = self.fields["names"]
        self.known = {_key(each): each for each in person.names}
        choices = [(key, each.words) for key, each in self.known.items()]
        field.choices = choices  # type: ignore[attr-defined]  # of a choice field

    def clean_names(self) -> list[Name]:
        """Give the names, and refuse more than there is room for."""
        chosen = [self.known[each] for each in self.cleaned_data["names"]]
        if len(chosen) > NAMES:
            raise forms.ValidationError(_("Choose two names at most."))
        return chosen


def _key(name: Name) -> str:
    """Name a choice by what it says: a place may hold another name by then."""
    return sha256(repr(as_dict(name)).encode()).hexdigest()[:16]


class EndForm(Plain):
    """Why a certificate stands no longer."""

    why = _choice(_("What happened"), _ENDS, _("Choose what happened."))


class CodeForm(Plain):
    """What stands on a certificate that somebody shows."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=20,
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"required": _("Enter the number of the certificate.")},
    )
    check_code = forms.CharField(
        label=_("Check code"),
        max_length=20,
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"required": _("Enter the check code.")},
    )

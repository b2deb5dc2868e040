"""Forms of claims: lodging one, and a step with the words that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework import CaseClaim
from asylon.casework.procedure import Act
from asylon.casework.procedure.sentences import vocabularies
from asylon.logic import TRUE, UNKNOWN
from asylon_server.store.claims.asking import Asked
from asylon_server.web.desk.fields import choice, named, states, text

WISHED, NEW = "free", "something_new"
"""The guards that only whoever acts can answer, with a tick."""


class LodgeForm(forms.Form):
    """A claim as it is lodged: whose, and in which procedure."""

    use_required_attribute = False
    person = forms.ChoiceField(label=_("Whose claim it is"))
    procedure = choice(
        _("Procedure"),
        named(lambda: next(vocabularies()), empty=False),
        required=True,
    )
    state = choice(
        _("State"),
        states,
        _("Where the claim is decided; its holidays count."),
    )

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["person"] = choice(
            _("Whose claim it is"), lambda: list(people), required=True
        )
        self.order_fields(["person", "procedure", "state"])

    def claim(self, on: date) -> CaseClaim:
        """Make the claim; the store gives it its name."""
        told = self.cleaned_data
        return CaseClaim(
            "new",
            told["person"],
            procedure=told["procedure"],
            state=told["state"],
            wish_heard=on,
        )


class StepForm(forms.Form):
    """A step: its words, its outcome, and what only whoever acts can say."""

    use_required_attribute = False
    outcome = forms.ChoiceField(label=_("Outcome"))
    words = text(
        _("Reason"),
        _("What is missing, or why. Whoever goes on reads it."),
        rows=5,
        max_length=4000,
        required=False,
    )
    wished = forms.BooleanField(
        label=_(
            "The person asks for this themselves, alone with me, in a language they "
            "understand, and knows what follows."
        ),
        required=False,
    )
    new = forms.BooleanField(
        label=_(
            "Something is new: circumstances, evidence, or a serious reason to think "
            "that it was decided wrongly. The reason above says what."
        ),
        required=False,
    )
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, act: Act, outcomes: Sequence[tuple[str, str]], *args: Any
    ) -> None:
        super().__init__(*args)
        self.act = act
        guards = {*act.guards, *act.on_appeal}
        if outcomes:
            self.fields["outcome"] = choice(
                _("Outcome"), lambda: list(outcomes), required=True
            )
        else:
            del self.fields["outcome"]
        if WISHED not in guards:
            del self.fields["wished"]
        if NEW not in guards:
            del self.fields["new"]
        if not (act.says or NEW in guards):
            del self.fields["words"]

    def clean_words(self) -> str:
        """Ask for the words that an act cannot do without."""
        told: str = self.cleaned_data["words"].strip()
        if not told:
            raise forms.ValidationError(_("Write it, for whoever goes on from here."))
        return told

    def asked(self) -> Asked:
        """Say it as the store takes it."""
        told = self.cleaned_data
        return Asked(
            self.act.id,
            read=told["read"],
            outcome=told.get("outcome", ""),
            words=told.get("words", ""),
            wished=TRUE if told.get("wished") else UNKNOWN,
            new=TRUE if told.get("new") else UNKNOWN,
            confirmed=True,
        )

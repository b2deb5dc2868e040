"""Forms of decisions: a draft and its reasons, the review of one, and its telling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework import Actor
from asylon.casework.decisions import Reasoning, Telling, ways
from asylon.casework.drafting import Suggested
from asylon.languages import LANGUAGES
from asylon_server.store.claims.deciding import Drafted
from asylon_server.web.desk.fields import (
    choice,
    language_code,
    language_name,
    named,
    text,
    tick,
)

MOST = 200
"""So many parts the reasons have at most."""

LAST = "last"
"""Whose words a part holds that stood in the draft before."""


def _languages() -> list[tuple[str, str]]:
    return [(each, language_name(each)) for each in LANGUAGES]


class DraftForm(forms.Form):
    """A decision as it is drafted: its outcome, its language, and its reasons in parts."""

    use_required_attribute = False
    outcome = forms.ChoiceField(label=_("Outcome"))
    language = choice(
        _("Language of the letter"),
        _languages,
        _("The person reads it, or it is read to them."),
        required=True,
    )
    elements = forms.MultipleChoiceField(
        label=_("What is to be looked at again"),
        help_text=_("Where the claim goes back to whoever decided first."),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
    )

    def __init__(
        self,
        outcomes: Sequence[tuple[str, str]],
        elements: Sequence[tuple[str, str]],
        parts: int,
        *args: Any,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.count = min(parts, MOST)
        self.fields["outcome"] = choice(
            _("Outcome"), lambda: list(outcomes), required=True
        )
        if elements:
            field: Any = self.fields["elements"]
            field.choices = elements
        else:
            del self.fields["elements"]
        self.order_fields(["outcome", "language", "elements"])
        for number in range(self.count):
            self.fields[f"heading-{number}"] = text(
                _("Heading"), required=False, max_length=300
            )
            self.fields[f"words-{number}"] = text(
                _("Reasons"), rows=8, max_length=40_000, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for reasons, and for words under each heading."""
        told: dict[str, Any] = super().clean() or {}
        for number in range(self.count):
            heading, said = self._part(number)
            if heading and not said:
                self.add_error(f"words-{number}", _("Write why, under this heading."))
            if said and not heading:
                self.add_error(
                    f"heading-{number}", _("Say what these reasons are about.")
                )
        if not self.errors and not self.reasons:
            self.add_error("words-0", _("Write why. A letter without reasons is none."))
        return told

    @property
    def reasons(self) -> tuple[Reasoning, ...]:
        """The reasons that were written, part by part."""
        parts = (self._part(number) for number in range(self.count))
        return tuple(Reasoning(*each) for each in parts if all(each))

    @property
    def parts(self) -> Iterator[tuple[Any, Any, str]]:
        """Go through the parts: two fields, and whose words stand there."""
        for number in range(self.count):
            heading, words = self[f"heading-{number}"], self[f"words-{number}"]
            whose = self.data.get(f"of-{number}") or self.initial.get(f"of-{number}")
            yield heading, words, whose or ""

    def drafted(self, saw: str) -> Drafted:
        """Say it as the store takes it."""
        told = self.cleaned_data
        return Drafted(
            outcome=told["outcome"],
            language=told["language"],
            reasons=self.reasons,
            elements=tuple(told.get("elements", ())),
            saw=saw,
        )

    def _part(self, number: int) -> tuple[str, str]:
        told = self.cleaned_data
        return (
            told.get(f"heading-{number}", "").strip(),
            told.get(f"words-{number}", "").strip(),
        )


def laid_out(parts: Sequence[tuple[Reasoning, str]]) -> dict[str, str]:
    """Lay parts out as the fields of a form, each with whose words they are."""
    told = {}
    for number, (part, whose) in enumerate(parts):
        told[f"heading-{number}"] = part.heading
        told[f"words-{number}"] = part.words
        told[f"of-{number}"] = whose
    return told


def begun(
    suggested: Sequence[Suggested], last: Sequence[Reasoning]
) -> list[tuple[Reasoning, str]]:
    """Begin with the words of the last draft, and add what it has no heading for."""
    there = {each.heading for each in last}
    new = [each for each in suggested if each.reasoning.heading not in there]
    return [
        *((each, LAST) for each in last),
        *((each.reasoning, each.of) for each in new),
    ]


class BackForm(forms.Form):
    """What is missing of a draft, where it goes back."""

    use_required_attribute = False
    words = text(
        _("What is missing"),
        _("Whoever drafts it again reads this."),
        rows=6,
        max_length=4000,
        error_messages={"required": _("Write what is missing.")},
    )


class TellForm(forms.Form):
    """How a decision is told."""

    use_required_attribute = False
    way = choice(
        _("How it is told"),
        named(lambda: ways()["way"], empty=False),
        _("Never by post, by a message or by a call: others may see or hear it."),
        required=True,
    )
    language = text(
        _("Language it is told in"),
        _("A language that the person speaks."),
        languages=True,
        max_length=40,
        error_messages={"required": _("Enter the language it is told in.")},
    )
    interpreter = text(
        _("Interpreter"),
        _("A name or a number of your office; empty where there was none."),
        max_length=100,
        required=False,
    )
    understood = tick(
        _(
            "The person said in that language what was decided, and that they understood."
        )
    )

    def telling(self, by: Actor, on: date) -> Telling:
        """Say it as the store takes it."""
        told = self.cleaned_data
        return Telling(
            way=told["way"],
            on=on,
            by=by,
            language=language_code(told["language"]),
            interpreter=told["interpreter"],
            understood=told["understood"],
        )

"""Forms of holds: placing one, proposing to lift one, answering."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework import ANY, File, Hold
from asylon.casework.actors import rules, vocabulary_of
from asylon.law.jurisdictions import STATES
from asylon_server.web.common.edge import words
from asylon_server.web.desk import showing
from asylon_server.web.desk.certificateforms import Plain
from asylon_server.web.desk.reportforms import lines

_SELECT = {"class": "govuk-select"}
_DAY = {"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}


def choice(label: Any, missing: Any = "", hint: Any = "") -> forms.ChoiceField:
    """Make a field to choose from; with words for it where nothing is chosen, required."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.Select(attrs=_SELECT),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class PlaceForm(Plain):
    """A hold to place: against which state, for whom, on which ground, since when."""

    destination = choice(
        _("Hold against being sent to"), _("Choose a state, or any state.")
    )
    person = choice(_("Whom it covers"))
    ground = choice(_("Ground"), _("Choose the ground."))
    begun = forms.DateField(
        label=_("Day it happened"),
        help_text=_("Such as 2026-11-24. Leave it empty for today."),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-24.")},
    )

    def __init__(self, file: File, kind: str, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.offer("destination", _states())
        self.offer("person", _people(file))
        self.offer("ground", _grounds(kind))

    def hold(self, on: date) -> Hold:
        """Give the hold, once it is valid."""
        kept = self.cleaned_data
        begun = kept["begun"] or on
        return Hold(kept["destination"], begun, kept["ground"], kept["person"])


class ProposalForm(Plain):
    """For which reason a hold is to be lifted, and what shows it."""

    reason = choice(_("Reason"), _("Choose the reason."))
    words = lines(
        _("What shows it"),
        _("What was seen, by whom and when. Whoever answers reads this."),
        error_messages={"required": _("Write what shows the reason.")},
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.offer("reason", _reasons())


class AnswerForm(Plain):
    """Why a proposal is declined; agreeing needs no words."""

    why = lines(
        _("Why not"),
        _("Only where you decline. Whoever proposed it reads this."),
        required=False,
    )


class GroupForm(Plain):
    """A hold for all who fear a state: which state, since when, and who they are."""

    state = choice(_("State they fear to be sent to"), _("Choose a state."))
    since = forms.DateField(
        label=_("Since"),
        help_text=_(
            "Such as 2026-11-24. Leave it empty for today. No day ends the hold."
        ),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-24.")},
    )
    text = lines(
        _("Whom it is for, and why"),
        _("In words that name nobody."),
        error_messages={"required": _("Write whom it is for, and why.")},
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.offer("state", [each for each in _states() if each[0] != ANY])


def _states() -> list[tuple[str, str]]:
    named = sorted((words().place(each), each) for each in STATES)
    listed = [(code, name) for name, code in named]
    return [("", str(_("Choose a state"))), (ANY, str(_("any state"))), *listed]


def _people(file: File) -> list[tuple[str, str]]:
    named = [(each.id, showing.titled(file, each)) for each in file.people]
    return [("", str(_("everybody on the case"))), *named]


def _grounds(kind: str) -> list[tuple[str, str]]:
    """Offer the grounds that an organisation of this kind may bring about."""
    told = vocabulary_of("ground")
    known = rules("ground")
    mine = [each for each in known if known[each].only_by in {"", kind}]
    named = [(each, told.name(each, words())) for each in mine]
    return [("", str(_("Choose the ground"))), *named]


def _reasons() -> list[Any]:
    """Offer the reasons that can lift a hold, and apart those that never do."""
    told, known = vocabulary_of("reason"), rules("reason")
    named = [(e, told.name(e, words()), known[e].lawful) for e in known]
    return [
        ("", _("Choose the reason")),
        (_("Reasons that can lift a hold"), [e[:2] for e in named if e[2]]),
        (_("Reasons that never lift a hold"), [e[:2] for e in named if not e[2]]),
    ]

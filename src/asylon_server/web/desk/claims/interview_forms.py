"""Forms of interviews: a plan, who is there, and one part of what is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework import CaseClaim
from asylon.casework.interviews import WORDLESS, Segment
from asylon.casework.interviews import words as vocabularies
from asylon.casework.scheduling import Plan, Staff
from asylon_server.store.claims.interviews import Begun
from asylon_server.store.claims.staffing import Staffing
from asylon_server.web.desk.fields import (
    INPUT,
    choice,
    day,
    language_code,
    language_name,
    named,
    text,
    tick,
    words_of,
)

OUTSIDE, NONE = "outside", ""
SECONDS_A_DAY = 86_400
UNSAID = "1970-01-01T00:00:00"
"""In place of the time, which the store sets."""


class StaffForm(forms.Form):
    """Who holds an interview and who interprets, and what has to be known of them."""

    use_required_attribute = False
    officer = forms.ChoiceField()
    officer_languages = text(
        _("Languages of the officer"),
        _("The working language first, such as: English, 한국어"),
    )
    officer_sex = choice(_("Sex of the officer"), words_of("sex"))
    interpreter = forms.ChoiceField()
    interpreter_name = text(
        _("Name of an interpreter from outside"), required=False, max_length=100
    )
    interpreter_languages = text(_("Languages of the interpreter"), required=False)
    interpreter_dialects = text(
        _("Dialects that the interpreter knows"),
        _("As the file spells them, with commas between."),
        required=False,
    )
    interpreter_sex = choice(_("Sex of the interpreter"), words_of("sex"))
    promised = tick(_("The interpreter has promised secrecy, in writing."))
    untied = tick(
        _(
            "I asked both: neither they nor their families are tied to the person, to a "
            "relative, or to the state of origin."
        )
    )

    def __init__(self, staffing: Staffing, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        officers = list(staffing.officers.items())
        others = list(staffing.interpreters.items())
        self.fields["officer"] = choice(_("Officer"), lambda: officers, required=True)
        self.fields["interpreter"] = choice(
            _("Interpreter"),
            lambda: [
                (NONE, str(_("None: the officer speaks the person's language"))),
                *others,
                (OUTSIDE, str(_("Somebody from outside, named below"))),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the name of whoever comes from outside, and for no other."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        name = told.get("interpreter_name", "").strip()
        if told.get("interpreter") == OUTSIDE and not name:
            self.add_error("interpreter_name", _("Enter the name."))
        if told.get("interpreter") != OUTSIDE and name:
            message = _("Choose the interpreter from outside above, or empty this.")
            self.add_error("interpreter_name", message)
        return told

    def staff(self) -> tuple[Staff, Staff | None]:
        """Give officer and interpreter as a plan knows them."""
        told = self.cleaned_data
        tied = not told["untied"]
        officer = Staff(
            "",
            _languages(told["officer_languages"]),
            sex=told["officer_sex"],
            tied=tied,
            account=told["officer"],
        )
        if told["interpreter"] == NONE:
            return officer, None
        is_outside = told["interpreter"] == OUTSIDE
        return officer, Staff(
            told["interpreter_name"].strip(),
            _languages(told["interpreter_languages"]),
            _listed(told["interpreter_dialects"]),
            sex=told["interpreter_sex"],
            tied=tied,
            promised=told["promised"],
            account="" if is_outside else told["interpreter"],
        )


class PlanForm(StaffForm):
    """An interview as it is planned."""

    on = day(_("Day"))
    begins = forms.TimeField(
        label=_("Begins at"),
        help_text=_("In UTC, as all times here."),
        widget=forms.TimeInput({**INPUT, "type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter the time, such as 14:05.")},
    )
    ends = forms.TimeField(
        label=_("Ends at"),
        widget=forms.TimeInput({**INPUT, "type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter the time, such as 14:05.")},
    )
    room = text(
        _("Room"),
        _("Never the name of a person: it stands in the calendar of the office."),
        max_length=60,
    )
    same_sex = tick(_("The person asked for people of their own sex."))
    counsel_told = tick(_("Counsel was told of the day, the time and the room."))
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        staffing: Staffing,
        claim: CaseClaim,
        today: date,
        *args: Any,
        **named: Any,
    ) -> None:
        super().__init__(staffing, *args, **named)
        self.today = today
        if not claim.counsel:
            del self.fields["counsel_told"]

    def clean(self) -> dict[str, Any]:
        """Refuse an interview that is over before it begins, or lies behind."""
        told = super().clean()
        begins, ends = told.get("begins"), told.get("ends")
        if begins and ends and begins >= ends:
            self.add_error("ends", _("It ends before it begins. Correct one of them."))
        if told.get("on") and told["on"] < self.today:
            self.add_error("on", _("This day is over. Choose another one."))
        return told

    def plan(self) -> Plan:
        """Give the plan."""
        told = self.cleaned_data
        officer, interpreter = self.staff()
        return Plan(
            datetime.combine(told["on"], told["begins"], UTC),
            datetime.combine(told["on"], told["ends"], UTC),
            officer,
            interpreter,
            room=told["room"].strip(),
            same_sex=told["same_sex"],
            counsel_told=bool(told.get("counsel_told")),
        )


class TakeOverForm(StaffForm):
    """Who goes on with an interview."""

    words = text(
        _("What is written down of it"),
        _("Nobody who objected has to say why; write no reason of theirs."),
        rows=3,
        max_length=1000,
        required=False,
    )


class BeginForm(forms.Form):
    """Who is there as it begins, and that the person agrees."""

    use_required_attribute = False
    language = text(
        _("Language that the person chose"),
        languages=True,
        error_messages={"required": _("Enter the language.")},
    )
    counsel = text(_("Counsel who is there"), required=False)
    guardian = text(_("Guardian who is there"), required=False)
    agreed = forms.BooleanField(
        label=_(
            "The person was told, in their language, who is there and why, that all is "
            "written down and kept secret, that they may have a break and may object "
            "without a reason; and agrees to be interviewed so."
        ),
        error_messages={
            "required": _("Nobody is interviewed who has not agreed. Ask, and tick.")
        },
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"}),
    )

    def begun(self) -> Begun:
        """Say it as the store takes it."""
        told = self.cleaned_data
        return Begun(
            language_code(told["language"]),
            told["counsel"].strip(),
            told["guardian"].strip(),
            agreed=told["agreed"],
        )


def _topics() -> list[tuple[str, str]]:
    topics = named(lambda: vocabularies()["topic"], empty=False)()
    return [("", str(_("No topic that has to be asked about"))), *topics]


class PartForm(forms.Form):
    """One part of what is said, under a name that was drawn for it."""

    use_required_attribute = False
    id = forms.RegexField(r"\A[a-z0-9]{6,36}\Z", widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    ago = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=SECONDS_A_DAY
    )
    corrects = forms.RegexField(
        r"\A[A-Za-z0-9-]{1,40}\Z", widget=forms.HiddenInput, required=False
    )
    kind = choice(
        _("What it is"),
        named(
            lambda: vocabularies()["segment"], empty=False, but=WORDLESS | {"replaced"}
        ),
        required=True,
        initial="question",
    )
    speaker = choice(
        _("Who speaks"),
        named(lambda: vocabularies()["speaker"], empty=False),
        required=True,
        initial="officer",
    )
    topic = choice(_("What it is about"), _topics)
    doubt = text(
        _("What the doubt of origin rests on"),
        _("Only for a question about origin; without it none is asked."),
        required=False,
        max_length=1000,
    )
    words = text(
        _("As it was said"),
        rows=3,
        max_length=20_000,
        error_messages={"required": _("Write it as it was said.")},
    )
    rendered = text(
        _("As the interpreter said it"), rows=3, max_length=20_000, required=False
    )

    def part(self) -> Segment:
        """Give the part; the store says when it was said, and in which language."""
        told = self.cleaned_data
        return Segment(
            told["id"],
            "correction" if told["corrects"] else told["kind"],
            UNSAID,
            told["speaker"],
            told["words"].strip(),
            rendered=told["rendered"].strip(),
            corrects=told["corrects"],
            topic=told["topic"],
            doubt=told["doubt"].strip(),
        )

    @property
    def waited(self) -> timedelta:
        """How long it waited to be sent."""
        return timedelta(seconds=self.cleaned_data["ago"] or 0)


class PressForm(forms.Form):
    """What is pressed and needs no words: a break, an objection, that it was read back."""

    id = forms.RegexField(r"\A[a-z0-9]{6,36}\Z")
    kind = forms.ChoiceField(choices=[(each, each) for each in sorted(WORDLESS)])
    ago = forms.IntegerField(required=False, min_value=0, max_value=SECONDS_A_DAY)

    BY: Mapping[str, str] = {"objection": "person"}

    def part(self) -> Segment:
        """Give the part."""
        kind = self.cleaned_data["kind"]
        by = self.BY.get(kind, "officer")
        return Segment(self.cleaned_data["id"], kind, UNSAID, by)

    @property
    def waited(self) -> timedelta:
        """How long it waited to be sent."""
        return timedelta(seconds=self.cleaned_data["ago"] or 0)


class RenderForm(forms.Form):
    """How the interpreter said a part that is kept already."""

    part = forms.RegexField(r"\A[A-Za-z0-9-]{1,40}\Z")
    rendered = forms.CharField(max_length=20_000)


def staff_of(plan: Plan) -> dict[str, str]:
    """Fill a form with who is in a plan; that nobody is tied is asked anew."""
    told = {
        "officer": plan.officer.account,
        "officer_languages": _told(plan.officer.languages),
        "officer_sex": plan.officer.sex,
    }
    who = plan.interpreter
    if who is None:
        return told
    return told | {
        "interpreter": who.account or OUTSIDE,
        "interpreter_name": "" if who.account else who.name,
        "interpreter_languages": _told(who.languages),
        "interpreter_dialects": ", ".join(who.dialects),
        "interpreter_sex": who.sex,
    }


def _told(languages: tuple[str, ...]) -> str:
    return ", ".join(map(language_name, languages))


def _listed(told: str) -> tuple[str, ...]:
    parts = (each.strip() for each in told.replace("、", ",").split(","))
    return tuple(dict.fromkeys(each for each in parts if each))


def _languages(told: str) -> tuple[str, ...]:
    return tuple(language_code(each) for each in _listed(told))

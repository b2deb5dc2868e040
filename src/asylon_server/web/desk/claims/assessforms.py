"""Forms of an assessment. No value of a finding is ever filled in by the system."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asylon.casework import Actor
from asylon.casework.assessments import (
    VALUES,
    Answered,
    Closing,
    Considered,
    Found,
    Link,
    MaterialFact,
    Point,
    Remaining,
    Source,
    Under,
)
from asylon.casework.assessments import words as assessed
from asylon_server.web.common.edge import words
from asylon_server.web.desk.claims import assessshowing as showing
from asylon_server.web.desk.claims.assessshowing import Fact, Quote, Shower
from asylon_server.web.desk.fields import day, text, tick

LONG = 20_000
NOT_YET, CLEAR, RAISED = "", "clear", "raised"
_HASH = re.compile(r"[0-9a-f]{64}")

Choices = Sequence[tuple[str, Any]]


class Radios(forms.RadioSelect):
    """Radio buttons; what is wrong with them is found at the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Name the field of a label."""
        return super().id_for_label(id_, index or "0")


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick; what is wrong with them is found at the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Name the field of a label."""
        return super().id_for_label(id_, index or "0")


def long_text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """Ask for words of any length; none are needed unless `required` says so."""
    told = {"rows": 4, "max_length": LONG, "required": False, **more}
    return text(label, hint, **told)


def one_of(
    label: Any, choices: Choices, hint: Any = "", **more: Any
) -> forms.ChoiceField:
    """Ask for one of several that are all seen; nothing is chosen before."""
    radios = Radios(attrs={"class": "govuk-radios__input"})
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=radios,
        **{"error_messages": {"required": _("Choose one.")}, **more},
    )


def some_of(label: Any, choices: Choices, hint: Any = "") -> forms.MultipleChoiceField:
    """Ask for any number of several that are all seen."""
    boxes = Boxes(attrs={"class": "govuk-checkboxes__input"})
    return forms.MultipleChoiceField(
        label=label, help_text=hint, choices=choices, widget=boxes, required=False
    )


class FactForm(forms.Form):
    """A material fact: what was told, what was looked at, whether it is accepted."""

    use_required_attribute = False
    words = long_text(
        _("What was told"),
        _("One fact, as it matters to the claim."),
        required=True,
        error_messages={"required": _("Write what was told.")},
    )
    distortions = long_text(
        _("What may have distorted the telling"),
        _("Such as fear, trauma, interpreting, time, or who was in the room."),
    )
    reasons = long_text(_("Why it is accepted or not"))

    def __init__(self, elements: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["elements"] = some_of(_("What it matters to"), elements)
        self.fields["accepted"] = one_of(
            _("Is it accepted?"),
            [
                (each, assessed()["acceptance"].name(each, words()))
                for each in assessed()["acceptance"]
            ],
            _("Without an answer it stays unresolved."),
            required=False,
        )
        for each in assessed()["indicator"]:
            label = assessed()["indicator"].name(each, words()).capitalize()
            self.fields[f"indicator-{each}"] = long_text(label, rows=2)

    def indicators(self) -> list[forms.BoundField]:
        """Give the fields of what was looked at."""
        return [self[f"indicator-{each}"] for each in assessed()["indicator"]]

    @classmethod
    def typed(cls, fact: MaterialFact) -> dict[str, Any]:
        """Say what would have been typed for a fact that stands."""
        told = {f"indicator-{each.indicator}": each.words for each in fact.considered}
        return told | {
            "words": fact.words,
            "elements": list(fact.elements),
            "distortions": fact.distortions,
            "accepted": fact.accepted,
            "reasons": fact.reasons,
        }

    def clean(self) -> dict[str, Any]:
        """Ask what was looked at, where a fact is not accepted."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("accepted") == "not_accepted" and not self._considered():
            first = f"indicator-{next(iter(assessed()['indicator']))}"
            self.add_error(
                first,
                _("A fact is not accepted. Say what was looked at, and what it shows."),
            )
        return told

    def _considered(self) -> tuple[Considered, ...]:
        told = self.cleaned_data
        return tuple(
            Considered(each, told[f"indicator-{each}"])
            for each in assessed()["indicator"]
            if told.get(f"indicator-{each}", "").strip()
        )

    def fact(self, name: str) -> MaterialFact:
        """Make the fact."""
        told = self.cleaned_data
        return MaterialFact(
            name,
            told["words"],
            tuple(told["elements"]),
            considered=self._considered(),
            distortions=told["distortions"],
            accepted=told["accepted"] or "unresolved",
            reasons=told["reasons"],
        )


class LinkForm(forms.Form):
    """A part of an interview, or a source, on one side of a fact."""

    use_required_attribute = False

    def __init__(self, shower: Shower, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        parts = [e for _day, said in showing.spoken_parts(shower) for e in said]
        sources = [shower.quote(each) for each in shower.assessment.standing_sources]
        self.fields["of"] = one_of(
            _("What is linked"), [(e.ref, e.short) for e in (*parts, *sources)]
        )
        self.fields["side"] = one_of(
            _("On which side it stands"),
            [
                (each, assessed()["side"].name(each, words()).capitalize())
                for each in assessed()["side"]
            ],
        )
        self.fields["why"] = long_text(
            _("Why"),
            _("One sentence: how it bears on the fact."),
            rows=2,
            required=True,
            error_messages={"required": _("Write why, in a sentence.")},
        )

    def link(self) -> Link:
        """Make the link."""
        told = self.cleaned_data
        return Link(told["of"], told["side"], told["why"])


class FindForm(forms.Form):
    """A finding on an element. The value is the officer's: none is chosen before."""

    use_required_attribute = False
    reasons = long_text(
        _("Reasons"), _("Why this is found, on the facts below."), rows=6
    )

    def __init__(
        self, facts: Sequence[Fact], speaking: Sequence[Quote], *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self.fields["value"] = one_of(
            _("What you find"), [(each, showing.value(each)) for each in VALUES]
        )
        self.fields["facts"] = some_of(
            _("The facts it rests on"), [(each.id, each.short) for each in facts]
        )
        self.speaking = {each.ref: each for each in speaking}
        for ref in self.speaking:
            self.fields[f"answer-{ref}"] = long_text(
                _("Why the finding stands all the same"), rows=2
            )

    def answer(self, ref: str) -> forms.BoundField:
        """Give the field in which something that speaks for the person is answered."""
        return self[f"answer-{ref}"]

    @classmethod
    def typed(cls, found: Found) -> dict[str, Any]:
        """Say what somebody wrote before, without the value that they found."""
        told: dict[str, Any] = {f"answer-{e.of}": e.why for e in found.answers}
        return told | {"reasons": found.reasons, "facts": list(found.facts)}

    def found(
        self, element: str, under: Iterable[Under]
    ) -> Callable[[Actor, date], Found]:
        """Make the finding, once it is known who makes it."""
        told = self.cleaned_data
        answers = tuple(
            Answered(ref, why)
            for ref in self.speaking
            if (why := told[f"answer-{ref}"]).strip()
        )

        def made(by: Actor, on: date) -> Found:
            return Found(
                element,
                self.value(),
                by,
                on,
                reasons=told["reasons"],
                facts=tuple(told["facts"]),
                answers=answers,
                under=tuple(under),
                closing=self.closing(),
            )

        return made

    def value(self) -> str:
        """Give what is found."""
        return str(self.cleaned_data["value"])

    def closing(self) -> Closing | None:
        """Give how an open element is closed; a plain finding closes none."""
        return None


class CloseForm(FindForm):
    """An open element that is closed against the person, and never for want of proof."""

    enquiries = long_text(
        _("Own enquiries"),
        _("What the authority itself did to find out."),
        required=True,
        error_messages={"required": _("Write what was done to find out.")},
    )
    doubt = long_text(
        _("Benefit of the doubt"),
        _("Why it does not help the person here."),
        required=True,
        error_messages={
            "required": _("Write why the benefit of the doubt does not help.")
        },
    )

    def __init__(self, against: str, asked: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.against = against
        del self.fields["value"]
        self.fields["put"] = one_of(_("Where the question was put"), asked)

    def value(self) -> str:
        """Give what goes against the person: an element is closed no other way."""
        return self.against

    def closing(self) -> Closing:
        """Give how it is closed."""
        told = self.cleaned_data
        return Closing(told["put"], told["enquiries"], told["doubt"])


class PointForm(forms.Form):
    """Where a point against the person was put to them, and what they answered."""

    use_required_attribute = False
    declined = tick(_("They said there that they would rather not answer."))

    def __init__(
        self, points: Choices, parts: Choices, *args: Any, **named: Any
    ) -> None:
        super().__init__(*args, **named)
        self.fields["point"] = one_of(_("The point"), points)
        self.fields["part"] = one_of(_("Where it was put and answered"), parts)

    def point(self) -> Point:
        """Make the point."""
        told = self.cleaned_data
        fact, _bar, about = told["point"].partition("|")
        put, _bar, answered = told["part"].partition("|")
        return Point(fact, about, put, answered, declined=told["declined"])


class SourceForm(forms.Form):
    """A source that the person did not say: what it is, and whether they know of it."""

    use_required_attribute = False
    title = text(
        _("What it is"),
        _("Title, author and day, so that somebody else finds it."),
        max_length=500,
        error_messages={"required": _("Write what it is.")},
    )
    fingerprint = text(
        _("Fingerprint of the document"),
        _("SHA-256, 64 letters and digits; empty where there is no document."),
        max_length=64,
        required=False,
    )
    disclosed = day(
        _("Disclosed on"),
        _(
            "When its substance was disclosed to the person or counsel; empty, if it was not."
        ),
        required=False,
    )

    def clean_fingerprint(self) -> str:
        """Take a fingerprint as it is written everywhere."""
        told: str = self.cleaned_data["fingerprint"].strip().lower()
        if told and not _HASH.fullmatch(told):
            raise forms.ValidationError(
                _("A SHA-256 fingerprint has 64 letters from a to f, and digits.")
            )
        return told

    @classmethod
    def typed(cls, source: Source) -> dict[str, Any]:
        """Say what would have been typed for a source that stands."""
        return {
            "title": source.title,
            "fingerprint": source.fingerprint,
            "disclosed": source.disclosed,
        }

    def source(self, name: str) -> Source:
        """Make the source."""
        told = self.cleaned_data
        return Source(name, told["title"], told["fingerprint"], told["disclosed"])


class RemainingForm(forms.Form):
    """What risk remains when all that is doubted is left out, by where it comes from."""

    use_required_attribute = False

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for each in assessed()["remaining"]:
            name = assessed()["remaining"].name(each, words())
            self.fields[each] = long_text(_("From: %(what)s") % {"what": name})

    def remaining(self) -> list[Remaining]:
        """List what was found."""
        told = self.cleaned_data
        return [
            Remaining(e, told[e]) for e in assessed()["remaining"] if told[e].strip()
        ]


class ScreeningForm(forms.Form):
    """Which screening questions were put, and whether anything was raised by them."""

    use_required_attribute = False

    def __init__(self, rules: Sequence[str], *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.rules = rules
        for each in rules:
            self.fields[each] = one_of(
                showing.closes_title(each),
                [
                    (CLEAR, _("They were put, and nothing was raised")),
                    (RAISED, _("They were put, and something was raised")),
                ],
                required=False,
            )

    def screened(self) -> list[str]:
        """List the rules whose questions were put."""
        return [each for each in self.rules if self.cleaned_data[each]]

    def raised(self) -> list[str]:
        """List the rules against which something was raised."""
        return [e for e in self.rules if self.cleaned_data[e] == RAISED]

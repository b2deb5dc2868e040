"""The parts of what is told of somebody: how each is asked, shown and kept.

The pages that add, change and take out are the same for all of them. A new part is a
row here, a form and the lines that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from asylon.casework import File, Person
from asylon.casework.needs import needs
from asylon_server.store.cases.changes import PERSON, SINGLE, Change, values
from asylon_server.web.common.edge import words
from asylon_server.web.desk import lines, safetyforms, tieforms, whereforms, whoforms
from asylon_server.web.desk.partforms import PartForm, Scene
from asylon_server.web.desk.showing import Shown, titled


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is told of somebody.

    Attributes:
        name: The field of a person on a file.
        title: What the part is called.
        adds: What the page is called that adds to it.
        form: The form that makes one thing of it.
        lines: How one thing of it is shown.
        before: What is said above the form, a paragraph each.
        brief: How many lines of a thing are shown where all the family is; None for all.
        is_fixed: Whether a thing of it is changed by another act alone.
    """

    name: str
    title: Any
    adds: Any
    form: type[PartForm]
    lines: Callable[[Any, Scene], list[str]]
    before: tuple[Any, ...] = ()
    brief: int | None = 1
    is_fixed: Callable[[Any], bool] = lambda _thing: False

    @property
    def field_class(self) -> str:
        """The field class that whoever sees it has to reach."""
        return Change("", self.name).field_class

    @property
    def is_single(self) -> bool:
        """Whether it holds one thing or none."""
        return self.name in SINGLE

    def things(self, person: Person) -> tuple[object, ...]:
        """Give what was told of it."""
        return values(person, self.name)


PARTS = (
    Part("names", _("Names"), _("Add a name"), whoforms.NameForm, lines.name),
    Part(
        "born",
        _("Born"),
        _("Add a birth as told"),
        whoforms.BirthForm,
        lines.birth,
        brief=None,
    ),
    Part("sex", _("Sex, as told"), _("Add the sex"), whoforms.SexForm, lines.sex),
    Part(
        "stays",
        _("Places"),
        _("Add a place"),
        whereforms.StayForm,
        lines.stay,
        (
            _(
                "Where somebody is now is seen by very few. Write down no more of it than is needed to reach and protect the person."
            ),
        ),
    ),
    Part(
        "nationalities",
        _("Nationality claims"),
        _("Add a nationality claim"),
        whereforms.NationalityForm,
        lines.nationality,
        (
            _(
                "A nationality is a claim with a status. It is never copied from a parent or from a paper of somebody else."
            ),
        ),
    ),
    Part(
        "feared",
        _("States feared"),
        _("Add a state that is feared"),
        safetyforms.FearForm,
        lines.feared,
        (
            _(
                "To name a state is to express a wish for protection: a hold against it begins on this day. Changing it or taking it out lifts no hold."
            ),
        ),
    ),
    Part(
        "kin",
        _("Relatives"),
        _("Add a relative"),
        tieforms.KinForm,
        lines.kin,
        (
            _(
                "A spouse is somebody whom the person calls so. What another says is kept as “claims to be the spouse”, with who says it."
            ),
        ),
    ),
    Part(
        "languages",
        _("Languages"),
        _("Add a language"),
        tieforms.SpeechForm,
        lines.speech,
    ),
    Part(
        "contacts",
        _("Safe ways of contact"),
        _("Add a safe way of contact"),
        safetyforms.ContactForm,
        lines.contact,
        (
            _(
                "No way is safe until the person says so. Write down only what the person called safe, and the hours."
            ),
        ),
        brief=None,  # no number is shown without its hours
    ),
    Part(
        "unsafe",
        _("Ways never to use"),
        _("Add a way never to use"),
        safetyforms.UnsafeForm,
        lines.contact,
        (_("Nobody uses such a way, not even once, and not in an emergency."),),
    ),
    Part(
        "consents",
        _("Consents"),
        _("Add a consent"),
        safetyforms.ConsentForm,
        lines.consent,
        (
            _(
                "Say this first: whoever refuses loses nothing. No help, no right and no hold hangs on the answer, and it can be taken back on any day."
            ),
        ),
        brief=None,  # whether it was refused or taken back stands below the purpose
        is_fixed=safetyforms.is_of_a_talk,
    ),
    Part(
        "needs",
        _("Specific needs"),
        _("Add a specific need"),
        safetyforms.NeedForm,
        lines.need,
        (
            _(
                "Only the code is kept here. What happened to the person does not belong on this page."
            ),
        ),
    ),
)
ANOTHER = Part(
    PERSON,
    _("Another person"),
    _("Add another person of the family"),
    tieforms.AnotherForm,
    lines.person,
    (
        _(
            "The holds over everybody on the case cover this person from the first moment."
        ),
    ),
)
BY_NAME = {each.name: each for each in PARTS}


@dataclass(frozen=True, slots=True)
class Told:
    """A part on somebody's page.

    Attributes:
        part: The part.
        things: The lines of each thing that was told, and whether the reader may
            change it.
        may_add: Whether the reader may add to it.
    """

    part: Part
    things: list[tuple[list[str], bool]]
    may_add: bool


def told(
    file: File, person: Person, reached: Set[str], writes: Set[str], on: date
) -> Iterable[Told]:
    """Go through the parts that somebody reaches; of the others nothing is said."""
    scene = Scene(file, person, on)
    for part in PARTS:
        if part.field_class in reached:
            may = part.field_class in writes
            things = [
                (part.lines(each, scene), may and not part.is_fixed(each))
                for each in part.things(person)
            ]
            yield Told(part, things, may and not (part.is_single and things))


def shown(file: File, person: Person, on: date) -> Shown:
    """Show somebody in short, leaving out what was not told or is not reached."""
    scene = Scene(file, person, on)
    rows = [
        (
            part.title,
            [
                line
                for e in part.things(person)
                for line in part.lines(e, scene)[: part.brief]
            ],
        )
        for part in PARTS
        if part.name != "needs"  # shown as tags
    ]
    rows.append((_("Note"), [person.note] if person.note else []))
    wants = [needs().name(each.kind, words()) for each in person.needs]
    told = [(title, lines) for title, lines in rows if lines]
    return Shown(person.id, titled(file, person), told, wants)

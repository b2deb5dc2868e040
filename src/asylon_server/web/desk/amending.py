"""Telling more of somebody, changing and taking out what was told, thing by thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from asylon.casework import Person
from asylon.identity import RecordError
from asylon.security.drawing import draw_secret
from asylon_server.store.cases import reads, telling
from asylon_server.store.cases.changes import Change, StaleError, next_name
from asylon_server.store.cases.reads import Seen
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import in_language, signed_in, speak
from asylon_server.web.common.keeping import again
from asylon_server.web.desk import sending, showing
from asylon_server.web.desk.cases import frame, seen_of
from asylon_server.web.desk.clashing import Conflict, chosen
from asylon_server.web.desk.fields import languages
from asylon_server.web.desk.partforms import PartForm, Scene
from asylon_server.web.desk.parts import ANOTHER, BY_NAME, Part

_FORM = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Task:
    """Something of somebody that is to be told otherwise.

    Attributes:
        seen: The case as it stands.
        part: Which part of what is told.
        scene: Of whom, and what stood there.
        version: The version that the writer had read.
        number: Which thing of the part, from 1; 0 for a new one.
        form: The name of the form, drawn by chance.
    """

    seen: Seen
    part: Part
    scene: Scene
    version: int
    number: int
    form: str

    @property
    def person(self) -> Person:
        """Of whom it is."""
        return self.scene.person

    @property
    def back(self) -> str:
        """Where it was come from."""
        if self.part is ANOTHER:
            return reverse("desk:case", args=[self.seen.case])
        return reverse("desk:person", args=[self.seen.case, self.person.id])

    @property
    def called(self) -> str:
        """What the person is called; empty of somebody who is to be added."""
        is_new = self.part is ANOTHER
        return "" if is_new else showing.titled(self.seen.file, self.person)

    def change(self, new: object | None) -> Change:
        """Say what is to change."""
        return Change(self.person.id, self.part.name, self.scene.old, new)


@signed_in
@again(act="typed")
def add(request: Request, case: UUID, person: str, part: str) -> HttpResponse:
    """Add something that is told."""
    return _asked(request, _task(request, case, person, part, 0))


@signed_in
@again(act="typed")
def change(
    request: Request, case: UUID, person: str, part: str, number: int
) -> HttpResponse:
    """Change something that was told."""
    return _asked(request, _task(request, case, person, part, number))


@signed_in
@again(act="typed")
def take_out(
    request: Request, case: UUID, person: str, part: str, number: int
) -> HttpResponse:
    """Take out something that was told; the versions before keep it."""
    task = _task(request, case, person, part, number)
    act, _sep, language = request.POST.get("act", "").partition(":")
    if act == "keep":
        return _kept(request, task, None, None)
    speak(request, language)
    context = _context(request, task) | {"lines": _lines(task, task.scene.old)}
    return in_language(render(request, "desk/part_out.html", context), language)


@signed_in
@again(act="typed")
def another(request: Request, case: UUID) -> HttpResponse:
    """Add another person of the family."""
    seen = seen_of(request, case)
    if ANOTHER.field_class not in seen.writes:
        raise Http404
    person = Person(next_name(seen.file))
    scene = Scene(seen.file, person, request.at.date())
    return _asked(request, Task(seen, ANOTHER, scene, seen.version, 0, _name(request)))


def _task(request: Request, case: UUID, person: str, part: str, number: int) -> Task:
    """Find what is to be told otherwise, for whoever may write there."""
    seen = seen_of(request, case)
    found = BY_NAME.get(part)
    if found is None or not {found.field_class} <= seen.writes & seen.classes:
        raise Http404
    version = _version(request, seen)
    file = seen.file
    if version != seen.version:
        # What its writer had read: others may have changed it since.
        file = reads.case_file(
            request.user.actor,
            case,
            at=request.at,
            custody=request.custody,
            version=version,
        ).file
    now, then = (
        _person(seen, person),
        next((p for p in file.people if p.id == person), None),
    )
    things = found.things(then) if then else ()
    if number > len(things):
        raise Http404
    old = things[number - 1] if number else None
    if number and found.is_fixed(old):
        raise Http404
    scene = Scene(seen.file, now, request.at.date(), old)
    return Task(seen, found, scene, version, number, _name(request))


def _name(request: Request) -> str:
    """Name the form: as it was sent, else anew."""
    sent = request.POST.get("submission", "")
    return sent if _FORM.fullmatch(sent) else draw_secret().hex()


def _version(request: Request, seen: Seen) -> int:
    asked = request.POST.get("version") or request.GET.get("version") or ""
    version = sending.number(asked)
    return version if 0 < version <= seen.version else seen.version


def _person(seen: Seen, person: str) -> Person:
    try:
        return seen.file.person(person)
    except LookupError:
        raise Http404 from None


def _asked(request: Request, task: Task) -> HttpResponse:
    """Show the form, read back what was typed, and keep it."""
    made = task.part.form
    act, _sep, which = request.POST.get("act", "").partition(":")
    if act not in {"check", "keep"}:
        return _typed(request, task, which)
    form = made(request.POST, task.scene)
    if not form.is_valid():
        return _form(request, task, form, status=422)
    if act == "check" and form.reads_back:
        context = _context(request, task) | {
            "form": form,
            "lines": _lines(task, form.thing()),
            "doubts": form.doubts(),
        }
        return render(request, "desk/part_check.html", context)
    return _kept(request, task, form, form.thing())


def _typed(request: Request, task: Task, language: str) -> HttpResponse:
    """Show the form with what stands, or what was typed so far, without judging it."""
    speak(request, language)
    typed: dict[str, Any] = request.POST.dict()
    if request.method != "POST" and task.number:
        typed = task.part.form.typed(task.scene.old)
    form = task.part.form(None, task.scene, initial=typed)
    return in_language(_form(request, task, form), language)


def _kept(
    request: Request, task: Task, form: PartForm | None, new: object | None
) -> HttpResponse:
    """Keep it, or show both where somebody else changed it meanwhile."""
    wanted = task.change(new)
    try:
        made = chosen(request, task.seen.case, wanted, since=task.version)
        if made is not None:
            telling.tell(
                request.user.actor,
                task.seen.case,
                [made],
                at=request.at,
                custody=request.custody,
                form=task.form,
            )
            messages.success(request, _("It is kept."))
    except RecordError as error:
        if form is None:
            raise Http404 from None
        form.refuse(error)
        return _form(request, task, form, status=422)
    except StaleError:
        conflict = Conflict.of(request, task.seen.case, wanted, since=task.version)
        if conflict.standing.thing == new:
            return redirect(task.back)
        context = _context(request, task) | conflict.context(
            _lines(task, conflict.standing.thing), _lines(task, new)
        )
        context |= {"form": form}
        return render(request, "desk/part_conflict.html", context, status=409)
    return redirect(task.back)


def _form(
    request: Request, task: Task, form: PartForm, status: int = 200
) -> HttpResponse:
    context = _context(request, task) | {"form": form, "forms_of": [form]}
    return render(request, "desk/part.html", context, status=status)


def _lines(task: Task, thing: object | None) -> list[str]:
    return [] if thing is None else task.part.lines(thing, task.scene)


def _context(request: Request, task: Task) -> dict[str, object]:
    return frame(request, task.seen) | {
        "part": task.part,
        "back": task.back,
        "person_called": task.called,
        "number": task.number,
        "version": task.version,
        "submission": task.form,
        "known_languages": list(languages()),
    }

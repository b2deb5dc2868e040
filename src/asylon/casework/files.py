"""The file of a case: the form in which a case is read, explained and taken away.

Storage turns its tables into a `File` and back; pages, the engine and whoever takes a
case away read this and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from asylon.casework.assessments import Assessment
from asylon.casework.counsel import Appearance, Submission
from asylon.casework.decisions import Complaint, Draft, Guardian, Telling
from asylon.casework.exceptions import Proposed
from asylon.casework.holds import Hold, protected
from asylon.casework.interviews import Interview
from asylon.casework.people import Person
from asylon.casework.procedure import Course, Step, procedure
from asylon.casework.procedure.deadlines import Stop
from asylon.casework.scheduling import Planned
from asylon.identity import RecordError
from asylon.identity import as_dict as written
from asylon.identity import from_dict as read
from asylon.law.jurisdictions import STATES

NOTHING_FOUND = Assessment()
TESTIMONY = (
    "note",
    "plans",
    "interviews",
    "assessment",
    "drafts",
    "complaints",
    "guardians",
    "submissions",
    "exceptions",
)
"""What of a claim holds words about somebody, and is sealed with testimony."""

FORMAT = "asylon-file-1"


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """The claim of one person of the file: which procedure, and how far it has come.

    Attributes:
        steps: what was done in the procedure, by whom; the stage follows from it.
        stops: what stops the times that run, such as custody without counsel.
        plans: the interviews that were fixed, and who was to be there.
        interviews, assessment: what was said, and what was found on it.
        drafts: the decisions as they were drafted, the last one last.
        tellings: how decisions were told.
        complaints: those about somebody who works on it.
        guardians: who stands beside a child.
        counsel: who has appeared for the person; `appearances`, everybody who ever did.
        submissions: what was handed in.
        exceptions: those from guards that two people make.
        called: the day on which somebody who is away was called to come.
    """

    id: str
    person: str
    procedure: str = "mandate"
    state: str = ""
    wish_heard: date | None = None
    lodged: date | None = None
    receipt_code: str = ""
    note: str = ""
    steps: tuple[Step, ...] = ()
    stops: tuple[Stop, ...] = ()
    plans: tuple[Planned, ...] = ()
    interviews: tuple[Interview, ...] = ()
    assessment: Assessment = NOTHING_FOUND
    drafts: tuple[Draft, ...] = ()
    tellings: tuple[Telling, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    counsel: str = ""
    called: date | None = None
    appearances: tuple[Appearance, ...] = ()
    submissions: tuple[Submission, ...] = ()
    exceptions: tuple[Proposed, ...] = ()

    def __post_init__(self) -> None:
        if self.procedure not in procedure().kinds:
            known = ", ".join(f"`{each}`" for each in procedure().kinds)
            raise RecordError(
                "procedure", "there is none like this", f"There is {known}."
            )
        if self.state and self.state not in STATES:
            problem = "this is no code of a state"
            raise RecordError("state", problem, "Write three letters, such as CHN.")
        _refuse_twice("interviews", [each.id for each in self.interviews])
        for place, step in enumerate(self.steps):
            if step.act not in procedure().acts:
                problem = f"there is no act `{step.act:.40}`"
                where = f"steps[{place}].act"
                raise RecordError(where, problem, "Take one there is.")

    @property
    def course(self) -> Course:
        """Give the course that the claim has taken."""
        return Course(self.procedure, self.steps)

    @property
    def told(self) -> date | None:
        """Give the day on which its last decision was told and understood."""
        days = [each.on for each in self.tellings if each.understood]
        return days[-1] if days else None

    @property
    def said(self) -> CaseClaim:
        """Give what was said and found of it alone, as it is sealed with testimony."""
        kept = {name: getattr(self, name) for name in TESTIMONY}
        return replace(CaseClaim(self.id, self.person), **kept)

    @property
    def unsaid(self) -> CaseClaim:
        """Give it without what was said and found."""
        empty = CaseClaim(self.id, self.person)
        return replace(self, **{name: getattr(empty, name) for name in TESTIMONY})

    def resaid(self, said: CaseClaim | None) -> CaseClaim:
        """Give it with what was said and found, from where that was sealed."""
        if said is None:
            return self.unsaid
        return replace(self, **{name: getattr(said, name) for name in TESTIMONY})


@dataclass(frozen=True, slots=True)
class File:
    """A case: people who are decided together, their claims, and the holds over them."""

    reference: str
    people: tuple[Person, ...] = ()
    holds: tuple[Hold, ...] = ()
    claims: tuple[CaseClaim, ...] = ()
    opened: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not self.reference.strip():
            raise RecordError("reference", "the case has none", "Give it one.")
        _refuse_twice("people", [each.id for each in self.people])
        _refuse_twice("claims", [each.id for each in self.claims])
        known = {each.id for each in self.people}
        for place, claim in enumerate(self.claims):
            _refuse_stranger(f"claims[{place}].person", claim.person, known)
        for place, hold in enumerate(self.holds):
            _refuse_stranger(f"holds[{place}].person", hold.person, {"", *known})
        for place, person in enumerate(self.people):
            for number, kinship in enumerate(person.kin):
                where = f"people[{place}].kin[{number}].other"
                _refuse_stranger(where, kinship.other, {"", *known} - {person.id})

    def person(self, id: str) -> Person:
        """Give one of the people.

        Raises:
            LookupError: nobody on the file is called so.
        """
        for each in self.people:
            if each.id == id:
                return each
        raise LookupError("nobody on this file is called so")

    def protects(self, person: str, destination: str) -> bool:
        """Whether a hold keeps a person of the file from being sent to a destination."""
        return protected(self.holds, person, destination)

    def as_dict(self) -> dict[str, Any]:
        """Write the file as what JSON can hold."""
        return {"format": FORMAT, **written(self)}

    @classmethod
    def from_dict(cls, data: Any) -> File:  # noqa: ANN401  whatever a file held
        """Read a file.

        Raises:
            RecordError: it is of another format, or something in it cannot be read.
        """
        if not isinstance(data, dict):
            raise RecordError("file", "this is no file of a case", "Give a table.")
        if data.get("format") != FORMAT:
            problem = "`format` is another than is read here"
            raise RecordError("file", problem, f"Give one that says `{FORMAT}`.")
        return read(cls, {key: data[key] for key in data if key != "format"})

    def as_json(self) -> str:
        """Write the file as one line of JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> File:
        """Read a file from JSON.

        Raises:
            RecordError: it is not JSON, or no file of a case.
        """
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            problem = f"not valid JSON at line {error.lineno}, column {error.colno}"
            raise RecordError("file", problem, "Take the file anew.") from None
        except RecursionError:
            problem = "it is nested too deeply"
            raise RecordError("file", problem, "Take the file anew.") from None
        return cls.from_dict(data)


def _refuse_twice(where: str, names: list[str]) -> None:
    if len(set(names)) < len(names):
        raise RecordError(where, "two of them have one name", "Rename one.")


def _refuse_stranger(where: str, name: str, known: set[str]) -> None:
    if name not in known:
        problem = "this names nobody of the file, or the person"
        raise RecordError(where, problem, "Name somebody of the file.")

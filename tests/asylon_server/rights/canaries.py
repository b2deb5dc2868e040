"""Words that nobody would write by chance, planted by field class in every case.

Each says of itself which class it belongs to and in which case it was planted, so that
a page that holds one can be asked whether it may.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from asylon.casework import Actor, CaseClaim, Consent, Contact, File, Hold, Need, Person
from asylon.casework.assessments import (
    Assessment,
    Found,
    Link,
    MaterialFact,
    Remaining,
    Source,
)
from asylon.casework.counsel import Appearance, Submission
from asylon.casework.decisions import (
    Complaint,
    Draft,
    Guardian,
    Reasoning,
    fingerprint,
)
from asylon.casework.exceptions import Proposed
from asylon.casework.interviews import Interview, Segment
from asylon.casework.people import Speech
from asylon.casework.procedure import Step
from asylon.casework.scheduling import Plan, Planned, Staff
from asylon.dates import kept, read
from asylon.identity import Kinship, Name, NationalityClaim, Place, Stay
from tests.asylon_server.conftest import LATER, MORNING

CANARY = re.compile(r"zq(?P<klass>[a-z]+)xx(?P<case>[a-z]+)xx(?P<number>[a-z]+)zq")
COUNSEL, COMPLAINED = str(UUID(int=7)), str(UUID(int=8))
_HAND = Actor(COUNSEL, "none", "legal_aid", "counsel")
ELEMENT = "nationalities.PRK.risk_at_departure"
GUARDED = ("identity", "contact", "whereabouts", "narrative", "kinship")


def canary(klass: str, case: str, number: int) -> str:
    """Make a word; `case` is spelled in letters, and so is the number."""
    spelled = "".join("abcdefghij"[int(each)] for each in str(number))
    return f"Zq{klass}xx{case}xx{spelled}zq"


def found(text: str) -> set[tuple[str, str]]:
    """Find the classes and cases of the canaries in a text."""
    told = CANARY.finditer(text.lower())
    return {(each["klass"], each["case"]) for each in told}


def planted(case: str) -> list[str]:
    """List every word that is planted in a case."""
    text = file(case).as_json() + certificate(case).decode() + letter(case).decode()
    spelled = dict.fromkeys(re.findall(r"Zq[a-z]+zq", text))
    return list(spelled)


def file(case: str, *, against: str = "PRK", people: int = 2) -> File:
    """Make a file of a case with a canary in every field that holds words."""
    return File(
        f"R-{case}",
        people=tuple(_person(case, number) for number in range(1, people + 1)),
        holds=(
            Hold(
                against,
                MORNING.date(),
                "wish_expressed",
                note=canary("identity", case, 90),
            ),
        ),
        claims=(
            _claim(case),
            _examined(case),
            _interviewed(case),
            *_decided(case),
        ),
        opened=MORNING.date(),
        note=_note(case, 92),
    )


def _claim(case: str) -> CaseClaim:
    """Make a claim of which a wish was heard, with counsel and a complaint settled."""
    day, word = MORNING.date(), canary("narrative", case, 93)
    return CaseClaim(
        "c1",
        "p1",
        note=_note(case, 91),
        assessment=Assessment(sources=(Source("q1", word),)),
        appearances=(Appearance(COUNSEL, canary("identity", case, 93), day, day),),
        submissions=(Submission("s1", day, _HAND, word, word, "AAAAA-AAAAA"),),
        guardians=(Guardian(canary("guardian", case, 97), day),),
        exceptions=(Proposed("x1", "examine", ("interview_first",), _HAND, day, word),),
        complaints=(
            Complaint(
                *("b1", COMPLAINED, day, canary("complaint", case, 94), day),
                by=_HAND,
                made_by=_HAND,
            ),
        ),
    )


def _examined(case: str) -> CaseClaim:
    """Make a claim that is examined jointly, with what was said and found on it."""
    by, day = _HAND, MORNING.date()
    said = tuple(
        Segment(
            f"s{number}",
            kind,
            f"2026-11-24T10:0{number}",
            speaker,
            _note(case, 200 + number),
            "ko",
            _note(case, 210 + number),
            "en",
            answers="s1" if number > 1 else "",
        )
        for number, (kind, speaker) in enumerate(
            [("point", "officer"), ("answer", "person")], 1
        )
    )
    interview = Interview(
        "i1",
        day,
        by,
        "ko",
        interpreter=canary("identity", case, 220),
        counsel=canary("identity", case, 221),
        guardian=canary("helpers", case, 222),
        segments=said,
    )
    against = Link("d1", "against", _note(case, 230))
    fact = MaterialFact(
        "f1", _note(case, 231), (ELEMENT,), (against,), reasons=_note(case, 232)
    )
    found = Assessment(
        facts=(fact,),
        sources=(Source("d1", _note(case, 233)),),
        findings=(Found(ELEMENT, "true", by, day, _note(case, 234), ("f1",)),),
        remaining=(Remaining("origin", _note(case, 235)),),
    )
    return CaseClaim(
        "c2",
        "p1",
        procedure="joint",
        state="CHN",
        note=_note(case, 99),
        steps=tuple(Step(each, by, day) for each in ("lodge", "sign_off", "examine")),
        interviews=(interview,),
        assessment=found,
    )


def _interviewed(case: str) -> CaseClaim:
    """Make a claim on which one interview is fixed, and another has begun."""
    day, word = MORNING.date(), canary("narrative", case, 94)
    staff = Staff(word, ("en",), account=COUNSEL)
    plan = Plan(MORNING, LATER, staff, replace(staff, languages=("ko",)), room=word)
    named = canary("identity", case, 94)
    part = Segment("s1", "question", "2026-11-24T10:00:00", "officer", word)
    begun = Interview("i2", day, _HAND, "ko", named, named, room=named)
    return CaseClaim(
        "c3",
        "p1",
        steps=(Step("lodge", _HAND, day),),
        plans=(Planned("i1", plan), Planned("i2", plan)),
        interviews=(replace(begun, segments=(part,)),),
        guardians=(Guardian(canary("guardian", case, 94), day),),
        counsel=named,
    )


def _decided(case: str) -> Iterator[CaseClaim]:
    """Make a claim that is examined, one that is drafted, and one that is signed."""
    day = MORNING.date()
    hand = Actor(str(UUID(int=8)), "none", "unhcr", "eligibility_officer")
    reasons = (Reasoning(_note(case, 300), _note(case, 301)),)
    saw = fingerprint((), Assessment())
    draft = Draft("recognise", hand, day, "en", reasons, saw)
    for name, acts in (
        ("c9", ("lodge", "examine")),
        ("c7", ("lodge", "examine", "draft")),
        ("c8", ("lodge", "examine", "draft", "endorse", "sign")),
    ):
        steps = tuple(
            Step(act, hand, day, "recognise" if act == "draft" else "") for act in acts
        )
        drafts = (draft,) if "draft" in acts else ()
        yield CaseClaim(name, "p1", steps=steps, drafts=drafts)


def letter(case: str) -> bytes:
    """Make what is kept of a letter that was signed."""
    printed = f"%PDF-1.7 {canary('letter', case, 97)}".encode()
    header = {"sha256": sha256(printed).hexdigest(), "reasons": None}
    return json.dumps(header).encode() + b"\n" + printed


def certificate(case: str) -> bytes:
    """Make the code and the bytes of a certificate that was issued."""
    return f"AAAAA-AAAAA\n%PDF-1.7 {canary('identity', case, 95)}".encode()


def _person(case: str, number: int) -> Person:
    step = number * 10

    def word(klass: str, place: int = 0) -> str:
        return canary(klass, case, step + place)

    return Person(
        f"p{number}",
        names=(
            Name(word("identity"), "Latn", note=word("identity", 5)),
            Name(
                word("identity", 1), "Latn", kind="alias", told_by=word("identity", 2)
            ),
        ),
        born=(read("1989"), kept(word("identity", 3), "solar")),
        languages=(
            Speech(
                "ko",
                word("identity", 4),
                is_first=True,
                interpreter=word("identity", 7),
            ),
        ),
        stays=(
            Stay(
                "lived",
                Place(word("whereabouts"), "CHN", note=word("whereabouts", 1)),
                note=word("whereabouts", 2),
            ),
        ),
        nationalities=(NationalityClaim("PRK", "asserted", note=word("identity", 7)),),
        kin=tuple(_kin(case, number)),
        contacts=(Contact("phone", word("contact"), hours=word("contact", 1)),),
        unsafe=(Contact("message", word("contact", 2), note=word("contact", 3)),),
        consents=(
            Consent(
                "referral",
                word("consent"),
                "ko",
                given=MORNING.date(),
                interpreter=word("consent", 1),
            ),
        ),
        needs=(Need("SM", note=word("identity", 6)),),
        note=word("narrative", 3),
    )


def _kin(case: str, number: int) -> Iterator[Kinship]:
    told = Name(canary("kinship", case, number), "Latn")
    yield Kinship("mother", names=(told,), note=canary("kinship", case, number + 50))
    if number > 1:
        yield Kinship("mother", other="p1")


def _note(case: str, number: int) -> str:
    return canary("narrative", case, number)

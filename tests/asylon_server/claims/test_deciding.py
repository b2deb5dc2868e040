"""A decision: drafted from the file, reviewed, signed with its letter, and told."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest

from asylon.casework import CaseClaim
from asylon.casework.assessments import Source
from asylon.casework.decisions import Telling
from asylon.casework.procedure import procedure
from asylon.security.custody import Custody
from asylon_server.letters import FacesError, faces
from asylon_server.store.cases.models import Case
from asylon_server.store.claims import deciding, earlier, letters
from asylon_server.store.claims.asking import Asked, StepRefusedError
from asylon_server.store.claims.deciding import Drafted
from asylon_server.store.claims.letters import House, Shows
from asylon_server.store.claims.steps import looked_at, take
from asylon_server.store.record.models import Event
from asylon_server.store.rights import Actor
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault.models import Compartment
from tests.asylon_server.claims import files
from tests.asylon_server.claims.files import REASONS
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@dataclass
class Desk:
    """A claim that was examined, and those who decide it."""

    case: Case
    claim: CaseClaim
    examiner: Actor
    reviewer: Actor
    custody: Custody

    def stands(self, claim):
        files.put(self.case, self.custody, claim)

    def take(self, who, asked):
        return take(
            who, self.case.id, self.claim.id, asked, at=LATER, custody=self.custody
        )

    def draft(self, who, drafted):
        asked = deciding.drafting(who, drafted, read=None, on=MORNING.date())
        return self.take(who, asked)

    def sign(self, who, *, confirmed=True):
        shows = Shows(who, House("+00 000 0000", invented=True), LATER)
        asked = deciding.signing(
            shows, read=None, custody=self.custody, confirmed=confirmed
        )
        return self.take(who, asked)

    def tell(self, who, language, *, understood=True):
        by, day = deciding.hand(who), LATER.date()
        told = Telling("read_out", day, by, language, "…", understood=understood)
        return self.take(who, deciding.telling("tell", told, read=None))

    def letter(self, who):
        return letters.document(
            who, self.case.id, self.claim.id, 1, at=LATER, custody=self.custody
        )

    def now(self):
        return files.now(self.case, self.custody)


@pytest.fixture
def desk(case, examiner, works, custody):
    claim = files.examined(examiner)
    made = Desk(case, claim, examiner, works("unhcr", "reviewing"), custody)
    made.stands(claim)
    return made


@pytest.fixture
def endorsed(desk):
    drafted = files.drafted(desk.claim, desk.examiner)
    desk.claim = files.stepped(drafted, desk.reviewer, "endorse")
    desk.stands(desk.claim)
    return desk


@pytest.fixture
def refused(desk):
    drafted = files.drafted(desk.claim, desk.examiner, "refuse")
    desk.stands(files.stepped(drafted, desk.reviewer, "endorse", "sign"))
    return desk


def told(claim, outcome="recognise"):
    return Drafted(outcome, "en", REASONS, saw=deciding.saw(claim))


def codes(refused):
    return {each.code.removeprefix("procedure.") for each in refused.value.refusals}


def stage(claim):
    return claim.course.standing(procedure()).stage


def test_a_draft_pins_what_it_rests_on(desk):
    source = Source("s1", "A report", fingerprint="ab" * 32)
    assessment = replace(desk.claim.assessment, sources=(source,))
    claim = replace(desk.claim, assessment=assessment)
    desk.stands(claim)

    after = desk.draft(desk.examiner, told(claim))

    [draft] = after.drafts
    assert stage(after) == "drafted"
    assert draft.rests_on == deciding.saw(claim)
    assert draft.law == deciding.law()
    assert draft.sources == ("ab" * 32,)


def test_a_draft_of_what_was_found_before_is_refused(desk):
    seen = told(desk.claim)
    desk.stands(replace(desk.claim, interviews=()))

    with pytest.raises(StepRefusedError) as why:
        desk.draft(desk.examiner, seen)

    assert codes(why) == {"changed-meanwhile"}


def test_a_claim_is_read_as_it_stood_with_what_was_said_until_then(desk):
    first, *others = desk.claim.interviews
    said = replace(first.segments[-1], id="s99", words="And then the river froze.")
    longer = replace(first, segments=(*first.segments, said))
    later = replace(desk.claim, interviews=(longer, *others))
    files.put(
        desk.case,
        desk.custody,
        files.stepped(later, desk.examiner, "submit"),
        at=LATER,
    )
    found = looked_at(desk.examiner, desk.case.id, "c1", at=LATER, custody=desk.custody)

    assert earlier.as_of(found, 3, custody=desk.custody) == desk.claim
    assert earlier.as_of(found, 4, custody=desk.custody) == found.claim
    assert earlier.as_of(found, 5, custody=desk.custody) is None


def test_who_does_not_reach_what_was_said_drafts_nothing(desk, works):
    who = works("authority", "eligibility")

    with pytest.raises(NotThereError):
        desk.draft(who, told(desk.claim))


def test_nobody_reviews_what_they_drafted(desk):
    desk.stands(files.drafted(desk.claim, desk.reviewer))

    with pytest.raises(StepRefusedError) as why:
        desk.take(desk.reviewer, deciding.reviewing("endorse", read=None))

    assert codes(why) == {"guard.another-person"}


def test_a_draft_goes_back_with_what_is_missing(desk):
    desk.stands(files.drafted(desk.claim, desk.examiner))
    asked = deciding.reviewing("send_back", read=None, words="Say why.")

    after = desk.take(desk.reviewer, asked)

    assert (stage(after), after.steps[-1].words) == ("examined", "Say why.")


def test_nobody_signs_a_refusal_unread_or_without_showing_who_they_are(desk):
    drafted = files.drafted(desk.claim, desk.examiner, "refuse")
    desk.stands(files.stepped(drafted, desk.reviewer, "endorse"))

    with pytest.raises(StepRefusedError) as why:
        desk.sign(desk.reviewer, confirmed=False)

    assert {"guard.signer", "guard.confirmed"} <= codes(why)


def test_a_draft_is_not_signed_once_something_else_was_found(endorsed):
    found = endorsed.claim.assessment
    fewer = replace(found, findings=found.findings[1:])
    endorsed.stands(replace(endorsed.claim, assessment=fewer))

    with pytest.raises(StepRefusedError) as why:
        endorsed.sign(endorsed.examiner)

    assert codes(why) == {"guard.current"}


@pytest.mark.usefixtures("with_faces")
def test_a_signature_keeps_the_letter_and_the_record_its_digest(endorsed):
    after = endorsed.sign(endorsed.examiner)

    printed = endorsed.letter(endorsed.reviewer)
    event = next(e for e in map(_said, Event.objects.all()) if e["act"] == "claim sign")
    assert stage(after) == "signed"
    assert printed.startswith(b"%PDF")
    assert event["details"]["sha256"] == sha256(printed).hexdigest()
    [letter] = letters.signed(after)
    assert (letter.number, letter.outcome) == (1, "recognise")


@pytest.mark.usefixtures("with_faces")
def test_the_reasons_that_are_kept_are_those_that_the_file_gives(endorsed):
    after = endorsed.sign(endorsed.examiner)

    header, _printed = letters.opened(
        endorsed.case, after.id, 1, custody=endorsed.custody
    )
    again = deciding.explainer("en").reasons(after)
    tree = json.dumps(again.tree, default=lambda truth: truth.value)
    assert header["reasons"]["tree"] == json.loads(tree)
    assert header["reasons"]["law"] == list(again.law)


def test_no_signature_is_there_without_its_letter(endorsed):
    with pytest.raises(ValueError, match="with its letter"):
        endorsed.take(endorsed.examiner, Asked("sign", confirmed=True))


def test_without_a_face_nothing_is_signed(endorsed, monkeypatch):
    def none(_families):
        raise FacesError(("ko",))

    monkeypatch.setattr(faces, "chosen", none)
    before = Event.objects.count()

    with pytest.raises(FacesError):
        endorsed.sign(endorsed.examiner)

    assert endorsed.now() == endorsed.claim
    assert Event.objects.count() == before
    assert not Compartment.objects.filter(name="decision-c1").exists()


@pytest.mark.usefixtures("with_faces")
def test_a_letter_is_opened_by_few(endorsed, works):
    endorsed.sign(endorsed.examiner)

    for kind, role in (("unhcr", "protection"), ("legal_aid", "counsel")):
        assert endorsed.letter(works(kind, role)).startswith(b"%PDF")
    for kind, role in (
        ("legal_aid", "protection"),
        ("unhcr", "resettlement"),
        ("authority", "eligibility"),
        ("appeal_body", "appeal"),
    ):
        with pytest.raises(NotThereError):
            endorsed.letter(works(kind, role))


def test_a_refusal_is_told_in_a_language_that_is_understood(refused, works):
    counsel = works("legal_aid", "counsel")

    for language, understood in (("en", True), ("ko", False)):
        with pytest.raises(StepRefusedError) as why:
            refused.tell(counsel, language, understood=understood)
        assert "guard.understood" in codes(why)
    after = refused.tell(counsel, "ko")

    assert (stage(after), after.told) == ("refused", LATER.date())


def _said(event):
    return json.loads(bytes(event.content))

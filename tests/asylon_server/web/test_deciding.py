"""The pages of a decision: drafted, reviewed with what changed, signed, told, opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from asylon.casework.decisions import Reasoning, Telling
from asylon.security.custody import Custody
from asylon_server.letters import FacesError, faces
from asylon_server.store.cases import acts
from asylon_server.store.cases.models import Case, Grant
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import letters
from tests.asylon_server.claims import files
from tests.asylon_server.claims.files import ON, REASONS
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

HIDDEN = re.compile(r'type="hidden" name="(\w[\w-]*)" value="([^"]*)"')
ELEMENT = re.compile(r'name="elements" value="([^"]+)".*?</?label[^>]*>([^<]+)<')
MORE_PLAINLY = (
    Reasoning("What was found", "You left in winter. We believe where you are from."),
    REASONS[1],
)


@pytest.fixture
def case(officer, family, custody):
    return acts.register(officer, family, submission="s", at=MORNING, custody=custody)


@pytest.fixture
def on_the_case(case, account, enter):
    """Sign in somebody whose work the case is."""

    def made(kind, role, **named):
        who = account(kind, role, **named)
        case.assignments.create(account=who, since=MORNING)
        client = enter(who)
        client.actor = who.actor
        return client

    return made


@pytest.fixture
def examiner(on_the_case):
    return on_the_case("unhcr", "eligibility", name="Noor of UNHCR")


@pytest.fixture
def reviewer(on_the_case):
    return on_the_case("unhcr", "reviewing", name="Ana of UNHCR")


@pytest.fixture
def released(on_the_case, case):
    """Sign in somebody of the appeal body to whom what was said is released."""
    client = on_the_case("appeal_body", "appeal")
    for klass in ("identity", "narrative"):
        Grant.objects.create(
            case=case,
            account_id=client.actor.account,
            released=klass,
            purpose="appeal",
            since=MORNING,
            until=now() + timedelta(days=1),
        )
    return client


@pytest.fixture
def page(case):
    def got(client, name, told=None, **more):
        address = reverse(f"desk:claim-{name}", args=[case.id, "c1", *more.values()])
        if told is None:
            return client.get(address)
        return client.post(address, told, follow=True)

    return got


@dataclass
class Stands:
    """Lets the claim of a case stand as it is given, and says how it stands."""

    case: Case
    custody: Custody

    def __call__(self, claim):
        files.put(self.case, self.custody, claim)

    def now(self):
        return files.now(self.case, self.custody)


@pytest.fixture
def stands(case, custody):
    return Stands(case, custody)


@pytest.fixture
def claim(examiner, stands):
    made = files.examined(examiner.actor)
    stands(made)
    return made


@pytest.fixture
def endorsed(claim, examiner, reviewer, stands):
    drafted = files.drafted(claim, examiner.actor)
    made = files.stepped(drafted, reviewer.actor, "endorse")
    stands(made)
    return made


def hidden(answer):
    return dict(HIDDEN.findall(answer.content.decode()))


def typed(form, **more):
    """Fill the form of a draft with one part of its reasons."""
    told = {"read": form["read"], "saw": form["saw"], "parts": "1", "act": "draft"}
    told |= {"outcome": "recognise", "language": "en"}
    return told | {"heading-0": "Why", "words-0": "You told us enough."} | more


def test_a_draft_begins_with_what_people_wrote_and_what_follows(
    claim, examiner, page, stands
):
    first, *others = claim.assessment.findings
    said = replace(first, reasons="She crossed the river at night.")
    stands(
        replace(claim, assessment=replace(claim.assessment, findings=(said, *others)))
    )

    shown = page(examiner, "draft").content.decode()

    assert "She crossed the river at night." in shown
    assert "이러한 판단에 따르면 정의에 해당한다." in shown
    assert "Worked out by the system from the findings." in shown


@pytest.mark.usefixtures("claim")
def test_a_draft_is_kept_and_shown(examiner, page):
    sent = typed(hidden(page(examiner, "draft")))

    answer = page(examiner, "draft", sent).content.decode()

    assert "Draft 1: recognise as a refugee" in answer
    assert "You told us enough." in answer


def test_what_was_typed_stays_where_the_file_has_changed(claim, examiner, page, stands):
    sent = typed(hidden(page(examiner, "draft")))
    said = replace(claim.assessment.findings[0], reasons="The river was frozen.")
    later = replace(claim.assessment, findings=(*claim.assessment.findings, said))
    stands(replace(claim, assessment=later))

    answer = page(examiner, "draft", sent)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Something was said or found since this was opened." in shown
    assert "You told us enough." in shown
    assert page(examiner, "draft", typed(hidden(answer))).status_code == 200


def test_a_draft_sent_after_its_release_ended_is_refused_and_none_of_it_lost(
    claim, examiner, released, page, stands
):
    told = files.stepped(
        files.drafted(claim, examiner.actor, "refuse"), examiner.actor, "sign", "tell"
    )
    stands(files.stepped(told, released.actor, "appeal"))
    sent = typed(hidden(page(released, "draft")), outcome="remit")
    Grant.objects.update(until=now())

    answer = page(released, "draft", sent)

    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Ask UNHCR to release it" in shown
    assert "You told us enough." in shown
    assert len(stands.now().drafts) == 1


def test_a_draft_of_what_has_changed_since_is_not_signed(
    endorsed, examiner, page, stands
):
    fewer = replace(endorsed.assessment, findings=endorsed.assessment.findings[1:])
    stands(replace(endorsed, assessment=fewer))

    answer = page(examiner, "sign", {"read": "5"})

    assert answer.status_code == 422
    assert "Look at what is new, and draft it again." in answer.content.decode()
    assert stands.now().drafts == endorsed.drafts


def test_without_the_holidays_of_a_year_no_last_day_is_named(
    claim, examiner, on_the_case, stands
):
    refused = files.drafted(replace(claim, state="MNG"), examiner.actor, "refuse")
    counsel = on_the_case("legal_aid", "counsel")
    told = Telling("to_counsel", ON, hand(counsel.actor), "ko", understood=True)
    signed = files.stepped(refused, examiner.actor, "endorse", "sign", "tell")
    stands(replace(signed, tellings=(told,), counsel="Wei"))

    shown = counsel.get(reverse("desk:claim", args=[stands.case.id, "c1"]))

    said = shown.content.decode()
    assert "The public holidays of Mongolia in 2026 were not entered" in said
    assert "Tell the administrator" in said


def test_a_part_without_words_is_pointed_at(claim, examiner, page):
    sent = typed(hidden(page(examiner, "draft")), **{"words-0": ""})

    answer = page(examiner, "draft", sent)

    assert answer.status_code == 422
    assert "Write why, under this heading." in answer.content.decode()


def test_whoever_reviews_again_sees_what_changed_word_by_word(
    claim, examiner, reviewer, page, stands
):
    first = files.drafted(claim, examiner.actor)
    back = files.stepped(first, reviewer.actor, "send_back")
    stands(back)
    stands(files.drafted(back, examiner.actor, reasons=MORE_PLAINLY))

    shown = page(reviewer, "review").content.decode()

    assert "<del>Nobody doubts</del><ins>We believe</ins> where you are from." in shown
    assert "You would be punished" not in shown.partition("All of the reasons")[0]


def test_a_draft_goes_back_and_the_claim_says_why(
    claim, examiner, reviewer, page, stands
):
    stands(files.drafted(claim, examiner.actor))
    sent = {"read": "4", "act": "send_back", "words": "Say why she left."}

    assert page(reviewer, "review", sent).status_code == 200

    for name in ("decision", "draft"):
        assert "Say why she left." in page(examiner, name).content.decode()


@pytest.mark.usefixtures("endorsed")
def test_a_draft_is_taken_into_a_word_processor(examiner, page):
    answer = page(examiner, "document", number=1)

    assert answer["Content-Disposition"] == 'attachment; filename="draft.docx"'
    assert answer.content.startswith(b"PK")


@pytest.mark.usefixtures("endorsed", "with_faces")
def test_a_letter_is_signed_and_served_as_it_was(case, examiner, page, custody):
    answer = page(examiner, "sign", {"read": "5"})

    assert "Letter 1" in answer.content.decode()
    served = page(examiner, "letter", number=1)
    _header, kept = letters.opened(case, "c1", 1, custody=custody)
    assert served.content == kept
    assert served["Content-Type"] == "application/pdf"


@pytest.mark.usefixtures("endorsed")
def test_a_letter_without_its_face_is_not_signed(examiner, page, monkeypatch):
    def none(_families):
        raise FacesError(("ko",))

    monkeypatch.setattr(faces, "chosen", none)

    answer = page(examiner, "sign", {"read": "5"})

    assert answer.status_code == 422
    assert "The administrator installs Noto Sans CJK." in answer.content.decode()


@pytest.mark.usefixtures("endorsed")
def test_whoever_signs_shows_again_that_it_is_they(examiner, page):
    session = examiner.session
    session["confirmed"] = MORNING.isoformat()
    session.save()

    assert page(examiner, "sign", {"read": "5"}).status_code == 403


def test_a_refusal_is_told_and_its_time_reckoned(
    claim, examiner, on_the_case, page, stands
):
    drafted = files.drafted(claim, examiner.actor, "refuse")
    stands(files.stepped(drafted, examiner.actor, "endorse", "sign"))
    counsel = on_the_case("legal_aid", "counsel")
    told = {"read": "6", "way": "read_out", "language": "English", "understood": "on"}

    assert "waits for" not in page(counsel, "decision").content.decode()
    refused = page(counsel, "tell", told)
    answer = page(counsel, "tell", told | {"language": "한국어"})

    assert "It was not told in a language that the person understands." in (
        refused.content.decode()
    )
    assert "counted from the day after it" in answer.content.decode()
    first, again = refused.content.decode(), page(counsel, "tell").content.decode()
    assert "reckoned anew from today" not in first
    assert "reckoned anew from today" in again


def test_what_is_remitted_comes_back_to_whoever_decided_first_by_element(
    claim, examiner, released, page, stands
):
    told = files.stepped(
        files.drafted(claim, examiner.actor, "refuse"), examiner.actor, "sign", "tell"
    )
    stands(files.stepped(told, released.actor, "appeal"))
    form = page(released, "draft")
    [element, name] = ELEMENT.search(form.content.decode()).groups()
    sent = typed(hidden(form), outcome="remit", elements=element)

    assert page(released, "draft", sent).status_code == 200
    stands(files.stepped(stands.now(), released.actor, "endorse", "sign"))

    address = reverse("desk:claim", args=[stands.case.id, "c1"])
    answer = examiner.get(address).content.decode()
    assert "Sent back by the appeal body" in answer
    assert f'/elements/{element}/">{name[:1].upper()}{name[1:]}</a>' in answer


def test_who_does_not_reach_what_was_said_is_told_whom_to_ask(claim, on_the_case, page):
    authority = on_the_case("authority", "eligibility")
    claim_of_two = page(authority, "decision").content.decode()

    assert "which is not released to you" in claim_of_two

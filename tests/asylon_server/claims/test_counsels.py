"""Counsel of a claim: appearing, handing something in, and the file taken away."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from asylon.casework import File
from asylon.casework.assessments import Assessment, Found, Source
from asylon.casework.decisions import Telling
from asylon.identity import Place, RecordError, Stay
from asylon.logic import TRUE, UNKNOWN
from asylon_server.store.cases import reads
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import answering, asking, beside, counsels, steps
from asylon_server.store.claims.beside import Change
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.conftest import LATER, MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = MORNING.date()


@pytest.fixture
def counsel(works):
    return works("legal_aid", "counsel", name="Wei of legal aid")


@pytest.fixture
def named(case, claim, custody):
    """Say which claim, and when."""

    def on(who):
        return (who, case.id, claim.id), {"at": LATER, "custody": custody}

    return on


@pytest.fixture
def kept(case, custody):
    return lambda: reads.whole(case, custody=custody)[1].claims[0]


def acts():
    told = (json.loads(bytes(each.content)) for each in Event.objects.all())
    return [each["act"] for each in told]


def test_counsel_appears_by_name_until_it_ends(counsel, works, named, kept):
    who, when = named(counsel)
    counsels.appear(*who, DAY, **when)
    assert kept().counsel == "Wei of legal aid"

    who, when = named(works("unhcr", "protection"))
    counsels.end(*who, str(counsel.account), **when)
    assert (kept().counsel, kept().appearances[0].until) == ("", DAY)
    assert acts().count("claim counsel appeared") == 1
    assert acts()[-1] == "claim counsel ended"


def test_nobody_appears_for_who_did_not_agree_yet(counsel, named):
    who, when = named(counsel)

    with pytest.raises(RecordError):
        counsels.appear(*who, DAY.replace(day=25), **when)


def test_an_officer_does_not_appear_for_the_person(examiner, named):
    who, when = named(examiner)

    with pytest.raises(NotThereError):
        counsels.appear(*who, DAY, **when)


def test_what_is_handed_in_twice_alike_is_kept_once(counsel, named, kept):
    who, when = named(counsel)

    first = counsels.submit(*who, "A letter", "From her aunt.", **when)
    again = counsels.submit(*who, "A letter", "From her aunt.", **when)

    assert again == first
    assert kept().submissions == (first,)
    assert [each.act for each in kept().steps] == ["lodge", "submit"]


def test_a_receipt_has_a_number_and_no_word_of_what_was_handed_in(
    counsel, works, named
):
    who, when = named(counsel)
    made = counsels.submit(*who, "A letter", "From her aunt.", **when)
    who, when = named(works("authority", "eligibility"))

    told = counsels.receipt(*who, made.id, **when)

    assert (told.on, told.number) == (DAY, made.receipt)
    assert "aunt" not in repr(told)


def found(claim, examiner):
    by = hand(examiner)
    values = {"nationalities.?": "false", "nationalities.PRK.national": "true"}
    assessment = Assessment(
        sources=(Source("q1", "Report on the border"),),
        findings=tuple(Found(path, each, by, DAY) for path, each in values.items()),
    )
    return replace(claim, assessment=assessment)


@pytest.fixture
def assessed(examiner, named):
    who, when = named(examiner)
    change = Change(counsels.DISCLOSE, "seen", lambda claim: found(claim, examiner))
    return beside.keep(*who, change, **when)


def test_a_source_is_disclosed_on_a_day_and_keeps_it(assessed, examiner, named, kept):
    who, when = named(examiner)

    for at in (LATER, LATER.replace(day=26)):
        counsels.disclose(*who, "q1", **(when | {"at": at}))

    assert kept().assessment.sources[0].disclosed == DAY


def test_the_file_taken_away_gives_the_same_reasons_elsewhere(
    assessed, counsel, named, kept
):
    who, when = named(counsel)

    taken = File.from_json(counsels.take_away(*who, **when).as_json())

    [claim] = taken.claims
    assert answering.engine().law(claim, on=DAY) == answering.engine().law(
        kept(), on=DAY
    )
    assert claim.assessment == kept().assessment
    assert acts()[-1] == "claim taken away"


@pytest.mark.parametrize(
    "who", [("unhcr", "protection"), ("authority", "eligibility")], ids="-".join
)
def test_who_may_not_take_a_file_away_does_not(claim, works, named, who):
    asked, when = named(works(*who))

    with pytest.raises(NotThereError):
        counsels.take_away(*asked, **when)


def test_a_reading_of_others_does_not_close_what_was_opened(claim, case, counsel):
    from asylon_server.store.cases import history  # noqa: PLC0415
    from asylon_server.store.record.acts import record  # noqa: PLC0415

    for act in (history.CLAIM_READ, "claim taken away"):
        told = {"claim": claim.id}
        record(act, counsel, at=LATER, case=case.id, details=told)

    assert history.has_opened(counsel, case, claim.id)


def test_no_time_runs_by_counsel_whose_work_it_is_no_longer(
    case, counsel, named, kept, custody
):
    who, when = named(counsel)
    counsels.appear(*who, DAY, **when)
    told = Telling(
        "to_counsel", DAY.replace(month=6), hand(counsel), "ko", understood=True
    )
    claim = replace(kept(), state="CHN", tellings=(told,))
    file = steps.with_claim(held(reads.whole(case, custody=custody)[1]), claim)

    def late():
        asked = asking.Asked("appeal")
        return answering.answers(counsel, case, file, claim, asked, steps=(), **when)[
            "late"
        ]

    assert late() is TRUE
    case.assignments.filter(account_id=counsel.account).update(until=MORNING)
    assert late() is UNKNOWN


def held(file):
    """Let the first person of a file be held somewhere."""
    person = replace(file.people[0], stays=(Stay("held", Place("a station")),))
    return replace(file, people=(person, *file.people[1:]))

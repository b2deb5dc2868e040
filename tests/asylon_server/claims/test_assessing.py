"""What officers write into an assessment: nothing is lost, and nothing filled in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from asylon.casework.assessments import (
    Closing,
    Found,
    Link,
    MaterialFact,
    Point,
    Remaining,
    Source,
)
from asylon.identity import RecordError
from asylon.languages import catalogue
from asylon_server.store.cases import history, reads
from asylon_server.store.claims import assessing, steps
from asylon_server.store.claims.asking import StepRefusedError
from asylon_server.store.claims.assessing import WrittenMeanwhileError
from asylon_server.store.record.models import Event
from asylon_server.store.rights.errors import NotThereError
from tests.asylon_server.claims.assessed import DAY, FEAR, put_in
from tests.asylon_server.conftest import LATER

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def examined(case, claim, custody):
    return put_in(case, claim, custody)


@pytest.fixture
def write(case, examined, custody):
    def done(who, writing):
        return assessing.write(
            who, case.id, examined.id, writing, at=LATER, custody=custody
        ).assessment

    return done


def finding(value="false", element=FEAR, **more):
    return lambda by, on: Found(element, value, by, on, **more)


def codes(refused):
    return [each.code for each in refused.value.refusals]


def test_a_fact_that_is_worded_anew_keeps_its_links_and_the_wording_before(
    write, examiner, examined
):
    anew = MaterialFact("f1", "She was listed, she heard.", (FEAR,))

    now = write(examiner, assessing.of_fact(anew, read=1))

    before, after = now.facts
    assert before == examined.assessment.facts[0]
    assert after.words == anew.words
    assert after.links == before.links
    assert after.by.person == str(examiner.account)


def test_two_who_write_facts_at_once_both_keep_theirs(write, examiner, works):
    other = works("unhcr", "eligibility")
    for who in (examiner, other):
        write(who, assessing.of_fact(MaterialFact("", f"By {who.account}", ())))

    now = write(other, assessing.of_link("f1", Link("d1", "for", "It says so.")))

    assert list(now.standing_facts) == ["f1", "f2", "f3"]
    assert [e.of for e in now.standing_facts["f1"].links] == ["i1/s2", "i1/s3", "d1"]


def test_who_finds_after_somebody_else_is_told_and_both_are_kept(
    write, examiner, works
):
    other = works("unhcr", "eligibility")
    write(other, assessing.of_finding(finding("true"), read=0))

    with pytest.raises(WrittenMeanwhileError):
        write(examiner, assessing.of_finding(finding("false"), read=0))
    now = write(examiner, assessing.of_finding(finding("false"), read=1))

    assert [each.value for each in now.findings] == ["true", "false"]
    assert now.standing[FEAR].by.person == str(examiner.account)


def test_nothing_is_found_that_the_law_does_not_ask(write, examiner, case, custody):
    for path in ("her_manner", "nationalities.prk.national", f"{FEAR}.more"):
        with pytest.raises(RecordError):
            write(examiner, assessing.of_finding(finding(element=path), read=0))

    _version, file = reads.whole(case, custody=custody)
    assert file.claims[0].assessment.findings == ()


def test_each_thing_that_is_written_is_kept(write, examiner):
    write(examiner, assessing.of_source(Source("", "Another report")))
    write(examiner, assessing.of_source(Source("d1", "A report", "", DAY), read=1))
    write(examiner, assessing.of_point(Point("f1", "i1/s3", "i1/s3", "i1/s4")))
    risk = [Remaining("origin", "Great."), Remaining("departure", "Great.")]
    write(examiner, assessing.of_remaining(risk, read=0))
    write(examiner, assessing.of_remaining([*risk, Remaining("absence", "…")], read=2))
    rule = "no-exclusion-indicated"
    now = write(examiner, assessing.of_screening([rule], [rule]))

    assert [each.title for each in now.sources] == [
        "A report",
        "Another report",
        "A report",
    ]
    assert now.standing_sources["d1"].disclosed == DAY
    assert len(now.points) == 1
    assert [each.of for each in now.remaining] == ["origin", "departure", "absence"]
    assert (now.screened, now.indicators) == ((rule,), (rule,))


def test_an_element_is_closed_by_an_act_of_its_own_that_needs_a_hold(
    write, examiner, case
):
    case.holds.all().delete()
    closing = Closing("i1/s1", "Asked the archive.", "It is outweighed.")
    told = finding(reasons="…", closing=closing)

    with pytest.raises(StepRefusedError) as refused:
        write(examiner, assessing.of_closing(told, read=0))

    assert codes(refused) == ["procedure.guard.hold"]


@pytest.mark.parametrize(
    ("kind", "role"), [("legal_aid", "counsel"), ("unhcr", "reviewing")]
)
def test_who_does_not_decide_finds_nothing(write, works, kind, role):
    with pytest.raises(StepRefusedError) as refused:
        write(works(kind, role), assessing.of_finding(finding(), read=0))

    assert codes(refused) == ["procedure.not-theirs"]


def test_a_body_of_the_state_reads_nothing_that_was_not_released(
    case, examined, works, custody
):
    for opens in (assessing.opened, assessing.opened_whole):
        with pytest.raises(NotThereError):
            opens(
                works("authority", "eligibility"),
                case.id,
                examined.id,
                at=LATER,
                custody=custody,
            )


def test_who_opens_the_whole_record_has_opened_it_until_something_changes(
    case, examined, write, examiner, custody
):
    assert not history.has_opened(examiner, case, examined.id)
    assessing.opened_whole(examiner, case.id, examined.id, at=LATER, custody=custody)

    last = json.loads(bytes(Event.objects.order_by("number").last().content))
    assert (last["act"], last["details"]) == (history.CLAIM_READ, {"claim": "c1"})
    assert history.has_opened(examiner, case, examined.id)
    write(examiner, assessing.of_point(Point("f1", "i1/s3", "i1/s3", "i1/s4")))
    assert not history.has_opened(examiner, case, examined.id)


def test_what_a_finding_against_the_person_lacks_stops_the_signature(
    case, write, take, examiner, custody
):
    write(examiner, assessing.of_finding(finding("false"), read=0))
    take(examiner, "draft", outcome="refuse")

    found = steps.looked_at(examiner, case.id, "c1", at=LATER, custody=custody)
    missing = {each.act.id: {e.id for e in each.missing} for each in found.offers}
    assert {"put", "reasons", "settled", "residual_risk"} <= missing["sign"]


def test_beside_it_stands_what_the_procedure_is_told(case, examined, examiner, custody):
    found = assessing.opened(examiner, case.id, examined.id, at=LATER, custody=custody)
    law = assessing.Law(found, catalogue(), on=DAY)

    place = "nationalities.PRK.relocation_places.Wonsan.place_safe"
    assert "serious_crime" in law.beside.law.open
    assert law.element("destinations.PRK.torture_danger").found is None
    with pytest.raises(NotThereError):
        law.element(place)
    assert assessing.Law(found, catalogue(), on=DAY, also=place).element(place)
    claim = replace(found.claim, procedure="national", state="")
    assert assessing.Law(
        replace(found, claim=claim), catalogue(), on=DAY
    ).beside.problem

"""Letters on decisions: reasons sufficient to appeal, the reckoning, and every glyph."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from asylon.casework.procedure import procedure
from asylon.casework.procedure.deadlines import reckoned, rule_for
from asylon.casework.procedure.sentences import reckoned as told
from asylon.languages import catalogue
from asylon_server.letters import (
    Appeal,
    DecisionLetter,
    GlyphError,
    LetterError,
    Part,
    Time,
    decision,
    document,
)
from asylon_server.letters.inking import picture
from tests.asylon_server.letters.test_certificates import characters

pytestmark = pytest.mark.usefixtures("with_faces")

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
REASONS = {
    "en": (
        "What was found",
        "You left in winter, and nobody doubts where you are from.",
    ),
    "ko": (
        "판단한 것",
        "귀하는 겨울에 떠났고, 귀하가 어디 출신인지 아무도 의심하지 않습니다.",
    ),
    "zh": ("认定的内容", "没有人怀疑您来自何处。"),
}
TIME = Time(30, "days", "A rule")
TOLD = {each.id for each in procedure().outcomes.values() if not each.untold}


def letter(language="en", outcome="refuse", **more):
    rule = rule_for("appeal", "joint", "CHN", AT.date())
    found = reckoned(rule, AT.date(), state="CHN")
    lines = tuple(told(found, catalogue(language)))
    said = DecisionLetter(
        language=language,
        outcome=outcome,
        office="UNHCR",
        telephone="+00 000 0000",
        reference="R-7KQ2A",
        names=(("김정숙", "Hang"), ("Kim Jong Suk", "Latn")),
        signed=AT.date(),
        signer="An officer",
        reasons=(Part(REASONS[language][0], (REASONS[language][1],)),),
        law=("1951 Convention, Article 1A(2)",),
        states=("North Korea",),
        appeal=Appeal("Appeal Board", found.ends, lines),
        size=12345,
        root=bytes(range(32)),
    )
    return replace(said, **more)


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
@pytest.mark.parametrize("outcome", sorted(TOLD))
def test_every_outcome_that_is_told_has_a_letter_in_each_language(language, outcome):
    made = decision(letter(language, outcome), at=AT)

    assert made.startswith(b"%PDF")
    assert set(REASONS[language][1]) - {" ", "\u3000"} <= characters(made)


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_the_same_letter_is_the_same_bytes(language):
    first = decision(letter(language), at=AT)
    decision(letter("en", "recognise"), at=AT)

    assert decision(letter(language), at=AT) == first


def test_it_is_tagged_for_whoever_hears_it_read():
    made = decision(letter(), at=AT)

    assert b"/MarkInfo" in made
    assert b"pdfuaid" in made


def test_long_reasons_go_on_over_pages():
    part = Part("What was found", ("You left in winter. " * 40,) * 20)
    made = decision(letter(reasons=(part,)), at=AT)

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) > 3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reasons": ()}, "without reasons"),
        ({"reasons": (Part("What was found", (" ",)),)}, "without reasons"),
        ({"outcome": "close"}, "nothing is told"),
        ({"outcome": "deport"}, "no letter for"),
        ({"language": "fr"}, "no letter in"),
    ],
)
def test_what_is_no_letter_is_refused(change, says):
    with pytest.raises(LetterError, match=says):
        decision(replace(letter(), **change), at=AT)


def test_a_character_without_a_glyph_is_refused_and_not_repeated():
    with pytest.raises(GlyphError) as refused:
        decision(letter(names=(("ཀརྨ", ""),)), at=AT)

    assert "ཀ" not in str(refused.value)


def test_what_is_written_is_text_and_never_source():
    words = '#panic("x") $1$ *b* @ref'

    made = decision(letter(reasons=(Part("x", (words,)),)), at=AT)

    assert set(words) - {" "} <= characters(made)


def test_a_document_is_the_same_bytes_whenever_it_is_packed(monkeypatch):
    now = time.time()
    first = document(letter(), at=AT)
    monkeypatch.setattr(time, "time", lambda: now + 86_400)

    assert document(letter(), at=AT) == first


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_a_document_says_what_the_letter_says_and_nothing_of_its_writer(language):
    said = letter(language, appeal=Appeal("Appeal Board", time=TIME), is_draft=True)

    paper = Document(BytesIO(document(said, at=AT)))

    told = "\n".join(each.text for each in paper.paragraphs)
    assert REASONS[language][1] in told
    assert "30" in told
    assert "12345" not in told
    assert paper.core_properties.author == "UNHCR"
    assert not paper.core_properties.comments


def test_before_it_is_told_a_letter_says_how_long_there_is():
    known = decision(letter(appeal=Appeal("Appeal Board", time=TIME)), at=AT)
    unknown = decision(letter(appeal=Appeal("Appeal Board")), at=AT)

    assert known != unknown


def test_a_draft_says_that_nothing_is_decided_by_it():
    made = decision(letter("ko", is_draft=True), at=AT)

    assert set("초안입니다") <= characters(made)


def test_where_no_day_can_be_named_the_letter_says_so():
    named = decision(letter(), at=AT)
    open_ = decision(letter(appeal=Appeal("Appeal Board", None, ())), at=AT)

    assert named != open_
    assert date(2026, 10, 8) == letter().appeal.last


def test_korean_is_broken_between_words():
    """Each word takes more than half a line, and so a line of its own."""
    words = " ".join(["가" * 24] * 80)

    made = decision(letter("ko", reasons=(Part("이유", (words,)),)), at=AT)

    assert b"/Type/Pages/Count 3" in made


def test_the_picture_of_the_head_is_as_large_as_its_place():
    """A telephone reads no picture that stays small within its frame."""
    drawn = picture(12345, bytes(range(32)))

    assert 'viewBox="0 0 ' in drawn
    assert "width=" not in drawn.partition("<path")[0]

"""Certificates: the same bytes, no blank glyph, and no word that endangers its bearer."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from asylon_server import letters
from asylon_server.letters import Certificate, FacesError, GlyphError, faces, printing
from asylon_server.letters.certificates import certificate

pytestmark = pytest.mark.usefixtures("with_faces")

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SAID = Certificate(
    number="7KQ2A-M9XDB",
    check="4HTRC-9WPAD",
    names=(("김정숙", "Hang"),),
    issued=date(2026, 11, 24),
    expires=date(2027, 2, 22),
    office="Legal aid",
    telephone="+00 000 0000",
    size=12345,
    root=bytes(range(32)),
)
BANNED = re.compile(
    r"refugee|asylum|korea|defect|politic|persecut|tortur|escape|border|illegal"
    r"|난민|망명|북한|조선|탈북|정치|박해|难民|難民|庇护|朝鲜|脱北|政治|迫害|非法",
    re.IGNORECASE,
)
UNICODE = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4,})>", re.IGNORECASE)


def characters(pdf):
    """Every character for which the file embeds a glyph."""
    found = set()
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            # What is packed may end in a byte that looks like the end of a line.
            text = zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue
        if b"beginbfchar" in text:
            told = (bytes.fromhex(each.decode()) for _, each in UNICODE.findall(text))
            found.update("".join(each.decode("utf-16-be") for each in told))
    return found


def test_the_same_certificate_is_the_same_bytes():
    first = certificate(SAID, at=AT)
    certificate(replace(SAID, names=(("李春花", "Hani"),)), at=AT)

    assert certificate(SAID, at=AT) == first
    assert first.startswith(b"%PDF")


@pytest.mark.parametrize(
    "names",
    [
        (("김정숙", "Hang"),),
        (("李春花", "Hani"),),
        (("Kim Jong Suk", "Latn"),),
        (("김정숙", "Hang"), ("Kim Jong Suk", "Latn")),
        (("독고황보제갈사공남궁선우서문동방" * 4, "Hang"), ("Wolfe-" * 16, "Latn")),
        (),
    ],
    ids=["korean", "chinese", "latin", "two", "long", "none"],
)
def test_every_name_fits_one_page_and_has_its_glyphs(names):
    made = certificate(replace(SAID, names=names), at=AT)

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1
    assert set("".join(words for words, _ in names)) <= characters(made)
    assert b"NotoSansCJKkr" in made or b"KR" in made


@pytest.mark.parametrize(
    "name", ["ཀརྨ", "\U00017000\U00017001"], ids=["tibetan", "tangut"]
)
def test_a_name_without_a_glyph_is_refused_and_not_repeated(name):
    with pytest.raises(GlyphError) as refused:
        certificate(replace(SAID, names=((name, ""),)), at=AT)

    assert name[0] not in str(refused.value)
    assert refused.value.__context__ is None or refused.value.__suppress_context__


def test_a_name_is_text_and_never_source():
    name = '#panic("x") $1$ *b* @ref'

    made = certificate(replace(SAID, names=((name, "Latn"),)), at=AT)

    assert set(name) - {" "} <= characters(made)


def test_a_machine_without_a_chinese_face_is_told():
    with pytest.raises(FacesError, match="zh"):
        faces.chosen(["Libertinus Serif", "Noto Sans CJK KR"])


def test_nothing_on_it_says_what_the_person_told():
    room = Path(letters.__file__).parent
    texts = (room / "certificate.toml").read_text(encoding="utf-8")
    said = "".join(each for each in texts.splitlines(True) if not each.startswith("#"))
    page = certificate(SAID, at=AT)

    assert BANNED.findall(said) == []
    assert not characters(page) & set("난민 북탈".replace(" ", "")) - set(said)


def test_what_a_letter_said_does_not_stay_with_the_compiler():
    certificate(SAID, at=AT)

    with pytest.raises(Exception, match="data"):
        printing._compiler().compile(b"#sys.inputs.data", format="svg")

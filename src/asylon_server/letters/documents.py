"""A letter on a decision as a document that an office goes on with in a word processor.

It says what the letter says, without the head of the log: what was edited elsewhere is
no letter before it was drafted, reviewed and signed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from asylon_server.letters.decisions import DecisionLetter, checked, content

FACES: Mapping[str, str] = MappingProxyType(
    {"en": "Malgun Gothic", "ko": "Malgun Gothic", "zh": "Microsoft YaHei"}
)
"""For letters of Korean and Chinese; whoever has no such face sees another one."""

_TAG: Mapping[str, str] = MappingProxyType(
    {"en": "en-GB", "ko": "ko-KR", "zh": "zh-CN"}
)


def document(said: DecisionLetter, *, at: datetime) -> bytes:
    """Write a letter on a decision as DOCX.

    Raises:
        LetterError: the language or the outcome is none, or there are no reasons.
    """
    told = content(said, checked(said))
    paper = Document()
    _set(paper, told["lang"])
    _name(paper, told, at)
    if told["banner"]:
        paper.add_paragraph().add_run(told["banner"]).italic = True
    paper.add_paragraph(told["office"])
    paper.add_heading(told["title"], 1)
    _rows(paper, told["rows"])
    paper.add_paragraph().add_run(told["outcome"]).bold = True
    paper.add_heading(told["reasons"]["title"], 2)
    _parts(paper, told["reasons"]["parts"], 3)
    if told["law"]["lines"]:
        paper.add_heading(told["law"]["title"], 2)
        _lines(paper, told["law"]["lines"])
    _parts(paper, told["says"], 2)
    made = BytesIO()
    paper.save(made)
    return _still(made)


def _still(made: BytesIO) -> bytes:
    """Pack it anew without the moment of packing, so that the same file is the same bytes."""
    again = BytesIO()
    with ZipFile(made) as packed, ZipFile(again, "w", ZIP_DEFLATED) as still:
        for name in packed.namelist():
            still.writestr(ZipInfo(name), packed.read(name), ZIP_DEFLATED)
    return again.getvalue()


def _set(paper: Paper, language: str) -> None:
    """Set the page, and the face and the language of all styles."""
    [section] = paper.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    for style in paper.styles:
        properties = style.element.find(qn("w:rPr"))
        fonts = None if properties is None else properties.find(qn("w:rFonts"))
        if fonts is not None:
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), FACES[language])
    normal: Any = paper.styles["Normal"]
    normal.font.size = Pt(11)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FACES[language])
    for each in paper.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), _TAG[language])
        each.set(qn("w:eastAsia"), _TAG[language])


def _name(paper: Paper, told: Mapping[str, Any], at: datetime) -> None:
    """Say what the file is of itself: nothing of whoever wrote it, or of a person."""
    kept = paper.core_properties
    kept.title, kept.author, kept.language = told["title"], told["office"], told["lang"]
    kept.comments, kept.keywords, kept.subject = "", "", ""
    kept.last_modified_by = ""
    kept.created = kept.modified = at.replace(tzinfo=None)


def _rows(paper: Paper, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        line = paper.add_paragraph()
        line.add_run(f"{row['label']}: ").bold = True
        line.add_run(" / ".join(each["words"] for each in row["said"]))


def _parts(paper: Paper, parts: Iterable[Mapping[str, Any]], level: int) -> None:
    for part in parts:
        paper.add_heading(part["heading"], level)
        for each in part["paragraphs"]:
            paper.add_paragraph(each)
        _lines(paper, part["lines"])


def _lines(paper: Paper, lines: Iterable[str]) -> None:
    for each in lines:
        paper.add_paragraph(each, style="List Bullet")

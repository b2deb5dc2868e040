"""Reading country findings and group declarations."""

from __future__ import annotations

from collections.abc import Mapping

from asylon.law import readers
from asylon.law.countries import CountryFinding, CountryText, Declaration, Period
from asylon.law.documents import Document
from asylon.law.errors import DocumentError
from asylon.law.jurisdictions import is_known
from asylon.law.tables import Table
from asylon.logic.truth import FALSE, TRUE, Truth


def country(table: Table, document: Document) -> CountryText:
    """Read what a document says of a country."""
    code = _code(table.text("country"), table.where)
    read = CountryText(
        id=code,
        title=table.text("title"),
        statement=table.sentences("statement"),
        elements=readers.elements(table, code, None),
        findings=tuple(_finding(each) for each in table.tables("finding")),
        document=document,
    )
    table.finish()
    return read


def declaration(table: Table, document: Document) -> Declaration:
    """Read a group declaration."""
    identifier = table.text("declaration")
    if "." in identifier:
        problem = f"a declaration cannot be called `{identifier}`"
        raise DocumentError(table.where, problem, "Choose a name without a dot.")
    read = Declaration(
        id=identifier,
        title=table.text("title"),
        statement=table.sentences("statement"),
        jurisdiction=_code(table.text("jurisdiction"), table.where),
        origins=tuple(_code(each, table.where) for each in table.texts("origins")),
        area=table.text("area"),
        group=table.text("group"),
        days=_days(table),
        declared_by=table.text("declared_by"),
        instrument=table.text("instrument"),
        source=readers.source(table.table("source")),
        document=document,
    )
    table.finish()
    return read


def _finding(table: Table) -> CountryFinding:
    read = CountryFinding(
        id=table.text("id"),
        title=table.text("title"),
        statement=table.sentences("statement"),
        when=table.text("when"),
        answers=_answers(table.table("answers")),
        days=_days(table),
        edition=table.text("edition"),
        sources=tuple(readers.source(each) for each in table.tables("sources")),
        under=_texts(table.table("under")),
        adverse="adverse" in table.data and table.get("adverse", bool),
    )
    table.finish()
    for key, given in (("answers", read.answers), ("sources", read.sources)):
        if not given:
            problem = f"`{key}` of `{read.id}` is empty"
            raise DocumentError(table.where, problem, "Give one at least.")
    return read


def _answers(table: Table) -> Mapping[str, Truth]:
    return {name: TRUE if table.get(name, bool) else FALSE for name in table.data}


def _texts(table: Table) -> Mapping[str, str]:
    return {name: table.text(name) for name in table.data}


def _days(table: Table) -> Period:
    read = Period(table.day("from"), table.maybe_day("to"))
    if read.last and read.last < read.first:
        problem = f"it ends on {read.last}, before its first day {read.first}"
        raise DocumentError(table.where, problem, "Correct the dates.")
    return read


def _code(code: str, where: str) -> str:
    if not is_known(code):
        problem = f"`{code}` is no code of a state or body"
        raise DocumentError(where, problem, "Give an ISO 3166-1 alpha-3 code.")
    return code

"""Breaking country findings and declarations, one place at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from asylon.law import LawBook
from asylon.law.countries import (
    ALWAYS,
    CountryFinding,
    CountryText,
    Declaration,
    Period,
)

Broken: TypeAlias = tuple[str, str, LawBook]
"""Where the law book was broken, how, and the law book so broken."""

FormulaMutants: TypeAlias = Callable[[str], Iterable[tuple[str, str]]]

_DAY = timedelta(days=1)


def country_mutants(book: LawBook, formulas: FormulaMutants) -> Iterator[Broken]:
    """Break every country finding and every declaration.

    Args:
        book: the law book.
        formulas: makes the mutants of a formula, each with what was changed.
    """
    for text in book.country_texts:
        for finding in text.findings:
            for change, other in _finding_mutants(text, finding, formulas):
                broken = _with_finding(book, text, finding, other)
                yield text.document.name, f"{finding.id}: {change}", broken
    for declaration in book.declarations.values():
        for change, changed in _declaration_mutants(declaration):
            kept = dict(book.declarations)
            del kept[declaration.id]
            if changed:
                kept[changed.id] = changed
            broken = replace(book, declarations=kept)
            yield declaration.document.name, f"{declaration.id}: {change}", broken


def _finding_mutants(
    text: CountryText, finding: CountryFinding, formulas: FormulaMutants
) -> Iterator[tuple[str, CountryFinding | None]]:
    yield "removed", None
    for name in finding.answers:
        rest = {each: value for each, value in finding.answers.items() if each != name}
        yield f"{name} not answered", replace(finding, answers=rest)
    if finding.when != ALWAYS:
        for change, when in formulas(finding.when):
            yield change, replace(finding, when=when)
    for parameter in finding.under:
        rest_under = {**finding.under}
        del rest_under[parameter]
        yield f"not under {parameter}", replace(finding, under=rest_under)
    for change, days in _moved(finding.days):
        if not _others_answer(text, finding, days):
            yield change, replace(finding, days=days)


def _declaration_mutants(
    declaration: Declaration,
) -> Iterator[tuple[str, Declaration | None]]:
    yield "removed", None
    yield "declared nowhere", replace(declaration, jurisdiction="")
    for change, days in _moved(declaration.days):
        yield change, replace(declaration, days=days)


def _moved(days: Period) -> Iterator[tuple[str, Period]]:
    yield "begins a day later", replace(days, first=days.first + _DAY)
    yield "begins a day earlier", replace(days, first=days.first - _DAY)
    if days.last:
        yield "ends a day earlier", replace(days, last=days.last - _DAY)
        yield "ends a day later", replace(days, last=days.last + _DAY)


def _others_answer(text: CountryText, finding: CountryFinding, days: Period) -> bool:
    """Whether on the day that was added others answer the same of the same people."""
    added = [day for day in (days.first, days.last) if day and days.covers(day)]
    added = [day for day in added if not finding.days.covers(day)]
    return any(
        each.days.covers(day)
        and (each.when, each.answers) == (finding.when, finding.answers)
        for day in added
        for each in text.findings
        if each is not finding
    )


def _with_finding(
    book: LawBook,
    text: CountryText,
    old: CountryFinding,
    new: CountryFinding | None,
) -> LawBook:
    changed = (new if each is old else each for each in text.findings)
    findings = tuple(each for each in changed if each)
    texts = (
        replace(text, findings=findings) if each is text else each
        for each in book.countries[text.id]
    )
    return replace(book, countries={**book.countries, text.id: tuple(texts)})

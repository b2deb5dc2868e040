"""Holding country findings against the rest of the law book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from asylon.law.countries import ALWAYS, CountryFinding, CountryText
from asylon.law.errors import DocumentError, DuplicateError, UnknownNameError
from asylon.law.parameters import Parameter
from asylon.law.provisions import Element
from asylon.logic.errors import FormulaError
from asylon.logic.formulas import Fact, Formula, Quantified, Setting, walk
from asylon.logic.reading import read


@dataclass(frozen=True, slots=True)
class CountryChecks:
    """What the rest of the law book knows: elements, kinds of entry, parameters."""

    elements: Mapping[str, Element]
    kinds: frozenset[str]
    parameters: Mapping[str, Parameter]

    def check(self, texts: Iterable[CountryText]) -> None:
        """Refuse findings that ask or answer what the law book does not."""
        seen: dict[str, str] = {}
        groups: set[str] = set()
        kept = list(texts)
        for text in kept:
            groups |= set(text.elements)
            self._kinds(text)
        for text in kept:
            for finding in text.findings:
                name = text.document.name
                if finding.id in seen:
                    problem = f"the finding `{finding.id}` stands in {seen[finding.id]}"
                    raise DuplicateError(name, f"{problem} too", "Rename one.")
                seen[finding.id] = name
                self._finding(finding, f"{name}, finding {finding.id}", groups)

    def _kinds(self, text: CountryText) -> None:
        for element in text.elements.values():
            if element.per and element.per not in self.kinds:
                where = f"{text.document.name}, elements, {element.name}"
                raise UnknownNameError(where, "kind of entry", element.per, self.kinds)
            if element.under or element.closes:
                where = f"{text.document.name}, elements, {element.name}"
                problem = "the fact of a group has a standard or a closing rule"
                raise DocumentError(where, problem, "Take out `under` and `closes`.")

    def _finding(self, finding: CountryFinding, where: str, groups: set[str]) -> None:
        for name in facts_asked(finding, where):
            self._known(f"{where}, when", name)
        for name in finding.answers:
            self._answer(f"{where}, answers", name, groups)
        self._standards(finding, f"{where}, under")

    def _answer(self, where: str, name: str, groups: set[str]) -> None:
        element = self._known(where, name)
        if name in groups:
            problem = f"`{name}` says who belongs to a group"
            remedy = "An officer finds that in each case: take it out."
            raise DocumentError(where, problem, remedy)
        if element.per is None:
            problem = f"`{name}` is asked of the person, and not of a country"
            remedy = "Answer only what is asked of the entry of a list."
            raise DocumentError(where, problem, remedy)

    def _known(self, where: str, name: str) -> Element:
        if name not in self.elements:
            raise UnknownNameError(where, "element", name, self.elements)
        return self.elements[name]

    def _standards(self, finding: CountryFinding, where: str) -> None:
        for name, value in finding.under.items():
            if name not in self.parameters:
                raise UnknownNameError(where, "parameter", name, self.parameters)
            values = self.parameters[name].values
            if value not in values:
                raise UnknownNameError(where, "value", value, values)
            if not any(name in self.elements[each].under for each in finding.answers):
                problem = f"nothing that it answers is found under `{name}`"
                raise DocumentError(where, problem, "Take it out.")


def facts_asked(finding: CountryFinding, where: str) -> Iterator[str]:
    """Name the facts that say whom a finding is about."""
    if finding.when == ALWAYS:
        return
    place = f"{where}, when"
    for part in walk(formula_of(finding, place)):
        if isinstance(part, Quantified | Setting):
            problem = "`when` asks more than facts"
            remedy = "Join facts by and, or, not, at_least; or write `always`."
            raise DocumentError(place, problem, remedy)
        if isinstance(part, Fact):
            yield part.name


def formula_of(finding: CountryFinding, where: str) -> Formula:
    """Read the formula that says whom a finding is about."""
    try:
        return read(finding.when)
    except FormulaError as error:
        told, _, spot = str(error).partition("\n")
        problem, remedy = f"in a formula: {told}", f"Correct it here:\n{spot}"
        raise DocumentError(where, problem, remedy) from None

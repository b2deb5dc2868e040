"""A claim as the engine sees it: findings by fact, and the lists it keeps.

A fact about an entry of a list is named by its path: `nationalities.PRK.national` is
the fact `national` of the entry `PRK` on the list `nationalities`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias, get_args

from asylon.law import DocumentError, LawBook, UnknownNameError
from asylon.law.jurisdictions import is_known
from asylon.law.tables import Table
from asylon.logic.grounding import MISSING, Entries, Shape
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

COMPLETE = "complete"
"""The key under which a list says whether it is known to be complete."""

MOST_ENTRIES = 12


Layer: TypeAlias = Literal["officer", "country", "presumption", "assumed"]
_TRUTHS = {truth.value: truth for truth in Truth}
LAYERS: tuple[Layer, ...] = get_args(Layer)
BY_THEMSELVES = frozenset({"country", "presumption"})
"""The layers in which nobody made the finding in the case: it may then only help."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one fact.

    Attributes:
        value: established, not established or undetermined.
        under: by parameter, the standard or test it was made under where that is not
            the one in force.
        layer: who answers: an officer in this case, a country finding or presumption
            that the law book adopted, or a file that takes the point as given.
        by: the country finding or declaration of the law book that answered, if any.
    """

    value: Truth
    under: Mapping[str, str] = field(default_factory=dict)
    layer: Layer = "officer"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One person's claim: what was found, and what the file says of its setting.

    Attributes:
        id: how the file calls it.
        findings: by the path of the fact.
        shape: the lists and their entries.
        on: the day of the decision; `lodged` the day of the claim, if known.
        jurisdiction: whose set applies, if the file says so.
        parameters: what the file itself states; goes before any set.
        bars: bars that only a national law knows, by name.
        complementary: other grounds of protection, as the file states them.
        recorded: facts without effect on any definition, kept as told.
        screened: closing rules whose screening questions were put.
        indicators: closing rules, or paths of facts, for which something was raised.
        as_decided: whether the findings are those of a published decision, in which
            the country findings of the law book answer nothing.
    """

    id: str
    findings: Mapping[str, Finding]
    shape: Shape = field(default_factory=Shape)
    on: date | None = None
    lodged: date | None = None
    jurisdiction: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    bars: Mapping[str, Truth] = field(default_factory=dict)
    complementary: Mapping[str, Truth] = field(default_factory=dict)
    recorded: Mapping[str, Truth] = field(default_factory=dict)
    screened: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    title: str = ""
    as_decided: bool = False


@dataclass
class Facts:
    """Findings read from a table of facts, with the lists they stand on."""

    findings: dict[str, Finding]
    shape: Shape
    recorded: dict[str, Truth]


def read_facts(table: Table, book: LawBook) -> Facts:
    """Read a table of facts, refusing what the law book does not ask.

    A value is true, false, "unknown", or a table with `found`, `under` and `layer`.
    """
    reader = _FactReader(book)
    shape = reader.level(table, kind=None, path="")
    return Facts(reader.findings, shape, reader.recorded)


def read_truth(value: object, where: str) -> Truth:
    """Read a truth: true, false or "unknown"."""
    match value:
        case bool():
            return TRUE if value else FALSE
        case "true" | "false" | "unknown":
            return _TRUTHS[str(value)]
    problem = f'a finding is true, false or "unknown", not {value!r:.40}'
    raise DocumentError(
        where, problem, "Correct it; leave it out if nothing was found."
    )


class _FactReader:
    """Goes down a table of facts, level by level."""

    def __init__(self, book: LawBook) -> None:
        self.book = book
        self.findings: dict[str, Finding] = {}
        self.recorded: dict[str, Truth] = {}

    def level(self, table: Table, kind: str | None, path: str) -> Shape:
        lists: list[tuple[str, Entries]] = []
        for name, value in table.data.items():
            rule = self.book.lists.get(name)
            if rule and rule.within == kind:
                lists.append(
                    (name, self.entries(table.table(name), rule.of, path + name))
                )
            else:
                self.fact(name, value, kind, path, table.where)
        return Shape(tuple(lists))

    def entries(self, table: Table, kind: str, path: str) -> Entries:
        complete = read_truth(table.data.get(COMPLETE, "unknown"), table.where)
        members = [name for name in table.data if name != COMPLETE]
        if len(members) > MOST_ENTRIES:
            problem = f"{len(members)} entries on one list"
            remedy = f"At most {MOST_ENTRIES} can be looked at together."
            raise DocumentError(table.where, problem, remedy)
        for name in members:
            self._check_name(name, table.where)
        if complete is TRUE:
            self.findings[f"{path}.{MISSING}"] = Finding(FALSE)
        inner = [
            (name, self.level(table.table(name), kind, f"{path}.{name}."))
            for name in members
        ]
        return Entries(tuple(inner), may_grow=complete is not TRUE)

    def _check_name(self, name: str, where: str) -> None:
        """Refuse names that would be read as something else, or as nobody."""
        if not name.strip() or "." in name or name in {MISSING, "found"}:
            problem = f"an entry cannot be called `{name}`"
            remedy = "Choose another name, without a dot."
            raise DocumentError(where, problem, remedy)
        code = name.strip().upper()
        if code != name and is_known(code):
            problem = f"an entry is called `{name}`, and the country is `{code}`"
            raise DocumentError(where, problem, f"Write `{code}`.")

    def fact(
        self, name: str, value: object, kind: str | None, path: str, where: str
    ) -> None:
        if name in self.book.without_effect:
            self.recorded[path + name] = read_truth(value, f"{where}, {name}")
            return
        element = self.book.elements.get(name)
        if element is None or element.per != kind:
            known = [
                each.name for each in self.book.elements.values() if each.per == kind
            ]
            lists = [
                each.id for each in self.book.lists.values() if each.within == kind
            ]
            raise UnknownNameError(where, "fact", name, [*known, *lists])
        self.findings[path + name] = self.finding(value, f"{where}, {name}")

    def finding(self, value: object, where: str) -> Finding:
        if not isinstance(value, dict):
            return Finding(read_truth(value, where))
        table = Table(value, where)
        found = read_truth(table.get("found", object), where)
        under: dict[str, str] = {}
        inner = table.table("under")
        for parameter in inner.data:
            if parameter not in self.book.parameters:
                raise UnknownNameError(
                    where, "parameter", parameter, self.book.parameters
                )
            values = self.book.parameters[parameter].values
            under[parameter] = inner.text(parameter)
            if under[parameter] not in values:
                raise UnknownNameError(where, "value", under[parameter], values)
        layer = table.text("layer", "officer")
        if layer not in LAYERS:
            raise UnknownNameError(where, "layer", layer, LAYERS)
        table.finish()
        return Finding(found, under, layer)


def worth(
    finding: Finding, name: str, book: LawBook, values: Mapping[str, str]
) -> Truth:
    """Say what a finding is worth where these parameter values apply.

    It counts only where the law book's ordering of standards and tests carries it
    over; otherwise it has to be found again and is unknown here.
    """
    if not finding.under:
        return finding.value
    element = book.elements[name.rpartition(".")[2]]
    for parameter, made_under in finding.under.items():
        if parameter in element.under:
            asked = values[parameter]
            carries = book.parameters[parameter].carries
            value = carries(finding.value, made_under=made_under, asked_under=asked)
            if value is not finding.value:
                return UNKNOWN
    return finding.value

"""The floor: what no signatures put in force, and whether a law book keeps it.

Values of parameters are refused by name. What a provision says is compared by what it
comes to: under the same settings, whoever the law that ships protects has to be
protected by the law to be adopted, whatever is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from asylon.law.book import LawBook
from asylon.law.choosing import choose
from asylon.law.documents import Document
from asylon.law.errors import DocumentError, NotInForceError, UnknownNameError
from asylon.law.parameters import ParameterSet
from asylon.law.provisions import Source
from asylon.law.readers import source
from asylon.law.tables import Table
from asylon.law.unaltered import Breach, altered
from asylon.logic.formulas import (
    All,
    Formula,
    Named,
    Quantified,
    negation,
    rebuild,
)
from asylon.logic.grounding import MISSING, Entries, Shape, ground
from asylon.logic.questions import Found, Inquiry
from asylon.logic.truth import FALSE, TRUE

KINDS = ("mandate", "national", "joint")
_DIRECTIONS = ("narrowed", "widened")
_TELLING = 4
_ENTRIES = (1, 2)
"""A formula that holds or fails in one way shows it with so many on every list."""


@dataclass(frozen=True, slots=True)
class FloorValue:
    """A value of a parameter that no signatures put in force, in sets of these kinds."""

    parameter: str
    value: str
    kinds: tuple[str, ...]
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class Guarded:
    """A provision that is never narrowed, or never widened."""

    provision: str
    never: Literal["narrowed", "widened"]
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class Floor:
    """What stands below every agreement."""

    values: tuple[FloorValue, ...] = ()
    guarded: tuple[Guarded, ...] = ()


def floor_of(book: LawBook) -> Floor:
    """Read the floor of a law book.

    Raises:
        DocumentError: it cannot be read, or names a value that its parameter lacks.
    """
    read = [floor for _, floor in floors(book)]
    return Floor(
        tuple(value for floor in read for value in floor.values),
        tuple(guarded for floor in read for guarded in floor.guarded),
    )


def floors(book: LawBook) -> Iterator[tuple[Document, Floor]]:
    """Read the floor of a law book, document by document.

    Raises:
        DocumentError: it cannot be read, or names a value that its parameter lacks.
    """
    for document, kept in book.others.get("floor", ()):
        table = Table(kept.data, kept.where)
        for key in ("floor", "title"):
            table.text(key)
        table.sentences("statement")
        values = tuple(_value(each, book) for each in table.tables("value"))
        guarded = tuple(_guarded(each) for each in table.tables("guarded"))
        table.finish()
        yield document, Floor(values, guarded)


def _value(table: Table, book: LawBook) -> FloorValue:
    read = FloorValue(
        table.text("parameter"),
        table.text("value"),
        table.texts("kinds") or KINDS,
        table.text("because"),
        source(table.table("source")),
    )
    table.finish()
    parameter = book.parameters.get(read.parameter)
    if parameter and read.value not in parameter.values:
        raise UnknownNameError(table.where, "value", read.value, parameter.values)
    for kind in read.kinds:
        if kind not in KINDS:
            raise UnknownNameError(table.where, "kind of set", kind, KINDS)
    return read


def _guarded(table: Table) -> Guarded:
    never = table.text("never")
    if never not in _DIRECTIONS:
        problem = f"`never` is `{never}`"
        raise DocumentError(table.where, problem, "Say narrowed or widened.")
    read = Guarded(
        table.text("provision"),
        "narrowed" if never == "narrowed" else "widened",
        table.text("because"),
        source(table.table("source")),
    )
    table.finish()
    return read


def breaches(
    shipped: LawBook, adopted: LawBook, parameter_set: ParameterSet, on: date
) -> Iterator[Breach]:
    """Go through where a law book, under a set, goes below the floor on a day."""
    floor = floor_of(shipped)
    yield from altered(shipped, adopted, parameter_set, on)
    for settings in _every_settings(adopted, parameter_set, on):
        yield from _of_values(floor, parameter_set, settings, on)
        yield from _of_meanings(shipped, adopted, settings, on)
        for guarded in floor.guarded:
            yield from _Comparison(shipped, adopted, settings, guarded, on).breaches()


def _every_settings(
    book: LawBook, parameter_set: ParameterSet, on: date
) -> list[dict[str, str]]:
    """List the settings that claims decided on a day may have, by when they were made.

    Where the day of the claim governs, the settings differ from the first day of such
    a setting on, and before it.
    """
    days = set()
    for each in parameter_set.settings:
        if each.by == "lodged":
            days.add(each.first)
            if each.first > book.first_day:
                days.add(each.first - timedelta(days=1))
    made = [day for day in sorted(days) if book.first_day <= day <= on]
    found: list[dict[str, str]] = []
    for lodged in (None, *made):
        settings = choose(book, parameter_set, on, lodged=lodged).values
        if settings not in found:
            found.append(settings)
    return found


def _of_values(
    floor: Floor, parameter_set: ParameterSet, settings: Mapping[str, str], on: date
) -> Iterator[Breach]:
    for each in floor.values:
        counts = parameter_set.kind in each.kinds or parameter_set.kind not in KINDS
        if counts and settings.get(each.parameter) == each.value:
            yield Breach("value", each.parameter, each.value, each.because, on)


def _of_meanings(
    shipped: LawBook, adopted: LawBook, settings: Mapping[str, str], on: date
) -> Iterator[Breach]:
    """Refuse a value nobody can compare: a new one, or an old name that means other."""
    for name, value in settings.items():
        known = shipped.parameters.get(name)
        if known is None:
            continue
        if value not in known.values:
            yield Breach("unknown-value", name, value, "", on)
        elif known.values[value].meaning != (
            adopted.parameters[name].values[value].meaning
        ):
            yield Breach("meaning", name, value, "", on)


class _Comparison:
    """One guarded provision, in the law that ships and in the law to be adopted."""

    def __init__(
        self,
        shipped: LawBook,
        adopted: LawBook,
        settings: Mapping[str, str],
        guarded: Guarded,
        on: date,
    ) -> None:
        self.shipped, self.adopted = shipped, adopted
        self.guarded, self.on = guarded, on
        plain = {name: each.plain for name, each in shipped.parameters.items()}
        self.settings = {**plain, **settings}

    def breaches(self) -> Iterator[Breach]:
        name, because = self.guarded.provision, self.guarded.because
        before = _formula(self.shipped, name, self.on)
        if before is None:
            return
        after = _formula(self.adopted, name, self.on)
        if after is None:
            yield Breach("ended", name, "", "", self.on)
            return
        shown = self._shown(before, after)
        if shown is not None:
            yield Breach(self.guarded.never, name, ", ".join(shown), because, self.on)

    def _shown(self, before: Formula, after: Formula) -> list[str] | None:
        """Find what would have to be found for the two to part in the wrong way."""
        if before == after:
            return None
        for count in _ENTRIES:
            old, new = (
                _bare(ground(each, self.settings, _shape(book, count)))
                for each, book in ((before, self.shipped), (after, self.adopted))
            )
            if self.guarded.never == "widened":
                old, new = new, old
            inquiry = Inquiry(All((old, negation(new))))
            value = inquiry.value({})
            if value is not FALSE:
                ways = () if value is TRUE else inquiry.answer({}).to_establish
                return self._telling(ways)
        return None

    def _telling(self, ways: Sequence[Found]) -> list[str]:
        """Keep what tells most: facts that the law that ships does not ask, or a few."""
        asked = self.shipped.elements
        new = [
            way for way in ways if way[0].rpartition(".")[2] not in (*asked, MISSING)
        ]
        return [f"{name} {how.value}" for name, how in (new or ways)[:_TELLING]]


def _formula(book: LawBook, identifier: str, on: date) -> Formula | None:
    """Give a provision as in force; one about an entry is asked of a whole list."""
    if identifier not in book.provisions:
        return None
    try:
        formula, per = book.formula(identifier, on), book.provision(identifier, on).per
    except NotInForceError:
        return None
    if per is None:
        return formula
    over = next(each.id for each in book.lists.values() if each.of == per)
    return Quantified("some", over, formula, per)


def _bare(formula: Formula) -> Formula:
    """Take the names away, which may stand for other things in another law book."""
    if isinstance(formula, Named):
        return _bare(formula.body)
    return rebuild(formula, _bare)


def _shape(book: LawBook, count: int) -> Shape:
    """Make lists with so many entries each, none known to be complete."""

    def lists(kind: str | None) -> Iterable[tuple[str, Entries]]:
        for rule in book.lists.values():
            if rule.within == kind:
                inner = Shape(tuple(lists(rule.of)))
                names = (str(number) for number in range(1, count + 1))
                yield rule.id, Entries(tuple((name, inner) for name in names))

    return Shape(tuple(lists(None)))

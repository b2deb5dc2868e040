"""Loading: documents sorted by kind into a law book, and names that mean one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from asylon.law import country_readers, enrolment, readers
from asylon.law.book import LawBook
from asylon.law.countries import CountryText, Declaration
from asylon.law.country_checks import CountryChecks
from asylon.law.documents import Document
from asylon.law.errors import DocumentError, DuplicateError
from asylon.law.parameters import OtherName, Parameter, ParameterSet
from asylon.law.provisions import ListRule, Provision
from asylon.law.register import Instrument, StateBindings
from asylon.law.resolving import Resolver, refuse_unknown
from asylon.law.tables import Table, parse, refuse_control_characters

_K = TypeVar(
    "_K",
    Parameter,
    ParameterSet,
    ListRule,
    OtherName,
    Declaration,
    Instrument,
    StateBindings,
)

_KEPT = ("scenario", "claim", "floor")
"""The kinds of document that are kept as they are."""


def load(documents: Iterable[Document]) -> LawBook:
    """Read documents into a law book; the order does not matter."""
    kept = tuple(sorted(documents, key=lambda each: each.name))
    reader = _Reader()
    for document in kept:
        reader.take(document)
    book = LawBook(
        documents=kept,
        provisions={
            name: tuple(sorted(each, key=lambda version: version.in_force.first))
            for name, each in reader.provisions.items()
        },
        parameters=reader.parameters,
        sets=reader.sets,
        lists=reader.lists,
        other_names=reader.other_names,
        others={kind: tuple(each) for kind, each in reader.others.items()},
        countries={
            code: tuple(sorted(each, key=lambda text: _stem(text.document)))
            for code, each in reader.countries.items()
        },
        declarations=reader.declarations,
        instruments=reader.instruments,
        bindings=reader.bindings,
    )
    _check_names(book)
    enrolment.check_bindings(book.instruments, book.bindings)
    return book


def _stem(document: Document) -> str:
    """Name a document so that one stands before those that continue it."""
    return document.name.removesuffix(".toml")


class _Reader:
    """Sorts documents by kind, refusing a second thing under one name."""

    def __init__(self) -> None:
        self.provisions: dict[str, list[Provision]] = {}
        self.parameters: dict[str, Parameter] = {}
        self.sets: dict[str, ParameterSet] = {}
        self.lists: dict[str, ListRule] = {}
        self.other_names: dict[str, OtherName] = {}
        self.others: dict[str, list[tuple[Document, Table]]] = {}
        self.countries: dict[str, list[CountryText]] = {}
        self.declarations: dict[str, Declaration] = {}
        self.instruments: dict[str, Instrument] = {}
        self.bindings: dict[str, StateBindings] = {}

    def take(self, document: Document) -> None:
        """Read a document as what its first key says it is."""
        table = Table(parse(document.text, document.name), document.name)
        refuse_control_characters(table.data, document.name)
        for kind in _KEPT:
            if kind in table.data:
                self.others.setdefault(kind, []).append((document, table))
                return
        for kind, take in self._kinds().items():
            if kind in table.data:
                take(table, document)
                return
        *most, last = [f"`{kind}`" for kind in (*self._kinds(), "floor", "claim")]
        remedy = f"Begin with {', '.join(most)} or {last}."
        raise DocumentError(document.name, "it is no kind of law document", remedy)

    def _kinds(self) -> dict[str, Callable[[Table, Document], None]]:
        return {
            "provision": lambda *of: self._take_version(readers.provision(*of)),
            "list": lambda *of: self._keep(self.lists, readers.list_rule(*of)),
            "parameter": lambda *of: self._keep(
                self.parameters, readers.parameter(*of)
            ),
            "set": lambda *of: self._keep(self.sets, readers.parameter_set(*of)),
            "other_name": self._take_other_names,
            "country": self._take_country,
            "declaration": lambda *of: self._keep(
                self.declarations, country_readers.declaration(*of)
            ),
            "instrument": lambda *of: self._keep(
                self.instruments, enrolment.instrument(*of)
            ),
            "state": lambda *of: self._keep(self.bindings, enrolment.state(*of)),
        }

    def _take_other_names(self, table: Table, document: Document) -> None:
        for each in readers.other_names(table, document):
            self._keep(self.other_names, each)

    def _take_country(self, table: Table, document: Document) -> None:
        text = country_readers.country(table, document)
        self.countries.setdefault(text.id, []).append(text)

    def _take_version(self, provision: Provision) -> None:
        versions = self.provisions.setdefault(provision.id, [])
        for other in versions:
            if _overlap(provision, other):
                problem = (
                    f"`{provision.id}` stands in {other.document.name} too, in force "
                    f"on the same days"
                )
                raise DuplicateError(provision.document.name, problem, "Keep one.")
        versions.append(provision)

    def _keep(self, kept: dict[str, _K], thing: _K) -> None:
        if thing.id in kept:
            problem = f"`{thing.id}` stands in {kept[thing.id].document.name} too"
            raise DuplicateError(thing.document.name, problem, "Rename one.")
        kept[thing.id] = thing


def _overlap(one: Provision, other: Provision) -> bool:
    first, second = one.in_force, other.in_force
    return first.covers(second.first) or second.covers(first.first)


def _check_names(book: LawBook) -> None:
    """Refuse names that mean two things or nothing."""
    owner: dict[str, str] = {}
    for text in (*book.texts, *book.country_texts):
        for name in [*text.elements, *getattr(text, "without_effect", ())]:
            of = text.document.name if isinstance(text, CountryText) else text.id
            if owner.setdefault(name, of) != of:
                problem = f"the element `{name}` belongs to {owner[name]} already"
                raise DuplicateError(text.document.name, problem, "Rename it.")
        for element in text.elements.values():
            where = f"{text.document.name}, elements, {element.name}"
            for parameter in element.under:
                refuse_unknown(where, "parameter", parameter, book.parameters)
    for each in book.sets.values():
        for setting in each.settings:
            where = f"{each.document.name}, setting"
            refuse_unknown(where, "parameter", setting.parameter, book.parameters)
            values = book.parameters[setting.parameter].values
            refuse_unknown(
                f"{where}, {setting.parameter}", "value", setting.value, values
            )
    for other in book.other_names.values():
        _check_other_name(other, book)
    for text in book.texts:
        on = text.in_force.first if isinstance(text, Provision) else date.min
        Resolver(book, on).check(text)
    kinds = frozenset(rule.of for rule in book.lists.values())
    CountryChecks(book.elements, kinds, book.parameters).check(book.country_texts)


def _check_other_name(other: OtherName, book: LawBook) -> None:
    """Refuse another name for what is not there, or for what has that name itself."""
    where = f"{other.document.name}, other_name, {other.id}"
    for name, value in other.means.items():
        refuse_unknown(where, "parameter", name, book.parameters)
        refuse_unknown(f"{where}, {name}", "value", value, book.parameters[name].values)
    own = book.parameters.get(other.parameter)
    if own and (other.value is None or other.value in own.values):
        problem = f"`{other.id}` is a name of the law book's own"
        raise DuplicateError(where, problem, "Leave it out.")

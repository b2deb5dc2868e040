"""The law book: documents loaded, names resolved, versions chosen by the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from asylon.law import country_readers, enrolment, readers
from asylon.law.countries import CountryFinding, CountryText, Declaration
from asylon.law.country_checks import CountryChecks
from asylon.law.documents import Document
from asylon.law.errors import (
    CircularError,
    DocumentError,
    DuplicateError,
    NotInForceError,
    UnknownNameError,
)
from asylon.law.parameters import OtherName, Parameter, ParameterSet
from asylon.law.provisions import Element, ListRule, Provision
from asylon.law.register import Instrument, StateBindings
from asylon.law.tables import Table, parse, refuse_control_characters
from asylon.logic.errors import FormulaError
from asylon.logic.formulas import (
    Constant,
    Entry,
    Fact,
    Formula,
    Named,
    Quantified,
    Setting,
    children,
    rebuild,
)
from asylon.logic.reading import read
from asylon.logic.truth import FALSE

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

DEFINITION = "csr51/article-1"
"""The provision that says who is a refugee."""


@dataclass(frozen=True)
class LawBook:
    """Everything the law documents say, ready to be applied to a day.

    `others` are documents that are only kept here: scenarios, starting claims, the
    floor.
    """

    documents: tuple[Document, ...]
    provisions: Mapping[str, tuple[Provision, ...]]
    parameters: Mapping[str, Parameter]
    sets: Mapping[str, ParameterSet]
    lists: Mapping[str, ListRule]
    other_names: Mapping[str, OtherName] = field(default_factory=dict)
    others: Mapping[str, tuple[tuple[Document, Table], ...]] = field(
        default_factory=dict
    )
    countries: Mapping[str, tuple[CountryText, ...]] = field(default_factory=dict)
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    bindings: Mapping[str, StateBindings] = field(default_factory=dict)

    @cached_property
    def texts(self) -> tuple[Provision | ListRule, ...]:
        """Everything that has elements: each version of a provision, each list."""
        versions = (each for every in self.provisions.values() for each in every)
        return (*versions, *self.lists.values())

    @cached_property
    def country_texts(self) -> tuple[CountryText, ...]:
        """What every document says of its country."""
        return tuple(each for texts in self.countries.values() for each in texts)

    @cached_property
    def country_findings(self) -> dict[str, CountryFinding]:
        """Every country finding by its identifier."""
        findings = (each for text in self.country_texts for each in text.findings)
        return {each.id: each for each in findings}

    @cached_property
    def elements(self) -> dict[str, Element]:
        """Every element by name; the latest version of a provision has the say."""
        texts = (*self.texts, *self.country_texts)
        return {name: each for text in texts for name, each in text.elements.items()}

    @cached_property
    def without_effect(self) -> dict[str, str]:
        """Facts that may be recorded and that no definition asks, with the reason."""
        versions = [each for every in self.provisions.values() for each in every]
        return {
            name: why for each in versions for name, why in each.without_effect.items()
        }

    @cached_property
    def first_day(self) -> date:
        """The first day on which any text of the law book governs."""
        return min(each[0].in_force.first for each in self.provisions.values())

    @cached_property
    def hash(self) -> str:
        """One hash for the whole law book, over the hashes of its documents."""
        lines = sorted(f"{each.hash}  {each.name}\n" for each in self.documents)
        return sha256("".join(lines).encode()).hexdigest()

    def provision(self, identifier: str, on: date) -> Provision:
        """Get the version of a provision that is in force on a day."""
        for version in self.versions(identifier):
            if version.in_force.covers(on):
                return version
        versions = self.versions(identifier)
        first, last = versions[0].in_force.first, versions[-1].in_force.last
        raise NotInForceError(versions[0].citation, on, first, last)

    def versions(self, identifier: str) -> tuple[Provision, ...]:
        """List the versions of a provision, the earliest first."""
        if identifier not in self.provisions:
            raise UnknownNameError("law", "provision", identifier, self.provisions)
        return self.provisions[identifier]

    def is_outside(self, identifier: str, on: date) -> bool:
        """Whether a provision is not in force yet on a day, or no longer.

        Nothing follows then from it. A gap between two texts is a mistake instead.
        """
        first, last = self.versions(identifier)[0], self.versions(identifier)[-1]
        ended = last.in_force.last
        return on < first.in_force.first or (ended is not None and on > ended)

    def formula(self, identifier: str, on: date) -> Formula:
        """Spell a provision out in full, as in force on a day."""
        return Named(
            identifier,
            _Resolver(self, on).provision(identifier),
            self.provision(identifier, on).per,
        )

    def counts_as_protection(self, identifier: str, on: date) -> bool:
        """Whether a provision says when another country's protection counts."""
        if identifier not in self.provisions:
            return False
        return self.provision(identifier, on).is_protection

    def text_of(self, name: str, on: date) -> Provision | ListRule:
        """Get the provision or list that a name in a formula belongs to."""
        identifier = name.partition("#")[0]
        return self.lists.get(identifier) or self.provision(identifier, on)


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
                _known(where, "parameter", parameter, book.parameters)
    for each in book.sets.values():
        for setting in each.settings:
            where = f"{each.document.name}, setting"
            _known(where, "parameter", setting.parameter, book.parameters)
            values = book.parameters[setting.parameter].values
            _known(f"{where}, {setting.parameter}", "value", setting.value, values)
    for other in book.other_names.values():
        _check_other_name(other, book)
    for text in book.texts:
        on = text.in_force.first if isinstance(text, Provision) else date.min
        _Resolver(book, on).check(text)
    kinds = frozenset(rule.of for rule in book.lists.values())
    CountryChecks(book.elements, kinds, book.parameters).check(book.country_texts)


def _check_other_name(other: OtherName, book: LawBook) -> None:
    """Refuse another name for what is not there, or for what has that name itself."""
    where = f"{other.document.name}, other_name, {other.id}"
    for name, value in other.means.items():
        _known(where, "parameter", name, book.parameters)
        _known(f"{where}, {name}", "value", value, book.parameters[name].values)
    own = book.parameters.get(other.parameter)
    if own and (other.value is None or other.value in own.values):
        problem = f"`{other.id}` is a name of the law book's own"
        raise DuplicateError(where, problem, "Leave it out.")


def _known(where: str, kind: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        raise UnknownNameError(where, kind, name, names)


def _formulas(owner: Provision | ListRule) -> Iterator[tuple[str, str, str | None]]:
    """Go through the formulas of a text: name, formula, kind of member asked about."""
    if isinstance(owner, ListRule):
        yield owner.id, owner.belongs_when, owner.of
        return
    yield owner.id, owner.holds_when, owner.per
    for part in owner.parts.values():
        yield f"{owner.id}#{part.name}", part.holds_when, part.per


def _kinds_asked(formula: Formula) -> set[str]:
    """Name the kinds of list member that a formula asks about without a list."""
    inner = {kind for part in children(formula) for kind in _kinds_asked(part)}
    match formula:
        case Fact(_, str(of)) | Named(_, _, str(of)) | Entry(of, _):
            return inner | {of}
        case Quantified(of=of, within=within):
            inner = inner - {of}
            return inner | {within} if within else inner
    return inner


class _Resolver:
    """Puts what names stand for into formulas, on one day."""

    def __init__(self, book: LawBook, on: date) -> None:
        self.book, self.on = book, on
        self.kinds = {rule.of for rule in book.lists.values()}
        self.under_way: list[str] = []

    def check(self, owner: Provision | ListRule) -> None:
        """Resolve every formula of a text, whether in use or not."""
        for name, text, per in _formulas(owner):
            # A text may speak of one that came into force later.
            with suppress(NotInForceError):
                self._check_kinds(self._guarded(name, text, owner), per, owner)

    def _check_kinds(
        self, formula: Formula, per: str | None, owner: Provision | ListRule
    ) -> None:
        """Refuse to ask about a member of a list outside any such list."""
        within = {rule.of: rule.within for rule in self.book.lists.values()}
        allowed: set[str] = set()
        while per and per not in allowed:
            allowed.add(per)
            per = within.get(per)
        for kind in sorted(_kinds_asked(formula) - allowed):
            problem = f"a formula asks about `{kind}` outside any list of that kind"
            remedy = "Ask it within every(...) or some(...), or give `per`."
            raise DocumentError(owner.document.name, problem, remedy)

    def provision(self, identifier: str) -> Formula:
        provision = self.book.provision(identifier, self.on)
        return self._guarded(identifier, provision.holds_when, provision)

    def _guarded(self, name: str, text: str, owner: Provision | ListRule) -> Formula:
        if name in self.under_way:
            ring = " → ".join([*self.under_way[self.under_way.index(name) :], name])
            problem = f"`{name}` is defined by itself: {ring}"
            raise CircularError(owner.document.name, problem, "Break the ring.")
        self.under_way.append(name)
        try:
            return self.resolve(text, owner)
        finally:
            self.under_way.pop()

    def resolve(self, text: str, owner: Provision | ListRule) -> Formula:
        where = owner.document.name
        try:
            formula = read(text)
        except FormulaError as error:
            problem, _, spot = str(error).partition("\n")
            remedy = f"Correct it here:\n{spot}"
            raise DocumentError(where, f"in a formula: {problem}", remedy) from None

        def put(part: Formula) -> Formula:
            match part:
                case Fact(name):
                    return self.name(name, owner)
                case Setting(kind, name) if kind in self.kinds:
                    return Entry(kind, name)
                case Setting(parameter, value):
                    _known(where, "parameter", parameter, self.book.parameters)
                    values = self.book.parameters[parameter].values
                    _known(where, f"value of {parameter}", value, values)
                    return part
                case Quantified():
                    return self.quantified(part, put(part.body), where)
            return rebuild(part, put)

        return put(formula)

    def quantified(self, part: Quantified, body: Formula, where: str) -> Formula:
        _known(where, "list", part.over, self.book.lists)
        rule = self.book.lists[part.over]
        belongs = self._guarded(rule.id, rule.belongs_when, rule)
        return Quantified(part.kind, part.over, body, rule.of, rule.within, belongs)

    def name(self, name: str, owner: Provision | ListRule) -> Formula:
        if name in owner.elements:
            return Fact(name, owner.elements[name].per)
        if name in owner.uses:
            return self.used(owner.uses[name], owner)
        known = [*owner.elements, *owner.uses]
        if isinstance(owner, Provision):
            if name in owner.parts:
                part = owner.parts[name]
                body = self._guarded(f"{owner.id}#{name}", part.holds_when, owner)
                return Named(f"{owner.id}#{name}", body, part.per)
            known += owner.parts
        raise UnknownNameError(owner.document.name, "element", name, known)

    def used(self, target: str, owner: Provision | ListRule) -> Formula:
        identifier, _, inner = target.partition("#")
        where = f"{owner.document.name}, uses"
        _known(where, "provision", identifier, self.book.provisions)
        element = self.book.elements.get(inner)
        if element and element.provision == identifier:
            # The same question may be asked before or after the text it stands in.
            return Fact(inner, element.per)
        if self.book.is_outside(identifier, self.on):
            return Constant(FALSE)
        provision = self.book.provision(identifier, self.on)
        if inner:
            named = [*provision.elements, *provision.parts, *provision.uses]
            _known(where, f"element of {identifier}", inner, named)
            return self.name(inner, provision)
        return Named(identifier, self.provision(identifier), provision.per)

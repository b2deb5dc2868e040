"""Resolving: what the names in a formula stand for, on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from asylon.law.errors import (
    CircularError,
    DocumentError,
    NotInForceError,
    UnknownNameError,
)
from asylon.law.provisions import ListRule, Provision
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

if TYPE_CHECKING:
    from asylon.law.book import LawBook


def refuse_unknown(where: str, kind: str, name: str, known: Iterable[str]) -> None:
    """Refuse a name that the law book does not have."""
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


class Resolver:
    """Puts what names stand for into formulas, on one day."""

    def __init__(self, book: LawBook, on: date) -> None:
        """Take the law book and the day."""
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
        """Spell a provision out, and all it uses, as in force on the day."""
        provision = self.book.provision(identifier, self.on)
        return self._guarded(identifier, provision.holds_when, provision)

    def _guarded(self, name: str, text: str, owner: Provision | ListRule) -> Formula:
        if name in self.under_way:
            ring = " → ".join([*self.under_way[self.under_way.index(name) :], name])
            problem = f"`{name}` is defined by itself: {ring}"
            raise CircularError(owner.document.name, problem, "Break the ring.")
        self.under_way.append(name)
        try:
            return self._resolve(text, owner)
        finally:
            self.under_way.pop()

    def _resolve(self, text: str, owner: Provision | ListRule) -> Formula:
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
                    return self._name(name, owner)
                case Setting(kind, name) if kind in self.kinds:
                    return Entry(kind, name)
                case Setting(parameter, value):
                    refuse_unknown(where, "parameter", parameter, self.book.parameters)
                    values = self.book.parameters[parameter].values
                    refuse_unknown(where, f"value of {parameter}", value, values)
                    return part
                case Quantified():
                    return self._quantified(part, put(part.body), where)
            return rebuild(part, put)

        return put(formula)

    def _quantified(self, part: Quantified, body: Formula, where: str) -> Formula:
        refuse_unknown(where, "list", part.over, self.book.lists)
        rule = self.book.lists[part.over]
        belongs = self._guarded(rule.id, rule.belongs_when, rule)
        return Quantified(part.kind, part.over, body, rule.of, rule.within, belongs)

    def _name(self, name: str, owner: Provision | ListRule) -> Formula:
        if name in owner.elements:
            return Fact(name, owner.elements[name].per)
        if name in owner.uses:
            return self._used(owner.uses[name], owner)
        known = [*owner.elements, *owner.uses]
        if isinstance(owner, Provision):
            if name in owner.parts:
                part = owner.parts[name]
                body = self._guarded(f"{owner.id}#{name}", part.holds_when, owner)
                return Named(f"{owner.id}#{name}", body, part.per)
            known += owner.parts
        raise UnknownNameError(owner.document.name, "element", name, known)

    def _used(self, target: str, owner: Provision | ListRule) -> Formula:
        identifier, _, inner = target.partition("#")
        where = f"{owner.document.name}, uses"
        refuse_unknown(where, "provision", identifier, self.book.provisions)
        element = self.book.elements.get(inner)
        if element and element.provision == identifier:
            # The same question may be asked before or after the text it stands in.
            return Fact(inner, element.per)
        if self.book.is_outside(identifier, self.on):
            return Constant(FALSE)
        provision = self.book.provision(identifier, self.on)
        if inner:
            named = [*provision.elements, *provision.parts, *provision.uses]
            refuse_unknown(where, f"element of {identifier}", inner, named)
            return self._name(inner, provision)
        return Named(identifier, self.provision(identifier), provision.per)

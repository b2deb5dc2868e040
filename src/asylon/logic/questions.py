"""What is still open, what could change the outcome, and what carries it.

The answers are exact: they take into account that one fact may stand in several
places. They are options for inquiry, addressed to whoever bears the duty to inquire.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from asylon.logic.diagrams import Diagram
from asylon.logic.evaluation import Known, Plan, Reason
from asylon.logic.formulas import Formula, Named, walk
from asylon.logic.modules import Module, Signs, facts, modules, signs
from asylon.logic.smallest import NO_WAY, Cheapest, Price
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

Found: TypeAlias = tuple[str, Truth]
"""A fact, and how it was found or would have to be found."""

_FOUND = (Price(false=1), NO_WAY, Price(true=1))
_OPEN = (NO_WAY, Price(false=1, true=1), NO_WAY)


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows from findings.

    Attributes:
        value: true or false if no completion of the findings changes it.
        reason: why; replaying it gives the value.
        decisive: open facts that can still change the outcome.
        carried_by: a smallest set of findings that alone settles the outcome.
        to_establish: a smallest set of open facts, and how each would have to be
            found, to make it true; `to_defeat` to make it false. Empty once settled.
    """

    value: Truth
    reason: Reason
    decisive: tuple[str, ...] = ()
    carried_by: tuple[Found, ...] = ()
    to_establish: tuple[Found, ...] = ()
    to_defeat: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What follows from findings, and the open facts that can still change it."""

    value: Truth
    decisive: tuple[str, ...] = ()


class Inquiry:
    """A ground formula made ready to be asked, again and again."""

    def __init__(self, formula: Formula) -> None:
        """Lay the formula out."""
        self.formula = formula
        self.names = facts(formula)
        self.plan = Plan(formula)
        self._part = _Part(modules(formula))

    @cached_property
    def signs(self) -> Signs:
        """The facts that help the formula to hold, and those that harm it."""
        return signs(self.formula)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names of the formulas that have one."""
        named = (part.name for part in walk(self.formula) if isinstance(part, Named))
        return tuple(dict.fromkeys(named))

    def favours(self, name: str, found: Truth) -> bool:
        """Whether finding a fact so can only help the formula to hold."""
        helping, harming = self.signs
        return name not in (harming if found is TRUE else helping)

    def value(self, known: Known) -> Truth:
        """Give the exact value: what all completions of the findings agree on."""
        return _Standing(self._part, known).value

    def outlook(self, known: Known) -> Outlook:
        """Say what follows, and what could change it, without the reasons."""
        standing = _Standing(self._part, known)
        settled = standing.value.is_settled
        return Outlook(standing.value, () if settled else tuple(standing.decisive()))

    def answer(self, known: Known) -> Answer:
        """Say what follows from the findings, why, and what could change it."""
        standing = _Standing(self._part, known)
        reason = self._explain(known, standing.value)
        if standing.value.is_settled:
            carried = _Search(standing, among_known=True).findings(standing.value)
            return Answer(standing.value, reason, carried_by=tuple(carried))
        search = _Search(standing, among_known=False)
        return Answer(
            standing.value,
            reason,
            decisive=tuple(standing.decisive()),
            to_establish=tuple(search.findings(TRUE)),
            to_defeat=tuple(search.findings(FALSE)),
        )

    def explain(self, known: Known) -> Reason:
        """Give the exact value with the reasons that carry it, and no more."""
        return self._explain(known, self.value(known))

    def _explain(self, known: Known, value: Truth) -> Reason:
        reason = self.plan.explain(known)
        if reason.value is value:
            return reason
        # Kleene leaves open what is settled only through a fact with both signs.
        mixed = frozenset.intersection(*self.signs)
        name = next(name for name in _open_facts(reason) if name in mixed)
        ways = ({**known, name: answer} for answer in (TRUE, FALSE))
        parts = tuple(self._explain(way, value) for way in ways)
        return Reason(value, "either_way", name, parts)


def _open_facts(reason: Reason) -> Iterator[str]:
    if reason.how == "fact" and reason.value is UNKNOWN:
        yield reason.name
    for part in reason.parts:
        yield from _open_facts(part)


class _Part:
    """A module made ready: the diagram of its outline, and its parts made ready."""

    def __init__(self, module: Module) -> None:
        self.diagram = Diagram.of(module.outline)
        self.parts = {name: _Part(part) for name, part in module.parts.items()}


class _Standing:
    """How a part stands on some findings: what is left of it, and of its parts."""

    def __init__(self, part: _Part, known: Known) -> None:
        self.whole = part.diagram
        self.parts = {
            name: _Standing(inner, known) for name, inner in part.parts.items()
        }
        inner = {name: standing.value for name, standing in self.parts.items()}
        found = known.get
        self.truths = [
            inner[name] if name in inner else found(name, UNKNOWN)
            for name in self.whole.names
        ]
        self.left = self.whole.under(self.truths)
        self.value: Truth = self.left.value

    def decisive(self) -> Iterator[str]:
        for name in self.left.support():
            if name in self.parts:
                yield from self.parts[name].decisive()
            else:
                yield name


class _Search:
    """Looks for the fewest findings, in a part and in the parts it names.

    It chooses among the findings there are, or else among the open facts.
    """

    def __init__(self, standing: _Standing, *, among_known: bool) -> None:
        self._among_known = among_known
        self._diagram = standing.whole if among_known else standing.left
        self._parts: dict[str, _Search] = {}
        prices = _FOUND if among_known else _OPEN
        self._prices = [prices[truth.rank] for truth in standing.truths]
        if standing.parts:
            for level, name in enumerate(self._diagram.names):
                if name in standing.parts:
                    self._prices[level] = self._price(name, standing.parts[name])
        self._done: dict[Truth, Cheapest] = {}

    def _price(self, name: str, part: _Standing) -> Price:
        if part.value.is_settled is not self._among_known:
            return NO_WAY
        search = self._parts[name] = _Search(part, among_known=self._among_known)
        if not self._among_known:
            return Price(search.cheapest(FALSE).price, search.cheapest(TRUE).price)
        price = search.cheapest(part.value).price
        return Price(true=price) if part.value is TRUE else Price(false=price)

    def cheapest(self, outcome: Truth) -> Cheapest:
        if outcome not in self._done:
            self._done[outcome] = Cheapest(self._diagram, outcome, self._prices)
        return self._done[outcome]

    def findings(self, outcome: Truth) -> Iterator[Found]:
        for name, found in self.cheapest(outcome).findings():
            if name in self._parts:
                yield from self._parts[name].findings(found)
            else:
                yield name, found

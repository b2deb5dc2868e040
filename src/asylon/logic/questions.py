"""What is still open, what could change the outcome, and what carries it.

The answers are exact: they take into account that one fact may stand in several
places. They are options for inquiry, addressed to whoever bears the duty to inquire.
"""

from __future__ import annotations

from dataclasses import dataclass

from asylon.logic.diagrams import Diagram, Finding
from asylon.logic.evaluation import Known, Plan, Reason
from asylon.logic.exactness import mixed_facts
from asylon.logic.formulas import Formula
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth


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
    carried_by: tuple[Finding, ...] = ()
    to_establish: tuple[Finding, ...] = ()
    to_defeat: tuple[Finding, ...] = ()


class Inquiry:
    """A ground formula made ready to be asked, again and again."""

    def __init__(self, formula: Formula) -> None:
        """Lay the formula out and build its diagram."""
        self.formula = formula
        self.plan = Plan(formula)
        self.diagram = Diagram.of(formula)
        self.mixed = mixed_facts(formula)

    @property
    def names(self) -> tuple[str, ...]:
        """The facts the formula asks."""
        return self.diagram.names

    def value(self, known: Known) -> Truth:
        """Give the exact value: what all completions of the findings agree on."""
        return self.diagram.under(known).value

    def answer(self, known: Known) -> Answer:
        """Say what follows from the findings, why, and what could change it."""
        left = self.diagram.under(known)
        reason = self._explain(known, left)
        if left.value.is_settled:
            carried = self.diagram.smallest(left.value, known)
            return Answer(left.value, reason, carried_by=tuple(carried))
        return Answer(
            left.value,
            reason,
            decisive=tuple(left.support()),
            to_establish=tuple(left.smallest(TRUE)),
            to_defeat=tuple(left.smallest(FALSE)),
        )

    def _explain(self, known: Known, left: Diagram) -> Reason:
        reason = self.plan.explain(known)
        if reason.value is left.value:
            return reason
        # Kleene leaves open what is settled only through a fact with both signs.
        name = next(name for name in self.mixed if not _settled(known, name))
        ways = ({**known, name: answer} for answer in (TRUE, FALSE))
        parts = tuple(self._explain(way, left) for way in ways)
        return Reason(left.value, "either_way", name, parts)


def _settled(known: Known, name: str) -> bool:
    return known.get(name, UNKNOWN).is_settled

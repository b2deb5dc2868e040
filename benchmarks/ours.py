"""Our side: one claim at a time, from findings to everything that is said of it.

Everything means the result, the reasons, what carries it or is decisive, what would
have to be shown, what closes in the applicant's favour and what is open. All of it is
read within the time measured, so that nothing is left to be worked out later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from time import perf_counter

from asylon.determination import Claim, Decision, Determination, read_decisions
from asylon.logic.evaluation import replay
from asylon.logic.questions import Inquiry
from asylon.logic.truth import BY_RANK, FALSE, TRUE
from benchmarks.asking import DisagreementError
from benchmarks.caseload import Definition, Row

PUBLISHED = "published.toml"


@dataclass
class OneByOne:
    """Claims asked one by one, in as many rounds as are wanted."""

    definition: Definition
    rows: Sequence[Row]
    expected: bytes
    decisions: Sequence[Decision]
    generated: list[float] = field(default_factory=list)
    published: list[float] = field(default_factory=list)
    status: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the claims, and warm up while checking every answer."""
        self._claims = [
            self.definition.claim(n, row) for n, row in enumerate(self.rows)
        ]
        self._known = [self.definition.known(row) for row in self.rows]
        determine = self.definition.determiner.determine
        for claim, rank in zip(self._claims, self.expected, strict=True):
            check_determination(determine(claim), self.definition.inquiry, rank)
        self._cases = [
            decision.claim
            for decision in self.decisions
            if determine(decision.claim).outcome is decision.expected
        ]

    @property
    def agreeing(self) -> int:
        """How many decisions agree with what the file expects; only they are timed."""
        return len(self._cases)

    def measure(self) -> None:
        """Go through every claim once more."""
        self.generated += self._each(self._claims)
        self.published += self._each(self._cases)
        value = self.definition.inquiry.value
        for known in self._known:
            began = perf_counter()
            value(known)
            self.status.append(perf_counter() - began)

    def _each(self, claims: Sequence[Claim]) -> list[float]:
        determine, seconds = self.definition.determiner.determine, []
        for claim in claims:
            began = perf_counter()
            everything(determine(claim))
            seconds.append(perf_counter() - began)
        return seconds


def everything(found: Determination) -> tuple[object, ...]:
    """Read all that is said of a claim."""
    answer = found.answer
    return (
        found.outcome,
        found.closed,
        found.open,
        answer.value,
        answer.reason,
        answer.decisive,
        answer.carried_by,
        answer.to_establish,
        answer.to_defeat,
    )


def check_determination(found: Determination, inquiry: Inquiry, rank: int) -> None:
    """Check the result, its reasons, what carries it and what would change it.

    Raises:
        DisagreementError: one of them is not so.
    """
    answer = found.answer
    value, known = BY_RANK[rank], found.known
    holds = {"result": answer.value is value, "reasons": replay(answer.reason) is value}
    if value.is_settled:
        carried = inquiry.value(dict(answer.carried_by)) is value
        holds["what carries it"] = carried
    else:
        established = inquiry.value({**known, **dict(answer.to_establish)})
        defeated = inquiry.value({**known, **dict(answer.to_defeat)})
        shown = {name for name, _ in (*answer.to_establish, *answer.to_defeat)}
        holds["what would change it"] = established is TRUE and defeated is FALSE
        holds["what is decisive"] = shown <= set(answer.decisive)
    wrong = [what for what, is_so in holds.items() if not is_so]
    if wrong:
        message = (
            f"asylon, claim {found.claim.id}: {' and '.join(wrong)} not as expected"
        )
        raise DisagreementError(message)


def decisions(definition: Definition, *, strict: bool = False) -> list[Decision]:
    """Read the published decisions that ship with the package."""
    text = (files("asylon.determination") / PUBLISHED).read_bytes()
    entries = read_decisions(text, PUBLISHED, definition.book, strict=strict)
    return [entry for entry in entries if isinstance(entry, Decision)]


def agreeing(definition: Definition, *, strict: bool) -> tuple[int, int]:
    """Count the decisions whose outcome is the expected one, and all of them."""
    cases = decisions(definition, strict=strict)
    determine = definition.determiner.determine
    agreed = sum(
        determine(each.claim).outcome is (each.strict if strict else each.expected)
        for each in cases
    )
    return agreed, len(cases)

"""What the reasons of a draft begin with: what people wrote, and what follows from it.

Nothing here is a reason before somebody has read it and made it theirs: whoever drafts
edits all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from asylon.casework.assessments import Found, words
from asylon.casework.decisions import Reasoning
from asylon.casework.explaining import Explainer
from asylon.casework.files import CaseClaim
from asylon.law import LawError

FOUND, REMAINING, WORKED_OUT = "found", "remaining", "worked_out"
"""Whose words they are: of a finding, of what risk remains, or of the engine."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A part that the reasons can begin with, and whose words it holds.

    Attributes:
        of: one of `FOUND`, `REMAINING` and `WORKED_OUT`.
        finding: the finding, where it is of one.
    """

    reasoning: Reasoning
    of: str
    finding: Found | None = None


def suggested(
    claim: CaseClaim, explainer: Explainer, *, on: date
) -> tuple[Suggested, ...]:
    """List what the reasons of a claim can begin with, in the order of the law.

    A finding for which nobody wrote a word begins nothing.

    Args:
        claim: what was said and found.
        explainer: names elements, and says what follows, in the language of the draft.
        on: the day whose law applies.
    """
    names = named(claim, explainer, on=on)
    standing = claim.assessment.standing
    found = (standing[path] for path in names if path in standing)
    parts = (_of_finding(claim, each, names[each.element]) for each in found)
    written = (each for each in parts if each.reasoning.words)
    return (*written, *_remaining(claim, explainer), *_worked_out(claim, explainer, on))


def named(claim: CaseClaim, explainer: Explainer, *, on: date) -> dict[str, str]:
    """Name the elements of a claim by their paths, in the order of the law.

    Where nothing can be worked out each finding goes by its own path.
    """
    try:
        elements = explainer.elements(claim, on=on)
    except LawError:
        return {path: path for path in claim.assessment.standing}
    return {each.path: each.name for each in elements}


def _of_finding(claim: CaseClaim, found: Found, name: str) -> Suggested:
    facts = claim.assessment.standing_facts
    written = [found.reasons]
    for fact in (facts[each] for each in found.facts):
        written += [fact.words, fact.reasons]
    written += [each.why for each in found.answers]
    if found.closing:
        written += [found.closing.enquiries, found.closing.doubt]
    told = "\n\n".join(each.strip() for each in written if each.strip())
    return Suggested(Reasoning(name, told), FOUND, found)


def _remaining(claim: CaseClaim, explainer: Explainer) -> Iterator[Suggested]:
    remaining = claim.assessment.remaining
    if not remaining:
        return
    say, kinds = explainer.words, words()["remaining"]
    heading = say.say("heading of reasons", "What risk remains without what is doubted")
    last = {each.of: each.words for each in remaining}
    told = "\n\n".join(f"{kinds.name(of, say)}: {why}" for of, why in last.items())
    yield Suggested(Reasoning(heading, told), REMAINING)


def _worked_out(
    claim: CaseClaim, explainer: Explainer, on: date
) -> Iterator[Suggested]:
    """Give the fewest findings that settle it; nothing where it is open."""
    beside = explainer.beside(claim, on=on)
    if beside.carried_by:
        words = "\n".join(each.text for each in beside.carried_by)
        yield Suggested(Reasoning(beside.says, words), WORKED_OUT)

"""What the procedure says to a person, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from asylon.casework.holds import Refusal
from asylon.casework.procedure import deadlines
from asylon.casework.procedure.deadlines import Reckoning
from asylon.casework.procedure.readers import procedure
from asylon.identity import Vocabulary
from asylon.languages import Catalogue

OF_GUARDS = "why an act waits"


def vocabularies() -> Iterator[Vocabulary]:
    """Go through everything that the table and its deadlines have a name for."""
    table = procedure()
    yield Vocabulary("procedure", {n: e.name for n, e in table.kinds.items()})
    yield Vocabulary("stage of a claim", {n: e.name for n, e in table.stages.items()})
    yield Vocabulary("act of a procedure", {n: e.name for n, e in table.acts.items()})
    yield Vocabulary("outcome", {n: e.name for n, e in table.outcomes.items()})
    yield Vocabulary("fact of a procedure", {n: e.name for n, e in table.facts.items()})
    yield _refusals()
    yield from deadlines.vocabularies()


def refused(refusal: Refusal, catalogue: Catalogue) -> str:
    """Say why an act was not done, and what to do.

    >>> from asylon.languages import catalogue
    >>> refused(Refusal("procedure.no-such-act"), catalogue())
    'There is no such act. Take one of the procedure.'
    """
    return _refusals().name(refusal.code, catalogue)


def reckoned(reckoning: Reckoning, catalogue: Catalogue) -> Iterator[str]:
    """Tell a reckoning line by line: what was counted, what was not and why, the end."""
    say, stops = catalogue.say, {v.context: v for v in deadlines.vocabularies()}
    yield say(
        "deadline",
        "Told on {day}, and counted from the day after it; the rule is {rule}.",
        day=catalogue.day(reckoning.begins),
        rule=reckoning.rule.rule,
    )
    for span in reckoning.spans:
        first, last = catalogue.day(span.first), catalogue.day(span.last)
        if span.counted:
            yield say(
                "deadline",
                "{first} to {last}: {days} counted",
                first=first,
                last=last,
                days=str(span.counted),
            )
        else:
            why = stops["what stops a time"].name(span.why, catalogue)
            yield say(
                "deadline",
                "{first} to {last}: not counted ({why})",
                first=first,
                last=last,
                why=why,
            )
    if reckoning.ends is None:
        yield say("deadline", "The time stands still: no day is the last one.")
    else:
        yield say("deadline", "Last day: {day}", day=catalogue.day(reckoning.ends))


def _refusals() -> Vocabulary:
    table = procedure()
    guards = {each.code: each.says for each in table.guards.values()}
    return Vocabulary(OF_GUARDS, {**guards, **table.refusals})

"""The results for the claims of a file as a table, with what the file expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import Acts, show_standing
from asylon.cli.appliedlaw import narrator
from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.determination import (
    Decision,
    Determination,
    Narrator,
)
from asylon.determination.notices import Herald
from asylon.law import LawBook
from asylon.logic.truth import FALSE, TRUE, Truth

_MOST_NAMES = 3
_LONGEST_ID = 16
_SET_AND_YEAR = 14

Determined = tuple[Decision, Determination]


def show_table(
    results: Sequence[Determined],
    book: LawBook,
    acts: Acts | None = None,
    *,
    strict: bool,
) -> None:
    """Show the results as a table, with what the file expected beside them."""
    out = showing.console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, width in _columns(results, out.width):
        table.add_column(heading, width=width, no_wrap=True, overflow="ellipsis")
    for decision, found in results:
        table.add_row(
            found.claim.id,
            Text(decision.name),
            f"{found.settings.set.id} {found.settings.on.year}",
            showing.met(found.definition),
            showing.met(found.outcome),
            _agreement(found.outcome, _expected(decision, strict=strict)),
            Text(why(found, narrator(book, found))),
        )
    out.print(table)
    _show_agreement(results, strict=strict)
    if any(found.outcome is FALSE for _, found in results):
        caution = narrator(book, results[0][1]).caution()
        _show_caution(caution)
    show_standing([found for _, found in results], acts)
    for _, found in results:
        earlier = acts.stands_by_earlier(found) if acts else None
        if earlier:
            told = Text(f"{found.claim.id}: {earlier.told()}")
            showing.line(showing.sign(earlier.result.definition), str(told), 0)
    _show_warnings([found for _, found in results])


def _show_caution(caution: str) -> None:
    """Say under the table what `not met` does not mean."""
    result = showing.met(FALSE)
    told = spoken().say(
        "a result and what to know of it",
        "{result}: {caution}",
        result=result.plain,
        caution=caution,
    )
    text = Prose(told)
    text.highlight_words([result.plain], result.style)
    showing.console().print(text)


def _columns(results: Sequence[Determined], width: int) -> Iterator[tuple[str, int]]:
    """Share the width out: what is short keeps its place, the reasons get most."""
    say = spoken().say
    longest = max(showing.met(value).cell_len for value in Truth)
    ids = max(cell_len(found.claim.id) for _, found in results)
    short = {
        say("table heading", "id"): min(ids, _LONGEST_ID),
        say("table heading", "set"): _SET_AND_YEAR,
        say("table heading", "definition"): longest,
        say("table heading", "with bars"): longest,
        say("table heading", "file"): longest,
    }
    fixed = {name: max(each, cell_len(name)) for name, each in short.items()}
    left = max(width - sum(fixed.values()) - 2 * (len(fixed) + 1), 30)
    decision, reason = say("table heading", "decision"), say("table heading", "why")
    shares = {decision: left // 3, reason: left - left // 3}
    id_, *others = fixed
    for name in (id_, decision, *others, reason):
        yield name, fixed.get(name) or shares[name]


def _show_agreement(results: Sequence[Determined], *, strict: bool) -> None:
    given = [
        (found.outcome, expected)
        for decision, found in results
        if (expected := _expected(decision, strict=strict)) is not None
    ]
    if not given:
        return
    say = spoken().say
    agreed = sum(found is expected for found, expected in given)
    counts = {"agreed": spoken().number(agreed), "all": spoken().number(len(given))}
    with_file = say(
        "agreement",
        "{agreed} of {all} agree with what the file expects (definition and bars "
        "together).",
        **counts,
    )
    with_strict = say(
        "agreement",
        "{agreed} of {all} agree with its strict result (definition and bars together).",
        **counts,
    )
    showing.console().print()
    showing.paragraph(with_strict if strict else with_file)


def _expected(decision: Decision, *, strict: bool) -> Truth | None:
    return decision.strict if strict else decision.expected


def _agreement(found: Truth, expected: Truth | None) -> Text:
    if expected is None:
        return Text("")
    if found is expected:
        return Text(spoken().say("agreement", "agrees"), style="green")
    return Text(f"≠ {showing.result(expected)}", style="bold red")


def why(found: Determination, narrator: Narrator) -> str:
    """Say in a few words what carries a result, or what is decisive."""
    say, words, answer = narrator.say, narrator.words, found.answer
    if found.barred_by and found.outcome is not found.definition:
        bars = words.names([words.named("bar", name) for name in found.barred_by])
        return say("why, in few words", "bar: {bars}", bars=bars)
    if found.protection_of:
        countries = words.names([narrator.entry(name) for name in found.protection_of])
        return say(
            "why, in few words",
            "second nationality protects: {countries}",
            countries=countries,
        )
    if not answer.value.is_settled:
        findings = _some(answer.decisive, narrator)
        return say("why, in few words", "open: {findings}", findings=findings)
    carried = [name for name, _ in answer.carried_by]
    if answer.value is TRUE:
        findings = _some(carried, narrator)
        return say("why, in few words", "carried by: {findings}", findings=findings)
    established = [name for name, value in answer.carried_by if value is TRUE]
    findings = _some(established or carried, narrator)
    if established:
        return say("why, in few words", "established: {findings}", findings=findings)
    return say("why, in few words", "not shown: {findings}", findings=findings)


def _some(names: Sequence[str], narrator: Narrator) -> str:
    """Name the first few; where any are about a country or place, only those."""
    told = [name for name in names if "." in name] or names
    shown = [narrator.short(name) for name in told[:_MOST_NAMES]]
    more = len(told) - _MOST_NAMES
    if more <= 0:
        return narrator.words.names(shown)
    return narrator.words.say_many(
        "the first few findings",
        "{findings} and {count} more",
        "{findings} and {count} more",
        more,
        findings=narrator.words.listed(shown),
    )


def _show_warnings(results: Sequence[Determination]) -> None:
    """Tell the warnings by kind: which claims, what, and about what."""
    told = [
        (found.claim.id, warning) for found in results for warning in found.warnings
    ]
    if told:
        showing.heading(spoken().say("heading", "Warnings"))
    for text in Herald(spoken()).of_many(told):
        showing.line(Text("!"), text)

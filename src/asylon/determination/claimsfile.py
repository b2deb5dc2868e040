"""The claims file: claims written down with their findings, element by element.

Its facts are those of the law book, by the paths of `asylon.determination.claims`. A
claim may start from one that ships with the law book and say only what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from asylon.determination.claims import Claim, Facts, read_facts, read_truth
from asylon.determination.decisions import read_decisions
from asylon.determination.entries import Decision, Refused
from asylon.law import DocumentError, LawBook, UnknownNameError
from asylon.law.jurisdictions import is_known
from asylon.law.readers import CLOSINGS
from asylon.law.tables import Table, parse, refuse_control_characters
from asylon.logic.grounding import MISSING
from asylon.logic.truth import Truth

Entry = Decision | Refused


def read_entries(
    text: bytes, where: str, book: LawBook, *, strict: bool = False
) -> Iterator[Entry]:
    """Read a file of claims or of published decisions, entry by entry.

    Args:
        text: the bytes of the file.
        where: its name, for messages.
        book: the law book.
        strict: take what a published decision did not discuss as undetermined.

    Raises:
        DocumentError: the file as a whole is neither.
    """
    data = parse(text, where)
    refuse_control_characters(dict.fromkeys(data, ""), where)
    if "claim" not in data:
        yield from read_decisions(text, where, book, strict=strict)
        return
    table = Table(data, where)
    entries = list(table.tables("claim"))
    table.finish()
    if not entries:
        raise DocumentError(where, "it has no [[claim]]", "Write one.")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = str(entry.data.get("id", f"claim {number}"))
        try:
            refuse_control_characters(entry.data, f"{where}, claim {number}")
            entry.where = f"{where}, {name}"
            yield _first_of_its_name(read_claim(entry, book), seen, entry.where)
        except DocumentError as error:
            yield Refused(name, str(error))


def _first_of_its_name(read: Decision, seen: set[str], where: str) -> Decision:
    if read.claim.id in seen:
        problem = "this id stands in the file twice"
        raise DocumentError(where, problem, "Give each its own.")
    seen.add(read.claim.id)
    return read


def read_claim(entry: Table, book: LawBook) -> Decision:
    """Read one claim of a claims file."""
    facts = read_facts(started(entry, book, entry.maybe_text("like")), book)
    _refuse_assumed(facts, entry.where)
    raised = (*CLOSINGS, MISSING, *book.elements)
    id_ = entry.text("id")
    if not id_:
        raise DocumentError(entry.where, "`id` is empty", "Give it a name.")
    claim = Claim(
        id=id_,
        title=entry.text("title", ""),
        findings=facts.findings,
        shape=facts.shape,
        recorded=facts.recorded,
        on=_day(entry, book),
        lodged=entry.maybe_day("lodged"),
        jurisdiction=_jurisdiction(entry, book),
        parameters=_texts(entry.table("parameters")),
        bars=_truths(entry.table("bars")),
        screened=frozenset(known_names(entry, "screened", CLOSINGS)),
        indicators=frozenset(known_names(entry, "indicators", raised)),
    )
    entry.finish()
    return Decision(claim, claim.title, "", None, None, "", "")


def _refuse_assumed(facts: Facts, where: str) -> None:
    """Refuse what is only taken as given: in a claim somebody has to find it."""
    for name, finding in facts.findings.items():
        if finding.layer == "assumed" and not name.endswith(f".{MISSING}"):
            problem = f"`{name}` is taken as given, and nobody found it"
            remedy = "Leave it out while it is open, or let an officer find it."
            raise DocumentError(where, problem, remedy)


def _day(entry: Table, book: LawBook) -> date | None:
    on, lodged = entry.maybe_day("on"), entry.maybe_day("lodged")
    if on and on < book.first_day:
        problem = f"on {on} nothing is in force; the first day is {book.first_day}"
        raise DocumentError(entry.where, problem, "Correct the day.")
    if on and lodged and on < lodged:
        problem = f"it is decided on {on}, before it was made on {lodged}"
        raise DocumentError(entry.where, problem, "Correct the days.")
    return on


def _jurisdiction(entry: Table, book: LawBook) -> str:
    code = entry.text("jurisdiction", "UNHCR")
    if not is_known(code):
        known = [each.jurisdiction for each in book.sets.values()]
        raise UnknownNameError(entry.where, "jurisdiction", code, known)
    return code


def _texts(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.data}


def _truths(table: Table) -> dict[str, Truth]:
    return {name: read_truth(word, table.where) for name, word in table.data.items()}


def known_names(entry: Table, key: str, known: Iterable[str]) -> Iterator[str]:
    """Go through closing rules, and paths of facts where they may stand."""
    names = list(known)
    for each in entry.texts(key):
        rule, _, path = each.partition(" ")
        last = rule if path else rule.rpartition(".")[2]
        if last not in names:
            raise UnknownNameError(entry.where, f"name for `{key}`", last, names)
        yield each


def started(entry: Table, book: LawBook, like: str | None) -> Table:
    """Give the facts of an entry, laid over those of the claim it starts from."""
    given: dict[str, Any] = {}
    if like:
        starts = {
            table.text("claim"): table for _, table in book.others.get("claim", ())
        }
        if like not in starts:
            raise UnknownNameError(entry.where, "claim", like, starts)
        given = dict(starts[like].table("facts").data)
    laid = _laid_over(given, entry.get("facts", dict, {}))
    return Table(laid, f"{entry.where}, facts")


def _is_found(value: Mapping[str, Any]) -> bool:
    """Whether a table is one finding, and not more facts."""
    return not isinstance(value.get("found", {}), dict)


def _laid_over(given: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(given)
    for name, value in other.items():
        below = merged.get(name)
        if isinstance(value, dict) and isinstance(below, dict) and not _is_found(value):
            merged[name] = _laid_over(below, value)
        else:
            merged[name] = value
    return merged

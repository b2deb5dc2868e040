"""The decisions file: published decisions, read entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

from asylon.determination.entries import Decision, Refused
from asylon.determination.flat_facts import FlatFacts
from asylon.law import DEFINITION, DocumentError, LawBook, NotInForceError
from asylon.law.tables import Table, parse, refuse_control_characters


def read_decisions(
    text: bytes, where: str, book: LawBook, *, strict: bool = False
) -> Iterator[Decision | Refused]:
    """Read a decisions file, entry by entry; a bad entry does not stop the others.

    Args:
        text: the bytes of the file.
        where: its name, for messages.
        book: the law book.
        strict: take what the decision did not discuss as undetermined.

    Raises:
        DocumentError: the file as a whole is not a decisions file.
    """
    table = Table(parse(text, where), where)
    if DEFINITION not in book.provisions:
        problem = f"decisions are about `{DEFINITION}`, which the law book lacks"
        raise DocumentError(where, problem, "Use a law book that has it.")
    entries = list(table.tables("decision"))
    if not entries:
        problem = "it has no [[decision]]"
        raise DocumentError(where, problem, "See docs/reference/formats.md.")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = f"decision {number}"
        try:
            refuse_control_characters(entry.data, f"{where}, {name}")
        except DocumentError as error:
            yield Refused(name, str(error))
            continue
        name = str(entry.data.get("id", name))
        entry.where = f"{where}, {name}"
        if name in seen:
            problem = "this id stands in the file twice. Give each its own."
            yield Refused(name, f"{entry.where}: {problem}")
            continue
        seen.add(name)
        try:
            yield FlatFacts(entry, book, strict=strict).decision()
        except NotInForceError as error:
            yield Refused(name, f"{entry.where}: {error}")
        except DocumentError as error:
            yield Refused(name, str(error))

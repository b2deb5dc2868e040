"""What differs between two law books, said in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal, TypeAlias

from asylon.law.book import LawBook
from asylon.law.countries import CountryFinding
from asylon.law.documents import Document

Kind: TypeAlias = Literal["added", "removed", "changed"]

_KINDS = (
    "provisions",
    "lists",
    "parameters",
    "sets",
    "other_names",
    "declarations",
    "instruments",
    "bindings",
)
_NOT_LAW = ("document", "provision", "name")


@dataclass(frozen=True, slots=True)
class Difference:
    """One point that differs: where, how, and what stood and stands there.

    `path` is the same place as `where`, step by step.
    """

    where: str
    kind: Kind
    old: str = ""
    new: str = ""
    path: tuple[str, ...] = field(default=(), compare=False)


def differences(old: LawBook, new: LawBook) -> Iterator[Difference]:
    """Go through all that differs, document by document, key by key."""
    for kind in _KINDS:
        before, after = _things(old, kind), _things(new, kind)
        yield from _compared(before, after, ())
    yield from _compared(_countries(old), _countries(new), ())
    yield from _other_documents(old, new)


def _countries(book: LawBook) -> dict[str, object]:
    """Give the findings, and the facts of groups, of each country by their names."""
    return {
        f"country {text.id}, {text.document.name}": text for text in book.country_texts
    }


def _things(book: LawBook, kind: str) -> dict[str, object]:
    things: Mapping[str, object] = getattr(book, kind)
    named: dict[str, object] = {}
    for name, thing in things.items():
        if isinstance(thing, tuple):
            named |= {f"{name} from {each.in_force.first}": each for each in thing}
        else:
            named[f"{kind.removesuffix('s').replace('_', ' ')} {name}"] = thing
    return named


def _compared(old: object, new: object, path: tuple[str, ...]) -> Iterator[Difference]:
    """Compare two things part by part, down to what has no parts."""
    if old == new:
        return
    parts, others = _parts(old), _parts(new)
    if parts is None or others is None:
        yield _difference(path, "changed", str(old), str(new))
        return
    for name in {**parts, **others}:
        inner = (*path, name)
        if name not in others:
            yield _difference(inner, "removed", old=_shown(parts[name]))
        elif name not in parts:
            yield _difference(inner, "added", new=_shown(others[name]))
        else:
            yield from _compared(parts[name], others[name], inner)


def _difference(
    path: tuple[str, ...], kind: Kind, old: str = "", new: str = ""
) -> Difference:
    return Difference(", ".join(path), kind, old, new, path)


def _parts(thing: object) -> dict[str, object] | None:
    """Give the parts of a thing by the names a reader knows them by."""
    if isinstance(thing, Mapping):
        return dict(thing)
    if isinstance(thing, tuple):
        return {_label(each, number): each for number, each in enumerate(thing, 1)}
    if is_dataclass(thing):
        names = (each.name for each in fields(thing) if each.name not in _NOT_LAW)
        return {name: getattr(thing, name) for name in names}
    return None


def _label(thing: object, number: int) -> str:
    parameter, first = getattr(thing, "parameter", ""), getattr(thing, "first", "")
    if parameter:
        return f"{parameter} from {first}"
    if isinstance(thing, CountryFinding):
        return f"finding {thing.id}"
    return thing if isinstance(thing, str) else str(number)


def _shown(thing: object) -> str:
    for name in ("statement", "question", "meaning", "value", "holds_when"):
        if hasattr(thing, name):
            return str(getattr(thing, name))
    return str(thing) if isinstance(thing, str | int) else ""


def _other_documents(old: LawBook, new: LawBook) -> Iterator[Difference]:
    """Compare what the law book only keeps (scenarios, claims) by its bytes."""
    before, after = _kept(old), _kept(new)
    for name in sorted({*before, *after}):
        if name not in after:
            yield _difference((name,), "removed")
        elif name not in before:
            yield _difference((name,), "added")
        elif before[name].hash != after[name].hash:
            yield _difference((name,), "changed")


def _kept(book: LawBook) -> dict[str, Document]:
    documents = (each for kept in book.others.values() for each, _ in kept)
    return {each.name: each for each in documents}

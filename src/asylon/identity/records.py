"""Records as JSON: frozen dataclasses to plain values and back, nothing passed over.

A value that equals the default is left out, so that a file holds what was said and no
more. Reading refuses an unknown key, a missing one and a value of another kind, and says
where.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache, partial
from typing import (
    Any,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from asylon.identity.errors import RecordError

Json: TypeAlias = Any
Reader: TypeAlias = Callable[[Json, str], Any]
T = TypeVar("T")

_KINDS = {str: "text", bool: "true or false", int: "a whole number"}


def as_dict(record: object) -> dict[str, Json]:
    """Write a record as what JSON can hold."""
    return dict(_written(record))


def from_dict(kind: type[T], data: Json, where: str = "") -> T:
    """Read a record of a kind.

    Raises:
        RecordError: a key is unknown or missing, or a value is of another kind.
    """
    if not isinstance(data, Mapping):
        raise RecordError(where, "this should be a table", "Give keys and values.")
    known = _fields(cast("Any", kind))
    for key in data:
        if key not in known:
            raise _unknown_key(where, str(key), list(known))
    read: dict[str, Any] = {}
    for name, (field, reader) in known.items():
        if name in data:
            read[name] = reader(data[name], f"{where}.{name}" if where else name)
        elif _is_required(field):
            raise RecordError(where or name, f"`{name}` is missing", "Add it.")
    try:
        return kind(**read)
    except RecordError as error:
        raise (error.within(where) if where else error) from None
    except ValueError:
        # A kind of another room says in its own way what it cannot mean.
        problem = f"this cannot be read as {kind.__name__}"
        remedy = "Write it as the page of formats shows."
        raise RecordError(where, problem, remedy) from None


def _unknown_key(where: str, key: str, known: list[str]) -> RecordError:
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    remedy = f"Did you mean `{near[0]}`?" if near else "Take it out."
    return RecordError(where or "file", f"there is no key `{key:.40}` here", remedy)


@cache
def _fields(kind: type) -> dict[str, tuple[Field[Any], Reader]]:
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise TypeError(kind)
    hints = get_type_hints(kind)
    return {each.name: (each, _reader(hints[each.name])) for each in fields(kind)}


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _written(record: object) -> Iterator[tuple[str, Json]]:
    for name, (field, _) in _fields(cast("Any", type(record))).items():
        value = getattr(record, name)
        if _is_required(field) or value != field.default:
            yield name, _plain(value)


def _plain(value: object) -> Json:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return as_dict(value)
    return value


def _reader(hint: Any) -> Reader:  # noqa: ANN401  any kind of field
    """Say how a kind of value is read; it is asked once, and read many times."""
    if get_origin(hint) in {Union, types.UnionType}:
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is tuple:
        return partial(_many, _reader(get_args(hint)[0]))
    if hint in {date, datetime}:
        return _day if hint is date else _moment
    return partial(_plainly if hint in _KINDS else from_dict, hint)


def _many(reader: Reader, value: Json, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise RecordError(where, "this should be a list", "Put it in brackets.")
    return tuple(reader(each, f"{where}[{place}]") for place, each in enumerate(value))


def _plainly(kind: type, value: Json, where: str) -> Json:
    if type(value) is not kind:
        problem = f"this should be {_KINDS[kind]}"
        raise RecordError(where, problem, "Correct it.")
    return value


def _day(value: Json, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        problem = "this should be a day"
        raise RecordError(where, problem, "Write it as 2026-06-30.") from None


def _moment(value: Json, where: str) -> datetime:
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        read = None
    if read is None or read.tzinfo is None:
        problem = "this should be a moment, with its offset from UTC"
        raise RecordError(where, problem, "Write it as 2026-06-30T14:05:00+00:00.")
    return read

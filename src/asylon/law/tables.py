"""Reading TOML tables strictly: each key has a type, and no key is passed over."""

from __future__ import annotations

import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import TypeAlias, TypeVar

from asylon.law.errors import DocumentError, UnknownNameError

Value: TypeAlias = object
T = TypeVar("T")

MOST_BYTES = 20_000_000
_PRINTABLE = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*")
_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    date: "a date",
    list: "a list",
    dict: "a table",
}


def shown(value: Value) -> str:
    """Show a value in an error, in few words."""
    return f"{value}" if isinstance(value, date | time) else f"{value!r:.60}"


def parse(text: bytes, where: str) -> dict[str, Value]:
    """Parse TOML, saying in words what is wrong with bytes that are not."""
    if len(text) > MOST_BYTES:
        size = f"the file has {len(text) // 1_000_000} MB"
        limit = MOST_BYTES // 1_000_000
        raise DocumentError(where, size, f"Split it: at most {limit} MB are read.")
    if not text.removeprefix(BOM_UTF8).strip():
        raise DocumentError(where, "the file is empty", "Give a file with content.")
    try:
        # Some editors begin a file with a mark of its encoding.
        return tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} is not UTF-8"
        raise DocumentError(where, problem, "Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        problem = f"not valid TOML: {error}"
        raise DocumentError(where, problem, "Correct the line.") from None
    except ValueError:
        problem = "a number in it has more digits than can be read"
        raise DocumentError(where, problem, "Correct it.") from None
    except RecursionError:
        raise _too_deep(where) from None


def _too_deep(where: str) -> DocumentError:
    return DocumentError(where, "tables are nested too deeply", "Flatten them.")


def refuse_control_characters(value: Value, where: str) -> None:
    """Refuse text that could steer the terminal it is shown on."""
    try:
        _refuse_control_characters(value, where)
    except RecursionError:
        raise _too_deep(where.partition(",")[0]) from None


def _refuse_control_characters(value: Value, where: str) -> None:
    match value:
        case str() if not _PRINTABLE.fullmatch(value):
            problem = f"control characters in {value!r:.60}"
            raise DocumentError(where, problem, "Take them out.")
        case dict():
            for key, inner in value.items():
                _refuse_control_characters(key, where)
                _refuse_control_characters(inner, f"{where}, {key}")
        case list():
            for inner in value:
                _refuse_control_characters(inner, where)


class Table:
    """A TOML table that remembers where it stands and which keys were asked for."""

    def __init__(self, data: Mapping[str, Value], where: str) -> None:
        """Wrap a parsed table; `where` names the file and the path within it."""
        self.data, self.where = data, where
        self._asked: set[str] = set()

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Get a value of a kind; without a default the key has to be there."""
        self._asked.add(key)
        if key not in self.data:
            if default is not None:
                return default
            raise DocumentError(self.where, f"`{key}` is missing", "Add it.")
        value = self.data[key]
        wanted = type(value) is kind or (kind is object)
        if not wanted:
            problem = f"`{key}` should be {_WORDS[kind]}, not {shown(value)}"
            raise DocumentError(self.where, problem, "Correct it.")
        return value  # type: ignore[return-value]

    def has(self, key: str) -> bool:
        """Whether a key is there."""
        return key in self.data

    def text(self, key: str, default: str | None = None) -> str:
        """Get text with its white space folded."""
        return " ".join(self.get(key, str, default).split())

    def sentences(self, key: str) -> str:
        """Get text of several lines with the white space of each line folded."""
        lines = self.get(key, str).strip().splitlines()
        return "\n".join(" ".join(line.split()) for line in lines)

    def maybe_text(self, key: str) -> str | None:
        """Get text, or none if the key is absent."""
        self._asked.add(key)
        return self.text(key) if key in self.data else None

    def day(self, key: str) -> date:
        """Get a date."""
        return self.get(key, date)

    def maybe_day(self, key: str) -> date | None:
        """Get a date, or none if the key is absent."""
        self._asked.add(key)
        return self.day(key) if key in self.data else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Get a list of texts, empty if the key is absent."""
        values: list[Value] = self.get(key, list, [])
        for value in values:
            if not isinstance(value, str):
                problem = f"`{key}` should hold texts, not {shown(value)}"
                raise DocumentError(self.where, problem, "Correct it.")
        return tuple(" ".join(str(value).split()) for value in values)

    def table(self, key: str) -> Table:
        """Get a table within this one, empty if the key is absent."""
        return Table(self.get(key, dict, {}), f"{self.where}, {key}")

    def tables(self, key: str) -> Iterator[Table]:
        """Go through a list of tables."""
        for number, value in enumerate(self.get(key, list, []), 1):
            where = f"{self.where}, {key} {number}"
            if not isinstance(value, dict):
                raise DocumentError(
                    where, f"not a table: {shown(value)}", "Correct it."
                )
            yield Table(value, where)

    def named_tables(self, key: str) -> Iterator[tuple[str, Table]]:
        """Go through a table of tables."""
        inner = self.table(key)
        for name in inner.data:
            yield name, inner.table(name)

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a slip of the pen must not pass."""
        for key in self.data:
            if key not in self._asked:
                raise UnknownNameError(self.where, "key", key, self._asked)

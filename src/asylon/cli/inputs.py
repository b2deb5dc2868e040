"""Reading what the user names: files, days, sets, law books."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

from asylon.law import Document, LawBook
from asylon.law.tables import MOST_BYTES


class InputError(Exception):
    """What the user gave cannot be used: what, where, why, what to do."""

    code = "cli.input"


def read_file(path: Path) -> bytes:
    """Read a file whole, refusing what cannot be one of ours."""
    if path.is_dir():
        message = f"{path}: this is a folder. Name a file in it."
        raise InputError(message)
    try:
        if path.stat().st_size > MOST_BYTES:
            size, most = path.stat().st_size // 1_000_000, MOST_BYTES // 1_000_000
            message = (
                f"{path}: the file has {size} MB; at most {most} MB are read. Split it."
            )
            raise InputError(message)
        with path.open("rb") as stream:
            # What is no plain file may never end.
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"{path}: {(error.strerror or str(error)).lower()}. Check the name."
        raise InputError(message) from None


def read_day(text: str | None, book: LawBook, given_as: str = "--on ") -> date | None:
    """Read a day given as an option, on which the law book has something in force."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = f"{given_as}{text}: not a day. Write it as 2026-06-30."
        raise InputError(message) from None
    if day < book.first_day:
        first = book.first_day
        message = f"{given_as}{day}: nothing is in force; the first day is {first}."
        raise InputError(message)
    return day


def check_set(book: LawBook, name: str | None, given_as: str = "--set ") -> str | None:
    """Check that a set exists."""
    if name is not None and name not in book.sets:
        near = get_close_matches(name, book.sets, n=1, cutoff=0.3)
        hint = f" Did you mean `{near[0]}`?" if near else ""
        there = ", ".join(book.sets)
        message = f"{given_as}{name}: there is no such set.{hint} There is {there}."
        raise InputError(message)
    return name


def read_law(folder: Path | None, given_as: str = "--law ") -> LawBook:
    """Load the law book that ships, or another one from a folder."""
    from asylon import instruments
    from asylon.law import load

    if folder is None:
        return instruments.book()
    if not folder.is_dir():
        message = (
            f"{given_as}{folder}: this is not a folder. Name a folder of law documents."
        )
        raise InputError(message)
    return load(documents_in(folder))


def documents_in(folder: Path) -> list[Document]:
    """Read every law document below a folder."""
    found = sorted(folder.rglob("*.toml"))
    if not found:
        message = f"{folder}: there is no law document (*.toml) in it."
        raise InputError(message)
    return [
        Document(path.relative_to(folder).as_posix(), read_file(path)) for path in found
    ]

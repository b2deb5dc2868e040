"""Reading what the user names: files, days, sets, law books."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from errno import EACCES, ENOENT
from pathlib import Path

from asylon.cli.speaking import spoken
from asylon.law import Document, LawBook
from asylon.law.tables import MOST_BYTES

_MEGABYTE = 1_000_000


class InputError(Exception):
    """What the user gave cannot be used: what, where, why, what to do."""

    code = "cli.input"


def read_file(path: Path) -> bytes:
    """Read a file whole, refusing what cannot be one of ours."""
    say = spoken().say
    if path.is_dir():
        message = say(
            "problem", "{path}: this is a folder. Name a file in it.", path=path
        )
        raise InputError(message)
    try:
        if path.stat().st_size > MOST_BYTES:
            message = say(
                "problem",
                "{path}: the file has {size} MB; at most {most} MB are read. Split it.",
                path=path,
                size=spoken().number(path.stat().st_size // _MEGABYTE),
                most=spoken().number(MOST_BYTES // _MEGABYTE),
            )
            raise InputError(message)
        with path.open("rb") as stream:
            # What is no plain file may never end.
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        message = _unreadable(path, error)
        raise InputError(message) from None


def _unreadable(path: Path, error: OSError) -> str:
    say = spoken().say
    messages = {
        ENOENT: say(
            "problem", "{path}: no such file or directory. Check the name.", path=path
        ),
        EACCES: say(
            "problem", "{path}: permission denied. Ask for leave to read it.", path=path
        ),
    }
    return messages.get(error.errno or 0) or say(
        "problem",
        "{path}: the system cannot read it ({error}). Check the name.",
        path=path,
        error=error.strerror or error,
    )


def read_date(text: str, option: str) -> date:
    """Read a day given as an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = spoken().say(
            "problem",
            "{option} {text}: not a day. Write it as 2026-06-30.",
            option=option,
            text=text,
        )
        raise InputError(message) from None


def read_day(text: str | None, book: LawBook, given_as: str = "--on") -> date | None:
    """Read a day given as an option, on which the law book has something in force."""
    if text is None:
        return None
    day = read_date(text, given_as)
    if day < book.first_day:
        message = spoken().say(
            "problem",
            "{option} {day}: nothing is in force; the first day is {first}.",
            option=given_as,
            day=day,
            first=spoken().day(book.first_day),
        )
        raise InputError(message)
    return day


def check_set(book: LawBook, name: str | None, given_as: str = "--set") -> str | None:
    """Check that a set exists."""
    if name is not None and name not in book.sets:
        raise InputError(_no_set(name, book, given_as))
    return name


def _no_set(name: str, book: LawBook, given_as: str) -> str:
    near = get_close_matches(name, book.sets, n=1, cutoff=0.3)
    there = spoken().listed(list(book.sets))
    if near:
        return spoken().say(
            "problem",
            "{option} {name}: there is no such set. Did you mean `{nearest}`? There is "
            "{sets}.",
            option=given_as,
            name=name,
            nearest=near[0],
            sets=there,
        )
    return spoken().say(
        "problem",
        "{option} {name}: there is no such set. There is {sets}.",
        option=given_as,
        name=name,
        sets=there,
    )


def read_law(folder: Path | None, given_as: str = "--law ") -> LawBook:
    """Load the law book that ships, or another one from a folder."""
    from asylon import instruments
    from asylon.law import load

    if folder is None:
        return instruments.book()
    if not folder.is_dir():
        message = spoken().say(
            "problem",
            "{folder}: this is not a folder. Name a folder of law documents.",
            folder=f"{given_as}{folder}",
        )
        raise InputError(message)
    return load(documents_in(folder))


def documents_in(folder: Path) -> list[Document]:
    """Read every law document below a folder."""
    found = sorted(folder.rglob("*.toml"))
    if not found:
        message = spoken().say(
            "problem",
            "{folder}: there is no law document (*.toml) in it.",
            folder=folder,
        )
        raise InputError(message)
    return [
        Document(path.relative_to(folder).as_posix(), read_file(path)) for path in found
    ]

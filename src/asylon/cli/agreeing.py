"""`asylon law draft · sign · verify`: agreeing a parameter set by two keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from errno import EPIPE
from os import strerror
from pathlib import Path

import typer

from asylon.cli import showing
from asylon.cli.agreements import (
    ARCHIVE,
    REGISTER,
    SIGNATURE,
    Reviewed,
    altered_documents,
    read_agreements,
)
from asylon.cli.inputs import InputError, check_set, read_date, read_file, read_law
from asylon.cli.keys import read_key, write_new
from asylon.cli.signpage import SignPage
from asylon.cli.speaking import spoken
from asylon.cli.verifypage import VerifyPage
from asylon.law import LawBook
from asylon.law.acts import (
    PURPOSE,
    Act,
    Agreement,
    Signature,
    read_act,
    statement,
    write_agreement,
)
from asylon.law.adopting import pinned
from asylon.law.organisations import NAME
from asylon.law.parameters import ParameterSet
from asylon.security import PrivateKey, fingerprint, sign

_READABLE = 0o644

_YEARS_AHEAD = 20
"""An act that would begin later than so many years from now is taken for a slip."""


def draft(set_id: str, first: str, into: Path, law: Path | None) -> int:
    """Write an act for a set, with the documents that it pins beside it."""
    book = read_law(law)
    check_set(book, set_id)
    day = _first_day(first, book.sets[set_id], book)
    found = read_agreements(into, book)
    if found.review.register is None:
        raise InputError(_no_register(into / REGISTER))
    text = write_agreement(
        {
            "set": set_id,
            "from": day,
            "drafted_on": showing.today(),
            "register": found.review.register.hash,
            "supersedes": _superseded(found, book, set_id, day),
        },
        pinned(book),
    )
    path = into / f"{set_id}-{day.isoformat()}.toml"
    _keep_documents(into, book)
    write_new(path, text, _READABLE)
    say = spoken().say
    told = say(
        "drafting", "{file}: a draft, in force nowhere until it is signed.", file=path
    )
    showing.paragraph(told)
    showing.paragraph(say("key", "fingerprint  {key}", key=fingerprint(text)))
    return 0


def _first_day(text: str, parameter_set: ParameterSet, book: LawBook) -> date:
    """Read the first day of an act: not before its set's first rule, nor far ahead."""
    day, say = read_date(text, "--from"), spoken().say
    rules = [each.first for each in parameter_set.settings]
    earliest = max(min(rules, default=book.first_day), book.first_day)
    if day < earliest:
        message = say(
            "problem",
            "--from {day}: the set `{set}` has no rule before {first}. Give that day "
            "or a later one.",
            day=text,
            set=parameter_set.id,
            first=spoken().day(earliest),
        )
        raise InputError(message)
    latest = showing.today().year + _YEARS_AHEAD
    if day.year > latest:
        message = say(
            "problem",
            "--from {day}: an act begins in the year {latest} at the latest. Correct "
            "the day.",
            day=text,
            latest=latest,
        )
        raise InputError(message)
    return day


def _no_register(path: object) -> str:
    return spoken().say(
        "problem", "{file}: a register of organisations is needed first.", file=path
    )


def _superseded(found: Reviewed, book: LawBook, set_id: str, day: date) -> str:
    """Give the hash of the act that a new one would take the place of."""
    place = book.sets[set_id].jurisdiction
    for each in found.review.standings:
        set_ = each.act.set if isinstance(each.act, Agreement) else ""
        same = set_ == set_id or (
            set_ in book.sets and book.sets[set_].jurisdiction == place
        )
        if same and each.act and each.covers(day):
            return each.act.hash
    return ""


def _keep_documents(into: Path, book: LawBook) -> None:
    """Keep what is pinned by its hash, so that the act can be read in later years."""
    folder = into / ARCHIVE
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        message = spoken().say(
            "problem",
            "{path}: no folder for the law documents can be made here ({error}). Move "
            "what is in its place, or ask for leave to write.",
            path=folder,
            error=(error.strerror or str(error)).lower(),
        )
        raise InputError(message) from None
    names = pinned(book)
    for document in book.documents:
        path = into / ARCHIVE / f"{document.hash}.toml"
        if document.name in names and not path.exists():
            write_new(path, document.text, _READABLE)


@dataclass(frozen=True, slots=True)
class SignOptions:
    """What `law sign` was asked."""

    key: Path
    signer: str
    yes: bool
    law: Path | None


def sign_act(path: Path, options: SignOptions) -> int:
    """Show in words what is signed, ask, and write the signature file."""
    say = spoken().say
    folder, book = path.parent, read_law(options.law)
    act = read_act(path.stem, read_file(path))
    if not NAME.fullmatch(path.stem):
        message = say(
            "problem",
            "{path}: an act is named with a-z, 0-9 and hyphens. Rename it.",
            path=path,
        )
        raise InputError(message)
    target = folder / f"{path.stem}.{options.signer}{SIGNATURE}"
    found = read_agreements(folder, book)
    if target.exists():
        message = say(
            "problem",
            "{file}: `{signer}` has signed this act already.",
            file=target,
            signer=options.signer,
        )
        raise InputError(message)
    key = read_key(options.key)
    _check_signer(found, options.signer, key.public.fingerprint)
    with _shown():
        SignPage(act, found, book).show(options.signer, key.public.fingerprint)
    if not options.yes and not _agreed():
        showing.console().print(say("sign", "Nothing was signed."))
        return 1
    _write_signature(target, act, key, options.signer)
    try:
        with _shown():
            print(say("sign", "Signed: {file}", file=target))
    except InputError:
        target.unlink()
        raise
    return 0


@contextmanager
def _shown() -> Iterator[None]:
    """Refuse to sign where what is printed reaches nobody."""
    try:
        # Where there was no output from the start, another has taken its place.
        if sys.__stdout__ is None or getattr(sys.stdout, "closed", True):
            raise BrokenPipeError(EPIPE, strerror(EPIPE))
        yield
        sys.stdout.flush()
    except (OSError, SystemExit) as error:
        # The console leaves by itself where a pipe is closed.
        why = getattr(error, "strerror", None) or strerror(EPIPE)
        message = spoken().say(
            "problem",
            "standard output: {error}, so what is signed cannot be shown. Nothing was "
            "signed. Print it to a terminal or a file.",
            error=why.lower(),
        )
        raise InputError(message) from None


def _write_signature(target: Path, act: Act, key: PrivateKey, signer: str) -> None:
    today, print_ = showing.today(), key.public.fingerprint
    covered = statement(act.text, signer, today, print_)
    signature = sign(key, PURPOSE, covered)
    signed = Signature(act.hash, signer, today, print_, signature)
    write_new(target, signed.file(), _READABLE)


def _agreed() -> bool:
    asked = spoken().say("sign", "Type yes to sign exactly this")
    return bool(typer.prompt(asked, default="no").strip() == "yes")


def _check_signer(found: Reviewed, signer: str, key: str) -> None:
    """Refuse a signer or a key that the register lacks: the signature would be void."""
    register, keys = found.review.register, found.review.keys
    if register is None or keys is None:
        raise InputError(_no_register(REGISTER))
    say = spoken().say
    if signer not in register.signers:
        message = say(
            "problem",
            "--as {signer}: the register has no such name. There is {signers}.",
            signer=signer,
            signers=spoken().listed(list(register.signers)),
        )
        raise InputError(message)
    if key not in {each.public.fingerprint for each in keys.of(signer)}:
        message = say(
            "problem",
            "--key: {key} is no key of `{signer}` in the register. Take the key that "
            "belongs to it, or replace the key first.",
            key=key,
            signer=signer,
        )
        raise InputError(message)


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What `law verify` was asked."""

    on: str | None
    law: Path | None
    register: Path | None
    as_json: bool


def verify(path: Path, options: VerifyOptions) -> int:
    """Say of every act of a folder whether it is in force, and if not why."""
    on = read_date(options.on, "--on") if options.on else showing.today()
    found = read_agreements(path, read_law(options.law), options.register)
    altered = altered_documents(path)
    page = VerifyPage(found, on)
    if options.as_json:
        page.print_rows(altered)
    else:
        page.show(altered)
    return 1 if found.review.is_altered or altered else 0

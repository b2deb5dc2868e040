"""`asylon law draft · sign · verify`: agreeing a parameter set by two keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer
from rich.text import Text

from asylon.cli import showing
from asylon.cli.agreements import (
    ARCHIVE,
    REGISTER,
    SIGNATURE,
    Reviewed,
    altered_documents,
    read_agreements,
)
from asylon.cli.inputs import InputError, check_set, read_file, read_law
from asylon.cli.keys import read_key, write_new
from asylon.cli.signpage import SignPage
from asylon.languages import LANGUAGES, Catalogue, catalogue
from asylon.law import LawBook
from asylon.law.acts import (
    PURPOSE,
    Agreement,
    Signature,
    read_act,
    statement,
    write_agreement,
)
from asylon.law.adopting import pinned
from asylon.law.agreement import Standing
from asylon.law.organisations import NAME
from asylon.security import fingerprint, sign
from asylon.security.signatures import grouped

_READABLE = 0o644


def language(code: str) -> Catalogue:
    """Open the catalogue of a language, or say which there are."""
    if code not in LANGUAGES:
        message = f"--lang {code}: there is {', '.join(LANGUAGES)} so far."
        raise InputError(message)
    return catalogue(code)


def read_date(text: str, option: str) -> date:
    """Read a day given as an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{option} {text}: not a day. Write it as 2026-06-30."
        raise InputError(message) from None


def draft(set_id: str, first: str, into: Path, law: Path | None) -> int:
    """Write an act for a set, with the documents that it pins beside it."""
    book = read_law(law)
    check_set(book, set_id)
    day = read_date(first, "--from")
    found = read_agreements(into, book)
    if found.review.register is None:
        message = f"{into / REGISTER}: a register of organisations is needed first."
        raise InputError(message)
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
    write_new(path, text, _READABLE)
    _keep_documents(into, book)
    out = showing.console()
    out.print(f"{path}: a draft, in force nowhere until it is signed.")
    out.print(f"fingerprint  {fingerprint(text)}")
    return 0


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
    (into / ARCHIVE).mkdir(exist_ok=True)
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
    lang: str
    law: Path | None


def sign_act(path: Path, options: SignOptions) -> int:
    """Show in words what is signed, ask, and write the signature file."""
    words = language(options.lang)
    folder, book = path.parent, read_law(options.law)
    act = read_act(path.stem, read_file(path))
    if not NAME.fullmatch(path.stem):
        message = f"{path}: an act is named with a-z, 0-9 and hyphens. Rename it."
        raise InputError(message)
    target = folder / f"{path.stem}.{options.signer}{SIGNATURE}"
    found = read_agreements(folder, book, None, words)
    if target.exists():
        message = f"{target}: `{options.signer}` has signed this act already."
        raise InputError(message)
    key = read_key(options.key, words)
    _check_signer(found, options.signer, key.public.fingerprint)
    SignPage(act, found, book, words).show(options.signer, key.public.fingerprint)
    if not options.yes and not _agreed(words):
        showing.console().print(words.say("sign", "Nothing was signed."))
        return 1
    today, print_ = showing.today(), key.public.fingerprint
    covered = statement(act.text, options.signer, today, print_)
    signature = sign(key, PURPOSE, covered)
    signed = Signature(act.hash, options.signer, today, print_, signature)
    write_new(target, signed.file(), _READABLE)
    print(words.say("sign", "Signed: {file}", file=target))
    return 0


def _agreed(words: Catalogue) -> bool:
    asked = words.say("sign", "Type yes to sign exactly this")
    return bool(typer.prompt(asked, default="no").strip() == "yes")


def _check_signer(found: Reviewed, signer: str, key: str) -> None:
    """Refuse a signer or a key that the register lacks: the signature would be void."""
    register, keys = found.review.register, found.review.keys
    if register is None or keys is None:
        message = f"{REGISTER}: a register of organisations is needed first."
        raise InputError(message)
    if signer not in register.signers:
        there = ", ".join(register.signers)
        message = f"--as {signer}: the register has no such name. There is {there}."
        raise InputError(message)
    if key not in {each.public.fingerprint for each in keys.of(signer)}:
        message = (
            f"--key: {key} is no key of `{signer}` in the register. Take the key that "
            f"belongs to it, or replace the key first."
        )
        raise InputError(message)


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What `law verify` was asked."""

    on: str | None
    law: Path | None
    register: Path | None
    lang: str
    as_json: bool


def verify(path: Path, options: VerifyOptions) -> int:
    """Say of every act of a folder whether it is in force, and if not why."""
    words = language(options.lang)
    on = read_date(options.on, "--on") if options.on else showing.today()
    found = read_agreements(path, read_law(options.law), options.register, words)
    altered = altered_documents(path)
    page = VerifyPage(found, words, on)
    if options.as_json:
        page.print_rows(altered)
    else:
        page.show(altered)
    return 1 if found.review.is_altered or altered else 0


class VerifyPage:
    """What became of the acts of a folder, for people and as rows."""

    def __init__(self, found: Reviewed, words: Catalogue, on: date) -> None:
        """Take the folder, the language and the day asked about."""
        self.found, self.say, self.on = found, words.say, on

    def print_rows(self, altered: list[str]) -> None:
        """Print one object for the register, each act and each stray file."""
        register = self.found.review.register
        about = {"register": register.hash if register else None}
        showing.print_json({"kind": "register", **about, "altered": altered})
        for each in self.found.review.standings:
            act = each.act
            row = {
                "kind": "act",
                "act": each.name,
                "hash": act.hash if act else None,
                "set": getattr(act, "set", None),
                "state": self.state(each),
                "from": each.first,
                "to": each.last,
                "signed_by": [
                    {"signer": one.signer.id, "on": one.on, "key": one.key}
                    for one in each.signed
                ],
                "refusals": [why._asdict() for why in each.refusals],
                "altered": each.is_altered,
            }
            showing.print_json(row)
        for stray in self.found.review.strays:
            showing.print_json({"kind": "stray", **stray._asdict()})

    def state(self, each: Standing) -> str:
        """Name how an act stands on the day: in-force, agreed, ended or draft."""
        if each.first is None:
            return "draft"
        if each.covers(self.on):
            return "in-force"
        return "agreed" if each.first > self.on else "ended"

    def show(self, altered: list[str]) -> None:
        """Print the register, then each act with its reasons."""
        register, say = self.found.review.register, self.say
        if register:
            told = say(
                "verify",
                "Register of organisations: {fingerprint}. Compare it with the one "
                "you have on paper: it says whose keys these are.",
                fingerprint=grouped(register.hash),
            )
            showing.line(Text("·"), told, 0)
        for each in self.found.review.standings:
            self._show_act(each)
        for stray in self.found.review.strays:
            showing.line(showing.failed(), stray.text, 0)
        for name in altered:
            told = say("verify", "{file} is not what its name says: altered", file=name)
            showing.line(showing.failed(), told, 0)
        if not self.found.review.standings:
            showing.console().print(say("verify", "There is no act in this folder."))

    def _show_act(self, each: Standing) -> None:
        showing.heading(each.name)
        mark = showing.failed() if each.is_draft else showing.passed()
        showing.line(mark, self._told(each))
        for why in each.refusals:
            showing.line(Text("-"), f"{why.text}.", 2)
        for one in each.signed:
            told = self.say(
                "verify",
                "signed by {title} (`{signer}`) on {day}, key {key}",
                title=one.signer.title,
                signer=one.signer.id,
                day=one.on,
                key=one.key,
            )
            showing.line(Text("·"), told, 2)
        if each.act:
            told = self.say(
                "verify",
                "fingerprint of the act: {key}",
                key=fingerprint(each.act.text),
            )
            showing.line(Text("·"), told, 2)

    def _told(self, each: Standing) -> str:
        told = {"first": each.first, "last": each.last, "on": self.on}
        messages = {
            "draft": self.say("verify", "draft, in force nowhere, because:"),
            "in-force": self.say("verify", "in force since {first}", **told),
            "agreed": self.say("verify", "agreed, in force from {first} on", **told),
            "ended": self.say("verify", "was in force from {first} to {last}", **told),
        }
        return messages[self.state(each)]

"""The register of organisations: who takes part, and with which keys.

It is one document. Its fingerprint is exchanged on paper: whoever has compared it
knows whose signatures the others are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from asylon.law.errors import DocumentError, DuplicateError, UnknownNameError
from asylon.law.jurisdictions import KNOWN
from asylon.law.tables import Table, parse, refuse_control_characters
from asylon.security import KeyFileError, PublicKey

UNHCR, AUTHORITY = "unhcr", "authority"
KINDS = (UNHCR, AUTHORITY, "appeal-body", "legal-aid", "agency")
FEWEST_HOLDERS = 2
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""How organisations, people and acts are called, so that files can be named so."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key and the days on which it may sign, the last one included."""

    public: PublicKey
    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the key may sign on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may sign: an organisation, or a person who holds a key for one.

    `kind` and `state` are those of the organisation; `person_of` names it where the
    signer is a person.
    """

    id: str
    title: str
    kind: str
    state: str
    keys: tuple[Key, ...]
    person_of: str = ""

    @property
    def party(self) -> tuple[str, str]:
        """What tells sides of an agreement apart: two bodies of one side are one."""
        return self.kind, self.state


@dataclass(frozen=True)
class Register:
    """Every organisation and every key-holder, by name, and the bytes that say so."""

    text: bytes
    signers: Mapping[str, Signer]

    @property
    def hash(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.text).hexdigest()

    def holders(self, organisation: str) -> list[Signer]:
        """List the people who hold a key for an organisation."""
        return [
            each for each in self.signers.values() if each.person_of == organisation
        ]


def read_register(text: bytes, where: str) -> Register:
    """Read a register, refusing a key or a name that stands twice."""
    table = Table(parse(text, where), where)
    refuse_control_characters(table.data, where)
    signers = list(_signers(table))
    table.finish()
    _check_once((each.id for each in signers), "name", where)
    keys = (key.public.text for each in signers for key in each.keys)
    _check_once(keys, "key", where)
    return Register(text, {each.id: each for each in signers})


def _signers(table: Table) -> Iterator[Signer]:
    for name, each in table.named_tables("organisation"):
        title, kind, state = (
            each.text("title"),
            each.text("kind"),
            each.text("state", ""),
        )
        _check_state(kind, state, each.where)
        yield Signer(_named(name, each), title, kind, state, _keys(each))
        people = list(each.named_tables("holder"))
        for person, inner in people:
            who = inner.text("name")
            yield Signer(_named(person, inner), who, kind, state, _keys(inner), name)
            inner.finish()
        if len(people) < FEWEST_HOLDERS:
            problem = f"{len(people)} key-holder(s): one alone could replace the key"
            remedy = f"Name {FEWEST_HOLDERS} people at least, each with an own key."
            raise DocumentError(each.where, problem, remedy)
        each.finish()


def _named(name: str, table: Table) -> str:
    if not NAME.fullmatch(name):
        problem = f"`{name}` cannot be the name of a file"
        raise DocumentError(table.where, problem, "Use a-z, 0-9 and single hyphens.")
    return name


def _check_state(kind: str, state: str, where: str) -> None:
    if kind not in KINDS:
        raise UnknownNameError(where, "kind of organisation", kind, KINDS)
    if state and state not in KNOWN:
        raise UnknownNameError(where, "state", state, KNOWN)
    if bool(state) is not (kind == AUTHORITY) and kind in {UNHCR, AUTHORITY}:
        problem = f"`state` is `{state}` for a body of kind `{kind}`"
        remedy = "An authority names its state; UNHCR belongs to none."
        raise DocumentError(where, problem, remedy)


def _keys(table: Table) -> tuple[Key, ...]:
    keys = tuple(_key(each) for each in table.tables("key"))
    if not keys:
        raise DocumentError(table.where, "there is no key", "Add a `[[…key]]`.")
    return keys


def _key(table: Table) -> Key:
    key = Key(public_key(table, "public"), table.day("from"), table.maybe_day("to"))
    if key.last and key.last < key.first:
        problem = f"valid to {key.last}, before its first day {key.first}"
        raise DocumentError(table.where, problem, "Correct the dates.")
    table.finish()
    return key


def public_key(table: Table, key: str) -> PublicKey:
    """Get a public key in its one canonical text."""
    try:
        return PublicKey.of(table.get(key, str))
    except KeyFileError as error:
        raise DocumentError(table.where, f"`{key}`: {error}", "Correct it.") from None


def _check_once(names: Iterable[str], what: str, where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            problem = f"the {what} `{name}` stands twice"
            raise DuplicateError(where, problem, "Every party has its own.")
        seen.add(name)

"""Acts that are signed, and the signatures beside them: read and written strictly.

An act is signed as the bytes it is. A signature file has one form only; what says the
same in other bytes is refused, so that nothing can be changed unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from asylon.law.errors import DocumentError, UnknownNameError
from asylon.law.organisations import public_key
from asylon.law.tables import Table, parse, refuse_control_characters
from asylon.security import PublicKey

PURPOSE = "agreement"
AGREEMENT, KEY_REPLACEMENT = "agreement", "key-replacement"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class _Act:
    """What every act has: a name, its bytes, its day and the register it rests on."""

    name: str
    text: bytes
    first: date
    drafted_on: date
    register: str

    @property
    def hash(self) -> str:
        """The SHA-256 of its bytes, which is what it is known by."""
        return sha256(self.text).hexdigest()


@dataclass(frozen=True)
class Agreement(_Act):
    """An act that puts a parameter set in force from a day on.

    `documents` gives the hash of everything that gives the set its meaning;
    `supersedes` is the hash of the act that it takes the place of.
    """

    set: str
    documents: Mapping[str, str]
    supersedes: str | None = None


@dataclass(frozen=True)
class KeyReplacement(_Act):
    """An act that ends one key of an organisation and begins another.

    `old_key` is a fingerprint, and `last` its last day.
    """

    organisation: str
    old_key: str
    last: date
    new_key: PublicKey
    reason: str


Act = Agreement | KeyReplacement


def read_act(name: str, text: bytes) -> Act:
    """Read an act of either kind."""
    table = Table(parse(text, name), name)
    refuse_control_characters(table.data, name)
    kind = table.text("act")
    shared = {
        "name": name,
        "text": text,
        "first": table.day("from"),
        "drafted_on": table.day("drafted_on"),
        "register": _digest(table, "register"),
    }
    if kind == AGREEMENT:
        act: Act = _agreement(table, shared)
    elif kind == KEY_REPLACEMENT:
        act = _replacement(table, shared)
    else:
        raise UnknownNameError(name, "act", kind, (AGREEMENT, KEY_REPLACEMENT))
    table.finish()
    return act


def _agreement(table: Table, shared: dict[str, object]) -> Agreement:
    pinned = table.table("documents")
    earlier = _digest(table, "supersedes") if "supersedes" in table.data else None
    documents = {name: _digest(pinned, name) for name in pinned.data}
    return Agreement(
        **shared,  # type: ignore[arg-type]
        set=table.text("set"),
        documents=documents,
        supersedes=earlier,
    )


def _replacement(table: Table, shared: dict[str, object]) -> KeyReplacement:
    return KeyReplacement(
        **shared,  # type: ignore[arg-type]
        organisation=table.text("organisation"),
        old_key=table.text("old_key"),
        last=table.day("last_day"),
        new_key=public_key(table, "new_key"),
        reason=table.text("reason"),
    )


def _digest(table: Table, key: str) -> str:
    value = table.get(key, str)
    if not _DIGEST.fullmatch(value):
        problem = f"`{key}` should be a SHA-256 in 64 small hexadecimal digits"
        raise DocumentError(table.where, problem, "Draft the act with `law draft`.")
    return value


def write_agreement(
    act: Mapping[str, str | date], documents: Mapping[str, str]
) -> bytes:
    """Write an act of agreement; what is not set is left out."""
    lines = [f"act = {_quoted(AGREEMENT)}"]
    lines += [f"{key} = {_shown(value)}" for key, value in act.items() if value]
    lines += ["", "[documents]"]
    lines += [
        f"{_quoted(name)} = {_quoted(documents[name])}" for name in sorted(documents)
    ]
    return ("\n".join(lines) + "\n").encode()


def write_replacement(act: Mapping[str, str | date]) -> bytes:
    """Write an act that replaces a key."""
    lines = [f"act = {_quoted(KEY_REPLACEMENT)}"]
    lines += [f"{key} = {_shown(value)}" for key, value in act.items()]
    return ("\n".join(lines) + "\n").encode()


def _shown(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else _quoted(value)


def _quoted(text: str) -> str:
    """Write text as TOML does; its basic strings are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True, slots=True)
class Signature:
    """That a signer, on a day, with a key, signed an act."""

    act: str
    signer: str
    signed_on: date
    key: str
    signature: str

    def file(self) -> bytes:
        """Write it in the one form in which it is accepted."""
        lines = (
            f"signature_of = {_quoted(self.act)}",
            f"signer = {_quoted(self.signer)}",
            f"signed_on = {self.signed_on.isoformat()}",
            f"key = {_quoted(self.key)}",
            f"signature = {_quoted(self.signature)}",
        )
        return ("\n".join(lines) + "\n").encode()


def statement(act: bytes, signer: str, signed_on: date, key: str) -> bytes:
    """Give the bytes that a signature covers: who signs, when, with what, and the act."""
    head = f"signer {signer}\nsigned_on {signed_on.isoformat()}\nkey {key}\n"
    return f"{head}act {len(act)}\n".encode() + act


def read_signature(text: bytes, where: str) -> Signature:
    """Read a signature file, refusing any form but the one it is written in."""
    table = Table(parse(text, where), where)
    refuse_control_characters(table.data, where)
    read = Signature(
        act=_digest(table, "signature_of"),
        signer=table.get("signer", str),
        signed_on=table.day("signed_on"),
        key=table.get("key", str),
        signature=table.get("signature", str),
    )
    table.finish()
    if read.file() != text:
        problem = "it says what a signature says, in other bytes"
        raise DocumentError(where, problem, "Ask the signer for the file as written.")
    return read

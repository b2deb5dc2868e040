"""Whether the signatures beside an act hold: whose, by which key, on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from asylon.languages import Catalogue
from asylon.law.acts import (
    PURPOSE,
    Act,
    KeyReplacement,
    Signature,
    read_signature,
    statement,
)
from asylon.law.errors import DocumentError
from asylon.law.organisations import Key, Register, Signer
from asylon.security import is_signed

SIGNATURE_UNREADABLE = "law.agreement.signature-unreadable"
SIGNATURE_MISPLACED = "law.agreement.signature-misplaced"
SIGNATURE_WRONG = "law.agreement.signature-wrong"
SIGNED_TWICE = "law.agreement.signed-twice"
KEY_UNKNOWN = "law.agreement.key-unknown"
KEY_NOT_VALID = "law.agreement.key-not-valid"
DATES = "law.agreement.dates"

TAMPERED = frozenset({SIGNATURE_UNREADABLE, SIGNATURE_MISPLACED, SIGNATURE_WRONG})
"""Refusals that mean that bytes are not what was signed."""


class Refusal(NamedTuple):
    """Why an act is not in force, with a permanent code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds."""

    signer: Signer
    on: date
    key: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The signatures of an act that hold, and what is wrong with the others."""

    signed: tuple[Signed, ...]
    refusals: tuple[Refusal, ...]

    @property
    def parties(self) -> set[tuple[str, str]]:
        """The sides whose organisations signed; people sign for their own part only."""
        whole = (each.signer for each in self.signed if not each.signer.person_of)
        return {signer.party for signer in whole}

    @property
    def complete_on(self) -> date:
        """The day of the last signature."""
        return max((each.on for each in self.signed), default=date.min)


class Keys:
    """Which keys each signer has, as replacements of keys have left them."""

    def __init__(self, register: Register) -> None:
        """Begin with the keys of the register."""
        self.register = register
        self._of = {name: each.keys for name, each in register.signers.items()}

    def of(self, signer: str) -> tuple[Key, ...]:
        """List a signer's keys."""
        return self._of.get(signer, ())

    def is_taken(self, key: Key) -> bool:
        """Whether some party has this key already."""
        kept = (each for keys in self._of.values() for each in keys)
        return any(each.public == key.public for each in kept)

    def replace(self, act: KeyReplacement) -> None:
        """End one key of an organisation and begin another."""
        ended = (
            replace(key, last=min(act.last, key.last or date.max))
            if key.public.fingerprint == act.old_key
            else key
            for key in self.of(act.organisation)
        )
        self._of[act.organisation] = (*ended, Key(act.new_key, act.first))


class Checker:
    """Checks the signature files of acts against the keys of a register."""

    def __init__(self, keys: Keys, language: Catalogue) -> None:
        """Take the keys, and the language in which to say what is wrong."""
        self.keys, self.words, self.say = keys, language, language.say

    def check(self, act: Act, files: Mapping[str, bytes]) -> Checked:
        """Check every signature file of an act; the files are named by the signer."""
        signed: list[Signed] = []
        refusals: list[Refusal] = []
        for name, text in sorted(files.items()):
            found = self._checked(act, name, text)
            if isinstance(found, Refusal):
                refusals.append(found)
            else:
                signed.append(found)
        refusals += self._twice(signed)
        return Checked(tuple(signed), tuple(refusals))

    def _checked(self, act: Act, name: str, text: bytes) -> Signed | Refusal:
        where = f"{act.name}.{name}.sig.toml"
        try:
            signature = read_signature(text, where)
        except DocumentError as error:
            return Refusal(SIGNATURE_UNREADABLE, str(error).removesuffix("."))
        return next(self._faults(act, name, signature, where), None) or Signed(
            self.keys.register.signers[name], signature.signed_on, signature.key
        )

    def _faults(
        self, act: Act, name: str, signature: Signature, where: str
    ) -> Iterator[Refusal]:
        """Go through what is wrong with a signature, the plainest first."""
        if signature.signer != name:
            text = self.say(
                "agreement",
                "{file} is the signature of `{signer}`, filed under another name",
                file=where,
                signer=signature.signer,
            )
            yield Refusal(SIGNATURE_MISPLACED, text)
        if signature.act != act.hash:
            text = self.say(
                "agreement",
                "{file} signs other bytes: the act was altered after it was signed, "
                "or the signature belongs to another act",
                file=where,
            )
            yield Refusal(SIGNATURE_WRONG, text)
        yield from self._faults_of_key(act, signature, where)

    def _faults_of_key(
        self, act: Act, signature: Signature, where: str
    ) -> Iterator[Refusal]:
        told = {"file": where, "signer": signature.signer, "key": signature.key}
        found = [
            key
            for key in self.keys.of(signature.signer)
            if key.public.fingerprint == signature.key
        ]
        if not found:
            text = self.say(
                "agreement",
                "{file}: the register gives `{signer}` no key {key}",
                **told,
            )
            yield Refusal(KEY_UNKNOWN, text)
            return
        covered = statement(
            act.text, signature.signer, signature.signed_on, signature.key
        )
        if not is_signed(found[0].public, PURPOSE, covered, signature.signature):
            text = self.say(
                "agreement",
                "{file}: the signature does not fit the act, the signer, the day and "
                "the key it names: one of them was altered",
                **told,
            )
            yield Refusal(SIGNATURE_WRONG, text)
        if not any(key.covers(signature.signed_on) for key in found):
            text = self.say(
                "agreement",
                "{file}: on {day} the key {key} of `{signer}` was not valid: not yet, "
                "no more, or replaced",
                day=self.words.day(signature.signed_on),
                **told,
            )
            yield Refusal(KEY_NOT_VALID, text)
        if signature.signed_on < act.drafted_on:
            text = self.say(
                "agreement",
                "{file}: signed on {day}, before the act was drafted on {drafted}",
                day=self.words.day(signature.signed_on),
                drafted=self.words.day(act.drafted_on),
                **told,
            )
            yield Refusal(DATES, text)

    def _twice(self, signed: Iterable[Signed]) -> Iterator[Refusal]:
        """Refuse that one side signs as if it were two."""
        first: dict[tuple[str, str], Signed] = {}
        for each in signed:
            if each.signer.person_of:
                continue
            other = first.setdefault(each.signer.party, each)
            if other is not each:
                text = self.say(
                    "agreement",
                    "signed twice by one party: `{one}` and `{other}` stand on the "
                    "same side",
                    one=other.signer.id,
                    other=each.signer.id,
                )
                yield Refusal(SIGNED_TWICE, text)

"""Heads: what a log looked like at a moment, sealed by its keeper and witnessed.

A head says of a log how many entries it had and the root over them. The sealer signs
its bytes; other organisations sign the same bytes as witnesses, each with a key held
outside. Whoever rewrites the log afterwards cannot make a head that goes with what the
witnesses hold. On paper a head is a number and sixteen bytes.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from asylon.security.errors import HeadError, KeyFileError
from asylon.security.merkle import EMPTY_ROOT, HASH_BYTES, Proof, Tree, is_consistent
from asylon.security.signatures import PrivateKey, PublicKey, grouped, is_signed, sign

SEALS = "seal of the head of a log"
WITNESSES = "witness of the head of a log"

_FORMAT = "asylon head 1"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries a log had, the root over them, when, and which log it is."""

    size: int
    root: bytes
    at: datetime
    log: str

    def __post_init__(self) -> None:
        problem = ""
        if type(self.size) is not int or self.size < 0 or len(self.root) != HASH_BYTES:
            problem = (
                "a size is a whole number, no less than 0, and a root has 32 bytes"
            )
        elif not self.size and self.root != EMPTY_ROOT:
            problem = "an empty log has another root"
        elif self.at.tzinfo != UTC or self.at.microsecond:
            problem = "its moment is in whole seconds of universal time"
        elif not self.log.isprintable() or not self.log.strip():
            problem = "the log has no name"
        if problem:
            message = f"this is no head of a log: {problem}"
            raise HeadError(message)

    @classmethod
    def of(cls, tree: Tree, at: datetime, log: str) -> Head:
        """Take the head of a log as it stands."""
        moment = at.astimezone(UTC).replace(microsecond=0) if at.tzinfo else at
        return cls(tree.size, tree.root, moment, log)

    @property
    def stated(self) -> bytes:
        """The bytes that are signed."""
        lines = [_FORMAT, self.log, str(self.size), _text(self.root), self._moment]
        return "\n".join((*lines, "")).encode()

    @property
    def printed(self) -> str:
        """The head as a letter bears it: the size, and half of the root in groups."""
        return f"{self.size} {grouped(self.root.hex())}"

    @property
    def _moment(self) -> str:
        return self.at.strftime(_MOMENT)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a head, and the signature."""

    key: PublicKey
    text: str


@dataclass(frozen=True, slots=True)
class SealedHead:
    """A head with the seal of its log and what witnesses put beside."""

    head: Head
    seal: Signature
    witnesses: tuple[Signature, ...] = ()

    @classmethod
    def made(cls, head: Head, sealer: PrivateKey) -> SealedHead:
        """Seal a head."""
        return cls(head, Signature(sealer.public, sign(sealer, SEALS, head.stated)))

    def witness(self, key: PrivateKey) -> SealedHead:
        """Sign as a witness; a second signature by the same key takes the first's place."""
        text = sign(key, WITNESSES, self.head.stated)
        others = (each for each in self.witnesses if each.key != key.public)
        return replace(self, witnesses=(*others, Signature(key.public, text)))

    def check_seal(self, sealer: PublicKey) -> None:
        """Make sure that the keeper of the log sealed this head.

        Raises:
            HeadError: it did not.
        """
        stated, seal = self.head.stated, self.seal
        if seal.key != sealer or not is_signed(sealer, SEALS, stated, seal.text):
            message = (
                "the seal does not fit the head: it is of another log, or was altered"
            )
            raise HeadError(message)

    def witnessed_by(self, keys: Iterable[PublicKey]) -> frozenset[PublicKey]:
        """Give those of the keys that signed this head as witnesses."""
        known = frozenset(keys)
        return frozenset(
            each.key
            for each in self.witnesses
            if each.key in known
            and is_signed(each.key, WITNESSES, self.head.stated, each.text)
        )

    def written(self) -> bytes:
        """Write the head as a file."""
        head = self.head
        parts = {
            "format": _FORMAT,
            "log": head.log,
            "size": head.size,
            "root": _text(head.root),
            "at": head.at.strftime(_MOMENT),
            "seal": _row(self.seal),
            "witnesses": [*map(_row, self.witnesses)],
        }
        return json.dumps(parts, indent=1, ensure_ascii=False).encode() + b"\n"


def read(content: bytes) -> SealedHead:
    """Read a head from its file; whether it is sealed is asked of it afterwards.

    Raises:
        HeadError: it is no such file, or says the same in another way.
    """
    try:
        parts = json.loads(content)
        at = datetime.strptime(parts["at"], _MOMENT).replace(tzinfo=UTC)
        head = Head(parts["size"], b64decode(parts["root"]), at, parts["log"])
        witnesses = tuple(map(_signature, parts["witnesses"]))
        made = SealedHead(head, _signature(parts["seal"]), witnesses)
        is_canonical = made.written() == content
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        is_canonical = False
    except KeyFileError as error:
        message = f"this is no head of a log: {error}"
        raise HeadError(message) from None
    if not is_canonical:
        message = (
            "this is no head of a log: it is not written as `asylon log head` writes it"
        )
        raise HeadError(message)
    return made


def check_growth(earlier: Head, later: Head, proof: Proof) -> None:
    """Make sure that a log grew from one head to another, and changed nothing before.

    Raises:
        HeadError: it was rewritten, or the proof is of something else.
    """
    if earlier.log != later.log:
        message = f"the heads are of different logs: {earlier.log} and {later.log}"
        raise HeadError(message)
    if later.size < earlier.size:
        raise HeadError(_cut_off(later.size, earlier))
    if later.size > earlier.size and later.at < earlier.at:
        message = (
            f"the log was rewritten: it has more entries at {later.at} than it had at "
            f"{earlier.at}, which is later"
        )
        raise HeadError(message)
    if not earlier.size:
        return
    shown = (earlier.size, earlier.root, later.size, later.root)
    if not is_consistent(*shown, proof):
        message = (
            f"the log was rewritten: nothing shows that its first {earlier.size} "
            f"entries are those of {earlier.at}"
        )
        raise HeadError(message)


def check_entries(head: Head, tree: Tree) -> None:
    """Make sure that a log, with all its entries at hand, is the one of a head.

    Raises:
        HeadError: it was rewritten or cut off since.
    """
    if tree.size < head.size:
        raise HeadError(_cut_off(tree.size, head))
    found = tree.at(head.size).root
    if found != head.root:
        message = (
            f"the log was rewritten: the root over its first {head.size} entries was "
            f"{grouped(head.root.hex())} at {head.at}, and is {grouped(found.hex())}"
        )
        raise HeadError(message)


def _cut_off(size: int, head: Head) -> str:
    return (
        f"the log has {size} entries and the head speaks of {head.size}: it was cut "
        "off, or an old backup was restored"
    )


def _row(signature: Signature) -> dict[str, str]:
    return {"key": signature.key.text, "signature": signature.text}


def _signature(row: dict[str, str]) -> Signature:
    return Signature(PublicKey.of(row["key"]), row["signature"])


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()

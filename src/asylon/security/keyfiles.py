"""The file of a custody: its keys, sealed by a passphrase.

A passphrase is stretched by Argon2id into the key that seals the file. How hard it is
stretched stands in the file and is sealed along, and a file that asks for more than a
machine should give is refused before it is tried. The caller writes the file so that
only its owner reads it, and replaces it whole.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from unicodedata import normalize

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from asylon.security.custody import FileCustody
from asylon.security.drawing import KEY_BYTES, SALT_BYTES, draw_salt
from asylon.security.envelopes import disclosed, enclosed
from asylon.security.errors import CustodyError, SealError

SHORTEST_PASSPHRASE = 12

_FORMAT = "asylon custody 1"
_MOST_KIB = 1 << 20
_MOST_ROUNDS = 32
_MOST_LANES = 16
_LEAST_KIB_PER_LANE = 8


@dataclass(frozen=True, slots=True)
class Work:
    """How hard a passphrase is stretched: rounds, lanes and memory in KiB."""

    rounds: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024

    @property
    def is_bearable(self) -> bool:
        """Whether a machine can do it at a start."""
        given = (self.rounds, self.lanes, self.memory_kib)
        if any(type(each) is not int for each in given):
            return False
        rounds, lanes, memory_kib = given
        return (
            1 <= rounds <= _MOST_ROUNDS
            and 1 <= lanes <= _MOST_LANES
            and _LEAST_KIB_PER_LANE * lanes <= memory_kib <= _MOST_KIB
        )


_USUAL = Work()


def written(custody: FileCustody, passphrase: str, work: Work = _USUAL) -> bytes:
    """Write a custody as a file that the passphrase opens.

    Raises:
        CustodyError: the passphrase is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        message = f"a passphrase has at least {SHORTEST_PASSPHRASE} characters"
        raise CustodyError(message)
    head = {"format": _FORMAT, "salt": _text(draw_salt()), **asdict(work)}
    keys = {"ring": [*map(_text, custody.ring)], "index": _text(custody.index_key)}
    key = _stretched(passphrase, b64decode(head["salt"]), work)
    sealed = enclosed(key, json.dumps(keys).encode(), _stated(head))
    return json.dumps({**head, "sealed": _text(sealed)}, indent=1).encode() + b"\n"


def read(content: bytes, passphrase: str) -> FileCustody:
    """Read a custody from its file.

    Raises:
        CustodyError: it is no such file, or the passphrase does not open it.
    """
    head, salt, sealed, work = _parts(content)
    if not work.is_bearable:
        message = (
            "the key file asks for more work than a passphrase needs: it was altered"
        )
        raise CustodyError(message)
    try:
        keys = json.loads(
            disclosed(_stretched(passphrase, salt, work), sealed, _stated(head))
        )
    except SealError:
        message = "the passphrase does not open the key file, or the file was altered"
        raise CustodyError(message) from None
    return FileCustody(tuple(map(b64decode, keys["ring"])), b64decode(keys["index"]))


def _parts(content: bytes) -> tuple[dict[str, object], bytes, bytes, Work]:
    """Take a file apart: what is stated, the salt, what is sealed, and the work."""
    try:
        head = dict(json.loads(content))
        sealed = b64decode(head.pop("sealed"), validate=True)
        salt = b64decode(head["salt"], validate=True)
        work = Work(head["rounds"], head["lanes"], head["memory_kib"])
        is_known = head["format"] == _FORMAT and len(salt) == SALT_BYTES
    except (ValueError, TypeError, KeyError, RecursionError):
        is_known = False
    if not is_known:
        message = (
            "this is no key file, or one of an edition that this one does not know"
        )
        raise CustodyError(message)
    return head, salt, sealed, work


def _stretched(passphrase: str, salt: bytes, work: Work) -> bytes:
    """Stretch a passphrase; composed letters are the same however they were typed."""
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=work.rounds,
        lanes=work.lanes,
        memory_cost=work.memory_kib,
    )
    return kdf.derive(normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def _stated(head: dict[str, object]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()

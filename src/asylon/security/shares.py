"""Shares: a wrapping key on several sheets of paper, of which a few bring it back.

The words are those of SLIP-39, which other programs read as well: 33 of them for a
key, with a checksum. Fewer sheets than needed say nothing about the key. They carry a
wrapping key only, and never the key of a case, so that no number of holders can read a
case that was erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby

from shamir_mnemonic import MnemonicError, combine_mnemonics
from shamir_mnemonic import Share as Words
from shamir_mnemonic.wordlist import WORDLIST

from asylon.security.drawing import KEY_BYTES, draw_shares
from asylon.security.errors import ShareError

FEWEST = 2
MOST = 16


@dataclass(frozen=True, slots=True)
class Share:
    """One sheet: its words, which it is, and how many are needed."""

    words: str
    number: int
    needed: int
    key: str
    """The words with which every share of the same splitting begins."""

    def __repr__(self) -> str:
        return f"<Share {self.number} of {self.key!r}, {self.needed} needed>"


def split(wrapping_key: bytes, *, needed: int, of: int) -> tuple[Share, ...]:
    """Split a wrapping key into shares, so that any few of them bring it back.

    Raises:
        ShareError: one holder alone could do it, or there are too many.
    """
    if not FEWEST <= needed <= of <= MOST:
        message = (
            f"at least {FEWEST} of at most {MOST} holders bring a key back, not "
            f"{needed} of {of}"
        )
        raise ShareError(message)
    if len(wrapping_key) != KEY_BYTES:
        message = f"a key has {KEY_BYTES} bytes, not {len(wrapping_key)}"
        raise ShareError(message)
    return tuple(map(read, draw_shares(wrapping_key, needed=needed, of=of)))


def read(text: str) -> Share:
    """Read a share as somebody typed it from paper.

    Raises:
        ShareError: a word is wrong; the message says which, if that can be known.
    """
    words = text.lower().split()
    _check_words(words)
    try:
        found = Words.from_mnemonic(" ".join(words))
    except MnemonicError:
        message = "a word is wrong, missing or in the wrong place: compare each with the paper"
        raise ShareError(message) from None
    begins = " ".join(words[:2])
    return Share(" ".join(words), found.index + 1, found.member_threshold, begins)


def combined(shares: Iterable[Share]) -> bytes:
    """Bring a wrapping key back. More shares than needed are compared as well.

    Raises:
        ShareError: they are too few, or do not belong together.
    """
    given = sorted(set(shares), key=lambda share: share.number)
    if not given:
        message = "no share was given"
        raise ShareError(message)
    if len({(share.key, share.needed) for share in given}) > 1:
        message = "the shares belong to different keys: their first two words differ"
        raise ShareError(message)
    needed = given[0].needed
    if len(given) < needed:
        message = f"{needed} shares are needed, and {len(given)} are here"
        raise ShareError(message)
    windows = (
        given[start : start + needed] for start in range(len(given) - needed + 1)
    )
    found = [key for key, _ in groupby(map(_combined, windows))]
    if len(found) > 1 or len(found[0]) != KEY_BYTES:
        raise ShareError(_UNFIT)
    return found[0]


_UNFIT = "the shares do not fit one another: one of them was altered"


def _combined(shares: Sequence[Share]) -> bytes:
    try:
        return combine_mnemonics([share.words for share in shares])
    except MnemonicError:
        raise ShareError(_UNFIT) from None


def _check_words(words: Sequence[str]) -> None:
    for number, word in enumerate(words, start=1):
        if word not in _KNOWN:
            near = get_close_matches(word, WORDLIST, n=1, cutoff=0.5)
            hint = f": did you mean `{near[0]}`?" if near else ""
            message = f"word {number}, `{word}`, is not on the list{hint}"
            raise ShareError(message)


_KNOWN = frozenset(WORDLIST)

"""Tokens by which a name is looked up while only its seal is stored.

A token is an HMAC of one reading of a whole name and a year of birth. Nothing that
many people share has a token: an index of surnames alone gives most of them away to
whoever knows how frequent each is. Whoever holds the key can try a dictionary, so the
key is guarded like the names.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from asylon.security.envelopes import derived
from asylon.security.errors import TokenError
from asylon.security.framing import framed

_PURPOSE = "name and year of birth"
_ALONE = "name within a case"
YEARS = range(1000, 10_000)
"""What can be a year of the calendar; an age or two digits are none."""


def token(index_key: bytes, reading: str, birth_year: int) -> bytes:
    """Make the token of a reading of a whole name and a year of birth.

    Raises:
        TokenError: one of the two is missing, so that the token could be guessed.
    """
    if not reading.strip():
        message = "a token needs a reading of the whole name, and there is none"
        raise TokenError(message)
    if birth_year not in YEARS:
        message = "a token needs a year of birth in four digits: a name alone has none"
        raise TokenError(message)
    key = derived(index_key, _PURPOSE)
    return hmac.digest(key, framed(reading, str(birth_year)), "sha256")


def tokens_within(index_key: bytes, reading: str, cases: Sequence[str]) -> list[bytes]:
    """Make the tokens of a reading of a whole name without a year, one for each case.

    The name of the case is hashed along: two people of one name have two tokens, and
    how frequent a name is shows nowhere.

    Raises:
        TokenError: there is no reading.
    """
    if not reading.strip():
        message = "a token needs a reading of the whole name, and there is none"
        raise TokenError(message)
    key = derived(index_key, _ALONE)
    return [hmac.digest(key, framed(reading, case), "sha256") for case in cases]


def years(birth_year: int, *, around: int = 1) -> range:
    """Give the years to look in, since years of birth are often told one off.

    >>> list(years(1998))
    [1997, 1998, 1999]
    """
    return range(birth_year - around, birth_year + around + 1)

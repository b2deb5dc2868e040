"""Three-valued truth: what holds, what fails, and what is not yet known.

The tables are Kleene's strong ones. They are used because an unanswered question
must neither help nor harm an applicant: it must stay visible.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Whether something is established, fails, or is undetermined.

    `rank` orders them from false (0) to true (2): joining takes the least, choosing
    takes the greatest.
    """

    FALSE = "false", 0
    UNKNOWN = "unknown", 1
    TRUE = "true", 2

    _value_: str
    rank: int

    def __new__(cls, word: str, rank: int) -> Truth:
        """Make the word the value, so that `Truth("true")` reads one."""
        member = object.__new__(cls)
        member._value_ = word
        member.rank = rank
        return member

    # There is one object for each truth, so it can be known by its identity: the hash
    # by name that Enum would make costs more than the rest of a look-up.
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        """Refuse two-valued use: an open question is neither yes nor no."""
        message = "A Truth has three values; compare it: value is TRUE"
        raise TypeError(message)

    @property
    def opposite(self) -> Truth:
        """What the denial of this is worth.

        >>> UNKNOWN.opposite
        <Truth.UNKNOWN: 'unknown'>
        """
        return BY_RANK[2 - self.rank]

    @property
    def is_settled(self) -> bool:
        """Whether this is a definite answer."""
        return self is not Truth.UNKNOWN


FALSE, UNKNOWN, TRUE = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
BY_RANK = (FALSE, UNKNOWN, TRUE)


def all_of(parts: Iterable[Truth]) -> Truth:
    """Join propositions that must all hold.

    One false part settles the matter. Failing that, one unknown part leaves it open.
    With no parts there is nothing to fail.

    >>> all_of([UNKNOWN, FALSE])
    <Truth.FALSE: 'false'>
    >>> all_of([])
    <Truth.TRUE: 'true'>
    """
    needed = list(parts)
    return at_least(len(needed), needed)


def any_of(parts: Iterable[Truth]) -> Truth:
    """Join propositions of which one is enough.

    >>> any_of([UNKNOWN, FALSE])
    <Truth.UNKNOWN: 'unknown'>
    """
    return at_least(1, parts)


def at_least(count: int, parts: Iterable[Truth]) -> Truth:
    """Say whether so many of the propositions hold.

    >>> at_least(2, [TRUE, UNKNOWN, FALSE])
    <Truth.UNKNOWN: 'unknown'>
    """
    known = list(parts)
    if known.count(TRUE) >= count:
        return TRUE
    return FALSE if len(known) - known.count(FALSE) < count else UNKNOWN

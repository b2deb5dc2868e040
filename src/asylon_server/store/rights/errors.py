"""What can be wrong about rights.

RightsError
├── TableError      the table of rights contradicts itself
├── UnscopedError   records were asked for without saying for whom
└── NotThereError   the thing is not there, or not for this account: it is not said which
"""

from __future__ import annotations


class RightsError(Exception):
    """Something about rights is wrong."""


class TableError(RightsError):
    """The table of rights contradicts itself."""


class UnscopedError(RightsError):
    """Records were asked for without saying for whom."""


class NotThereError(RightsError):
    """The thing is not there, or not for this account: it is not said which."""

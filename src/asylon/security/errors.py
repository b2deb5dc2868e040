"""What can go wrong with what has to be authentic or secret.

SecurityError
├── KeyFileError      bytes that should be a key are none, or want another passphrase
├── SealError         sealed bytes do not open: another key, another place, or altered
├── CustodyError      a key file cannot be opened, or a key that is needed is not in it
├── ShareError        words on paper are no share, or shares do not make a key
├── TokenError        nothing that may be looked up by a token
├── CommitmentError   nothing that can be committed to
├── ProofError        a proof cannot be made of a log of that size
└── HeadError         the head of a log is no head, or the log was rewritten

The messages are short, and never hold what was sealed, a key, or a name.
"""

from __future__ import annotations


class SecurityError(Exception):
    """Something that has to be authentic or secret is not in order."""

    code = "security"


class KeyFileError(SecurityError):
    """Bytes that should be a key are none that can be used."""

    code = "security.key"


class SealError(SecurityError):
    """Sealed bytes do not open with this key, at this place."""

    code = "security.seal"


class CustodyError(SecurityError):
    """Keys in custody cannot be reached, or are not there."""

    code = "security.custody"


class ShareError(SecurityError):
    """Shares do not make a key."""

    code = "security.share"


class TokenError(SecurityError):
    """Something must not, or cannot, be looked up by a token."""

    code = "security.token"


class CommitmentError(SecurityError):
    """Something cannot be committed to."""

    code = "security.commitment"


class ProofError(SecurityError):
    """A log has no such proof."""

    code = "security.proof"


class HeadError(SecurityError):
    """A head is none, or what it says of the log is not so."""

    code = "security.head"

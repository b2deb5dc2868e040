"""What the rules of casework say to a person, in the reader's language."""

from __future__ import annotations

from asylon.casework.actors import vocabulary_of
from asylon.casework.holds import Refusal
from asylon.languages import Catalogue


def refused(refusal: Refusal, catalogue: Catalogue) -> str:
    """Say why something has no effect, and what to do.

    >>> from asylon.languages import catalogue
    >>> refused(Refusal("casework.hold.lifted-already"), catalogue())
    'This hold was lifted before. Nothing is left to lift.'
    """
    return vocabulary_of("refusal").name(refusal.code, catalogue)

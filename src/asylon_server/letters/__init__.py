"""Letters: what is printed for people, from data alone, the same bytes every time."""

from asylon_server.letters.certificates import Certificate, certificate
from asylon_server.letters.decisions import (
    Appeal,
    DecisionLetter,
    Part,
    Time,
    decision,
    is_told,
)
from asylon_server.letters.documents import document
from asylon_server.letters.errors import FacesError, GlyphError, LetterError

__all__ = [
    "Appeal",
    "Certificate",
    "DecisionLetter",
    "FacesError",
    "GlyphError",
    "LetterError",
    "Part",
    "Time",
    "certificate",
    "decision",
    "document",
    "is_told",
]

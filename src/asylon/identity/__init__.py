"""Who somebody is, as told: names, places, nationalities, kin, and how they are found."""

from asylon.identity.errors import IdentityError, RecordError
from asylon.identity.lookup import folded, probes, readings, terms, years
from asylon.identity.records import as_dict, from_dict
from asylon.identity.told import (
    BY_LAW,
    CLAIMED,
    SPOUSE,
    Kinship,
    Name,
    NationalityClaim,
    Period,
    Place,
    Stay,
)
from asylon.identity.vocabulary import Vocabulary, vocabularies

__all__ = [
    "BY_LAW",
    "CLAIMED",
    "SPOUSE",
    "IdentityError",
    "Kinship",
    "Name",
    "NationalityClaim",
    "Period",
    "Place",
    "RecordError",
    "Stay",
    "Vocabulary",
    "as_dict",
    "folded",
    "from_dict",
    "probes",
    "readings",
    "terms",
    "vocabularies",
    "years",
]

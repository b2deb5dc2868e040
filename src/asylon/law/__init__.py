"""The law book: dated documents, provisions with their elements, parameter sets."""

from asylon.law.book import DEFINITION, LawBook, load
from asylon.law.choosing import MANDATE, choose, set_for
from asylon.law.differences import Difference, differences
from asylon.law.documents import Document
from asylon.law.errors import (
    CircularError,
    DocumentError,
    DuplicateError,
    LawError,
    NotInForceError,
    UnknownNameError,
)
from asylon.law.parameters import Notice, Parameter, ParameterSet, Settings
from asylon.law.provisions import Element, ListRule, Provision

__all__ = [
    "DEFINITION",
    "MANDATE",
    "CircularError",
    "Difference",
    "Document",
    "DocumentError",
    "DuplicateError",
    "Element",
    "LawBook",
    "LawError",
    "ListRule",
    "NotInForceError",
    "Notice",
    "Parameter",
    "ParameterSet",
    "Provision",
    "Settings",
    "UnknownNameError",
    "choose",
    "differences",
    "load",
    "set_for",
]

"""The law book: dated documents, provisions with their elements, parameter sets."""

from asylon.law.book import DEFINITION, LawBook, load
from asylon.law.choosing import MANDATE, choose, set_for
from asylon.law.documents import Document
from asylon.law.errors import (
    CircularError,
    DocumentError,
    DuplicateError,
    LawError,
    NotInForceError,
    UnknownNameError,
)
from asylon.law.parameters import Parameter, ParameterSet, Settings
from asylon.law.provisions import Element, ListRule, Provision

__all__ = [
    "DEFINITION",
    "MANDATE",
    "CircularError",
    "Document",
    "DocumentError",
    "DuplicateError",
    "Element",
    "LawBook",
    "LawError",
    "ListRule",
    "NotInForceError",
    "Parameter",
    "ParameterSet",
    "Provision",
    "Settings",
    "UnknownNameError",
    "choose",
    "load",
    "set_for",
]

"""The law book: dated documents, provisions with their elements, parameter sets."""

from asylon.law.bindings import Standing, binding, cited_as_binding
from asylon.law.book import DEFINITION, LawBook
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
from asylon.law.loading import load
from asylon.law.parameters import Notice, Parameter, ParameterSet, Settings
from asylon.law.provisions import Element, ListRule, Provision
from asylon.law.register import Binding, Instrument, StateBindings

__all__ = [
    "DEFINITION",
    "MANDATE",
    "Binding",
    "CircularError",
    "Difference",
    "Document",
    "DocumentError",
    "DuplicateError",
    "Element",
    "Instrument",
    "LawBook",
    "LawError",
    "ListRule",
    "NotInForceError",
    "Notice",
    "Parameter",
    "ParameterSet",
    "Provision",
    "Settings",
    "Standing",
    "StateBindings",
    "UnknownNameError",
    "binding",
    "choose",
    "cited_as_binding",
    "differences",
    "load",
    "set_for",
]

"""The file of a case, and the holds that stand over it."""

from asylon.casework.actors import Actor, vouches
from asylon.casework.effects import Effect, effect_of_hold_here
from asylon.casework.files import CaseClaim, File
from asylon.casework.holds import (
    ANY,
    Hold,
    Lifted,
    Lifting,
    Refusal,
    Withdrawal,
    has_effect,
    lifting,
    placed,
    protected,
)
from asylon.casework.identities import has_seat, may_hold_identities, state_bodies
from asylon.casework.needs import NeedKind, need_kinds
from asylon.casework.people import Consent, Contact, Need, Person, Speech
from asylon.casework.problems import problem
from asylon.casework.terms import terms

__all__ = [
    "ANY",
    "Actor",
    "CaseClaim",
    "Consent",
    "Contact",
    "Effect",
    "File",
    "Hold",
    "Lifted",
    "Lifting",
    "Need",
    "NeedKind",
    "Person",
    "Refusal",
    "Speech",
    "Withdrawal",
    "effect_of_hold_here",
    "has_effect",
    "has_seat",
    "lifting",
    "may_hold_identities",
    "need_kinds",
    "placed",
    "problem",
    "protected",
    "state_bodies",
    "terms",
    "vouches",
]

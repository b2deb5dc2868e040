"""What acts, fields, parts, roles and purposes are called on the pages."""

from __future__ import annotations

from operator import itemgetter

from django.utils.translation import gettext_lazy as _

from asylon.casework.procedure import procedure
from asylon.casework.procedure.sentences import vocabularies
from asylon_server.web.common.edge import words

_ACTS = {
    "case opened": _("Case opened"),
    "case amended": _("What was told was amended"),
    "case read": _("Case read"),
    "case listed": _("Shown in a list of cases"),
    "case found": _("Found by a search"),
    "index made anew": _("What the people are found by made anew"),
    "record read": _("Record read"),
    "receipt given": _("Receipt code given for a wish"),
    "receipt looked up": _("Found by a receipt code"),
    "person reported held": _("Somebody reported the person held"),
    "hold placed": _("Hold placed"),
    "hold lifting proposed": _("Lifting of a hold proposed"),
    "hold lifting declined": _("Lifting of a hold declined"),
    "hold lifted": _("Hold lifted by two people of two organisations"),
    "hold proposals read": _("Proposals to lift a hold read"),
    "certificate talked about": _("Risk of carrying a certificate talked about"),
    "certificate issued": _("Certificate issued"),
    "certificate opened": _("Certificate opened"),
    "certificate confirmed": _("Certificate confirmed by its code"),
    "certificate withdrawn": _("Certificate withdrawn"),
    "erasing proposed": _("Erasing of the case proposed"),
    "erasing declined": _("Erasing of the case declined"),
    "claim record read": _("Record of a claim read"),
    "claim taken away": _("File with a claim taken away"),
    "complaint read": _("Complaints read by who settles them"),
    "claim counsel appeared": _("Counsel appeared on a claim"),
    "claim counsel ended": _("Counsel on a claim ended"),
    "claim guardian named": _("Guardian named on a claim"),
    "claim guardian gone": _("Guardian on a claim gone"),
    "claim time stopped": _("Times of a claim stopped"),
    "claim time goes on": _("Times of a claim go on"),
    "claim person called": _("Somebody who is away called to come"),
    "claim person came": _("Somebody who was away is there"),
    "claim exception proposed": _("Exception on a claim proposed"),
    "claim exception agreed": _("Exception on a claim agreed to"),
    "claim exception declined": _("Exception on a claim declined"),
    "claim source disclosed": _("A source of a claim disclosed"),
    "interview begun": _("Interview begun"),
    "interview part kept": _("Part of an interview kept"),
    "interview taken over": _("Interview taken over by somebody else"),
    "interview given up": _("Interview given up before it began"),
    "interview read": _("Interview read"),
    "decision opened": _("Letter of a decision opened"),
    "certificate lost": _("Certificate reported lost"),
    "case assigned": _("Case assigned"),
    "case unassigned": _("Case taken away"),
    "conflict declared": _("Conflict of interest declared"),
    "conflict lifted": _("Conflict of interest lifted"),
    "fields released": _("Fields released"),
    "release ended": _("Release taken back"),
    "consent to release kept": _("Consent to a release kept"),
    "consent to release withdrawn": _("Consent to a release withdrawn"),
    "releases read": _("Consents and releases read"),
    "emergency opened": _("Opened in an emergency"),
    "emergency refused": _("An emergency that was refused"),
    "emergency read": _("Reason of an emergency read"),
    "emergency reviewed": _("Emergency reviewed"),
    "people searched": _("Searched by name"),
    "office record read": _("Record of the office read"),
    "account opened": _("Account opened"),
    "account closed": _("Account closed"),
    "account reset": _("New way in given by two people"),
    "account reset by one alone": _("New way in given by one person alone"),
    "reset proposed": _("New way in proposed"),
    "sign-in link issued": _("Sign-in link drawn"),
    "sign-in link used": _("Sign-in link used"),
    "signed in": _("Signed in"),
    "signed out": _("Signed out"),
    "sign-in failed": _("Sign-in failed"),
    "confirmed": _("Showed again who it is"),
}

_FIELDS = {
    "identity": _("Names, birth, sex, papers"),
    "contact": _("Safe ways and hours of contact"),
    "whereabouts": _("Where somebody is"),
    "narrative": _("What was said"),
    "wishes": _("Wishes for a named state"),
    "helpers": _("Who helped on the way"),
    "kinship": _("Relatives"),
    "consent": _("Consents"),
    "needs": _("Specific needs"),
    "claim": _("Findings and stage"),
    "hold": _("Holds"),
    "record": _("Who has read the case"),
}

_PURPOSES = {
    "examination": _("Examining the claim"),
    "interview": _("An interview"),
    "appeal": _("An appeal"),
    "protection": _("Protecting the person"),
    "placement": _("Finding a place to live"),
}

_EMERGENCIES = {
    "removal": _("Somebody is about to be sent away"),
    "detention": _("Somebody was arrested or is held"),
    "danger": _("Somebody is in danger from others"),
    "illness": _("Somebody is badly ill or hurt"),
    "child": _("A child is alone or missing"),
}


CLAIM = "claim "
"""What the record calls a step on a claim begins so, and ends with its act."""


def told(act: str) -> str:
    """Say what an act is called; one without a name stands for itself."""
    step = act.removeprefix(CLAIM)
    if act != step and step in procedure().acts:
        return _("On a claim: %(act)s") % {"act": named("act of a procedure", step)}
    return str(_ACTS.get(act, act))


def named(context: str, word: str) -> str:
    """Name a word of the procedure, such as an act or a stage."""
    for each in vocabularies():
        if each.context == context and word in each:
            return each.name(word, words())
    return word


def acts() -> list[tuple[str, str]]:
    """List the acts that have a name, by that name."""
    steps = (f"{CLAIM}{each}" for each in procedure().acts)
    return sorted(((act, told(act)) for act in (*_ACTS, *steps)), key=itemgetter(1))


def field(name: str) -> str:
    """Name a field class."""
    return str(_FIELDS.get(name, name))


def purpose(code: str) -> str:
    """Name what a release is for."""
    return str(_PURPOSES.get(code, code))


def emergency(code: str) -> str:
    """Say what is about to happen, for which a case is opened."""
    return str(_EMERGENCIES.get(code, code))


_PARTS = {
    "person": _("somebody new"),
    "names": _("names"),
    "born": _("birth"),
    "sex": _("sex"),
    "stays": _("places"),
    "nationalities": _("nationality claims"),
    "feared": _("feared states"),
    "kin": _("relatives"),
    "languages": _("languages"),
    "contacts": _("ways of contact"),
    "unsafe": _("ways never to use"),
    "consents": _("consents"),
    "needs": _("specific needs"),
    "note": _("a note"),
    "claims": _("claims"),
}


def part(name: str) -> str:
    """Say what a part of what was told is called."""
    return str(_PARTS.get(name, name))

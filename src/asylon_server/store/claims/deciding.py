"""Decisions: drafted from the file, reviewed, signed with their letter, and told.

Each is a step of the procedure, asked for here as it has to be asked. What a decision
rests on is pinned by hashes, and its letter is printed in the step that signs it, so
that there is no signature without the very bytes that were signed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from asylon.casework import CaseClaim, File
from asylon.casework.decisions import Draft, Reasoning, Telling, fingerprint
from asylon.casework.explaining import Explainer
from asylon.casework.holds import Refusal
from asylon.casework.procedure import procedure
from asylon.languages import catalogue
from asylon.law.adopting import pinned
from asylon.security.custody import Custody
from asylon_server.store.cases import fields
from asylon_server.store.cases.models import Case
from asylon_server.store.cases.placing import hand
from asylon_server.store.claims import letters
from asylon_server.store.claims.answering import engine
from asylon_server.store.claims.asking import Asked, Kept, StepRefusedError
from asylon_server.store.claims.letters import Shows
from asylon_server.store.rights import Actor

DRAFT, CLOSING = "draft", "draft_closing"
ENDORSE, SEND_BACK, TAKE_BACK = "endorse", "send_back", "take_back"
SIGN, TELL, TELL_AGAIN = "sign", "tell", "tell_again"
REVIEWS = frozenset({ENDORSE, SEND_BACK, TAKE_BACK})
ACTS = frozenset({DRAFT, CLOSING, *REVIEWS, SIGN, TELL, TELL_AGAIN})
CHANGED = Refusal("procedure.changed-meanwhile")
NARRATIVE = frozenset({fields.NARRATIVE})
"""Nobody drafts, reviews or signs what rests on words that they do not reach."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What somebody drafts.

    Attributes:
        elements: What is to be looked at again, where it is remitted.
        saw: The fingerprint of what was said and found when the form was made.
    """

    outcome: str
    language: str
    reasons: tuple[Reasoning, ...]
    elements: tuple[str, ...] = ()
    saw: str = ""


@cache
def explainer(language: str) -> Explainer:
    """Give what says in a language what follows from findings."""
    return Explainer(engine(), catalogue(language))


@cache
def law() -> tuple[str, ...]:
    """Give the hashes of the documents of the law book in use."""
    return tuple(sorted(pinned(engine().book).values()))


def saw(claim: CaseClaim) -> str:
    """Give the fingerprint of what was said and found, for a form to carry."""
    return fingerprint(claim.interviews, claim.assessment)


def drafting(actor: Actor, told: Drafted, *, read: int | None, on: date) -> Asked:
    """Ask to draft a decision.

    Where something was said or found since the form was made, the step is refused.
    """

    def change(claim: CaseClaim) -> CaseClaim:
        if told.saw != saw(claim):
            raise StepRefusedError(CHANGED)
        draft = Draft(
            outcome=told.outcome,
            by=hand(actor),
            on=on,
            language=told.language,
            reasons=told.reasons,
            rests_on=told.saw,
            law=law(),
            sources=_sources(claim),
            elements=told.elements,
        )
        return replace(claim, drafts=(*claim.drafts, draft))

    closes = told.outcome in procedure().acts[CLOSING].outcomes
    return Asked(
        CLOSING if closes else DRAFT,
        read=read,
        outcome=told.outcome,
        change=change,
        reaches=NARRATIVE,
    )


def reviewing(act: str, *, read: int | None, words: str = "") -> Asked:
    """Ask to agree with a draft, or to send or take it back with what is missing.

    Whoever agrees has read it; to send it back protects, and asks for no more than
    the words.
    """
    reaches = NARRATIVE if act == ENDORSE else frozenset[str]()
    return Asked(act, read=read, words=words, reaches=reaches)


def signing(
    shows: Shows, *, read: int | None, custody: Custody, confirmed: bool
) -> Asked:
    """Ask to sign the draft that was reviewed, and print its letter with the step.

    What the printing raises undoes the signature: there is never one without the other.
    """

    def keeps(case: Case, file: File, claim: CaseClaim) -> Kept:
        return letters.kept(shows, case, file, claim, custody=custody)

    return Asked(SIGN, read=read, confirmed=confirmed, keeps=keeps, reaches=NARRATIVE)


def telling(act: str, told: Telling, *, read: int | None) -> Asked:
    """Ask to tell a decision, or the same letter once more, and keep how it was told."""
    return Asked(act, read=read, telling=told, change=_told(told))


def _told(telling: Telling) -> Callable[[CaseClaim], CaseClaim]:
    return lambda claim: replace(claim, tellings=(*claim.tellings, telling))


def _sources(claim: CaseClaim) -> tuple[str, ...]:
    marks = (each.fingerprint for each in claim.assessment.sources)
    return tuple(dict.fromkeys(each for each in marks if each))

"""The letter of a decision: made from the file, kept sealed, and opened as it was.

A letter holds names and reasons, and so goes to few: whoever decides, reviews, tells or
answers for the person. A body of the state opens it only where both were released to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from django.db import transaction

from asylon.casework import CaseClaim, File
from asylon.casework.actors import vocabulary_of
from asylon.casework.decisions import Draft
from asylon.casework.explaining import Explainer
from asylon.casework.holds import ANY
from asylon.casework.lawful import EXCLUDED
from asylon.casework.procedure import procedure
from asylon.casework.procedure.deadlines import rule_for
from asylon.languages import Catalogue, catalogue
from asylon.law import DEFINITION, LawError
from asylon.logic import UNKNOWN, Truth
from asylon.security.custody import Custody
from asylon_server.letters import Appeal, DecisionLetter, Part, Time, decision, is_told
from asylon_server.letters import document as written
from asylon_server.store.cases import fields, reads
from asylon_server.store.cases.history import account_names
from asylon_server.store.cases.models import Case
from asylon_server.store.claims.answering import engine
from asylon_server.store.claims.asking import Kept
from asylon_server.store.organisations.models import Organisation
from asylon_server.store.record import heads
from asylon_server.store.record.acts import record
from asylon_server.store.record.models import Head
from asylon_server.store.rights import Actor, Thing, can, shipped_table
from asylon_server.store.rights.errors import NotThereError
from asylon_server.store.vault import sealing
from asylon_server.store.vault.models import Compartment

DECISION = "decision"
SIGN = "sign"
RELEASED = frozenset({"identity", fields.NARRATIVE})
"""What has to be released to a body of the state before it opens a letter."""

_AFTER_HEADER = b"\n"
_NAMES = 2


@dataclass(frozen=True, slots=True)
class House:
    """What the deployment says in a letter of itself."""

    telephone: str
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Shows:
    """What a letter says besides the file: who signs it, for which house, and when."""

    by: Actor
    house: House
    at: datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """A letter that was signed: its number, what was decided, on which day, by whom."""

    number: int
    outcome: str
    on: date
    by: str


def signed(claim: CaseClaim) -> tuple[Signed, ...]:
    """List the letters of a claim, as its steps tell them, the first one first."""
    found: list[Signed] = []
    outcome = ""
    for step in claim.steps:
        outcome = step.outcome or outcome
        if step.act == SIGN and is_told(outcome):
            number = len(found) + 1
            found.append(Signed(number, outcome, step.on, step.by.person))
    return tuple(found)


def may_open(actor: Actor, thing: Thing) -> bool:
    """Whether somebody opens the letters of a case."""
    if can(actor, "read", replace(thing, kind=DECISION)) is None:
        return False
    if actor.kind not in shipped_table().state_bodies:
        return True
    return (can(actor, "read", thing) or frozenset()) >= RELEASED


def document(
    actor: Actor,
    case_id: UUID,
    claim_id: str,
    number: int,
    *,
    at: datetime,
    custody: Custody,
) -> bytes:
    """Give the very bytes that were signed; that they were opened is kept first.

    Raises:
        NotThereError: there is no such letter, or not for this account.
        UnreadableError: what is kept was altered, or its key is gone.
    """
    with transaction.atomic():
        case = reads.standing(case_id)
        seen = reads.thing(case, at=at, custody=custody) if case else reads.NOTHING
        if case is None or not may_open(actor, seen):
            raise NotThereError
        header, printed = opened(case, claim_id, number, custody=custody)
        record("decision opened", actor, at=at, case=case.id)
    if not compare_digest(sha256(printed).hexdigest(), str(header["sha256"])):
        raise NotThereError
    return printed


def opened(
    case: Case, claim_id: str, number: int, *, custody: Custody
) -> tuple[dict[str, object], bytes]:
    """Open what was kept of a letter: what it says of itself, and its bytes.

    Of itself it says the language, the digest, and the reasons as they were worked out
    when it was signed, which whoever has the file works out again.

    Raises:
        NotThereError: there is no such letter.
        UnreadableError: what is kept was altered, or its key is gone.
    """
    version, kept = sealing.read(
        case.id, _compartment(claim_id), custody=custody, version=number
    )
    if not version:
        raise NotThereError
    header, _, printed = kept.partition(_AFTER_HEADER)
    return json.loads(header), printed


def kept(
    shows: Shows, case: Case, file: File, claim: CaseClaim, *, custody: Custody
) -> Kept:
    """Print the letter of a decision that is signed now, and keep it sealed.

    Raises:
        LetterError: it cannot be printed.
    """
    draft = claim.drafts[-1]
    if not is_told(draft.outcome):
        return Kept()
    printed = decision(made(shows, file, claim), at=shows.at)
    digest = sha256(printed).hexdigest()
    header = {
        "sha256": digest,
        "language": draft.language,
        "reasons": _reasons(claim, draft.language),
    }
    told = json.dumps(header, ensure_ascii=False, sort_keys=True, default=_plain)
    row = sealing.keep(
        case.id,
        _compartment(claim.id),
        told.encode() + _AFTER_HEADER + printed,
        follows=_last(case, claim.id),
        at=shows.at,
        custody=custody,
    )
    return Kept((row,), {"sha256": digest})


def preview(shows: Shows, file: File, claim: CaseClaim, draft: Draft) -> bytes:
    """Print a draft as its letter would be, and say on it that nothing is decided.

    Raises:
        LetterError: it cannot be printed.
    """
    letter = made(shows, file, replace(claim, drafts=(draft,)))
    return decision(replace(letter, is_draft=True), at=shows.at)


def editable(shows: Shows, file: File, claim: CaseClaim, draft: Draft) -> bytes:
    """Write a draft as a document that an office goes on with.

    Raises:
        LetterError: it is none.
    """
    letter = made(shows, file, replace(claim, drafts=(draft,)))
    return written(replace(letter, is_draft=True), at=shows.at)


def made(shows: Shows, file: File, claim: CaseClaim) -> DecisionLetter:
    """Say what the letter on the last draft of a claim says."""
    draft, person, on = claim.drafts[-1], file.person(claim.person), shows.at.date()
    words = catalogue(draft.language)
    edge = heads.edge(Head.objects.order_by("-size").first())
    by = str(shows.by.account)
    signer, office = account_names({by})[by]
    return DecisionLetter(
        language=draft.language,
        outcome=draft.outcome,
        office=office,
        telephone=shows.house.telephone,
        reference=file.reference,
        names=tuple((each.words, each.script) for each in person.names[:_NAMES]),
        signed=on,
        signer=signer,
        reasons=tuple(Part(e.heading, _paragraphs(e.words)) for e in draft.reasons),
        law=tuple(_law(claim, draft, on, words)),
        states=tuple(_states(file, claim, words)),
        is_everywhere=ANY in _held(file, claim),
        appeal=_appeal(claim, draft, on, words),
        size=edge.size,
        root=edge.root,
        invented=shows.house.invented,
    )


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in words.splitlines() if each.strip())


def _states(file: File, claim: CaseClaim, words: Catalogue) -> Iterator[str]:
    for code in dict.fromkeys(_held(file, claim)):
        if code != ANY:
            yield words.place(code)


def _held(file: File, claim: CaseClaim) -> Iterator[str]:
    over = (e for e in file.holds if e.stands and e.person in {"", claim.person})
    return (each.destination for each in over)


def _law(claim: CaseClaim, draft: Draft, on: date, words: Catalogue) -> Iterator[str]:
    """Cite what was applied: the definition, what excludes, what else could protect."""
    book, outcome = engine().book, procedure().outcomes[draft.outcome]
    definition = book.provision(DEFINITION, on)
    cited = [definition.citation]
    if outcome.excludes and EXCLUDED in definition.uses:
        cited.append(book.provision(definition.uses[EXCLUDED], on).citation)
    if outcome.refuses:
        beside = Explainer(engine(), words).beside(claim, on=on)
        cited += [
            book.provision(each.provision, on).citation
            for each in beside.others
            if each.counts and each.value is not UNKNOWN
        ]
    for citation in dict.fromkeys(cited):
        yield words.law("citation", citation)


def _appeal(
    claim: CaseClaim, draft: Draft, on: date, words: Catalogue
) -> Appeal | None:
    """Say where to appeal and how long there is, where something was refused."""
    outcome = procedure().outcomes[draft.outcome]
    bodies = procedure().kinds[claim.procedure].appeal
    if not outcome.refuses or outcome.instance != "first" or not bodies:
        return None
    rule = rule_for("appeal", claim.procedure, claim.state, on)
    time = Time(rule.length, rule.unit, rule.rule) if rule else None
    return Appeal(_named(bodies, words), time=time)


def _named(kinds: frozenset[str], words: Catalogue) -> str:
    """Name the bodies that hear appeals; by their kind where none is known yet."""
    there = Organisation.objects.filter(kind__in=kinds).order_by("name", "pk")
    names = [each.name for each in there]
    kind = vocabulary_of("organisation")
    return words.names(names or [kind.name(each, words) for each in sorted(kinds)])


def _reasons(claim: CaseClaim, language: str) -> dict[str, object] | None:
    try:
        found = Explainer(engine(), catalogue(language)).reasons(claim)
    except LawError:
        return None
    return {
        "law": list(found.law),
        "set": found.set,
        "on": found.on.isoformat(),
        "says": found.says,
        "tree": found.tree,
    }


def _plain(value: object) -> object:
    if isinstance(value, Truth):
        return value.value
    raise TypeError


def _compartment(claim_id: str) -> str:
    return f"{DECISION}-{claim_id}"


def _last(case: Case, claim_id: str) -> int:
    """Give the number of the last letter of a claim; 0 where there is none."""
    kept = Compartment.objects.filter(case=case.id, name=_compartment(claim_id))
    return kept.count()

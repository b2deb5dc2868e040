"""Offices of every kind with people in every role, and a case in every relation to them.

What an address needs to be there first is made here, for every case, and is named in
`World.filled`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from asylon.casework import File, Hold
from asylon.casework.assessments import Assessment
from asylon.casework.decisions import fingerprint
from asylon.security.custody import FileCustody
from asylon_server.store.cases import acts, groups, proposals
from asylon_server.store.cases.erasing import erase
from asylon_server.store.cases.models import (
    Case,
    Certificate,
    ComplaintNotice,
    Conflict,
    Grant,
    GroupHold,
    LiftingProposal,
)
from asylon_server.store.cases.placing import hand
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.vault import sealing
from asylon_server.web.common.coming import MUST_SET_UP
from asylon_server.web.common.stepping import CONFIRMED
from asylon_server.web.desk import sending
from tests.asylon_server.rights import canaries
from tests.asylon_server.rights.table import FRESH, ROLES, STALE, UNSET

STATE = "CHN"
"""Where every office works; the case that is feared fears it."""

COMPLAINT = UUID(int=9)
STATE_BODIES = ("authority", "appeal_body")
BEFORE = timedelta(days=30)
AWHILE = timedelta(minutes=2)
RELEASED = (
    "identity",
    "contact",
    "whereabouts",
    "narrative",
    "wishes",
    "helpers",
    "kinship",
)
OF_AN_OFFICE = ("office", "assigned", "conflict", "erased")
OF_ANOTHER = (
    "elsewhere",
    "lent",
    "granted",
    "released",
    "emergency",
    "fearing",
    "over",
)


@dataclass
class World:
    """What stands in the tables, and by which names the tests ask for it.

    Attributes:
        accounts: Who asks, by kind and role.
        cases: The cases, by relation, and by kind where each office has one.
        spelled: The relation of a case and whose office it is of, by the word in its
            canaries.
        sessions: The keys of sessions, by who and how they are signed in.
    """

    custody: FileCustody
    accounts: dict[str, Account] = field(default_factory=dict)
    cases: dict[tuple[str, str], UUID] = field(default_factory=dict)
    spelled: dict[str, tuple[str, str]] = field(default_factory=dict)
    sessions: dict[tuple[str, str], str] = field(default_factory=dict)
    others: dict[str, Account] = field(default_factory=dict)
    references: dict[tuple[str, str], str] = field(default_factory=dict)
    proposals: dict[UUID, UUID] = field(default_factory=dict)
    since: datetime = field(default_factory=timezone.now)

    def renew(self) -> None:
        """Sign everybody in again where it is so long ago that they would be asked."""
        if timezone.now() - self.since > AWHILE:
            _sessions(self)

    def named(self, case: UUID) -> dict[str, str]:
        """Say what stands for the names in an address that is about a case."""
        return {
            "case": str(case),
            "proposal": str(self.proposals.get(case, uuid4())),
        }

    def case(self, who: str, relation: str) -> UUID:
        """Name the case that stands in a relation to somebody."""
        if relation == "absent":
            return uuid4()
        kind = who.partition(" ")[0] if relation in OF_AN_OFFICE else ""
        return self.cases[relation, kind]

    def relation(self, who: str, spelled: str) -> str:
        """Say in which relation somebody stands to a case, by its canaries."""
        relation, kind = self.spelled[spelled]
        is_theirs = kind in {"", who.partition(" ")[0]}
        return relation if is_theirs else "elsewhere"

    def filled(self, who: str) -> dict[str, Callable[[], str]]:
        """Say what stands for the words in braces, for one who asks."""
        kind = who.partition(" ")[0]
        return {
            "name": lambda: canaries.canary("identity", f"office{spell(kind)}", 10),
            "reference": lambda: self.references["elsewhere", ""],
            "submission": lambda: submission(self.accounts[who]),
            "report": lambda: sending.drawn(_request(self.accounts[who]), "report"),
            "wish": lambda: sending.drawn(_request(self.accounts[who]), "wish"),
            "colleague": lambda: str(self.others[f"colleague {kind}"].pk),
            "me": lambda: str(self.accounts[who].pk),
            "newcomer": lambda: str(self.others[f"newcomer {kind}"].pk),
            "stranger": lambda: str(self.others["stranger"].pk),
            "court": lambda: str(self.accounts["appeal_body appeal"].organisation_id),
            "guard": lambda: str(self.others["guard"].pk),
            "saw": lambda: fingerprint((), Assessment()),
            "tomorrow": lambda: str((timezone.now() + timedelta(days=1)).date()),
        }

    def sent(self, who: str, send: dict[str, str]) -> dict[str, str]:
        """Fill a form for one who sends it."""
        filled = self.filled(who)
        return {
            name: filled[value[1:-1]]() if value[:1] == "{" else value
            for name, value in send.items()
        }


@contextmanager
def standing() -> Iterator[World]:
    """Make it, and take it away again."""
    with undone():
        made = founded()
        with override_settings(ASYLON_CUSTODY=made.custody):
            yield made


def founded() -> World:
    """Make it, where somebody else takes it away again."""
    made = World(FileCustody.draw())
    _offices(made)
    _cases(made)
    _sessions(made)
    return made


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever was written within."""
    with ExitStack() as stack:
        for alias in settings.DATABASES:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in settings.DATABASES:
            transaction.set_rollback(True, using=alias)


def submission(account: Account) -> str:
    """Make the name of a form as a search before gives it."""
    from asylon_server.web.desk.registering import _drawn  # noqa: PLC0415

    return _drawn(_request(account))


def _request(account: Account) -> SimpleNamespace:
    return SimpleNamespace(user=account)


def spell(kind: str) -> str:
    """Spell a kind of organisation in letters alone."""
    return re.sub(r"[^a-z]", "", kind)


def _offices(made: World) -> None:
    for kind, roles in ROLES.items():
        office = Organisation.objects.create(
            kind=kind, name=f"Office {kind}", state=STATE
        )
        for role in roles.split():
            made.accounts[f"{kind} {role}"] = _account(office, role)
        made.others[f"colleague {kind}"] = _account(office, roles.split()[0])
        made.others[f"newcomer {kind}"] = _account(
            office, roles.split()[0], is_settled=False
        )
    away = Organisation.objects.create(kind="legal_aid", name="Elsewhere", state=STATE)
    made.others["stranger"] = _account(away, "registration")
    made.others["guard"] = _account(away, "protection", id=canaries.COMPLAINED)
    first = hand(made.accounts["unhcr protection"].actor)
    group = GroupHold(id=UUID(int=1), proposed=timezone.now() - BEFORE)
    groups.keep(
        group,
        Hold("SYR", date(2026, 1, 1), groups.GROUND, note="Those who left."),
        [first],
        custody=made.custody,
    )


def _account(
    office: Organisation, role: str, *, is_settled: bool = True, id: str = ""
) -> Account:
    number = Account.objects.count()
    return Account.objects.create(
        id=id or uuid4(),
        name=f"{office.kind} {role} {number}",
        role=role,
        organisation=office,
        settled=timezone.now() - BEFORE if is_settled else None,
    )


def _cases(made: World) -> None:
    for relation in OF_ANOTHER:
        case = _case(made, relation, "", made.others["stranger"].organisation)
        _tie(case, relation, made.accounts.values())
    for kind in ROLES:
        theirs = [a for who, a in made.accounts.items() if who.split()[0] == kind]
        for relation in OF_AN_OFFICE:
            case = _case(made, relation, kind, theirs[0].organisation)
            _tie(case, relation, theirs)


def _case(made: World, relation: str, kind: str, office: Organisation) -> Case:
    word = f"{relation}{spell(kind)}"
    file = canaries.file(word, against=STATE if relation == "fearing" else "PRK")
    at = timezone.now() - BEFORE
    if relation == "elsewhere":
        file = _complained(file)
    case = acts.register(
        made.others["stranger"].actor,
        replace(file, reference=f"R-{len(made.cases)}"),
        submission=word,
        at=at,
        custody=made.custody,
    )
    case.assignments.all().delete()
    case.assignments.create(account=made.others["guard"], since=at, until=at)
    case.organisation = office
    case.save()
    if relation == "elsewhere":
        _notice(case, made)
    _certify(case, word, at, made.custody)
    letter = canaries.letter(word)
    sealing.keep(case.pk, "decision-c8", letter, follows=0, at=at, custody=made.custody)
    made.proposals[case.pk] = _propose(case, word, made)
    made.cases[relation, kind] = case.pk
    made.references[relation, kind] = case.reference
    made.spelled[word] = (relation, kind)
    return case


def _certify(case: Case, word: str, at: datetime, custody: FileCustody) -> None:
    printed = canaries.certificate(word)
    sealing.keep(case.pk, "certificate", printed, follows=0, at=at, custody=custody)
    Certificate.objects.create(
        case=case,
        person="p1",
        number=f"NUMBER-{word}"[:20],
        version=1,
        digest=sha256(printed.partition(b"\n")[2]).hexdigest(),
        issued=date(2026, 1, 1),
        expires=date(2099, 1, 1),
    )


def _complained(file: File) -> File:
    """Give a file on whose first claim the complaint is still open."""
    claim, *others = file.claims
    [complaint] = claim.complaints
    still = replace(complaint, settled=None, by=None)
    return replace(file, claims=(replace(claim, complaints=(still,)), *others))


def _notice(case: Case, made: World) -> None:
    row = ComplaintNotice(id=COMPLAINT, case=case, made=timezone.now())
    row.sealed = sealing.seal_row(
        case.pk, f"complaint {row.pk}", 1, b'["c1", "b1"]', custody=made.custody
    )
    row.save(force_insert=True)


def _propose(case: Case, word: str, made: World) -> UUID:
    """Let somebody of another office have proposed to lift the hold."""
    by, until = made.others["stranger"], timezone.now() + BEFORE
    words = canaries.canary("proposal", word, 96)
    said = proposals.Said(hand(by.actor), "not_needed", words, until.isoformat())
    row = LiftingProposal(
        hold=case.holds.get(), by=by, proposed=timezone.now(), until=until
    )
    return proposals.keep(row, said, custody=made.custody).pk


def _tie(case: Case, relation: str, accounts: Iterator[Account]) -> None:
    since, over = timezone.now() - BEFORE, timezone.now() - timedelta(days=1)
    for account in accounts:
        if relation in {"assigned", "lent", "granted", "conflict", "fearing", "erased"}:
            case.assignments.create(account=account, since=since)
        if relation == "over":
            case.assignments.create(account=account, since=since, until=over)
        if relation == "emergency":
            case.emergencies.create(
                account=account,
                purpose="removal",
                classes="contact hold identity needs whereabouts",
                told=case.organisation,
                since=since,
                until=timezone.now() + BEFORE,
            )
        if relation == "conflict":
            Conflict.objects.create(case=case, account=account)
        for klass in RELEASED if relation in {"granted", "released"} else ():
            Grant.objects.create(
                case=case,
                account=account,
                released=klass,
                purpose="decision",
                since=since,
                until=timezone.now() + BEFORE,
            )
    if relation == "erased":
        erase(None, case.pk, at=timezone.now())


def _sessions(made: World) -> None:
    for who, account in made.accounts.items():
        for state in (FRESH, STALE, UNSET):
            made.sessions[who, state] = _session(account, state)


def _session(account: Account, state: str) -> str:
    client = Client()
    client.force_login(account)
    session = client.session
    since = timezone.now() - (timedelta(hours=1) if state == STALE else timedelta())
    session[CONFIRMED] = since.isoformat()
    if state == UNSET:
        session[MUST_SET_UP] = True
    session.save()
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)

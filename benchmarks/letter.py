"""The letter of a decision: printed, sealed and written to the record as it is signed.

    python -m benchmarks.letter

Beside it stand the parts: the same letter printed alone, and the log sealed over what
was signed, as the sealer does it within the second.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from asylon.casework import CaseClaim, File, Hold, Person
from asylon.casework.actors import Actor as Hand
from asylon.casework.assessments import Assessment, Found, Under
from asylon.casework.decisions import Draft, Reasoning, fingerprint
from asylon.casework.procedure import Step
from asylon.determination import read_decisions
from asylon.identity import Name
from benchmarks.outcomes import Goal, Outcome, Sheet, in_ms, show_goals, tell

if TYPE_CHECKING:
    from asylon.security.signatures import PrivateKey
    from asylon_server.store.rights import Actor

LETTERS = 20
"""So many in each language."""

WANTED_MS = 1_000.0
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
PASSPHRASE = "an invented office, measured"  # noqa: S105  it guards nobody
PUBLISHED = "D10"
"""The published decision whose findings an officer makes here."""

WORDS = {
    "en": "You told us in detail why you left, and nothing we found speaks against it. ",
    "ko": "귀하는 떠난 이유를 자세히 말하였고, 우리가 찾은 어떤 것도 그와 어긋나지 않습니다. ",
    "zh": "您详细说明了离开的原因。我们查到的情况没有与之相悖之处。",
}


@dataclass(frozen=True)
class Signed:
    """Letters in a language: seconds for the signature, the printing, and the log."""

    language: str
    whole: list[float]
    printing: list[float]
    sealing: list[float]

    @property
    def logged(self) -> list[float]:
        """The seconds until a letter has its entry: the log is sealed apart."""
        return [sum(each) for each in zip(self.whole, self.sealing, strict=True)]

    @property
    def row(self) -> tuple[object, ...]:
        """The figures, as a sheet has them."""
        median, late = in_ms(self.whole)
        return (
            self.language,
            median,
            late,
            in_ms(self.printing)[0],
            in_ms(self.sealing)[0],
        )


def measure() -> Outcome:
    """Sign decisions in an office of their own."""
    with TemporaryDirectory(prefix="asylon-") as folder:
        tell(f"Signing {LETTERS} letters in each of {len(WORDS)} languages.")
        found = list(_signed(Path(folder) / "office"))
    columns = {
        "language": "",
        "median ms": ".0f",
        "p95 ms": ".0f",
        "printing alone ms": ".0f",
        "sealing the log ms": ".0f",
    }
    notes = [
        "From the click to the commit: the guards, the law, the letter, its seal, the "
        "file and the event. Two pages of reasons, over the findings of a published "
        "decision; SQLite.",
    ]
    sheet = Sheet("Letters, signed", columns, [each.row for each in found], notes)
    late = max(in_ms(each.logged)[1] for each in found)
    goal = "a letter ≤ 1 s with its log entry, 95 in 100"
    return Outcome("letter", [sheet], [Goal(goal, f"{late:.0f} ms", late <= WANTED_MS)])


def _signed(folder: Path) -> Iterator[Signed]:
    key = _founded(folder)
    registrar, officer, reviewer = _staff()
    for language in WORDS:
        whole, printing, sealing = [], [], []
        for number in range(LETTERS + 1):
            name = f"{language}-{number}"
            times = _one(name, language, (registrar, officer, reviewer), key)
            # Before the first one the faces are read.
            if number:
                for kept, each in zip((whole, printing, sealing), times, strict=True):
                    kept.append(each)
        yield Signed(language, whole, printing, sealing)


def _founded(folder: Path) -> PrivateKey:
    from asylon_server.console import founding, starting
    from asylon_server.unlocking import unlock

    word = folder.parent / "passphrase"
    word.write_text(PASSPHRASE, encoding="utf-8")
    asked = founding.Asked(
        "Invented office", "legal_aid", "CHN", passphrase_file=word, invented=True
    )
    with contextlib.redirect_stdout(io.StringIO()):
        founding.init(folder, asked)
    here = starting.opened(folder)
    unlock(here.custody_file, PASSPHRASE)
    return starting.sealer(here)


def _staff() -> tuple[Actor, Actor, Actor]:
    from asylon_server.store.organisations.acts import open_account, open_organisation
    from asylon_server.store.organisations.models import Organisation

    unhcr = open_organisation(None, name="UNHCR", kind="unhcr", state="", at=AT)
    legal_aid = Organisation.objects.get(kind="legal_aid")
    made = [
        open_account(None, name=role, role=role, organisation=office, at=AT).actor
        for office, role in (
            (legal_aid, "registration"),
            (unhcr, "eligibility"),
            (unhcr, "reviewing"),
        )
    ]
    return made[0], made[1], made[2]


def _one(
    name: str, language: str, staff: tuple[Actor, Actor, Actor], key: PrivateKey
) -> tuple[float, float, float]:
    from asylon_server.store.cases import acts, reads
    from asylon_server.store.cases.models import Assignment
    from asylon_server.store.claims import deciding, letters, steps
    from asylon_server.store.record.acts import seal
    from asylon_server.unlocking import custody

    registrar, officer, reviewer = staff
    case = acts.register(
        registrar, _file(name), submission=name, at=AT, custody=custody()
    )
    Assignment.objects.create(case=case, account_id=officer.account, since=AT)
    version, file = reads.whole(case, custody=custody())
    claim = _claim(language, officer, reviewer)
    file = replace(file, claims=(claim,))
    acts.keep_file(case, file, follows=version, at=AT, custody=custody())
    seal(key, at=AT)
    shows = letters.Shows(officer, letters.House("+00 000 0000", invented=True), AT)
    asked = deciding.signing(shows, read=None, custody=custody(), confirmed=True)
    began = perf_counter()
    steps.take(officer, case.id, claim.id, asked, at=AT, custody=custody())
    signed = perf_counter()
    seal(key, at=AT)
    sealed = perf_counter()
    letters.preview(shows, file, claim, claim.drafts[-1])
    return signed - began, perf_counter() - sealed, sealed - signed


def _file(name: str) -> File:
    her = Person("p1", names=(Name("김정숙", "Hang"),), feared=("PRK",))
    return File(name, people=(her,), holds=(Hold("PRK", AT.date(), "wish_expressed"),))


def _claim(language: str, officer: Actor, reviewer: Actor) -> CaseClaim:
    """Make a claim whose draft was reviewed, with two pages of reasons."""
    from asylon_server.store.cases.placing import hand

    by, on = hand(officer), AT.date()
    assessment = _found(by)
    words = "\n".join([WORDS[language] * 3] * 4)
    reasons = tuple(Reasoning(f"{number}.", words) for number in range(1, 6))
    rests_on = fingerprint((), assessment)
    steps = [
        Step(act, by, on, "recognise" if act == "draft" else "")
        for act in ("lodge", "sign_off", "examine", "draft")
    ]
    return CaseClaim(
        "c1",
        "p1",
        state="CHN",
        lodged=on,
        assessment=assessment,
        drafts=(Draft("recognise", by, on, language, reasons, rests_on),),
        steps=(*steps, Step("endorse", hand(reviewer), on)),
    )


def _found(by: Hand) -> Assessment:
    from asylon_server.store.claims.steps import engine

    name = "published.toml"
    text = (files("asylon.determination") / name).read_bytes()
    decisions = (each.claim for each in read_decisions(text, name, engine().book))
    decided = next(each for each in decisions if each.id == PUBLISHED)
    return Assessment(
        findings=tuple(
            Found(
                path,
                each.value.value,
                by,
                AT.date(),
                under=tuple(Under(*under) for under in each.under.items()),
            )
            for path, each in decided.findings.items()
        ),
        screened=tuple(decided.screened),
        indicators=tuple(decided.indicators),
    )


if __name__ == "__main__":
    outcome = measure()
    outcome.show()
    show_goals(outcome.goals)

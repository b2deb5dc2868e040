"""Agreement: that no alteration passes, and how long `asylon law verify` takes.

No peer stands beside this. The alterations are those of the tests, drawn from a fixed
seed; what is verified is an act on the mandate's set in the law that ships, drafted and
signed by the commands themselves.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from asylon.cli import showing
from benchmarks.asking import DisagreementError
from benchmarks.caseload import SEED, SET
from benchmarks.outcomes import Goal, Outcome, Sheet, show_goals, tell
from tests.agreements import key_of, register
from tests.tampering import detected

ALTERATIONS = 10_000
AT_A_TIME = 1_000
RUNS = 5
WANTED = 5.0

_AHEAD = timedelta(days=30)


def measure(alterations: int = ALTERATIONS) -> Outcome:
    """Alter what was signed, then verify what nobody altered.

    Raises:
        DisagreementError: an alteration passes, or what was signed has no force.
    """
    began = perf_counter()
    found = noticed(alterations)
    altering = perf_counter() - began
    tell("Verifying an act on the law that ships.")
    seconds = verified()
    sheet = Sheet(
        "Agreement",
        {"what": "", "how many": ",", "median s": ".2f", "slowest s": ".2f"},
        [
            ("alterations judged, all together", found, altering, altering),
            ("asylon law verify", len(seconds), median(seconds), max(seconds)),
        ],
    )
    return Outcome("agreement", [sheet], goals(found, alterations, max(seconds)))


def noticed(alterations: int) -> int:
    """Count the alterations that are detected; one that passes ends the benchmark."""
    chance, found = Random(SEED), 0
    while found < alterations:
        tell(f"Altering what was signed: {found:,} of {alterations:,}.")
        try:
            found += detected(chance, min(AT_A_TIME, alterations - found))
        except AssertionError as error:
            message = f"an alteration passes: {error}"
            raise DisagreementError(message) from error
    return found


def verified() -> list[float]:
    """Draft and sign an act, and time how long it takes to verify it."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "agreed"
        folder.mkdir()
        (folder / "organisations.toml").write_bytes(register())
        key = Path(name) / "key.pem"
        key.write_bytes(key_of("unhcr").pem())
        first = (showing.today() + _AHEAD).isoformat()
        _run("draft", SET, "--from", first, "--into", str(folder))
        act = str(folder / f"{SET}-{first}.toml")
        _run("sign", act, "--key", str(key), "--as", "unhcr", "--yes")
        return [_verify(folder, first) for _ in range(RUNS)]


def _verify(folder: Path, first: str) -> float:
    began = perf_counter()
    told = _run("verify", str(folder), "--on", first, "--json")
    seconds = perf_counter() - began
    rows = [json.loads(line) for line in told.splitlines()]
    states = {row["state"] for row in rows if row.get("kind") == "act"}
    if states != {"in-force"}:
        message = f"an act that was signed as it should be is {states}: {told[-300:]}"
        raise DisagreementError(message)
    return seconds


def _run(*words: str) -> str:
    command = [str(Path(sys.executable).with_name("asylon")), "law", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"`asylon law {words[0]}` ended with {done.returncode}: {done.stderr}"
        raise DisagreementError(message)
    return done.stdout


def goals(found: int, alterations: int, slowest: float) -> list[Goal]:
    """Hold what was measured against what is wanted."""
    return [
        Goal(
            f"{alterations:,} random alterations detected",
            f"{found:,} of {alterations:,}",
            found == alterations,
        ),
        Goal(
            f"asylon law verify ≤ {WANTED:.0f} s",
            f"{slowest:.2f} s at most",
            slowest <= WANTED,
        ),
    ]


if __name__ == "__main__":
    outcome = measure()
    outcome.show()
    show_goals(outcome.goals)

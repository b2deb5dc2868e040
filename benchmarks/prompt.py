"""The prompt: how long `asylon --help` takes, as whoever types it has to wait."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.asking import DisagreementError
from benchmarks.outcomes import Goal, Outcome, Sheet, tell

RUNS = 7
WANTED = 0.3


def measure() -> Outcome:
    """Run the command, after one run that does not count."""
    tell("Measuring the prompt.")
    _run()
    seconds = [_run() for _ in range(RUNS)]
    middle = median(seconds)
    sheet = Sheet(
        "The prompt",
        {"command": "", "runs": ",", "median s": ".2f", "slowest s": ".2f"},
        [("asylon --help", RUNS, middle, max(seconds))],
    )
    goal = Goal(f"asylon --help ≤ {WANTED} s", f"{middle:.2f} s", middle <= WANTED)
    return Outcome("prompt", [sheet], [goal])


def _run() -> float:
    command = [str(Path(sys.executable).with_name("asylon")), "--help"]
    began = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = perf_counter() - began
    if done.returncode or "explain" not in done.stdout:
        message = (
            f"`asylon --help` does not print the help: {done.stderr.strip()[-300:]}"
        )
        raise DisagreementError(message)
    return seconds


if __name__ == "__main__":
    measure().show()

"""`make bench`: every benchmark, then every goal with its figure.

A goal that is not met is told and fails nothing. Answers that disagree do: the exit
code is 1.
"""

from __future__ import annotations

import sys

from benchmarks import (
    agreement,
    case_page,
    determination,
    events,
    first_page,
    lawbook,
    letter,
    prompt,
    reexamination,
)
from benchmarks.asking import DisagreementError, PeerError
from benchmarks.outcomes import Goal, show_goals

BENCHMARKS = (
    determination.measure,
    reexamination.measure,
    lawbook.measure,
    agreement.measure,
    prompt.measure,
    first_page.measure,
    case_page.measure,
    events.measure,
    letter.measure,
)


def main() -> int:
    """Run every benchmark."""
    goals: list[Goal] = []
    try:
        for measure in BENCHMARKS:
            outcome = measure()
            outcome.show()
            goals += outcome.goals
    except (DisagreementError, PeerError) as error:
        print(error, file=sys.stderr)
        return 1
    show_goals(goals)
    return 0


if __name__ == "__main__":
    sys.exit(main())

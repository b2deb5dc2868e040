"""Dropping facts: what an engine says once something is no longer known.

From claims in which every fact is found, each fact is dropped in turn. The honest
answer is found by brute force: if both ways in which the dropped fact could turn out
lead to one answer it is that answer, else the claim is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.caseload import SEED, Definition, Row, rows, without
from benchmarks.peers.problem import OPEN, Run, digits

HEADINGS = (
    "rightly kept",
    "open",
    "error",
    "kept unfounded",
    "another answer",
)
_RIGHT, _OPEN, _ERROR, _UNFOUNDED, _OTHER = range(5)


def whole_claims(definition: Definition, count: int) -> list[Row]:
    """Draw claims without an open fact, half of them met and half not met.

    Claims in which no single fact decides the answer are passed over.
    """
    kinds: dict[int, list[Row]] = {0: [], 2: []}
    for row in rows(definition.favourable, 40 * count, seed=SEED + 1, open_share=0):
        kept = kinds[definition.kleene(row)]
        if len(kept) < count // 2 and OPEN in honest(definition, [row]):
            kept.append(row)
    return kinds[0] + kinds[2]


def honest(definition: Definition, whole: Sequence[Row]) -> bytes:
    """Give the honest answer of each claim without each of its facts."""
    answers = bytearray()
    for row in whole:
        before = definition.kleene(row)
        for place, rank in enumerate(row):
            turned = row[:place] + bytes([2 - rank]) + row[place + 1 :]
            same = definition.kleene(turned) == before
            answers.append(before if same else OPEN)
    return bytes(answers)


def ours(definition: Definition, whole: Sequence[Row]) -> Run:
    """Determine each claim without each of its facts."""
    determine = definition.determiner.determine
    found = (
        determine(definition.claim(place, without(row, place))).definition.rank
        for row in whole
        for place in range(len(row))
    )
    return Run("determine", digits(found))


def became(run: Run, before: Sequence[int], right: bytes) -> list[int]:
    """Count what became of the definite answers.

    Args:
        run: what was answered, claim by claim and fact by fact.
        before: the definite answer of each claim while nothing was dropped.
        right: the honest answers.

    Returns:
        One count for each of `HEADINGS`.
    """
    counted = [0] * len(HEADINGS)
    width = len(right) // len(before)
    for number, (digit, honestly) in enumerate(zip(run.answers, right, strict=True)):
        counted[_kind(int(digit), before[number // width], honestly)] += 1
    return counted


def _kind(answer: int, before: int, honestly: int) -> int:
    if answer > 2:
        return _ERROR
    if answer == OPEN:
        return _OPEN
    if answer != before:
        return _OTHER
    return _RIGHT if answer == honestly else _UNFOUNDED

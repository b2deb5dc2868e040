"""What `make bench` relies on: the generated claims, and one meaning for everybody."""

from collections import Counter

import pytest

from benchmarks import caseload, ours, reexamination
from benchmarks.asking import DisagreementError, identifiers, steps
from benchmarks.peers.problem import Problem, Words, inlined

CLAIMS = 200

IN_PYTHON = Words(
    fact=str,
    step=str,
    deny=lambda part: f"(2 - {part})",
    join=lambda parts: f"min({', '.join(parts)})",
    choose=lambda parts: f"max({', '.join(parts)})",
)


@pytest.fixture(scope="module")
def definition():
    return caseload.definition()


@pytest.fixture(scope="module")
def rows(definition):
    return caseload.rows(definition.favourable, CLAIMS)


def test_generated_claims_have_every_outcome(definition, rows):
    found = Counter(map(definition.exact, rows))

    assert set(found) == {0, 1, 2}
    assert rows == caseload.rows(definition.favourable, CLAIMS)
    assert 0.05 < sum(row.count(1) for row in rows) / sum(map(len, rows)) < 0.07


def test_determinations_hold_what_the_benchmark_checks(definition, rows):
    determine = definition.determiner.determine

    for number, row in enumerate(rows):
        found = determine(definition.claim(number, row))
        ours.check_determination(found, definition.inquiry, definition.exact(row))


def test_peers_are_given_what_the_law_says(definition, rows):
    facts = identifiers(definition.facts)
    law = steps(definition.formula, definition.facts)
    text = inlined(Problem(facts, law, [], [], one=0, rounds=0), IN_PYTHON)
    asked = eval(f"lambda {', '.join(facts)}: {text}")  # noqa: S307  written just above

    assert [asked(*row) for row in rows] == [definition.kleene(row) for row in rows]


def test_re_examination_is_timed_only_after_its_answers_agree(monkeypatch):
    monkeypatch.setattr(reexamination, "ONE_BY_ONE", 10)

    outcome = reexamination.measure(1000)

    assert len(outcome.sheets[0].rows) == 5
    assert len(outcome.goals) == 2


def test_a_peer_that_answers_otherwise_is_found_out(monkeypatch):
    monkeypatch.setattr(
        reexamination, "kleene", lambda plan, cells: 0 * next(iter(cells.values()))
    )

    with pytest.raises(DisagreementError, match="NumPy"):
        reexamination.measure(200)

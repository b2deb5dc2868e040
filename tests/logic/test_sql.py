"""SQL whose NULL is the third value, on every engine it is written for."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

import duckdb
import psycopg
import pytest
from hypothesis import given

from asylon.law import DEFINITION
from asylon.logic.evaluation import Plan
from asylon.logic.formulas import (
    AtLeast,
    Constant,
    Fact,
    Formula,
    Named,
    Not,
    Setting,
    children,
    rebuild,
    replace,
)
from asylon.logic.modules import facts
from asylon.logic.questions import Inquiry
from asylon.logic.reading import read
from asylon.logic.sql import DIALECTS, column, condition, query
from asylon.logic.truth import BY_RANK, FALSE, TRUE, UNKNOWN, Truth
from tests.engines import Engine, opened
from tests.oracles import every_findings
from tests.shipped import (
    EVERY_SHAPE,
    PROVISIONS,
    SETS,
    SHAPES,
    definitions,
    findings_near_the_gap,
    spelled_out,
)
from tests.strategies import FEW, ground_formulas

NUMBERED = tuple(f"fact {number}" for number in range(12))

HOSTILE = (
    "it's",
    'so "called"',
    '"; DROP TABLE claims; --',
    "%s %(name)s {name} :name ?",
    "line\nbreak",
    "SELECT",
    "나라",
)


@pytest.fixture(scope="module", params=DIALECTS)
def engine(request):
    with opened(request.param, lambda: request.getfixturevalue("postgresql")) as found:
        yield found


def outcomes(engine: Engine, formula: Formula) -> list[Truth]:
    return engine.outcomes(query(formula, engine.dialect, table="claims"))


def every_row(facts_asked):
    """Go through each way to find so many facts."""
    return product(BY_RANK, repeat=facts_asked)


@cache
def exact_outcomes(formula: Formula, names: Sequence[str]) -> list[Truth]:
    """Give what Python finds for each of these rows."""
    value = Inquiry(formula).value
    return [value(known) for known in every_findings(names)]


@cache
def small_parts(most: int, least: int = 2) -> list[Formula]:
    """List the different parts of shipped definitions that ask so many facts."""
    found = {
        _numbered(part)
        for provision in PROVISIONS
        for definition in definitions(provision, SHAPES[::3])
        for part in _parts(definition, most)
        if len(facts(part)) >= least
    }
    return sorted(found, key=str)


def _parts(formula, most):
    """Go through the largest parts that ask no more facts than so many."""
    if len(facts(formula)) <= most:
        yield formula
        return
    for part in children(formula):
        yield from _parts(part, most)


def _numbered(formula):
    """Ask numbered facts instead, so that parts that say the same are the same."""
    numbers = zip(facts(formula), map(Fact, NUMBERED), strict=False)
    return _unnamed(replace(formula, dict(numbers)))


def _unnamed(formula):
    return (
        _unnamed(formula.body)
        if isinstance(formula, Named)
        else rebuild(formula, _unnamed)
    )


@dataclass(frozen=True)
class Chunk:
    """Random claims whose lists have one shape, and what Python finds for them."""

    formula: Formula
    names: Sequence[str]
    rows: Sequence[Sequence[Truth]]
    expected: Sequence[Truth]


def chunk(number: int, size: int, seed: object = "") -> Chunk:
    """Make claims under Article 1, as one set has it."""
    chance = Random(f"{seed} {number}")
    set_id = SETS[number % len(SETS)]
    formula = spelled_out(DEFINITION, set_id, chance.choice(EVERY_SHAPE))
    names, value = facts(formula), Inquiry(formula).value
    claims = list(findings_near_the_gap(formula, chance, size))
    rows = [[known.get(name, UNKNOWN) for name in names] for known in claims]
    return Chunk(formula, names, rows, [value(known) for known in claims])


@cache
def caseload() -> list[Chunk]:
    return [chunk(number, 400) for number in range(25)]


def check(engine: Engine, claims: Chunk) -> None:
    engine.fill(claims.names, claims.rows)

    assert outcomes(engine, claims.formula) == claims.expected


def test_null_is_the_third_value_in_every_small_part_of_the_law(engine):
    engine.fill(NUMBERED[:8], every_row(8))

    for part in small_parts(most=8):
        assert outcomes(engine, part) == exact_outcomes(part, NUMBERED[:8])


@given(formula=ground_formulas(FEW))
def test_a_query_gives_what_python_finds(filled, formula):
    assert outcomes(filled, formula) == exact_outcomes(formula, FEW)


@pytest.fixture(scope="module")
def filled(engine):
    engine.fill(FEW, every_row(len(FEW)))
    return engine


def test_ten_thousand_claims_have_the_outcome_that_python_finds(engine):
    for claims in caseload():
        check(engine, claims)


def test_the_ten_thousand_claims_try_every_outcome():
    found, beyond_the_tables = Counter(), 0
    for claims in caseload():
        found.update(claims.expected)
        plan = Plan(claims.formula)
        for row, exact in zip(claims.rows, claims.expected, strict=True):
            known = dict(zip(claims.names, row, strict=True))
            beyond_the_tables += plan.value(known) is not exact

    assert sum(found.values()) == 10_000
    assert min(found[truth] for truth in BY_RANK) > 500
    assert beyond_the_tables > 20


@pytest.mark.soak
def test_null_is_the_third_value_in_larger_parts_of_the_law(engine):
    engine.fill(NUMBERED, every_row(12))

    for part in small_parts(most=12, least=9):
        assert outcomes(engine, part) == exact_outcomes(part, NUMBERED)


@pytest.mark.soak
def test_a_million_claims_have_the_outcome_that_python_finds(request):
    seed = request.config.getoption("randomly_seed", 0)
    server = request.getfixturevalue("postgresql")
    for number in range(500):
        claims = chunk(number, 2_000, seed)
        for dialect in DIALECTS:
            with opened(dialect, lambda: server) as engine:
                check(engine, claims)


def test_no_claim_is_lost_because_it_is_open(engine):
    engine.fill(["a", "b"], [[UNKNOWN, UNKNOWN]] * 3 + [[TRUE, FALSE]])

    found = outcomes(engine, read("a and b"))

    assert found == [UNKNOWN, UNKNOWN, UNKNOWN, FALSE]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("provision", PROVISIONS)
def test_no_bare_condition_can_lose_the_third_value(provision, dialect):
    for formula in definitions(provision, SHAPES[::4]):
        words = query(formula, dialect, table="claims").upper().split()
        assert words.count("CASE") == 1
        assert not {"WHERE", "HAVING", "JOIN", "IF", "FILTER"} & set(words)


def test_names_with_quotes_are_safe(engine):
    formula = AtLeast(4, tuple(map(Fact, HOSTILE)))
    engine.fill(HOSTILE, every_row(len(HOSTILE)))

    assert outcomes(engine, formula) == exact_outcomes(formula, HOSTILE)


def test_parts_with_long_names_are_not_mixed_up(engine):
    shared = "a name of seventy letters, of which PostgreSQL keeps sixty-three, and"
    parts = {
        "p": Named(f"{shared} 1", read("a or b")),
        "q": Named(f"{shared} 2", read("c or d")),
    }
    formula = replace(read("p and x or q and y or not p and not q"), parts)
    names = facts(formula)
    engine.fill(names, every_row(len(names)))

    assert outcomes(engine, formula) == exact_outcomes(formula, names)


def test_tables_and_keys_with_quotes_are_safe(engine):
    table, key = 'the "claims"; --', 'the "key"'
    engine.fill(["a"], [[TRUE], [UNKNOWN]], table=table, key=key)

    text = query(Fact("a"), engine.dialect, table=table, key=key)

    assert engine.outcomes(text) == [TRUE, UNKNOWN]


def test_a_quote_in_a_name_is_doubled():
    assert column('so "called"') == '"so ""called"""'


def test_a_missing_column_is_an_error_and_not_a_finding(engine):
    engine.fill(["a"], [[TRUE]])
    amiss = (sqlite3.OperationalError, duckdb.Error, psycopg.Error)

    for formula in (read("a and b"), read("a and b or not a and c")):
        with pytest.raises(amiss):
            outcomes(engine, formula)


@pytest.mark.parametrize("truth", BY_RANK)
def test_a_constant_stays_what_it_is(engine, truth):
    text = condition(Constant(truth), engine.dialect)

    (found,) = engine.connection.execute(f"SELECT {text}").fetchone()

    assert found == {TRUE: True, FALSE: False, UNKNOWN: None}[truth]


@pytest.mark.parametrize("text", ["a or not a", "a and not a"])
def test_what_hangs_on_nothing_has_an_outcome_too(engine, text):
    engine.fill(["a"], [[UNKNOWN], [TRUE]])

    found = outcomes(engine, read(text))

    assert found == exact_outcomes(read(text), ("b",))[:2]


def test_an_outcome_is_not_mixed_up_with_a_part_it_does_without(engine):
    formula = read("not not (a and a) and b and not (a and a)")
    engine.fill("ab", every_row(2))

    assert set(outcomes(engine, formula)) == {FALSE}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_counting_is_spelled_out(dialect):
    counted = read("at_least(2, a, b, c)")

    assert condition(counted, dialect) == '(("a" AND ("b" OR "c")) OR ("b" AND "c"))'


@pytest.mark.parametrize("dialect", DIALECTS)
def test_only_ground_formulas_are_written(dialect):
    with pytest.raises(TypeError, match=r"^Not a ground formula: "):
        condition(Not(Setting("p", "v")), dialect)

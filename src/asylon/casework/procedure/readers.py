"""Reading the table of the procedure, and refusing one that says nothing sensible.

A name that stands for nothing, a guard that asks an unknown fact, and a stage to which
nothing leads are refused where they are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from asylon.casework.actors import rules
from asylon.casework.procedure.tables import (
    ANYONE,
    APPEAL,
    BESIDE,
    DECIDING,
    EFFECTS,
    FIRST,
    INSTANCES,
    ORIGINS,
    PARTS,
    START,
    TOLD,
    UNTOLD,
    Act,
    Asked,
    Guard,
    Kind,
    Outcome,
    Procedure,
    Stage,
)
from asylon.identity.vocabulary import tables_of
from asylon.law.errors import DocumentError, UnknownNameError
from asylon.law.tables import Table
from asylon.logic import Formula, read
from asylon.logic.errors import FormulaError
from asylon.logic.formulas import Fact, walk


@cache
def procedure() -> Procedure:
    """Give the procedure that ships."""
    return read_procedure(tables_of(__package__, "procedure.toml"))


def read_procedure(document: Table) -> Procedure:
    """Read and check a table of the procedure.

    Raises:
        DocumentError: a key is missing or unknown, a name stands for nothing, or a
            stage is never reached.
    """
    edition = document.table("edition")
    adverse = document.table("adverse")
    exception = document.table("exception")
    refusals = dict(document.named_tables("refusal"))
    made = Procedure(
        name=edition.text("name"),
        first_day=edition.day("from"),
        source=edition.text("source"),
        kinds={n: _kind(n, t) for n, t in document.named_tables("procedure")},
        stages={n: _stage(n, t) for n, t in document.named_tables("stage")},
        facts={n: _asked(n, t) for n, t in document.named_tables("fact")},
        guards={n: _guard(n, t) for n, t in document.named_tables("guard")},
        outcomes={n: _outcome(n, t) for n, t in document.named_tables("outcome")},
        acts={n: _act(n, t) for n, t in document.named_tables("act")},
        adverse=adverse.texts("guards"),
        excepting=frozenset(_seat(each) for each in exception.texts("by")),
        refusals={code: table.text("says") for code, table in refusals.items()},
        measures=dict(map(_measure, document.named_tables("measure"))),
    )
    edition.get("read", bool)
    for each in (edition, adverse, exception, document, *refusals.values()):
        each.finish()
    _check(made, document.where)
    return made


def _measure(named: tuple[str, Table]) -> tuple[str, int]:
    name, table = named
    found = table.get("is", int)
    table.text("source")
    table.get("read", bool)
    table.finish()
    return name, found


def _kind(name: str, table: Table) -> Kind:
    made = Kind(
        id=name,
        name=table.text("name"),
        first=frozenset(table.texts(FIRST)),
        appeal=frozenset(table.texts(APPEAL)),
        beside=frozenset(table.texts(BESIDE)),
        jurisdiction=table.text("jurisdiction", ""),
    )
    table.finish()
    return made


def _stage(name: str, table: Table) -> Stage:
    flags = (_is(table, each) for each in ("ended", "draft", "shelters"))
    made = Stage(name, table.text("name"), *flags)
    table.finish()
    return made


def _asked(name: str, table: Table) -> Asked:
    made = Asked(name, table.text("name"), table.text("from"))
    table.finish()
    _require("origin", (made.origin,), ORIGINS, table.where)
    return made


def _guard(name: str, table: Table) -> Guard:
    made = Guard(
        id=name,
        holds_when=_formula(table, "holds_when"),
        core=_is(table, "core"),
        says=table.text("says"),
        source=table.text("source"),
        read=table.get("read", bool),
    )
    table.finish()
    return made


def _formula(table: Table, key: str) -> Formula:
    try:
        return read(table.text(key))
    except FormulaError as error:
        raise DocumentError(table.where, str(error), "Correct the formula.") from None


def _outcome(name: str, table: Table) -> Outcome:
    key = "follows_when"
    follows = _formula(table, key) if table.has(key) else None
    made = Outcome(
        id=name,
        name=table.text("name"),
        instance=table.text("instance"),
        leads=table.text("leads"),
        refuses=_is(table, "refuses"),
        closes=_is(table, "closes"),
        untold=_is(table, "untold"),
        excludes=_is(table, "excludes"),
        back=_is(table, "back"),
        follows_when=follows,
        sheltered=table.text("sheltered", ""),
    )
    table.finish()
    return made


def _act(name: str, table: Table) -> Act:
    made = Act(
        id=name,
        name=table.text("name"),
        stages=frozenset(table.texts("from")),
        to=table.text("to", ""),
        effect=table.text("effect"),
        by=frozenset(_seat(each) for each in table.texts("by")),
        guards=table.texts("guards"),
        on_appeal=table.texts("on_appeal"),
        outcomes=table.texts("outcomes"),
        part=table.text("part", ""),
        leads=table.text("leads", ""),
        instance=table.text("instance", ""),
        sheltered=table.text("sheltered", ""),
        says=_is(table, "says"),
        stirs=_is(table, "stirs"),
        anew=_is(table, "anew"),
    )
    table.finish()
    return made


def _seat(words: str) -> tuple[str, str]:
    organisation, _, role = words.partition(" ")
    return organisation, role


def _is(table: Table, key: str) -> bool:
    return table.get(key, bool, default=False)


def _check(made: Procedure, where: str) -> None:
    """Refuse names that stand for nothing, and stages to which nothing leads."""
    organisations = rules("organisation")
    for kind in made.kinds.values():
        _require(
            "organisation", kind.first | kind.appeal | kind.beside, organisations, where
        )
    for guard in made.guards.values():
        _check_facts(guard.holds_when, made, f"{where}, guard {guard.id}")
    _require("guard", made.adverse, made.guards, where)
    for outcome in made.outcomes.values():
        here = f"{where}, outcome {outcome.id}"
        _require("stage", {outcome.leads, outcome.sheltered} - {""}, made.stages, here)
        if outcome.follows_when:
            _check_facts(outcome.follows_when, made, here)
        _require("instance", (outcome.instance,), INSTANCES, here)
    for act in made.acts.values():
        here = f"{where}, act {act.id}"
        stages = {*act.stages, act.to, act.sheltered} - {""}
        _require("stage", stages, made.stages, here)
        _require("effect", (act.effect,), EFFECTS, here)
        _require("part", {act.part} - {""}, PARTS, here)
        _require("way to lead", {act.leads} - {""}, (TOLD, UNTOLD), here)
        _require("instance", {act.instance} - {""}, INSTANCES, here)
        _require("guard", (*act.guards, *act.on_appeal), made.guards, here)
        _require("outcome", act.outcomes, made.outcomes, here)
        _check_seats(act.by, here)
    _check_seats(made.excepting, f"{where}, exception")
    led = {each.to for each in made.acts.values()}
    led |= {to for e in made.outcomes.values() for to in (e.leads, e.sheltered)}
    for stage in made.stages:
        if stage not in {START, *led}:
            problem = f"nothing leads to the stage `{stage}`"
            raise DocumentError(where, problem, "Take it out, or lead there.")


def _check_facts(formula: Formula, made: Procedure, where: str) -> None:
    asked = [each.name for each in walk(formula) if isinstance(each, Fact)]
    _require("fact", asked, made.facts, where)


def _check_seats(seats: Iterable[tuple[str, str]], where: str) -> None:
    bodies = {*rules("organisation"), DECIDING, *INSTANCES, BESIDE, ANYONE}
    for organisation, role in seats:
        _require("organisation", (organisation,), bodies, where)
        if organisation != ANYONE:
            _require("role", (role,), rules("role"), where)


def _require(kind: str, names: Iterable[str], known: Iterable[str], where: str) -> None:
    there = tuple(known)
    for name in names:
        if name not in there:
            raise UnknownNameError(where, kind, name, there)

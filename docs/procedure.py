"""Writes the page on the procedure of a claim, for a lawyer or a supervisor to read.

`python -m docs.generate` writes it as reference/procedure.md, and the tests compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asylon.casework.procedure import Act, Procedure
from asylon.casework.procedure.deadlines import Rule
from asylon.logic import write

MANY = 4
"""What is open from more stages than these would only hide the rest of the diagram."""


def procedure_page(table: Procedure, rules: Iterable[Rule]) -> str:
    """Give the text of the page."""
    parts = (_head, _diagram, _acts, _guards, _outcomes, _facts)
    lines = [line for part in parts for line in part(table)]
    return "\n".join([*lines, *_deadlines(rules)]) + "\n"


def _head(table: Procedure) -> Iterator[str]:
    yield "# The procedure of a claim"
    yield ""
    yield "What stands in no row is not done."
    yield "This page is written from the table by which the system acts, `casework/procedure/procedure.toml`, by `python -m docs.generate`."
    yield f"Edition of {table.first_day}, after: {table.source}."
    yield ""
    yield "| procedure | decides at first instance | on appeal | reviews beside on appeal |"
    yield "|---|---|---|---|"
    for kind in table.kinds.values():
        bodies = (kind.first, kind.appeal, kind.beside)
        yield f"| {kind.name} | {' | '.join(map(_listed, bodies))} |"
    yield ""


def _diagram(table: Procedure) -> Iterator[str]:
    """Draw the stages, and the acts that lead from one to another."""
    yield "## Stages"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage in table.stages.values():
        yield f"    {stage.id}: {stage.name}"
    ways = sorted({way for act in table.acts.values() for way in _ways(act, table)})
    for before, after, name in ways:
        yield f"    {before} --> {after}: {name}"
    yield "```"
    yield ""
    for act in table.acts.values():
        if act.to and len(act.stages) > MANY:
            yield f"From every stage but those that have ended one may {act.name}: `{act.to}`."
    yield ""


def _ways(act: Act, table: Procedure) -> Iterator[tuple[str, str, str]]:
    for stage in act.stages if len(act.stages) <= MANY else ():
        if act.to and act.to != stage:
            yield stage, act.to, act.name
    for outcome in table.outcomes.values():
        if act.leads and outcome.untold == (act.leads == "untold"):
            before = act.to or "signed"
            yield before, outcome.leads, outcome.name


def _acts(table: Procedure) -> Iterator[str]:
    yield "## Acts"
    yield ""
    yield "An act is done where every guard is established; one that protects is stopped only where a guard is established not to hold."
    adverse = _listed(table.adverse)
    yield f"Every act that goes against the person has the guards {adverse} besides its own."
    yield ""
    yield "| act | at | leads to | effect | by | guards | on appeal besides |"
    yield "|---|---|---|---|---|---|---|"
    for act in table.acts.values():
        stages = ", ".join(each for each in table.stages if each in act.stages)
        leads = act.to or ("the outcome's stage" if act.leads else "")
        seats = ", ".join(sorted(f"{o} {r}".strip() for o, r in act.by))
        seats = seats.replace("_", " ")
        guards, appeal = _listed(act.guards), _listed(act.on_appeal)
        yield f"| `{act.id}`: {act.name} | {stages} | {leads} | {act.effect} | {seats} | {guards} | {appeal} |"
    yield ""


def _guards(table: Procedure) -> Iterator[str]:
    yield "## Guards"
    yield ""
    yield "A guard that is core is overridden by nobody."
    yield "From another, two people make an exception, with a reason, where nothing goes against the person: "
    seats = sorted(f"{o} {r}".replace("_", " ") for o, r in table.excepting)
    yield ", ".join(seats) + "."
    for guard in table.guards.values():
        core = (
            "core"
            if guard.core
            else "two people may override it in the person's favour"
        )
        seen = "read" if guard.read else "from memory"
        yield ""
        yield f"### `{guard.code}`"
        yield ""
        yield f"`{write(guard.holds_when)}`; {core}."
        yield ""
        yield f"> {guard.says}"
        yield ""
        yield f"Source: {guard.source} ({seen})."
    yield ""


def _outcomes(table: Procedure) -> Iterator[str]:
    yield "## Outcomes"
    yield ""
    yield "An outcome is signed where what it follows from was found; whoever is protected otherwise stays so."
    yield ""
    yield "| outcome | instance | leads to | against the person | follows where |"
    yield "|---|---|---|---|---|"
    for each in table.outcomes.values():
        against = "yes" if each.is_adverse else "no"
        leads = table.stages[each.leads].name
        if each.sheltered:
            leads += f", or {table.stages[each.sheltered].name}"
        where = f"`{write(each.follows_when)}`" if each.follows_when else ""
        yield f"| `{each.id}`: {each.name} | {each.instance} | {leads} | {against} | {where} |"
    yield ""


def _facts(table: Procedure) -> Iterator[str]:
    yield "## Facts that guards ask about"
    yield ""
    days, years = (table.measures[e] for e in ("witnessed_days", "years_of_a_child"))
    yield f"A signature of UNHCR counts for {days} days, and a child is somebody under {years} years."
    yield ""
    yield "| fact | is so where | answered by |"
    yield "|---|---|---|"
    for each in table.facts.values():
        yield f"| `{each.id}` | {each.name} | the {each.origin} |"
    yield ""


def _deadlines(rules: Iterable[Rule]) -> Iterator[str]:
    yield "## Deadlines"
    yield ""
    yield "The day of the event is not counted, and a time that would end on a day on which nobody works ends on the next on which somebody does."
    yield "What stops the time takes its days out, and where the holidays of a year are not known no day is named."
    yield ""
    yield "| for | procedure | state | from | length | rule |"
    yield "|---|---|---|---|---|---|"
    for each in rules:
        state, length = each.state or "any", f"{each.length} {each.unit}"
        seen = "" if each.read else " (from memory)"
        kinds = _listed(each.procedures)
        yield f"| {each.deadline} | {kinds} | {state} | {each.first} | {length} | {each.rule}{seen} |"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))

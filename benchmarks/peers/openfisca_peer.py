"""OpenFisca: each named part of the law a variable, each fact an input variable.

Variables are integers 0/1/2 joined by least and greatest, in OpenFisca's own vector
input. Its usual form, a Boolean variable whose default is false, is shown beside it
where facts are dropped.
"""

from __future__ import annotations

from importlib.metadata import version
from time import perf_counter
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers.problem import (
    OPEN,
    Problem,
    Report,
    Run,
    Words,
    digits,
    nested,
    read_problem,
    timed,
    timed_each,
)

PERIOD = "2026"
ONE_BY_ONE = 150
"""How many claims are asked one by one: each takes milliseconds."""

NAMES = {
    "minimum": np.minimum,
    "maximum": np.maximum,
    "logical_and": np.logical_and,
    "logical_or": np.logical_or,
    "logical_not": np.logical_not,
}


def _asked(name: str) -> str:
    return f"person({name!r}, period)"


INTEGERS = Words(
    fact=_asked,
    step=_asked,
    deny=lambda part: f"(2 - {part})",
    join=nested("minimum"),
    choose=nested("maximum"),
)
BOOLEANS = Words(
    fact=_asked,
    step=_asked,
    deny=lambda part: f"logical_not({part})",
    join=nested("logical_and"),
    choose=nested("logical_or"),
    constants=("False", "False", "True"),
)


class Law:
    """The definition as a system of OpenFisca variables."""

    def __init__(self, problem: Problem, words: Words, default: int | bool) -> None:
        """Make a variable for every fact and every step."""
        self.problem, self.outcome = problem, problem.steps[-1].id
        person = build_entity("person", "persons", "A person", is_person=True)
        self.system = TaxBenefitSystem([person])
        shared = {
            "value_type": type(default),
            "default_value": default,
            "entity": person,
            "definition_period": DateUnit.YEAR,
        }
        for fact in problem.facts:
            self.system.add_variable(type(fact, (Variable,), {**shared, "label": fact}))
        for step in problem.steps:
            text = f"lambda person, period: {words.write(step.formula)}"
            formula = eval(text, dict(NAMES))  # noqa: S307  the definition, written here
            members = {**shared, "label": step.id, "formula": formula}
            self.system.add_variable(type(step.id, (Variable,), members))

    def simulation(self, people: dict[str, dict[str, Any]]) -> Simulation:
        """Build a simulation from what a request in JSON holds."""
        situation = {
            name: {fact: {PERIOD: value} for fact, value in known.items()}
            for name, known in people.items()
        }
        builder = SimulationBuilder()
        return builder.build_from_entities(self.system, {"persons": situation})

    def bulk(self) -> Run:
        """Apply the definition to the whole caseload, in vector input."""
        problem, began = self.problem, perf_counter()
        table = np.frombuffer(b"".join(problem.claims), dtype=np.int8)
        columns = table.reshape(-1, len(problem.facts)).T.astype(np.int32)
        builder = SimulationBuilder()
        simulation = builder.build_default_simulation(self.system, len(problem.claims))
        for fact, column in zip(problem.facts, columns, strict=True):
            simulation.set_input(fact, PERIOD, np.ascontiguousarray(column))
        load = perf_counter() - began
        answers = simulation.calculate(self.outcome, PERIOD)

        def again() -> None:
            for step in problem.steps:
                simulation.delete_arrays(step.id)
            simulation.calculate(self.outcome, PERIOD)

        seconds = timed(again, problem.rounds)
        how = "integers, vector input"
        return Run(how, digits(answers), "status of every part", seconds, load)

    def one(self) -> Run:
        """Build from a request and calculate with a trace, one claim at a time."""

        def ask(claim: bytes) -> int:
            simulation = self.simulation({"claim": self.problem.known(claim)})
            simulation.trace = True
            value = simulation.calculate(self.outcome, PERIOD)
            simulation.tracer.computation_log.lines()
            return int(value[0])

        claims = self.problem.claims[: min(ONE_BY_ONE, self.problem.one)]
        seconds, answers = timed_each(ask, claims, self.problem.rounds)
        return Run("build and trace", answers, "computation log", seconds)

    def drops(self, how: str, *, two_valued: bool = False) -> Run:
        """Drop each fact in turn; what is left out takes the default."""
        problem = self.problem
        answers: list[int] = []
        for claim in problem.whole:
            people = {
                str(place): problem.known(claim, dropped=place)
                for place in range(len(problem.facts))
            }
            if two_valued:
                people = {
                    name: {fact: rank == 2 for fact, rank in known.items()}
                    for name, known in people.items()
                }
            found = self.simulation(people).calculate(self.outcome, PERIOD)
            answers += list(2 * found.astype(int) if two_valued else found)
        return Run(how, digits(map(int, answers)))


def main() -> None:
    """Measure and report."""
    problem = read_problem()
    integers = Law(problem, INTEGERS, OPEN)
    booleans = Law(problem, BOOLEANS, default=False)
    zeros = Law(problem, INTEGERS, 0)
    Report(
        "OpenFisca",
        version("openfisca-core"),
        bulk=[integers.bulk()],
        one=[integers.one()],
        drops=[
            booleans.drops("Booleans, default false (its own)", two_valued=True),
            zeros.drops("integers 0/1/2, default 0 (its own)"),
            integers.drops("integers 0/1/2, default set to 1"),
        ],
    ).print()


if __name__ == "__main__":
    main()

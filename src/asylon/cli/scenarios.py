"""The scenarios that exercise a text of the law book, and what each expects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from asylon.cli import showing
from asylon.cli.phrases import count
from asylon.cli.speaking import is_english, spoken
from asylon.determination import Scenario


def show_scenarios(exercising: Mapping[str, Sequence[Scenario]], own_text: str) -> None:
    """Print which scenarios exercise a text, beside it and beside its parts."""
    say = spoken().say
    for where, scenarios in exercising.items():
        told = {"scenarios": count(scenarios), "document": where}
        own = say("heading", "Exercised by {scenarios}", scenarios=count(scenarios))
        others = say("heading", "Exercised by {scenarios}, beside {document}", **told)
        showing.heading(own if where == own_text else others)
        if is_english():
            for scenario in scenarios:
                _show_scenario(scenario)
    if exercising and not is_english():
        text = say("scenarios", "Their titles are told in English only (`--lang en`).")
        showing.line(Text("·"), text)


def _show_scenario(scenario: Scenario) -> None:
    results = {trial.expect for trial in scenario.trials}
    if len(results) == 1:
        showing.line(showing.sign(results.pop()), scenario.title)
    else:
        told = f"{scenario.title} ({_by_value(scenario)})"
        showing.line(Text("≠", style="cyan"), told)


def _by_value(scenario: Scenario) -> str:
    results = expected(scenario)["expect"]
    if isinstance(results, dict):
        return ", ".join(f"{value}: {result}" for value, result in results.items())
    return str(results)


def expected(scenario: Scenario) -> dict[str, object]:
    """Give what a scenario expects, by setting where it tries several."""
    expected = {
        trial.asks[1] if trial.asks else f"{trial.set} {trial.on}": trial.expect.value
        for trial in scenario.trials
        if trial.asks or trial.pins or len(scenario.trials) > 1
    }
    if len(scenario.trials) == 1:
        return {"expect": scenario.trials[0].expect.value}
    asked = {
        trial.asks[1]: trial.expect.value for trial in scenario.trials if trial.asks
    }
    return {"expect": asked or expected}

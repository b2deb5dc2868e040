"""From findings to what follows: determination, reasons, closings, scenarios."""

from asylon.determination.claims import Claim, Facts, Finding, read_facts
from asylon.determination.closings import Closed
from asylon.determination.decisions import Decision, Refused, read_decisions
from asylon.determination.determining import (
    ApplicableLaw,
    Determination,
    Determiner,
)
from asylon.determination.scenarios import Scenario, read_scenarios
from asylon.determination.sentences import Line, Narrator

__all__ = [
    "ApplicableLaw",
    "Claim",
    "Closed",
    "Decision",
    "Determination",
    "Determiner",
    "Facts",
    "Finding",
    "Line",
    "Narrator",
    "Refused",
    "Scenario",
    "read_decisions",
    "read_facts",
    "read_scenarios",
]

"""From findings to what follows: determination, reasons, closings, scenarios."""

from asylon.determination.applicable import ApplicableLaw, Determination
from asylon.determination.claims import Claim, Facts, Finding, read_facts
from asylon.determination.claimsfile import Entry, read_entries
from asylon.determination.closings import Closed
from asylon.determination.decisions import read_decisions
from asylon.determination.determining import Determiner
from asylon.determination.entries import Decision, Refused
from asylon.determination.protections import Examiner, Protection
from asylon.determination.scenarios import Scenario, read_scenarios
from asylon.determination.sentences import Line, Narrator

__all__ = [
    "ApplicableLaw",
    "Claim",
    "Closed",
    "Decision",
    "Determination",
    "Determiner",
    "Entry",
    "Examiner",
    "Facts",
    "Finding",
    "Line",
    "Narrator",
    "Protection",
    "Refused",
    "Scenario",
    "read_decisions",
    "read_entries",
    "read_facts",
    "read_scenarios",
]

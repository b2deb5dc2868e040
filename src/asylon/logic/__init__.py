"""Three-valued logic: formulas that are evaluated, explained, questioned and compiled.

Nothing here knows about refugees. `formulas` says what a formula is and `reading`
reads one; `grounding` spells out its quantifiers over the lists of one claim;
`evaluation` gives its value with reasons; `diagrams` and `questions` say which open
facts still matter; `exactness` and `sql` carry it to other engines; `modules` keeps all of it quick.
"""

from asylon.logic.evaluation import Reason, evaluate, explain, replay
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Entry,
    Fact,
    Formula,
    Named,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.reading import read, write
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWN",
    "All",
    "Any",
    "AtLeast",
    "Constant",
    "Entry",
    "Fact",
    "Formula",
    "Named",
    "Not",
    "Quantified",
    "Reason",
    "Setting",
    "Truth",
    "evaluate",
    "explain",
    "read",
    "replay",
    "write",
]

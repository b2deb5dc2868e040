"""The procedure of a claim as one table: stages, acts, guards, deadlines."""

from asylon.casework.procedure.acting import (
    Taken,
    asks_the_law,
    missing,
    open_to,
    taken,
)
from asylon.casework.procedure.courses import Course, Despite, Standing, Step
from asylon.casework.procedure.readers import procedure, read_procedure
from asylon.casework.procedure.tables import Act, Guard, Outcome, Procedure

__all__ = [
    "Act",
    "Course",
    "Despite",
    "Guard",
    "Outcome",
    "Procedure",
    "Standing",
    "Step",
    "Taken",
    "asks_the_law",
    "missing",
    "open_to",
    "procedure",
    "read_procedure",
    "taken",
]

"""Dates as told, and the days they can mean.

People tell dates by the calendar of the sun or the moon, by their age, by a season, or
by what happened then. The words are kept as told, beside every day they can mean. Where
words can mean two things, both are covered: a date read too narrowly can make a true
account look false.
"""

from asylon.dates.errors import TellError
from asylon.dates.events import Event, read_events
from asylon.dates.problems import problem
from asylon.dates.reading import kept, read, taken_down
from asylon.dates.sentences import noted, said
from asylon.dates.told import RECKONINGS, SOLAR, Told, as_dict, from_dict

__all__ = [
    "RECKONINGS",
    "SOLAR",
    "Event",
    "TellError",
    "Told",
    "as_dict",
    "from_dict",
    "kept",
    "noted",
    "problem",
    "read",
    "read_events",
    "said",
    "taken_down",
]

"""How long there is: deadlines reckoned day by day, so that the reckoning can be shown.

A rule, its days and what stops the time are data. Whatever is not known never makes a
time run out: an open stop, or a year whose holidays nobody has entered, leaves it open.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter

from asylon.identity import Vocabulary
from asylon.identity.vocabulary import tables_of
from asylon.law.errors import DocumentError, UnknownNameError
from asylon.law.jurisdictions import STATES
from asylon.law.tables import Table
from asylon.logic import FALSE, TRUE, UNKNOWN, Truth

DAYS, WEEKS, MONTHS, WORKING_DAYS = "days", "weeks", "months", "working_days"
UNITS = (DAYS, WEEKS, MONTHS, WORKING_DAYS)
SATURDAY = 5
OFF = "nobody_works"
FAR = 2200
"""A stop that ends in such a year ends nowhere that anybody knows."""
A_DAY = timedelta(days=1)


class NoHolidaysError(LookupError):
    """Nobody has entered the holidays of a state for a year."""

    code = "procedure.no-holidays"

    def __init__(self, state: str, year: int) -> None:
        """Say which ones are missing, and what to do."""
        self.state, self.year = state, year
        super().__init__(
            f"The holidays of {state or 'this place'} for {year} are not known, so no day can "
            f"be named. Enter them in holidays.toml; until then no time is over."
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """How long there is for something, by which rule, told on which days."""

    deadline: str
    procedures: frozenset[str]
    state: str
    first: date
    last: date | None
    length: int
    unit: str
    rule: str
    source: str
    read: bool
    note: str = ""

    def governs(self, procedure: str, on: date) -> bool:
        """Whether it is the rule for what was told on a day in a procedure."""
        ended = self.last is not None and self.last < on
        return procedure in self.procedures and self.first <= on and not ended


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops the time: why, from which day on, and up to which one, if it is over."""

    why: str
    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        """Take only a word there is; days that nobody works are nobody's to write."""
        names = {key: e for key, e in _document().stops.items() if key != OFF}
        Vocabulary("what stops a time", names).require(self.why, "why")

    @property
    def is_open(self) -> bool:
        """Whether nobody can say when it ends."""
        return self.until is None or self.until.year >= FAR

    def covers(self, day: date) -> bool:
        """Whether a day is not counted because of it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row of the reckoning that are counted, or are not, and why not."""

    first: date
    last: date
    counted: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A deadline as it was reckoned.

    Attributes:
        rule: the rule.
        begins: the day of the event, which is not counted.
        ends: the last day; None while something stops the time.
        spans: day for day, what was counted and what was not.
    """

    rule: Rule
    begins: date
    ends: date | None
    spans: tuple[Span, ...]

    def is_over(self, on: date) -> Truth:
        """Say whether the time is over on a day; while it stands still it is not."""
        return TRUE if self.ends is not None and on > self.ends else FALSE


def rules() -> tuple[Rule, ...]:
    """List every rule there is."""
    return _document().rules


def is_over(
    rule: Rule | None,
    begins: date | None,
    *,
    state: str,
    on: date,
    stops: Sequence[Stop] = (),
) -> Truth:
    """Say whether a time is over on a day; not known where it cannot be reckoned."""
    if rule is None or begins is None:
        return UNKNOWN
    try:
        return reckoned(rule, begins, state=state, stops=stops).is_over(on)
    except NoHolidaysError:
        return UNKNOWN


def rule_for(deadline: str, procedure: str, state: str, on: date) -> Rule | None:
    """Find the rule that governs what was told on a day: the state's own before others."""
    found = [
        each
        for each in _document().rules
        if each.deadline == deadline
        and each.state in {state, ""}
        and each.governs(procedure, on)
    ]
    return max(found, key=lambda each: (bool(each.state), each.first), default=None)


def reckoned(
    rule: Rule, begins: date, *, state: str, stops: Sequence[Stop] = ()
) -> Reckoning:
    """Reckon a deadline, day by day.

    Args:
        rule: how long there is.
        begins: the day of the event, such as the day on which a decision was told.
        state: whose holidays count.
        stops: what stops the time meanwhile.

    Raises:
        NoHolidaysError: the holidays of a year that matters are not known.
    """
    left, day = _days(rule, begins), begins
    told: list[tuple[date, str]] = []
    while left or told[-1][1]:
        day += A_DAY
        standing = [each for each in stops if each.covers(day)]
        why = standing[0].why if standing else ""
        # A day that nobody works is counted but for working days; no time ends on it.
        if not why and (rule.unit == WORKING_DAYS or left <= 1):
            why = "" if _is_worked(day, state) else OFF
        told.append((day, why))
        if any(each.is_open for each in standing):
            return Reckoning(rule, begins, None, tuple(_spans(told)))
        counts = not why or (why == OFF and rule.unit != WORKING_DAYS)
        left -= bool(left and counts)
    return Reckoning(rule, begins, day, tuple(_spans(told)))


def _days(rule: Rule, begins: date) -> int:
    """Say how many days there are, of those that are counted."""
    if rule.unit == WEEKS:
        return 7 * rule.length
    if rule.unit != MONTHS:
        return rule.length
    months = begins.month - 1 + rule.length
    year, month = begins.year + months // 12, months % 12 + 1
    day = min(begins.day, monthrange(year, month)[1])
    return (date(year, month, day) - begins).days


def _spans(told: Sequence[tuple[date, str]]) -> Iterator[Span]:
    """Put days in a row together that are alike."""
    for why, days in groupby(told, key=itemgetter(1)):
        run = [day for day, _ in days]
        yield Span(run[0], run[-1], 0 if why else len(run), why)


def _is_worked(day: date, state: str) -> bool:
    if day.weekday() >= SATURDAY:
        return False
    try:
        return day not in _document().holidays[state, day.year]
    except KeyError:
        raise NoHolidaysError(state, day.year) from None


@dataclass(frozen=True, slots=True)
class _Document:
    names: Mapping[str, str]
    stops: Mapping[str, str]
    rules: tuple[Rule, ...]
    holidays: Mapping[tuple[str, int], frozenset[date]]


def vocabularies() -> Iterator[Vocabulary]:
    """Go through what deadlines are called, and what stops them."""
    yield Vocabulary("deadline", _document().names)
    yield Vocabulary("what stops a time", _document().stops)


@cache
def _document() -> _Document:
    return read_deadlines(
        tables_of(__package__, "deadlines.toml"),
        tables_of(__package__, "holidays.toml"),
    )


def read_deadlines(rules: Table, holidays: Table) -> _Document:
    """Read and check the rows of rules and of holidays.

    Raises:
        DocumentError: a key is missing or unknown, or a name stands for nothing.
    """
    names = {name: _name(each) for name, each in rules.named_tables("deadline")}
    stops = {name: _name(each) for name, each in rules.named_tables("stop")}
    rows = tuple(_rule(each, names) for each in rules.tables("row"))
    years = dict(map(_year, holidays.tables("year")))
    rules.finish()
    holidays.finish()
    return _Document(names, {**stops, OFF: "nobody works"}, rows, years)


def _name(table: Table) -> str:
    name = table.text("name")
    table.finish()
    return name


def _rule(row: Table, names: Mapping[str, str]) -> Rule:
    rule = Rule(
        deadline=row.text("deadline"),
        procedures=frozenset(row.texts("procedure")),
        state=row.text("state"),
        first=row.day("from"),
        last=row.maybe_day("to"),
        length=row.get("length", int),
        unit=row.text("unit"),
        rule=row.text("rule"),
        source=row.text("source"),
        read=row.get("read", bool),
        note=row.text("note", ""),
    )
    row.finish()
    if rule.deadline not in names:
        raise UnknownNameError(row.where, "deadline", rule.deadline, names)
    if rule.unit not in UNITS:
        raise UnknownNameError(row.where, "unit", rule.unit, UNITS)
    if rule.state and rule.state not in STATES:
        raise DocumentError(row.where, "`state` is no code of a state", "Correct it.")
    if rule.length < 1:
        raise DocumentError(row.where, "`length` is no time", "Write how many.")
    return rule


def _year(row: Table) -> tuple[tuple[str, int], frozenset[date]]:
    state, year = row.text("state"), row.get("year", int)
    days: list[object] = row.get("days", list)
    row.text("source")
    row.get("read", bool)
    row.finish()
    if not all(isinstance(each, date) and each.year == year for each in days):
        raise DocumentError(row.where, "a day is of another year", "Correct it.")
    return (state, year), frozenset(each for each in days if isinstance(each, date))

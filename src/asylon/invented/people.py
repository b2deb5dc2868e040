"""A caseload of invented people, registered as people are: more than once, by many names.

What is given out is files of cases, one for each registration of a household or of a
person who registers again. Apart from them stands what only the maker knows: which
entries are the same person. Shares that the data call rates are counted out, and met to
the unit whatever the seed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

from asylon.casework import File
from asylon.invented.draws import Draws, share
from asylon.invented.entries import Entry, Writer
from asylon.invented.households import Household, Plan, household, kinds, planned

PEOPLE = 550
SEED = 1951

YEAR_SLIP, LUNAR, YEAR_ONLY = SLIPS = ("year_slip", "lunar_month", "year_only")
FALSE_NAME = "false_name"


@dataclass(frozen=True, slots=True)
class Registration:
    """Whom an entry is of, which nobody who registers people is told.

    Attributes:
        reference: of the file.
        person: the name of the person within the file.
        who: the number of the invented person.
        time: how often the person had registered before.
        slips: what was told otherwise this time: of `SLIPS`, and `FALSE_NAME`.
    """

    reference: str
    person: str
    who: int
    time: int
    slips: tuple[str, ...]


class People:
    """So many invented people, and the files of their cases."""

    def __init__(self, people: int = PEOPLE, *, seed: int = SEED) -> None:
        """Take how many people there are, and where to begin drawing."""
        if people < 1:
            message = f"{people} people: a caseload has at least one"
            raise ValueError(message)
        self.people, self.seed = people, seed
        self.data: Mapping[str, Any] = tomllib.loads(
            (files(__package__) / "people.toml").read_text("utf-8")
        )
        self._writer = Writer(seed, self.data)

    def files(self) -> Iterator[File]:
        """Go through the files, in the order of their references."""
        for file, _ in self._registered():
            yield file

    def truth(self) -> Iterator[Registration]:
        """Go through what is so: of whom each entry is."""
        for file, entries in self._registered():
            for person, entry in zip(file.people, entries, strict=True):
                yield Registration(
                    file.reference, person.id, entry.who, entry.time, entry.slips
                )

    @cached_property
    def households(self) -> tuple[Plan, ...]:
        """The households, planned."""
        rows = kinds(self.data["household"])
        return tuple(planned(rows, self.people, self.seed))

    @cached_property
    def repeats(self) -> tuple[tuple[int, int], ...]:
        """Who registers again: the person's number, and how often before."""
        count = share(self.data["rates"]["repeated"], self.people)
        again = self._order(2, self.people)[:count]
        thrice = set(again[: count // 2])
        return tuple(
            (who, time) for who in again for time in ((1, 2) if who in thrice else (1,))
        )

    def _registered(self) -> Iterator[tuple[File, tuple[Entry, ...]]]:
        """Go through all registrations, households and repeats mixed."""
        plans, repeats = self.households, self.repeats
        order = self._order(3, len(plans) + len(repeats))
        for number, place in enumerate(order, 1):
            reference = f"INV-{number:05}"
            if place < len(plans):
                entries = self._first(plans[place])
            else:
                entries = (self._again(place - len(plans)),)
            yield self._writer.file(reference, entries), entries

    def _first(self, plan: Plan) -> tuple[Entry, ...]:
        home = self._household(plan)
        return tuple(
            Entry(home, each, 0, home.registered, each.number not in self._motherless)
            for each in home.beings
        )

    def _again(self, place: int) -> Entry:
        who, time = self.repeats[place]
        home = self._household(self._plan_of[who])
        being = home.beings[who - home.plan.first]
        days = time * self.data["entries"]["again_after"]
        on = home.registered + timedelta(days=1) * days
        has_mother = self.people + place not in self._motherless
        return Entry(home, being, time, on, has_mother, self._slips[place])

    def _household(self, plan: Plan) -> Household:
        return household(plan, self.seed, self.data)

    @cached_property
    def _plan_of(self) -> dict[int, Plan]:
        again = {who for who, _ in self.repeats}
        return {
            number: plan
            for plan in self.households
            for number in range(plan.first, plan.first + plan.size)
            if number in again
        }

    @cached_property
    def _motherless(self) -> frozenset[int]:
        """The entries without the mother's name, first ones before repeats."""
        entries = self.people + len(self.repeats)
        count = share(self.data["rates"]["without_mothers_name"], entries)
        return frozenset(self._order(4, entries)[:count])

    @cached_property
    def _slips(self) -> tuple[tuple[str, ...], ...]:
        """What is told otherwise in each of the repeats."""
        rates, count = self.data["rates"]["in_repeats"], len(self.repeats)
        slips: list[tuple[str, ...]] = [()] * count
        order = iter(self._order(5, count))
        for slip in SLIPS:
            for number in range(share(rates[slip], count)):
                said = (slip, "unsaid") if slip == LUNAR and number % 2 else (slip,)
                slips[next(order)] = said
        for place in self._order(6, count)[: share(rates[FALSE_NAME], count)]:
            slips[place] = (*slips[place], FALSE_NAME)
        return tuple(slips)

    def _order(self, purpose: int, count: int) -> list[int]:
        return Draws(self.seed, purpose).order(count)

"""What an office writes down of an invented person, the first time and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from asylon.casework import (
    ANY,
    CaseClaim,
    Consent,
    File,
    Hold,
    Need,
    Person,
    Speech,
)
from asylon.dates import Told
from asylon.identity import (
    BY_LAW,
    CLAIMED,
    Kinship,
    Name,
    NationalityClaim,
    Place,
    Stay,
)
from asylon.invented import births, naming
from asylon.invented.draws import Draws
from asylon.invented.households import Being, Household
from asylon.invented.naming import WOMAN, Parts

_ONCE = 1_000
"""More registrations than anybody has: it parts the draws of one from the next."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One registration of one being: the how-manieth, and what goes otherwise."""

    home: Household
    being: Being
    time: int
    on: date
    has_mother: bool
    slips: tuple[str, ...] = ()

    @property
    def who(self) -> int:
        """The number of the invented person."""
        return self.being.number

    @property
    def traits(self) -> frozenset[str]:
        """What happened to this person, who is the first adult, or to nobody else."""
        is_first = self.being is self.home.beings[0]
        return self.home.plan.kind.traits if is_first else frozenset()


class Writer:
    """Writes files of cases about entries."""

    def __init__(self, seed: int, data: Mapping[str, Any]) -> None:
        """Take where to begin drawing, and the data of the caseload."""
        self.seed, self.data = seed, data
        self.rules: Mapping[str, Any] = data["entries"]
        self.here: str = self.rules["here"]

    def file(self, reference: str, entries: Sequence[Entry]) -> File:
        """Write one file: who is on it is decided together."""
        ids = {each.who: f"p{place}" for place, each in enumerate(entries, 1)}
        people = tuple(self._person(each, ids) for each in entries)
        on = entries[0].on
        claims = tuple(
            CaseClaim(f"k{ids[each.who][1:]}", ids[each.who], "mandate", self.here, on)
            for each in entries
            if not each.being.is_child or len(entries) == 1
        )
        holds = (self._hold(entries[0], on),)
        return File(reference, people, holds, claims, opened=on)

    def _draws(self, entry: Entry) -> Draws:
        return Draws(self.seed, 7, entry.who * _ONCE + entry.time)

    def _hold(self, entry: Entry, on: date) -> Hold:
        """Place the hold: at the first sign, which may lie days before any file."""
        draws = Draws(self.seed, 8, entry.who * _ONCE + entry.time)
        grounds = self.rules["grounds"]
        ground = draws.weighted(list(grounds), list(grounds.values()))
        if "detained" in entry.traits:
            ground = "report_of_detention"
        begun = on - timedelta(days=1) * draws.whole(0, self.rules["sign_before"])
        return Hold(ANY, begun, ground)

    def _person(self, entry: Entry, ids: Mapping[int, str]) -> Person:
        draws, being = self._draws(entry), entry.being
        origin = entry.home.plan.kind.origin
        given = entry.on if not being.is_child else None
        return Person(
            ids[being.number],
            names=tuple(self._names(entry, draws)),
            born=(self._born(entry, draws),),
            sex=being.sex,
            stays=tuple(self._stays(entry, draws)),
            nationalities=tuple(self._nationalities(entry)),
            feared=() if origin == self.here else (origin,),
            kin=tuple(self._kin(entry, ids, draws)),
            languages=_languages(entry),
            consents=_consents(entry, given),
            needs=tuple(_needs(entry, self.rules["older_from"])),
        )

    def _names(self, entry: Entry, draws: Draws) -> Iterator[Name]:
        """Write the names down; a false one shares no reading with any told before."""
        being = entry.being
        name, hiding = being.name, being.hiding
        if "false_name" in entry.slips:
            name, hiding = self._false(being, draws), None
        kind = "official" if draws.happens(self.rules["official"]) else "used"
        for form in naming.forms(self.data["forms"], draws):
            yield naming.written(name, form, kind, draws)
        if hiding and "in_hiding" in entry.traits:
            form = draws.one(("simplified", "pinyin"))
            yield naming.written(hiding, form, "in_hiding", draws)

    @staticmethod
    def _false(being: Being, draws: Draws) -> Parts:
        true = {being.name.surname, *being.name.given}
        if being.hiding:
            true |= {being.hiding.surname, *being.hiding.given}
        while True:
            name = naming.drawn(being.name.tradition, being.sex, draws)
            if not true & {name.surname, *name.given}:
                return name

    def _born(self, entry: Entry, draws: Draws) -> Told:
        born = entry.being.born
        match entry.slips:
            case ("year_slip", *_):
                return births.year_slip(born, draws)
            case ("lunar_month", *rest):
                return births.lunar(born, draws, is_said="unsaid" not in rest)
            case ("year_only", *_):
                return births.year_only(born, draws)
        if entry.time:
            return births.in_full(born, draws)
        return births.told_first(born, entry.on, draws, self.data)

    def _stays(self, entry: Entry, draws: Draws) -> Iterator[Stay]:
        kind, places = entry.home.plan.kind, self.data["places"]
        born_in = kind.origin
        if entry.being.is_child and kind.children_of:
            born_in = kind.children_of
        yield Stay("born", Place(draws.one(places[born_in]), born_in))
        here = Place(draws.one(places[self.here]), self.here)
        happened = {"detained": "held", "in_hiding": "hid"}
        for trait in sorted(entry.traits & set(happened)):
            yield Stay(happened[trait], here)
        if "returned" in entry.traits:
            yield Stay(
                "returned_to", Place(draws.one(places[kind.origin]), kind.origin)
            )
            yield Stay("crossed", Place(draws.one(places[kind.origin]), kind.origin))
        if kind.origin != self.here:
            yield Stay("lived", Place(draws.one(places[self.here]), self.here))

    def _nationalities(self, entry: Entry) -> Iterator[NationalityClaim]:
        """Claim nationalities: none of a child is copied from a parent's entry."""
        kind = entry.home.plan.kind
        if entry.being.is_child and kind.children_of:
            article = self.data["law"]["child_of_a_citizen"]
            yield NationalityClaim(kind.children_of, BY_LAW, article)
            if "hukou" in kind.traits:
                yield NationalityClaim(kind.children_of, "documented")
            return
        status = "documented" if "documented" in kind.traits else "asserted"
        yield NationalityClaim(kind.nationality or kind.origin, status)

    def _kin(
        self, entry: Entry, ids: Mapping[int, str], draws: Draws
    ) -> Iterator[Kinship]:
        being, beings = entry.being, entry.home.beings
        form = naming.forms(self.data["forms"], draws)[0]
        if entry.has_mother:
            names = (naming.written(being.mother, form, "used", draws),)
            yield Kinship("mother", _parent(being, beings, ids, being.mother), names)
        if draws.happens(self.rules["fathers_name"]):
            names = (naming.written(being.father, form, "used", draws),)
            yield Kinship("father", _parent(being, beings, ids, being.father), names)
        for other in beings:
            if other is not being and other.number in ids and not being.is_child:
                relation = "child" if other.is_child else "spouse"
                yield Kinship(relation, ids[other.number])
        if "sold" in entry.traits:
            buyer = naming.written(entry.home.buyer, "simplified", "used", draws)
            yield Kinship(CLAIMED, names=(buyer,), claimed_by="the man himself")


def _parent(
    being: Being, beings: Sequence[Being], ids: Mapping[int, str], name: Parts
) -> str:
    """Find a child's parent on the same file, if the parent is on it."""
    if being.is_child:
        for other in beings:
            if not other.is_child and other.name is name and other.number in ids:
                return ids[other.number]
    return ""


def _languages(entry: Entry) -> tuple[Speech, ...]:
    """Read which languages somebody speaks, the first language first."""
    kind = entry.home.plan.kind
    spoken = kind.children_speak if entry.being.is_child else kind.speaks
    return tuple(
        Speech(language, dialect, is_first=place == 0)
        for place, each in enumerate(spoken)
        for language, _, dialect in (each.partition(" "),)
    )


def _consents(entry: Entry, given: date | None) -> tuple[Consent, ...]:
    """Record a consent to registration with UNHCR, of adults alone."""
    if given is None:
        return ()
    language = _languages(entry)[0].language
    return (
        Consent(
            "registration",
            "UNHCR",
            language,
            given=given,
            interpreter="an interpreter of UNHCR",
            is_read_back=True,
        ),
    )


def _needs(entry: Entry, older_from: int) -> Iterator[Need]:
    being, home = entry.being, entry.home
    adults = [each for each in home.beings if not each.is_child]
    has_children = len(home.beings) > len(adults)
    wanted = {
        "CR": being.is_child,
        "SP": not being.is_child and has_children and len(adults) == 1,
        "WR": "sold" in entry.traits and being.sex == WOMAN,
        "LP": "detained" in entry.traits or "sold" in entry.traits,
        "TR": "returned" in entry.traits,
        "ER": entry.on.year - being.born.year >= older_from,
    }
    for kind, is_there in wanted.items():
        if is_there:
            yield Need(kind, entry.on)

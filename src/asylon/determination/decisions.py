"""The decisions file: published decisions as flat facts, turned into claims.

The format knows one country of feared return and one flag for any other nationality.
This adapter is the only place that knows it. What the format cannot say (an earlier
recognition, say) is taken as not in issue, and what a decision did not discuss is
marked as assumed: it is never shown as a finding of the court.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asylon.determination.claims import Claim, Finding, Layer, read_truth
from asylon.law import (
    DEFINITION,
    DocumentError,
    LawBook,
    NotInForceError,
    UnknownNameError,
    choose,
    set_for,
)
from asylon.law.tables import Table, parse, refuse_control_characters
from asylon.logic.grounding import MISSING, Entries, Shape
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of

OTHER = "other"
"""The entry for a nationality that the file does not name."""

ORIGIN = "origin"
"""The entry for the country of origin where the file does not say which."""

PLACE = "place"
"""The entry for a place of relocation: the file does not name it."""

_OF_COUNTRY = {
    "outside_country": ("outside",),
    "persecution_severity": ("serious_harm",),
}
_GROUP = "group"
"""A table of facts by which the person belongs to a group; with it the country findings
of the law book answer what the file leaves open."""

_GROUNDS = {
    "race": "for_race",
    "religion": "for_religion",
    "nationality": "for_nationality",
    "particular_social_group": "for_social_group",
    "political_opinion": "for_political_opinion",
}
_OF_PERSON = {
    "art_1c_compelling_reasons": ("compelling_reasons",),
    "art_1d_receiving": ("receives_un_assistance",),
    "art_1d_ceased": ("assistance_ceased",),
    "art_1e_trigger": ("residence_taken_up", "rights_of_nationals"),
    "art_1f_a": ("international_crime", "complicit"),
    "art_1f_b": (
        "serious_crime",
        "non_political_crime",
        "crime_outside_refuge",
        "crime_before_admission",
        "responsible_for_crime",
    ),
    "art_1f_c": ("act_against_un_purposes", "responsible_for_act"),
}
_CESSATION = {
    "1C5": ("reasons_ceased_in_country", "protection_restored"),
    "1C6": (
        "recognised_as_stateless",
        "reasons_ceased_in_residence",
        "able_to_return_to_residence",
    ),
    "1C1": (
        "reavailed_voluntarily",
        "reavailed_intentionally",
        "reavailed_effectively",
    ),
    "1C2": ("nationality_lost", "nationality_reacquired_voluntarily"),
    "1C3": ("new_nationality_acquired", "new_protection_enjoyed"),
    "1C4": ("reestablished_in_country", "reestablished_voluntarily"),
}
_WITH_PROVISO = ("1C5", "1C6")
_NOT_IN_THE_FORMAT = (
    "considered_refugee_earlier",
    "position_settled",
    "excused_international_crime",
    "excused_crime",
    "excused_act",
    "harm_outweighs_crime",
    "crime_paid_for",
)
_NOT_IN_THE_FORMAT_OF_COUNTRY = (
    "acts_to_make_claim",
    "subsequent_claim",
    "could_modify_behaviour",
    "cumulative_harm",
    "exit_penalty_severe",
    "exit_seen_as_disloyal",
    "protection_refused_for_ground",
    "persecutor_is_state",
    "clear_protection_elsewhere",
    "may_return_there",
)
_TAKEN_FOR_GRANTED = ("events_before_1951", "events_in_europe")
_FLAT = (
    *_OF_COUNTRY,
    *_OF_PERSON,
    "well_founded_fear",
    "state_protection_unavailable",
    "ifa_available",
    "other_nationality_effective",
    "stateless",
    "sur_place",
    "material_facts_accepted",
    "art_1c_trigger",
)
_ASKED_BY_POTENTIAL = {
    "effective_and_accessible": (
        "national",
        "acknowledged",
        "admits_and_documents",
        "can_get_there",
    ),
    "national_or_entitled": ("entitled",),
    "counts_if_within_control": ("within_control",),
    "impediment_plus_reasonable_efforts": ("entitled",),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One published decision, as the file has it, with the claim it makes.

    `expected` and `strict` are the results the file gives, if it gives any.
    """

    claim: Claim
    name: str
    turned_on: str
    expected: Truth | None
    strict: Truth | None
    outcome: str
    country: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that could not be read, and why."""

    id: str
    problem: str


def read_decisions(
    text: bytes, where: str, book: LawBook, *, strict: bool = False
) -> Iterator[Decision | Refused]:
    """Read a decisions file, entry by entry; a bad entry does not stop the others.

    Args:
        text: the bytes of the file.
        where: its name, for messages.
        book: the law book.
        strict: take what the decision did not discuss as undetermined.

    Raises:
        DocumentError: the file as a whole is not a decisions file.
    """
    table = Table(parse(text, where), where)
    if DEFINITION not in book.provisions:
        problem = f"decisions are about `{DEFINITION}`, which the law book lacks"
        raise DocumentError(where, problem, "Use a law book that has it.")
    entries = list(table.tables("decision"))
    if not entries:
        problem = "it has no [[decision]]"
        raise DocumentError(where, problem, "See docs/reference/formats.md.")
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        name = f"decision {number}"
        try:
            refuse_control_characters(entry.data, f"{where}, {name}")
        except DocumentError as error:
            yield Refused(name, str(error))
            continue
        name = str(entry.data.get("id", name))
        entry.where = f"{where}, {name}"
        if name in seen:
            problem = "this id stands in the file twice. Give each its own."
            yield Refused(name, f"{entry.where}: {problem}")
            continue
        seen.add(name)
        try:
            yield _Flat(entry, book, strict=strict).decision()
        except NotInForceError as error:
            yield Refused(name, f"{entry.where}: {error}")
        except DocumentError as error:
            yield Refused(name, str(error))


class _Flat:
    """One entry's flat facts, and what they mean in the law book's terms."""

    def __init__(self, entry: Table, book: LawBook, *, strict: bool) -> None:
        self.entry, self.book = entry, book
        self.jurisdiction = entry.text("jurisdiction")
        self.on = self._day(entry.get("year", int))
        self.parameters = self._parameters(entry.table("parameters"))
        found = set_for(book, self.jurisdiction, entry.where)
        chosen = choose(book, found.set, self.on, file=self.parameters)
        self.values = chosen.values
        self.facts = entry.table("facts")
        undiscussed = set(entry.texts("not_discussed"))
        self._check_names(undiscussed)
        self.undiscussed, self.strict = undiscussed, strict
        self.findings: dict[str, Finding] = {}

    def _day(self, year: int) -> date:
        if not date.min.year <= year <= date.max.year:
            problem = f"`year` is {year}"
            raise DocumentError(self.entry.where, problem, "Give a calendar year.")
        return date(year, 12, 31)

    def _parameters(self, table: Table) -> dict[str, str]:
        """Take what the file states as it is: what the law does not model is warned."""
        return {
            name: " ".join(str(value).split()) for name, value in table.data.items()
        }

    def _check_names(self, undiscussed: Iterable[str]) -> None:
        where = self.facts.where
        groups = ("nexus", "national_bars", "complementary", _GROUP)
        grounds = {f"nexus.{name}" for name in _GROUNDS}
        for name in self.facts.data:
            if name not in (*_FLAT, *groups):
                raise UnknownNameError(where, "fact", name, (*_FLAT, *groups))
        for name in self.facts.table("nexus").data:
            if name not in _GROUNDS:
                raise UnknownNameError(where, "ground", name, _GROUNDS)
        texts = self.book.country_texts
        known = {name for text in texts for name in text.elements}
        for name in self.facts.table(_GROUP).data:
            if name not in known:
                raise UnknownNameError(where, "fact of a group", name, known)
        for name in undiscussed:
            if name not in {*_FLAT, *groups, *grounds} and "." not in name:
                raise UnknownNameError(where, "fact", name, (*_FLAT, *grounds))

    def truth(self, name: str) -> Truth:
        """Give a flat fact, unknown where it was not discussed and that counts."""
        group, _, ground = name.rpartition(".")
        table = self.facts.table(group) if group else self.facts
        value = read_truth(
            table.data.get(ground, "unknown"), f"{table.where}, {ground}"
        )
        return UNKNOWN if self.strict and name in self.undiscussed else value

    def find(self, path: str, names: Iterable[str], flat: str) -> None:
        """Record a flat fact as the findings it stands for."""
        layer: Layer = "assumed" if flat in self.undiscussed else "officer"
        self.record(path, names, self.truth(flat), layer)

    def record(
        self, path: str, names: Iterable[str], value: Truth, layer: Layer = "assumed"
    ) -> None:
        """Record findings, made under the settings of the decision itself."""
        for name in names:
            element = self.book.elements.get(name)
            if element is None:
                where = self.entry.where
                raise UnknownNameError(where, "element", name, self.book.elements)
            under = {each: self.values[each] for each in element.under}
            self.findings[path + name] = Finding(value, under, layer)

    def decision(self) -> Decision:
        """Turn the entry into a claim."""
        entry = self.entry
        country = entry.text("country_of_origin", "") or ORIGIN
        if "." in country:
            problem = f"`country_of_origin` is {country}"
            raise DocumentError(entry.where, problem, "Give a code such as PRK.")
        shape = self._lists(country)
        self._person()
        claim = Claim(
            id=entry.text("id"),
            findings=self.findings,
            shape=shape,
            on=self.on,
            jurisdiction=self.jurisdiction,
            parameters=self.parameters,
            bars=self._group("national_bars"),
            complementary=self._group("complementary"),
            recorded={"material_facts_accepted": self.truth("material_facts_accepted")},
            title=entry.text("name", ""),
            indicators=self._indicators(),
            as_decided=_GROUP not in self.facts.data,
        )
        return Decision(
            claim=claim,
            name=entry.text("name", ""),
            turned_on=entry.text("turned_on", ""),
            expected=self._result("expected_definition_result"),
            strict=self._result("strict_result"),
            outcome=entry.text("outcome", ""),
            country=country,
        )

    def _result(self, key: str) -> Truth | None:
        if key not in self.entry.data:
            return None
        return read_truth(self.entry.data[key], f"{self.entry.where}, {key}")

    def _group(self, name: str) -> Mapping[str, Truth]:
        table = self.facts.table(name)
        return {
            key: read_truth(value, f"{table.where}, {key}")
            for key, value in table.data.items()
        }

    def _indicators(self) -> frozenset[str]:
        """A nationality that the decision discussed was raised: nothing closes it."""
        name = "other_nationality_effective"
        raised = name not in self.entry.texts("not_discussed")
        return frozenset(
            {f"second-nationality-not-shown nationalities.{OTHER}"} if raised else ()
        )

    def _lists(self, country: str) -> Shape:
        stateless = self.truth("stateless")
        other = self.truth("other_nationality_effective")
        nationalities: list[tuple[str, Shape]] = []
        residences: list[tuple[str, Shape]] = []
        if stateless is not TRUE:
            path = f"nationalities.{country}."
            self.record(path, ["national"], stateless.opposite, "officer")
            nationalities.append((country, self._country(path)))
        if stateless is not FALSE:
            path = f"former_residences.{country}."
            self.record(path, ["formerly_resident", "last_residence"], TRUE, "officer")
            residences.append((country, self._country(path)))
        if other is not FALSE:
            nationalities.append((OTHER, self._other()))
        return Shape(
            (
                ("nationalities", self._complete("nationalities", nationalities)),
                ("former_residences", self._complete("former_residences", residences)),
            )
        )

    def _complete(self, path: str, members: list[tuple[str, Shape]]) -> Entries:
        self.findings[f"{path}.{MISSING}"] = Finding(FALSE, layer="assumed")
        return Entries(tuple(members), may_grow=False)

    def _country(self, path: str) -> Shape:
        for flat, names in _OF_COUNTRY.items():
            self.find(path, names, flat)
        for ground, name in _GROUNDS.items():
            self.find(path, [name], f"nexus.{ground}")
        self._fear(path)
        unable = "unable_to_return", "unwilling_to_return_from_fear"
        if path.startswith("nationalities"):
            unable = "unable_to_use_protection", "unwilling_from_fear"
        self.find(path, unable[:1], "state_protection_unavailable")
        self.record(path, unable[1:], FALSE)
        self.record(path, _NOT_IN_THE_FORMAT_OF_COUNTRY, FALSE)
        if _GROUP in self.facts.data:
            self._leave_to_country_findings(path)
        return self._relocation(path)

    def _leave_to_country_findings(self, path: str) -> None:
        """Record the facts of groups, and take nothing as given that findings answer."""
        for name in self.facts.table(_GROUP).data:
            self.record(path, [name], self.truth(f"{_GROUP}.{name}"), "officer")
        for text in self.book.countries.get(path.split(".")[1], ()):
            for finding in text.findings:
                for name in set(finding.answers) & {*_NOT_IN_THE_FORMAT_OF_COUNTRY}:
                    self.findings.pop(path + name, None)

    def _fear(self, path: str) -> None:
        """Put the risk where it arises: since departure, if the claim is sur place."""
        self.find(path, ["fears_return"], "well_founded_fear")
        risks = ["risk_at_departure", "risk_since_departure"]
        if self.truth("sur_place") is TRUE:
            risks.reverse()
        self.find(path, risks[:1], "well_founded_fear")
        self.record(path, risks[1:], FALSE)

    def _relocation(self, path: str) -> Shape:
        places: list[tuple[str, Shape]] = []
        if self.truth("ifa_available") is not FALSE:
            names = "place_named", "place_reachable", "place_safe", "place_reasonable"
            self.find(f"{path}relocation_places.{PLACE}.", names, "ifa_available")
            places.append((PLACE, Shape()))
        entries = self._complete(f"{path}relocation_places", places)
        return Shape((("relocation_places", entries),))

    def _other(self) -> Shape:
        """Record all that the set in force asks of another nationality, and only that."""
        path = f"nationalities.{OTHER}."
        asked = _ASKED_BY_POTENTIAL.get(self.values["potential_nationality"])
        self.find(path, asked or ("national",), "other_nationality_effective")
        nothing = "fears_return", "valid_reason", "significant_impediment"
        self.record(path, nothing, FALSE)
        entries = self._complete(f"{path}relocation_places", [])
        return Shape((("relocation_places", entries),))

    def _person(self) -> None:
        for flat, names in _OF_PERSON.items():
            self.find("", names, flat)
        self.record("", _NOT_IN_THE_FORMAT, FALSE)
        self.record("", _TAKEN_FOR_GRANTED, TRUE)
        self._cessation()

    def _cessation(self) -> None:
        """Put the trigger in the clause in issue; it stands for 1C(5) or (6) by default.

        Compelling reasons that the file finds, or leaves open, are those that count,
        also where the law would give the clause no proviso or keep it to refugees under
        1A(1): the file cannot say more, and the reading that protects is taken.
        """
        clause = self.entry.text("art_1c_clause", "").upper()
        clause = clause.replace("(", "").replace(")", "")
        if clause not in _CESSATION:
            clause = "1C6" if self.truth("stateless") is TRUE else "1C5"
        for each, names in _CESSATION.items():
            if each != clause:
                self.record("", names, FALSE)
        self.find("", _CESSATION[clause], "art_1c_trigger")
        for_all = self.values["compelling_reasons_scope"] == "all_refugees"
        if clause not in _WITH_PROVISO or not for_all:
            compelling = self.truth("art_1c_compelling_reasons")
            ceased = all_of([self.truth("art_1c_trigger"), compelling.opposite])
            self.record("", _CESSATION[clause], ceased, "officer")

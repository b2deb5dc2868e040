"""Flat facts: what one entry of a decisions file means in the law book's terms.

The format knows one country of feared return and one flag for any other nationality.
This adapter is the only place that knows it. What the format cannot say (an earlier
recognition, say) is taken as not in issue, and what a decision did not discuss is
marked as assumed: it is never shown as a finding of the court.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from asylon.determination.claims import Claim, Finding, Layer, read_truth
from asylon.determination.entries import Decision
from asylon.determination.flat_names import (
    ASKED_BY_POTENTIAL,
    CESSATION,
    FLAT,
    GROUNDS,
    GROUP,
    NOT_IN_THE_FORMAT,
    NOT_IN_THE_FORMAT_OF_COUNTRY,
    OF_COUNTRY,
    OF_PERSON,
    ORIGIN,
    OTHER,
    PLACE,
    TAKEN_FOR_GRANTED,
    WITH_PROVISO,
)
from asylon.law import (
    DocumentError,
    LawBook,
    UnknownNameError,
    choose,
    set_for,
)
from asylon.law.tables import Table
from asylon.logic.grounding import MISSING, Entries, Shape
from asylon.logic.truth import FALSE, TRUE, UNKNOWN, Truth, all_of


class FlatFacts:
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
        groups = ("nexus", "national_bars", "complementary", GROUP)
        grounds = {f"nexus.{name}" for name in GROUNDS}
        for name in self.facts.data:
            if name not in (*FLAT, *groups):
                raise UnknownNameError(where, "fact", name, (*FLAT, *groups))
        for name in self.facts.table("nexus").data:
            if name not in GROUNDS:
                raise UnknownNameError(where, "ground", name, GROUNDS)
        texts = self.book.country_texts
        known = {name for text in texts for name in text.elements}
        for name in self.facts.table(GROUP).data:
            if name not in known:
                raise UnknownNameError(where, "fact of a group", name, known)
        for name in undiscussed:
            if name not in {*FLAT, *groups, *grounds} and "." not in name:
                raise UnknownNameError(where, "fact", name, (*FLAT, *grounds))

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
            as_decided=GROUP not in self.facts.data,
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
        for flat, names in OF_COUNTRY.items():
            self.find(path, names, flat)
        for ground, name in GROUNDS.items():
            self.find(path, [name], f"nexus.{ground}")
        self._fear(path)
        unable = "unable_to_return", "unwilling_to_return_from_fear"
        if path.startswith("nationalities"):
            unable = "unable_to_use_protection", "unwilling_from_fear"
        self.find(path, unable[:1], "state_protection_unavailable")
        self.record(path, unable[1:], FALSE)
        self.record(path, NOT_IN_THE_FORMAT_OF_COUNTRY, FALSE)
        if GROUP in self.facts.data:
            self._leave_to_country_findings(path)
        return self._relocation(path)

    def _leave_to_country_findings(self, path: str) -> None:
        """Record the facts of groups, and take nothing as given that findings answer."""
        for name in self.facts.table(GROUP).data:
            self.record(path, [name], self.truth(f"{GROUP}.{name}"), "officer")
        for text in self.book.countries.get(path.split(".")[1], ()):
            for finding in text.findings:
                for name in set(finding.answers) & {*NOT_IN_THE_FORMAT_OF_COUNTRY}:
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
        asked = ASKED_BY_POTENTIAL.get(self.values["potential_nationality"])
        self.find(path, asked or ("national",), "other_nationality_effective")
        nothing = "fears_return", "valid_reason", "significant_impediment"
        self.record(path, nothing, FALSE)
        entries = self._complete(f"{path}relocation_places", [])
        return Shape((("relocation_places", entries),))

    def _person(self) -> None:
        for flat, names in OF_PERSON.items():
            self.find("", names, flat)
        self.record("", NOT_IN_THE_FORMAT, FALSE)
        self.record("", TAKEN_FOR_GRANTED, TRUE)
        self._cessation()

    def _cessation(self) -> None:
        """Put the trigger in the clause in issue; it stands for 1C(5) or (6) by default.

        Compelling reasons that the file finds, or leaves open, are those that count,
        also where the law would give the clause no proviso or keep it to refugees under
        1A(1): the file cannot say more, and the reading that protects is taken.
        """
        clause = self.entry.text("art_1c_clause", "").upper()
        clause = clause.replace("(", "").replace(")", "")
        if clause not in CESSATION:
            clause = "1C6" if self.truth("stateless") is TRUE else "1C5"
        for each, names in CESSATION.items():
            if each != clause:
                self.record("", names, FALSE)
        self.find("", CESSATION[clause], "art_1c_trigger")
        for_all = self.values["compelling_reasons_scope"] == "all_refugees"
        if clause not in WITH_PROVISO or not for_all:
            compelling = self.truth("art_1c_compelling_reasons")
            ceased = all_of([self.truth("art_1c_trigger"), compelling.opposite])
            self.record("", CESSATION[clause], ceased, "officer")

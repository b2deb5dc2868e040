"""The decisions file: its own rule, restated here, against the law book."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon import instruments
from asylon.determination import Determiner, read_decisions
from asylon.logic.truth import TRUE, UNKNOWN, Truth, all_of, any_of

BOOK = instruments.book()
DETERMINER = Determiner(BOOK)

GROUNDS = (
    "race",
    "religion",
    "nationality",
    "particular_social_group",
    "political_opinion",
)
FACTS = (
    "outside_country", "well_founded_fear", "persecution_severity",
    "state_protection_unavailable", "ifa_available", "other_nationality_effective",
    "stateless", "sur_place", "material_facts_accepted", "art_1c_trigger",
    "art_1c_compelling_reasons", "art_1d_receiving", "art_1d_ceased",
    "art_1e_trigger", "art_1f_a", "art_1f_b", "art_1f_c",
)  # fmt: skip
NAMES = (*FACTS, *(f"nexus.{ground}" for ground in GROUNDS))
STATED = {
    "several_nationalities": ("all_countries", "any_country", "application_bar"),
    "potential_nationality": tuple(BOOK.parameters["potential_nationality"].values),
    "compelling_reasons_scope": ("1A1_only", "all_refugees"),
    "stateless_former_residences": tuple(
        BOOK.parameters["stateless_former_residences"].values
    ),
    "sur_place_bad_faith": ("no_bar", "disregard"),
    "geographic_limit": ("none", "europe"),
    "art_1d": ("ipso_facto_on_involuntary_departure", "only_when_the_body_ends"),
}

truths = st.sampled_from(("true", "false", '"unknown"'))
entries = st.fixed_dictionaries(
    {
        "facts": st.fixed_dictionaries(dict.fromkeys(NAMES, truths)),
        "bar": st.sampled_from((None, "true", "false", '"unknown"')),
        "not_discussed": st.sets(st.sampled_from(NAMES)),
        "clause": st.sampled_from(("", "1C1", "1C3", "1C5", "1C6", "1C(5)")),
        "jurisdiction": st.sampled_from(
            ("GBR", "CAN", "USA", "AUS", "EU", "KOR", "DEU", "NZL", "TUR")
        ),
        "year": st.integers(1954, 2030),
        "parameters": st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(each) for name, each in STATED.items()}
        ),
    }
)


def as_toml(entry: dict) -> bytes:
    facts = entry["facts"]
    lines = ["[[decision]]", 'id = "X"', 'country_of_origin = "PRK"']
    lines += [f'jurisdiction = "{entry["jurisdiction"]}"', f"year = {entry['year']}"]
    lines += [f'art_1c_clause = "{entry["clause"]}"']
    lines += [f"not_discussed = {sorted(entry['not_discussed'])}"]
    lines += ["[decision.parameters]"]
    lines += [f'{name} = "{value}"' for name, value in entry["parameters"].items()]
    lines += ["[decision.facts]", *(f"{name} = {facts[name]}" for name in NAMES)]
    lines += [f"national_bars.bar = {entry['bar']}"] * (entry["bar"] is not None)
    return "\n".join(lines).encode()


def by_the_files_own_rule(entry: dict, *, strict: bool) -> Truth:
    def fact(name: str) -> Truth:
        if strict and name in entry["not_discussed"]:
            return UNKNOWN
        return Truth(entry["facts"][name].strip('"'))

    other = fact("other_nationality_effective")
    any_country = entry["parameters"].get("several_nationalities") == "any_country"
    receiving, ceased = fact("art_1d_receiving"), fact("art_1d_ceased")
    defined = all_of(
        [
            fact("outside_country"),
            fact("well_founded_fear"),
            fact("persecution_severity"),
            any_of(fact(f"nexus.{ground}") for ground in GROUNDS),
            fact("state_protection_unavailable"),
            fact("ifa_available").opposite,
            TRUE if any_country else other.opposite,
        ]
    )
    bars = [fact("art_1e_trigger"), *(fact(f"art_1f_{limb}") for limb in "abc")]
    compelling = fact("art_1c_compelling_reasons")
    bars += [all_of([fact("art_1c_trigger"), compelling.opposite])]
    bars += [Truth((entry["bar"] or "false").strip('"'))]
    bars += [all_of([receiving, ceased.opposite])]
    included = any_of([defined, all_of([receiving, ceased])])
    return all_of([included, any_of(bars).opposite])


@pytest.mark.parametrize("strict", [False, True])
@given(entry=entries)
def test_any_entry_agrees_with_the_rule_the_file_states(entry, strict):
    (decision,) = read_decisions(as_toml(entry), "x.toml", BOOK, strict=strict)

    found = DETERMINER.determine(decision.claim)

    assert found.outcome is by_the_files_own_rule(entry, strict=strict)

"""What the flat facts of a decisions file stand for, in the law book's own names."""

from __future__ import annotations

OTHER = "other"
"""The entry for a nationality that the file does not name."""

ORIGIN = "origin"
"""The entry for the country of origin where the file does not say which."""

PLACE = "place"
"""The entry for a place of relocation: the file does not name it."""

OF_COUNTRY = {
    "outside_country": ("outside",),
    "persecution_severity": ("serious_harm",),
}
GROUP = "group"
"""A table of facts by which the person belongs to a group; with it the country findings
of the law book answer what the file leaves open."""

GROUNDS = {
    "race": "for_race",
    "religion": "for_religion",
    "nationality": "for_nationality",
    "particular_social_group": "for_social_group",
    "political_opinion": "for_political_opinion",
}
OF_PERSON = {
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
CESSATION = {
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
WITH_PROVISO = ("1C5", "1C6")
NOT_IN_THE_FORMAT = (
    "considered_refugee_earlier",
    "position_settled",
    "excused_international_crime",
    "excused_crime",
    "excused_act",
    "harm_outweighs_crime",
    "crime_paid_for",
)
NOT_IN_THE_FORMAT_OF_COUNTRY = (
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
TAKEN_FOR_GRANTED = ("events_before_1951", "events_in_europe")
FLAT = (
    *OF_COUNTRY,
    *OF_PERSON,
    "well_founded_fear",
    "state_protection_unavailable",
    "ifa_available",
    "other_nationality_effective",
    "stateless",
    "sur_place",
    "material_facts_accepted",
    "art_1c_trigger",
)
ASKED_BY_POTENTIAL = {
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

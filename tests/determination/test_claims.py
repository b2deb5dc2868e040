"""Facts as a file tells them, and what is refused of them."""

import pytest

from asylon.determination import read_facts
from asylon.determination.claims import COMPLETE, MOST_ENTRIES, read_truth
from asylon.law import DocumentError
from asylon.law.tables import Table, parse
from asylon.logic.grounding import MISSING
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from tests.islands import island_law
from tests.shipped import BOOK

ISLANDS = island_law()


def told(text, book=ISLANDS):
    return read_facts(Table(parse(text.encode(), "x.toml"), "x.toml"), book)


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", TRUE), ("false", FALSE), ('"unknown"', UNKNOWN), ('"true"', TRUE)],
)
def test_a_finding_is_one_of_three(word, value):
    facts = told(f"cannot_return = {word}")

    assert facts.findings["cannot_return"].value is value


def test_a_finding_without_more_is_an_officers():
    finding = told("cannot_return = true").findings["cannot_return"]

    assert (finding.layer, finding.under) == ("officer", {})


def test_a_finding_may_say_its_layer_and_its_test():
    facts = told(
        "islands.Tern.drought = "
        '{ found = true, under = { drought_test = "one_dry_year" }, layer = "country" }'
    )

    finding = facts.findings["islands.Tern.drought"]
    assert finding.value is TRUE
    assert finding.under == {"drought_test": "one_dry_year"}
    assert finding.layer == "country"


def test_an_entry_of_a_list_is_part_of_the_path():
    facts = told("islands.Tern.left = true\nislands.Skua.left = false")

    ((name, entries),) = facts.shape.lists
    assert name == "islands"
    assert [member for member, _ in entries.members] == ["Tern", "Skua"]
    assert set(facts.findings) == {"islands.Tern.left", "islands.Skua.left"}


def test_lists_stand_within_entries_of_lists():
    facts = told("nationalities.PRK.relocation_places.Hamhung.place_safe = true", BOOK)

    assert set(facts.findings) == {
        "nationalities.PRK.relocation_places.Hamhung.place_safe"
    }


@pytest.mark.parametrize("word", ["false", '"unknown"', None])
def test_a_list_may_grow_until_it_is_known_to_be_complete(word):
    line = f"islands.{COMPLETE} = {word}\n" if word else ""

    facts = told(f"{line}islands.Tern.left = true")

    ((_, entries),) = facts.shape.lists
    assert entries.may_grow
    assert f"islands.{MISSING}" not in facts.findings


def test_a_complete_list_lacks_nobody():
    facts = told("islands.complete = true")

    ((_, entries),) = facts.shape.lists
    assert not entries.may_grow
    assert facts.findings[f"islands.{MISSING}"].value is FALSE


def test_what_has_no_effect_is_kept_as_told():
    facts = told("label_economic_migrant = true", BOOK)

    assert facts.recorded == {"label_economic_migrant": TRUE}
    assert not facts.findings


REFUSED = {
    "cannot_retrun = true": (
        "x.toml: there is no fact `cannot_retrun`. Did you mean `cannot_return`?"
    ),
    "left = true": (
        "x.toml: there is no fact `left`. There is `cannot_return`, `islands`, "
        "`meant_to`, `poisoned_well`, `salt_before`."
    ),
    "islands.Tern.cannot_return = true": (
        "x.toml, islands, Tern: there is no fact `cannot_return`. There is `drought`, "
        "`left`, `lived_there`."
    ),
    "island.Tern.left = true": (
        "x.toml: there is no fact `island`. Did you mean `islands`?"
    ),
    "islands = true": "x.toml: `islands` should be a table, not True. Correct it.",
    "islands.Tern = true": (
        "x.toml, islands: `Tern` should be a table, not True. Correct it."
    ),
    'islands.complete = "yes"': (
        "x.toml, islands: a finding is true, false or \"unknown\", not 'yes'. Correct "
        "it; leave it out if nothing was found."
    ),
    'islands."Tern.North".left = true': (
        "x.toml, islands: an entry cannot be called `Tern.North`. Choose another name, without a dot."
    ),
    'islands."?".left = true': (
        "x.toml, islands: an entry cannot be called `?`. Choose another name, without a dot."
    ),
    'cannot_return = "maybe"': (
        "x.toml, cannot_return: a finding is true, false or \"unknown\", not 'maybe'. "
        "Correct it; leave it out if nothing was found."
    ),
    "cannot_return = 1": (
        'x.toml, cannot_return: a finding is true, false or "unknown", not 1. Correct '
        "it; leave it out if nothing was found."
    ),
    "cannot_return = [true]": (
        'x.toml, cannot_return: a finding is true, false or "unknown", not [True]. '
        "Correct it; leave it out if nothing was found."
    ),
    "cannot_return = { under = {} }": (
        "x.toml, cannot_return: `found` is missing. Add it."
    ),
    'cannot_return = { found = "perhaps" }': (
        "x.toml, cannot_return: a finding is true, false or \"unknown\", not 'perhaps'. "
        "Correct it; leave it out if nothing was found."
    ),
    'cannot_return = { found = true, layer = "rumour" }': (
        "x.toml, cannot_return: there is no layer `rumour`. There is `assumed`, "
        "`country`, `officer`, `presumption`."
    ),
    "cannot_return = { found = true, by = 'a judge' }": (
        "x.toml, cannot_return: there is no key `by`. There is `found`, `layer`, "
        "`under`."
    ),
    'cannot_return = { found = true, under = { drought = "long" } }': (
        "x.toml, cannot_return: there is no parameter `drought`. Did you mean "
        "`drought_test`?"
    ),
    'cannot_return = { found = true, under = { salt_wells = "spare" } }': (
        "x.toml, cannot_return: there is no value `spare`. Did you mean `spared`?"
    ),
    "\n".join(f"islands.I{at}.left = true" for at in range(MOST_ENTRIES + 1)): (
        f"x.toml, islands: {MOST_ENTRIES + 1} entries on one list. At most "
        f"{MOST_ENTRIES} can be looked at together."
    ),
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text.partition("\n")[0])
def test_what_the_law_book_does_not_ask_is_refused(text):
    with pytest.raises(DocumentError) as caught:
        told(text)

    assert str(caught.value) == REFUSED[text]


def test_so_many_entries_as_can_be_looked_at_are_read():
    lines = (f"islands.I{at}.left = true" for at in range(MOST_ENTRIES))

    facts = told("\n".join(lines))

    ((_, entries),) = facts.shape.lists
    assert len(entries.members) == MOST_ENTRIES


@pytest.mark.parametrize("value", [None, 0, 1.0, "TRUE", "", "wahr", {}, []])
def test_nothing_else_is_a_truth(value):
    with pytest.raises(DocumentError):
        read_truth(value, "x.toml")

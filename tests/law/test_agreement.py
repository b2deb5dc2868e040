from datetime import date, timedelta
from hashlib import sha256

import pytest

from asylon.law.agreement import Folder
from asylon.security import fingerprint
from tests.agreements import (
    BOTH,
    DRAFTED,
    FIRST,
    SIGNED,
    STRAIT,
    World,
    document,
    key_of,
    register,
    signature,
)

DAY = timedelta(days=1)


def agreed():
    world = World()
    world.agree("act", *BOTH)
    return world


def with_law(**changed):
    """Agree on law that differs from what ships, pinned and signed as it is."""
    law = {name.replace("_", "-") + ".toml": text for name, text in changed.items()}
    world = World(law)
    world.agree("act", *BOTH)
    return world


def changed(name, old, new):
    text = document(name)
    assert old in text
    return {name: text.replace(old, new)}


def test_a_joint_set_is_in_force_from_its_first_day_by_both_keys():
    found = agreed().review()

    assert found.in_force("strait", FIRST).name == "act"
    assert found.in_force("strait", FIRST - DAY) is None
    assert not found.is_altered


@pytest.mark.parametrize(
    "signers", [(), ("unhcr",), ("strait-office",), ("unhcr", "lagoon-office")]
)
def test_a_joint_set_lacks_a_key_until_unhcr_and_the_authority_have_signed(signers):
    world = World()
    world.agree("act", *signers)

    assert set(world.codes()) == {"lacks-key"}


def test_a_national_set_needs_only_its_authority_and_not_another():
    world = World()
    world.agree("ours", "strait-office", set="atoll")
    world.agree("theirs", "unhcr", set="atoll")

    assert world.codes("ours") == []
    assert world.codes("theirs") == ["lacks-key"]


def test_the_mandate_needs_only_the_key_of_unhcr():
    world = World()
    world.agree("act", "unhcr", set="unhcr")
    world.agree("other", "strait-office", set="unhcr")

    assert world.codes() == []
    assert world.codes("other") == ["lacks-key"]


def test_people_do_not_sign_a_set_for_their_organisation():
    world = World()
    world.agree("act", "anna", "cai")

    assert set(world.codes()) == {"lacks-key"}


def test_two_bodies_of_one_side_are_one_party_that_signed_twice():
    world = World()
    world.agree("act", *BOTH, "unhcr-field")

    assert world.codes() == ["signed-twice"]


def test_a_copied_signature_under_another_name_is_misplaced():
    world = agreed()
    world.signatures["act.lagoon-office"] = world.signatures["act.unhcr"]

    assert world.codes() == ["signature-misplaced"]


def test_a_signature_by_the_key_of_another_is_by_a_key_unknown():
    world = agreed()
    forged = signature(world.acts["act"], "unhcr", key=key_of("strait-office"))
    world.signatures["act.unhcr"] = forged

    assert "key-unknown" in world.codes()


def test_the_day_of_a_signature_cannot_be_moved():
    world = agreed()
    moved = world.signatures["act.unhcr"].replace(b"2026-11-24", b"2026-11-25")
    world.signatures["act.unhcr"] = moved

    assert "signature-wrong" in world.codes()


def test_a_signature_for_another_act_is_wrong():
    world = agreed()
    world.agree("other", *BOTH, first=FIRST + DAY)
    world.signatures["act.unhcr"] = world.signatures["other.unhcr"]

    assert "signature-wrong" in world.codes()


def test_a_signature_that_names_another_act_is_wrong_though_it_fits():
    world = agreed()
    digest = sha256(world.acts["act"]).hexdigest().encode()
    named = world.signatures["act.unhcr"].replace(digest, b"0" * 64)
    world.signatures["act.unhcr"] = named

    assert world.codes()[0] == "signature-wrong"


def test_an_altered_act_is_signed_by_nobody():
    world = agreed()
    world.acts["act"] = world.acts["act"].replace(b"2027-01-01", b"2027-01-02")

    assert "signature-wrong" in world.codes()
    assert world.review().is_altered


@pytest.mark.parametrize("more", [b"\n", b"# seen\n", b" "])
def test_a_signature_has_one_form_only(more):
    world = agreed()
    world.signatures["act.unhcr"] += more

    assert "signature-unreadable" in world.codes()


def test_a_key_signs_neither_before_its_first_day_nor_after_its_last():
    early = World(register=register(first="2026-11-25"))
    late = World(register=register(last="2026-11-23"))
    for world in (early, late):
        world.agree("act", *BOTH)

    assert "key-not-valid" in early.codes()
    assert "key-not-valid" in late.codes()


def test_nobody_signs_before_there_is_a_draft():
    world = World()
    world.agree("act", *BOTH, on=DRAFTED - DAY)

    assert "dates" in world.codes()


def test_an_act_that_begins_before_it_was_signed_is_backdated():
    world = World()
    world.agree("act", *BOTH, first=SIGNED - DAY)

    assert world.codes() == ["backdated"]


def test_an_act_may_begin_on_the_day_on_which_it_is_signed():
    world = World()
    world.agree("act", *BOTH, first=SIGNED)

    assert world.codes() == []


def test_an_altered_document_is_named():
    world = agreed()
    world.law = changed("reef.toml", "The Reef", "The Shoal")
    (why,) = world.review().standings[0].refusals

    assert why.code == "law.agreement.document-altered"
    assert "reef.toml" in why.text


def test_a_missing_document_is_named():
    world = agreed()
    world.law = {"fisher.toml": "", "reef.toml": ""}
    (why,) = world.review().standings[0].refusals

    assert why.code == "law.agreement.document-missing"
    assert "reef.toml" in why.text


def test_scenarios_and_starting_claims_are_not_pinned():
    world = agreed()
    world.law = {"fisher.toml": ""} | changed(
        "islands.scenarios.toml", "[[scenario]]", "# seen\n[[scenario]]"
    )

    assert world.codes() == []


def test_a_document_kept_beside_the_acts_is_as_good_as_one_in_use():
    world = agreed()
    world.archive = [document("reef.toml").encode()]
    world.law = changed("reef.toml", "The Reef", "The Shoal")

    assert world.codes() == []


def test_a_renamed_document_is_not_the_one_that_was_signed():
    world = agreed()
    world.law = {"reef.toml": "", "shoal.toml": document("reef.toml")}

    assert world.codes() == ["document-missing"]


def test_an_unknown_set_is_refused():
    world = World()
    world.agree("act", *BOTH, set="straits")

    assert world.codes() == ["unknown-name"]


@pytest.mark.parametrize(
    ("old", "new"), [("drought_test", "draught_test"), ("one_dry_year", "one_wet_year")]
)
def test_an_unknown_parameter_or_value_is_refused(old, new):
    text = STRAIT.replace(old, new)
    world = World()
    world.agree("act", *BOTH, pins={"strait.toml": sha256(text.encode()).hexdigest()})
    world.law = {"strait.toml": text}

    assert world.codes() == ["unknown-name"]


def test_a_setting_that_begins_after_the_act_leaves_days_without_a_rule():
    text = STRAIT.replace("from = 2020-01-01", "from = 2027-02-01")

    assert with_law(strait=text).codes() == ["day-without-rule"]


def test_a_provision_with_a_gap_leaves_days_without_a_rule():
    ended = changed(
        "article-4.toml",
        "in_force = { from = 1994-06-01",
        "in_force = { from = 1994-06-01, to = 2027-05-31",
    )
    successor = document("article-4.toml").replace("1994-06-01", "2027-07-01")
    world = World(ended | {"article-4.2027.toml": successor})
    world.agree("act", *BOTH)

    assert "day-without-rule" in world.codes()


def test_a_successor_without_a_gap_is_no_fault():
    ended = changed(
        "article-4.toml",
        "in_force = { from = 1994-06-01",
        "in_force = { from = 1994-06-01, to = 2027-05-31",
    )
    successor = document("article-4.toml").replace("1994-06-01", "2027-06-01")
    world = World(ended | {"article-4.2027.toml": successor})
    world.agree("act", *BOTH)

    assert world.codes() == []


def test_an_act_contradicts_one_in_force_that_it_does_not_supersede():
    world = agreed()
    world.agree("later", *BOTH, on=SIGNED + DAY, first=FIRST + 30 * DAY)
    world.agree("national", "strait-office", on=SIGNED + DAY, set="atoll")

    assert world.codes() == []
    assert world.codes("later") == ["contradicts"]
    assert world.codes("national") == ["contradicts"]


def test_acts_of_one_day_that_contradict_one_another_have_no_force():
    world = agreed()
    world.agree("twin", *BOTH, drafted_on=DRAFTED + DAY)

    assert world.codes() == world.codes("twin") == ["contradicts"]


def test_a_successor_ends_the_act_before_on_the_day_before():
    world = World()
    earlier = world.agree("act", *BOTH)
    world.agree(
        "next", *BOTH, on=SIGNED + DAY, first=FIRST + 31 * DAY, supersedes=earlier
    )
    found = world.review()

    assert found.in_force("strait", FIRST + 30 * DAY).name == "act"
    assert found.in_force("strait", FIRST + 31 * DAY).name == "next"


def test_a_successor_begins_later_than_the_act_that_it_supersedes():
    world = World()
    earlier = world.agree("act", *BOTH)
    world.agree("next", *BOTH, on=SIGNED + DAY, supersedes=earlier)

    assert world.codes("next") == ["contradicts"]


def test_an_act_is_superseded_once():
    world = World()
    earlier = world.agree("act", *BOTH)
    for number, name in enumerate(("next", "other"), 1):
        first, on = FIRST + 10 * number * DAY, SIGNED + number * DAY
        world.agree(name, *BOTH, on=on, first=first, supersedes=earlier)

    assert world.codes("next") == []
    assert set(world.codes("other")) == {"contradicts"}


@pytest.mark.parametrize("supersedes", ["0" * 64, None])
def test_only_an_act_in_force_for_the_same_state_can_be_superseded(supersedes):
    world = World()
    there = ("unhcr", "lagoon-office")
    elsewhere = world.agree("lagoon", *there, set="lagoon")
    world.agree("act", *BOTH, on=SIGNED + DAY, supersedes=supersedes or elsewhere)

    assert "supersedes-unknown" in world.codes()


def test_nobody_ends_alone_what_was_agreed_together():
    world = World()
    earlier = world.agree("act", *BOTH)
    alone = {"set": "atoll", "first": FIRST + DAY, "supersedes": earlier}
    world.agree("alone", "strait-office", on=SIGNED + DAY, **alone)

    assert world.codes("alone") == ["lacks-key"]
    assert world.review().in_force("strait", FIRST + 2 * DAY).name == "act"


def test_an_act_rests_on_the_register_it_was_drafted_with():
    world = agreed()
    world.register = register() + b"\n# another edition\n"

    assert world.codes() == ["register-differs"]


def test_without_a_register_nothing_is_in_force():
    world = agreed()
    world.register = None

    assert world.codes() == ["register-missing"]


def test_a_signature_without_its_act_is_told():
    world = agreed()
    world.signatures["gone.unhcr"] = world.signatures["act.unhcr"]

    assert world.review().is_altered
    assert world.review().strays[0].code == "law.agreement.stray-signature"


@pytest.mark.parametrize("text", [b"", b"act = 1", b'act = "peace"', b"\xff"])
def test_an_act_that_cannot_be_read_is_a_draft_and_is_told(text):
    world = agreed()
    world.acts["odd"] = text

    assert world.codes("odd") == ["unreadable"]
    assert world.codes() == []


def test_an_empty_folder_has_nothing_in_force():
    world = World(acts={})

    assert world.review().standings == ()
    assert Folder({}).register is None


def test_a_claim_is_computed_under_every_act_since_it_was_made():
    world = World()
    hashes = [world.agree("one", *BOTH)]
    for number, name in enumerate(("two", "three"), 1):
        first, on = FIRST + 100 * number * DAY, SIGNED + number * DAY
        act = {"on": on, "first": first, "supersedes": hashes[-1]}
        hashes.append(world.agree(name, *BOTH, **act))
    found, on = world.review(), FIRST + 250 * DAY

    def names(lodged):
        return [each.name for each in found.governing("strait", on, lodged)]

    assert names(None) == names(on) == ["three"]
    assert names(FIRST + 99 * DAY) == ["three", "two", "one"]
    assert names(FIRST + 100 * DAY) == ["three", "two"]
    assert names(date(2020, 1, 1)) == ["three", "two", "one"]


def test_two_key_holders_replace_a_key_which_then_signs():
    world = World()
    people = ("anna", "ben")
    world.replace_key("key", "unhcr", "unhcr", "unhcr-new", *people)
    world.agree("act", "strait-office", on=date(2026, 12, 5))
    text = world.acts["act"]
    made = signature(text, "unhcr", date(2026, 12, 5), key=key_of("unhcr-new"))
    world.signatures["act.unhcr"] = made

    assert world.codes("key") == world.codes() == []


def test_a_replaced_key_signs_no_more():
    world = World()
    world.replace_key("key", "unhcr", "unhcr", "unhcr-new", "anna", "ben")
    world.agree("act", *BOTH, on=date(2026, 12, 1))

    assert "key-not-valid" in world.codes()


def test_what_was_signed_before_a_key_was_replaced_stays_signed():
    world = agreed()
    world.replace_key("key", "unhcr", "unhcr", "unhcr-new", "anna", "ben")

    assert world.codes() == []


@pytest.mark.parametrize(
    "signers", [(), ("anna",), ("anna", "cai"), ("anna", "unhcr"), ("cai", "dao")]
)
def test_a_key_is_replaced_by_two_key_holders_of_its_own_organisation(signers):
    world = World()
    world.replace_key("key", "unhcr", "unhcr", "unhcr-new", *signers)

    assert "lacks-key" in world.codes("key")


def test_a_key_is_not_ended_before_its_holders_have_signed():
    world = World()
    early = {"last_day": SIGNED - DAY}
    world.replace_key("key", "unhcr", "unhcr", "unhcr-new", "anna", "ben", **early)

    assert world.codes("key") == ["backdated"]


def test_only_a_key_there_is_can_be_replaced_and_only_by_a_new_one():
    world = World()
    world.replace_key("one", "unhcr", "nobody", "unhcr-new", "anna", "ben")
    world.replace_key("two", "unhcr", "unhcr", "strait-office", "anna", "ben")

    assert world.codes("one") == ["key-to-replace-unknown"]
    assert world.codes("two") == ["key-taken"]


def test_a_fingerprint_can_be_read_out():
    assert fingerprint(b"x").split()[0] == "2d71"
    assert len(fingerprint(b"x").split()) == 8

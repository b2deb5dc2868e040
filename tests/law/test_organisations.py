import pytest

from asylon.law import DocumentError
from asylon.law.organisations import read_register
from tests.agreements import SIDES, key_of, register


def read(old="", new=""):
    text = register().decode()
    assert old in text
    return read_register(text.replace(old, new, 1).encode(), "organisations.toml")


def test_a_register_names_organisations_and_their_key_holders():
    found = read()

    assert {each.id for each in found.holders("unhcr")} == {"anna", "ben"}
    assert set(SIDES) < set(found.signers)
    assert found.signers["anna"].party == found.signers["unhcr"].party


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('kind = "unhcr"', 'kind = "court"', "kind of organisation"),
        ('kind = "unhcr"', 'kind = "unhcr"\nstate = "FJI"', "belongs to none"),
        ('state = "FJI"', "", "names its state"),
        ('state = "FJI"', 'state = "XXX"', "no state"),
        ("organisation.unhcr]", "organisation.UN]", "name of a file"),
        ("holder.ben]\nname", "holder.anna2]\nname", "there is no key"),
        ("from = 2026-01-01", "from = 2026-01-01\nto = 2025-01-01", "before its first"),
        (key_of("ben").public.text, key_of("anna").public.text, "stands twice"),
        (key_of("unhcr").public.text, key_of("strait-office").public.text, "twice"),
        (key_of("ben").public.text, "no key", "32 bytes"),
        ("holder.cai]", "holder.anna]", "there is no key"),
    ],
)
def test_a_register_that_could_mislead_is_refused(old, new, problem):
    with pytest.raises(DocumentError, match=problem):
        read(old, new)


def test_one_key_holder_is_not_enough():
    text = register().decode()
    start = text.index("[organisation.unhcr.holder.ben]")
    end = text.index("[organisation.strait-office]")

    with pytest.raises(DocumentError, match="one alone could replace the key"):
        read_register((text[:start] + text[end:]).encode(), "organisations.toml")


def test_one_person_does_not_hold_keys_for_two_sides():
    text = register().decode().replace("holder.cai", "holder.anna")

    with pytest.raises(DocumentError, match="`anna` stands twice"):
        read_register(text.encode(), "organisations.toml")

"""Which keys an act needs before it has force, and by which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from asylon.languages import Catalogue
from asylon.law.acts import Act, KeyReplacement
from asylon.law.organisations import AUTHORITY, FEWEST_HOLDERS, UNHCR, Key
from asylon.law.parameters import ParameterSet
from asylon.law.signing import Checked, Keys, Refusal

REGISTER_MISSING = "law.agreement.register-missing"
REGISTER_DIFFERS = "law.agreement.register-differs"
LACKS_KEY = "law.agreement.lacks-key"
BACKDATED = "law.agreement.backdated"
CONTRADICTS = "law.agreement.contradicts"
SUPERSEDES_UNKNOWN = "law.agreement.supersedes-unknown"
KEY_TAKEN = "law.agreement.key-taken"
KEY_TO_REPLACE_UNKNOWN = "law.agreement.key-to-replace-unknown"

Party = tuple[str, str]


def parties_for(parameter_set: ParameterSet) -> list[Party]:
    """Name the sides whose signatures a set needs: what they are, and of which state.

    A kind of set that is not known here needs both, as a joint one does.
    """
    mandate: Party = (UNHCR, "")
    authority: Party = (AUTHORITY, parameter_set.jurisdiction)
    one = {"mandate": [mandate], "national": [authority]}
    return one.get(parameter_set.kind, [mandate, authority])


class Requirements:
    """Says what an act lacks."""

    def __init__(self, keys: Keys, language: Catalogue) -> None:
        """Take the keys there are, and the language to answer in."""
        self.keys, self.words, self.say = keys, language, language.say

    def of_register(self, act: Act) -> Iterator[Refusal]:
        """The act rests on the register at hand."""
        if act.register != self.keys.register.hash:
            text = self.say(
                "agreement",
                "the register of organisations is not the one the act was drafted "
                "with: one of them was altered or replaced",
            )
            yield Refusal(REGISTER_DIFFERS, text)

    def of_kind(
        self, parameter_set: ParameterSet, checked: Checked
    ) -> Iterator[Refusal]:
        """Every side that the kind of set needs has signed."""
        for kind, state in parties_for(parameter_set):
            if (kind, state) in checked.parties:
                continue
            if kind == UNHCR:
                text = self.say(
                    "agreement",
                    "`{set}` needs the key of UNHCR, which has not signed",
                    set=parameter_set.id,
                )
            else:
                text = self.say(
                    "agreement",
                    "`{set}` needs the key of the authority of {state}, which has "
                    "not signed",
                    set=parameter_set.id,
                    state=self.words.place(state),
                )
            yield Refusal(LACKS_KEY, text)

    def of_dates(self, first: date, checked: Checked, code: str) -> Iterator[Refusal]:
        """Nothing begins or ends before everybody has signed it."""
        if checked.signed and first < checked.complete_on:
            text = self.say(
                "agreement",
                "backdated: it would take effect on {first}, and was signed only on "
                "{signed}",
                first=self.words.day(first),
                signed=self.words.day(checked.complete_on),
            )
            yield Refusal(code, text)

    def of_replacement(
        self, act: KeyReplacement, checked: Checked
    ) -> Iterator[Refusal]:
        """Two key-holders of the organisation stand for a new key."""
        yield from self.of_register(act)
        people = {
            each.signer.id
            for each in checked.signed
            if each.signer.person_of == act.organisation
        }
        if len(people) < FEWEST_HOLDERS:
            text = self.say(
                "agreement",
                "a new key of `{organisation}` needs the signatures of {needed} of its "
                "key-holders, and has {there}",
                organisation=act.organisation,
                needed=self.words.number(FEWEST_HOLDERS),
                there=self.words.number(len(people)),
            )
            yield Refusal(LACKS_KEY, text)
        earliest = min(act.first, act.last)
        yield from self.of_dates(earliest, checked, BACKDATED)
        yield from self._of_keys(act)

    def _of_keys(self, act: KeyReplacement) -> Iterator[Refusal]:
        held = self.keys.of(act.organisation)
        if act.old_key not in {key.public.fingerprint for key in held}:
            text = self.say(
                "agreement",
                "`{organisation}` has no key {key} that could be replaced",
                organisation=act.organisation,
                key=act.old_key,
            )
            yield Refusal(KEY_TO_REPLACE_UNKNOWN, text)
        if self.keys.is_taken(Key(act.new_key, act.first)):
            text = self.say(
                "agreement",
                "the new key {key} is in the register already; draw one that nobody "
                "has had",
                key=act.new_key.fingerprint,
            )
            yield Refusal(KEY_TAKEN, text)

    def refusal(self, code: str, name: str, first: date) -> Refusal:
        """Say how an act stands against another one."""
        contradicts = self.say(
            "agreement",
            "it contradicts the act `{name}`, agreed for the same set or state from "
            "{first}: supersede that one, from a later day",
            name=name,
            first=self.words.day(first),
        )
        unknown = self.say(
            "agreement",
            "the act that `{name}` would supersede is not in force here, or is about "
            "another state",
            name=name,
        )
        return Refusal(code, contradicts if code == CONTRADICTS else unknown)

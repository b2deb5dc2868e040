"""Two sides that agree on the Island Convention, with keys that are always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from asylon.law import Document, LawBook
from asylon.law.acts import (
    PURPOSE,
    Signature,
    statement,
    write_agreement,
    write_replacement,
)
from asylon.law.adopting import Adoption, Stock, pinned
from asylon.law.agreement import Folder, Review, review, shipped_law
from asylon.security import PrivateKey, sign
from tests.islands import island_law, texts

DRAFTED, SIGNED, FIRST = date(2026, 11, 1), date(2026, 11, 24), date(2027, 1, 1)

STRAIT = """
set = "strait"
title = "The Strait, with UNHCR"
kind = "joint"
jurisdiction = "FJI"
statement = "How the authority of the Strait and UNHCR read the Island Convention."

[[setting]]
parameter = "drought_test"
value = "one_dry_year"
from = 2020-01-01
source = { cite = "Note 7", read = true }
"""
ATOLL = STRAIT.replace('"strait"', '"atoll"').replace('"joint"', '"national"')
LAGOON = STRAIT.replace('"strait"', '"lagoon"').replace('"FJI"', '"TON"')

FLOOR = """
floor = "island"
title = "What no signatures lower"
statement = "Whoever fled a drought is sheltered."

[[value]]
parameter = "drought_test"
value = "three_dry_years"
because = "The text asks for no length."
source = { cite = "Island Convention, Article 4", read = true }

[[guarded]]
provision = "island/article-4"
never = "narrowed"
because = "Nobody is turned away."
source = { cite = "Island Convention, Article 4", read = true }

[[guarded]]
provision = "island/article-5"
never = "widened"
because = "The wells are counted."
source = { cite = "Island Convention, Article 5", read = true }

[[guarded]]
provision = "island/article-99"
never = "narrowed"
because = "Neither law has it yet."
source = { cite = "Island Convention, Article 99", read = true }
"""
SETS = {
    "strait.toml": STRAIT,
    "atoll.toml": ATOLL,
    "lagoon.toml": LAGOON,
    "floor.toml": FLOOR,
}

SIDES = {
    "unhcr": ("unhcr", "", ("anna", "ben")),
    "strait-office": ("authority", "FJI", ("cai", "dao")),
    "lagoon-office": ("authority", "TON", ("eun", "fay")),
    "unhcr-field": ("unhcr", "", ("gil", "hui")),
}


@cache
def key_of(name: str) -> PrivateKey:
    """Give a party its key; the same name has the same key in every run."""
    seed = sha256(name.encode()).digest()
    return PrivateKey(Ed25519PrivateKey.from_private_bytes(seed))


def register(*, first: str = "2026-01-01", last: str = "") -> bytes:
    """Write the register of all sides."""
    to = f"to = {last}\n" if last else ""

    def key(table: str, name: str) -> str:
        public = key_of(name).public.text
        return f'[[{table}.key]]\npublic = "{public}"\nfrom = {first}\n{to}'

    lines = []
    for side, (kind, state, people) in SIDES.items():
        table = f"organisation.{side}"
        named = f'state = "{state}"\n' if state else ""
        lines += [f'[{table}]\ntitle = "{side}"\nkind = "{kind}"\n{named}']
        lines += [key(table, side)]
        for person in people:
            lines += [f'[{table}.holder.{person}]\nname = "{person}"\n']
            lines += [key(f"{table}.holder.{person}", person)]
    return "\n".join(lines).encode()


def signature(
    act: bytes, signer: str, on: date = SIGNED, *, key: PrivateKey | None = None
) -> bytes:
    """Sign an act as somebody, by default with that party's own key."""
    own = key or key_of(signer)
    shown = own.public.fingerprint
    made = sign(own, PURPOSE, statement(act, signer, on, shown))
    digest = sha256(act).hexdigest()
    return Signature(digest, signer, on, shown, made).file()


@cache
def shipped() -> LawBook:
    """The law that ships on the islands, with its floor."""
    return island_law(SETS)


@cache
def adoption() -> Adoption:
    """What judges every act of these tests, remembering law it has seen."""
    return shipped_law(shipped())


def documents(changed: Mapping[str, str] | None = None) -> tuple[Document, ...]:
    """Give the documents in use, some of them changed or (if empty) left out."""
    kept = texts() | {name: text.encode() for name, text in SETS.items()}
    kept |= {name: text.encode() for name, text in (changed or {}).items()}
    return tuple(Document(name, text) for name, text in kept.items() if text)


def document(name: str) -> str:
    """Give a document of the islands as it ships."""
    return {each.name: each.text.decode() for each in documents()}[name]


@dataclass
class World:
    """A folder of acts in the making."""

    law: Mapping[str, str] = field(default_factory=dict)
    register: bytes | None = field(default_factory=register)
    acts: dict[str, bytes] = field(default_factory=dict)
    signatures: dict[str, bytes] = field(default_factory=dict)
    archive: list[bytes] = field(default_factory=list)

    def agree(
        self,
        name: str = "act",
        *signers: str,
        on: date = SIGNED,
        pins: Mapping[str, str] | None = None,
        **said: str | date,
    ) -> str:
        """Add an act, signed by these, and give its hash."""
        act = {
            "set": "strait",
            "from": FIRST,
            "drafted_on": DRAFTED,
            "register": sha256(self.register or b"").hexdigest(),
        }
        act |= {"from" if key == "first" else key: said[key] for key in said}
        pinned_here = pinned(island_law(_texts(self.law)))
        text = write_agreement(act, pinned_here | dict(pins or {}))
        return self.add(name, text, *signers, on=on)

    def replace_key(
        self, name: str, organisation: str, old: str, new: str, *signers: str, **said
    ) -> str:
        """Add an act that replaces a key, signed by these."""
        act = {
            "from": date(2026, 12, 1),
            "drafted_on": DRAFTED,
            "register": sha256(self.register or b"").hexdigest(),
            "organisation": organisation,
            "old_key": key_of(old).public.fingerprint,
            "last_day": date(2026, 11, 30),
            "new_key": key_of(new).public.text,
            "reason": "The safe was opened.",
        }
        text = write_replacement(act | said)
        return self.add(name, text, *signers)

    def add(self, name: str, text: bytes, *signers: str, on: date = SIGNED) -> str:
        """Add an act as bytes, signed by these, and give its hash."""
        self.acts[name] = text
        for signer in signers:
            self.signatures[f"{name}.{signer}"] = signature(text, signer, on)
        return sha256(text).hexdigest()

    def folder(self) -> Folder:
        """Give the folder as it stands."""
        stock = Stock(documents(self.law), self.archive)
        return Folder(self.acts, self.signatures, self.register, stock)

    def review(self) -> Review:
        """Judge the folder."""
        return review(self.folder(), adoption())

    def codes(self, name: str = "act") -> list[str]:
        """Say why an act is a draft, in short; nothing if it has force."""
        found = next(each for each in self.review().standings if each.name == name)
        assert found.is_draft is bool(found.refusals)
        return [each.code.removeprefix("law.agreement.") for each in found.refusals]


def _texts(law: Mapping[str, str]) -> dict[str, bytes]:
    changed = {each.name: each.text for each in documents(law)}
    gone = [name for name, text in law.items() if not text]
    return {name: text for name, text in changed.items() if name not in gone}


BOTH = ("unhcr", "strait-office")

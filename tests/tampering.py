"""Altering what was signed: the ways to do it, and whether any passes."""

import base64
from datetime import date, timedelta

from asylon.law import Document
from asylon.law.adopting import Stock
from asylon.law.agreement import Folder, review
from tests.agreements import (
    BOTH,
    FIRST,
    SIGNED,
    World,
    adoption,
    documents,
    register,
)

ON = FIRST + timedelta(days=100)


def signed():
    """Two acts, one after the other, of which the second is in force on the day."""
    world = World()
    first = world.agree("one", *BOTH)
    more = {"first": FIRST + timedelta(days=50), "supersedes": first}
    world.agree("two", *BOTH, on=SIGNED + timedelta(days=1), **more)
    return world


WORLD = signed()
DOCUMENTS = {
    each.name: each.text
    for each in documents()
    if not each.name.endswith(".scenarios.toml") and each.name != "fisher.toml"
}
"""The documents that are pinned; the others are nothing that anybody signed."""


class Bytes:
    """Everything that lies in the folder, as bytes by kind and name."""

    def __init__(self):
        self.kinds = {
            "act": dict(WORLD.acts),
            "signature": dict(WORLD.signatures),
            "register": {"organisations": register()},
            "document": dict(DOCUMENTS),
        }

    def review(self):
        law = (Document(name, text) for name, text in self.kinds["document"].items())
        folder = Folder(
            self.kinds["act"],
            self.kinds["signature"],
            self.kinds["register"].get("organisations"),
            Stock(law),
        )
        return review(folder, adoption())

    def pick(self, chance, *kinds):
        kind = chance.choice(kinds or tuple(self.kinds))
        return self.kinds[kind], chance.choice(sorted(self.kinds[kind]))

    def __eq__(self, other):
        return self.kinds == other.kinds

    __hash__ = None


def flip_a_bit(files, chance):
    kept, name = files.pick(chance)
    text = bytearray(kept[name])
    text[chance.randrange(len(text))] ^= 1 << chance.randrange(8)
    kept[name] = bytes(text)


def change_a_byte(files, chance):
    kept, name = files.pick(chance)
    at = chance.randrange(len(kept[name]))
    kept[name] = kept[name][:at] + chance.randbytes(1) + kept[name][at + 1 :]


def drop_or_repeat_a_piece(files, chance):
    kept, name = files.pick(chance)
    text = kept[name]
    start, end = sorted(chance.sample(range(len(text) + 1), 2))
    kept[name] = text[:start] + text[start:end] * chance.choice((0, 2)) + text[end:]


def append(files, chance):
    kept, name = files.pick(chance)
    kept[name] += chance.choice((b"\n", b" ", b"# seen\n", b"\x00", b"x = 1\n"))


def move_a_date(files, chance):
    kept, name = files.pick(chance, "act", "signature", "register")
    days = sorted(set(a_date(kept[name])))
    day = chance.choice(days)
    other = date.fromisoformat(day) + timedelta(days=chance.choice((-400, -1, 1, 400)))
    kept[name] = kept[name].replace(day.encode(), other.isoformat().encode(), 1)


def a_date(text):
    for word in text.decode().split():
        try:
            yield date.fromisoformat(word).isoformat()
        except ValueError:
            continue


def swap_lines(files, chance):
    kept, name = files.pick(chance)
    lines = kept[name].splitlines(keepends=True)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    kept[name] = b"".join(lines)


def swap_values(files, chance):
    kept, name = files.pick(chance, "act", "signature", "register")
    parts = kept[name].decode().split('"')
    places = range(1, len(parts), 2)
    one, other = chance.choice(places), chance.choice(places)
    parts[one], parts[other] = parts[other], parts[one]
    kept[name] = '"'.join(parts).encode()


def swap_files(files, chance):
    kept, name = files.pick(chance, "act", "signature", "document")
    other = chance.choice(sorted(kept))
    kept[name], kept[other] = kept[other], kept[name]


def rename(files, chance):
    kept, name = files.pick(chance, "act", "signature", "document")
    kept[chance.choice((f"{name}x", "x", "two.lagoon-office"))] = kept.pop(name)


def remove(files, chance):
    kept, name = files.pick(chance)
    del kept[name]


def duplicate_a_signature(files, chance):
    kept, name = files.pick(chance, "signature")
    act = name.partition(".")[0]
    signer = chance.choice(("unhcr-field", "lagoon-office", "anna", "cai", "nobody"))
    kept[f"{act}.{signer}"] = kept[name]


def rewrite_base64(files, chance):
    kept, name = files.pick(chance, "signature")
    head, _, text = kept[name].decode().rstrip('"\n').rpartition('"')
    raw = base64.b64decode(text)
    forms = (
        base64.urlsafe_b64encode(raw).decode(),
        text.rstrip("="),
        text + "==",
        text[:30] + "\\n" + text[30:],
        base64.b64encode(raw + b"\0").decode(),
        text.swapcase(),
    )
    kept[name] = f'{head}"{chance.choice(forms)}"\n'.encode()


def swap_signers(files, chance):
    kept, name = files.pick(chance, "signature")
    one, other = chance.sample([b'"unhcr"', b'"strait-office"', b'"anna"'], 2)
    kept[name] = kept[name].replace(one, other)


WAYS = (
    flip_a_bit,
    change_a_byte,
    drop_or_repeat_a_piece,
    append,
    move_a_date,
    swap_lines,
    swap_values,
    swap_files,
    rename,
    remove,
    duplicate_a_signature,
    rewrite_base64,
    swap_signers,
)


def altered(chance):
    files = Bytes()
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        way = chance.choice(WAYS)
        before = {kind: dict(kept) for kind, kept in files.kinds.items()}
        try:
            way(files, chance)
        except (ValueError, IndexError, KeyError):
            files.kinds = before
    return files


def passes(files):
    """Whether everything is reported as it was agreed, with nothing to complain of."""
    found = files.review()
    states = {each.name: (each.first, each.last) for each in found.standings}
    for each in found.standings:
        if not each.is_draft:
            assert each.act.text in WORLD.acts.values()
            assert files.kinds["register"] == {"organisations": WORLD.register}
    return not found.is_altered and states == AGREED


AGREED = {
    "one": (FIRST, FIRST + timedelta(days=49)),
    "two": (FIRST + timedelta(days=50), None),
}


def detected(chance, count):
    whole, tried = Bytes(), 0
    while tried < count:
        files = altered(chance)
        if files == whole:
            continue
        tried += 1
        assert not passes(files), difference(files, whole)
    return tried


def difference(files, whole):
    return {
        (kind, name): (whole.kinds[kind].get(name), kept.get(name))
        for kind, kept in files.kinds.items()
        for name in {*kept, *whole.kinds[kind]}
        if kept.get(name) != whole.kinds[kind].get(name)
    }

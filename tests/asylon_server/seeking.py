"""Looking for words in files, however they may have been written there."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b, md5, sha1, sha256
from pathlib import Path
from random import Random
from unicodedata import normalize
from urllib.parse import quote, quote_plus

import numpy as np

from asylon.identity import Name
from asylon.identity.lookup import readings

SHORTEST = 6
"""What is shorter would be found by chance."""

_HANGUL = range(0xAC00, 0xD7A4)
_HANJA = range(0x5000, 0x9F00)
_ASCII = 0x80


def words(count: int, *, seed: str) -> list[str]:
    """Draw words that nobody would write by chance: Hangul, Hanja and Latin in turn."""
    chance = Random(seed)
    return [_word(chance, number % 3) for number in range(count)]


def _word(chance: Random, script: int) -> str:
    if script == 0:
        return "".join(map(chr, chance.sample(_HANGUL, 4)))
    if script == 1:
        return "".join(map(chr, chance.sample(_HANJA, 3)))
    return "Zq" + "".join(chance.sample("bcdfghjklmnpqrstvwxz", 10))


def spellings(word: str) -> Iterator[bytes]:
    """Give the ways in which a word could stand in a file."""
    for text in {word, normalize("NFD", word), *readings([Name(word, "Hang")])}:
        raw = text.encode()
        yield from (raw, text.encode("utf-16-le"), text.encode("utf-16-be"))
        yield from (raw.hex().encode(), raw.hex().upper().encode())
        # As a server writes bytes that it takes for letters of Latin.
        yield raw.decode("latin-1").encode()
        yield repr(raw.decode("latin-1"))[1:-1].encode()
        yield from (quote(text).encode(), quote(text).lower().encode())
        yield from (quote_plus(text).encode(), json.dumps(text)[1:-1].encode())
        yield from (
            repr(raw)[2:-1].encode(),
            "".join(f"&#{ord(c)};" for c in text).encode(),
        )
        for pad in range(3):
            # The first and the last letters depend on what stands beside.
            yield b64encode(b"\0" * pad + raw)[4 if pad else 0 : -4]
        for digest in (md5, sha1, sha256, blake2b):
            said = digest(raw).digest()
            yield from (said, said.hex().encode())
    if ord(word[0]) >= _ASCII:
        pairs = (word[at : at + 2] for at in range(len(word) - 1))
        yield from (pair.encode() for pair in pairs)


class Seeker:
    """Finds words in bytes, all at once."""

    def __init__(self, sought: Iterable[str]) -> None:
        self._by_head: dict[int, list[tuple[bytes, str]]] = defaultdict(list)
        for word in sought:
            for each in set(spellings(word)):
                if len(each) >= SHORTEST:
                    self._by_head[_head(each)].append((each, word))
        self._heads = np.array(sorted(self._by_head), dtype="<u4")

    def found(self, content: bytes) -> set[str]:
        """Give the words that stand in bytes."""
        return set(self._found(content + b"\0" * 8))

    def in_files(self, folder: Path) -> dict[str, set[str]]:
        """Give the words that stand in the files of a folder, or in their names."""
        told = {}
        for path in sorted(folder.rglob("*")):
            content = _content(path) + str(path.relative_to(folder)).encode()
            if words := self.found(content):
                told[str(path.relative_to(folder))] = words
        return told

    def _found(self, content: bytes) -> Iterator[str]:
        for shift in range(4):
            whole = len(content) - (len(content) - shift) % 4
            view = np.frombuffer(content[shift:whole], dtype="<u4")
            for place in np.flatnonzero(np.isin(view, self._heads)):
                at = shift + 4 * int(place)
                for each, word in self._by_head[int(view[place])]:
                    if content.startswith(each, at):
                        yield word


def _head(text: bytes) -> int:
    return int.from_bytes(text[:4], "little")


def _content(path: Path) -> bytes:
    """Read a file; one that went away meanwhile says nothing."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""

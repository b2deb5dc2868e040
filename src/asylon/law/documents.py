"""The law book's raw material: named bytes with a hash."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Document:
    """One document of law, byte for byte as it was adopted.

    `name` is its path in the law book, such as `csr51/article-1/a-2.toml`.
    """

    name: str
    text: bytes

    @property
    def hash(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return sha256(self.text).hexdigest()

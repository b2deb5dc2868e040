"""The editions of the law that ship with Asylon, as documents.

The texts lie beside this module as TOML; a server may load others in their place.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from asylon.law import Document, LawBook, load


def documents() -> list[Document]:
    """Read every law document that ships."""
    return _below(files(__package__), "")


@cache
def book() -> LawBook:
    """Load the law book that ships, once."""
    return load(documents())


def _below(folder: Traversable, path: str) -> list[Document]:
    found: list[Document] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = f"{path}{entry.name}"
        if entry.is_dir():
            found += _below(entry, f"{name}/")
        elif name.endswith(".toml"):
            found.append(Document(name, entry.read_bytes()))
    return found

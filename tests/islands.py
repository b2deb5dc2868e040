"""The Island Convention: a small invented law, and what it would be if it differed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from asylon.law import Document, LawBook, load

FOLDER = Path(__file__).parent / "law" / "good"


def texts() -> dict[str, bytes]:
    """Give the bytes of every document by its name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}


def island_law(
    added: Mapping[str, str | bytes] | None = None, *, without: tuple[str, ...] = ()
) -> LawBook:
    """Load the Island Convention with documents added, replaced or left out."""
    kept = {name: text for name, text in texts().items() if name not in without}
    return load(
        Document(name, _bytes(text)) for name, text in (kept | (added or {})).items()
    )


def island_law_where(name: str, old: str, new: str) -> LawBook:
    """Load the Island Convention with other words in one document."""
    text = texts()[name].decode()
    assert old in text, f"{name} has no “{old}”"
    return island_law({name: text.replace(old, new)})


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text

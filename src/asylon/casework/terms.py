"""Words with a fixed meaning that are kept of somebody, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from asylon.identity import Vocabulary
from asylon.identity.vocabulary import tables_of, vocabulary


@cache
def terms() -> Mapping[str, Vocabulary]:
    """Read the vocabularies: `way` of contact, and `purpose` of a consent."""
    document = tables_of(__package__, "terms.toml")
    return {
        name: vocabulary(each) for name, each in document.named_tables("vocabulary")
    }

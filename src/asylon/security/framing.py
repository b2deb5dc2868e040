"""Several texts as one run of bytes that can be taken apart in one way only."""

from __future__ import annotations


def framed(*parts: str | bytes) -> bytes:
    """Join parts, each after its length, so that none can run into the next.

    >>> framed("ab", "c") == framed("a", "bc")
    False
    """
    raw = (
        part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        for part in parts
    )
    return b"".join(len(part).to_bytes(8, "big") + part for part in raw)

"""A calendar in the form of RFC 5545 that names nobody: a time, a room, a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from asylon_server.store.claims.planning import Coming

WIDTH = 75
"""So many bytes are in a line, the end of it not counted (3.1)."""

_ESCAPES = str.maketrans(
    {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None}
)


def calendar(
    times: Iterable[Coming],
    address: Callable[[Coming], str],
    *,
    at: datetime,
    title: str,
) -> str:
    """Write interviews as a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//asylon//desk//EN"]
    for each in times:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.id}@asylon",
            f"DTSTAMP:{_moment(at)}",
            f"DTSTART:{_moment(each.begins)}",
            f"DTEND:{_moment(each.ends)}",
            f"SUMMARY:{escaped(title)}",
            *([f"LOCATION:{escaped(each.room)}"] if each.room else []),
            f"URL:{address(each)}",
            "CLASS:CONFIDENTIAL",
            "END:VEVENT",
        ]
    return "".join(
        f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in folded(line)
    )


def escaped(text: str) -> str:
    """Write a text so that it ends no line and begins no other property (3.3.11)."""
    shown = "".join(c for c in text if c == "\n" or c.isprintable())
    return shown.translate(_ESCAPES)


def folded(line: str) -> Iterator[str]:
    """Break a long line, and no letter in two (3.1)."""
    part, size = "", 0
    for letter in line:
        size += len(letter.encode())
        if size > WIDTH:
            yield part
            part, size = " ", 1 + len(letter.encode())
        part += letter
    yield part


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"

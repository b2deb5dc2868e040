"""Which modules are taken apart, and why others are not: a new one is, by itself."""

from __future__ import annotations

from pathlib import Path

import asylon_server

SYSTEM = Path(asylon_server.__file__).parent

_ASKS = "it says how something is asked; what may be is asked by the store again"
_INVENTS = "it makes and shows people who are nobody"
_SHOWS = "it puts into words, or into lines, what it was given"
_JOINS = "what is joined there says what a page shows, or what its form begins with"
_TELLS = "it says what is amiss, and keeps nobody from anything"

APART: dict[str, str] = {
    "web.assets": "it builds the styles, before anything is served",
    "web.desk.claims.assessshowing": _SHOWS,
    "web.desk.claims.decisionshowing": _SHOWS,
    "web.desk.claims.interview_showing": _SHOWS,
    "web.desk.effects": _SHOWS,
    "web.desk.fields": _ASKS,
    "web.desk.groupshowing": _SHOWS,
    "web.desk.holdshowing": _SHOWS,
    "web.desk.lines": _SHOWS,
    "web.desk.picture": _SHOWS,
    "web.desk.showing": _SHOWS,
    "web.desk.wording": _SHOWS,
    "console.caseload": _INVENTS,
    "console.cast": _INVENTS,
    "console.greeting": _INVENTS,
    "console.doctoring": _TELLS,
    "console.nightly": _TELLS,
    "console.plainly": _TELLS,
    "console.tables": "it asks PostgreSQL, and the children have SQLite",
}
"""What is not taken apart, and why; all that is below a name is left out with it."""

REFUSING: dict[str, str] = {
    "store.cases.changes": "what is joined there says what was changed, and to what",
    "web.desk.claims.assessedits": _JOINS,
    "web.desk.claims.assessing": _JOINS,
    "web.desk.claims.drafting": _JOINS,
    "web.desk.claims.interviews": _JOINS,
    "web.desk.claims.showing": _JOINS,
    "web.desk.claims.waits": _JOINS,
    "console.sealing": "what is joined there says how long it goes on",
    "console.serving": "what is joined there says how long it goes on",
    "console.working": "what is joined there says how long it goes on",
}
"""Of these only what refuses is counted, and why."""


def modules(*rooms: str) -> list[str]:
    """Name the modules of some rooms that are taken apart."""
    found = [
        ".".join(file.relative_to(SYSTEM).with_suffix("").parts)
        for room in rooms
        for file in sorted((SYSTEM / room).rglob("*.py"))
        if file.stem != "__init__" and "migrations" not in file.parts
    ]
    return [f"asylon_server.{each}" for each in found if not _is_apart(each)]


def _is_apart(name: str) -> bool:
    return any(f"{name}.".startswith(f"{each}.") for each in APART)


def only_refuses(name: str) -> bool:
    """Whether only what refuses is counted of a module."""
    return name.removeprefix("asylon_server.") in REFUSING

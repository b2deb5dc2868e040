"""The page of who gets what, read as the tests ask it: one cell for each question."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FILE = Path(__file__).with_name("matrix.toml")
NOT_FOUND, SIGN_IN, SET_UP, CONFIRM = "not found", "sign in", "set up", "confirm"
OUTCOMES = frozenset(
    {"page", "done", "refused", "onward", "not allowed", NOT_FOUND, SIGN_IN}
)
RELATIONS = (
    "elsewhere",
    "office",
    "assigned",
    "lent",
    "granted",
    "released",
    "emergency",
    "conflict",
    "fearing",
    "over",
    "erased",
    "absent",
)
PLAIN = "plain"
"""The relation of an address that is about no case."""

FRESH, STALE, UNSET, CLOSED, OUT = "fresh", "stale", "unset", "closed", "out"
STATES = (FRESH, STALE, UNSET, CLOSED, OUT)
"""How somebody is signed in: just now; a while ago; by a first link; not any more."""

ROLES = {
    "unhcr": "registration interpreter eligibility reviewing protection resettlement "
    "supervisor auditor administrator",
    "authority": "interpreter eligibility reviewing supervisor auditor",
    "appeal_body": "appeal interpreter supervisor auditor",
    "legal_aid": "registration interpreter counsel protection supervisor auditor "
    "administrator applicant",
    "agency": "resettlement protection supervisor auditor administrator",
    # Who has no seat, should an account of theirs ever stand in the tables.
    "police": "eligibility",
}
EVERYBODY = frozenset(
    f"{kind} {role}" for kind, roles in ROLES.items() for role in roles.split()
)
NOBODY = "nobody"


class MatrixError(Exception):
    """The page cannot mean what it says."""


@dataclass(frozen=True)
class Address:
    """What one entry says of one address."""

    path: str
    about: str
    cells: dict[tuple[str, str, str], str] = field(repr=False)
    send: dict[str, str] = field(default_factory=dict)
    fill: dict[str, str] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    is_open: bool = False
    is_setting_up: bool = False

    @property
    def is_of_a_case(self) -> bool:
        return "<uuid:case>" in self.path

    def expected(self, way: str, who: str, relation: str, state: str) -> str:
        """Say what somebody gets who asks in a way."""
        if state in {OUT, CLOSED}:
            outcome = self.cells.get((way, NOBODY, PLAIN), SIGN_IN)
            return outcome if self.is_open else SIGN_IN
        if state == UNSET and not (self.is_open or self.is_setting_up):
            return SET_UP
        if state == STALE and way in self.fresh:
            # Who may not see the page is not asked, and who may is asked first.
            sees = self.cells.get(("get", who, relation), NOT_FOUND)
            return NOT_FOUND if sees == NOT_FOUND else CONFIRM
        return self.cells.get((way, who, relation), NOT_FOUND)


@dataclass(frozen=True)
class Matrix:
    """All that the page says."""

    fill: dict[str, str]
    addresses: tuple[Address, ...]
    reach: dict[tuple[str, str], frozenset[str]] = field(repr=False)

    def reached(self, who: str, relation: str) -> frozenset[str]:
        """Say which classes somebody may see of a case that is so near to them."""
        return self.reach.get((who, relation), frozenset())


def matrix() -> Matrix:
    """Read the page."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = Groups(told["who"], told["near"])
    addresses = tuple(_address(each, groups) for each in told["address"])
    return Matrix(told["fill"], addresses, _reach(told["reach"]["rows"], groups))


@dataclass(frozen=True)
class Groups:
    who: dict[str, list[str]]
    near: dict[str, list[str]]
    known: frozenset[str] = frozenset({*RELATIONS, PLAIN})

    def people(self, words: str) -> frozenset[str]:
        found: set[str] = set()
        for word in words.split(","):
            found |= self._people(word.strip())
        return frozenset(found)

    def _people(self, word: str) -> frozenset[str]:
        fixed = {
            "everybody": EVERYBODY,
            "anybody": EVERYBODY | {NOBODY},
            NOBODY: frozenset({NOBODY}),
        }
        if word in fixed:
            return fixed[word]
        if word in EVERYBODY:
            return frozenset({word})
        if word not in self.who:
            message = f"[who] has no `{word}`"
            raise MatrixError(message)
        return self.people(",".join(self.who[word]))

    def relations(self, words: str) -> list[str]:
        found: list[str] = []
        for word in (each.strip() for each in words.split(",")):
            found += [word] if word in self.known else self.near[word]
        return found


def _address(told: dict, groups: Groups) -> Address:
    is_of_a_case = "<uuid:case>" in told["path"]
    cells: dict[tuple[str, str, str], str] = {}
    for way in ("get", "post"):
        for line in told.get(way, told["get"]):
            cells |= _line(way, line, groups, is_of_a_case=is_of_a_case)
    return Address(
        told["path"],
        told["about"],
        cells,
        told.get("send", {}),
        told.get("fill", {}),
        frozenset(told.get("fresh", ())),
        told.get("open", False),
        told.get("setting_up", False),
    )


def _line(
    way: str, line: str, groups: Groups, *, is_of_a_case: bool
) -> dict[tuple[str, str, str], str]:
    parts = [each.strip() for each in line.split("|")]
    if len(parts) != (3 if is_of_a_case else 2) or parts[0] not in OUTCOMES:
        message = f"`{line}` is not: outcome | who | in which relation to the case"
        raise MatrixError(message)
    relations = groups.relations(parts[2]) if is_of_a_case else [PLAIN]
    return {
        (way, who, near): parts[0]
        for who in groups.people(parts[1])
        for near in relations
    }


def _reach(lines: list[str], groups: Groups) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for line in lines:
        classes, who, near = (each.strip() for each in line.split("|"))
        for one in groups.people(who):
            for relation in groups.relations(near):
                before = found.get((one, relation), frozenset())
                found[one, relation] = before | set(classes.replace(" ", "").split(","))
    return found

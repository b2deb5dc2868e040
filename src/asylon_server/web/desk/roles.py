"""Where each role begins: the page that it is led to after signing in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORK = "desk:work"
NOTHING = "desk:nothing"

START: Mapping[str, str] = MappingProxyType(
    {
        "registration": WORK,
        "interpreter": WORK,
        "eligibility": WORK,
        "reviewing": WORK,
        "appeal": WORK,
        "protection": WORK,
        "resettlement": WORK,
        "counsel": WORK,
        "supervisor": "desk:office",
        "auditor": "desk:audit",
        "administrator": "people",
    }
)
"""The name of the first page of each role that has one."""

WITH_A_PAGE = frozenset(START)
"""The roles that have a page; a demonstration lets one person of each in."""


def start(role: str) -> str:
    """Name the first page of a role; one without a page is told so, and not refused."""
    return START.get(role, NOTHING)

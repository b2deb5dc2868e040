"""An interview in Korean: whom it is with, and a plan into which everybody fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from asylon.casework import Contact, Speech
from asylon.casework.interviews import Segment
from asylon.casework.scheduling import Plan, Staff
from tests.asylon_server.conftest import LATER


def reachable(family):
    """Let the mother of a family say what she speaks, and how she is reached."""
    mother, *others = family.people
    told = replace(
        mother,
        sex="female",
        languages=(Speech("ko", "Hamgyong", is_first=True),),
        contacts=(Contact("phone", "010"),),
    )
    return replace(family, people=(told, *others))


def plan(officer, interpreter, *, begins=LATER, interprets=(), room="Room 2", **more):
    """Plan two hours with accounts of those who are there."""
    speaks = Staff(
        "",
        ("ko", "en"),
        ("Hamgyong",),
        sex="female",
        promised=True,
        account=str(interpreter),
    )
    return Plan(
        begins,
        begins + timedelta(hours=2),
        Staff("", ("en",), sex="female", account=str(officer)),
        replace(speaks, **dict(interprets)),
        room=room,
        **more,
    )


def part(id, kind="answer", words="그때는 몰랐습니다.", speaker="", **more):
    """Say something."""
    by = {"question": "officer", "point": "officer"}.get(kind, "person")
    return Segment(id, kind, "2026-01-01T00:00:00", speaker or by, words, **more)

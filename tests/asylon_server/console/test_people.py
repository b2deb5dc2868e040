"""Accounts are opened, closed and linked from the prompt, and each act is recorded."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest


def acts(office):
    with closing(sqlite3.connect(office.folder / "data" / "default.sqlite3")) as data:
        rows = data.execute("SELECT content FROM record_event ORDER BY number")
        return [json.loads(content)["act"] for (content,) in rows]


def test_every_act_from_the_prompt_is_in_the_record(office):
    office.ask("organisation", "add", "UNHCR", "--kind", "unhcr")
    words = ("--role", "supervisor", "--organisation", "UNHCR")
    office.ask("user", "add", "Lee", *words)
    office.ask("user", "sign-in-link", "Lee")
    office.ask("user", "close", "Lee")

    assert acts(office)[-4:] == [
        "organisation opened",
        "account opened",
        "sign-in link issued",
        "account closed",
    ]
    assert office.ask("log", "verify").code == 0


def test_accounts_are_listed_with_whether_they_are_open(office):
    office.ask("user", "add", "Lee", "--role", "interpreter")
    office.ask("user", "close", "Lee")

    rows = office.ask("user", "list", "--json").rows

    assert [(row["name"], row["open"]) for row in rows] == [
        ("Kim", True),
        ("Lee", False),
    ]


def test_a_link_stands_nowhere_in_the_deployment(office):
    said = office.ask("user", "sign-in-link", "Kim", "--address", "https://a.example/")

    link = said.out.splitlines()[0]
    secret = link.rpartition("/")[2]
    files = [each for each in office.folder.rglob("*") if each.is_file()]
    assert link.startswith("https://a.example/sign-in/link/")
    assert not [each for each in files if secret.encode() in each.read_bytes()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "Kim", "--role", "registration"), "an account named `Kim` already"),
        (("add", "Lee", "--role", "general"), "gives no role `general`"),
        (("add", "Lee", "--role", "supervisor", "--organisation", "X"), "X"),
        (("close", "Nobody"), "no account named Nobody"),
        (("sign-in-link", "Nobody"), "no account named Nobody"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(office, words, told):
    said = office.ask("user", *words)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert told in said.err


def test_a_closed_account_gets_no_link(office):
    office.ask("user", "close", "Kim")

    said = office.ask("user", "sign-in-link", "Kim")

    assert said.code == 2
    assert "is closed" in said.err


def test_an_authority_gives_no_role_to_those_who_register(office):
    office.ask("organisation", "add", "NIA", "--kind", "authority", "--state", "CHN")

    said = office.ask(
        "user", "add", "Li", "--role", "registration", "--organisation", "NIA"
    )

    assert said.code == 2
    assert "gives no role `registration`" in said.err

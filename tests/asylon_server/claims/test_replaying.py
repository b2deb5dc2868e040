"""Whoever takes a file away works out the reasons of its decision again, from it alone."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta

import pytest
from django.utils.timezone import now

from asylon import instruments
from asylon.cli import explaining
from asylon.determination import Determiner
from asylon.invented.people import People
from asylon.invented.stories import ways
from asylon_server.console import caseload, cast
from asylon_server.console.proceeding import DECIDED
from asylon_server.store.cases import reads
from asylon_server.store.claims import counsels, letters
from asylon_server.store.organisations.acts import open_organisation
from asylon_server.store.organisations.models import Account
from tests.asylon_server.runs import on_sqlite
from tests.cli.conftest import ASYLON

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), on_sqlite]

PEOPLE, LEAST = 165, 60
SIGNED = DECIDED | {"signed", "appealed", "remitted"}
"""Ways that go as far as a signed decision, or further."""


@pytest.fixture
def decided(custody, sealer, monkeypatch):
    """Load as much of the caseload as is decided, and give what is known of each claim.

    All of it is registered where claims are examined. That a letter is printed has its
    own tests, and takes a tenth of a second each time.
    """
    monkeypatch.setattr(letters, "decision", lambda *_, **__: b"printed")
    monkeypatch.setattr(cast, "REGISTRARS", cast.REGISTRARS[-1:])
    decided = tuple(each for each in ways() if each.until in SIGNED)
    monkeypatch.setattr(caseload, "ways", lambda: decided)
    first, at = cast.OFFICES[0], now()
    begun = at - timedelta(days=3_650)
    open_organisation(
        None, name=first.name, kind=first.kind, state=first.state, at=begun
    )
    world = People(PEOPLE, seed=1951)
    caseload.load(world, sealer, custody=custody, at=at, told=lambda *_: None)
    counsel = Account.objects.get(name=cast.COUNSEL.name).actor
    return list(_taken_away(counsel, at, custody))


def _taken_away(counsel, at, custody):
    for work in reads.work_of(counsel, at=at).order_by("pk"):
        case = reads.standing(work.case_id)
        _version, whole = reads.whole(case, custody=custody)
        for claim in whole.claims:
            told = letters.signed(claim)
            if told:
                header, _printed = letters.opened(
                    case, claim.id, told[-1].number, custody=custody
                )
                taken = counsels.take_away(
                    counsel, case.id, claim.id, at=at, custody=custody
                )
                yield taken.as_json(), header["reasons"]


def in_words(stored):
    return stored["says"], stored["tree"], stored["set"], stored["on"]


def explained(row):
    law = row["law"]
    return row["says"], row["reasons"], law["set"], law["on"]


def test_each_decision_of_the_caseload_is_explained_by_its_file_as_it_was_signed(
    decided, tmp_path, capsys, monkeypatch
):
    # The law book that ships is read once here, and what the law says beside the
    # definition, which is no part of the reasons, is left to the command below.
    book = instruments.book()
    determiner = Determiner(book)
    monkeypatch.setattr(explaining, "read_law", lambda _folder: book)
    monkeypatch.setattr(explaining, "Determiner", lambda _book: determiner)
    monkeypatch.setattr(explaining.Beside, "as_row", lambda _beside: {})
    file = tmp_path / "file.json"

    for taken, stored in decided:
        file.write_text(taken, encoding="utf-8")
        assert explaining.explain(file, explaining.Options(as_json=True)) == 0
        row = json.loads(capsys.readouterr().out)
        assert explained(row) == in_words(stored)

    last = {stored["says"]: (taken, stored) for taken, stored in decided}
    for taken, stored in last.values():
        file.write_text(taken, encoding="utf-8")
        said = subprocess.check_output([ASYLON, "explain", file, "--json"])
        assert explained(json.loads(said)) == in_words(stored)

    with capsys.disabled():
        print(len(decided), "decisions explained by their files")  # noqa: T201
    assert len(decided) >= LEAST
    assert len(last) > 1

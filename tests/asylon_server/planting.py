"""A process that plants words in a deployment by its own pages and acts, and errs.

    python -m tests.asylon_server.planting COUNT

It says `planted` once everything is done, and stays until its input ends, so that the
files are looked at while the database is open. Pages that tell of an error are printed
whole: no word may stand in one.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from asylon.casework import CaseClaim, Consent, Contact, File, Hold, Need, Person
from asylon.casework.erasing import Ground
from asylon.casework.people import Speech
from asylon.dates import read
from asylon.identity import Kinship, Name, Place, Stay
from asylon_server import unlocking
from asylon_server.console import starting
from asylon_server.settings.deployment import deployment
from tests.asylon_server.seeking import words

A_CASE = 20
"""So many words are planted in one case."""

SEED = "planted"
PASSWORD = "seven calm otters swim"  # noqa: S105  of nobody
ERRORS = (400, 404, 500, 503)
RESENT = (302, 409)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
PARTS = {
    "names": {"words": 0, "kind": "used", "told_by": 1, "note": 2},
    "stays": {"kind": "hid", "words": 3, "note": 4},
    "contacts": {"way": "phone", "words": 5, "hours": 6, "note": 7},
    "born": {"born": 8, "reckoning": "solar"},
}
"""What is told on the page of each part; a number stands for a word."""
KEPT = re.compile(r'name="submission" value="([^"]+)"')


def main(count: int) -> None:
    """Plant the words, case by case."""
    planted = words(count, seed=SEED)
    desk = Desk()
    for number in range(0, count, A_CASE):
        told = (planted[number : number + A_CASE] * A_CASE)[:A_CASE]
        desk.register(told[:6])
        case = desk.told(told[6:], number)
        desk.work_on(case, told)
        desk.err(case, told)
    desk.sign_in_late(planted)
    print("planted", flush=True)  # noqa: T201
    sys.stdin.read()


class Desk:
    """Somebody at the pages of the deployment."""

    def __init__(self) -> None:
        from django.test import Client  # noqa: PLC0415
        from django.utils.timezone import now  # noqa: PLC0415

        from asylon_server.store.entry import ways  # noqa: PLC0415
        from asylon_server.store.organisations import acts  # noqa: PLC0415
        from asylon_server.store.organisations.models import (  # noqa: PLC0415
            Account,
            Organisation,
        )

        self.now = now
        self.kim = Account.objects.get(name="Kim")
        self.papers = ways.set_up(
            self.kim, at=now(), password=PASSWORD, secret=b"s" * 32
        )
        self.kim.refresh_from_db()
        self.counsel = acts.open_account(
            None,
            name="Counsel",
            role="counsel",
            organisation=Organisation.objects.get(),
            at=now(),
        )
        self.pages = self._signed_in(Client(raise_request_exception=False))

    def _signed_in(self, client):
        from asylon_server.web.common.stepping import CONFIRMED  # noqa: PLC0415

        client.defaults["SERVER_NAME"] = "localhost"
        client.force_login(self.kim)
        session = client.session
        session[CONFIRMED] = self.now().isoformat()
        session.save()
        return client

    def ask(self, way, path, typed=None):
        """Ask for a page, and print one that tells of an error."""
        answer = getattr(self.pages, way)(path, typed or {})
        if answer.status_code in ERRORS:
            print(answer.status_code, answer.content.decode(), flush=True)  # noqa: T201
        return answer

    def register(self, told):
        """Search for a family and register it, at the pages, not without faults."""
        found = self.ask("post", "/desk/register/", {"name": told[0], "born": "1989"})
        form = {
            "submission": KEPT.search(found.content.decode())[1],
            "people": "p1 p2",
            "p1-name": told[0],
            "p1-born": told[5],
            "p1-kind": "used",
            "p1-feared": "PRK",
            "p1-first_language": told[2],
            "p2-name": told[3],
            "p2-born": "2019-05-02",
            "p2-kin": "mother",
        }
        assert self.ask("post", "/desk/register/family/", form | {"p1-name": ""})
        for act in ("add", "check", "register", "register"):
            sent = form | {"act": act, "p1-born": "1989"}
            self.ask("post", "/desk/register/family/", sent)
        other = form | {"act": "register", "p1-name": told[4], "p1-born": "1989"}
        again = self.ask("post", "/desk/register/family/", other)
        assert again.status_code in RESENT
        for field in ("reference", "order", "destination"):
            self.ask("get", "/desk/", {field: told[0]})

    def told(self, told, number):
        """Register a family of whom everything was told, by the act itself."""
        from asylon_server.store.cases import acts  # noqa: PLC0415

        return acts.register(
            self.kim.actor,
            family(told, f"P-{number}"),
            submission=f"p{number}",
            at=self.now(),
            custody=unlocking.custody(),
        )

    def work_on(self, case, told):
        """Amend a case, talk of a certificate, issue it, and propose to erase the case."""
        from asylon_server.store.cases import erasures, telling  # noqa: PLC0415
        from asylon_server.store.cases.changes import Change  # noqa: PLC0415

        for word in told[:3]:
            change = Change("p1", "names", new=Name(word, "Hang"))
            telling.tell(
                self.kim.actor,
                case.id,
                [change],
                at=self.now(),
                custody=unlocking.custody(),
            )
        page = f"/desk/cases/{case.id}"
        for part, typed in PARTS.items():
            self.add(f"{page}/people/p1/told/{part}/", typed, told)
        talk = {"language": "한국어", "interpreter": told[3], "wish": "carry"}
        self.ask("post", f"{page}/people/p1/talk/", talk)
        self.ask("post", f"{page}/people/p1/talk/", talk | {"read_back": "on"})
        self.ask("post", f"{page}/people/p1/certificate/", {"names": ["0"]})
        self.ask("get", f"{page}/certificates/1/")
        case.assignments.create(account=self.counsel, since=case.opened)
        erasures.propose(
            self.counsel.actor,
            case.id,
            erasures.Said(Ground.WISH, told[4]),
            at=self.now(),
            custody=unlocking.custody(),
        )

    def add(self, page, typed, told):
        """Check and keep one thing on the page of its part."""
        hidden = dict(HIDDEN.findall(self.ask("get", page).content.decode()))
        filled = {n: told[v] if isinstance(v, int) else v for n, v in typed.items()}
        for act in ("check", "keep", "keep"):
            self.ask("post", page, {**hidden, **filled, "act": act})

    def err(self, case, told):
        """Fail in every way that a page can fail, with a word at hand."""
        from unittest.mock import patch  # noqa: PLC0415

        from django.db import OperationalError  # noqa: PLC0415

        from asylon_server.web.desk import cases  # noqa: PLC0415

        page = f"/desk/cases/{case.id}"
        for path in (f"/desk/{told[0]}/", f"{page}/people/{told[2]}/"):
            self.ask("get", path)
            self.ask("post", path, {"name": told[1]})
        for error in (RuntimeError, OperationalError, ValueError):
            with patch.object(cases, "picture", side_effect=error(told[5])):
                self.ask("get", f"{page}/kin/", {"q": told[4]})

    def sign_in_late(self, told):
        """Send a form after its session has ended, so that it is kept."""
        from django.test import Client  # noqa: PLC0415

        from asylon_server.store.entry.models import KeptForm, Session  # noqa: PLC0415

        self.pages = Client(raise_request_exception=False, SERVER_NAME="localhost")
        typed = {"name": "Kim", "password": PASSWORD}
        self.ask("post", "/sign-in/", typed | {"name": told[0], "code": "000000"})
        self.ask("post", "/sign-in/", typed | {"code": self.papers[0]})
        Session.objects.all().delete()
        self.ask("post", "/desk/register/", {"name": told[0], "born": told[1]})
        assert KeptForm.objects.exists()


def family(told, reference):
    """Make a file with a word in every field that holds words."""
    word = iter(told * A_CASE)
    day = starting.now().date() - timedelta(days=1)
    mother = Person(
        "p1",
        names=(
            Name(next(word), "Hang", note=next(word)),
            Name(next(word), "Hani", kind="alias", told_by=next(word)),
        ),
        born=(read("1989"),),
        languages=(Speech("ko", next(word), is_first=True),),
        stays=(Stay("lived", Place(next(word), "CHN", note=next(word))),),
        feared=("PRK",),
        kin=(Kinship("mother", names=(Name(next(word), "Hang"),), note=next(word)),),
        contacts=(Contact("phone", next(word), hours=next(word)),),
        needs=(Need("SM", note=next(word)),),
        note=next(word),
    )
    consent = Consent("referral", next(word), "ko", given=day, interpreter=next(word))
    return File(
        reference,
        people=(replace(mother, consents=(consent,)),),
        holds=(Hold("PRK", day, "wish_expressed", note=next(word)),),
        claims=(CaseClaim("c1", "p1", note=next(word)),),
        note=next(word),
    )


if __name__ == "__main__":
    here = deployment(Path(os.environ[unlocking.HOME]))
    starting.start(here)
    unlocking.unlock(here.custody_file, os.environ["PASSPHRASE_OF_THE_TEST"])
    from django.conf import settings

    settings.ASYLON_CUSTODY = unlocking.held()
    main(int(sys.argv[1]))

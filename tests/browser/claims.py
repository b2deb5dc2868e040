"""People at their desks who take one claim on, by the links that they see."""

from __future__ import annotations

import os
import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Page

from asylon.casework import Contact, File, Hold, Person, Speech
from asylon.dates import read
from asylon.identity import Name, NationalityClaim
from asylon_server.letters import FacesError, faces
from asylon_server.store.cases import reads
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment, Case
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.web.common.stepping import CONFIRMED
from tests.browser.conftest import AXE, missing, press

REDIRECTS = 302
MAPPED = re.compile(r"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")
PACKED = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
MARKS = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def letters_can_be_printed():
    """Pass over a test where no face carries Korean and Chinese."""
    try:
        faces.chosen(faces.installed().families())
    except FacesError:
        missing("A face with Korean and Chinese letters")


def registered(*nationalities):
    """Register somebody who speaks Korean, fears North Korea, and can be interviewed."""
    person = Person(
        "p1",
        names=(Name("김정숙", "Hang"),),
        born=(read("1989"),),
        sex="female",
        languages=(Speech("ko", "Hamgyong", is_first=True),),
        nationalities=tuple(NationalityClaim(e, "asserted") for e in nationalities),
        contacts=(Contact("phone", "010"),),
        feared=("PRK",),
    )
    holds = tuple(Hold(e, now().date(), "wish_expressed") for e in nationalities)
    file = File("A-1", people=(person,), holds=holds)
    custody, actor = settings.ASYLON_CUSTODY, Account.objects.get().actor
    return register(actor, file, submission="s", at=now(), custody=custody)


def seated(case, *seats):
    """Let people have the case as their work: each a kind, a role and a name."""
    for kind, role, name in seats:
        house, _made = Organisation.objects.get_or_create(
            kind=kind, defaults={"name": kind}
        )
        account = Account(name=name, organisation=house, role=role, settled=now())
        account.set_unusable_password()
        account.save()
        Assignment.objects.create(case=case, account=account, since=now())


@dataclass
class Desk:
    """A browser before the claim of a case; who sits there changes."""

    page: Page
    server: str
    case: Case
    name: str

    def sits(self, who):
        """Let somebody sit down who has just signed in, and go to what there is to do."""
        client = Client()
        client.force_login(Account.objects.get(name=who))
        session = client.session
        session[CONFIRMED] = now().isoformat()
        session.save()
        kept = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [
                {"name": name, "value": value, "url": self.server}
                for name, value in (
                    ("asylon-language", "en"),
                    (settings.SESSION_COOKIE_NAME, kept),
                )
            ]
        )
        self.page.goto(self.server)
        self.opens_the_claim()

    def opens_the_claim(self):
        """Go from the first page of the desk to the claim."""
        self.follows(self.case.reference)
        self.follows("Claims")
        claims = self.page.locator("main tbody a")
        if claims.count():
            press(claims.first)

    def follows(self, text):
        """Follow a link that is seen on the page, by its words."""
        link = self.page.locator("a", has_text=re.compile(rf"^\s*{re.escape(text)}"))
        press(unfolded(link.first))

    def presses(self, text):
        """Press a button by its words."""
        press(self.page.locator("main").get_by_role("button", name=text, exact=True))

    def sees(self, *words):
        """Say whether words stand in what is shown."""
        text = self.page.locator("main").inner_text()
        return all(each in text for each in words)

    def pictured(self, state):
        """Take a picture where pictures are asked for."""
        if pictures := os.environ.get("ASYLON_PICTURES"):
            file = Path(pictures) / f"{self.name}-{state}.png"
            self.page.screenshot(path=file, full_page=True)

    def stage(self):
        """Say how far the claim has come, as its page shows it."""
        return self.page.locator("[aria-current=step]").inner_text()

    def looks(self, state):
        """Look at a page as every other test of the browser does."""
        self.pictured(state)
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run()")
        told = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
        assert told == [], state
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], state

    def claim(self):
        """Read the claim as it is kept."""
        _version, file = reads.whole_said(self.case, custody=settings.ASYLON_CUSTODY)
        return file.claims[0]

    def lodges(self, procedure):
        """Lodge the claim of who is on the case."""
        self.follows("Lodge a claim")
        told = {"person": "p1", "procedure": procedure, "state": "CHN"}
        for field, value in told.items():
            self.page.select_option(f"[name={field}]", value)
        self.presses("Lodge the claim")

    # An interview.

    def fixes_an_interview(
        self,
        interpreter,
    ):
        """Fix an interview in Korean for tomorrow."""
        self.follows("Fix an interview")
        told = {
            "on": f"{now() + timedelta(days=1):%Y-%m-%d}",
            "begins": "09:00",
            "ends": "11:00",
            "room": "2",
            "officer_languages": "English",
            "interpreter_languages": "한국어, English",
            "interpreter_dialects": "Hamgyong",
        }
        for field, words in told.items():
            self.page.fill(f"[name={field}]", words)
        self.page.select_option("[name=interpreter]", label=interpreter)
        for field in ("promised", "untied"):
            self.page.check(f"[name={field}]")
        self.presses("Fix the interview")

    def begins_the_interview(self):
        """Begin the interview that is fixed, with somebody who agrees to it."""
        self.follows("Interviews")
        press(self.page.locator("main tbody a").first)
        self.follows("Begin it, or give it up")
        self.page.check("[name=agreed]")
        self.presses("Begin the interview")

    def asks(self, said):
        """Ask as a story has it, and keep the answer, each in both languages."""
        if said.fact:
            self.page.select_option("[name=kind]", "point")
        elif said.topic:
            self.page.select_option("[name=topic]", said.topic)
        if said.doubt:
            self.page.fill("[name=doubt]", said.doubt)
        told = (said.question, said.asked, said.answer, said.rendered)
        self.page.locator("[data-entry] [name=words]").click()
        for words in told:
            self.page.keyboard.insert_text(words)
            self.page.keyboard.press("Control+Enter")
            self.page.wait_for_selector(".a-part__state", state="detached")

    def reads_back_and_signs_off(self):
        """Say that all was read back, and sign the record off."""
        self.page.locator("[data-press] [value=read_back]").click()
        self.page.wait_for_selector(".a-part__state", state="detached")
        self.follows("Sign off the record")
        self.presses("Sign off the record")

    def holds_an_interview(self, interpreter, said):
        """Interview somebody in Korean, from the plan to the signature, and examine."""
        self.fixes_an_interview(interpreter)
        self.begins_the_interview()
        for each in said:
            self.asks(each)
        self.reads_back_and_signs_off()
        self.follows("Begin to examine")
        self.presses("Begin to examine")

    # What is found.

    def writes_a_fact(self, fact):
        """Write a material fact down."""
        self.follows("Write a material fact down")
        self.page.fill("[name=words]", fact.words)
        self.page.fill(f"[name=indicator-{fact.indicator}]", fact.looked)
        self.page.check(f"[name=accepted][value={fact.accepted}]")
        self.presses("Write it down")

    def links(self, said, fact, side):
        """Link an answer to a fact, from where it stands in the whole record."""
        self.follows("The whole record")
        line = self.page.locator(".a-said > li", has_text=said.answer)
        press(line.locator("a"))
        place = self.page.locator("article.a-fact", has_text=fact.words)
        press(place.locator("a", has_text="Link what was said").first)
        self.page.check(f"[name=side][value={side}]")
        self.page.fill("[name=why]", "It is told so.")
        self.presses("Write it down")

    def finds(self, path, value, reasons, facts, *, against=False):
        """Find on an element; what speaks for the person is answered against them."""
        self.opens_the_element(path)
        self.page.check(f"[name=value][value={value}]")
        self.page.fill("[name=reasons]", reasons)
        for fact in facts:
            self.page.check(f"[name=facts][value={fact}]")
        for answer in self.page.locator("[name^=answer-]").all() if against else ():
            unfolded(answer).fill("It was weighed, and what was put remains.")
        self.presses("Write it down")

    def sends_findings(self, findings, reasons, fact, answered=()):
        """Send the forms of elements as this browser would, without looking at each page.

        What is found on all that stands in nobody's way takes a form each, and they are
        all alike.
        """
        token = self.page.input_value("header [name=csrfmiddlewaretoken]")
        here = self.page.url.partition("#")[0]
        for path, value in findings.items():
            told = {"value": value, "reasons": reasons, "read": "0", "facts": fact}
            told |= {f"answer-{each}": "It was weighed." for each in answered}
            answer = self.page.request.post(
                f"{here}elements/{quote(path)}/",
                form=told | {"csrfmiddlewaretoken": token},
                max_redirects=0,
            )
            assert answer.status == REDIRECTS, path
        self.follows("Facts and findings")

    def opens_the_element(self, path):
        """Follow the link of an element, in whichever group it is listed."""
        link = self.page.locator(f"main a[href$='/elements/{quote(path)}/']").first
        press(unfolded(link))

    # What is decided.

    def drafts(self, outcome, heading, words):
        """Draft a decision: the first of its reasons in words of one's own."""
        self.page.select_option("[name=outcome]", outcome)
        unfolded(self.page.locator("[name=heading-0]")).fill(heading)
        self.page.fill("[name=words-0]", words)
        self.presses("Keep this draft")

    def agrees(self):
        """Read the whole record, and agree with the draft after that."""
        self.follows("Agree with the draft after reviewing it")
        self.follows("Read the whole record")
        self.follows("Decision")
        self.follows("Agree with the draft after reviewing it")
        self.presses("Agree with the draft after reviewing it")

    def tells(self):
        """Read the letter out, with an interpreter, to somebody who understands."""
        self.follows("Tell the decision")
        self.page.select_option("[name=way]", "read_out")
        self.page.fill("[name=interpreter]", "Han")
        self.page.check("[name=understood]")
        self.presses("Keep how it was told")


def unfolded(what):
    """Unfold what something stands in, where it is not seen."""
    if not what.is_visible():
        what.locator("xpath=ancestor::details[1]/summary").click()
    return what


def texts_of(pdf):
    """Read what a letter says, once by the table of characters of each of its faces.

    Blanks are left out, since lines are broken where they are.
    """
    streams = []
    for packed in PACKED.findall(pdf):
        with suppress(zlib.error):
            streams.append(zlib.decompressobj().decompress(packed))
    tables = [_table(each) for each in streams if b"beginbfchar" in each]
    literals = (words for e in streams if b" Tf" in e for words in _literals(e))
    glyphs = b"".join(each for each in literals if not len(each) % 2)
    pairs = [glyphs[at : at + 2].hex() for at in range(0, len(glyphs), 2)]
    told = ("".join(table.get(each, "") for each in pairs) for table in tables)
    return ["".join(each.split()) for each in told]


def _table(stream):
    return {
        glyph.lower(): bytes.fromhex(told).decode("utf-16-be")
        for glyph, told in MAPPED.findall(stream.decode("latin-1"))
    }


def _literals(stream):
    """Go through the strings of a stream: what is balanced in them is not escaped."""
    depth = begins = 0
    for found in MARKS.finditer(stream):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 1 and found[0] == b"(":
            begins = found.end()
        elif depth == 0 and found[0] == b")":
            yield ESCAPED.sub(_unescaped, stream[begins : found.start()])


def _unescaped(found):
    told = found[1]
    if told.isdigit():
        return bytes([int(told, 8)])
    return CONTROLS.get(told, told)

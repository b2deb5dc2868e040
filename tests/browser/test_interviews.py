"""An interview in Korean in a real browser: nothing that was acknowledged is ever lost."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Error

from asylon.casework import CaseClaim, Contact, File, Hold, Person, Speech
from asylon.dates import read
from asylon.identity import Name
from asylon_server.store.cases import reads
from asylon_server.store.cases.acts import register
from asylon_server.store.cases.models import Assignment
from asylon_server.store.claims import interviews, planning, steps
from asylon_server.store.claims.interviews import Begun, Where
from asylon_server.store.entry import ways
from asylon_server.store.organisations.models import Account, Organisation
from tests.asylon_server.interviewing import plan
from tests.asylon_server.web.conftest import SECRET
from tests.browser.conftest import press
from tests.browser.finding import system_chromium
from tests.browser.test_holding import sign_in
from tests.browser.test_registering import PASSWORD, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]

SAID = (
    ("When did you leave home?", "언제 집을 떠나셨습니까?"),
    ("2019년 겨울에 강을 건넜습니다.", "I crossed the river in the winter of 2019."),
    ("Why did you leave?", "왜 떠나셨습니까?"),
    ("오빠가 잡혀간 뒤로 무서웠습니다.", "I was afraid after my brother was taken."),
)
SECOND = 1.0


@pytest.fixture
def case(server):
    """A case with a claim that an officer of UNHCR works on, and an interpreter."""
    person = Person(
        "p1",
        names=(Name("김정숙", "Hang"),),
        born=(read("1989"),),
        sex="female",
        languages=(Speech("ko", "Hamgyong", is_first=True),),
        contacts=(Contact("phone", "010"),),
        feared=("PRK",),
    )
    hold = Hold("PRK", now().date(), "wish_expressed")
    file = File("A-1", people=(person,), holds=(hold,))
    keys, actor = settings.ASYLON_CUSTODY, Account.objects.get().actor
    made = register(actor, file, submission="s", at=now(), custody=keys)
    unhcr = Organisation.objects.create(kind="unhcr", name="UNHCR")
    roles = {"Ahn": "eligibility", "Han": "interpreter", "Yun": "interpreter"}
    for name, role in roles.items():
        account = Account(name=name, organisation=unhcr, role=role)
        account.set_unusable_password()
        account.save()
        ways.set_up(account, at=now(), password=PASSWORD, secret=SECRET)
        Assignment.objects.create(case=made, account=account, since=now())
    told = CaseClaim("new", "p1", wish_heard=now().date())
    steps.lodge(whose("Ahn"), made.id, told, at=now(), custody=keys)
    return made


@pytest.fixture
def begun(case):
    """An interview of that case which has begun; its address."""
    who, keys = whose("Ahn"), settings.ASYLON_CUSTODY
    wanted = plan(who.account, whose("Han").account, begins=now())
    planning.fix(who, case.id, "c1", wanted, at=now(), custody=keys)
    where = Where(case.id, "c1", "i1")
    interviews.begin(who, where, Begun("ko", agreed=True), at=now(), custody=keys)
    return reverse("desk:interview", args=[case.id, "c1", "i1"])


@pytest.mark.parametrize("language", ["en", "ko"])
def test_an_interview_is_held_from_its_plan_to_its_signature(
    server, case, page, look, language
):
    sign_in(server, page, "Ahn", language)
    fix(server, case, page, look)
    begin(page, look)
    for said in SAID:
        say(page, *said)
    page.select_option("[name=topic]", "fear_since")
    say(page, "What if you went back now?", "지금 돌아가면 어떻게 됩니까?")
    look("i5-said")
    page.locator("[data-press] [value=read_back]").click()
    page.wait_for_selector(".a-part__state", state="detached")
    page.reload()
    look("i6-read-back")
    press(page.locator("main .a-acts a").last)
    look("i7-sign-off")
    press(page.locator("main form button"))
    look("i8-claim")
    [interview] = kept(case)
    assert [(e.words, e.rendered) for e in interview.segments[:4]] == [*SAID]
    assert interview.signed_off == now().date()


def test_a_browser_that_is_killed_loses_the_field_being_typed_and_no_more(
    server, case, begun, chromium
):
    doomed = chromium.browser_type.launch(
        executable_path=system_chromium(), args=["--no-sandbox"]
    )
    context = doomed.new_context()
    page = context.new_page()
    sign_in(server, page, "Ahn", "ko")
    page.goto(server + begun)
    for said in SAID:
        say(page, *said)
    page.fill("[name=words]", "아직 말하는 중")
    killed = doomed.new_browser_cdp_session()
    with pytest.raises(Error):
        killed.send("Browser.crash")

    [interview] = kept(case)

    assert [(e.words, e.rendered) for e in interview.segments] == [*SAID]


def test_what_cannot_be_sent_stays_on_the_page_and_is_sent_later(
    server, case, begun, page, look
):
    sign_in(server, page, "Ahn", "en")
    page.goto(server + begun)
    page.context.set_offline(True)
    page.fill("[name=words]", "물에 빠질 뻔했습니다.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#unkept:not(:empty)")
    look("i9-offline")
    assert "물에 빠질 뻔했습니다." in page.locator("#record").inner_text()
    assert kept(case)[0].segments == ()

    page.context.set_offline(False)
    page.wait_for_selector(".a-part__state", state="detached")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.fill("[name=words]", "그래도 건넜습니다.")
    page.keyboard.press("Tab")
    page.wait_for_selector("#unkept:not(:empty)")
    look("i9-signed-out")
    page.context.add_cookies(cookies)
    page.wait_for_selector(".a-part__state", state="detached")

    told = ["물에 빠질 뻔했습니다.", "그래도 건넜습니다."]
    assert [e.words for e in kept(case)[0].segments] == told


def test_an_objection_stops_every_window_until_somebody_else_takes_over(
    server, case, begun, page, look
):
    sign_in(server, page, "Ahn", "en")
    page.goto(server + begun)
    other = page.context.new_page()
    other.goto(server + begun)
    say(page, "첫째 창")
    page.locator("[data-press] [value=objection]").click()
    page.wait_for_selector("#objection")
    other.fill("[name=words]", "둘째 창")
    other.keyboard.press("Control+Enter")
    refused = other.locator(".a-part--refused textarea").last
    refused.wait_for()
    take_over(page, look)
    other.locator(".a-part--refused button").last.click()
    other.wait_for_selector(".a-part__state", state="detached")

    assert other.locator("#record > li").count() == len(kept(case)[0].segments)
    told = [(e.kind, e.words) for e in kept(case)[0].segments]
    assert told == [
        ("question", "첫째 창"),
        ("objection", ""),
        ("replaced", "Ahn Yun"),
        ("question", "둘째 창"),
    ]


def take_over(page, look):
    press(page.locator("#objection a"))
    page.select_option("[name=interpreter]", label="Yun")
    look("i10-take-over")
    page.check("[name=promised]")
    page.check("[name=untied]")
    press(page.locator("main form button").last)
    look("i11-taken-over")


def fix(server, case, page, look):
    page.goto(server + reverse("desk:interview-plan", args=[case.id, "c1"]))
    look("i0-plan")
    page.fill("[name=on]", f"{now() + timedelta(days=1):%Y-%m-%d}")
    page.fill("[name=begins]", "09:00")
    page.fill("[name=ends]", "11:00")
    page.fill("[name=room]", "2")
    page.fill("[name=officer_languages]", "English")
    page.select_option("[name=interpreter]", label="Han")
    page.fill("[name=interpreter_languages]", "중문")
    press(page.locator("main form button").last)
    look("i1-plan-misfits")
    page.fill("[name=interpreter_languages]", "한국어, English")
    page.fill("[name=interpreter_dialects]", "Hamgyong")
    page.check("[name=promised]")
    page.check("[name=untied]")
    press(page.locator("main form button").last)
    press(page.locator(".a-sections a[href$='/interviews/']"))
    look("i2-interviews")


def begin(page, look):
    press(page.locator("main tbody a").first)
    look("i3-planned")
    press(page.locator("main a.govuk-button"))
    look("i4-begin")
    page.check("[name=agreed]")
    press(page.locator("[name=act][value=begin]"))


def say(page, words, rendered=""):
    """Type what is said as people do, and what the interpreter says; each is kept soon."""
    page.locator("[data-entry] [name=words]").click()
    page.keyboard.insert_text(words)
    leave(page)
    if rendered:
        page.keyboard.insert_text(rendered)
        leave(page)


def leave(page):
    before = time.monotonic()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".a-part__state", state="detached")
    assert time.monotonic() - before < SECOND


def kept(case):
    _version, file = reads.whole_said(case, custody=settings.ASYLON_CUSTODY)
    return file.claims[0].interviews


def whose(name):
    return Account.objects.get(name=name).actor

"""An office on PostgreSQL as people meet it: the command serves, and a browser comes."""

from __future__ import annotations

from base64 import b32decode

import pytest
from django.utils.timezone import now

from asylon.security.codes import STEP
from tests.asylon_server.runs import once
from tests.asylon_server.web.conftest import shown
from tests.browser.conftest import chromium, press

__all__ = ["chromium"]

pytestmark = once

PASSWORD = "nine quiet herons wade"  # noqa: S105  of nobody


@pytest.fixture
def office(made, address):
    office, said = made("--database", address("browsed"))
    assert said.code == 0, said.err
    office.ask("user", "add", "Kim", "--role", "registration")
    return office


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_somebody_signs_in_and_registers_a_family(office, page):
    with office.served() as (told, _):
        address = told.split("ready: ")[1].strip()
        link = office.ask("user", "sign-in-link", "Kim", "--address", address)
        sign_in(page, begin(page, next(e for e in link.out.split() if "http" in e)))
        register(page)
        assert "김정숙" in page.content()

    assert office.wrote("read")[0].endswith(" 김정숙 open")
    assert office.ask("log", "verify").code == 0


def begin(page, link):
    page.goto(link)
    press(page.locator("main form button").first)
    spelled = page.locator(".a-spelled").inner_text().replace(" ", "")
    page.fill("#password", PASSWORD)
    page.fill("#code", code(spelled, 0))
    press(page.locator("form:has(#code) button").first)
    press(page.locator("main a.govuk-button").first)
    press(page.locator("header form button:not([name])").first)
    return spelled


def sign_in(page, spelled):
    page.fill("[name=name]", "Kim")
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=code]", code(spelled, 1))
    press(page.locator("form:has([name=code]) button").first)
    assert page.url.endswith("/desk/")


def register(page):
    press(page.locator(".a-nav a").nth(1))
    page.fill("[name=name]", "김정숙")
    page.fill("[name=born]", "1989")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page.locator("[name=act][value=begin]"))
    page.select_option("[name=p1-feared]", "PRK")
    press(page.locator("[name=act][value=check]").last)
    press(page.locator("[name=act][value=register]"))


def code(spelled, ahead):
    return shown(b32decode(spelled), now() + ahead * STEP)

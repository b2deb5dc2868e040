"""A real browser before the pages of a desk that runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from asylon_server.web import assets
from asylon_server.web.assets.building import BUILT
from tests.browser.finding import system_chromium

WIDTHS = {"desktop": (1280, 900), "phone": (375, 812)}
SHOWN = {("en", "desktop"), ("ko", "phone")}
"""In which language a quick run looks at which width; a soak looks at each in each."""

# What is not broken need not be told, and telling it takes most of the time.
_BROKEN = """axe.run({resultTypes: ["violations"]}).then(
  found => found.violations.map(each => `${each.id}: ${each.nodes[0].html}`))"""

AXE = Path(assets.__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave to a soak what a quick run sees in another language or at another width."""
    for item in items:
        told = getattr(getattr(item, "callspec", None), "params", {})
        width = told.get("page") or told.get("width")
        if "language" in told and width and (told["language"], width) not in SHOWN:
            item.add_marker(pytest.mark.soak)


def missing(what):
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and this must not be passed over")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def chromium():
    """Chromium of the machine, else Playwright's own."""
    # Playwright keeps a loop running; the tests themselves are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if not (BUILT / "asylon" / "desk.css").is_file():
        missing("The style of the pages (make setup)")
    with sync_playwright() as play:
        path = system_chromium()
        if path is None and not Path(play.chromium.executable_path).exists():
            missing("Chromium (python -m tests.browser.finding)")
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=list(WIDTHS))
def page(chromium, request):
    """An empty page, wide or as narrow as a phone."""
    width, height = WIDTHS[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height})
    made, wrong = context.new_page(), []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: wrong.append(said.text) if refused(said) else None)
    yield made
    context.close()
    assert wrong == []


def press(what):
    """Press what leads to another page, and wait until that page is there."""
    with what.page.expect_navigation():
        what.click()


def refused(said):
    return said.type == "error" and "Content Security Policy" in said.text


@pytest.fixture
def look(page, request):
    """Look at a page: no rule of accessibility is broken, nothing runs off its side."""
    pictures = os.environ.get("ASYLON_PICTURES")
    if not AXE.is_file():
        missing("axe-core (make setup)")

    def looked(name):
        if pictures:
            file = Path(pictures) / f"{request.node.callspec.id}-{name}.png"
            page.screenshot(path=file, full_page=True)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert broken(page) == [], name

    return looked


def broken(page):
    """Say which rules of accessibility a page breaks, once it has axe, and its side."""
    told = page.evaluate(_BROKEN)
    over = page.evaluate("document.documentElement.scrollWidth")
    over -= page.viewport_size["width"]
    return [*told, f"runs off its side by {over} px"] if over > 0 else told

"""No page breaks a rule of accessibility: each page there is, and no list of them.

The pages are those that `matrix.toml` says somebody gets, so that a new page is looked
at without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Error

from tests.asylon_server.rights.table import (
    FRESH,
    NOBODY,
    OUT,
    PLAIN,
    STALE,
    Address,
    matrix,
)
from tests.asylon_server.rights.walking import path_of
from tests.asylon_server.rights.world import World, founded
from tests.browser.conftest import AXE, WIDTHS, broken, missing, refused

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

MATRIX = matrix()
SENT_BY = """told => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = told.path;
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  for (const [name, value] of Object.entries({...told.send, csrfmiddlewaretoken: token.value})) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = name; field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""
# Whose page is looked at: who sees most, and a body of the state, which sees least.
FIRST = (
    "legal_aid registration",
    "legal_aid counsel",
    "unhcr supervisor",
    "unhcr reviewing",
)
STATES = ("authority reviewing", "appeal_body appeal", "authority supervisor")


@dataclass(frozen=True)
class Sight:
    """A page, and as whom it is looked at; what is sent to it, where it is a form."""

    address: Address
    who: str
    state: str = FRESH
    sent: bool = False

    def __str__(self) -> str:
        how = "sent" if self.sent else self.state
        return f"{self.address.path} ({self.address.about}) by {self.who}, {how}"


@pytest.fixture
def world(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = founded()
    settings.ASYLON_CUSTODY = made.custody
    return made


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_breaks_a_rule_of_accessibility(
    language, width, world, live_server, chromium
):
    if not AXE.is_file():
        missing("axe-core (make setup)")
    wide, high = WIDTHS[width]
    context = chromium.new_context(viewport={"width": wide, "height": high})
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda said: (
            wrong.append(f"{page.url}: {said.text}") if refused(said) else None
        ),
    )
    seen = 0
    for sight in sights():
        _enter(context, world, sight, language, live_server.url)
        if not _open(page, world, sight, live_server.url):
            continue
        seen += 1
        wrong += [f"{sight}: {each}" for each in broken(page)]
    context.close()

    assert wrong == []
    assert seen > len({each.path for each in MATRIX.addresses}) / 2


def sights() -> Iterator[Sight]:
    """Go through every page that somebody gets, and every form that is shown again."""
    for address in MATRIX.addresses:
        for who in _by(address, "get", {"page"}):
            yield Sight(address, who)
            if "get" in address.fresh:
                yield Sight(address, who, STALE)
        if address.expected("get", NOBODY, PLAIN, OUT) == "page":
            yield Sight(address, NOBODY, OUT)
    for address in MATRIX.addresses:
        for who in _by(address, "post", {"page", "refused"}):
            yield Sight(address, who, sent=True)


def _by(address: Address, way: str, outcomes: set[str]) -> list[str]:
    """Choose as whom to look: one who sees most, and a body of the state if it sees any."""
    relation = "assigned" if address.is_of_a_case else PLAIN

    def sees(who: str) -> bool:
        # A form is sent from its page, which has to be there first.
        return (
            address.expected(way, who, relation, FRESH) in outcomes
            and address.expected("get", who, relation, FRESH) == "page"
        )

    everybody = sorted({who for _way, who, _near in address.cells} - {NOBODY})
    ordered = [*FIRST, *(e for e in everybody if e not in {*FIRST, *STATES})]
    found = [next(filter(sees, ordered), None), next(filter(sees, STATES), None)]
    return [each for each in found if each]


def _enter(context, world: World, sight: Sight, language: str, url: str) -> None:
    context.clear_cookies()
    cookies = {"asylon-language": language}
    if sight.state != OUT:
        cookies["asylon-session"] = world.sessions[sight.who, sight.state]
    context.add_cookies(
        [{"name": n, "value": v, "url": url} for n, v in cookies.items()]
    )


def _open(page, world: World, sight: Sight, url: str) -> bool:
    """Open the page, if it is one: a letter to print is none."""
    who = "legal_aid registration" if sight.who == NOBODY else sight.who
    filled = MATRIX.fill | sight.address.fill
    if sight.address.is_of_a_case:
        filled |= world.named(world.case(who, "assigned"))
    path = f"{url}/{path_of(sight.address.path, filled)}"
    kind = page.request.head(path, max_redirects=0).headers.get("content-type", "")
    if not kind.startswith("text/html"):
        return False
    page.goto(path)
    if sight.sent:
        send = world.sent(who, sight.address.send)
        try:
            with page.expect_navigation():
                page.evaluate(SENT_BY, {"path": path, "send": send})
        except Error as error:
            if "ERR_ABORTED" not in str(error):
                raise
            return False  # what comes back is a file, and no page
    return True

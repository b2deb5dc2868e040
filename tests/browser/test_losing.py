"""The line breaks while a family is sent: nothing is lost, and nothing is kept twice."""

from __future__ import annotations

import pytest

from asylon_server.store.cases.models import Assignment
from tests.browser.test_amending import check
from tests.browser.test_registering import enter, server

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
__all__ = ["server"]


@pytest.fixture
def told(server, page):
    """A family that was told, on the page that asks whether it is right."""
    enter(server, page, lambda _name: None, "en")
    check(page)


def wait(page):
    """Wait for the page on which the browser says that nothing came."""
    page.wait_for_url(lambda url: url.startswith("chrome-error:"), wait_until="commit")
    page.wait_for_function("document.readyState === 'complete'")


def test_what_never_arrived_is_sent_again(told, page):
    page.context.set_offline(True)
    page.locator("[name=act][value=register]").click()
    wait(page)
    assert not Assignment.objects.exists()

    page.context.set_offline(False)
    page.reload()

    assert "김정숙" in page.content()
    assert Assignment.objects.count() == 1


def test_an_answer_that_never_came_is_asked_for_again(told, page):
    def cut(route):
        route.fetch()
        route.abort("connectionreset")

    page.route("**/register/family/", cut, times=1)
    page.locator("[name=act][value=register]").click()
    wait(page)
    first = Assignment.objects.get().case_id

    page.reload()

    assert "김정숙" in page.content()
    assert Assignment.objects.get().case_id == first

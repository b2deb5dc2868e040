"""A family is registered whole in a real browser, part by part, each on a small page."""

from __future__ import annotations

import pytest

from tests.browser.conftest import press
from tests.browser.test_registering import enter, server

__all__ = ["server"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

TOLD = (
    (
        "names",
        {
            "words": "李英",
            "kind": "in_hiding",
            "language": "简体中文",
            "since": "2008",
            "until": "2012년 봄",
            "note": "Hidden from the police of the town.",
        },
        ("李英", "2012년 봄"),
    ),
    ("born", {"born": "음력 1989년 3월"}, ("음력 1989년 3월",)),
    ("sex", {"sex": "female"}, ()),
    (
        "stays",
        {"kind": "lived", "words": "함경북도 무산", "country": "PRK", "until": "2008"},
        ("함경북도 무산",),
    ),
    (
        "nationalities",
        {
            "state": "KOR",
            "status": "acquired_by_law",
            "article": "Nationality Act, Article 2(1)",
        },
        ("Nationality Act, Article 2(1)",),
    ),
    (
        "kin",
        {"kind": "claimed_as_spouse", "name": "王", "claimed_by": "He himself"},
        ("He himself",),
    ),
    (
        "languages",
        {
            "language": "한국어",
            "dialect": "육진",
            "is_first": True,
            "interpreter": "I-7",
        },
        ("육진", "I-7"),
    ),
    (
        "contacts",
        {"way": "phone", "words": "138 0000", "hours": "10-12"},
        ("138 0000", "10-12"),
    ),
    (
        "unsafe",
        {"way": "message", "words": "WeChat", "note": "Read by others."},
        ("Read by others.",),
    ),
    (
        "consents",
        {
            "purpose": "family_tracing",
            "recipient": "Red Cross",
            "language": "한국어",
            "is_read_back": True,
            "answer": "given",
        },
        ("Red Cross",),
    ),
    ("needs", {"kind": "WR"}, ()),
    ("feared", {"state": "CHN"}, ()),
)
"""Of each part, what is typed, and words that are shown once it is kept."""


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_a_family_is_registered_whole(server, page, look, language):
    enter(server, page, look, language)
    register(page)
    press(page.locator("main dt a").first)
    look("c-person-first")
    for part, typed, shown in TOLD:
        add(page, look, part, typed)
        for each in shown:
            assert each in page.content()
    look("e-person-whole")
    wrong(page, look)
    change(page, look)
    another(page, look)


def register(page):
    check(page)
    press(page.locator("[name=act][value=register]"))


def check(page):
    press(page.locator(".a-nav a").nth(1))
    page.fill("[name=name]", "김정숙")
    page.fill("[name=born]", "1989")
    press(page.locator("main form button").first)
    press(page.locator("[name=act][value=begin]"))
    page.select_option("[name=p1-feared]", "PRK")
    press(page.locator("[name=act][value=add]"))
    page.fill("[name=p2-name]", "김별")
    page.select_option("[name=p2-kin]", "mother")
    press(page.locator("[name=act][value=check]").last)


def add(page, look, part, typed):
    press(page.locator(f"a[href$='/told/{part}/']"))
    look(f"d-{part}")
    fill(page, typed)
    press(page.locator("[name=act][value=check]").last)
    keep = page.locator("[name=act][value=keep]")
    if keep.count():
        look(f"d-{part}-check")
        press(keep)


def fill(page, typed):
    for name, value in typed.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        elif value is True:
            field.check()
        else:
            field.fill(value)


def another(page, look):
    press(page.locator(".a-sections a[href$='/people/']"))
    look("j-family")
    press(page.locator("a[href$='/another-person/']"))
    fill(page, {"name": "김달", "born": "2021", "kin": "mother", "other": "p1"})
    look("k-another")
    press(page.locator("[name=act][value=check]").last)
    look("l-another-check")
    press(page.locator("[name=act][value=keep]"))
    assert "김달" in page.content()
    assert page.locator("main dt a, main h2 a").count() == 3


@pytest.mark.parametrize("language", ["en", "ko", "zh-hans"])
def test_a_form_sent_again_shows_what_clashes(server, page, look, language):
    enter(server, page, look, language)
    check(page)
    form = page.content()
    press(page.locator("[name=act][value=register]"))
    press(page.locator("main dt a").first)
    press(page.locator("a[href*='/told/names/1/?']"))
    page.fill("[name=words]", "김정순")
    press(page.locator("[name=act][value=check]").last)
    send_again(page, form, "김정희")
    look("m-clash")
    press(page.locator("main form button").last)
    look("m-clash-unanswered")
    page.locator("#choice-0-both").check()
    press(page.locator("main form button").last)
    press(page.locator(".a-sections a[href$='/people/']"))
    assert "김정순" in page.content()
    assert "김정희" in page.content()


def send_again(page, form, name):
    """Send the form of registration once more, as from a page that lay open."""
    press(page.locator(".a-nav a").nth(1))
    page.evaluate(
        """([form, name]) => {
            const kept = new DOMParser().parseFromString(form, "text/html");
            const sent = document.importNode(kept.querySelector("main form"), true);
            const now = document.querySelector("[name=csrfmiddlewaretoken]");
            sent.elements["csrfmiddlewaretoken"].value = now.value;
            sent.elements["p1-name"].value = name;
            document.body.append(sent);
            sent.requestSubmit(sent.querySelector("[value=register]"));
        }""",
        [form, name],
    )
    page.wait_for_selector("#choice-0")


def wrong(page, look):
    press(page.locator("a[href$='/told/names/']"))
    press(page.locator("[name=act][value=check]").last)
    look("f-name-wrong")
    assert page.locator(".govuk-error-summary a").count() == 1
    press(page.locator(".govuk-back-link"))


def change(page, look):
    """Change one name on two pages at once, and choose between what was sent."""
    address = page.locator("a[href*='/told/names/1/?']").get_attribute("href")
    other = page.context.new_page()
    other.goto(page.url.partition("/desk/")[0] + address)
    press(page.locator("a[href*='/told/names/1/?']"))
    look("g-name-change")
    for each, words in ((other, "김정순"), (page, "김정희")):
        each.fill("[name=words]", words)
        press(each.locator("[name=act][value=check]").last)
    look("h-both")
    page.check("[name=choice][value=both]")
    press(page.locator("[name=act][value=keep]"))
    assert "김정순" in page.content()
    assert "김정희" in page.content()
    press(page.locator("a[href*='/told/names/1/out/']"))
    look("i-out")
    press(page.locator("[name=act][value=keep]"))
    assert "김정순" not in page.content()

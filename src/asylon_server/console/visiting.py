"""Asking for a page as a browser does: by a link that signs in, with cookies."""

from __future__ import annotations

import re
import urllib.error
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from asylon.cli.speaking import spoken
from asylon_server.console.plainly import ConsoleError

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_PATIENCE = 20.0


def signed_in_by(link: str) -> str:
    """Sign in by a link, and give the page that it leads to.

    Raises:
        ConsoleError: no page comes.
    """
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    try:
        with browser.open(link, timeout=_PATIENCE) as answer:
            token = _TOKEN.findall(answer.read().decode())
        sent = urlencode({"csrfmiddlewaretoken": token[0] if token else ""}).encode()
        with browser.open(link, sent, timeout=_PATIENCE) as answer:
            page: str = answer.read().decode()
            return page
    except (OSError, urllib.error.URLError) as error:
        message = spoken().say(
            "system",
            "The first page does not come: {reason}. `asylon doctor` names the repair.",
            reason=str(error).lower(),
        )
        raise ConsoleError(message) from None

"""Visits to an office that is served: signing in, and asking for pages by the second.

Every answer is checked: it has to be the page that was asked for, of that very case.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.cookies import SimpleCookie
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from benchmarks.asking import DisagreementError, PeerError

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CASE = re.compile(r'href="(/desk/cases/[0-9a-f-]{36}/)">([^<]+)</a>')
ASYLON = Path(sys.executable).with_name("asylon")


@dataclass
class Visitor:
    """A browser, as much of one as a server needs."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _line: HTTPConnection | None = None

    def get(self, path: str) -> str:
        """Ask for a page.

        Raises:
            DisagreementError: there is another answer than a page.
        """
        status, text = self._asked("GET", path)
        if status != 200:
            message = f"{path}: the answer was {status}, and no page"
            raise DisagreementError(message)
        return text

    def post(self, path: str, form: dict[str, str]) -> str:
        """Send a form, as the page of it was got before."""
        token = _TOKEN.search(self.get(path))
        sent = {**form, "csrfmiddlewaretoken": token[1] if token else ""}
        return self.send(path, sent)

    def send(self, path: str, form: dict[str, str]) -> str:
        """Send a form whose token is known."""
        status, text = self._asked("POST", path, urlencode(form))
        if status not in {200, 302}:
            message = f"{path}: the form was answered by {status}"
            raise DisagreementError(message)
        return text

    def token(self, path: str) -> str:
        """Get the token of the form on a page."""
        found = _TOKEN.search(self.get(path))
        return found[1] if found else ""

    def again(self) -> Visitor:
        """Open another window of the same browser."""
        return Visitor(self.port, dict(self.cookies))

    def _asked(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        try:
            return self._sent(method, path, body)
        except RemoteDisconnected:
            # A line on which nothing was asked for a while is closed by the server.
            self._line = None
            return self._sent(method, path, body)

    def _sent(self, method: str, path: str, body: str) -> tuple[int, str]:
        if self._line is None:
            self._line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": "localhost", "Cookie": _line_of(self.cookies)}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        self._keep_cookies(answer)
        if answer.will_close:
            self._line.close()
        return answer.status, text

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, each in SimpleCookie(line).items():
                self.cookies[name] = each.value


def _line_of(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@contextmanager
def served(folder: Path, *words: str) -> Iterator[int]:
    """Serve an office by its own command, on a free port."""
    word = folder.parent / f"{folder.name}.passphrase"
    command = [str(ASYLON), "serve", "--home", str(folder), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--passphrase-file", str(word), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        told = ""
        for line in process.stdout or ():
            told += line
            if line.startswith("ready: "):
                break
        else:
            message = f"the office is not served:\n{told[-2000:]}"
            raise PeerError(message)
        yield int(line.rpartition(":")[2])
    finally:
        process.terminate()
        process.communicate(timeout=60)


def signed_in(folder: Path, port: int, name: str) -> Visitor:
    """Sign somebody in by a link, as it is given out at the prompt."""
    command = [str(ASYLON), "user", "sign-in-link", name, "--home", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"/sign-in/link/\S+", done.stdout)
    if found is None:
        message = f"no link signs in {name}: {done.stderr.strip()[-500:]}"
        raise PeerError(message)
    visitor = Visitor(port)
    visitor.post(found[0], {})
    return visitor


def cases(visitor: Visitor, pages: int) -> list[tuple[str, str]]:
    """Go through pages of a caseload: the address of each case, and its reference."""
    texts = (visitor.get(f"/desk/?page={number}") for number in range(1, pages + 1))
    found = [each for text in texts for each in _CASE.findall(text)]
    if not found:
        message = "the caseload is empty"
        raise DisagreementError(message)
    return list(dict.fromkeys(found))


def timed(
    visitor: Visitor, pages: Sequence[tuple[str, str]], count: int
) -> list[float]:
    """Ask for pages one after the other; each has to hold what stands beside it."""
    seconds = []
    for number in range(count):
        path, wanted = pages[number % len(pages)]
        began = perf_counter()
        text = visitor.get(path)
        seconds.append(perf_counter() - began)
        check(path, text, wanted)
    return seconds


def check(path: str, text: str, wanted: str) -> None:
    """Make sure that a page is the one that was asked for.

    Raises:
        DisagreementError: it is another.
    """
    if wanted not in text:
        message = f"{path}: the page does not say {wanted}"
        raise DisagreementError(message)


def a_second(
    visitor: Visitor, pages: Sequence[tuple[str, str]], count: int, *, windows: int = 8
) -> float:
    """Ask for pages from several windows at once, and count how many come a second."""
    share = count // windows
    browsers = [visitor.again() for _ in range(windows)]
    parts = [[*pages[n:], *pages[:n]] for n in range(0, windows * 7, 7)]
    with ThreadPoolExecutor(windows) as pool:
        began = perf_counter()
        asked = [
            pool.submit(timed, browser, part, share)
            for browser, part in zip(browsers, parts, strict=True)
        ]
        for each in asked:
            each.result()
        seconds = perf_counter() - began
    return windows * share / seconds

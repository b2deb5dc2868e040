"""Shares at a real terminal: one at a time, cleared in between, and typed back."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
from itertools import pairwise

import pytest

from tests.asylon_server.console.conftest import PATIENCE
from tests.cli.conftest import ASYLON

ON, OFF = "\x1b[?1049h", "\x1b[?1049l"
WORDS = re.compile(r"(?:[a-z]{4,8} ){3}[a-z]{4,8}|^\s+[a-z]{4,8}\s*$", re.M)


class Terminal:
    """A terminal with somebody at it."""

    def __init__(self, *words, env):
        self.own, far = pty.openpty()
        self.process = subprocess.Popen(
            [str(ASYLON), *map(str, words)], stdin=far, stdout=far, stderr=far, env=env
        )
        os.close(far)
        self.seen = ""
        self.read = 0

    def until(self, text):
        """Wait until something is on the screen, and give what came up to it."""
        begun = self.read
        while text not in self.seen[begun:]:
            ready, _, _ = select.select([self.own], [], [], PATIENCE)
            assert ready, self.seen[begun:]
            try:
                self.seen += os.read(self.own, 4096).decode()
            except OSError:
                break
        assert text in self.seen[begun:], self.seen[begun:]
        # What comes in the same breath is left for the next wait.
        self.read = self.seen.index(text, begun) + len(text)
        return self.seen[begun : self.read]

    def type(self, text=""):
        os.write(self.own, f"{text}\n".encode())

    def end(self):
        self.process.wait(PATIENCE)
        os.close(self.own)
        return self.process.returncode


@pytest.fixture
def terminal(office, passphrase_file):
    keys = ("--passphrase-file", passphrase_file)
    opened = Terminal(*("custody", "shares", "--shares", "2/3", *keys), env=office.home)
    yield opened
    if opened.process.poll() is None:
        opened.process.kill()
        opened.end()


def shown(screen):
    """Read the words of a share off a screen."""
    inner = screen.partition(ON)[2]
    words = " ".join(" ".join(WORDS.findall(inner)).split())
    assert len(words.split()) == 33, inner
    return words


def show(terminal):
    terminal.until("Enter shows it.")
    terminal.type()
    words = shown(terminal.until("Enter clears the screen."))
    terminal.type()
    terminal.until("Type it back")
    return words


def test_each_share_is_alone_on_a_screen_that_is_cleared(terminal):
    shares = []
    for number in range(1, 4):
        shares.append(show(terminal))
        terminal.type(shares[-1].upper())
        terminal.until(f"Share {number} of 3 is on paper.")
    terminal.until("are handed out")

    assert terminal.end() == 0
    assert len(set(shares)) == 3
    screens = re.split(f"{re.escape(ON)}|{re.escape(OFF)}", terminal.seen)
    outside = " ".join(screens[::2])
    # One word alone may be a word of the dialogue itself, as "paper" is.
    words = shares[0].split()[3:]
    assert not [pair for pair in pairwise(words) if " ".join(pair) in outside]


def test_what_is_typed_back_wrong_is_shown_again(terminal):
    first = show(terminal)
    terminal.type(" ".join(first.split()[:-1]))
    again = shown(terminal.until("Enter clears the screen."))

    assert again == first


def test_another_share_is_not_taken_for_this_one(terminal):
    first = show(terminal)
    terminal.type(first)
    show(terminal)
    terminal.type(first)

    terminal.until("This is another share.")

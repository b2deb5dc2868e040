"""Handing out shares of a key: one at a time, each to its holder, never all on a screen.

At a terminal each holder comes alone, copies the words on paper and types them back,
on a screen that leaves nothing behind. Without a terminal each share is a file of its
own in a new folder, to be carried to its holder and deleted.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from asylon.cli.speaking import spoken
from asylon.security import shares
from asylon.security.custody import FileCustody
from asylon.security.errors import ShareError
from asylon.security.shares import Share
from asylon_server.console.plainly import ConsoleError
from asylon_server.console.replacing import settle

_COUNTS = re.compile(r"(\d{1,2})/(\d{1,2})")
_ALONE = "\x1b[?1049h\x1b[2J\x1b[H"
"""Another screen, which has no history to scroll back in, emptied."""
_BACK = "\x1b[2J\x1b[H\x1b[?1049l"


@dataclass(frozen=True, slots=True)
class Sheets:
    """How shares are asked for: how many, and the folder for their files, if any."""

    how: str = ""
    to: Path | None = None

    @property
    def are_asked_for(self) -> bool:
        """Whether there are to be any."""
        return bool(self.how)

    def check(self) -> None:
        """Make sure that they can be handed out, before a key is touched.

        Raises:
            ConsoleError: the numbers cannot be, or there is nowhere to show them.
        """
        if not self.how:
            return
        counts(self.how)
        if self.to is not None:
            _refuse_what_is_there(self.to)
        elif not _has_terminal():
            message = spoken().say(
                "system",
                "There is no terminal to show each share to its holder alone. Name a "
                "new folder, for one file each: --shares-to FOLDER",
            )
            raise ConsoleError(message)

    def hand_out(self, keys: FileCustody) -> None:
        """Hand out shares of the newest key, if they are asked for."""
        if not self.how:
            return
        needed, of = counts(self.how)
        made = keys.shares(needed=needed, of=of)
        if self.to is not None:
            _in_files(made, self.to)
        else:
            _at_the_screen(made)
        _told(keys, made)


def counts(text: str) -> tuple[int, int]:
    """Read how many of how many holders bring the key back, such as 3/5.

    Raises:
        ConsoleError: it is written otherwise.
    """
    found = _COUNTS.fullmatch(text)
    if not found or not shares.FEWEST <= int(found[1]) <= int(found[2]) <= shares.MOST:
        message = spoken().say(
            "system",
            "--shares {text}: write how many holders are needed, of how many, such as "
            "3/5; at least {fewest}, at most {most}.",
            text=text,
            fewest=spoken().number(shares.FEWEST),
            most=spoken().number(shares.MOST),
        )
        raise ConsoleError(message)
    return int(found[1]), int(found[2])


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _refuse_what_is_there(folder: Path) -> None:
    if folder.exists():
        message = spoken().say(
            "system",
            "--shares-to {folder}: there is something already. Name a new folder.",
            folder=folder,
        )
        raise ConsoleError(message)


def _in_files(made: tuple[Share, ...], folder: Path) -> None:
    """Write each share to a file of its own, which only its owner reads."""
    folder.mkdir(mode=0o700)
    for share in made:
        file = folder / f"share-{share.number}.txt"
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as stream:
            stream.write(share.words + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    settle(folder)
    print(
        spoken().say(
            "system",
            "Each share is a file in {folder}. Carry each to another person, see that "
            "it opens there, and delete it here.",
            folder=folder,
        )
    )


def _at_the_screen(made: tuple[Share, ...]) -> None:
    for share in made:
        _to_its_holder(share, of=len(made))


def _to_its_holder(share: Share, *, of: int) -> None:
    """Show one share to one person, until they have typed it back from their paper."""
    say, number = spoken().say, spoken().number
    words = {"number": number(share.number), "of": number(of)}
    _wait(
        say(
            "system",
            "Share {number} of {of}: only its holder looks at the screen. Enter shows it.",
            **words,
        )
    )
    while True:
        _shown(say("system", "Share {number}", number=words["number"]), share)
        typed = _asked(
            say("system", "Type it back from the paper; Enter shows it again")
        )
        if typed.strip() and _is_it(typed, share):
            break
    print(say("system", "Share {number} of {of} is on paper.", **words), flush=True)


def _shown(title: str, share: Share) -> None:
    """Show the words, in lines that can be copied, until they have been."""
    words = share.words.split()
    lines = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
    shown = "\n".join(f"  {line}" for line in lines)
    wait = spoken().say(
        "system", "Write it on paper, word by word. Enter clears the screen."
    )
    try:
        print(f"{_ALONE}{title}\n\n{shown}\n", flush=True)
        _wait(wait)
    finally:
        print(_BACK, end="", flush=True)


def _asked(text: str) -> str:
    """Ask for a share, on the screen that leaves nothing behind."""
    try:
        print(_ALONE, end="", flush=True)
        return str(typer.prompt(text, default="", show_default=False))
    finally:
        print(_BACK, end="", flush=True)


def _is_it(typed: str, share: Share) -> bool:
    """Whether what was typed is the share; if not, say what is wrong with it."""
    try:
        is_it = shares.read(typed).words == share.words
    except ShareError as error:
        print(str(error), flush=True)
        return False
    if not is_it:
        print(spoken().say("system", "This is another share."), flush=True)
    return is_it


def _wait(text: str) -> None:
    typer.prompt(text, default="", show_default=False, prompt_suffix=" ")


def _told(keys: FileCustody, made: tuple[Share, ...]) -> None:
    print(
        spoken().say(
            "system",
            "Shares of the key {name} are handed out: any {needed} of the {of} bring it "
            "back.",
            name=keys.names[0],
            needed=spoken().number(made[0].needed),
            of=spoken().number(len(made)),
        )
    )

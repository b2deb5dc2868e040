"""What the demonstration says: how far its loading is, and how to come in."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from asylon.cli.showing import console
from asylon.cli.speaking import spoken
from asylon_server.console import cast, starting, visiting
from asylon_server.console.plainly import ConsoleError

LASTS = timedelta(hours=24)


@contextmanager
def progress() -> Iterator[Callable[[int, int], None]]:
    """Draw a bar while cases are registered; without a terminal there is none."""
    what = spoken().say("system", "Registering invented people")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=console(), disable=not sys.stdout.isatty())
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def links(address: str, open_browser: bool) -> bool:
    """Show a link for one person of each role, and go on serving."""
    say, out = spoken().say, console()
    shown = list(_links(address))
    out.print()
    out.print(Text(say("system", "ready: {address}", address=address), style="bold"))
    text = say(
        "system",
        "Everything in it is invented. Each link signs one person in, once and within "
        "24 hours; open it in a window of its own. Ctrl-C ends the demonstration.",
    )
    out.print(Padding(Text(text), (1, 0)))
    for part, link in shown:
        out.print(_row(part))
        out.print(
            Text(f"  {link}", style="cyan" if link.startswith("http") else ""),
            soft_wrap=True,
        )
    out.print()
    if open_browser:
        webbrowser.open(shown[0][1])
    return True


def one_page(address: str, open_browser: bool) -> bool:
    """Look at one page as the first person sees it, and stop."""
    say = spoken().say
    print(say("system", "ready: {address}", address=address), flush=True)
    [part, link] = next(_links(address))
    page = visiting.signed_in_by(link)
    if 'class="a-invented"' not in page or part.name not in page:
        raise ConsoleError(say("system", "The first page is not the one of the desk."))
    text = say("system", "The first page of {name} is there.", name=part.name)
    print(text, flush=True)
    return False


def _row(part: cast.Part) -> Table:
    row = Table.grid(padding=(0, 2))
    row.add_column(style="bold", min_width=14)
    row.add_column()
    row.add_row(part.role, Text(f"{part.office.name}: {cast.shown(part)}"))
    return row


def _links(address: str) -> Iterator[tuple[cast.Part, str]]:
    """Draw a link for one person of each role; who has a way in keeps to it."""
    from asylon_server.store.organisations import links
    from asylon_server.store.organisations.models import Account

    at, seen = starting.now(), set()
    for part in cast.CAST:
        role = (part.office, part.role)
        if role in seen:
            continue
        seen.add(role)
        account = Account.objects.get(name=part.name)
        if account.settled:
            yield (
                part,
                spoken().say(
                    "system", "{name} has set up a way to sign in.", name=part.name
                ),
            )
            continue
        secret = links.issue(None, account, at=at, lasts=LASTS)
        yield part, address + links.PATH.format(secret=secret)

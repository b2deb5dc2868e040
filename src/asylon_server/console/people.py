"""`asylon organisation` and `asylon user`: who takes part, and who can sign in."""

from __future__ import annotations

import json
import shlex
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from asylon.cli.speaking import spoken
from asylon_server.console import starting
from asylon_server.console.plainly import ConsoleError

if TYPE_CHECKING:
    # The tables can be imported only where a deployment is open.
    from asylon_server.store.organisations.models import Account, Organisation


def add_organisation(home: Path, name: str, kind: str, state: str) -> int:
    """Let another organisation take part."""
    starting.opened(home)
    from asylon_server.store.organisations.acts import open_organisation

    open_organisation(None, name=name, kind=kind, state=state, at=starting.now())
    print(spoken().say("system", "{name} takes part.", name=name))
    return 0


def add(home: Path, name: str, role: str, organisation: str) -> int:
    """Open an account."""
    starting.opened(home)
    from asylon_server.store.organisations.acts import open_account

    account = open_account(
        None,
        name=name,
        role=role,
        organisation=_organisation(organisation),
        at=starting.now(),
    )
    text = spoken().say(
        "system",
        "The account {name} is open: {role}, {organisation}. Next: asylon user "
        "sign-in-link {quoted} --home {home}",
        name=name,
        quoted=shlex.quote(name),
        home=shlex.quote(str(home)),
        role=role,
        organisation=account.organisation.name,
    )
    print(text)
    return 0


def show(home: Path, *, as_json: bool) -> int:
    """List the accounts."""
    starting.opened(home)
    from asylon_server.store.organisations.models import Account

    say = spoken().say
    accounts = Account.objects.select_related("organisation")
    for each in accounts.order_by("organisation__name", "name"):
        row = {
            "name": each.name,
            "role": each.role,
            "organisation": each.organisation.name,
            "kind": each.organisation.kind,
            "open": each.is_active,
        }
        is_open = say("account", "open") if each.is_active else say("account", "closed")
        line = f"{each.name:24} {each.role:14} {is_open:8} {each.organisation.name}"
        print(json.dumps(row, ensure_ascii=False) if as_json else line)
    return 0


def close(home: Path, name: str) -> int:
    """Close an account, with every link and session of it."""
    starting.opened(home)
    from asylon_server.store.organisations.acts import close_account

    close_account(None, _account(name).pk, at=starting.now())
    print(spoken().say("system", "The account {name} is closed.", name=name))
    return 0


def link(
    home: Path, name: str, address: str, hours: int, *, alone: bool = False
) -> int:
    """Print a link that signs somebody in once.

    `alone` is for an account in use whose office has nobody else to agree.
    """
    starting.opened(home)
    from asylon_server.store.entry import resets
    from asylon_server.store.organisations import links

    at, lasts = starting.now(), timedelta(hours=hours)
    if alone:
        secret = resets.alone(_account(name), at=at, lasts=lasts)
    else:
        secret = links.issue(None, _account(name), at=at, lasts=lasts)
    print(address.rstrip("/") + links.PATH.format(secret=secret))
    text = spoken().say_many(
        "system",
        "It signs {name} in once, within {count} hour. Give it to nobody else.",
        "It signs {name} in once, within {count} hours. Give it to nobody else.",
        hours,
        name=name,
    )
    print(text)
    return 0


def _account(name: str) -> Account:
    from asylon_server.store.organisations.models import Account

    found = Account.objects.filter(name=name).first()
    if found is None:
        message = spoken().say(
            "system",
            "There is no account named {name}. `asylon user list` lists them.",
            name=name,
        )
        raise ConsoleError(message)
    return found


def _organisation(name: str) -> Organisation:
    from asylon_server.store.organisations.models import Organisation

    known = list(Organisation.objects.order_by("name"))
    found = [each for each in known if name in ("", each.name)]
    if len(found) != 1:
        message = spoken().say(
            "system",
            "--organisation {name}: name one of those that take part: {names}.",
            name=name,
            names=spoken().names([each.name for each in known]),
        )
        raise ConsoleError(message)
    return found[0]

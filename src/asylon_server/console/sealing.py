"""The sealer: a process that seals the record within a second of new events.

    python -m asylon_server.console.sealing

It ends when it is told to, or when the process that started it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Bell
from typing import TYPE_CHECKING

from asylon.cli.speaking import spoken
from asylon.security import PrivateKey, SecurityError
from asylon_server.console import starting
from asylon_server.settings.deployment import deployment
from asylon_server.unlocking import HOME

if TYPE_CHECKING:
    from asylon_server.store.record.waiting import Glance

PAUSE_IN_SECONDS = 0.5
_TOLD = 5


def main() -> int:
    """Seal until told to stop; what could not be sealed is tried again."""
    stop = Bell()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    here = deployment(Path(os.environ[HOME]))
    starting.start(here)
    sealer, parent = Sealer(starting.sealer(here)), os.getppid()
    told = ""
    while not stop.wait(PAUSE_IN_SECONDS) and os.getppid() == parent:
        said = sealer.seal()
        if said not in ("", told):
            print(f"asylon sealer: {said}", file=sys.stderr, flush=True)
        told = said
    if stop.is_set():
        # The pages have ended by now, and what they wrote last waits for no next start.
        sealer.seal()
    return 0


@dataclass
class Sealer:
    """Seals what waits, again and again, and says once what it does not seal."""

    key: PrivateKey
    _glance: Glance | None = None
    _named: set[str] = field(default_factory=set)

    def seal(self) -> str:
        """Seal what waits, and say what is in the way of it."""
        from django.db import DatabaseError, connection

        try:
            strange = self._sealed()
        except DatabaseError as error:
            # Whatever was not looked at has to be looked at next.
            self._glance = None
            connection.close()
            return str(error).strip().partition("\n")[0]
        except SecurityError as error:
            self._glance = None
            return str(error)
        new = [each for each in strange if each not in self._named]
        self._named.update(new)
        if not new:
            return ""
        return spoken().say(
            "system",
            "Not sealed, because this deployment did not write them: {names}. `asylon "
            "doctor` names the repair.",
            names=spoken().listed(new[:_TOLD]),
        )

    def _sealed(self) -> list[str]:
        from asylon_server.store.record import acts, waiting

        at = starting.now()
        self._glance = self._glance or waiting.Glance()
        after = self._glance.after(at)
        # Asking first takes no lock from those who write.
        if waiting.sealable(limit=1, after=after):
            acts.seal(self.key, at=at, after=after)
        return [str(each.id) for each in waiting.refused(after=after)]


if __name__ == "__main__":
    sys.exit(main())

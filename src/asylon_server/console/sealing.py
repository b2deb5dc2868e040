"""The sealer: a process that seals the record within a second of new events.

    python -m asylon_server.console.sealing

It ends when it is told to, or when the process that started it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Event as Bell

from asylon_server.console import starting
from asylon_server.settings.deployment import deployment
from asylon_server.unlocking import HOME

PAUSE_IN_SECONDS = 0.5


def main() -> int:
    """Seal until told to stop; what could not be sealed is tried again."""
    stop = Bell()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    here = deployment(Path(os.environ[HOME]))
    starting.start(here)
    key, parent = starting.sealer(here), os.getppid()
    from django.db import DatabaseError, connection

    from asylon_server.store.record.acts import seal
    from asylon_server.store.record.models import Event

    told = ""
    while not stop.wait(PAUSE_IN_SECONDS) and os.getppid() == parent:
        try:
            # Asking first takes no lock from those who write.
            if Event.objects.filter(leaf=None).exists():
                seal(key, at=starting.now())
            told = ""
        except DatabaseError as error:
            connection.close()
            if str(error) != told:
                told = str(error)
                print(f"asylon sealer: {told}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

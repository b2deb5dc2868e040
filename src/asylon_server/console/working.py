"""The worker: a process that does what is due apart from pages, and holds no key.

    python -m asylon_server.console.working

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

PAUSE_IN_SECONDS = 2.0


def main() -> int:
    """Work until told to stop; what failed is told, and tried again within the hour."""
    stop = Bell()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    here = deployment(Path(os.environ[HOME]))
    starting.start(here)
    parent = os.getppid()
    from django.db import connections

    from asylon_server.console import chores

    while not stop.wait(PAUSE_IN_SECONDS) and os.getppid() == parent:
        for said in chores.do_due(here, at=starting.now()):
            print(f"asylon worker: {said}", file=sys.stderr, flush=True)
            connections.close_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())

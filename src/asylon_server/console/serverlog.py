"""What the web server says of requests that fail: that they do, and nothing of them.

An address or a header can hold a name, by a slip of the keyboard or of a program, and
what the server says lies in a journal that is kept for long and read by many.
"""

from __future__ import annotations

import sys
import traceback

from gunicorn.glogging import Logger  # type: ignore[import-untyped]


class ServerLog(Logger):  # type: ignore[misc]  # of a package without types
    """Says which kind of fault there was, and where in the code."""

    def warning(self, msg: str, *args: object, **kwargs: object) -> None:
        """Say that a request could not be read, without repeating it."""
        said = "A request could not be read." if "request" in msg.lower() else msg
        super().warning(said, *(args if said == msg else ()), **kwargs)

    def exception(self, msg: str, *args: object, **kwargs: object) -> None:
        """Say of a request that failed what failed, without what it was about."""
        if "request" not in msg.lower():
            super().exception(msg, *args, **kwargs)
            return
        kind, _error, trace = sys.exc_info()
        frames = traceback.extract_tb(trace)
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        name = kind.__name__ if kind else ""
        super().error("A request failed: %s, %s", name, where)

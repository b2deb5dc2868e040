"""A page beside which those of the office stand: one row, unsealed, to anybody.

It is served by the same web server with as many processes and threads, reads the row of
a case by its key, and fills a template of a few lines. It signs nobody in, opens no
seal, and writes nothing down: it is what no page of this kind can be quicker than.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

HOME = "ASYLON_HOME"
PAGE = (
    "<!DOCTYPE html><title>{{ case.reference }}</title><h1>{{ case.reference }}</h1>"
    "<p>{{ case.opened|date:'Y-m-d' }}</p>"
)


@contextmanager
def served_bare(folder: Path) -> Iterator[int]:
    """Serve the page over the tables of an office."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", f"{__name__}:application()"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--preload"),
        *("--worker-class", "gthread", "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
    ]
    here = os.environ | {HOME: str(folder)}
    process = subprocess.Popen(command, env=here, cwd=Path(__file__).parents[2])
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        asked = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asked.request("GET", "/ready")
            asked.getresponse().read()
        except OSError:
            time.sleep(0.1)
            continue
        finally:
            asked.close()
        return


def application() -> object:
    """Make the application: one view over one table."""
    from django.conf import settings

    from asylon_server.settings.deployment import deployment
    from asylon_server.settings.shared import databases

    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES=databases(deployment(Path(os.environ[HOME]))),
        ROOT_URLCONF=_urls(),
        SECRET_KEY="of nobody",  # noqa: S106  nothing is signed with it
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
    )
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def _urls() -> tuple[object, ...]:
    from django.urls import path

    return (
        path("ready", _ready),
        path("desk/cases/<uuid:case>/", _page),
    )


def _ready(_request: object) -> object:
    from django.http import HttpResponse

    return HttpResponse("ready")


def _page(_request: object, case: object) -> object:
    from django.db import connection
    from django.http import HttpResponse
    from django.template import engines

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference, opened FROM cases_case WHERE id = %s", [_key(case)]
        )
        reference, opened = cursor.fetchone()
    row = {"case": {"reference": reference, "opened": opened}}
    return HttpResponse(_template(engines).render(row))


def _key(case: object) -> object:
    from django.db import connection

    return case if connection.vendor == "postgresql" else str(case).replace("-", "")


def _template(engines: object) -> object:
    if not _KEPT:
        _KEPT.append(engines["django"].from_string(PAGE))  # type: ignore[index]
    return _KEPT[0]


_KEPT: list[object] = []

"""`asylon serve`: one command that starts the pages and the sealer, and watches both."""

from __future__ import annotations

import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Bell

from asylon.cli.speaking import spoken
from asylon_server.console import doctoring, migrating, saving, starting
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import Deployment
from asylon_server.unlocking import PIPE

LOOPBACK = "127.0.0.1"

_GLANCE = 0.1
_PATIENCE = 30.0
_MERCY = 10.0
_MOST_FALLS = 5
_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the pages are to be served."""

    port: int = 8000
    workers: int = 2
    open_browser: bool = False
    passphrase_file: Path | None = None


def serve(home: Path, wanted: Wanted) -> int:
    """Serve until told to stop."""
    stop = Bell()
    here = starting.opened(home)
    starting.sealer(here)
    word = starting.unlocked(here, wanted.passphrase_file)
    with _alone(here), _told_to(stop):
        doctoring.require_safe_writing(here)
        _bring_up_to_date(here)
        _finish_erasing(here)
        port = _port(wanted.port)
        watch = Watch(
            {"pages": _pages(here, word, port, wanted.workers), "sealer": _sealer()}
        )
        return _run(watch, stop, here, port, open_browser=wanted.open_browser)


def _run(
    watch: Watch, stop: Bell, here: Deployment, port: int, *, open_browser: bool
) -> int:
    address = f"http://localhost:{port}"
    try:
        watch.start()
        if not _is_up(watch, stop, here, port):
            return 0 if stop.is_set() else _fell(watch)
        print(spoken().say("system", "ready: {address}", address=address), flush=True)
        if open_browser:
            webbrowser.open(address)
        while not stop.wait(_GLANCE):
            if not watch.keep_up():
                return _fell(watch)
    finally:
        watch.end()
    print(spoken().say("system", "stopped"), flush=True)
    return 0


def _fell(watch: Watch) -> int:
    message = spoken().say(
        "system",
        "The {part} cannot be kept running; what it said stands above. `asylon doctor` "
        "names the repair.",
        part=watch.fallen or "pages",
    )
    print(f"asylon: {message}", file=sys.stderr)
    return 1


Start = Callable[[], "subprocess.Popen[bytes]"]


@dataclass(slots=True)
class Watch:
    """Processes that are started together, started again, and ended together."""

    starts: dict[str, Start]
    fallen: str = ""
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _falls: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start every process."""
        for name, start in self.starts.items():
            self._running[name] = start()

    def keep_up(self) -> bool:
        """Start again what fell; false if that happens too often."""
        for name, process in self._running.items():
            if process.poll() is None:
                continue
            now = time.monotonic()
            self._falls = [each for each in self._falls if now - each < _WITHIN]
            self._falls.append(now)
            self.fallen = name
            if len(self._falls) > _MOST_FALLS:
                return False
            self._running[name] = self.starts[name]()
        return True

    def end(self) -> None:
        """Ask every process to end, and end those that do not."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + _MERCY
        for process in self._running.values():
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _pages(here: Deployment, word: str, port: int, workers: int) -> Start:
    """Say how the web server is started; the passphrase goes through a pipe."""
    command = [
        *(sys.executable, "-m", "gunicorn", "asylon_server.wsgi:application"),
        *("--bind", f"{LOOPBACK}:{port}", "--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", "4", "--preload"),
        *("--log-level", "warning", "--no-control-socket", "--timeout", "60"),
        *("--graceful-timeout", "8", "--chdir", str(here.folder)),
    ]

    def start() -> subprocess.Popen[bytes]:
        reading, writing = os.pipe()
        try:
            process = subprocess.Popen(  # noqa: S603 (its own command)
                command,
                env=os.environ | {PIPE: str(reading)},
                pass_fds=(reading,),
                start_new_session=True,
            )
        finally:
            os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(word.encode())
        return process

    return start


def _sealer() -> Start:
    command = [sys.executable, "-m", "asylon_server.console.sealing"]
    # In a session of its own, so that Ctrl-C reaches it through its watch only.
    return lambda: subprocess.Popen(command, start_new_session=True)  # noqa: S603


def _is_up(watch: Watch, stop: Bell, here: Deployment, port: int) -> bool:
    """Wait until a page is served."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and not stop.wait(_GLANCE):
        if not watch.keep_up():
            return False
        asked = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            asked.request("GET", "/health", headers={"Host": here.hosts[0]})
            if asked.getresponse().status < http.client.INTERNAL_SERVER_ERROR:
                return True
        except OSError:
            continue
        finally:
            asked.close()
    return False


def _port(wanted: int) -> int:
    """Make sure that the port is free; 0 takes any."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((LOOPBACK, wanted))
        except OSError as error:
            message = spoken().say(
                "system",
                "--port {port}: {reason}. Name another, or 0 for any that is free.",
                port=wanted,
                reason=(error.strerror or str(error)).lower(),
            )
            raise ConsoleError(message) from None
        port: int = trial.getsockname()[1]
        return port


def _finish_erasing(here: Deployment) -> None:
    """Finish what was begun to erase, and let go of the copy of keys of a change."""
    shutil.rmtree(here.folder / "backups" / "keys", ignore_errors=True)
    if here.identities:
        from asylon_server.store.cases import erasing

        erasing.finish(at=starting.now())


def _bring_up_to_date(here: Deployment) -> None:
    """Change the tables to this edition, after a backup."""
    pending = migrating.pending()
    if not pending:
        return
    folder = here.folder / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    saved = saving.save(here, folder, keys=folder / "keys", at=starting.now())
    print(spoken().say("system", "A backup is in {file}.", file=saved), flush=True)
    migrating.migrate()
    text = spoken().say_many(
        "system",
        "{count} change was made to the tables.",
        "{count} changes were made to the tables.",
        len(pending),
    )
    print(text, flush=True)


@contextmanager
def _alone(here: Deployment) -> Iterator[None]:
    """Make sure that nobody else serves this deployment."""
    with (here.folder / "data" / "serving.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = spoken().say(
                "system",
                "{folder}: it is being served already. Stop that first.",
                folder=here.folder,
            )
            raise ConsoleError(message) from None
        yield


@contextmanager
def _told_to(stop: Bell) -> Iterator[None]:
    """Take the signals that end a service as a request to stop."""
    known = (signal.SIGTERM, signal.SIGINT)
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in known}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

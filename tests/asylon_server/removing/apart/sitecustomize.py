"""What a Python that a test starts does first: it imports a module without a check.

It is found by `PYTHONPATH` alone. `ASYLON_WITHOUT` names the check; where `ASYLON_RAN`
stands instead, every function with a check says that it runs.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType

_ROOM = "asylon_server.console."


class _Apart(SourceFileLoader):
    """Reads a module, and writes it otherwise before it is run."""

    def get_code(self, fullname: str) -> CodeType:
        # What they need is imported only once somebody asks for a module.
        from tests.asylon_server.removing import guards, noting  # noqa: PLC0415

        source = Path(self.path).read_text(encoding="utf-8")
        asked = os.environ.get("ASYLON_WITHOUT")
        if asked is None:
            wanted = {e.function for e in guards.guards_of(fullname)}
            tree = noting.marked(fullname, source, wanted)
        else:
            guard = guards.Guard(*json.loads(asked))
            tree = guard.rewritten(source)
        return compile(tree, self.path, "exec")


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        if not fullname.startswith(_ROOM) or not _is_asked(fullname):
            return None
        spec = PathFinder.find_spec(fullname, path)  # type: ignore[arg-type]
        if spec is not None and spec.origin is not None:
            spec.loader = _Apart(fullname, spec.origin)
        return spec


def _is_asked(name: str) -> bool:
    asked = os.environ.get("ASYLON_WITHOUT")
    return json.loads(asked)[0] == name if asked else "ASYLON_RAN" in os.environ


sys.meta_path.insert(0, _Finder())

"""Which edition a demonstration was made by, told from what it is made of."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import asylon_server
from asylon import __version__, invented

_SERVER = Path(asylon_server.__file__).parent
_INVENTED = Path(invented.__file__).parent
_HERE = Path(__file__).parent
_MAKERS = ("caseload.py", "cast.py", "founding.py", "proceeding.py")


def edition(people: int, seed: int) -> str:
    """Name the edition of a demonstration of so many people, drawn from a seed.

    It is another one when tables change, when the invented people do, or when they
    are registered otherwise.
    """
    files = [*_INVENTED.glob("*.py"), *_INVENTED.glob("*.toml")]
    files += [_HERE / each for each in _MAKERS]
    changes = sorted(each.name for each in _SERVER.glob("store/*/migrations/0*.py"))
    told = [__version__, str(people), str(seed), *changes]
    told += [sha256(each.read_bytes()).hexdigest() for each in sorted(files)]
    return sha256("\n".join(told).encode()).hexdigest()

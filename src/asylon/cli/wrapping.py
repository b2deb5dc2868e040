"""Lines that break where the language breaks them.

English and Korean break at spaces. Chinese has none and breaks between any two signs,
except that no line begins with what closes and none ends with what opens, and that a
number stays with the sign that says what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

_OPENING = "（《〈「『【［“‘"  # noqa: RUF001  how Chinese opens and closes
_CLOSING = "）》〉」』】］”’，。、；：？！…"  # noqa: RUF001
_SIGNS = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff01-\uff60"
"""The signs of Chinese and its marks; those of Korean stand in words."""

_PIECE = re.compile(
    rf"[{_OPENING}第]*"
    rf"(?:(?![{_OPENING}{_CLOSING}])[{_SIGNS}]"
    rf"|[^\s{_SIGNS}{_OPENING}]+[年月日条款项段号]?)?"
    rf"[{_CLOSING}]*\s*"
)
"""What no line divides, with the spaces after it."""


class Prose(Text):
    """Text that wraps as its language does, and of which no sign is cut away."""

    def wrap(  # noqa: PLR0913  as rich calls it
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Divide it into lines of at most so many cells."""
        rows = Lines()
        for line in self.split("\n", allow_blank=True):
            for row in line.divide(list(_breaks(line.plain, width))):
                row.rstrip()
                rows.append(row)
        return rows


def _breaks(text: str, width: int) -> Iterator[int]:
    """Go through the places where a new line begins.

    >>> list(_breaks("《公约》第33条适用。", 10))
    [4, 9]
    """
    used = place = 0
    for piece in _PIECE.findall(text):
        if used and used + cell_len(piece.rstrip()) > width:
            yield place
            used = 0
        for sign in piece:
            if used + cell_len(sign) > width and not sign.isspace():
                yield place
                used = 0
            used += cell_len(sign)
            place += 1

"""A family as a picture: who is whose child, spouse or relative, by generation.

Whoever is older stands higher. Everybody on the file has a box, and so has whoever is
known by name alone, in a broken line: such a person is not on the file. What somebody
claims against the word of the other is drawn broken too, and never as a marriage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from asylon.casework import File, Person
from asylon.identity import Kinship

WIDE, HIGH = 184, 58
GAP, BETWEEN, STEP = 40, 66, 7
EDGE = 14
LETTERS = 20
"""So many narrow letters fit into a box; a Korean or Chinese one is two of them."""

OLDER = {
    "mother": 1,
    "father": 1,
    "parent": 1,
    "step_parent": 1,
    "guardian": 1,
    "aunt_or_uncle": 1,
    "grandparent": 2,
    "child": -1,
    "step_child": -1,
    "ward": -1,
    "dependant": -1,
    "niece_or_nephew": -1,
    "grandchild": -2,
}
"""How many generations older the other is; all that stand nowhere are of the same."""

PARENTS = frozenset({"mother", "father", "parent"})
PAIRS = frozenset({"spouse", "partner"})


@dataclass(frozen=True, slots=True)
class Tie:
    """That one is something to another: `other` is the `kind` of `to`."""

    kind: str
    other: str
    to: str
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody, where the picture shows them, in pixels from the upper left corner."""

    id: str
    name: str
    born: str
    x: int
    y: int
    is_on_file: bool

    @property
    def middle(self) -> int:
        """Where the middle of the box is, across."""
        return self.x + WIDE // 2


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as a path; `kind` where a word has to say what it is."""

    path: str
    kind: str = ""
    x: int = 0
    y: int = 0
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture: its size in pixels, the people, and the lines between them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def picture(file: File) -> Picture:
    """Draw the family of a file; the same file gives the same picture."""
    named = dict(_named(file))
    ties = tuple(dict.fromkeys(_ties(file)))
    rows = _rows(named, ties)
    boxes = _boxes(rows, named, {each.id for each in file.people})
    width = max((box.x + WIDE for box in boxes.values()), default=0) + EDGE
    lines = tuple(_lines(boxes, ties))
    lowest = len(rows) * (HIGH + BETWEEN) - BETWEEN + EDGE
    # A tie between two of the youngest hangs below their boxes.
    height = max([lowest, *(line.y for line in lines if line.kind)]) + EDGE
    return Picture(width, height, tuple(boxes.values()), lines)


def _named(file: File) -> Iterable[tuple[str, tuple[str, str]]]:
    """Give everybody's name and birth: those on the file, then those known by name."""
    for person in file.people:
        name = person.names[0].words if person.names else ""
        yield person.id, (_short(name), _born(person))
    for person in file.people:
        for number, kin in enumerate(person.kin):
            if not kin.other:
                yield _outside(person, number), (_short(kin.names[0].words), "")


def _outside(person: Person, number: int) -> str:
    return f"{person.id} {number}"


def _born(person: Person) -> str:
    years = sorted({d.year for t in person.born for d in (t.earliest, t.latest) if d})
    ends = dict.fromkeys(str(each) for each in (*years[:1], *years[-1:]))
    return "\N{EN DASH}".join(ends)


def _short(name: str) -> str:
    """Cut a name so that it stays in its box; the list beside has it whole."""
    used = 0
    for at, letter in enumerate(name):
        used += 2 if east_asian_width(letter) in "WF" else 1
        if used > LETTERS:
            return name[: at - 1].rstrip() + "…"
    return name


def _ties(file: File) -> Iterable[Tie]:
    """Say each tie once, from the side that shows the older one."""
    known = {each.id for each in file.people}
    for person in file.people:
        for number, kin in enumerate(person.kin):
            other = kin.other if kin.other in known else _outside(person, number)
            if kin.other and kin.other not in known:
                continue
            yield _turned(kin, other, person.id)


def _turned(kin: Kinship, other: str, to: str) -> Tie:
    doubted = bool(kin.claimed_by) or kin.kind == "claimed_as_spouse"
    kind = "parent" if kin.kind in PARENTS else kin.kind
    if OLDER.get(kind, 0) < 0:
        return Tie(kin.inverse or kind, to, other, doubted)
    if not OLDER.get(kind) and kin.inverse == kind:
        other, to = sorted((other, to))
    return Tie(kind, other, to, doubted)


def _rows(named: Mapping[str, object], ties: tuple[Tie, ...]) -> list[list[str]]:
    """Sort people into generations, the eldest first, relatives near each other."""
    level = _levels(named, ties)
    rows = [
        [each for each in named if level[each] == at]
        for at in sorted(set(level.values()), reverse=True)
    ]
    for row in (*rows, *reversed(rows), *rows):
        place = {each: at for line in rows for at, each in enumerate(line)}
        row.sort(key=lambda each: _pull(each, place, ties))
        _pair_up(row, ties)
    return rows


def _levels(named: Iterable[str], ties: tuple[Tie, ...]) -> dict[str, int]:
    """Say how many generations each is above the first of the file."""
    near: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for tie in ties:
        step = OLDER.get(tie.kind, 0)
        near[tie.to].append((tie.other, step))
        near[tie.other].append((tie.to, -step))
    level: dict[str, int] = {}
    for first in named:
        waiting = [] if first in level else [first]
        level.setdefault(first, 0)
        while waiting:
            here = waiting.pop(0)
            for other, step in near[here]:
                if other not in level:
                    level[other] = level[here] + step
                    waiting.append(other)
    return level


def _pull(each: str, place: Mapping[str, int], ties: tuple[Tie, ...]) -> float:
    """Say where somebody's relatives stand, on the whole."""
    ends = ((tie.other, tie.to) for tie in ties if each in (tie.other, tie.to))
    seen = [place[b if a == each else a] for a, b in ends]
    return sum(seen) / len(seen) if seen else place[each]


def _pair_up(row: list[str], ties: tuple[Tie, ...]) -> None:
    """Put spouses beside each other."""
    for tie in ties:
        if tie.kind in PAIRS and tie.other in row and tie.to in row:
            row.remove(tie.to)
            row.insert(row.index(tie.other) + 1, tie.to)


def _boxes(
    rows: list[list[str]], named: Mapping[str, tuple[str, str]], on_file: set[str]
) -> dict[str, Box]:
    most = max((len(row) for row in rows), default=0)
    boxes = {}
    for down, row in enumerate(rows):
        left = EDGE + (most - len(row)) * (WIDE + GAP) // 2
        for across, each in enumerate(row):
            name, born = named[each]
            x, y = left + across * (WIDE + GAP), EDGE + down * (HIGH + BETWEEN)
            boxes[each] = Box(each, name, born, x, y, each in on_file)
    return boxes


def _lines(boxes: Mapping[str, Box], ties: tuple[Tie, ...]) -> Iterable[Line]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.kind == "parent" and not tie.doubted:
            parents[tie.to].add(tie.other)
    pairs = {frozenset((t.other, t.to)) for t in ties if t.kind in PAIRS}
    # Each set of parents has a height of its own, or brothers of one half seem whole.
    sets = list(dict.fromkeys(map(frozenset, parents.values())))
    for child, theirs in parents.items():
        turn = (
            boxes[child].y - BETWEEN // 2 + STEP * (sets.index(frozenset(theirs)) % 4)
        )
        together = frozenset(theirs) in pairs
        yield from _descent(boxes, boxes[child], theirs, turn, together=together)
    for tie in ties:
        one, other = boxes[tie.other], boxes[tie.to]
        plain = tie.kind == "parent" and not tie.doubted
        brothers = tie.kind == "sibling" and parents[tie.other] & parents[tie.to]
        if not plain and not brothers:
            yield _between(one, other, tie)


def _descent(
    boxes: Mapping[str, Box], end: Box, theirs: set[str], turn: int, *, together: bool
) -> Iterable[Line]:
    """Lead a line from each parent to a child, or one from between the two."""
    starts = [(boxes[each].middle, boxes[each].y + HIGH) for each in sorted(theirs)]
    if together and len({y for _x, y in starts}) == 1:
        (one, y), (other, _y) = starts
        starts = [((one + other) // 2, y - HIGH // 2)]
    for x, y in starts:
        yield Line(f"M{x} {y}V{turn}H{end.middle}V{end.y}")


def _between(one: Box, other: Box, tie: Tie) -> Line:
    """Lead a line between two, with its word where the line does not say what it is."""
    left, right = sorted((one, other), key=lambda box: box.x)
    kind = "" if tie.kind in PAIRS and not tie.doubted else tie.kind
    across = (left.middle + right.middle) // 2
    if one.y != other.y:
        top, low = sorted((one, other), key=lambda box: box.y)
        start, end = top.y + HIGH, low.y
        path = f"M{top.middle} {start}L{low.middle} {end}"
        return Line(path, kind, across, (start + end) // 2, tie.doubted)
    if right.x - left.x <= WIDE + GAP and not kind:
        return Line(f"M{left.x + WIDE} {left.y + HIGH // 2}H{right.x}")
    start, turn = left.y + HIGH, left.y + HIGH + BETWEEN // 3
    path = f"M{left.middle} {start}V{turn}H{right.middle}V{start}"
    return Line(path, kind, across, turn, tie.doubted)

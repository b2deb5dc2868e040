"""What one law changes against another: its documents, what they say, whom it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from asylon.cli import showing
from asylon.cli.speaking import is_english, spoken
from asylon.determination.touching import Touched
from asylon.law import LawBook, load
from asylon.law.adopting import pinned
from asylon.law.departures import Departure
from asylon.law.differences import Difference, differences

_FEW = 3
_MOST_LINES = 40


def difference_lines(each: Difference, indent: int) -> Iterator[tuple[Text, str, int]]:
    """Give the lines that tell one difference, each with its mark and indent."""
    marks = {"added": Text("+", "green"), "removed": Text("-", "red")}
    yield marks.get(each.kind, Text("≠", "yellow")), each.where, indent
    if each.old:
        yield Text("-", "red"), each.old, indent + 2
    if each.new:
        yield Text("+", "green"), each.new, indent + 2


def only_pinned(book: LawBook) -> LawBook:
    """Load a law book anew without what an act never pins."""
    names = pinned(book)
    return load(each for each in book.documents if each.name in names)


def show_document_names(old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Name the documents that were added, removed or changed."""
    changes = (
        ("+", [name for name in new if name not in old]),
        ("-", [name for name in old if name not in new]),
        ("≠", [name for name in new if old.get(name, new[name]) != new[name]]),
    )
    for mark, names in changes:
        for name in names:
            showing.line(Text(mark), name, 2)


def show_differences(old: LawBook, new: LawBook) -> None:
    """Say in words what differs between two law books, as far as fits a page."""
    say, found = spoken().say, list(differences(old, new))
    told = say("sign", "What they say differs so, as `asylon law diff` tells it:")
    if not found:
        told = say("sign", "`asylon law diff` finds no difference in what they say.")
    showing.line(Text("·"), told)
    told_lines = 0
    for number, each in enumerate(found):
        lines = list(difference_lines(each, 2))
        told_lines += len(lines)
        if told_lines > _MOST_LINES:
            left = spoken().number(len(found) - number)
            more = say("end of a list", "and {count} more", count=left)
            showing.line(Text("·"), more, 2)
            return
        for mark, text, indent in lines:
            showing.line(mark, text, indent)


def show_touched(found: Touched) -> None:
    """Count and name the invented claims that a change touches, by which way."""
    say, number = spoken().say, spoken().number
    told = say(
        "sign",
        "Of the {count} invented claims that come with the law:",
        count=number(found.tried),
    )
    showing.line(Text("·"), told)
    towards, away, again = (
        number(len(titles)) for titles in (found.towards, found.away, found.again)
    )
    towards = say("sign", "{count} would move towards protection", count=towards)
    away = say("sign", "{count} would move away from it", count=away)
    again = say("sign", "{count} would need findings made again", count=again)
    groups = (
        (showing.passed(), towards, found.towards),
        (showing.failed(), away, found.away),
        (Text("?", "yellow"), again, found.again),
    )
    for mark, text, titles in groups:
        showing.line(mark if titles else Text("·"), text, 2)
        _show_titles(titles)
    if any(titles for _, _, titles in groups) and not is_english():
        told = say("scenarios", "Their titles are told in English only (`--lang en`).")
        showing.line(Text("·"), told, 2)


def _show_titles(titles: Sequence[str]) -> None:
    for title in titles[:_FEW]:
        showing.line(Text("·"), f"“{title}”", 3)
    if len(titles) > _FEW:
        left = spoken().number(len(titles) - _FEW)
        more = spoken().say("end of a list", "and {count} more", count=left)
        showing.line(Text("·"), more, 3)


def show_departures(found: Sequence[Departure]) -> None:
    """Name what is not as in the law that ships, and what of it nobody can agree."""
    say = spoken().say
    showing.heading(say("heading", "It differs from the law that ships"))
    marks = {"added": Text("+", "green"), "removed": Text("-", "red")}
    for each in found:
        mark = marks.get(each.change, Text("≠", "yellow"))
        showing.line(Text("!", "red") if each.is_refused else mark, _told(each))
    if any(each.is_refused for each in found):
        refused = say(
            "law that differs",
            "What is marked ! goes below the floor: no signatures put it in force.",
        )
        showing.line(Text("·"), refused)
    word_by_word = say(
        "law that differs",
        "None of this is a fault by itself. `asylon law diff` tells it word by word; "
        "read it.",
    )
    showing.line(Text("·"), word_by_word)


def _told(each: Departure) -> str:
    say = spoken().say
    keys = spoken().names([f"`{key}`" for key in each.keys])
    return {
        "added": say("law that differs", "{where}: new", where=each.where),
        "removed": say("law that differs", "{where}: removed", where=each.where),
        "changed": say(
            "law that differs", "{where}: {keys} changed", where=each.where, keys=keys
        )
        if each.keys
        else say("law that differs", "{where}: changed", where=each.where),
    }[each.change]

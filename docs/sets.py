"""Writes one page for each parameter set, for a lawyer to read.

`python -m docs.generate` writes them into reference/sets/, and the tests compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from asylon.law import MANDATE, LawBook, Parameter, ParameterSet, choose
from asylon.law.floor import floor_of
from asylon.law.parameters import DatedSetting
from asylon.law.provisions import Source

_NEEDS = {
    "mandate": "the key of UNHCR",
    "national": "the key of the authority itself",
    "joint": "the keys of two organisations: UNHCR and the authority",
}
_LATEST = date(2100, 1, 1)
"""Later than every setting: a page shows what stands last, and what stood before."""


def set_pages(book: LawBook) -> dict[str, str]:
    """Give the text of every page by the name of its file."""
    pages = {
        f"{each.id}.md": "\n".join(_page(book, each)) + "\n"
        for each in book.sets.values()
    }
    return {"README.md": "\n".join(_index(book)) + "\n", **pages}


def _index(book: LawBook) -> Iterator[str]:
    yield "# Parameter sets"
    yield ""
    yield "A set says how an authority, or the mandate, settles the points on which courts and states differ."
    yield "Each has a page that is written from the law book by `python -m docs.generate`; `asylon law compare` lays them beside one another."
    yield ""
    yield "| set | title | kind | points settled | read | from memory |"
    yield "|---|---|---|---|---|---|"
    for each in book.sets.values():
        read = sum(setting.source.read for setting in each.settings)
        settled = len({setting.parameter for setting in each.settings})
        cells = [
            f"[`{each.id}`]({each.id}.md)",
            each.title,
            each.kind,
            f"{settled} of {len(book.parameters)}",
            str(read),
            str(len(each.settings) - read),
        ]
        yield _row(cells)


def _page(book: LawBook, each: ParameterSet) -> Iterator[str]:
    yield f"# {each.title} (`{each.id}`)"
    yield ""
    yield "**Draft of this project, in force nowhere.**"
    yield each.statement
    yield ""
    yield f"To come into force it needs {_NEEDS[each.kind]}."
    yield "What is marked *from memory* has to be checked against its source before anybody relies on it."
    yield ""
    yield from _barred(book, each)
    yield from _settled(book, each)
    yield from _unsettled(book, each)
    yield from _against_mandate(book, each)


def _barred(book: LawBook, each: ParameterSet) -> Iterator[str]:
    """List the settings that no signatures can put in force."""
    latest = choose(book, each, _LATEST).values
    below = {
        (one.parameter, one.value): one.because
        for one in floor_of(book).values
        if each.kind in one.kinds
    }
    barred = [
        (name, value, why)
        for name, value in latest.items()
        if (why := below.get((name, value)))
    ]
    if not barred:
        return
    yield "## What keeps it from coming into force"
    yield ""
    yield "These settings lie below the floor: they serve to explain and to re-examine, and no signatures put them in force."
    yield ""
    for name, value, why in barred:
        yield f"- `{name} = {value}`: {why}"
    yield ""


def _settled(book: LawBook, each: ParameterSet) -> Iterator[str]:
    yield "## What it settles"
    yield ""
    for parameter in book.parameters.values():
        settings = each.of(parameter.id)
        if settings:
            yield from _point(parameter, settings)


def _point(parameter: Parameter, settings: Sequence[DatedSetting]) -> Iterator[str]:
    yield f"### {parameter.title}"
    yield ""
    yield f"`{parameter.id}`"
    yield ""
    yield "| since | how | what that means | source |"
    yield "|---|---|---|---|"
    for setting in reversed(settings):
        by = ", by the day of the claim" if setting.by == "lodged" else ""
        meaning = parameter.values[setting.value].meaning
        if setting.note:
            meaning += f" {setting.note}"
        source = _cited(setting.source)
        yield _row([f"{setting.first}{by}", f"`{setting.value}`", meaning, source])
    yield ""


def _unsettled(book: LawBook, each: ParameterSet) -> Iterator[str]:
    silent = [name for name in book.parameters if not each.of(name)]
    if not silent:
        return
    yield "## What it says nothing on"
    yield ""
    yield "There the Convention's plain reading applies."
    yield ""
    yield "| point | plain reading | why |"
    yield "|---|---|---|"
    for name in silent:
        parameter = book.parameters[name]
        plain = f"`{name} = {parameter.plain}`"
        yield _row([parameter.title, plain, parameter.plain_because])
    yield ""


def _against_mandate(book: LawBook, each: ParameterSet) -> Iterator[str]:
    if each.id == MANDATE or MANDATE not in book.sets:
        return
    mine = choose(book, each, _LATEST).values
    mandate = choose(book, book.sets[MANDATE], _LATEST).values
    yield f"## Where it differs from the mandate (`{MANDATE}`)"
    yield ""
    yield "| point | here | under the mandate |"
    yield "|---|---|---|"
    for name, parameter in book.parameters.items():
        if not parameter.are_equivalent(mine[name], mandate[name]):
            yield _row([parameter.title, f"`{mine[name]}`", f"`{mandate[name]}`"])


def _cited(source: Source) -> str:
    return source.cite if source.read else f"{source.cite} (*from memory*)"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"

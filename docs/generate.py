"""Writes what the docs take from elsewhere, and says how their examples are run.

    .venv/bin/python -m docs.generate

writes reference/parameters.md and reference/bindings.md from the law book,
reference/glossary-of-terms.md from the glossary of the translators, reference/rights.md
from the table of rights, reference/procedure.md from that of the procedure, and puts
the true output under every command of the pages that are run. The tests compare without
writing.

In those pages a block fenced as `console` holds commands, each after `$ `, with what
they print: all of it, the first lines if that ends in `...`, or the last if it begins
so. The commands in `RUN` are run, page by page and from top to bottom, in a folder that
looks like a fresh clone; any other command is for the reader alone. A block after a
line such as "Save this as `claim.toml`:" is written to that file.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from asylon import instruments
from asylon.casework.procedure import procedure
from asylon.casework.procedure.deadlines import rules
from asylon.languages.glossary import Glossary, Term, glossary
from asylon.law import LawBook, Parameter, ParameterSet
from asylon.law.parameters import DatedSetting
from asylon.law.provisions import Source
from asylon.law.register import Binding, Instrument
from asylon.logic.truth import FALSE, TRUE, UNKNOWN
from asylon_server.store.rights import shipped_table
from docs.procedure import procedure_page
from docs.rights import rights_page
from docs.sets import set_pages

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PARAMETERS = DOCS / "reference" / "parameters.md"
SETS = DOCS / "reference" / "sets"
BINDINGS = DOCS / "reference" / "bindings.md"
TERMS = DOCS / "reference" / "glossary-of-terms.md"
RIGHTS = DOCS / "reference" / "rights.md"
PROCEDURE = DOCS / "reference" / "procedure.md"

RUN = ("asylon", "cat", "cp", "python", "sed")
"""The commands that are run: they need nothing but a clone that is set up."""

TABLES = "--tables"
"""Asked for, only what comes from tables is written; to run the examples takes minutes."""

MORE = "..."
_SAVE = re.compile(r"^Save .*as `([^`]+)`:$")


def pages() -> list[Path]:
    """List the pages whose examples are run."""
    drawers = (DOCS / "tutorial", DOCS / "how-to")
    return [ROOT / "README.md", *(p for d in drawers for p in sorted(d.glob("*.md")))]


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: what kind it is, what it holds, and where it stands.

    `file` is the name under which the page says to save it, if it does.
    """

    kind: str
    lines: tuple[str, ...]
    first: int
    file: str = ""


@dataclass(frozen=True)
class Example:
    """A command of a page with what the page says it prints."""

    command: str
    printed: tuple[str, ...]

    @property
    def is_run(self) -> bool:
        """Whether the command is one of those that are run."""
        return Path(self.command.split()[0]).name in RUN

    def as_shown(self, printed: Sequence[str]) -> tuple[str, ...]:
        """Cut an output to as many first or last lines as the page shows."""
        count = max(len(self.printed) - 1, 1)
        if self.printed[-1:] == (MORE,):
            return (*printed[:count], MORE)
        if self.printed[:1] == (MORE,):
            return (MORE, *printed[-count:])
        return tuple(printed)


def blocks(text: str) -> Iterator[Block]:
    """Go through the fenced blocks of a page."""
    lines = text.splitlines()
    opened: int | None = None
    for number, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if opened is None:
            opened = number
            continue
        inner = tuple(lines[opened + 1 : number])
        before = next((each for each in reversed(lines[:opened]) if each), "")
        saved = _SAVE.match(before)
        kind = lines[opened][3:]
        yield Block(kind, inner, opened + 1, saved[1] if saved else "")
        opened = None


def examples(block: Block) -> Iterator[Example]:
    """Go through the commands of a block; what stands before the first is passed over."""
    command, printed = "", list[str]()
    for line in (*block.lines, "$ "):
        if not line.startswith("$ "):
            printed.append(line)
            continue
        if command:
            while printed and not printed[-1]:
                printed.pop()
            yield Example(command, tuple(printed))
        command, printed = line[2:], []


@dataclass(frozen=True)
class Ran:
    """An example that was run, and what it should show."""

    block: Block
    example: Example
    shown: tuple[str, ...]


def run_page(page: Path) -> list[Ran]:
    """Run the examples of a page from top to bottom."""
    ran: list[Ran] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder)
        for block in blocks(page.read_text()):
            if block.file:
                (folder / block.file).write_text("\n".join(block.lines) + "\n")
            for example in examples(block) if block.kind == "console" else ():
                if example.is_run:
                    shown = example.as_shown(output(example.command, folder))
                    ran.append(Ran(block, example, shown))
    return ran


def lay_out(folder: Path) -> None:
    """Make a folder look like a fresh clone that is set up."""
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=left_out)
    (folder / ".venv").symlink_to(sys.prefix)


def output(command: str, folder: Path) -> list[str]:
    """Give what a command prints when it is piped, errors included."""
    unset = ("COLUMNS", "LINES", "FORCE_COLOR", "CLICOLOR_FORCE")
    kept = {name: value for name, value in os.environ.items() if name not in unset}  # noqa: TID251  a reader's shell
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
    done = subprocess.run(  # noqa: S603  the docs' own commands
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={**kept, "PATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


def renewed(page: Path) -> str:
    """Give a page with the true output under each of its commands."""
    text = page.read_text()
    lines, moved = text.splitlines(), 0
    by_block: dict[int, list[Ran]] = {}
    for each in run_page(page):
        by_block.setdefault(each.block.first, []).append(each)
    for first, every in by_block.items():
        block, ran = every[0].block, iter(every)
        written: list[str] = []
        for example in examples(block):
            shown = next(ran).shown if example.is_run else example.printed
            written += [f"$ {example.command}", *shown]
        start = first + moved
        lines[start : start + len(block.lines)] = written
        moved += len(written) - len(block.lines)
    return "\n".join(lines) + "\n"


def parameters(book: LawBook) -> str:
    """Write the page of parameters, their values, and who applies which since when."""
    lines = [
        "# Parameters and sets",
        "",
        "A parameter is a point on which courts and states differ.",
        "A set says which value an authority, or the mandate, applies from which day on.",
        "Every set is a draft of this project, in force nowhere.",
        "",
        "What is marked *from memory* has to be checked against its source before anybody relies on it.",
        "What is marked *by lodging* is chosen by the day of the claim, everything else by the day of the decision.",
        "",
        "This page is written from the law book by `python -m docs.generate`, and the tests compare the two.",
        "",
        "## Sets",
        "",
        "| set | title | kind | jurisdiction | settings |",
        "|---|---|---|---|---|",
    ]
    for each in book.sets.values():
        cells = [f"`{each.id}`", each.title, each.kind, each.jurisdiction]
        lines.append(_row([*cells, str(len(each.settings))]))
    for parameter in book.parameters.values():
        lines += ["", *_parameter(parameter, list(book.sets.values()))]
    return "\n".join(lines) + "\n"


def _parameter(parameter: Parameter, sets: Sequence[ParameterSet]) -> Iterator[str]:
    yield f"## {parameter.id}"
    yield ""
    yield f"{parameter.title}."
    yield ""
    yield "| value | meaning | source | applied by |"
    yield "|---|---|---|---|"
    for value in parameter.values.values():
        applied = "<br>".join(_applied(parameter.id, value.name, sets))
        cells = [f"`{value.name}`", value.meaning, _cited(value.source), applied]
        yield _row(cells)
    yield ""
    yield f"Plain reading: `{parameter.plain}`."
    yield parameter.plain_because
    if parameter.implies:
        yield ""
        yield "What is established under the first is established under the second:"
        yield ""
        yield from (f"- `{one}`, `{other}`" for one, other in parameter.implies)
    for same in parameter.equivalent:
        values = ", ".join(f"`{value}`" for value in same.values)
        yield ""
        yield f"Declared to come to the same: {values}."
        yield same.because
        yield f"Source: {_cited(same.source)}."


def _applied(parameter: str, value: str, sets: Sequence[ParameterSet]) -> Iterator[str]:
    for each in sets:
        settings = each.of(parameter)
        for setting, later in zip_longest(settings, settings[1:]):
            if setting.value == value:
                since = f"`{each.id}` since {_day(setting)}"
                until = f", until {_day(later)}" if later else ""
                note = f" {setting.note}" if setting.note else ""
                yield f"{since}{until}: {_cited(setting.source)}.{note}"


def bindings(book: LawBook) -> str:
    """Write the page of instruments, and of what each state has done about them."""
    lines = [
        "# Instruments and bindings",
        "",
        "An instrument is where provisions come from, and a binding is what a state has done about it.",
        "",
        "What is marked *from memory* has to be checked against its source before anybody relies on it.",
        "A source that was read may leave a reservation or a day to memory; the note says so.",
        "The days here are those of the documents; `asylon law bindings --on DAY` says what they come to on a day.",
        "",
        "This page is written from the law book by `python -m docs.generate`, and the tests compare the two.",
        "",
        "## Instruments",
        "",
        "| instrument | title | citation | kind | adopted | in force | no reservation to | source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_row(_instrument(each)) for each in book.instruments.values()]
    lines += ["", "## Displaced obligations", ""]
    lines += ["They are shown, and without effect on any result.", ""]
    for each in book.instruments.values():
        for other in each.displaced_by:
            before = f"`{other.instrument}` {other.article}"
            lines.append(f"- `{each.id}` gives way to {before}: {other.because}")
    for state in book.bindings.values():
        lines += ["", f"## {state.id}", "", f"{state.title}.", state.statement, ""]
        lines.append(
            "| instrument | status | signed | bound | reserved | complaints | source and notes |"
        )
        lines.append("|---|---|---|---|---|---|---|")
        lines += [_row(_binding(each)) for each in state.bindings.values()]
    return "\n".join(lines) + "\n"


def _instrument(each: Instrument) -> list[str]:
    force = each.in_force
    since = "to be checked" if each.binds_states else ""
    if force:
        since = (
            f"{force.first} to {force.last}" if force.last else f"since {force.first}"
        )
    cells = [f"`{each.id}`", each.title, each.citation, each.kind, str(each.adopted)]
    return [*cells, since, ", ".join(each.no_reservations_to), _cited(each.source)]


def _binding(each: Binding) -> list[str]:
    bound = f"{each.first} by {each.by}" if each.first and each.by else each.first or ""
    bound = f"{bound}, to {each.last}" if each.last else str(bound)
    reserved = (
        f"{made.article}{f' (to {made.last})' if made.last else ''}: {made.note}"
        for made in each.reserved
    )
    heard = (
        f"{said.to}, {said.article}: {_ACCEPTED[said.accepted]}"
        f"{f' since {said.first}' if said.first else ''}"
        for said in each.complaints
    )
    notes = filter(None, (f"{_cited(each.source)}.", *each.declarations, each.note))
    cells = [f"`{each.instrument}`", each.status, str(each.signed or ""), bound]
    return [*cells, "<br>".join(reserved), "<br>".join(heard), "<br>".join(notes)]


_ACCEPTED = {TRUE: "accepted", FALSE: "not accepted", UNKNOWN: "to be checked"}


def _day(setting: DatedSetting) -> str:
    return f"{setting.first}{' by lodging' if setting.by == 'lodged' else ''}"


def _cited(source: Source) -> str:
    return source.cite if source.read else f"{source.cite} (*from memory*)"


def terms(known: Glossary) -> str:
    """Write the page of the terms that translators agreed on."""
    lines = [
        "# Terms in English, Korean and Chinese",
        "",
        "Each English term has one agreed word in each language, so that the same thing is called the same everywhere.",
        "Other words that are right for a term stand in brackets.",
        "What is marked *from memory* waits for a lawyer who works in that language.",
        "How a term is added or corrected: [Translate](../how-to/translate.md).",
        "",
        "This page is written from `src/asylon/languages/glossary.toml` by `python -m docs.generate`, and the tests compare the two.",
        "",
        "| English | Korean | Chinese | source | note |",
        "|---|---|---|---|---|",
    ]
    for term in sorted(known.terms, key=lambda each: each.en.lower()):
        words = [_agreed(term, language) for language in ("ko", "zh")]
        source = _cited(Source(term.source, term.is_read))
        lines.append(_row([term.en, *words, source, term.note]))
    return "\n".join(lines) + "\n"


def _agreed(term: Term, language: str) -> str:
    also = ", ".join(term.also.get(language, ()))
    word = term.translations[language]
    return f"{word} ({also})" if also else word


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def main() -> None:
    """Write everything anew."""
    PARAMETERS.write_text(parameters(instruments.book()))
    for name, text in set_pages(instruments.book()).items():
        SETS.mkdir(exist_ok=True)
        (SETS / name).write_text(text)
    BINDINGS.write_text(bindings(instruments.book()))
    TERMS.write_text(terms(glossary()))
    RIGHTS.write_text(rights_page(shipped_table()))
    PROCEDURE.write_text(procedure_page(procedure(), rules()))
    if TABLES in sys.argv:
        return
    with ThreadPoolExecutor() as pool:
        for page, text in zip(pages(), pool.map(renewed, pages()), strict=True):
            page.write_text(text)


if __name__ == "__main__":
    main()

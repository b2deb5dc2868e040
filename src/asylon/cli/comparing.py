"""`asylon law compare`: sets beside one another, alone or on the claims of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.inputs import read_day, read_file, read_law
from asylon.cli.selecting import chosen_entries, with_law
from asylon.cli.speaking import spoken
from asylon.cli.wrapping import Prose
from asylon.determination import Decision, Determiner, Refused, read_entries
from asylon.law import LawBook, Parameter, Settings, choose
from asylon.law.floor import floor_of
from asylon.logic.truth import Truth


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked."""

    id: str | None = None
    on: str | None = None
    as_json: bool = False
    law: Path | None = None


def compare(file: Path | None, options: Options) -> int:
    """Lay the sets beside one another, or what each makes of the claims of a file."""
    book = read_law(options.law)
    day = read_day(options.on, book)
    comparison = Comparison(book, day)
    if file is None:
        comparison.show_settings(as_json=options.as_json)
        return 0
    read = read_entries(read_file(file), str(file), book)
    entries = list(with_law(read, file, book, day))
    chosen = chosen_entries(entries, options.id, file)
    decisions = [each for each in chosen if isinstance(each, Decision)]
    comparison.show_claims(decisions, as_json=options.as_json)
    refused = [each for each in chosen if isinstance(each, Refused)]
    for each in refused:
        showing.complain(each.problem)
    if refused and not decisions:
        return 2
    return 1 if refused else 0


class Comparison:
    """The sets of a law book on one day."""

    def __init__(self, book: LawBook, day: date | None) -> None:
        """Take the law book, and the day if one was asked about."""
        self.book, self.day, self.language = book, day, spoken()
        self.say = self.language.say
        self._below = {
            (each.parameter, each.value): each.because for each in floor_of(book).values
        }

    def settings(self, day: date) -> dict[str, Settings]:
        """Choose the settings of every set on a day."""
        sets = self.book.sets.values()
        return {each.id: choose(self.book, each, day) for each in sets}

    def show_settings(self, *, as_json: bool) -> None:
        """Show which set settles which parameter how, as one table."""
        day = self.day or showing.today()
        chosen = self.settings(day)
        if as_json:
            for parameter in self.book.parameters.values():
                showing.print_json(_row(parameter, chosen))
            return
        out = showing.console()
        told = self.say(
            "comparison",
            "How each set settles each point on {day}. Every set is a draft of this "
            "project, in force nowhere, until it is signed.",
            day=self.language.day(day),
        )
        showing.paragraph(told)
        out.print()
        out.print(self._matrix(chosen))
        out.print()
        marks = self.say(
            "comparison",
            "{by_set} the set says so   {plain} the set says nothing, and the plain "
            "reading of the Convention applies   * a value that no signatures can put "
            "in force",
            by_set=showing.dots()[0],
            plain=showing.dots()[1],
        )
        showing.paragraph(marks)

    def _matrix(self, chosen: Mapping[str, Settings]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
        point = self.say("comparison", "point of law, and how it is settled")
        table.add_column(point, overflow="fold")
        for name in chosen:
            heading = name.replace("-", "-\n")
            table.add_column(heading, justify="center", no_wrap=True)
        for parameter in self.book.parameters.values():
            title = self.language.law("parameter", parameter.title)
            table.add_row(Prose(title, style="bold"))
            for value in self._values_used(parameter, chosen):
                cells = [
                    _cell(parameter.id, value, settings) for settings in chosen.values()
                ]
                table.add_row(Text(f"  {value}{self._floor(parameter, value)}"), *cells)
        return table

    def _floor(self, parameter: Parameter, value: str) -> str:
        return "*" if (parameter.id, value) in self._below else ""

    def _values_used(
        self, parameter: Parameter, chosen: Mapping[str, Settings]
    ) -> Iterator[str]:
        used = {settings.values[parameter.id] for settings in chosen.values()}
        yield from (value for value in parameter.values if value in used)

    def show_claims(self, decisions: Sequence[Decision], *, as_json: bool) -> None:
        """Show what each set makes of each claim."""
        determiner = Determiner(self.book)
        results = {
            each.claim.id: dict(self._under_each(determiner, each))
            for each in decisions
        }
        if as_json:
            for id_, by_set in results.items():
                showing.print_json({"id": id_, "definition": by_set})
            return
        if results:
            self._show_results(decisions, results)

    def _under_each(
        self, determiner: Determiner, decision: Decision
    ) -> Iterator[tuple[str, Truth]]:
        """Determine a claim under every set, without what its file itself states."""
        claim = decision.claim
        day = self.day or claim.on or showing.today()
        for name in self.book.sets:
            found = determiner.determine(claim, set_id=name, on=day)
            yield name, found.definition

    def _show_results(
        self,
        decisions: Sequence[Decision],
        results: Mapping[str, Mapping[str, Truth]],
    ) -> None:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
        table.add_column(self.say("comparison", "claim"), no_wrap=True)
        for name in self.book.sets:
            table.add_column(name.replace("-", "-\n"), justify="center")
        table.add_column("", overflow="ellipsis", no_wrap=True)
        for decision in decisions:
            by_set = results[decision.claim.id].values()
            signs = [showing.sign(value) for value in by_set]
            table.add_row(decision.claim.id, *signs, Text(decision.name, style="dim"))
        out = showing.console()
        out.print(table)
        out.print()
        told = self.say(
            "comparison",
            "{met} met   {not_met} not met   {open} open, also where findings would "
            "have to be made again under another standard or test. Every set is a "
            "draft, in force nowhere; nobody's status changes by this. `asylon explain` "
            "names, for one claim, each single setting that would turn it.",
            **{name: str(sign) for name, sign in _signs()},
        )
        showing.paragraph(told)


def _signs() -> Iterator[tuple[str, Text]]:
    for name, truth in (
        ("met", Truth.TRUE),
        ("not_met", Truth.FALSE),
        ("open", Truth.UNKNOWN),
    ):
        yield name, showing.sign(truth)


def _cell(parameter: str, value: str, settings: Settings) -> Text:
    chosen = settings.chosen[parameter]
    if chosen.value != value:
        return Text("")
    if chosen.by == "set":
        return Text(showing.dots()[0], style="green")
    return Text(showing.dots()[1], style="dim")


def _row(parameter: Parameter, chosen: Mapping[str, Settings]) -> dict[str, object]:
    """Give one parameter under every set as the fields of its JSON object."""
    by_set: dict[str, object] = {}
    for name, settings in chosen.items():
        each = settings.chosen[parameter.id]
        by_set[name] = {"value": each.value, "by": each.by}
        if each.setting:
            by_set[name] = {
                "value": each.value,
                "by": each.by,
                "from": each.setting.first.isoformat(),
                "source": each.setting.source.cite,
                "read": each.setting.source.read,
            }
    title = spoken().law("parameter", parameter.title)
    return {"parameter": parameter.id, "title": title, "sets": by_set}

"""A re-examination on a page: a table, what the flips hang on, and a list to review."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from asylon.cli import showing
from asylon.cli.phrases import notes
from asylon.cli.reviewing import ORDER, Review, Told
from asylon.cli.speaking import spoken
from asylon.determination.flips import DIRECTIONS, Direction
from asylon.determination.reexamination import determined
from asylon.determination.tallies import most_first

_STYLE: Mapping[Direction, str] = {
    "towards_protection": "green",
    "away_from_protection": "red",
    "opened": "yellow",
}
_BAR: Mapping[Direction, str] = {
    "towards_protection": "█",
    "away_from_protection": "░",
    "opened": "▒",
}
_PLAIN_BAR: Mapping[Direction, str] = {
    "towards_protection": "+",
    "away_from_protection": "-",
    "opened": "?",
}
_LONGEST_BAR = 24
_ROWS = 8
_TITLES = 3


class Page:
    """A re-examination on a page for people."""

    def __init__(self, review: Review, title: str, *, invented: bool) -> None:
        """Take what was found, and where the claims come from."""
        self.review, self.tally = review, review.tally
        self.title, self.invented = title, invented
        self.narrator = review.narrator
        self.words, self.say = spoken(), spoken().say

    def show(self) -> None:
        """Print the page."""
        self._show_head()
        self._show_outcomes()
        if sum(self.tally.flips.values()):
            self._show_causes()
            self._show_settings()
            self._show_again()
            self._show_list()
        showing.console().print()
        showing.line(Text("·"), self.review.caution(), 0)
        showing.line(Text("·"), self.narrator.caution(), 0)

    def _show_head(self) -> None:
        out, say, count = showing.console(), self.say, self._number(self.tally.claims)
        invented = say(
            "heading",
            "{count} invented claims re-examined ({title})",
            count=count,
            title=self.title,
        )
        filed = say(
            "heading",
            "{count} claims of {title} re-examined",
            count=count,
            title=self.title,
        )
        out.rule(Text(invented if self.invented else filed, style="bold"), align="left")
        own_days = len(self.review.comparisons) > 1
        comparison = self.review.comparisons[-1]
        before = say("column", "before"), comparison.before.settings
        after = say("column", "after"), comparison.after.settings
        for name, settings in (before, after):
            title = self.words.law("set", settings.set.title)
            told = {"set": settings.set.id, "title": title}
            one = say(
                "settings compared",
                "set `{set}` ({title}) as of {day}",
                day=self.words.day(settings.on),
                **told,
            )
            each = say(
                "settings compared",
                "set `{set}` ({title}), for each claim as of its day",
                **told,
            )
            showing.line(Text(f"{name:<6}"), each if own_days else one, 0)
        out.print(say("settings compared", "Every set is a draft, in force nowhere."))
        out.print()

    def _show_outcomes(self) -> None:
        tally, out = self.tally, showing.console()
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(self.say("corner of a table", "before, then after"))
        for after in ORDER:
            table.add_column(showing.met(after), justify="right")
        for before in ORDER:
            cells = (tally.outcomes[before, after] for after in ORDER)
            table.add_row(showing.met(before), *(self._counted(each) for each in cells))
        out.print(table)
        flips = tally.flips
        text = self.say(
            "sum of a re-examination",
            "{count} of {claims} claims come out differently ({share}).",
            count=self._number(sum(flips.values())),
            claims=self._number(tally.claims),
            share=_share(sum(flips.values()), tally.claims),
        )
        out.print(f"\n{text}", style="bold")
        most = max(flips.values())
        for way, count in flips.items():
            label = Text(f"  {self._way(way)}")
            label.pad_right(max(22 - label.cell_len, 0))
            label.append(f" {self._number(count):>11}  ")
            out.print(label + _bar({way: count}, most))

    def _counted(self, count: int) -> str:
        return f"{self._number(count)} {_share(count, self.tally.claims):>7}"

    def _number(self, count: int) -> str:
        return self.words.number(count)

    def _way(self, way: Direction) -> str:
        return {
            "towards_protection": self.say("direction", "towards protection"),
            "away_from_protection": self.say("direction", "away from protection"),
            "opened": self.say("direction", "opened"),
        }[way]

    def _show_causes(self) -> None:
        showing.heading(
            self.say("heading", "What the flips hang on (one may hang on several)")
        )
        found = self.review.elements()
        most = max(sum(ways.values()) for ways in found.values())
        room = max(showing.console().width - _LONGEST_BAR - 20, 20)
        for name, ways in list(found.items())[:_ROWS]:
            title = Text(self.narrator.title(name)[0])
            title.truncate(room, overflow="ellipsis", pad=True)
            count = f" {self._number(sum(ways.values())):>11}  "
            showing.console().print(Text("  ") + title + Text(count) + _bar(ways, most))
        self._show_more(len(found) - _ROWS)

    def _show_more(self, count: int) -> None:
        if count > 0:
            text = self.say(
                "end of a list", "and {count} more", count=self._number(count)
            )
            showing.console().print(f"  {text}")

    def _show_settings(self) -> None:
        showing.heading(self.say("heading", "Settings they hang on"))
        found = most_first(self.tally.parameters)
        for name, count in found[:_ROWS]:
            showing.line(Text(f"{self._number(count):>11}"), self._change(name))
        if not found:
            none = self.say("settings", "None: the text of the law has changed.")
            showing.line(Text("·"), none)
        self._show_more(len(found) - _ROWS)

    def _change(self, parameter: str) -> str:
        """Say from what to what a setting changes, where it does so for all claims."""
        changes = {
            (
                each.before.settings.values[parameter],
                each.after.settings.values[parameter],
            )
            for each in self.review.comparisons
            if parameter in each.changed
        }
        told = [f"{then} → {now}" for then, now in sorted(changes)]
        return self.say(
            "settings compared",
            "{parameter}: {changes}",
            parameter=parameter,
            changes=self.words.listed(told),
        )

    def _show_again(self) -> None:
        found = most_first(self.tally.found_again)
        if not found:
            return
        title = self.say(
            "heading",
            "To be found again, of claims that flip: made under another standard or "
            "test",
        )
        showing.heading(title)
        for name, count in found[:_ROWS]:
            showing.line(
                Text(f"{self._number(count):>11}"), self.narrator.question(name)
            )
        self._show_more(len(found) - _ROWS)

    def _show_list(self) -> None:
        review = self.review
        if not review.told:
            return
        count = self._number(len(review.told))
        title = self.say("heading", "For review (the first {count})", count=count)
        showing.heading(title)
        for each in review.told:
            flip = each.flip
            mark = Text.assemble(
                f"{flip.id:<8} ",
                showing.met(flip.before),
                " → ",
                showing.met(flip.after),
            )
            mark.pad_right(max(29 - mark.cell_len, 0))
            showing.line(mark, self._told(flip.elements))
            self._show_reasons(each)

    def _told(self, names: tuple[str, ...]) -> str:
        """Give the titles of the first few parts, each with its entries of a list."""
        entries: dict[str, list[str]] = {}
        for name in names:
            title, place = self.narrator.title(name)
            entry = " › ".join(place.split(".")[1::2])  # noqa: RUF001  a path, on screen
            entries.setdefault(title, []).append(entry)
        told = [
            f"[{self.words.listed(sorted(places))}] {title}" if any(places) else title
            for title, places in entries.items()
        ]
        more = len(told) - _TITLES
        shown = notes(told[:_TITLES]) if told else ""
        if more <= 0:
            return shown
        return self.say(
            "end of a list",
            "{shown}; and {count} more",
            shown=shown,
            count=self._number(more),
        )

    def _show_reasons(self, told: Told) -> None:
        if not told.in_full:
            return
        heads = (
            self.say("heading of reasons", "Before:"),
            self.say("heading of reasons", "After:"),
        )
        both = determined(told.batch, told.place)
        for head, found in zip(heads, both, strict=True):
            narrator = self.review.narrator_on(found.settings)
            says = narrator.outcome(found.definition, found.protection_of)
            showing.line(Text(head), says, 2)
            for each in narrator.lines(found.answer.reason, found.claim.findings):
                showing.line(showing.sign(each.value), each.text, each.depth + 3)


def _share(count: int, whole: int) -> str:
    if not whole:
        return ""
    percent = f"{100 * count / whole:.1f}"
    return spoken().say("how an exact share is written", "{percent} %", percent=percent)


def _bar(ways: Mapping[Direction, int], most: int) -> Text:
    """Draw counts beside one another, the greatest as long as there is room."""
    bar, signs = Text(), _PLAIN_BAR if showing.is_plain() else _BAR
    for way in DIRECTIONS:
        length = round(_LONGEST_BAR * ways.get(way, 0) / most) if most else 0
        bar.append(signs[way] * length, style=_STYLE[way])
    return bar

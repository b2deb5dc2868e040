"""The points of law a result turns on, told for one claim; or why it turns on none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rich.text import Text

from asylon.cli import showing
from asylon.determination import Determination, Determiner, Narrator
from asylon.determination.turning import Turn, same_under_all, turns
from asylon.logic.truth import FALSE, TRUE, UNKNOWN


@dataclass
class PointsOfLaw:
    """Every other value of every parameter, tried on one claim."""

    determiner: Determiner
    found: Determination
    narrator: Narrator

    @cached_property
    def _turns(self) -> tuple[Turn, ...]:
        return tuple(turns(self.determiner, self.found))

    @cached_property
    def _why_none(self) -> tuple[str, ...]:
        if self._turns:
            return ()
        return same_under_all(self.determiner, self.found)

    def as_row(self) -> dict[str, object]:
        """Give them as fields of a JSON object."""
        return {
            "turns_on": [
                {"parameter": turn.parameter, "value": turn.value, "then": turn.result}
                for turn in self._turns
            ],
            "hangs_on_whatever_the_setting": self._why_none,
        }

    def show(self) -> None:
        """Print them for a person."""
        say = self.narrator.say
        showing.heading(say("heading", "Points of law it turns on"))
        if not self._turns:
            self._show_none()
        again = dict.fromkeys(
            turn.parameter for turn in self._turns if turn.found_again
        )
        for turn in self._turns:
            if turn.parameter not in again:
                showing.line(showing.sign(turn.result), self._turned(turn))
        if again:
            text = say(
                "points of law",
                "Findings would have to be made again if one of these were settled "
                "otherwise: {parameters}.",
                parameters=self.narrator.words.names([f"`{name}`" for name in again]),
            )
            showing.line(showing.sign(UNKNOWN), text)

    def _show_none(self) -> None:
        """Say that no setting turns it, and on which facts it hangs instead."""
        say = self.narrator.say
        none = say("points of law", "None: every known setting says the same.")
        showing.line(Text("·"), none)
        if not self._why_none:
            return
        open_ = say(
            "points of law", "It is these facts that are open, under every setting:"
        )
        carried = say(
            "points of law", "It is these findings that carry it, under every setting:"
        )
        is_open = self.found.definition is UNKNOWN
        showing.line(Text("·"), open_ if is_open else carried)
        for name in self._why_none:
            value = self.found.known.get(name, UNKNOWN)
            told = self.narrator.finding(name, value)
            showing.line(showing.sign(value), told, 2)

    def _turned(self, turn: Turn) -> str:
        values = self.determiner.book.parameters[turn.parameter].values
        setting = f"{turn.parameter} = {turn.value}"
        meaning = self.narrator.words.law("value", values[turn.value].meaning)
        told = {"setting": setting, "meaning": meaning}
        met = self.narrator.say(
            "point of law", "It would be met under {setting}: {meaning}", **told
        )
        open_ = self.narrator.say(
            "point of law", "It would be open under {setting}: {meaning}", **told
        )
        not_met = self.narrator.say(
            "point of law", "It would not be met under {setting}: {meaning}", **told
        )
        return {TRUE: met, UNKNOWN: open_, FALSE: not_met}[turn.result]

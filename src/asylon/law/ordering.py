"""Acts one after another: which supersedes which, and which contradict one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from asylon.law.acts import Agreement
from asylon.law.adopting import Adoption, Stock
from asylon.law.requirements import CONTRADICTS, SUPERSEDES_UNKNOWN, Requirements
from asylon.law.signing import Checked, Refusal
from asylon.law.standings import Standing

_DAY = timedelta(days=1)


class Order:
    """Puts acts that are in order by themselves one after another."""

    def __init__(
        self,
        standings: Sequence[Standing],
        adoption: Adoption,
        stock: Stock,
        needs: Requirements,
    ) -> None:
        """Take the acts as each stands by itself, and the law that they pin."""
        self.standings, self.needs = standings, needs
        self.adoption, self.stock = adoption, stock
        self.accepted: dict[str, Standing] = {}

    def placed(self) -> Iterator[Standing]:
        """Go through every act with its place, or with what speaks against it."""
        ready = [each for each in self.standings if not each.refusals]
        yield from (each for each in self.standings if each.refusals)
        for each in sorted(ready, key=self._turn):
            act = self._act(each)
            refusals = tuple(self._conflicts(each, act, ready))
            if refusals:
                yield replace(each, refusals=refusals)
                continue
            if act.supersedes:
                earlier = self.accepted[act.supersedes]
                last = act.first - _DAY
                self.accepted[act.supersedes] = replace(earlier, last=last)
            self.accepted[act.hash] = replace(each, first=act.first)
        yield from self.accepted.values()

    def _turn(self, each: Standing) -> tuple[date, date, str]:
        act = self._act(each)
        return _complete_on(each), act.first, act.hash

    def _conflicts(
        self, standing: Standing, act: Agreement, ready: Sequence[Standing]
    ) -> Iterator[Refusal]:
        if act.supersedes:
            yield from self._of_superseding(standing, act, self.accepted)
        for other in self.accepted.values():
            theirs = self._act(other)
            runs = other.last is None or other.last >= act.first
            if runs and theirs.hash != act.supersedes and self._same_place(act, theirs):
                yield self.needs.refusal(CONTRADICTS, other.name, theirs.first)
        for other in ready:
            theirs = self._act(other)
            related = theirs.hash == act.supersedes or act.hash == theirs.supersedes
            if other is standing or related or theirs.hash in self.accepted:
                continue
            same_turn = self._turn(other)[:2] == self._turn(standing)[:2]
            if same_turn and self._same_place(act, theirs):
                yield self.needs.refusal(CONTRADICTS, other.name, theirs.first)

    def _of_superseding(
        self, standing: Standing, act: Agreement, accepted: Mapping[str, Standing]
    ) -> Iterator[Refusal]:
        earlier = accepted.get(act.supersedes or "")
        if earlier is None:
            yield self.needs.refusal(SUPERSEDES_UNKNOWN, act.name, act.first)
            return
        theirs = self._act(earlier)
        if act.first <= theirs.first:
            yield self.needs.refusal(CONTRADICTS, earlier.name, theirs.first)
        if not self._same_place(act, theirs):
            yield self.needs.refusal(SUPERSEDES_UNKNOWN, act.name, act.first)
        # Nobody ends alone what was agreed together.
        checked = Checked(standing.signed, ())
        book = self.adoption.book(theirs, self.stock)
        yield from self.needs.of_kind(book.sets[theirs.set], checked)

    def _same_place(self, one: Agreement, other: Agreement) -> bool:
        """Whether two acts speak of the same set, or for the same jurisdiction."""
        mine, theirs = (
            self.adoption.book(each, self.stock).sets[each.set] for each in (one, other)
        )
        return mine.id == theirs.id or mine.jurisdiction == theirs.jurisdiction

    def _act(self, standing: Standing) -> Agreement:
        act = standing.act
        if not isinstance(act, Agreement):
            message = "only agreements are put in order"
            raise TypeError(message)
        return act


def _complete_on(standing: Standing) -> date:
    return Checked(standing.signed, ()).complete_on

"""What a re-examination found: counts, and a list for people to review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asylon.cli.speaking import spoken
from asylon.determination import Narrator
from asylon.determination.batches import Batch, Comparison
from asylon.determination.flips import DIRECTIONS, Direction, Flip
from asylon.determination.reexamination import explained
from asylon.determination.sentences import tree
from asylon.determination.tallies import Tally, most_first
from asylon.law import DEFINITION, LawBook, Settings
from asylon.logic.truth import FALSE, TRUE, UNKNOWN

ORDER = (TRUE, UNKNOWN, FALSE)


@dataclass(frozen=True, slots=True)
class Told:
    """A flip, with where it is found; `in_full` where reasons were asked for."""

    flip: Flip
    batch: Batch
    place: int
    in_full: bool


@dataclass(frozen=True)
class Review:
    """Everything that a re-examination has to say."""

    book: LawBook
    comparisons: Sequence[Comparison]
    tally: Tally
    told: Sequence[Told]

    @property
    def narrator(self) -> Narrator:
        """Tells the titles of the law as it stands after."""
        return self.narrator_on(self.comparisons[-1].after.settings)

    def caution(self) -> str:
        """Say what a re-examination does not do."""
        return self.narrator.say(
            "beside every re-examination",
            "This is a list for people to review: nobody's status changes by it.",
        )

    def summary(self) -> dict[str, object]:
        """Give what became of all claims together, as the fields of a JSON object."""
        tally = self.tally
        return {
            "claims": tally.claims,
            "flips": tally.flips,
            "outcomes": {
                before.value: {
                    after.value: tally.outcomes[before, after] for after in ORDER
                }
                for before in ORDER
            },
            "elements": self.elements(),
            "parameters": dict(most_first(tally.parameters)),
            "found_again": dict(most_first(tally.found_again)),
            "bytes_read": tally.bytes_read,
            "from": [self._law(each.before.settings) for each in self._apart("before")],
            "to": [self._law(each.after.settings) for each in self._apart("after")],
            "beside": self.caution(),
        }

    def _apart(self, side: str) -> list[Comparison]:
        """List the comparisons whose settings on one side differ."""
        found: dict[tuple[object, ...], Comparison] = {}
        for each in self.comparisons:
            settings: Settings = getattr(each, side).settings
            found.setdefault((settings.on, settings.key), each)
        return list(found.values())

    def _law(self, settings: Settings) -> dict[str, str]:
        return {
            "provision": DEFINITION,
            "set": settings.set.id,
            "on": settings.on.isoformat(),
            "status": spoken().say("standing of a set", "draft, in force nowhere"),
            "hash": self.book.hash,
        }

    def rows(self) -> Iterator[dict[str, object]]:
        """Give the flips that are told, as the fields of JSON objects."""
        for each in self.told:
            flip = each.flip
            row: dict[str, object] = {
                "id": flip.id,
                "before": flip.before,
                "after": flip.after,
                "direction": flip.direction,
                "elements": flip.elements,
                "parameters": flip.parameters,
                "because_of": flip.because_of,
                "found_again": flip.found_again,
            }
            if each.in_full:
                row["reasons"] = dict(self._reasons(each))
            yield row

    def _reasons(self, told: Told) -> Iterator[tuple[str, dict[str, object]]]:
        comparison = told.batch.comparison
        findings = told.batch.source.claim(told.place).findings
        laws = {"before": comparison.before, "after": comparison.after}
        reasons = explained(told.batch, told.place)
        for (side, law), reason in zip(laws.items(), reasons, strict=True):
            yield side, tree(reason, findings, self.narrator_on(law.settings))

    def narrator_on(self, settings: Settings) -> Narrator:
        """Tells the law as it stands on the day of some settings."""
        return Narrator(self.book, settings.on, spoken())

    def elements(self) -> dict[str, dict[Direction, int]]:
        """Count the flips by part of the law and direction, the most frequent first."""
        counted, whole = self.tally.elements, Counter[str]()
        for (name, _), count in counted.items():
            whole[name] += count
        return {
            name: {way: counted[name, way] for way in DIRECTIONS}
            for name, count in most_first(whole)
            if count
        }

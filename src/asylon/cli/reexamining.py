"""`asylon reexamine`: which claims would come out differently under other settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Literal, get_args

from rich.progress import Progress

from asylon.cli import showing
from asylon.cli.inputs import InputError, check_set, read_day, read_file, read_law
from asylon.cli.reviewing import Review, Told
from asylon.cli.reviewpage import Page
from asylon.cli.selecting import with_law
from asylon.cli.speaking import spoken
from asylon.determination import Decision, Determiner, Refused, read_entries
from asylon.determination.batches import Batch, Comparison
from asylon.determination.claims import Claim
from asylon.determination.reexamination import ENGINES, Engine, Reexaminer, batches
from asylon.determination.tallies import Tally
from asylon.invented.claims import Caseload
from asylon.law import LawBook, Settings

SEED = 1951
MOST_SYNTHETIC = 100_000_000
_LISTED = 10
_WORTH_A_BAR: dict[Engine, int] = {"planes": 300_000, "rows": 2_000}

Stage = Literal["laid_out", "reexamined", "told"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command was asked."""

    before: str
    after: str
    file: Path | None = None
    synthetic: int | None = None
    engine: str = "planes"
    from_on: str | None = None
    on: str | None = None
    seed: int = SEED
    reasons: int | None = None
    each: bool = False
    as_json: bool = False
    law: Path | None = None

    def check(self) -> Engine:
        """Refuse what cannot be meant, and give the engine.

        Raises:
            InputError: it says what, and what to do.
        """
        if self.engine not in ENGINES:
            message = spoken().say(
                "problem",
                "--engine {engine}: there is {engines}.",
                engine=self.engine,
                engines=spoken().listed(ENGINES),
            )
            raise InputError(message)
        self._check_numbers()
        return "rows" if self.engine == "rows" else "planes"

    def _check_numbers(self) -> None:
        say, number = spoken().say, spoken().number
        if (self.file is None) == (self.synthetic is None):
            message = say(
                "problem",
                "name a file of claims, or say --synthetic N for invented ones.",
            )
            raise InputError(message)
        if self.synthetic is not None and not 0 < self.synthetic <= MOST_SYNTHETIC:
            message = say(
                "problem",
                "--synthetic {given}: from 1 to {most} claims are drawn at a time.",
                given=self.synthetic,
                most=number(MOST_SYNTHETIC),
            )
            raise InputError(message)
        if self.seed < 0 or (self.reasons or 0) < 0:
            message = say("problem", "--seed and --reasons are not less than 0.")
            raise InputError(message)


def reexamine(options: Options) -> int:
    """Re-examine the claims of a file, or invented ones, and show what flips."""
    engine = options.check()
    book = read_law(options.law)
    laws = Laws(book, options)
    entries = list(_entries(book, options))
    claims = [each.claim for each in entries if isinstance(each, Decision)]
    refused = [each for each in entries if isinstance(each, Refused)]
    if not options.file or claims:
        run = Run(book, options, engine)
        run.through(laws.batches(claims), len(claims) or options.synthetic or 0)
        run.show()
    for each in refused:
        showing.complain(each.problem)
    if options.file and not claims:
        return 2
    return 1 if refused else 0


def _entries(book: LawBook, options: Options) -> Iterator[Decision | Refused]:
    if options.file:
        read = read_entries(read_file(options.file), str(options.file), book)
        # Where both days are given, no claim is asked for its own.
        asked = read_day(options.from_on and options.on, book)
        yield from with_law(read, options.file, book, asked)


class Laws:
    """The two choices of settings that were asked for, claim by claim."""

    def __init__(self, book: LawBook, options: Options) -> None:
        """Read the names of the sets, and the days."""
        self.book, self.options = book, options
        self.determiner = Determiner(book)
        check_set(book, options.before, "--from")
        check_set(book, options.after, "--to")
        self._from_on = read_day(options.from_on, book, "--from-on")
        self._on = read_day(options.on, book)
        self._found: dict[tuple[int, int], Comparison] = {}

    def batches(self, claims: Sequence[Claim]) -> Iterator[Batch]:
        """Lay out the claims, or invented ones if there are none."""
        if claims:
            yield from batches(claims, self.comparison)
        else:
            nobody = Claim(id="", findings={})
            caseload = Caseload(self.comparison(nobody), seed=self.options.seed)
            yield from caseload.batches(self.options.synthetic or 0)

    def settings(self, claim: Claim) -> tuple[Settings, Settings]:
        """Choose the settings for a claim; it has the last say on no day but its own."""
        own = claim.on or showing.today()
        options, choose = self.options, self.determiner.settings
        return (
            choose(claim, set_id=options.before, on=self._from_on or own),
            choose(claim, set_id=options.after, on=self._on or own),
        )

    def comparison(self, claim: Claim) -> Comparison:
        """Give the definition as it stands before and after for a claim."""
        laws = [self.determiner.law(each) for each in self.settings(claim)]
        key = id(laws[0]), id(laws[1])
        if key not in self._found:
            self._found[key] = Comparison(*laws)
        return self._found[key]


class Run:
    """One re-examination under way."""

    def __init__(self, book: LawBook, options: Options, engine: Engine) -> None:
        """Begin with nothing counted."""
        self.book, self.options = book, options
        self.tally = Tally()
        self.told: list[Told] = []
        self._comparisons: dict[int, Comparison] = {}
        self.seconds = dict[Stage, float].fromkeys(get_args(Stage), 0.0)
        self._reexaminer = Reexaminer(engine)

    def through(self, given: Iterator[Batch], count: int) -> None:
        """Go through all batches, with a bar where it takes a while."""
        console = showing.errors()
        shown = console.is_terminal and count >= _WORTH_A_BAR[self._reexaminer.engine]
        with Progress(console=console, transient=True, disable=not shown) as bar:
            task = bar.add_task(spoken().say("under way", "Re-examining"), total=count)
            while True:
                with self._timed("laid_out"):
                    batch = next(given, None)
                if batch is None:
                    return
                self._take(batch)
                bar.advance(task, batch.count)

    @contextmanager
    def _timed(self, stage: Stage) -> Iterator[None]:
        began = perf_counter()
        yield
        self.seconds[stage] += perf_counter() - began

    def _take(self, batch: Batch) -> None:
        with self._timed("reexamined"):
            found = self._reexaminer.reexamine(batch)
            self.tally.add(found)
        self._comparisons[id(batch.comparison)] = batch.comparison
        with self._timed("told"):
            for place, flip in found.each(self._left()):
                in_full = len(self.told) < (self.options.reasons or 0)
                self.told.append(Told(flip, batch, place, in_full))

    def _left(self) -> int | None:
        """Say how many flips are still to be told; None means all."""
        if self.options.each:
            return None
        wanted = self.options.reasons
        if wanted is None:
            wanted = 0 if self.options.as_json else _LISTED
        return max(wanted - len(self.told), 0)

    def show(self) -> None:
        """Print what was found, as JSON or for people."""
        options = self.options
        review = Review(
            self.book,
            tuple(self._comparisons.values()),
            self.tally,
            self.told,
        )
        if not options.as_json:
            seed = spoken().say("invented claims", "seed {seed}", seed=options.seed)
            title = str(options.file) if options.file else seed
            Page(review, title, invented=not options.file).show()
            return
        with self._timed("told"):
            rows = list(review.rows())
        seconds = sum(self.seconds.values())
        head = {
            **review.summary(),
            "engine": options.engine,
            "seconds": round(seconds, 3),
            "stages": {stage: round(took, 3) for stage, took in self.seconds.items()},
            "claims_per_second": round(self.tally.claims / seconds),
        }
        for row in (head, *rows):
            showing.print_json(row)

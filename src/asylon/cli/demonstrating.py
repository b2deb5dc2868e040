"""`asylon law demo`: what the law book makes of real decisions and of invented people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

from asylon.cli import (
    agreeing,
    bindings,
    comparing,
    determining,
    explaining,
    reexamining,
    showing,
)
from asylon.cli.agreements import REGISTER
from asylon.cli.inputs import read_law
from asylon.cli.keys import write_new
from asylon.cli.speaking import speak, spoken
from asylon.determination import Decision, read_decisions
from asylon.security import draw_key

DAY = "2026-06-30"
AGREED = "chn-unhcr"
_OF = "PRK"
_SIGNERS = {"unhcr": ("UNHCR", "unhcr", ""), "china": ("China", "authority", "CHN")}
"""Who agrees in the demonstration: title, kind, state. The keys are drawn anew."""


def demo() -> int:
    """Show each thing that can be done with the law book, on what ships with it."""
    with (
        _shipped("published.toml") as published,
        _shipped("demonstration.toml") as invented,
    ):
        codes = [*_decisions(published), *_invented(invented), *_law()]
    return max(codes)


@contextmanager
def _shipped(name: str) -> Iterator[Path]:
    with as_file(files("asylon.determination") / name) as path:
        yield path


def _heading(text: str) -> None:
    showing.console().print(f"\n{text}\n", style="bold reverse")


def _decisions(published: Path) -> Iterator[int]:
    say = spoken().say
    told = say("demo", "Published decisions, determined from the facts they found")
    _heading(told)
    yield determining.determine([published], determining.Options())
    _heading(say("demo", "The North Korean decisions among them, under every set"))
    book = read_law(None)
    entries = read_decisions(published.read_bytes(), published.name, book)
    decisions = [each for each in entries if isinstance(each, Decision)]
    of_the_north = [each for each in decisions if each.country == _OF]
    comparing.Comparison(book, None).show_claims(of_the_north, as_json=False)


def _invented(invented: Path) -> Iterator[int]:
    say = spoken().say
    _heading(say("demo", "Invented people in China, under the draft of a joint set"))
    yield determining.determine([invented], determining.Options(on=DAY))
    told = say("demo", "One of them, explained: country findings answer for her group")
    _heading(told)
    yield explaining.explain(invented, explaining.Options(id="K-1", on=DAY))
    language = spoken().language
    _heading(say("demo", "Another, in Korean"))
    speak("ko")
    yield explaining.explain(invented, explaining.Options(id="K-3", on=DAY))
    speak(language)


def _law() -> Iterator[int]:
    say = spoken().say
    _heading(say("demo", "What binds China, and what gives way to it"))
    yield bindings.show("CHN", DAY, None, as_json=False)
    told = say(
        "demo", "Two authorities agree a set: keys drawn for this demonstration alone"
    )
    _heading(told)
    with TemporaryDirectory(prefix="asylon-") as folder:
        yield from _agreement(Path(folder))
    told = say("demo", "What a change of case law in 2014 meant, for 100,000 claims")
    _heading(told)
    options = reexamining.Options(
        "gbr", "gbr", synthetic=100_000, from_on="2013-12-31", on="2014-12-31"
    )
    yield reexamining.reexamine(options)


def _agreement(folder: Path) -> Iterator[int]:
    """Draft an act, sign it with the key of each side, and verify it each time."""
    keys = {name: folder / f"{name}.pem" for name in _SIGNERS}
    agreed = folder / "agreed"
    agreed.mkdir()
    _write_register(agreed, keys)
    yield agreeing.draft(AGREED, "2027-01-01", agreed, None)
    act = agreed / f"{AGREED}-2027-01-01.toml"
    for name, key in keys.items():
        options = agreeing.SignOptions(key, name, yes=True, law=None)
        yield agreeing.sign_act(act, options)
        showing.console().print()
        check = agreeing.VerifyOptions("2027-02-01", None, None, as_json=False)
        yield agreeing.verify(agreed, check)


def _write_register(agreed: Path, keys: Mapping[str, Path]) -> None:
    """Write who takes part, with invented key-holders."""
    told: list[str] = []
    for name, (title, kind, state) in _SIGNERS.items():
        key = draw_key()
        write_new(keys[name], key.pem(""))
        told += [f"[organisation.{name}]", f'title = "{title} (invented)"']
        told += [f'kind = "{kind}"', f'state = "{state}"' if state else ""]
        told += [f"[[organisation.{name}.key]]", f'public = "{key.public.text}"']
        told += ["from = 2026-01-01"]
        for holder in ("one", "two"):
            path = f"organisation.{name}.holder.{name}-{holder}"
            told += [f"[{path}]", f'name = "Invented holder {holder}"']
            told += [f"[[{path}.key]]", f'public = "{draw_key().public.text}"']
            told += ["from = 2026-01-01"]
    (agreed / REGISTER).write_text("\n".join(told) + "\n", encoding="utf-8")

"""Asking the `asylon` command, in this process and in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from asylon.cli import main, speaking

ASYLON = Path(sys.executable).with_name("asylon")

FACTS = {
    "outside_country": "true",
    "well_founded_fear": "true",
    "persecution_severity": "true",
    "state_protection_unavailable": "true",
    "ifa_available": "false",
    "other_nationality_effective": "false",
    "stateless": "false",
    "sur_place": "true",
    "material_facts_accepted": "true",
    "art_1c_trigger": "false",
    "art_1c_compelling_reasons": "false",
    "art_1d_receiving": "false",
    "art_1d_ceased": "false",
    "art_1e_trigger": "false",
    "art_1f_a": "false",
    "art_1f_b": "false",
    "art_1f_c": "false",
    "nexus.political_opinion": "true",
    "nexus.race": "false",
    "nexus.religion": "false",
    "nexus.nationality": "false",
    "nexus.particular_social_group": "false",
}


@dataclass(frozen=True)
class Said:
    """What a command printed, and the code it left with."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Read what was printed as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Ask: TypeAlias = Callable[..., Said]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Leave no language behind for the next test, which may come in any order."""
    yield
    speaking.speak("en")


@pytest.fixture
def ask(monkeypatch, capsys) -> Ask:
    """Run the command here and now."""

    def told(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["asylon", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        printed = capsys.readouterr()
        return Said(left.value.code or 0, printed.out, printed.err)

    return told


@pytest.fixture
def ask_apart() -> Ask:
    """Run the command as people do, with what it prints going into a pipe."""

    def told(*words: object, **environment: str) -> Said:
        done = subprocess.run(
            [ASYLON, *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env={"PYTHONPATH": os.environ.get("PYTHONPATH", ""), **environment},
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return told


def an_entry(id_: str = "A", *, more: str = "", **facts: str) -> str:
    """Write one decision about an invented person, which meets the definition."""
    found = FACTS | {name.replace("__", "."): value for name, value in facts.items()}
    return "\n".join(
        [
            "[[decision]]",
            f'id = "{id_}"',
            'name = "Re Bo"',
            'jurisdiction = "UNHCR"',
            "year = 2026",
            'country_of_origin = "PRK"',
            more,
            "[decision.facts]",
            *(f"{name} = {value}" for name, value in found.items()),
            "",
        ]
    )


@pytest.fixture
def a_file(tmp_path) -> Iterator[Callable[..., Path]]:
    """Write a decisions file of such entries."""

    def written(*entries: str | bytes, name: str = "claims.toml") -> Path:
        texts = [each if isinstance(each, bytes) else each.encode() for each in entries]
        path = tmp_path / name
        path.write_bytes(b"\n".join(texts))
        return path

    return written

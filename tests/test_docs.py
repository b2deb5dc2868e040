"""The docs name everything there is, point to what exists, and print what is true."""

from __future__ import annotations

import ast
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
import typer

import asylon
from asylon import casework, identity, instruments
from asylon.casework import assessments, counsel, exceptions, interviews, procedure
from asylon.casework import decisions as decisions_
from asylon.casework.procedure import deadlines
from asylon.cli.commands import app
from asylon.determination import (
    claims,
    decisions,
    faults,
    flat_facts,
    flat_names,
    scenarios,
)
from asylon.determination.reexamination import ENGINES
from asylon.languages.glossary import glossary
from asylon.law import (
    acts,
    adopting,
    choosing,
    enrolment,
    floor,
    organisations,
    readers,
    register,
    requirements,
    signing,
    standings,
)
from asylon.logic.evaluation import How
from asylon.logic.sql import DIALECTS
from asylon_server.store.rights import shipped_table
from docs.generate import (
    BINDINGS,
    DOCS,
    PARAMETERS,
    PROCEDURE,
    RIGHTS,
    ROOT,
    SETS,
    TERMS,
    bindings,
    blocks,
    output,
    pages,
    parameters,
    terms,
)
from docs.generate import run_page as run
from docs.procedure import procedure_page
from docs.rights import rights_page
from docs.sets import set_pages

REFERENCE = DOCS / "reference"
PROSE = sorted(
    page
    for page in DOCS.rglob("*.md")
    if page not in (PARAMETERS, BINDINGS, PROCEDURE, RIGHTS, TERMS)
    and page.parent != SETS
)
LINKING = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PUBLISHED = "src/asylon/determination/published.toml"

OF_A_TABLE = {
    "get", "text", "maybe_text", "texts", "sentences", "day", "maybe_day", "table",
    "tables", "named_tables",
}  # fmt: skip


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text()


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^#{2,} (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def not_in(text: str, names) -> list[str]:
    return sorted(name for name in names if f"`{name}`" not in text)


def commands(command=None, path: str = "asylon") -> Iterator[tuple[str, object]]:
    command = command or typer.main.get_command(app)
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def called(module, names: set[str]) -> set[str]:
    """Texts that a module gives as the first argument to functions of these names."""
    tree = ast.parse(inspect.getsource(module))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    first = (
        call.args[0]
        for call in calls
        if call.args
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in names
    )
    return {
        arg.value
        for arg in first
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }


def error_codes() -> set[str]:
    found = pkgutil.walk_packages(asylon.__path__, "asylon.")
    modules = [import_module(each.name) for each in found]
    things = (thing for module in modules for thing in vars(module).values())
    return {
        thing.code
        for thing in things
        if inspect.isclass(thing)
        and issubclass(thing, Exception)
        and hasattr(thing, "code")
        and thing.__module__.startswith("asylon.")
    }


def rows(command: str) -> list[dict]:
    return [json.loads(line) for line in output(command, ROOT)]


def nodes(reason: dict) -> Iterator[dict]:
    yield reason
    for part in reason.get("parts", ()):
        yield from nodes(part)


@pytest.mark.parametrize(("path", "command"), list(commands()))
def test_every_option_stands_under_its_command(path, command):
    section = sections(page("commands"))[path]
    options = [
        opt
        for param in command.params
        for opt in (*param.opts, *param.secondary_opts)
        if opt.startswith("--")
    ]

    assert [opt for opt in options if f"`{opt}" not in section] == []


def test_every_key_of_a_determination_is_told():
    determined = rows(f"asylon determine {PUBLISHED} --json")
    keys = {key for row in determined for key in row}
    keys |= {key for row in determined for key in (*row["closed"], *row["law"])}

    assert len(determined) == 43
    assert not_in(sections(page("commands"))["asylon determine"], keys) == []


def test_every_key_of_an_explanation_is_told():
    explained = rows(f"asylon explain {PUBLISHED} --id D04 --json")
    reasons = [node for row in explained for node in nodes(row["reasons"])]
    keys = {key for row in (*explained, *reasons) for key in row}
    keys |= {key for row in explained for turn in row["turns_on"] for key in turn}
    keys |= {*get_args(How)}

    assert not_in(sections(page("commands"))["asylon explain"], keys) == []


def test_every_key_of_a_re_examination_is_told():
    sets = "--from gbr --to unhcr --on 2026-06-30 --from-on 2026-06-30"
    head, flip = rows(f"asylon reexamine {sets} --synthetic 40 --reasons 1 --json")
    keys = {*head, *head["flips"], *head["stages"], *flip, *flip["reasons"]}

    assert not_in(sections(page("commands"))["asylon reexamine"], keys) == []
    assert not_in(sections(page("commands"))["asylon reexamine"], ENGINES) == []


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("asylon law list", ""),
        ("asylon law show", "1F"),
        ("asylon law sql", "1F"),
        ("asylon law bindings", ""),
        ("asylon law diff", "{law}"),
        ("asylon law check", "--mutate --law {law}"),
    ],
)
def test_every_key_about_the_law_is_told(command, arguments, tmp_path):
    source = (
        ROOT / "src/asylon/instruments/csr51/article-33/paragraph-2.toml"
    ).read_bytes()
    (tmp_path / "x.toml").write_bytes(source)

    found = rows(f"{command} --json {arguments.format(law=tmp_path)}")

    assert (
        not_in(
            sections(page("commands"))[command], {key for row in found for key in row}
        )
        == []
    )


def test_every_error_code_has_a_section():
    codes = error_codes()

    assert {"cli.input", "law.document", "logic.formula"} <= codes
    assert sorted(codes - set(sections(page("errors")))) == []


def test_every_notice_has_a_section():
    values = (each for each in vars(choosing).values() if isinstance(each, str))
    codes = {each for each in values if re.fullmatch(r"law\.[a-z-]+", each)}

    assert choosing.NO_SET in codes
    assert sorted(codes - set(sections(page("errors")))) == []


def test_every_reason_for_a_draft_has_a_section():
    values = (
        each
        for module in (adopting, requirements, signing, standings)
        for each in vars(module).values()
        if isinstance(each, str)
    )
    codes = {each for each in values if each.startswith("law.agreement.")}

    assert len(codes) > 20
    assert sorted(codes - set(sections(page("errors")))) == []


def test_every_check_has_a_section():
    names = called(faults, {"Fault"}) | {"mutant"}

    assert {"words", "scenario"} <= names
    assert sorted(names - set(sections(page("checks")))) == []


def test_the_page_of_parameters_is_what_the_law_says():
    assert PARAMETERS.read_text() == parameters(instruments.book())


def test_the_page_of_bindings_is_what_the_law_says():
    assert BINDINGS.read_text() == bindings(instruments.book())


def test_there_is_a_page_for_each_set_and_it_says_what_the_law_says():
    pages = set_pages(instruments.book())

    assert {each.name for each in SETS.iterdir()} == set(pages)
    for name, text in pages.items():
        assert (SETS / name).read_text() == text, f"{name}: run docs.generate"


def test_the_page_of_terms_is_what_the_glossary_says():
    assert TERMS.read_text() == terms(glossary())


def test_the_page_on_rights_says_what_the_table_does():
    assert RIGHTS.read_text() == rights_page(shipped_table())


def test_the_page_on_the_procedure_says_what_the_table_does():
    assert PROCEDURE.read_text() == procedure_page(
        procedure.procedure(), deadlines.rules()
    )


def test_every_parameter_value_and_set_is_told():
    book = instruments.book()
    text = PARAMETERS.read_text()
    values = {value for each in book.parameters.values() for value in each.values}

    assert not_in(text, {*values, *book.sets}) == []
    assert sorted(set(book.parameters) - set(sections(text))) == []


def test_every_word_with_a_fixed_meaning_is_told():
    words = {*readers.CLOSINGS, *readers.ASKS, *readers.BURDENS, *claims.LAYERS}
    words |= {*register.OPEN_TO, *register.STATUSES, *register.EFFECTS}

    assert not_in(page("formats"), words) == []
    assert not_in(page("commands"), DIALECTS) == []


@pytest.mark.parametrize(
    "module",
    [
        readers,
        enrolment,
        scenarios,
        claims,
        decisions,
        flat_facts,
        acts,
        floor,
        organisations,
    ],
)
def test_every_key_of_a_file_is_told(module):
    assert not_in(page("formats"), called(module, OF_A_TABLE)) == []


def test_every_flat_fact_is_told():
    facts = {*flat_names.FLAT, *(f"nexus.{each}" for each in flat_names.GROUNDS)}

    assert not_in(page("formats"), facts) == []


@pytest.mark.parametrize("source", LINKING, ids=lambda each: each.name)
def test_every_link_leads_somewhere(source):
    text = re.sub(r"^```.*?^```", "", source.read_text(), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        if ":" not in path:
            led_to = (source.parent / path).resolve() if path else source
            assert led_to.exists(), target
            assert not anchor or anchor in anchors(led_to), target


def anchors(source: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", source.read_text(), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def prose(source: Path) -> list[str]:
    """The lines of a page that are sentences, without code in them."""
    text = re.sub(r"^```.*?^```", "", source.read_text(), flags=re.M | re.S)
    lines = (re.sub(r"`[^`]*`", "x", line) for line in text.splitlines())
    return [line for line in lines if not line.startswith(("|", "#"))]


@pytest.mark.parametrize("source", PROSE, ids=lambda each: each.name)
def test_each_line_holds_one_sentence(source):
    assert [line for line in prose(source) if re.search(r"[.?!] [A-Z]", line)] == []


@pytest.mark.parametrize("source", PROSE, ids=lambda each: each.name)
def test_nobody_is_called_by_a_word_that_judges(source):
    judging = re.compile(r"\b(illegals?|aliens?|bogus)\b", re.IGNORECASE)

    assert [line for line in prose(source) if judging.search(line)] == []


@pytest.mark.parametrize(
    "source", sorted((DOCS / "explanation").glob("*.md")), ids=lambda each: each.name
)
def test_every_explanation_bears_its_day(source):
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", source.read_text().splitlines()[2])


@pytest.mark.parametrize("drawer", ["tutorial", "how-to", "reference", "explanation"])
def test_the_index_leads_to_every_page(drawer):
    index = (DOCS / "README.md").read_text()

    for each in (DOCS / drawer).glob("*.md"):
        assert f"({drawer}/{each.name})" in index


@pytest.fixture(scope="module")
def running() -> Iterator[dict]:
    """All pages at once: most of the time goes into starting commands."""
    with ThreadPoolExecutor() as pool:
        yield {each: pool.submit(run, each) for each in pages()}


@pytest.mark.parametrize("source", pages(), ids=lambda each: each.name)
def test_examples_print_what_the_page_says(running, source):
    ran = running[source].result()

    assert ran
    for each in ran:
        assert each.example.printed == each.shown, each.example.command
        assert "Traceback" not in "".join(each.shown)


@pytest.mark.parametrize("source", pages(), ids=lambda each: each.name)
def test_every_console_block_begins_with_a_command(source):
    consoles = [each for each in blocks(source.read_text()) if each.kind == "console"]

    assert [each.first for each in consoles if not each.lines[0].startswith("$ ")] == []


@pytest.mark.parametrize(
    "kind",
    [
        casework.File, casework.Person, casework.Hold, casework.Lifting, casework.Actor,
        casework.CaseClaim, casework.Consent, casework.Contact, casework.Need,
        casework.Speech, identity.Name, identity.Place, identity.Stay, identity.Kinship,
        identity.NationalityClaim, identity.Period, procedure.Step, procedure.Despite,
        deadlines.Stop, interviews.Interview, interviews.Segment, assessments.Assessment,
        assessments.MaterialFact, assessments.Link, assessments.Considered,
        assessments.Source, assessments.Point, assessments.Found, assessments.Answered,
        assessments.Under, assessments.Closing, assessments.Remaining, decisions_.Draft,
        decisions_.Reasoning, decisions_.Telling, decisions_.Complaint,
        decisions_.Guardian, counsel.Appearance, counsel.Submission,
        exceptions.Proposed,
    ],
)  # fmt: skip
def test_every_key_of_a_file_of_a_case_is_told(kind):
    assert not_in(page("formats"), {each.name for each in fields(kind)}) == []

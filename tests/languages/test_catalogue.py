"""Messages: each can be translated, and the template names them all."""

import ast
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo

from asylon.determination import Narrator
from asylon.languages import LANGUAGES, Catalogue, catalogue
from asylon.logic.truth import FALSE, TRUE
from tests.shipped import BOOK, ON

ROOT = Path(__file__).parents[2]
TEMPLATE = "src/asylon/languages/asylon.pot"
EXTRACT = (
    "pybabel -q extract --no-default-keywords --keyword say:1c,2 --omit-header "
    "--add-location=file --sort-by-file -o {} src/asylon"
)
"""How `make messages` writes the template."""


def calls():
    """Go through every place where a message is said."""
    for path in sorted((ROOT / "src" / "asylon").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr="say") | ast.Name(id="say")):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def translated(*messages):
    """Compile a catalogue of context, English and translation."""
    toy = Catalog(locale="de")
    for context, message, translation in messages:
        toy.add(message, translation, context=context)
    compiled = BytesIO()
    write_mo(compiled, toy)
    compiled.seek(0)
    return Catalogue("de", GNUTranslations(compiled))


def test_the_template_names_every_message(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    fresh = tmp_path / "fresh.pot"

    CommandLineInterface().run(EXTRACT.format(fresh).split())

    assert Path(TEMPLATE).read_text() == fresh.read_text(), "run `make messages`"


def test_every_message_is_written_where_it_is_said():
    """The template cannot name what is put together elsewhere."""
    unwritten = [
        place
        for place, call in calls()
        if not all(
            isinstance(each, ast.Constant) and isinstance(each.value, str)
            for each in call.args
        )
        or len(call.args) != 2
    ]

    assert not unwritten
    assert len(list(calls())) > 40


def test_every_gap_in_a_message_is_filled():
    for place, call in calls():
        gaps = {name for _, name, _, _ in Formatter().parse(call.args[1].value) if name}
        given = {each.arg for each in call.keywords}

        assert gaps == given or None in given, place


def test_a_translation_replaces_the_english():
    german = translated(
        (
            "outcome",
            "On these findings the definition is met.",
            "Die Definition ist erfüllt.",
        )
    )

    said = Narrator(BOOK, ON, german).outcome(TRUE)

    assert said == "Die Definition ist erfüllt."


def test_a_translation_has_the_values_in_its_own_order():
    german = translated(
        ("provision", "{citation} · {title}", "{title} (nach {citation})"),
        ("provision fails", "{title}: no.", "{title}: nein."),
    )
    narrator = Narrator(BOOK, ON, german)

    title, _ = narrator.title("csr51/article-1/f-b")

    assert title == (
        "Serious non-political crime before admission (nach Article 1F(b))"
    )


def test_what_is_not_translated_yet_stays_english():
    narrator = Narrator(BOOK, ON, translated())

    assert narrator.outcome(FALSE) == Narrator(BOOK, ON).outcome(FALSE)


def test_a_context_tells_messages_apart_that_read_alike():
    german = translated(("heading", "Why", "Warum"))

    assert german.say("heading", "Why") == "Warum"
    assert german.say("question", "Why") == "Why"


def test_english_needs_no_catalogue():
    assert catalogue().say("outcome", "{count} points", count=2) == "2 points"


def test_a_language_without_a_catalogue_is_told():
    with pytest.raises(LookupError, match="there is no catalogue for `xx`"):
        catalogue("xx")


def test_every_language_that_is_offered_is_there():
    compiled = {
        each.name.removesuffix(".mo")
        for each in files("asylon.languages").iterdir()
        if each.name.endswith(".mo")
    }

    assert set(LANGUAGES) == {"en"} | compiled

"""Messages: each can be translated, and the templates name them all."""

import ast
from datetime import date
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from asylon.determination import Narrator
from asylon.languages import LANGUAGES, Catalogue, catalogue
from asylon.law.jurisdictions import STATES
from asylon.logic.truth import FALSE, TRUE
from docs import messages
from tests.shipped import BOOK, ON

ROOT = Path(__file__).parents[2]
WRITTEN = dict(messages.files())
SAYING = {"say": 2, "say_many": 4}
"""So many arguments have no name: the context, the message or messages, the count."""
OF_LAW = {"law", "named", "is_translated"}


def calls(names):
    """Go through every call of a method, or of a function, with one of the names."""
    for path in sorted((ROOT / "src" / "asylon").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                    if name in names:
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", name, node


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def compiled(*entries):
    """Compile context, English and translation."""
    toy = Catalog(locale="de")
    for context, message, translation in entries:
        toy.add(message, translation, context=context)
    data = BytesIO()
    write_mo(data, toy)
    data.seek(0)
    return GNUTranslations(data)


def translated(*entries):
    return Catalogue("de", compiled(*entries))


def compiled_plurals_of(language):
    return messages.brought_up("asylon", language).num_plurals


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_templates_and_catalogues_are_as_they_would_be_written(path):
    """Each template names every message, and each `.mo` is its `.po` compiled."""
    assert path.read_bytes() == WRITTEN[path], "run `make messages`"


def test_writing_twice_gives_the_same():
    assert dict(messages.files()) == WRITTEN


def test_every_message_is_written_where_it_is_said():
    """The template cannot name what is put together elsewhere."""
    said = list(calls(SAYING))
    inner = "src/asylon/languages/catalogue.py"
    unwritten = [
        place
        for place, name, call in said
        if len(call.args) != SAYING[name]
        or not all(map(is_text, call.args[:2] if name == "say" else call.args[:3]))
    ]

    assert not [place for place in unwritten if not place.startswith(inner)]
    assert len(said) > 150


def test_every_gap_in_a_message_is_filled():
    for place, name, call in calls(SAYING):
        texts = call.args[1:2] if name == "say" else call.args[1:3]
        given = {each.arg for each in call.keywords}
        given |= {"count"} if name == "say_many" else set()
        for text in texts:
            gaps = {gap for _, gap, _, _ in Formatter().parse(text.value) if gap}
            assert gaps == given or None in given, place


def test_every_text_of_law_is_asked_for_in_a_context_that_there_is():
    contexts = {each.context for each in messages.template("law") if each.id}
    asked = {
        call.args[0].value for _, _, call in calls(OF_LAW) if is_text(call.args[0])
    }

    assert asked == contexts


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


def test_every_language_that_is_offered_can_be_opened():
    assert set(LANGUAGES) == {"en", *messages.TRANSLATED}
    for language in LANGUAGES:
        assert catalogue(language).say("heading", "Why")


def test_a_text_of_law_that_is_not_translated_is_english_and_known_to_be():
    law = compiled(("title", "Who is a refugee", "Wer Flüchtling ist"))
    german = Catalogue("de", compiled(), law)

    assert german.law("title", "Who is a refugee") == "Wer Flüchtling ist"
    assert german.is_translated("title", "Who is a refugee")
    assert german.law("title", "Who is not") == "Who is not"
    assert not german.is_translated("title", "Who is not")


def test_a_text_of_law_is_translated_line_by_line():
    law = compiled(("statement", "First.", "Erstens."))
    german = Catalogue("de", compiled(), law)

    assert german.law("statement", "First.\nSecond.") == "Erstens.\nSecond."
    assert not german.is_translated("statement", "First.\nSecond.")


def test_english_texts_of_law_are_always_there():
    assert catalogue().is_translated("title", "Whatever it is")


def test_one_and_many_are_told_apart_in_english_only():
    many = ("about a provision", "{count} element", "{count} elements")

    assert catalogue().say_many(*many, 1) == "1 element"
    assert catalogue().say_many(*many, 1234) == "1,234 elements"
    assert compiled_plurals_of("ko") == compiled_plurals_of("zh") == 1


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_listed(names, text):
    assert catalogue().names(names) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name_in_every_language(language):
    names = [catalogue(language).place(code) for code in STATES]

    assert len(set(names)) == len(STATES)
    assert set(names).isdisjoint(STATES)


@pytest.mark.parametrize(
    ("language", "day", "names", "number", "percent"),
    [
        ("en", "30 June 2026", "A, B and C", "1,234,567", "25%"),
        ("ko", "2026년 6월 30일", "A, B, C", "1,234,567", "25%"),
        ("zh", "2026年6月30日", "A、B、C", "1,234,567", "25%"),
    ],
)
def test_days_lists_and_numbers_are_written_as_the_language_has_them(
    language, day, names, number, percent
):
    told = catalogue(language)

    assert told.day(date(2026, 6, 30)) == day
    assert told.names(["A", "B", "C"]) == names
    assert told.number(1_234_567) == number
    assert told.percent(0.25) == percent

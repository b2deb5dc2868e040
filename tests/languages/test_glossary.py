"""The glossary: legal terms in three languages, and the catalogues held to them."""

import re
import tomllib
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

LANGUAGES = files("asylon.languages")
GLOSSARY = tomllib.loads((LANGUAGES / "glossary.toml").read_text(encoding="utf-8"))
TERMS = GLOSSARY["term"]


def translated(language):
    """Go through what is translated into a language: the English, and its words."""
    for name in (f"{language}.po", f"law.{language}.po"):
        with (LANGUAGES / name).open("rb") as stream:
            for message in read_po(stream, locale=language):
                english, own = message.id, message.string
                if isinstance(english, tuple):
                    english, own = " ".join(english), " ".join(own)
                if english and own:
                    yield english, own


def test_every_term_has_three_words_and_a_source():
    lacking = [
        term["en"]
        for term in TERMS
        if not all(term[key] for key in ("ko", "zh", "source"))
        or not isinstance(term["read"], bool)
    ]

    assert not lacking


def test_no_term_stands_twice():
    names = [term["en"] for term in TERMS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_translations_avoid_loaded_words(language):
    loaded = [
        (word, own)
        for _, own in translated(language)
        for word in GLOSSARY["avoid"][language]
        if word in own
    ]

    assert not loaded


@pytest.mark.parametrize("language", ["ko", "zh"])
@pytest.mark.parametrize(
    "term", [term for term in TERMS if term.get("always")], ids=lambda term: term["en"]
)
def test_translations_keep_to_the_term(language, term):
    words = (term[language], *term.get(f"also_{language}", ()))
    english = re.compile(rf"\b{re.escape(term['en'])}(s|es)?\b", re.IGNORECASE)

    strayed = [
        own
        for text, own in translated(language)
        if english.search(text) and not any(word in own for word in words)
    ]

    assert not strayed

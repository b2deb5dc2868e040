"""Translations: whole, filled in alike, in the right script, true to the glossary."""

import re
from string import Formatter

import pytest

from asylon.languages.glossary import glossary, read
from docs import messages

SCRIPT = {"ko": re.compile("[가-힣]"), "zh": re.compile("[一-鿿]")}
ENDS = {
    ".": {"ko": ".", "zh": "。"},
    "?": {"ko": "?", "zh": "？"},  # noqa: RUF001  how Chinese asks
    ":": {"ko": ":", "zh": "："},  # noqa: RUF001
}
PARTICLE = re.compile(
    r"\}[`\])]*(은|는|이|가|을|를|과|와|으로|로|이나|나|이란|란|이라|라)(?![가-힣])"
)
"""A particle that turns on how the word before it ends, which nobody knows here."""


def translations(language):
    """Go through what is translated: template, context, English, translation."""
    for name in messages.TEMPLATES:
        for message in messages.brought_up(name, language):
            if not message.id or not message.string:
                continue
            english, other = message.id, message.string
            if message.pluralizable:
                other = message.string[0]
                english = message.id[1]
            if other:
                yield message.context, english, other


TRANSLATED = {name: list(translations(name)) for name in messages.TRANSLATED}
LANGUAGE = pytest.mark.parametrize("language", messages.TRANSLATED)


def gaps(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def letters(text):
    """Leave only what is to be translated: no gaps, no code, no numbers."""
    return re.sub(r"\{\w*\}|`[^`]*`|\W|\d", "", text)


def faults(entry, language):
    """Say what is wrong with a translation by itself."""
    context, english, other = entry
    if gaps(english) != gaps(other):
        yield "the gaps differ"
    if re.search(r"  |\n", other) or other != other.strip():
        yield "there are spaces too many"
    is_prose = (
        letters(other)
        and letters(english)
        and context != "citation"
        and not is_name(english)
    )
    if is_prose and not SCRIPT[language].search(other):
        yield "it is in another script"
    end = ENDS.get(english[-1:], {}).get(language)
    if end and not other.endswith(end):
        yield f"it does not end in {end}"
    if language == "ko" and PARTICLE.search(other):
        yield "a particle follows a gap"


def is_name(english):
    """Whether a text is an abbreviation, which may stay as it is."""
    return letters(english).isupper()


@LANGUAGE
@pytest.mark.parametrize("template", messages.TEMPLATES)
def test_every_text_is_translated(language, template):
    every = {(each.context, each.id) for each in messages.template(template) if each.id}
    there = {
        (each.context, each.id)
        for each in messages.brought_up(template, language)
        if each.string and any(each.string)
    }

    assert not every - there


@LANGUAGE
def test_every_translation_is_sound(language):
    found = [
        (entry, fault)
        for entry in TRANSLATED[language]
        for fault in faults(entry, language)
    ]

    assert not found


@LANGUAGE
def test_every_translation_can_be_filled_in(language):
    for _, english, other in TRANSLATED[language]:
        filled = other.format(**dict.fromkeys(gaps(english), "견본"))

        assert "{" not in filled
        assert "}" not in filled


@LANGUAGE
def test_every_term_has_the_word_agreed_for_it(language):
    strayed = [
        (term.en, term.translations[language], english, other)
        for _, english, other in TRANSLATED[language]
        for term in glossary().used_in(english)
        if not term.is_kept_in(other, language)
    ]

    assert not strayed


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (("x", "{day} is open.", "{tag}는 열려 있다."), "the gaps differ"),
        (("x", "It is open.", "그것은  열려 있다."), "there are spaces too many"),
        (("x", "It is open.", "It is open."), "it is in another script"),
        (("x", "It is open.", "열려 있다"), "it does not end in ."),
        (("x", "{day} is open.", "{day}은 열려 있다."), "a particle follows a gap"),
    ],
)
def test_a_fault_in_a_translation_is_found(entry, fault):
    assert fault in list(faults(entry, "ko"))


def test_what_only_looks_like_a_particle_is_none():
    assert not list(faults(("x", "of each {member}", "{member}마다"), "ko"))
    assert not list(faults(("x", "In {day}.", "{day} 이전이다."), "ko"))


GLOSSARY = read(
    """
    [[term]]
    en = "fear"
    ko = "공포"
    zh = "恐惧"
    also_ko = ["두려움"]
    except = ["Fear not."]
    always = true
    source = "-"
    read = false

    [[term]]
    en = "well-founded fear"
    ko = "충분한 근거가 있는 공포"
    zh = "有正当理由的畏惧"
    always = true
    source = "-"
    read = false

    [[term]]
    en = "drought"
    ko = "가뭄"
    zh = "干旱"
    source = "-"
    read = false
    """
)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("A well-founded fear is asked.", ["well-founded fear"]),
        ("Fears end; a well-founded fear stays.", ["well-founded fear", "fear"]),
        ("Nobody is fearless.", []),
        ("A drought came.", []),
        ("Fear not.", []),
    ],
)
def test_terms_are_found_in_english(text, used):
    assert [term.en for term in GLOSSARY.used_in(text)] == used


def test_an_agreed_word_may_be_written_with_other_spaces():
    fear, founded, _ = GLOSSARY.terms

    assert founded.is_kept_in("충분한 근거가있는 공포가 있다.", "ko")
    assert fear.is_kept_in("두려움이 있다.", "ko")
    assert not fear.is_kept_in("걱정이 있다.", "ko")


def test_the_glossary_says_where_each_word_comes_from():
    known = [term.en for term in glossary().terms]

    assert len(set(known)) == len(known)
    for term in glossary().terms:
        assert term.source
        assert all(term.translations.values())


@LANGUAGE
def test_translations_avoid_loaded_words(language):
    loaded = [
        (word, other)
        for _, _, other in TRANSLATED[language]
        for word in glossary().avoided[language]
        if word in other
    ]

    assert not loaded


def test_a_key_that_means_nothing_is_refused():
    with pytest.raises(ValueError, match="keys that mean nothing: \\['sauce'\\]"):
        read('[[term]]\nen = "x"\nko = "x"\nzh = "x"\nsauce = "x"\n')

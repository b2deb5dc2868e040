"""The language of the command: chosen once, at its start, for all that it says."""

from __future__ import annotations

from contextvars import ContextVar

from asylon.languages import LANGUAGES, Catalogue, catalogue

_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


def speak(language: str) -> None:
    """Say everything from here on in a language."""
    if language not in LANGUAGES:
        from asylon.cli.inputs import InputError

        _language.set(LANGUAGES[0])
        message = spoken().say(
            "problem",
            "--lang {language}: there is {languages}.",
            language=language,
            languages=spoken().listed(LANGUAGES),
        )
        raise InputError(message)
    _language.set(language)


def spoken() -> Catalogue:
    """Get the messages in the language of the command."""
    return catalogue(_language.get())


def is_english() -> bool:
    """Whether the command speaks the language that the law book is written in."""
    return _language.get() == LANGUAGES[0]

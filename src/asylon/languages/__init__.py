"""Messages in the reader's language.

The English text is the message's name; a catalogue (`LANG.mo` beside this module,
gettext's format) replaces it. A context tells apart messages that read alike.
"""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files

LANGUAGES = ("en",)


class Catalogue:
    """The messages of one language."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        """Take a language code and gettext's translations."""
        self.language = language
        self._translations = translations

    def say(self, context: str, message: str, /, **values: object) -> str:
        """Give a message with its values filled in."""
        return self._translations.pgettext(context, message).format(**values)


@cache
def catalogue(language: str = "en") -> Catalogue:
    """Open the catalogue of a language; English needs none.

    Raises:
        LookupError: there is no catalogue for the language.
    """
    if language == "en":
        return Catalogue(language, gettext.NullTranslations())
    compiled = files(__package__) / f"{language}.mo"
    if not compiled.is_file():
        message = f"there is no catalogue for `{language}`; there is {LANGUAGES}"
        raise LookupError(message)
    with compiled.open("rb") as stream:
        return Catalogue(language, gettext.GNUTranslations(stream))

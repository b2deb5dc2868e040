"""Writes the templates of the messages and brings the catalogues up to them.

    .venv/bin/python -m docs.messages

There are two templates beside `asylon.languages`: `asylon.pot` holds what the code says,
`law.pot` the texts of the law book that ships. Each language has a catalogue for each,
`LANG.po` and `law.LANG.po`, which a translator fills. Translations of what is still said
are kept, what is said no longer is dropped, nothing is guessed, and the catalogues are
compiled to `.mo`. Written twice, everything is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files as package
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from asylon import instruments
from asylon.casework.actors import vocabularies as rules
from asylon.casework.assessments import vocabularies as of_assessments
from asylon.casework.decisions import vocabularies as of_decisions
from asylon.casework.effects import EFFECTS
from asylon.casework.interviews import vocabularies as of_interviews
from asylon.casework.needs import needs
from asylon.casework.procedure.sentences import vocabularies as of_procedure
from asylon.casework.terms import terms
from asylon.determination import Decision, read_decisions
from asylon.identity import Vocabulary, vocabularies
from asylon.languages import words
from asylon.law.wording import wordings

ROOT = Path(__file__).parents[1]
LANGUAGES = ROOT / "src" / "asylon" / "languages"
TRANSLATED = ("ko", "zh")
TEMPLATES = ("asylon", "law")

_KEYWORDS = {"say": ((1, "c"), 2), "say_many": ((1, "c"), 2, 3)}


class Plain(Catalog):
    """A catalogue whose head holds what gettext needs, and no days or tools."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Give the head."""
        head = [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]
        return head if self.locale else []

    @mime_headers.setter
    def mime_headers(self, head: object) -> None:
        """Keep the head as it is, whatever a file says."""


def catalogue_path(template: str, language: str) -> Path:
    """Give the catalogue of a template in a language."""
    name = language if template == "asylon" else f"{template}.{language}"
    return LANGUAGES / f"{name}.po"


@cache
def template(name: str) -> Catalog:
    """Collect the messages of a template."""
    return {"asylon": _said, "law": _law}[name]()


def _said() -> Catalog:
    """Collect what the code says, file by file."""
    found = Catalog()
    source = ROOT / "src" / "asylon"
    for name, _, message, comments, context in extract_from_dir(
        source, keywords=_KEYWORDS, comment_tags=("Translators:",)
    ):
        place = ("src/asylon/" + name, None)
        found.add(message, None, [place], auto_comments=comments, context=context)
    for each in _vocabularies():
        for word, name in each.names.items():
            found.add(name, None, [], auto_comments=[word], context=each.context)
    return found


def _vocabularies() -> Iterator[Vocabulary]:
    """Go through the words with a fixed meaning that data of the rooms hold."""
    yield from vocabularies().values()
    yield from rules()
    yield needs()
    yield from terms().values()
    yield EFFECTS
    yield from of_assessments()
    yield from of_decisions()
    yield from of_interviews()
    yield from of_procedure()


def _law() -> Catalog:
    """Collect the texts of the law book that ships, document by document."""
    found = Catalog()
    for each in wordings(instruments.book()):
        place = (each.document, None)
        found.add(each.text, None, [place], (), [each.owner], context=each.context)
    for context, name in _named_in_decisions():
        place = ("published.toml", None)
        found.add(words(name), None, [place], (), [name], context=context)
    return found


def _named_in_decisions() -> Iterator[tuple[str, str]]:
    """Go through what the decisions that ship name, and the law book does not."""
    text = (package("asylon.determination") / "published.toml").read_bytes()
    for entry in read_decisions(text, "published.toml", instruments.book()):
        if isinstance(entry, Decision):
            yield from (("bar", name) for name in entry.claim.bars)
            named = entry.claim.complementary
            yield from (("complementary protection", name) for name in named)


def brought_up(name: str, language: str) -> Catalog:
    """Fill a template with the translations there are."""
    path = catalogue_path(name, language)
    old = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as stream:
            old = read_po(stream, locale=language)
    new = Plain(locale=language, fuzzy=False)
    new.header_comment = "# Translations; how they are kept: docs/how-to/translate.md"
    for message in template(name):
        if message.id:
            known = old.get(message.id, message.context)
            translation = known.string if known and not known.fuzzy else None
            new.add(
                message.id,
                translation,
                message.locations,
                message.flags,
                message.auto_comments,
                known.user_comments if known else (),
                context=message.context,
            )
    return new


def written(catalog: Catalog) -> bytes:
    """Write a template or a catalogue as text."""
    text = BytesIO()
    is_template = catalog.locale is None
    write_po(text, catalog, omit_header=is_template, include_lineno=False)
    return text.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """Compile a catalogue for gettext."""
    data = BytesIO()
    write_mo(data, catalog)
    return data.getvalue()


def files() -> Iterator[tuple[Path, bytes]]:
    """Go through the files to write, with what they hold."""
    for name in TEMPLATES:
        yield LANGUAGES / f"{name}.pot", written(template(name))
        for language in TRANSLATED:
            path, catalog = catalogue_path(name, language), brought_up(name, language)
            yield path, written(catalog)
            yield path.with_suffix(".mo"), compiled(catalog)


def main() -> None:
    """Write everything anew."""
    for path, data in list(files()):
        path.write_bytes(data)


if __name__ == "__main__":
    main()

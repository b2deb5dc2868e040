"""Brings the catalogues of the pages up to what the pages say.

    .venv/bin/python -m docs.pages

Templates and code under `asylon_server` are read; each language has one catalogue in
`asylon_server/locale`. Translations of what is still said are kept, what is said no
longer is dropped, nothing is guessed, and the catalogues are compiled to `.mo`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from docs.messages import Plain

ROOT = Path(__file__).parents[1]
SERVER = ROOT / "src" / "asylon_server"
TRANSLATED = ("ko", "zh_Hans")

_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def path(language: str) -> Path:
    """Give the catalogue of a language."""
    return SERVER / "locale" / language / "LC_MESSAGES" / "django.po"


@cache
def template() -> Catalog:
    """Collect what the pages say."""
    found = Catalog()
    for file, text in _sources():
        place = (file.relative_to(ROOT).as_posix(), None)
        for _line, message, comments, context in extract(
            "python", BytesIO(text.encode()), keywords=_KEYWORDS
        ):
            found.add(message, None, [place], auto_comments=comments, context=context)
    return found


def _sources() -> Iterator[tuple[Path, str]]:
    for file in sorted(SERVER.rglob("*")):
        if "node_modules" in file.parts or "built" in file.parts:
            continue
        if file.suffix == ".py":
            yield file, file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            yield file, templatize(file.read_text(encoding="utf-8"))


def brought_up(language: str) -> Catalog:
    """Fill what the pages say with the translations there are."""
    old = Catalog(locale=language)
    if path(language).is_file():
        with path(language).open("rb") as stream:
            old = read_po(stream, locale=language)
    new = Plain(locale=language, fuzzy=False)
    new.header_comment = "# What the pages say; brought up by `python -m docs.pages`."
    for message in template():
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[0]
            known = old.get(one, message.context)
            new.add(
                message.id,
                known.string if known and not known.fuzzy else None,
                message.locations,
                message.flags,
                context=message.context,
            )
    return new


def compiled(catalogue: Catalog) -> bytes:
    """Give the `.mo` of a catalogue."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def text(catalogue: Catalog) -> bytes:
    """Give the `.po` of a catalogue."""
    stream = BytesIO()
    write_po(stream, catalogue, width=88, sort_by_file=True)
    return stream.getvalue()


def main() -> None:
    """Write every catalogue."""
    for language in TRANSLATED:
        made = brought_up(language)
        path(language).parent.mkdir(parents=True, exist_ok=True)
        path(language).write_bytes(text(made))
        path(language).with_suffix(".mo").write_bytes(compiled(made))


if __name__ == "__main__":
    main()

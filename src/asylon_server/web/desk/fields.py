"""Fields of forms: words, choices among words with a fixed meaning, and languages."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from asylon.dates import RECKONINGS
from asylon.identity import Vocabulary, vocabularies
from asylon.law.jurisdictions import STATES
from asylon_server.web.common.edge import words

Choices = Callable[[], list[tuple[str, str]]]
SELECT = {"class": "govuk-select"}
INPUT = {"class": "govuk-input", "autocomplete": "off"}


def text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    """Ask for words, as they are told.

    Args:
        label: What is asked.
        hint: How it can be answered.
        more: Of Django's field; and `languages`, whether languages are offered, `rows`
            where there is room for several lines.
    """
    attrs: Mapping[str, object] = (
        {"list": "languages"} if _taken(more, "languages") else {}
    )
    rows = more.pop("rows", 0)
    more = {"max_length": 200, **more}
    if rows:
        area = {"class": "govuk-textarea", "rows": rows, "autocomplete": "off"}
        return forms.CharField(
            label=label, help_text=hint, widget=forms.Textarea(area), **more
        )
    widget = forms.TextInput(attrs={**INPUT, **attrs})
    return forms.CharField(label=label, help_text=hint, widget=widget, **more)


def _taken(more: dict[str, Any], name: str) -> bool:
    return bool(more.pop(name, False))


def choice(
    label: Any, choices: Choices, hint: Any = "", **more: Any
) -> forms.ChoiceField:
    """Ask for one of several; none is needed unless `required` says so.

    What is needed is chosen, and never there before anybody chose it, but for a plain
    beginning that `initial` gives.
    """
    needed = bool(more.get("required"))
    if needed:
        more.setdefault("error_messages", {"required": _("Choose one.")})
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=_to_choose(choices) if needed else choices,
        widget=forms.Select(attrs=SELECT),
        **{"required": False, **more},
    )


def _to_choose(choices: Choices) -> Choices:
    def offered() -> list[tuple[str, str]]:
        return [(word, name if word else str(_("Choose"))) for word, name in choices()]

    return offered


def words_of(vocabulary: str, *, empty: bool = True) -> Choices:
    """Offer the words of a vocabulary of identity."""
    return named(lambda: vocabularies()[vocabulary], empty=empty)


def named(
    vocabulary: Callable[[], Vocabulary],
    *,
    empty: bool = True,
    but: Container[str] = (),
) -> Choices:
    """Offer the words of a vocabulary, under their names in the reader's language.

    Args:
        vocabulary: What gives it.
        empty: Whether none can be chosen.
        but: Words that are not offered.
    """

    def choices() -> list[tuple[str, str]]:
        told = vocabulary()
        listed = [(each, told.name(each, words())) for each in told if each not in but]
        return [("", str(_("Not told"))), *listed] if empty else listed

    return choices


def tick(label: Any) -> forms.BooleanField:
    """Ask whether something is so."""
    box = forms.CheckboxInput(attrs={"class": "govuk-checkboxes__input"})
    return forms.BooleanField(label=label, required=False, widget=box)


def day(label: Any, hint: Any = "", **more: Any) -> forms.DateField:
    """Ask for a day of the office, which is no date as told."""
    shown = forms.DateInput({**INPUT, "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=shown,
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("Enter the day, such as 2026-11-30."),
            "invalid": _("Enter the day as year, month and day, such as 2026-11-30."),
        },
        **more,
    )


def states() -> list[tuple[str, str]]:
    """Offer every state, in the order of its names."""
    named = sorted((words().place(each), each) for each in STATES)
    return [("", str(_("Not told"))), *((code, name) for name, code in named)]


def scripts() -> list[tuple[str, str]]:
    """Offer the letters that a name may be written in."""
    return [("", str(_("As it is written here"))), *words_of("script", empty=False)()]


def reckonings() -> list[tuple[str, str]]:
    """Offer the ways in which a date may count."""
    called = (
        _("Solar calendar"),
        _("Lunar calendar"),
        _("Korean age"),
        _("By what happened then"),
    )
    return [(each, str(name)) for each, name in zip(RECKONINGS, called, strict=True)]


def languages() -> Iterator[str]:
    """Name languages in themselves, to choose from or not."""
    yield from sorted({info["name_local"] for info in _known().values()})


def language_code(told: str) -> str:
    """Give the code of a language that was told by its name; else what was told."""
    wanted = told.strip().casefold()
    for code, info in _known().items():
        if wanted in {code, info["name"].casefold(), info["name_local"].casefold()}:
            return code
    return told.strip()


def language_name(code: str) -> str:
    """Name a language in itself; what is no code of one stays as it was told."""
    base = code.partition("-")[0]
    known = LANG_INFO.get(code) or LANG_INFO.get(base, {})
    return str({"zh": "中文"}.get(base) or known.get("name_local", code))


def _known() -> dict[str, dict[str, str]]:
    return {code: info for code, info in LANG_INFO.items() if "name_local" in info}

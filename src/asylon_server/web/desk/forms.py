"""Forms of registration: little is required, and all of it stays as it was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from asylon.dates import TellError, problem, read
from asylon.identity import vocabularies
from asylon.law.jurisdictions import STATES
from asylon_server.web.common.edge import words

Choices = Callable[[], list[tuple[str, str]]]


def _plain(attrs: Mapping[str, str] | None = None) -> forms.TextInput:
    return forms.TextInput(
        attrs={"class": "govuk-input", "autocomplete": "off", **(attrs or {})}
    )


def _text(label: Any, hint: Any = "", **more: Any) -> forms.CharField:
    attrs = {"list": "languages"} if more.pop("languages", False) else None
    return forms.CharField(
        label=label, help_text=hint, max_length=200, widget=_plain(attrs), **more
    )


def _choice(
    label: Any, choices: Choices, hint: Any = "", **more: Any
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
        **more,
    )


def _words_of(vocabulary: str, *, empty: bool = True) -> Choices:
    def choices() -> list[tuple[str, str]]:
        told = vocabularies()[vocabulary]
        listed = [(each, told.name(each, words())) for each in told]
        return [("", str(_("Not told"))), *listed] if empty else listed

    return choices


def _states() -> list[tuple[str, str]]:
    named = sorted((words().place(each), each) for each in STATES)
    return [("", str(_("Not told"))), *((code, name) for name, code in named)]


def _scripts() -> list[tuple[str, str]]:
    return [
        ("", str(_("As it is written here"))),
        ("Hang", str(_("Hangul"))),
        ("Hani", str(_("Chinese characters"))),
        ("Latn", str(_("Latin letters"))),
        ("Cyrl", str(_("Cyrillic letters"))),
        ("Arab", str(_("Arabic letters"))),
    ]


def _reckonings() -> list[tuple[str, str]]:
    return [
        ("solar", str(_("Solar calendar"))),
        ("lunar", str(_("Lunar calendar"))),
        ("korean_age", str(_("Korean age"))),
        ("event", str(_("By what happened then"))),
    ]


class SearchForm(forms.Form):
    """Who somebody is, so far as a search needs it."""

    name = _text(
        _("Name"),
        _("As it is said or written, in any letters."),
        error_messages={"required": _("Enter a name to search by.")},
    )
    born = _text(
        _("Born"),
        _("A year or a date, as told: 1998, about 1998, 1998년 3월, 음력 1998년."),
        error_messages={
            "required": _("Enter a year of birth, an estimate, or “unknown”.")
        },
    )

    def clean_born(self) -> str:
        """Refuse what cannot be read: nobody is found by it."""
        born: str = self.cleaned_data["born"]
        try:
            read(born, on=self.initial.get("on"))
        except TellError as error:
            raise forms.ValidationError(problem(error, words())) from None
        return born


class PersonForm(forms.Form):
    """One of a family."""

    name = _text(
        _("Name"),
        _("As the person says or writes it."),
        required=False,
    )
    kind = _choice(_("Kind of name"), _words_of("name", empty=False), initial="used")
    script = _choice(_("Letters"), _scripts)
    language = _text(_("Language of the name"), languages=True, required=False)
    other_name = _text(
        _("Another name"),
        _("Such as on papers, or in other letters."),
        required=False,
    )
    other_kind = _choice(
        _("Kind of the other name"), _words_of("name", empty=False), initial="official"
    )
    born = _text(
        _("Born"),
        _("As told: 1998, about 1998, 1998년 3월, spring 1998."),
        required=False,
    )
    reckoning = _choice(_("How the date counts"), _reckonings, initial="solar")
    sex = _choice(_("Sex, as the person says"), _words_of("sex"))
    feared = _choice(_("State the person fears to be sent to"), _states)
    first_language = _text(_("First language"), languages=True, required=False)
    dialect = _text(_("Dialect"), _("The place it sounds of."), required=False)
    other_language = _text(_("Another language"), languages=True, required=False)
    kin = _choice(
        _("What the first person is to this one"),
        _words_of("kinship"),
        _("For a child of the first person: mother or father."),
    )

    def __init__(self, *args: Any, is_first: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.use_required_attribute = False
        self.is_first = is_first
        if is_first:
            del self.fields["kin"]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of the first person, by whom the case is found again."""
        told = super().clean() or {}
        if self.is_first and not told.get("name"):
            self.add_error("name", _("Enter a name for the first person."))
        if not told.get("name") and told.get("other_name"):
            self.add_error(
                "name", _("Enter the other name here if it is the only one.")
            )
        return told


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


def _known() -> dict[str, dict[str, str]]:
    return {code: info for code, info in LANG_INFO.items() if "name_local" in info}

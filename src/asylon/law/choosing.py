"""Choosing the settings for one claim: a set, a day, and what the file itself says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from asylon.law.book import LawBook
from asylon.law.errors import NotInForceError, UnknownNameError
from asylon.law.jurisdictions import is_known
from asylon.law.parameters import (
    Chosen,
    DatedSetting,
    Notice,
    OtherName,
    ParameterSet,
    Settings,
)

MANDATE = "unhcr"

PLAIN_READING = "law.plain-reading"
BY_LODGING = "law.by-lodging"
NOT_MODELLED = "law.not-modelled"
OTHER_NAME = "law.other-name"
BESIDE = "law.beside-the-definition"
NO_SET = "law.no-set"


@dataclass(frozen=True)
class SetFound:
    """The set that answers for a jurisdiction, with a warning where it stands in."""

    set: ParameterSet
    warnings: tuple[Notice, ...] = ()


def set_for(book: LawBook, jurisdiction: str, where: str) -> SetFound:
    """Find the set of a jurisdiction, or the mandate's where the book has none yet."""
    for each in book.sets.values():
        if each.jurisdiction == jurisdiction:
            return SetFound(each)
    if not is_known(jurisdiction):
        known = [each.jurisdiction for each in book.sets.values() if each.jurisdiction]
        raise UnknownNameError(where, "jurisdiction", jurisdiction, known)
    warning = Notice(NO_SET, MANDATE, subject=jurisdiction)
    return SetFound(book.sets[MANDATE], (warning,))


def choose(
    book: LawBook,
    parameter_set: ParameterSet,
    on: date,
    *,
    lodged: date | None = None,
    file: Mapping[str, str] | None = None,
) -> Settings:
    """Choose the value of every parameter.

    Args:
        book: the law book.
        parameter_set: whose settings apply.
        on: the day of the decision.
        lodged: the day on which the claim was made, if known.
        file: parameters that the file itself states; they go before the set's.

    Raises:
        NotInForceError: the day lies before the first text of the law book.
    """
    if on < book.first_day:
        raise NotInForceError("", on, book.first_day)
    chosen: dict[str, Chosen] = {}
    for name, parameter in book.parameters.items():
        setting = _in_force(parameter_set.of(name), on, lodged)
        value = setting.value if setting else parameter.plain
        chosen[name] = Chosen(value, "set" if setting else "plain", setting)
    warnings = [*_later(parameter_set, chosen, on)]
    warnings += _by_lodging(parameter_set, on, lodged)
    stated, told = _stated(book, parameter_set.id, file or {})
    chosen |= {name: Chosen(value, "file") for name, value in stated.items()}
    warnings += told
    return Settings(parameter_set, on, chosen, tuple(warnings))


def _in_force(
    settings: list[DatedSetting], on: date, lodged: date | None
) -> DatedSetting | None:
    found = None
    for setting in settings:
        governs = (lodged or on) if setting.by == "lodged" else on
        if setting.first <= governs:
            found = setting
    return found


def _later(
    parameter_set: ParameterSet, chosen: Mapping[str, Chosen], on: date
) -> Iterator[Notice]:
    later = tuple(
        (name, settings[0].first)
        for name in chosen
        if (settings := parameter_set.of(name)) and chosen[name].by == "plain"
    )
    if later:
        yield Notice(PLAIN_READING, parameter_set.id, on, points=later)


def _by_lodging(
    parameter_set: ParameterSet, on: date, lodged: date | None
) -> Iterator[Notice]:
    if lodged:
        return
    for setting in parameter_set.settings:
        if setting.by == "lodged" and setting.first <= on:
            point = (setting.parameter, setting.first)
            yield Notice(BY_LODGING, parameter_set.id, on, points=(point,))


def _stated(
    book: LawBook, set_id: str, file: Mapping[str, str]
) -> tuple[dict[str, str], list[Notice]]:
    """Say which settings of the law book a file states, and what to know about them.

    What it states by the law book's own names goes before what other names mean.
    """
    own: dict[str, str] = {}
    meant: dict[str, str] = {}
    told: list[Notice] = []
    for name, value in file.items():
        other = book.other_names.get(f"{name} = {value}") or book.other_names.get(name)
        warning = _not_modelled(book, set_id, name, value)
        if warning is None:
            own[name] = value
        elif other:
            meant |= other.means
            told.append(_explained(other, set_id, f"{name} = {value}"))
        else:
            told.append(warning)
    return meant | own, told


def _explained(other: OtherName, set_id: str, stated: str) -> Notice:
    code = OTHER_NAME if other.means else BESIDE
    return Notice(code, set_id, subject=stated, other_name=other)


def _not_modelled(book: LawBook, set_id: str, name: str, value: str) -> Notice | None:
    if name not in book.parameters:
        near = get_close_matches(name, book.parameters, n=1)
        nearest = near[0] if near else ""
        return Notice(NOT_MODELLED, set_id, subject=name, nearest=nearest)
    if value not in book.parameters[name].values:
        return Notice(NOT_MODELLED, set_id, subject=f"{name} = {value}")
    return None

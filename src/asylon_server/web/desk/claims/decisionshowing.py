"""Drafts and letters in the reader's words: what changed, who reviewed, what is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from asylon.casework import CaseClaim
from asylon.casework.assessments import words as words_of
from asylon.casework.decisions import Draft, ways
from asylon.casework.drafting import FOUND, REMAINING, WORKED_OUT
from asylon.casework.drafting import named as named_elements
from asylon.casework.procedure import Step
from asylon.casework.redrafting import News, Redrafted, redrafted
from asylon.languages import Catalogue
from asylon_server.letters import is_told
from asylon_server.store.cases.history import account_names
from asylon_server.store.claims import deciding
from asylon_server.store.claims.letters import Signed, signed
from asylon_server.web.desk.claims import showing
from asylon_server.web.desk.claims.decisionforms import LAST
from asylon_server.web.desk.fields import language_name

AFTER = ("endorse", "send_back", "take_back", "sign", "tell")
"""The steps that are shown with the draft that they are about."""


@dataclass(frozen=True, slots=True)
class Version:
    """A draft as it is shown: what it says, what is new in it, what was done with it.

    `is_told` says whether there is a letter on it: some outcomes are told by none.
    """

    number: int
    draft: Draft
    outcome: str
    language: str
    by: str
    office: str
    changed: tuple[Redrafted, ...]
    steps: list[showing.Taken]
    elements: list[str]
    is_told: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that was signed, and whether it is still the one to tell."""

    number: int
    outcome: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something new in what was said and found: what it is, and its words."""

    kind: str
    title: str
    words: str


def versions(claim: CaseClaim, on: date, words: Catalogue) -> list[Version]:
    """Show the drafts of a claim, the newest first."""
    names = account_names({each.by.person for each in claim.steps})
    elements = _elements(claim, on, words)
    before: Draft | None = None
    told = []
    for number, (draft, steps) in enumerate(_each(claim), 1):
        by, office = names.get(draft.by.person, ("", ""))
        told.append(
            Version(
                number=number,
                draft=draft,
                outcome=showing.outcome(draft.outcome),
                language=language_name(draft.language),
                by=by,
                office=office,
                changed=redrafted(before.reasons, draft.reasons) if before else (),
                steps=[showing.taken(each, names) for each in steps],
                elements=[elements.get(each, each) for each in draft.elements],
                is_told=is_told(draft.outcome),
            )
        )
        before = draft
    return told[::-1]


def _each(claim: CaseClaim) -> Iterator[tuple[Draft, list[Step]]]:
    """Go through the drafts, each with the steps that were taken on it."""
    drafted = [place for place, each in enumerate(claim.steps) if each.outcome]
    ends = [*drafted[1:], len(claim.steps)]
    for draft, begin, end in zip(claim.drafts, drafted, ends, strict=False):
        yield draft, [e for e in claim.steps[begin:end] if e.act in AFTER]


def letters(claim: CaseClaim) -> list[Letter]:
    """Show the letters of a claim, the newest first."""
    there = signed(claim)
    names = account_names({each.by for each in there})
    return [_letter(each, names) for each in reversed(there)]


def _letter(each: Signed, names: dict[str, tuple[str, str]]) -> Letter:
    by, _office = names.get(each.by, ("", ""))
    return Letter(each.number, showing.outcome(each.outcome), each.on, by)


def tellings(claim: CaseClaim, words: Catalogue) -> list[tuple[str, date, str, bool]]:
    """Show how decisions were told, the latest first."""
    way = ways()["way"]
    return [
        (way.name(e.way, words), e.on, language_name(e.language), e.understood)
        for e in reversed(claim.tellings)
    ]


def seen_before(claim: CaseClaim, person: str) -> int:
    """Say how many steps a claim had when a draft of it was last looked at.

    That is when this person last reviewed one, or else whoever did; where nobody has,
    it is 0.
    """
    looked = [
        (place, each.by.person)
        for place, each in enumerate(claim.steps, 1)
        if each.act in {"endorse", "send_back", "take_back"}
    ]
    mine = [place for place, by in looked if by == person]
    return (mine or [place for place, _by in looked] or [0])[-1]


def reviewed_before(claim: CaseClaim, steps: int) -> Draft | None:
    """Give the draft that stood when a claim had so many steps."""
    number = sum(1 for each in claim.steps[:steps] if each.outcome)
    return claim.drafts[number - 1] if 0 < number <= len(claim.drafts) else None


def news(new: News, claim: CaseClaim, on: date, words: Catalogue) -> list[Item]:
    """Say in words what was said and found since."""
    return list(_items(new, claim, _elements(claim, on, words), words))


def _items(
    new: News, claim: CaseClaim, names: dict[str, str], words: Catalogue
) -> Iterator[Item]:
    facts = claim.assessment.standing_facts
    for interview, part in new.said:
        said = part.rendered or part.words
        yield Item(_("Interview"), f"{interview}, {part.id}", said)
    for fact in new.facts:
        yield Item(_("Fact"), fact.words, fact.reasons)
    for source in new.sources:
        yield Item(_("Source"), source.title, "")
    for point in new.points:
        yield Item(_("Point that was put"), facts[point.fact].words, "")
    for found in new.findings:
        name = names.get(found.element, found.element)
        yield Item(_("Finding"), f"{name}: {value(found.value)}", found.reasons)
    for each in new.remaining:
        yield Item(
            _("Remaining risk"),
            words_of()["remaining"].name(each.of, words),
            each.words,
        )


def value(found: str) -> str:
    """Say what was found."""
    said = {"true": _("established"), "false": _("not established")}
    return said.get(found, _("open"))


def whose(of: str) -> str:
    """Say whose words a part of the reasons begins with."""
    said = {
        FOUND: _("From a finding, in the words of whoever found it."),
        REMAINING: _("From what was found on the remaining risk."),
        WORKED_OUT: _(
            "Worked out by the system from the findings. Put it into your own words."
        ),
        LAST: _("From the draft before."),
    }
    return said.get(of, "")


def elements(claim: CaseClaim, on: date, words: Catalogue) -> Sequence[tuple[str, str]]:
    """Offer the elements on which something was found, to be looked at again."""
    standing = claim.assessment.standing
    named = _elements(claim, on, words)
    return [(path, name) for path, name in named.items() if path in standing]


def came_back(claim: CaseClaim, on: date, words: Catalogue) -> dict[str, object] | None:
    """Say what came back to whoever examines, by whom, and why.

    Returns:
        What came back; None where nothing did since it was drafted last.
    """
    last = next(
        (
            e
            for e in reversed(claim.steps)
            if e.act in BACK or e.outcome or e.act == "sign"
        ),
        None,
    )
    drafted = [each.outcome for each in claim.steps if each.outcome]
    remitted = last is not None and last.act == "sign" and drafted[-1:] == ["remit"]
    if last is None or not (last.act in BACK or remitted):
        return None
    names = account_names({last.by.person})
    told: dict[str, object] = {"step": showing.taken(last, names)}
    if remitted and claim.drafts:
        known = _elements(claim, on, words)
        told["elements"] = [(e, known.get(e, e)) for e in claim.drafts[-1].elements]
        told["reasons"] = claim.drafts[-1].reasons
    return told | {"remitted": remitted}


BACK = ("send_back", "take_back")


def _elements(claim: CaseClaim, on: date, words: Catalogue) -> dict[str, str]:
    return named_elements(claim, deciding.explainer(words.language), on=on)

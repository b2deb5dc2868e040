"""An assessment in the reader's words: facts, what stands beside them, and elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from asylon.casework import Actor, CaseClaim
from asylon.casework.assessments import (
    AGAINST,
    FOR,
    Assessment,
    Found,
    Lack,
    Link,
    MaterialFact,
    Source,
    Under,
    lacks,
    unput,
)
from asylon.casework.assessments import words as assessed
from asylon.casework.explaining import Element, Point
from asylon.casework.interviews import (
    ASKING,
    BOTH_FEARS,
    SPEAKS_FOR_THEM,
    SPOKEN,
    Interview,
    Segment,
    asked_about,
)
from asylon.casework.interviews import words as spoken
from asylon.determination import Line
from asylon.languages import Catalogue
from asylon.law import LawBook
from asylon.logic import TRUE
from asylon.logic.grounding import MISSING
from asylon_server.store.cases.history import account_names
from asylon_server.store.claims import answering, assessing
from asylon_server.store.claims.steps import Open
from asylon_server.web.common.edge import words
from asylon_server.web.desk.fields import language_name

FEW_WORDS = 90
_PATH = "path"
KINDS = ("definition", "other", "screening")


@dataclass(frozen=True, slots=True)
class Quote:
    """A part of an interview, or a source, as it is pointed to.

    Attributes:
        ref: How an assessment names it, such as `i1/s2`.
        where: The interview and the time; of a source, whether it was disclosed.
        corrections: What corrects it, in its order.
        is_spoken: Whether it is something that was said, and can be linked.
    """

    ref: str
    where: str
    kind: str
    words: str
    language: str = ""
    rendered: str = ""
    into: str = ""
    corrections: tuple[str, ...] = ()
    is_spoken: bool = False

    @property
    def short(self) -> str:
        """Say it in few words."""
        told = self.rendered or self.words
        return told if len(told) <= FEW_WORDS else f"{told[:FEW_WORDS].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Linked:
    """What stands on one side of a fact."""

    side: str
    name: str
    why: str
    quote: Quote
    is_unput: bool
    point: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A material fact with all that was written on it."""

    told: MaterialFact
    number: int
    accepted: str
    sides: list[tuple[str, str, list[Linked]]]
    elements: list[tuple[str, str]]
    considered: list[tuple[str, str]]
    by: str
    wordings: int
    is_unput: bool

    @property
    def id(self) -> str:
        """By which name it is asked for."""
        return self.told.id

    @property
    def short(self) -> str:
        """Say it in few words."""
        told = self.told.words
        return told if len(told) <= FEW_WORDS else f"{told[:FEW_WORDS].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in words, with what it lacks where it goes against the person."""

    told: Found
    value: str
    by: str
    office: str
    facts: list[Fact]
    answers: list[tuple[Quote, str]]
    under: list[tuple[str, str]]
    closing: tuple[Quote, str, str] | None
    lacks: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """An element in a list: what it is called, and what was found last."""

    path: str
    name: str
    question: str
    value: str
    value_name: str
    lacks: int
    answered_by: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Elements that are looked at together."""

    kind: str
    title: str
    rows: list[Row]


class Shower:
    """Shows the assessment of one claim; what it names is looked up once."""

    def __init__(self, found: Open, law: assessing.Law, on: date) -> None:
        """Take the claim as it is read, and what the law makes of it."""
        self.claim: CaseClaim = found.claim
        self.assessment: Assessment = found.claim.assessment
        self.law, self.on = law, on
        self.words: Catalogue = words()
        self.book: LawBook = answering.engine().book
        self.quotes = Quotes(self.claim, self.words)
        self.unput = set(unput(self.assessment, self.claim.interviews, on=on))
        self.lacking: Mapping[str, Lack] = {
            each.found.element: each
            for each in lacks(self.assessment, self.claim.interviews, law.signs, on=on)
            if each
        }
        for each in self.lacking.values():
            self.unput |= set(each.unput)
        hands = [each.by for each in self.assessment.findings]
        hands += [each.by for each in self.assessment.facts if each.by]
        by = {each.person for each in hands}
        self.accounts = account_names(by)
        # An address is made once: some hundred of them stand on one page.
        named = [found.seen.case, found.claim.id, _PATH]
        self._address = reverse("desk:element", args=named)
        self.elements = {each.path: each for each in law.elements}
        self._facts: dict[str, Fact] = {}

    def url(self, path: str) -> str:
        """Say where something is found on an element."""
        return self._address.replace(_PATH, quote(path))

    def linked(self, points: Iterable[Point]) -> list[tuple[str, str, str]]:
        """Show findings, each with its value and where it is made."""
        return [(each.text, each.value.value, self.url(each.path)) for each in points]

    def quote(self, ref: str) -> Quote:
        """Show what is pointed to; what is not there is named as it was."""
        return self.quotes[ref]

    def named(self, by: Actor | None) -> str:
        """Name whoever wrote something; nobody where that is not known."""
        return self.accounts.get(by.person, ("", ""))[0] if by else ""

    def sources(self) -> list[Quote]:
        """Show the sources."""
        return [self.quote(each) for each in self.assessment.standing_sources]

    def carried(self, ref: str) -> Quote | None:
        """Show what is to be linked to a fact that is still to be chosen, if it is there."""
        return self.quotes.get(ref)

    def facts(self) -> list[Fact]:
        """Show the material facts as they were worded last."""
        return [self.fact(each) for each in self.assessment.standing_facts]

    def fact(self, name: str) -> Fact:
        """Show a material fact."""
        if name not in self._facts:
            self._facts[name] = self._fact(self.assessment.standing_facts[name])
        return self._facts[name]

    def _fact(self, told: MaterialFact) -> Fact:
        names = list(self.assessment.standing_facts)
        sides = [
            (side, assessed()["side"].name(side, self.words), linked)
            for side in assessed()["side"]
            if (linked := [self._linked(told, e) for e in told.links if e.side == side])
        ]
        return Fact(
            told,
            names.index(told.id) + 1,
            assessed()["acceptance"].name(told.accepted, self.words),
            sides,
            [(self.url(each), self.short(each)) for each in told.elements],
            [
                (assessed()["indicator"].name(e.indicator, self.words), e.words)
                for e in told.considered
            ],
            self.named(told.by),
            sum(each.id == told.id for each in self.assessment.facts),
            (told.id, "") in self.unput,
        )

    def _linked(self, fact: MaterialFact, link: Link) -> Linked:
        return Linked(
            link.side,
            assessed()["side"].name(link.side, self.words),
            link.why,
            self.quote(link.of),
            (fact.id, link.of) in self.unput,
            f"{fact.id}|{link.of}",
        )

    def short(self, path: str) -> str:
        """Name an element in few words."""
        known = self.elements.get(path)
        return known.name if known else path

    def speaking(self, fact: str) -> list[Quote]:
        """List what speaks for the person on a fact."""
        links = self.assessment.standing_facts[fact].links
        return [self.quote(each.of) for each in links if each.side == FOR]

    def points(self) -> list[tuple[str, Fact, Quote | None]]:
        """List the points against the person that were not put and answered."""
        return [
            (f"{fact}|{about}", self.fact(fact), self.quote(about) if about else None)
            for fact, about in sorted(self.unput)
        ]

    def finding(self, found: Found) -> Finding:
        """Show a finding."""
        by, office = self.accounts.get(found.by.person, ("", ""))
        closing = found.closing
        return Finding(
            found,
            value(found.value),
            by,
            office,
            [self.fact(each) for each in found.facts],
            [(self.quote(each.of), each.why) for each in found.answers],
            [self.under(each) for each in found.under],
            (self.quote(closing.put), closing.enquiries, closing.doubt)
            if closing
            else None,
            self.lacks(found),
        )

    def findings(self, path: str) -> list[Finding]:
        """Show what was found on an element, the last first."""
        there = [e for e in self.assessment.findings if e.element == path]
        return [self.finding(each) for each in reversed(there)]

    def lacks(self, found: Found) -> list[str]:
        """Say what a finding that stands against the person lacks."""
        lack = self.lacking.get(found.element)
        if lack is None or lack.found is not found:
            return []
        return list(_lacks(lack))

    def under(self, each: Under) -> tuple[str, str]:
        """Say under which standard or test something is found."""
        parameter = self.book.parameters[each.parameter]
        title = self.words.law("parameter", parameter.title)
        meaning = parameter.values[each.value].meaning
        return title, self.words.law("value", meaning)

    def answered_by(self, element: Element) -> str:
        """Name what of the law book answers where no officer has found anything."""
        if not element.by:
            return ""
        declared = self.book.declarations.get(element.by)
        if declared:
            return self.words.law("declaration", declared.title)
        title = self.book.country_findings[element.by].title
        return self.words.law("country finding", title)

    def row(self, each: Element) -> Row:
        """Show an element in a list."""
        told = each.found
        return Row(
            each.path,
            each.name,
            each.question,
            told.value if told else "",
            value(told.value) if told else "",
            len(self.lacks(told)) if told else 0,
            "" if told else self.answered_by(each),
            self.url(each.path),
        )

    def found(self) -> list[Row]:
        """List the elements on which something was found."""
        return [self.row(each) for each in self.law.elements if each.found]

    def open_groups(self) -> list[Group]:
        """List the elements that are open and matter, those of the definition first.

        What screening questions would close stands apart: it is closed by asking them.
        """
        first = {each.path for each in self.law.beside.decisive}
        groups: dict[tuple[str, str], Group] = {}
        for each in self.law.elements:
            if not each.matters or (each.found and each.found.value != "unknown"):
                continue
            closes = self.closes(each.path)
            kind = "definition" if each.path in first else "other"
            title = closes_title(closes) if closes else self.owner(each.path)
            key = ("screening" if closes else kind, title)
            groups.setdefault(key, Group(*key, [])).rows.append(self.row(each))
        last = _("The person")

        def place(group: Group) -> tuple[int, bool]:
            return KINDS.index(group.kind), group.title == last

        return sorted(groups.values(), key=place)

    def matching(self, told: str) -> list[Row]:
        """List the elements in whose name or question some words stand."""
        wanted = told.casefold()
        return [
            self.row(each)
            for each in self.law.elements
            if wanted in each.name.casefold() or wanted in each.question.casefold()
        ]

    def below(self, entry: str) -> list[Row]:
        """List what is asked about an entry of a list."""
        return [
            self.row(each)
            for each in self.law.elements
            if each.path.startswith(f"{entry}.")
        ]

    def lists(self) -> list[tuple[str, str]]:
        """Name the lists on which something can be looked at that nobody named yet."""
        known = {each.id: each for each in self.book.lists.values()}
        paths = [each.id for each in known.values() if each.within is None]
        paths += [
            path.removesuffix(f".{MISSING}")
            for path in self.elements
            if path.endswith(f".{MISSING}") and "." in path.removesuffix(f".{MISSING}")
        ]
        return [
            (each, self._titled(each.split(".")[-1], each.split(".")[1::2]))
            for each in paths
        ]

    def _titled(self, name: str, entries: list[str]) -> str:
        """Name a list, with the entries that it is within or that are meant."""
        title = self.words.law("list", self.book.lists[name].title)
        named = " › ".join(self.words.place(each) for each in entries)  # noqa: RUF001  a path, on screen
        return f"{named}: {title}" if named else title

    def closes(self, path: str) -> str:
        """Name the rule by which an element closes in the person's favour."""
        above, _dot, last = path.rpartition(".")
        if last == MISSING:
            return self.book.lists[above.rpartition(".")[2]].closes
        known = self.book.elements.get(last)
        return known.closes if known else ""

    def owner(self, path: str) -> str:
        """Name the entry of a list that an element is about."""
        *above, last = path.split(".")
        if not above or last == MISSING:
            return _("The person")
        return self._titled(above[-2], above[1::2])


def _lacks(lack: Lack) -> Iterator[str]:
    if lack.unreasoned:
        yield _("It says no reasons, or rests on no fact.")
    if lack.unput:
        yield _("A point against the person was not put to them and answered.")
    if lack.unasked:
        yield _("Nothing that it rests on was put to the person.")
    if lack.undisclosed:
        yield _("It rests on a source that was not disclosed to the person.")
    if lack.unanswered:
        yield _("What speaks for the person is not answered.")


def value(code: str) -> str:
    """Name the value of a finding."""
    names = {
        "true": _("Established"),
        "false": _("Not established"),
        "unknown": _("Looked into, and open"),
    }
    return names[code]


def tree(lines: Iterable[Line]) -> SafeString:
    """Draw reasons, each as deep as it stands; there are some hundred of them."""
    row = '<li class="a-tree__{} a-depth-{}">{}</li>'
    told = ((each.value.value, each.depth, each.text) for each in lines)
    return format_html_join("", row, told)


def burden(code: str) -> str:
    """Say who has to show something."""
    names = {
        "applicant": _("The person shows it, as far as they can"),
        "authority": _("The authority shows it"),
        "shared": _("A shared duty"),
    }
    return names[code]


def closes_title(rule: str) -> str:
    """Name a rule that closes in the person's favour once its questions were put."""
    return words().named("closing rule", rule)


def fears(interviews: Iterable[Interview]) -> list[tuple[str, bool]]:
    """Say of both fears whether they were asked about and answered."""
    told = tuple(interviews)
    topics = spoken()["topic"]
    return [
        (topics.name(each, words()), asked_about(told, each) is TRUE)
        for each in BOTH_FEARS
    ]


class Quotes:
    """What can be pointed to in a claim, shown as far as it is asked for."""

    def __init__(self, claim: CaseClaim, words: Catalogue) -> None:
        """Take the claim, and the language."""
        self.words = words
        self._said = {
            f"{interview.id}/{each.id}": (interview, each)
            for interview in claim.interviews
            for each in interview.segments
        }
        self._corrected: dict[str, list[Segment]] = {}
        for ref, (_interview, each) in self._said.items():
            if each.corrects:
                corrected = f"{ref.partition('/')[0]}/{each.corrects}"
                self._corrected.setdefault(corrected, []).append(each)
        self._sources = claim.assessment.standing_sources
        self._shown: dict[str, Quote] = {}

    def get(self, ref: str) -> Quote | None:
        """Show what is pointed to, if it is there."""
        is_there = ref in self._said or ref in self._sources
        return self[ref] if is_there else None

    def __getitem__(self, ref: str) -> Quote:
        """Show what is pointed to; what is not there is named as it was."""
        if ref not in self._shown:
            self._shown[ref] = self._quote(ref)
        return self._shown[ref]

    def _quote(self, ref: str) -> Quote:
        if ref in self._said:
            return self._part(ref, *self._said[ref])
        if ref in self._sources:
            return self._source(self._sources[ref])
        return Quote(ref, ref, "", "")

    def _part(self, ref: str, interview: Interview, each: Segment) -> Quote:
        corrected = self._corrected.get(ref, ())
        return Quote(
            ref,
            f"{self.words.day(interview.on)}, {each.at[11:16]} UTC",
            spoken()["segment"].name(each.kind, self.words),
            each.words,
            each.language,
            each.rendered,
            each.into,
            tuple(each.rendered or each.words for each in corrected),
            each.kind in SPOKEN,
        )

    def _source(self, source: Source) -> Quote:
        known = (
            _("disclosed on %(day)s") % {"day": self.words.day(source.disclosed)}
            if source.disclosed
            else _("not disclosed to the person")
        )
        return Quote(source.id, known, _("source"), source.title)


def transcript(claim: CaseClaim, shower: Shower) -> list[dict[str, object]]:
    """List the interviews with all that was said in them."""
    return [
        {
            "interview": each,
            "language": language_name(each.language),
            "parts": [
                (
                    shower.quotes[f"{each.id}/{part.id}"],
                    spoken()["speaker"].name(part.speaker, words()),
                )
                for part in each.segments
            ],
        }
        for each in claim.interviews
    ]


def spoken_parts(shower: Shower) -> list[tuple[str, list[Quote]]]:
    """List what was said, by interview, to be pointed to."""
    return [
        (
            words().day(each.on),
            [
                shower.quotes[f"{each.id}/{part.id}"]
                for part in each.segments
                if part.kind in SPOKEN
            ],
        )
        for each in shower.claim.interviews
    ]


def asked_parts(claim: CaseClaim) -> list[tuple[str, str]]:
    """List where something was asked, and what answered it: pairs of names."""
    return [
        (f"{each.id}/{part.id}", f"{each.id}/{answer.id}")
        for each in claim.interviews
        for part in each.segments
        if part.kind in ASKING
        for answer in each.answers(part.id)
        if answer.speaker in SPEAKS_FOR_THEM
    ]


def asking(claim: CaseClaim) -> list[str]:
    """List the questions that were put, by name."""
    return [
        f"{each.id}/{part.id}"
        for each in claim.interviews
        for part in each.segments
        if part.kind in ASKING
    ]


def points_of(fact: Fact) -> list[str]:
    """Name what can be put on a fact: what stands against it, and the fact itself."""
    linked = [each for _side, _name, those in fact.sides for each in those]
    return [*(e.point for e in linked if e.side == AGAINST), f"{fact.id}|"]

"""Country findings and declarations, as parts of a page of the law book."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from asylon.cli import showing
from asylon.cli.phrases import cited, notes, period
from asylon.cli.speaking import spoken
from asylon.law.countries import CountryFinding, Declaration
from asylon.logic.truth import TRUE, Truth


def show_finding(finding: CountryFinding) -> None:
    """Print a country finding: what was found, about whom, and what it answers."""
    words, say = spoken(), spoken().say
    title = words.law("country finding", finding.title)
    showing.heading(
        say("name and title", "{name}: {title}", name=finding.id, title=title)
    )
    for sentence in words.law("statement", finding.statement).split("\n"):
        showing.line(Text("│", style="dim"), sentence)
    whom = say("country finding", "About whom: {formula}", formula=finding.when)
    showing.line(Text("·"), whom)
    for name, answer in finding.answers.items():
        told = _answers(finding, words.named("element", name), answer)
        showing.line(showing.sign(answer), told)
    for name, value in finding.under.items():
        under = say(
            "country finding",
            "Found under {parameter} = {value}.",
            parameter=name,
            value=value,
        )
        showing.line(Text("·"), under)
    showing.line(Text("·"), notes([period(finding.days), finding.edition]))
    for source in finding.sources:
        showing.line(Text("·"), cited(source))


def _answers(finding: CountryFinding, element: str, answer: Truth) -> str:
    say = spoken().say
    messages = {
        (False, True): say(
            "answer", "Answers: {element}: established", element=element
        ),
        (False, False): say(
            "answer", "Answers: {element}: not established", element=element
        ),
        (True, True): say(
            "answer", "Proposes: {element}: established", element=element
        ),
        (True, False): say(
            "answer", "Proposes: {element}: not established", element=element
        ),
    }
    return messages[finding.adverse, answer is TRUE]


def about_declaration(text: Declaration) -> Iterator[str]:
    """Go through what is to be known about a declaration, line by line."""
    words, say = spoken(), spoken().say
    yield say("declaration", "Where: {state}", state=words.place(text.jurisdiction))
    yield say(
        "declaration",
        "From: {countries}; {area}",
        countries=words.names([words.place(each) for each in text.origins]),
        area=words.law("declaration", text.area),
    )
    yield say("declaration", "Who: {group}", group=words.law("declaration", text.group))
    body = words.law("declaration", text.declared_by)
    yield say("declaration", "Declared by: {body}", body=body)
    yield say("declaration", "By: {act}", act=text.instrument)

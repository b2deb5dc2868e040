"""Reading the documents of the law book into what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asylon.law.documents import Document
from asylon.law.errors import DocumentError, UnknownNameError
from asylon.law.parameters import (
    DatedSetting,
    Equivalence,
    OtherName,
    Parameter,
    ParameterSet,
    ParameterValue,
)
from asylon.law.provisions import (
    Element,
    InForce,
    ListRule,
    Part,
    Provision,
    Source,
)
from asylon.law.tables import Table, shown

ASKS = ("fact", "judgement")
BURDENS = ("applicant", "shared", "authority")
CLOSINGS = (
    "no-exclusion-indicated",
    "no-cessation-indicated",
    "no-relocation-place-named",
    "second-nationality-not-shown",
)
PROTECTS = ("refugee", "complementary", "stateless")
_CALLED = {
    "asks": "kind of element",
    "by": "day to go by",
    "closes": "closing rule",
    "kind": "kind of set",
    "protects": "kind of protection",
}
"""What a key with few values is called in an error."""


def provision(table: Table, document: Document) -> Provision:
    """Read a provision."""
    identifier = table.text("provision")
    read = Provision(
        id=identifier,
        citation=table.text("citation"),
        title=table.text("title"),
        in_force=in_force(table.table("in_force")),
        source=source(table.table("source")),
        statement=table.sentences("statement"),
        holds_when=table.text("holds_when"),
        document=document,
        per=table.maybe_text("per"),
        elements=elements(table, identifier, None),
        parts={name: _part(name, part) for name, part in table.named_tables("parts")},
        uses=_texts_by_name(table.table("uses")),
        left_out=table.texts("left_out"),
        without_effect=_texts_by_name(table.table("without_effect")),
        is_protection="is_protection" in table.data
        and table.get("is_protection", bool),
        protects=one_of(table, "protects", PROTECTS, ""),
    )
    table.finish()
    return read


def list_rule(table: Table, document: Document) -> ListRule:
    """Read a list and its rule of belonging."""
    identifier, of = table.text("list"), table.text("of")
    read = ListRule(
        id=identifier,
        title=table.text("title"),
        of=of,
        within=table.maybe_text("within"),
        belongs_when=table.text("belongs_when"),
        question=table.text("question"),
        statement=table.sentences("statement"),
        source=source(table.table("source")),
        document=document,
        elements=elements(table, identifier, of),
        uses=_texts_by_name(table.table("uses")),
        closes=one_of(table, "closes", CLOSINGS, ""),
    )
    table.finish()
    return read


def parameter(table: Table, document: Document) -> Parameter:
    """Read a parameter; every value it mentions has to be one of its own."""
    values = {name: _value(name, each) for name, each in table.named_tables("values")}
    read = Parameter(
        id=table.text("parameter"),
        title=table.text("title"),
        plain=table.text("plain"),
        plain_because=table.text("plain_because"),
        values=values,
        document=document,
        implies=_pairs(table),
        equivalent=tuple(_equivalence(each) for each in table.tables("equivalent")),
    )
    table.finish()
    mentioned = [read.plain, *(value for pair in read.implies for value in pair)]
    mentioned += [value for each in read.equivalent for value in each.values]
    for value in mentioned:
        if value not in values:
            raise UnknownNameError(table.where, "value", value, values)
    return read


def parameter_set(table: Table, document: Document) -> ParameterSet:
    """Read a parameter set."""
    read = ParameterSet(
        id=table.text("set"),
        title=table.text("title"),
        kind=one_of(table, "kind", ("mandate", "national", "joint"), None),
        jurisdiction=table.text("jurisdiction", ""),
        statement=table.sentences("statement"),
        settings=tuple(_setting(each) for each in table.tables("setting")),
        document=document,
    )
    table.finish()
    return read


def other_names(table: Table, document: Document) -> Iterator[OtherName]:
    """Read what settings mean that files call by other names."""
    for each in table.tables("other_name"):
        yield OtherName(
            parameter=each.text("parameter"),
            value=each.maybe_text("value"),
            means=_texts_by_name(each.table("means")),
            because=each.text("because"),
            source=source(each.table("source")),
            document=document,
        )
        each.finish()
    table.finish()


def source(table: Table) -> Source:
    """Read a source."""
    read = Source(table.text("cite"), table.get("read", bool))
    table.finish()
    return read


def in_force(table: Table) -> InForce:
    """Read the days on which a text is in force."""
    cite = Source(table.text("source"), table.get("read", bool))
    read = InForce(table.day("from"), table.maybe_day("to"), cite)
    table.finish()
    if read.last and read.last < read.first:
        problem = f"in force to {read.last}, before its first day {read.first}"
        raise DocumentError(table.where, problem, "Correct the dates.")
    return read


def elements(table: Table, owner: str, per: str | None) -> dict[str, Element]:
    """Read the elements of a text."""
    named = table.named_tables("elements")
    return {name: _element(name, each, owner, per) for name, each in named}


def _element(name: str, table: Table, owner: str, per: str | None) -> Element:
    if not name.isidentifier():
        problem = f"`{name}` cannot stand in a formula"
        raise DocumentError(table.where, problem, "Use letters, digits and _.")
    read = Element(
        name=name,
        provision=owner,
        asks="fact" if one_of(table, "asks", ASKS, None) == "fact" else "judgement",
        words=table.text("words"),
        question=table.text("question"),
        per=table.maybe_text("per") or per,
        under=table.texts("under"),
        standard=table.text("standard", ""),
        burden=one_of(table, "burden", BURDENS, "applicant"),
        closes=one_of(table, "closes", CLOSINGS, ""),
        guidance=table.texts("guidance"),
    )
    table.finish()
    return read


def _part(name: str, table: Table) -> Part:
    read = Part(
        name=name,
        title=table.text("title"),
        words=table.text("words"),
        holds_when=table.text("holds_when"),
        per=table.maybe_text("per"),
    )
    table.finish()
    return read


def _texts_by_name(table: Table) -> Mapping[str, str]:
    return {name: table.text(name) for name in table.data}


def one_of(
    table: Table,
    key: str,
    allowed: tuple[str, ...],
    default: str | None,
    called: str = "",
) -> str:
    """Read a key that has few values; `called` is what an error calls it."""
    value = table.text(key, default)
    if value not in allowed and value != default:
        name = called or _CALLED.get(key, key)
        raise UnknownNameError(table.where, name, value, allowed)
    return value


def _value(name: str, table: Table) -> ParameterValue:
    read = ParameterValue(name, table.text("meaning"), source(table.table("source")))
    table.finish()
    return read


def _pairs(table: Table) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for pair in table.get("implies", list, []):
        match pair:
            case [str(first), str(second)]:
                pairs.append((first, second))
            case _:
                problem = f"`implies` should hold pairs of values, not {shown(pair)}"
                raise DocumentError(table.where, problem, "Correct it.")
    return tuple(pairs)


def _equivalence(table: Table) -> Equivalence:
    values, where_from = table.texts("values"), source(table.table("source"))
    read = Equivalence(values, where_from, table.text("because"))
    table.finish()
    return read


def _setting(table: Table) -> DatedSetting:
    read = DatedSetting(
        parameter=table.text("parameter"),
        value=table.text("value"),
        first=table.day("from"),
        source=source(table.table("source")),
        by=one_of(table, "by", ("decided", "lodged"), "decided"),
        note=table.text("note", ""),
    )
    table.finish()
    return read

"""Writes the page on who may do what, for a supervisor or an auditor to read.

`python -m docs.generate` writes it as reference/rights.md, and the tests compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asylon_server.store.rights import Right, Table

_NEAR = {
    "anyone": "any case",
    "office": "cases of the own office",
    "assigned": "cases assigned to the account",
    "self": "the person's own case",
    "emergency": "a case opened in an emergency, as far as it was named",
}
_NEAR_OTHERS = {
    "anyone": "wherever they are",
    "office": "in the own office",
    "assigned": "on cases assigned to the account",
    "self": "on the person's own case",
}


def rights_page(table: Table) -> str:
    """Give the text of the page."""
    return "\n".join(_page(table)) + "\n"


def _page(table: Table) -> Iterator[str]:
    yield "# Rights"
    yield ""
    yield "What stands in no row is refused, and looks as if it were not there."
    yield "This page is written from the table by which the system decides, `store/rights/rights.toml`, by `python -m docs.generate`."
    yield ""
    yield "## Fields"
    yield ""
    yield "| class | holds | a body of the state sees it |"
    yield "|---|---|---|"
    for name, holds in table.classes.items():
        yield f"| `{name}` | {holds} | {_seen_by_states(name, table)} |"
    yield ""
    yield "A field is released to one account the case is assigned to, to be read, for a time and a purpose; to a body of the state only where the person's consent is kept, and by UNHCR."
    yield f"In an emergency, and never for a body of the state, a protection officer outside a case sees what is named of {_listed(table.emergency)} for some hours, with a reason and a notice to another organisation, which reviews it."
    yield "Whoever has a conflict of interest with a case does not find it at all."
    bodies = _listed(table.state_bodies)
    yield f"Bodies of the state are {bodies}; one whose state the people of a case are held back from does not find that case at all."
    yield ""
    yield "## Who may do what"
    for role in sorted({role for each in table.rights for role in each.roles}):
        yield ""
        yield f"### {role.capitalize()}"
        yield ""
        yield "| in | may | of | reaches |"
        yield "|---|---|---|---|"
        for right in table.rights:
            if role in right.roles:
                yield _row(right, role, table)


def _seen_by_states(name: str, table: Table) -> str:
    if name in table.withheld:
        return "never"
    return "only where released" if name in table.guarded else "by its rows"


def _row(right: Right, role: str, table: Table) -> str:
    kinds = [k for k in right.organisations if role in table.organisations[k]]
    near = _NEAR if right.thing == "case" else _NEAR_OTHERS
    what = " or ".join(near[each] for each in sorted(right.near))
    of = what if right.thing == "case" else f"{right.thing}s, {what}"
    verbs = ", ".join(sorted(each.replace("_", " ") for each in right.verbs))
    reaches = _listed(right.classes) if right.classes else ""
    return f"| {_listed(kinds)} | {verbs} | {of} | {reaches} |"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))

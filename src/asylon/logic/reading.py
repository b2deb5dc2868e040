"""Reading formulas as the law writes them, and writing them back.

    well_founded and (for_race or for_religion) and not excused
    several_nationalities is any_country
    every(nationalities, fear)   some(...)   none(...)   at_least(2, a, b, c)

The grammar is a small part of Python's, read by its own parser; everything else is
refused, showing the spot.
"""

from __future__ import annotations

import ast

from asylon.logic.errors import FormulaError
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Entry,
    Fact,
    Formula,
    Named,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.truth import TRUE

_ALLOWED = "and, or, not, names, `parameter is value`, every, some, none, at_least"

MOST_LEVELS = 50
"""How deep the parts of a formula may be nested: far beyond what can be understood."""


def read(text: str) -> Formula:
    """Read a formula; names are left for the law to resolve.

    >>> read("fear and not excluded")
    All(parts=(Fact(name='fear', of=None), Not(part=Fact(name='excluded', of=None))))
    """
    flat = " ".join(text.split())
    if "#" in flat:
        # The parser would pass over the rest of the law in silence.
        raise FormulaError("A formula has no comments", flat, flat.index("#"))
    try:
        tree = ast.parse(flat, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = getattr(error, "offset", None)
        column = len(flat) if offset == 0 else max((offset or 1) - 1, 0)
        raise FormulaError("This is not a formula", flat, column) from None
    reader = _Reader(flat)
    reader.check_depth(tree.body)
    return reader.read(tree.body)


class _Reader:
    """Turns a syntax tree into a formula, refusing all that is not one."""

    def __init__(self, text: str) -> None:
        self.text = text

    def check_depth(self, node: ast.expr) -> None:
        ahead: list[tuple[ast.AST, int]] = [(node, 1)]
        while ahead:
            part, level = ahead.pop()
            if isinstance(part, ast.expr) and level > MOST_LEVELS:
                problem = f"Parts are nested more than {MOST_LEVELS} deep"
                raise self.refusal(part, problem)
            ahead += [(inner, level + 1) for inner in ast.iter_child_nodes(part)]

    def read(self, node: ast.expr) -> Formula:
        match node:
            case ast.Name(id=name):
                return Fact(name)
            case ast.BoolOp(op=op, values=values):
                parts = tuple(self.read(value) for value in values)
                return All(parts) if isinstance(op, ast.And) else Any(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read(operand))
            case ast.Compare(left=ast.Name(id=left), ops=[op], comparators=[right]):
                return self.setting(left, op, right)
            case ast.Call(func=ast.Name(id=function), keywords=[]):
                return self.call(node, function)
        raise self.refusal(node, f"Only {_ALLOWED} can stand in a formula")

    def setting(self, parameter: str, op: ast.cmpop, right: ast.expr) -> Formula:
        setting = Setting(parameter, self.name(right, "A parameter's value"))
        match op:
            case ast.Is():
                return setting
            case ast.IsNot():
                return Not(setting)
        raise self.refusal(right, "A parameter is tested with `is` or `is not`")

    def call(self, node: ast.Call, function: str) -> Formula:
        match function, node.args:
            case "every" | "some" as kind, [over, body]:
                return Quantified(kind, self.name(over, "A list"), self.read(body))
            case "some" | "none", [over]:
                some = Quantified("some", self.name(over, "A list"), Constant(TRUE))
                return some if function == "some" else Not(some)
            case "none", [over, body]:
                return Not(
                    Quantified("some", self.name(over, "A list"), self.read(body))
                )
            case "at_least", [ast.Constant(value=int(count)), *parts] if (
                len(parts) >= count > 0 and count is not True
            ):
                return AtLeast(count, tuple(self.read(part) for part in parts))
        problem = (
            "Expected every(list, formula), some(list), some(list, formula), "
            "none(list), none(list, formula) or at_least(number, formula, ...)"
        )
        raise self.refusal(node, problem)

    def name(self, node: ast.expr, what: str) -> str:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant) and node.value is None:
            return "none"
        raise self.refusal(node, f"{what} is a plain name")

    def refusal(self, node: ast.expr, problem: str) -> FormulaError:
        # The parser counts in bytes.
        before = self.text.encode()[: node.col_offset].decode()
        return FormulaError(problem, self.text, len(before))


def write(formula: Formula) -> str:
    """Write a formula so that `read` gives it back (names stand for their bodies).

    >>> write(read("a and (b or not c) and p is v"))
    'a and (b or not c) and p is v'
    """
    match formula:
        case Fact(name) | Named(name):
            return name
        case Constant(truth):
            return str(truth.value)
        case Setting(parameter, value) | Entry(parameter, value):
            return f"{parameter} is {value}"
        case Not(part):
            return _denied(part)
        case All(parts):
            return " and ".join(_grouped(part) for part in parts)
        case Any(parts):
            return " or ".join(_grouped(part) for part in parts)
        case AtLeast(count, parts):
            return f"at_least({count}, {', '.join(map(write, parts))})"
        case Quantified(kind, over, body):
            return f"{kind}({_arguments(over, body)})"


def _denied(part: Formula) -> str:
    match part:
        case Setting(parameter, value) | Entry(parameter, value):
            return f"{parameter} is not {value}"
        case Quantified("some", over, body):
            return f"none({_arguments(over, body)})"
        case _:
            return f"not {_grouped(part)}"


def _arguments(over: str, body: Formula) -> str:
    return over if body == Constant(TRUE) else f"{over}, {write(body)}"


def _grouped(part: Formula) -> str:
    text = write(part)
    return f"({text})" if isinstance(part, All | Any) else text

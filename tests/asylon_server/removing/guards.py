"""The checks in the code, each taken out in turn: what would be left without it.

A check is an `if` that only refuses, a part of a condition, an entry in a list of
refusals, a call that demands something, what a query or a list is narrowed by, or a
decorator that lets only some people through. A function without one of them takes the
place of the true one, in this process alone.
"""

from __future__ import annotations

import ast
import gc
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from types import CodeType, FunctionType, ModuleType

STORE = "asylon_server.store"
MODULES = (
    f"{STORE}.rights.policy",
    f"{STORE}.rights.guarded",
    f"{STORE}.rights.table",
    *(
        f"{STORE}.cases.{each}"
        for each in (
            "acts",
            "assigning",
            "audits",
            "certificates",
            "certified",
            "conflicts",
            "consents",
            "declaring",
            "emergencies",
            "erasing",
            "erasures",
            "fields",
            "finding",
            "grants",
            "grouplifting",
            "groups",
            "history",
            "holdings",
            "holds",
            "indexing",
            "lifting",
            "lists",
            "offices",
            "opening",
            "placing",
            "proposals",
            "reads",
            "receipts",
            "releases",
            "reporting",
            "telling",
            "waiting",
        )
    ),
    *(
        f"{STORE}.entry.{each}"
        for each in (
            "keeping",
            "notices",
            "offices",
            "passkeys",
            "resets",
            "sessions",
            "sweeping",
            "tries",
            "ways",
        )
    ),
    f"{STORE}.kept",
    f"{STORE}.keystore.leaving",
    f"{STORE}.keystore.rewrapping",
    f"{STORE}.organisations.accounts",
    f"{STORE}.organisations.acts",
    f"{STORE}.organisations.founded",
    f"{STORE}.organisations.links",
    *(
        f"{STORE}.record.{each}"
        for each in (
            "acts",
            "checking",
            "heads",
            "keys",
            "rows",
            "schema",
            "waiting",
            "widening",
        )
    ),
    f"{STORE}.vault.nowhere",
    f"{STORE}.vault.sealing",
)
"""Where somebody is refused, or what is secret is kept so."""

REFUSING = (f"{STORE}.cases.changes",)
"""Of these only what refuses is counted, and not what a query is narrowed by."""

_DEMANDS = ("demand", "check", "_check", "_demand_scope", "_locked", "refuse")
"""What refuses by being called."""

_NARROWS = ("filter", "exclude", "get", "Q")
"""What a query is narrowed by."""

_GATES = ("@signed_in", "@known", "@freshly", "@require_POST")
"""What lets only some people through to a view."""

_ELSEWHERE = ("redirect", "HttpResponse(status", "HttpResponseNotAllowed")
"""What sends somebody away from a page."""

_FAULTS = ("yield Fault(",)
"""What finds something by being given."""

_EMPTY = ("None", "False", "()", "[]", "{}", "''", "b''", "set()", "frozenset()")
"""What says nothing."""


@dataclass(frozen=True)
class Guard:
    """A check of a function, by its place among those of the function.

    Attributes:
        module: Where it is.
        function: The name of the function, with its class.
        number: Which of its checks.
        line: The line that it stands on.
        words: The check as it is written.
    """

    module: str
    function: str
    number: int
    line: int
    words: str

    def __str__(self) -> str:
        place = self.module.removeprefix("asylon_server.").removeprefix("store.")
        return f"{place}.{self.function}: {self.words}"

    def without(self) -> tuple[list[FunctionType], CodeType]:
        """Give the function, as often as there is one, and its code without the check."""
        module = import_module(self.module)
        tree = ast.parse(inspect.getsource(module))
        node = dict(_functions(tree))[self.function]
        removing = _looking(self.module)(self.number)
        removing.of(node)
        if removing.gate is not None:
            gate = _gate(module, self.function, removing.gate)
            return [gate], _open(gate)
        ast.fix_missing_locations(tree)
        made = compile(tree, str(module.__file__), "exec")
        return _found(module, self.function), _code(made, self.function)

    def remove(self) -> None:
        """Put the function without it in the place of the true one."""
        found, code = self.without()
        for each in found:
            each.__code__ = code


def guards() -> Iterator[Guard]:
    """Find every check."""
    for name in (*MODULES, *REFUSING):
        tree = ast.parse(inspect.getsource(import_module(name)))
        for function, node in _functions(tree):
            looking = _looking(name)(-1)
            looking.of(node)
            for number, (line, words) in enumerate(looking.seen):
                yield Guard(name, function, number, line, words)


class _Removing(ast.NodeTransformer):
    """Counts the checks of a function, and takes out one of them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.seen: list[tuple[int, str]] = []
        self.gate: int | None = None
        self.made = ""

    def visit(self, node: ast.AST) -> ast.AST:
        """Go on, and keep what a list is made of."""
        if isinstance(
            node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
        ):
            self.made = ast.unparse(node).partition(" for ")[0]
        gone_through: ast.AST = super().visit(node)
        return gone_through

    def _is_it(self, node: ast.AST, words: str) -> bool:
        self.seen.append((getattr(node, "lineno", 0), words))
        return len(self.seen) - 1 == self.number

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function within another one is a function of its own."""
        return node

    def of(self, node: ast.FunctionDef) -> None:
        """Go through the body of a function, and what stands above it."""
        for place, each in enumerate(node.decorator_list):
            words = f"@{ast.unparse(each)}"
            if words.startswith(_GATES) and self._is_it(each, words):
                self.gate = place
        node.body = [self.visit(each) for each in node.body]

    def visit_If(self, node: ast.If) -> ast.AST:
        """An `if` that only refuses is never so."""
        words = f"if {ast.unparse(node.test)}"
        if _refuses(node) and self._is_it(node, words):
            node.test = ast.Constant(False)
            return node
        if not _refuses(node):
            self.generic_visit(node)
            return node
        if isinstance(node.test, ast.BoolOp):
            node.test = self._of_many(node.test)
        node.orelse = [self.visit(each) for each in node.orelse]
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """What is there on a condition only is there always."""
        there, other = node.body, node.orelse
        if _is_empty(there) and not _is_empty(other):
            there, other = other, there
        is_check = _is_empty(other) and not _is_there(node.test, ast.unparse(there))
        if is_check and self._is_it(node, ast.unparse(node)):
            return there
        self.generic_visit(node)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """Nothing is left out of a list."""
        of = f", of {ast.unparse(node.target)} in {ast.unparse(node.iter)}"
        node.ifs = [
            each
            for each in node.ifs
            if _is_there(each, self.made)
            or not self._is_it(each, f"{ast.unparse(each)}{of}")
        ]
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A query is wider by one condition."""
        if ast.unparse(node.func).rpartition(".")[2] in _NARROWS:
            words = ast.unparse(node.func).rpartition(".")[2]
            node.keywords = [
                each
                for each in node.keywords
                if not self._is_it(node, f"{words} {ast.unparse(each)}")
            ]
        self.generic_visit(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Two sets are not held against one another."""
        if isinstance(node.op, ast.BitOr):
            # One condition less of those of which one is enough narrows a query.
            return node
        is_both = isinstance(node.op, ast.BitAnd)
        if is_both and self._is_it(node, ast.unparse(node)):
            return node.left
        self.generic_visit(node)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Of what must all hold one part is left out."""
        if isinstance(node.op, ast.And):
            return self._of_many(node)
        self.generic_visit(node)
        return node

    def _of_many(self, node: ast.BoolOp) -> ast.expr:
        kept = []
        sign = "and" if isinstance(node.op, ast.And) else "or"
        for each in node.values:
            words = f"{ast.unparse(each)}, of what is joined by {sign}"
            others = " ".join(ast.unparse(e) for e in node.values if e is not each)
            if _is_there(each, others) or not self._is_it(each, words):
                kept.append(each)
        if len(kept) == len(node.values):
            return node
        # One alone is not joined to anything.
        return ast.BoolOp(node.op, kept) if len(kept) > 1 else kept[0]

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        """A refusal in a list of them is never so."""
        for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            is_code = isinstance(key, ast.Name) and key.id.isupper()
            words = f"{ast.unparse(key)}: {ast.unparse(value)}" if key else ""
            if is_code and _is_so(value) and self._is_it(value, words):
                node.values[place] = ast.Constant(False)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """What demands something is not called."""
        call = node.value
        if isinstance(call, ast.Call):
            name = ast.unparse(call.func).rpartition(".")[2]
            is_demand = name.startswith(_DEMANDS)
            if is_demand and self._is_it(node, ast.unparse(call)):
                return ast.Pass()
        self.generic_visit(node)
        return node


class _RemovingRefusals(_Removing):
    """Counts only what refuses."""

    def visit(self, node: ast.AST) -> ast.AST:
        """Go past what only narrows or joins."""
        looks = ast.IfExp | ast.comprehension | ast.Call | ast.BinOp | ast.BoolOp
        passed: ast.AST = (
            self.generic_visit(node) if isinstance(node, looks) else super().visit(node)
        )
        return passed


def _looking(module: str) -> type[_Removing]:
    return _RemovingRefusals if module in REFUSING else _Removing


def _refuses(node: ast.If) -> bool:
    last = node.body[-1]
    if isinstance(last, ast.Raise) or ast.unparse(last).startswith(_FAULTS):
        return True
    if node.orelse or len(node.body) > 2:
        return False
    if isinstance(last, ast.Return):
        return last.value is None or _is_empty(last.value) or _is_page(node, last.value)
    return isinstance(last, ast.Continue)


def _is_empty(value: ast.expr) -> bool:
    return ast.unparse(value) in _EMPTY


def _is_there(test: ast.expr, used: str) -> bool:
    """Whether it is only asked whether what is used is there, which is no check."""
    if isinstance(test, ast.Compare) and ast.unparse(test.comparators[0]) == "None":
        test = test.left
    is_name = isinstance(test, ast.Name | ast.Attribute | ast.Subscript)
    return is_name and ast.unparse(test) in used


def _is_page(node: ast.If, value: ast.expr) -> bool:
    """Whether the answer is another page than the one that was asked for."""
    asked = [e.target for e in ast.walk(node.test) if isinstance(e, ast.NamedExpr)]
    told = {ast.unparse(each) for each in (node.test, *asked)}
    return ast.unparse(value) in told or ast.unparse(value).startswith(_ELSEWHERE)


def _is_so(value: ast.expr) -> bool:
    return isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Call)


def _functions(
    tree: ast.AST, before: str = ""
) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield before + node.name, node
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from _functions(node, f"{before}{node.name}.")


def _found(module: ModuleType, name: str) -> list[FunctionType]:
    """Find a function; one that others make, each time that it was made."""
    found: object = module
    *parts, last = name.split(".")
    for part in parts:
        found = inspect.getattr_static(found, part)
        if isinstance(found, FunctionType):
            return _made_by(found, last)
    found = inspect.getattr_static(found, last)
    if isinstance(found, property):
        found = found.fget
    found = inspect.unwrap(found)
    if isinstance(found, classmethod | staticmethod):
        found = found.__func__
    assert isinstance(found, FunctionType), name
    return [found]


def _made_by(maker: FunctionType, name: str) -> list[FunctionType]:
    code = _code(maker.__code__, name)
    found = [e for e in gc.get_referrers(code) if isinstance(e, FunctionType)]
    assert found, name
    return found


def _gate(module: ModuleType, name: str, place: int) -> FunctionType:
    """Find what a decorator put around a function, from the outermost on."""
    found = getattr(module, name)
    for _each in range(place):
        found = found.__wrapped__
    assert isinstance(found, FunctionType), name
    return found


def _open(gate: FunctionType) -> CodeType:
    """Write a gate that lets everybody through; it holds on to what the true one does."""
    held = gate.__code__.co_freevars
    within = "view" if "view" in held else "func"
    text = (
        f"def made({', '.join(held)}):\n"
        f"    def gate(*args, **named):\n"
        f"        return {within}(*args, **named)\n"
        f"        {', '.join(held)}\n"
        f"    return gate\n"
    )
    return _code(compile(text, "gate", "exec"), "made.gate")


def _code(made: CodeType, name: str) -> CodeType:
    found = made
    for part in name.split("."):
        found = next(
            each
            for each in found.co_consts
            if isinstance(each, CodeType) and each.co_name == part
        )
    return found

"""The checks in the code, each taken out in turn: what would be left without it.

A check is an `if` that only refuses, a part of a condition, an entry in a list of
refusals, a call that demands something, a lock, what a query or a list is narrowed by,
what is taken as it was sent only where it is right, or a decorator that lets only some
people through. A function without one of them takes the
place of the true one: in this process, or where a module is imported anew.
"""

from __future__ import annotations

import ast
import gc
import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from tests.asylon_server.removing.modules import modules, only_refuses

_DEMANDS = (
    "allowed",
    "check",
    "_check",
    "demand",
    "_demand_scope",
    "hold_to",
    "_hold_to",
    "_locked",
    "office",
    "refuse",
    "_refuse",
    "require",
    "unlocked",
    "_require",
)
"""What refuses by being called."""

_LOCKS = ("alone", "keys_in_place")
"""What keeps others away as long as something is done."""

_NARROWS = ("filter", "exclude", "get", "Q")
"""What a query is narrowed by."""

GATES = ("@signed_in", "@known", "@freshly", "@require_POST")
"""What lets only some people through to a view."""

_ADDRESSES = "urlpatterns"
"""Where a view may stand behind a gate without a decorator."""

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

    @property
    def is_of_an_address(self) -> bool:
        """Whether it is a gate that stands where the address of a view is."""
        return self.function == _ADDRESSES

    @property
    def place(self) -> str:
        """Where a test comes past it: its function, or the gate before one."""
        gate = self.words if self.words.startswith(GATES) else ""
        return f"{self.module}:{self.function}{gate}"

    def without(self) -> list[tuple[FunctionType, CodeType]]:
        """Give each function that has the check, and its code without it."""
        gate = self.gate()
        if gate is not None:
            return [(gate, in_place_of(gate, ()))]
        module = import_module(self.module)
        made = compile(self.rewritten(source_of(self.module)), "made", "exec")
        there = found(module, self.function)
        return [(each, code_of(made, name)) for each, name in there]

    def rewritten(self, source: str) -> ast.Module:
        """Write the module without the check."""
        tree = ast.parse(source)
        removing = _looking(self.module)(self.number)
        removing.of(dict(functions(tree))[self.function])
        return ast.fix_missing_locations(tree)

    def gate(self) -> FunctionType | None:
        """Find what a decorator put around a view, if that is the check."""
        module = import_module(self.module)
        if self.is_of_an_address:
            return _gates(module)[self.number]
        removing = _looking(self.module)(self.number)
        removing.of(dict(functions(ast.parse(source_of(self.module))))[self.function])
        if removing.gate is None:
            return None
        return _gate(module, self.function, removing.gate)

    def remove(self) -> None:
        """Put the function without it in the place of the true one."""
        for each, code in self.without():
            each.__code__ = code


def guards(*rooms: str) -> Iterator[Guard]:
    """Find every check of some rooms."""
    for name in modules(*rooms):
        yield from guards_of(name)


def guards_of(name: str) -> Iterator[Guard]:
    """Find every check of a module."""
    source = source_of(name)
    for function, node in functions(ast.parse(source)):
        looking = _looking(name)(-1)
        looking.of(node)
        for number, (line, words) in enumerate(looking.seen):
            yield Guard(name, function, number, line, words)
    for number, call in enumerate(_gated(source)):
        yield Guard(name, _ADDRESSES, number, call.lineno, f"@{ast.unparse(call)}")


def source_of(name: str) -> str:
    """Read a module."""
    spec = find_spec(name)
    assert spec is not None, name
    return Path(str(spec.origin)).read_text(encoding="utf-8")


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
            if words.startswith(GATES) and self._is_it(each, words):
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
        is_check = is_check or _is_taken(node)
        if is_check and self._is_it(node, ast.unparse(node)):
            return there
        if _is_page(node, node.body) and self._is_it(node, ast.unparse(node)):
            return node.orelse
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
        words = _name(node)
        if words in _NARROWS:
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

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        """A case holds without its condition, and what is none of them is not refused."""
        if node.guard and self._is_it(
            node.pattern, f"case if {ast.unparse(node.guard)}"
        ):
            node.guard = None
        is_any = isinstance(node.pattern, ast.MatchAs) and node.pattern.name is None
        is_refused = is_any and isinstance(node.body[-1], ast.Raise)
        if is_refused and self._is_it(
            node.pattern, f"case _: {ast.unparse(node.body)}"
        ):
            node.body = [ast.Pass()]
        self.generic_visit(node)
        return node

    def visit_Match(self, node: ast.Match) -> ast.AST:
        """What comes after a case that always holds is never reached."""
        self.generic_visit(node)
        always = (
            number
            for number, each in enumerate(node.cases, 1)
            if each.guard is None
            and isinstance(each.pattern, ast.MatchAs)
            and each.pattern.pattern is None
        )
        node.cases = node.cases[: next(always, None)]
        return node

    def visit_With(self, node: ast.With) -> ast.AST:
        """Nobody else is kept away."""
        node.items = [
            each
            for each in node.items
            if not _name(each.context_expr).startswith(_LOCKS)
            or not self._is_it(node, f"with {ast.unparse(each)}")
        ]
        self.generic_visit(node)
        return node if node.items else ast.If(ast.Constant(True), node.body, [])

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """What demands something is not called."""
        call = node.value
        if isinstance(call, ast.Call):
            is_demand = _name(call).startswith(_DEMANDS)
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
    return _RemovingRefusals if only_refuses(module) else _Removing


def _name(call: ast.expr) -> str:
    """Name what is called, without where it is from."""
    is_call = isinstance(call, ast.Call)
    return ast.unparse(call.func).rpartition(".")[2] if is_call else ""


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


def _is_taken(node: ast.IfExp) -> bool:
    """Whether something is taken as it is where it is right, and else something else."""
    if _name(node.test) == "isinstance" or _is_empty(node.body):
        return False
    used = ast.unparse(node.body)
    names = {e.id for e in ast.walk(node.body) if isinstance(e, ast.Name)}
    asked = {e.id for e in ast.walk(node.test) if isinstance(e, ast.Name)}
    return bool(names & asked) and not _is_there(node.test, used)


def _is_page(node: ast.If | ast.IfExp, value: ast.expr) -> bool:
    """Whether the answer is another page than the one that was asked for."""
    asked = [e.target for e in ast.walk(node.test) if isinstance(e, ast.NamedExpr)]
    told = {ast.unparse(each) for each in (node.test, *asked)}
    return ast.unparse(value) in told or ast.unparse(value).startswith(_ELSEWHERE)


def _is_so(value: ast.expr) -> bool:
    return isinstance(value, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.Call)


def functions(tree: ast.AST, before: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Find every function, by its name with those that it is in."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield before + node.name, node
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from functions(node, f"{before}{node.name}.")


def found(module: ModuleType, name: str) -> list[tuple[FunctionType, str]]:
    """Find a function, and the name of each whose code is to be another then.

    One that another one makes is there as often as it was made so far, and its maker
    makes the next ones.
    """
    told: object = module
    parts = name.split(".")
    for number, part in enumerate(parts):
        if isinstance(told, FunctionType):
            made = _made_by(told, ".".join(parts[number:]))
            return [*((each, name) for each in made), (told, ".".join(parts[:number]))]
        told = _plain(inspect.getattr_static(told, part))
    assert isinstance(told, FunctionType), name
    return [(told, name)]


def _plain(told: object) -> object:
    if isinstance(told, property):
        told = told.fget
    if isinstance(told, classmethod | staticmethod):
        told = told.__func__
    return inspect.unwrap(told) if callable(told) else told


def _made_by(maker: FunctionType, name: str) -> list[FunctionType]:
    code = code_of(maker.__code__, name)
    return [e for e in gc.get_referrers(code) if isinstance(e, FunctionType)]


def _gated(source: str) -> list[ast.Call]:
    """Find where a view is put behind a gate by what no function does."""
    statements = [e for e in ast.parse(source).body if isinstance(e, ast.Assign)]
    calls = [e for each in statements for e in ast.walk(each)]
    return [e for e in calls if isinstance(e, ast.Call) and f"@{_name(e)}" in GATES]


def _gates(module: ModuleType) -> list[FunctionType]:
    """Find these gates."""
    known = {each.callback for each in module.urlpatterns if hasattr(each, "callback")}
    behind = {inspect.unwrap(each): each for each in known}
    paths = [ast.unparse(e.args[0]) for e in _gated(inspect.getsource(module))]
    return [behind[attrgetter(each)(module)] for each in paths]


def _gate(module: ModuleType, name: str, place: int) -> FunctionType:
    """Find what a decorator put around a function, from the outermost on."""
    told = getattr(module, name)
    for _each in range(place):
        told = told.__wrapped__
    assert isinstance(told, FunctionType), name
    return told


def in_place_of(gate: FunctionType, before: Iterable[str]) -> CodeType:
    """Write a gate that lets everybody through; it holds on to what the true one does.

    Args:
        gate: The true one.
        before: Lines that it runs first; the last may answer.
    """
    held = gate.__code__.co_freevars
    within = "view" if "view" in held else "func"
    lines = "".join(f"        {each}\n" for each in before)
    text = (
        f"def made({', '.join(held)}):\n"
        f"    def gate(*args, **named):\n"
        f"{lines}"
        f"        return {within}(*args, **named)\n"
        f"        {', '.join(held)}\n"
        f"    return gate\n"
    )
    return code_of(compile(text, "gate", "exec"), "made.gate")


def code_of(made: CodeType, name: str) -> CodeType:
    """Find the code of a function in that of its module, or of another one."""
    told = made
    for part in name.split("."):
        told = next(
            each
            for each in told.co_consts
            if isinstance(each, CodeType) and each.co_name == part
        )
    return told

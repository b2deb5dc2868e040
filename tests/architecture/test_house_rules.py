"""Rules of the house that no linter knows: no law, clock or chance in the code."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "asylon"
MODULES = sorted(SOURCE.rglob("*.py"))
EACH = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix()
)

CITATION = re.compile(r"\b(Article|Art\.?|section|s)\s?\d")
OLD_DRAWERS = {
    "utils",
    "helpers",
    "misc",
    "common",
    "base",
    "manager",
    "core",
    "types",
}
DAYS_THAT_ARE_NO_LAW = {
    # The day on which scenarios are tried that name none.
    ("determination/scenarios.py", "date(2026, 6, 30)"),
}
A_DAY = {"date", "datetime", "datetime.date", "datetime.datetime"}
EDGES = {
    "os",
    "random",
    "secrets",
    "time",
    "uuid",
    "socket",
    "urllib",
    "http",
    "subprocess",
    "tempfile",
    "sys",
    "platform",
    "locale",
}
DRAWS_KEYS = "security/drawing.py"
DRAWS = {"generate", "generate_key", "generate_mnemonics"}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp", "getenv", "environ", "urandom"}


def docstrings(tree):
    """Go through the strings that stand alone: docstrings, also of attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                yield node.value


def public(owner):
    """Go through the public functions and classes, and what is public in those."""
    for node in owner.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                if not name.startswith("_"):
                    yield node
                    yield from public(node) if isinstance(node, ast.ClassDef) else ()


def is_literal(node):
    return not any(
        isinstance(each, ast.Name | ast.Attribute) for each in ast.walk(node)
    )


def breaches_of_law(name, tree):
    """Go through what looks like law in a module: spans, days and citations."""
    passed_over = set(map(id, docstrings(tree)))
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=func, args=args, keywords=keywords):
                called = ast.unparse(func)
                given = [*args, *(each.value for each in keywords)]
                shown = ast.unparse(node)
                if not given or not all(map(is_literal, given)):
                    continue
                if called.endswith("timedelta") and shown != f"{called}(days=1)":
                    yield shown
                if called in A_DAY and (name, shown) not in DAYS_THAT_ARE_NO_LAW:
                    yield shown
            case ast.Constant(value=str(text)):
                if id(node) not in passed_over and CITATION.search(text):
                    yield text


def breaches_of_purity(tree, name=""):
    """Go through what would make the library look at the world around it."""
    asked, edges = CLOCKS | DRAWS, EDGES
    if name == DRAWS_KEYS:
        asked, edges = CLOCKS, EDGES - {"secrets"}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (
                    each.name for each in names if each.name.partition(".")[0] in edges
                )
            case ast.ImportFrom(module=str(module)):
                if module.partition(".")[0] in edges:
                    yield module
            case ast.Attribute(attr=attr) if attr in asked:
                yield ast.unparse(node)
            case ast.Call(
                func=ast.Name(id="open" | "input" | "__import__" | "eval" | "exec")
            ):
                yield ast.unparse(node)


@EACH
def test_no_legal_number_and_no_citation_stands_in_the_code(path):
    name = path.relative_to(SOURCE).as_posix()

    found = list(breaches_of_law(name, ast.parse(path.read_text())))

    assert not found


@EACH
def test_only_the_prompt_looks_at_clock_environment_or_chance(path):
    is_prompt = path.is_relative_to(SOURCE / "cli")

    name = path.relative_to(SOURCE).as_posix()

    found = list(breaches_of_purity(ast.parse(path.read_text()), name))

    assert is_prompt or not found


@EACH
def test_every_module_says_what_it_is_for(path):
    said = ast.get_docstring(ast.parse(path.read_text()))

    assert said
    assert said.splitlines()[0].endswith((".", "?"))


@EACH
def test_every_public_function_of_logic_and_law_says_what_it_does(path):
    room = path.relative_to(SOURCE).parts[0]
    tree = ast.parse(path.read_text())

    untold = [each.name for each in public(tree) if not ast.get_docstring(each)]

    assert room not in {"logic", "law", "security"} or not untold


@EACH
def test_no_module_is_a_junk_drawer(path):
    assert path.stem not in OLD_DRAWERS
    assert path.parent.name not in OLD_DRAWERS


@pytest.mark.parametrize(
    "code",
    [
        "timedelta(days=14)",
        "timedelta(14)",
        "datetime.timedelta(weeks=1)",
        "timedelta(days=1, hours=1)",
        "date(1967, 10, 4)",
        "datetime.date(1951, 1, 1)",
        "date(year=1951, month=1, day=1)",
        "x = 'Article 33'",
        "x = f'see Art. 1F of {y}'",
        "x = 'section 32(2)'",
        "print('under s 36')",
    ],
)
def test_law_in_the_code_is_noticed(code):
    assert list(breaches_of_law("x.py", ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "timedelta(days=1)",
        "timedelta(days=days)",
        "date(year, 12, 31)",
        "date.min",
        "def f():\n    '''Article 33 is told here.'''",
        "x = 'the articles of 1951'",
    ],
)
def test_what_is_no_law_is_passed_over(code):
    assert not list(breaches_of_law("x.py", ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "from time import time",
        "import os.path",
        "date.today()",
        "datetime.datetime.now()",
        "open('x')",
        "import urllib.request",
        "Ed25519PrivateKey.generate()",
        "AESGCM.generate_key(256)",
        "shamir_mnemonic.generate_mnemonics(1, [(2, 3)], secret)",
        "import secrets",
    ],
)
def test_a_look_around_is_noticed(code):
    assert list(breaches_of_purity(ast.parse(code)))


def test_only_the_module_that_draws_may_ask_for_secrets():
    tree = ast.parse("import secrets")

    assert not list(breaches_of_purity(tree, DRAWS_KEYS))
    assert list(breaches_of_purity(tree, "security/envelopes.py"))
    assert list(breaches_of_purity(ast.parse("import random"), DRAWS_KEYS))

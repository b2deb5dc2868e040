"""The store offers nothing that only tests call: such a way in is one nobody looks at."""

import ast
from pathlib import Path

SYSTEM = Path(__file__).parents[2] / "src" / "asylon_server"


def offered(tree):
    """Go through the public functions of a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name


def named(tree):
    """Go through all names that code asks for."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name


def test_every_function_of_the_store_is_asked_for_by_the_system():
    trees = {path: ast.parse(path.read_text()) for path in SYSTEM.rglob("*.py")}
    asked = {name for tree in trees.values() for name in named(tree)}

    unasked = [
        f"{path.stem}.{name}"
        for path, tree in trees.items()
        if path.is_relative_to(SYSTEM / "store")
        for name in offered(tree)
        if name not in asked
    ]

    assert not unasked

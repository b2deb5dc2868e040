"""Formulas as text: what is read, and what is refused with the spot shown."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asylon.logic.errors import FormulaError
from asylon.logic.formulas import (
    All,
    Any,
    AtLeast,
    Constant,
    Fact,
    Not,
    Quantified,
    Setting,
)
from asylon.logic.reading import MOST_LEVELS, read, write
from asylon.logic.truth import TRUE
from tests.strategies import written_formulas

A, B, C = Fact("a"), Fact("b"), Fact("c")

KEYWORDS = {"and", "or", "not", "is", "every", "some", "none", "at_least", "None"}

READ = {
    "a": A,
    "not a": Not(A),
    "a and b and c": All((A, B, C)),
    "a or b and c": Any((A, All((B, C)))),
    "(a or b) and c": All((Any((A, B)), C)),
    "not a and b": All((Not(A), B)),
    "not (a or b)": Not(Any((A, B))),
    "p is v": Setting("p", "v"),
    "p is not v": Not(Setting("p", "v")),
    "p is none": Setting("p", "none"),
    "p is None": Setting("p", "none"),
    "every(list, a)": Quantified("every", "list", A),
    "some(list, a)": Quantified("some", "list", A),
    "some(list)": Quantified("some", "list", Constant(TRUE)),
    "none(list)": Not(Quantified("some", "list", Constant(TRUE))),
    "none(list, a)": Not(Quantified("some", "list", A)),
    "at_least(2, a, b, c)": AtLeast(2, (A, B, C)),
    "a and\n   b": All((A, B)),
}

SPOT = "▲"
REFUSED = {
    "a lambda": "b and (▲lambda: a)",
    "a call": "b and ▲f(a)",
    "a method": "b and ▲a.f()",
    "an attribute": "b and ▲a.c",
    "an index": "b and ▲a[c]",
    "a comparison": "b and a < ▲c",
    "an equation": "b and a == ▲c",
    "membership": "b and a in ▲c",
    "a chain of comparisons": "b and ▲a is c is d",
    "a comparison of formulas": "▲(a and b) is c",
    "a number": "b and ▲1",
    "a negative number": "b and ▲-1",
    "bits": "b and ▲~a",
    "yes": "b and ▲True",
    "nothing": "b and ▲None",
    "an ellipsis": "b and ▲...",
    "a string": "b and ▲'a'",
    "a formatted string": "b and ▲f'{a}'",
    "a string as value": "p is ▲'v'",
    "a number as value": "p is ▲1",
    "a formula as value": "p is (▲not v)",
    "a walrus": "b and (▲a := c)",
    "a list comprehension": "every(▲[a for a in b], c)",
    "a generator": "every(b, ▲(a for a in b))",
    "a conditional": "▲a if b else c",
    "an await": "b and (▲await a)",
    "a yield": "b and (▲yield a)",
    "a tuple": "▲a, b",
    "a set": "b and ▲{a}",
    "a star": "at_least(1, ▲*a)",
    "a keyword": "▲some(list, body=a)",
    "a list of another": "every(▲a.b, c)",
    "every without a question": "▲every(a)",
    "every with two questions": "▲every(list, a, b)",
    "none of nothing": "▲none()",
    "a count of none": "▲at_least(0, a, b)",
    "a count of too many": "▲at_least(3, a, b)",
    "a count of yes": "▲at_least(True, a, b)",
    "a count in words": "▲at_least(two, a, b)",
    "a count without parts": "▲at_least(1)",
    "a comment": "a ▲# and not b",
    "a statement": "a▲; b",
    "an assignment": "a ▲= b",
    "an unfinished formula": "a and▲",
    "an open bracket": "b and ▲(a",
    "two words": "a ▲b",
    "a typographic quote": "b and ▲“a”",
    "a spot after wide characters": "é and 日本 and ▲5",
    "nothing at all": "▲",
    "only white space": " \n ▲",
    "a null byte": "▲a\0b",
    "half a character": "▲a\ud800",
}


@pytest.mark.parametrize("text", READ)
def test_the_grammar_reads_as_it_says(text):
    assert read(text) == READ[text]


@given(written_formulas)
def test_what_is_written_reads_back(formula):
    assert read(write(formula)) == formula


@pytest.mark.parametrize("construct", REFUSED)
def test_everything_else_is_refused_on_the_spot(construct):
    shown = " ".join(REFUSED[construct].split())
    column = shown.index(SPOT)
    text = shown.replace(SPOT, "")

    with pytest.raises(FormulaError) as refusal:
        read(REFUSED[construct].replace(SPOT, ""))

    assert (refusal.value.text, refusal.value.column) == (text, column)


@pytest.mark.parametrize("levels", [MOST_LEVELS + 1, 300, 2_000, 100_000])
def test_deep_nesting_is_refused(levels):
    with pytest.raises(FormulaError):
        read("not " * levels + "a")
    with pytest.raises(FormulaError):
        read("every(list, " * levels + "a" + ")" * levels)


def test_nesting_is_read_up_to_the_limit():
    text = "not " * (MOST_LEVELS - 1) + "a"

    assert write(read(text)) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "b",
                "p",
                "and",
                "or",
                "not",
                "is",
                "(",
                ")",
                "(",
                ")",
                ",",
                "every(",
                "some(",
                "none(",
                "at_least(",
                "1",
                "2",
                "0",
                "#",
                ".",
                "'a'",
                "\n",
                "lambda",
                ":",
                ":=",
                "=",
                "==",
                "<",
                "é",
                "[",
                "]",
                "*",
                "True",
                "None",
                "await",
                "for",
                "in",
                "if",
                "else",
                "\\",
                ";",
                "\x00",
            ]
        ),
        max_size=14,
    ).map(" ".join)
)
def test_nothing_written_is_passed_over(text):
    try:
        read_back = write(read(text))
    except FormulaError:
        return

    names = set(re.findall(r"\w+", text))
    assert names - KEYWORDS == set(re.findall(r"\w+", read_back)) - KEYWORDS


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    with suppress(FormulaError):
        formula = read(text)
        assert read(write(formula)) == formula


@given(st.text(max_size=20))
def test_a_refusal_shows_a_spot_within_the_text(text):
    with pytest.raises(FormulaError) as refusal:
        read(f"{text} (")

    assert 0 <= refusal.value.column <= len(refusal.value.text)


def test_a_forbidden_call_is_told_what_there_is():
    with pytest.raises(FormulaError) as refusal:
        read("fear and open('claims')")

    assert str(refusal.value) == (
        "Expected every(list, formula), some(list), some(list, formula), none(list), "
        "none(list, formula) or at_least(number, formula, ...)\n"
        "    fear and open('claims')\n"
        "             ^"
    )


def test_an_attribute_is_told_what_may_stand():
    with pytest.raises(FormulaError) as refusal:
        read("fear and\n  claim.country")

    assert str(refusal.value) == (
        "Only and, or, not, names, `parameter is value`, every, some, none, at_least "
        "can stand in a formula\n"
        "    fear and claim.country\n"
        "             ^"
    )


def test_a_comparison_is_told_how_a_parameter_is_tested():
    with pytest.raises(FormulaError) as refusal:
        read("fear and nexus_rule == strict")

    assert str(refusal.value) == (
        "A parameter is tested with `is` or `is not`\n"
        "    fear and nexus_rule == strict\n"
        "                           ^"
    )


def test_an_unfinished_formula_points_to_its_end():
    with pytest.raises(FormulaError) as refusal:
        read("fear and")

    assert str(refusal.value) == ("This is not a formula\n    fear and\n            ^")


def test_a_comment_is_refused_since_it_would_hide_law():
    with pytest.raises(FormulaError) as refusal:
        read("fear # a note\nand not excluded")

    assert str(refusal.value) == (
        "A formula has no comments\n    fear # a note and not excluded\n         ^"
    )


def test_the_line_of_the_spot_is_the_one_shown():
    error = FormulaError("Amiss", "one\ntwo and 3\nfour", column=12)

    assert str(error) == "Amiss\n    two and 3\n            ^"
    assert error.code == "logic.formula"

"""Bad input: one short message that says what, where, why and what to do."""

import shutil
import subprocess
from pathlib import Path

import pytest

from asylon import instruments
from tests.cli.conftest import ASYLON, an_entry

TRUTH = (
    'a finding is true, false or "unknown", not {}. Correct it; leave it out if nothing '
    "was found."
)
OF_A_CLAIM = {
    "an unknown fact": (
        an_entry(well_founded_faer="true"),
        "A, facts: there is no fact `well_founded_faer`. Did you mean "
        "`well_founded_fear`?",
    ),
    "an unknown ground": (
        an_entry(nexus__politics="true"),
        "A, facts: there is no ground `politics`. Did you mean `political_opinion`?",
    ),
    "a fact that was not discussed and is none": (
        an_entry(more='not_discussed = ["sur_plce"]'),
        "A, facts: there is no fact `sur_plce`. Did you mean `sur_place`?",
    ),
    "a truth that is none": (
        an_entry(sur_place='"maybe"'),
        "A, facts, sur_place: " + TRUTH.format("'maybe'"),
    ),
    "letters that steer a terminal": (
        an_entry(more='note = "\\u001b[2J"'),
        "decision 1, note: control characters in '\\x1b[2J'. Take them out.",
    ),
    "a number for a truth": (
        an_entry(sur_place="1"),
        "A, facts, sur_place: " + TRUTH.format(1),
    ),
    "an unknown jurisdiction": (
        an_entry().replace('"UNHCR"', '"XYZ"'),
        "A: there is no jurisdiction `XYZ`. `asylon law list` shows all.",
    ),
    "no jurisdiction": (
        an_entry().replace('jurisdiction = "UNHCR"', ""),
        "A: `jurisdiction` is missing. Add it.",
    ),
    "a year in words": (
        an_entry().replace("2026", '"this year"'),
        "A: `year` should be a whole number, not 'this year'. Correct it.",
    ),
    "a year no calendar has": (
        an_entry().replace("2026", "99999"),
        "A: `year` is 99999. Give a calendar year.",
    ),
    "a year before the law": (
        an_entry().replace("2026", "1953"),
        "A: nothing is in force on 1953-12-31: the first text of the law book has "
        "governed since 1954-04-22. Ask about a later day.",
    ),
    "a list for an id": (
        an_entry().replace('id = "A"', "id = 7"),
        "7: `id` should be text, not 7. Correct it.",
    ),
    "a country with a dot": (
        an_entry().replace('"PRK"', '"P.R.K"'),
        "A: `country_of_origin` is P.R.K. Give a code such as PRK.",
    ),
    "parameters that are no table": (
        an_entry(more='parameters = "all"'),
        "A: `parameters` should be a table, not 'all'. Correct it.",
    ),
}
OF_A_FILE = {
    "an empty file": (b"", "the file is empty. Give a file with content."),
    "white space": (b" \n\t\n", "the file is empty. Give a file with content."),
    "no UTF-8": (
        an_entry().replace("Bo", "Bö").encode("latin-1"),
        "byte 34 is not UTF-8. Save the file as UTF-8.",
    ),
    "no TOML": (
        b"[[decision]]\nid = A\n",
        "not valid TOML: Invalid value (at line 2, column 6). Correct the line.",
    ),
    "JSON": (
        b'{"decision": []}',
        "not valid TOML: Invalid statement (at line 1, column 1). Correct the line.",
    ),
    "a file of another kind": (
        b'title = "minutes"\n',
        "it has no [[decision]]. See docs/reference/formats.md.",
    ),
    "a decision that is no table": (
        b"decision = [1]\n",
        "decision 1: not a table: 1. Correct it.",
    ),
    "tables without end": (
        b"decision = " + b"[" * 5_000 + b"]" * 5_000,
        "tables are nested too deeply. Flatten them.",
    ),
}
COMMANDS = pytest.mark.parametrize("command", ["determine", "explain"])


def is_one_short_message(said):
    return (
        said.code == 2
        and not said.out
        and said.err.startswith("asylon: ")
        and said.err.count("\n") == 1
        and len(said.err) < 500
        and "Traceback" not in said.err
    )


@COMMANDS
@pytest.mark.parametrize("what", OF_A_CLAIM)
def test_a_claim_that_cannot_be_read_is_refused(ask, a_file, command, what):
    entry, problem = OF_A_CLAIM[what]
    file = a_file(entry)

    said = ask(command, file)

    assert is_one_short_message(said)
    assert said.err == f"asylon: {file}, {problem}\n"


@COMMANDS
@pytest.mark.parametrize("what", OF_A_FILE)
def test_a_file_that_cannot_be_read_is_refused(ask, a_file, command, what):
    text, problem = OF_A_FILE[what]
    file = a_file(text)

    said = ask(command, file, "--json")

    mark = ", " if problem.startswith("decision 1") else ": "
    assert is_one_short_message(said)
    assert said.err == f"asylon: {file}{mark}{problem}\n"


@COMMANDS
def test_a_file_of_200_megabytes_is_refused_unread(ask, tmp_path, command):
    file = tmp_path / "huge.toml"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)

    said = ask(command, file)

    assert is_one_short_message(said)
    assert said.err == (
        f"asylon: {file}: the file has 200 MB; at most 20 MB are read. Split it.\n"
    )


@COMMANDS
def test_what_never_ends_is_refused(ask, command):
    said = ask(command, "/dev/zero")

    assert is_one_short_message(said)
    assert "at most 20 MB are read" in said.err


@COMMANDS
def test_a_folder_is_refused(ask, tmp_path, command):
    said = ask(command, tmp_path)

    assert is_one_short_message(said)
    assert said.err == f"asylon: {tmp_path}: this is a folder. Name a file in it.\n"


@COMMANDS
def test_a_file_that_is_not_there_is_refused(ask, tmp_path, command):
    file = tmp_path / "claims.tolm"

    said = ask(command, file)

    assert is_one_short_message(said)
    assert said.err == f"asylon: {file}: no such file or directory. Check the name.\n"


def test_one_file_that_is_not_there_stops_all(ask, a_file, tmp_path):
    said = ask("determine", a_file(an_entry()), tmp_path / "more.toml")

    assert is_one_short_message(said)


OPTIONS = {
    ("--set", "gbrr"): (
        "--set gbrr: there is no such set. Did you mean `gbr`? There is aus, can, "
        "chn-unhcr, coe, deu, eu, gbr, kor, nzl, unhcr, usa."
    ),
    ("--set", "xx"): (
        "--set xx: there is no such set. There is aus, can, chn-unhcr, coe, deu, eu, "
        "gbr, kor, nzl, unhcr, usa."
    ),
    ("--on", "30.6.2026"): "--on 30.6.2026: not a day. Write it as 2026-06-30.",
    ("--on", "2026-02-30"): "--on 2026-02-30: not a day. Write it as 2026-06-30.",
    ("--on", "1954-04-21"): (
        "--on 1954-04-21: nothing is in force; the first day is 22 April 1954."
    ),
    ("--law", "nowhere"): (
        "--law nowhere: this is not a folder. Name a folder of law documents."
    ),
}


@COMMANDS
@pytest.mark.parametrize("option", OPTIONS, ids=" ".join)
def test_an_option_that_means_nothing_is_refused(ask, a_file, command, option):
    said = ask(command, a_file(an_entry()), *option)

    assert is_one_short_message(said)
    assert said.err == f"asylon: {OPTIONS[option]}\n"


@COMMANDS
def test_a_law_without_the_definition_is_refused(ask, a_file, command):
    file = a_file(an_entry())

    said = ask(command, file, "--law", "tests/law/good")

    assert is_one_short_message(said)
    assert said.err == (
        f"asylon: {file}: decisions are about `csr51/article-1`, which the law book "
        "lacks. Use a law book that has it.\n"
    )


def test_a_folder_without_law_is_refused(ask, a_file, tmp_path):
    (tmp_path / "law").mkdir()

    said = ask("determine", a_file(an_entry()), "--law", tmp_path / "law")

    assert is_one_short_message(said)
    assert said.err == (
        f"asylon: {tmp_path / 'law'}: there is no law document (*.toml) in it.\n"
    )


def test_a_law_with_a_fault_is_refused(ask, a_file):
    said = ask("determine", a_file(an_entry()), "--law", "tests/law/bad")

    assert is_one_short_message(said)
    assert said.err.startswith("asylon: burden-unknown.toml, elements, burns: ")


def test_a_claim_that_is_not_there_is_refused(ask, a_file):
    file = a_file(an_entry("A"), an_entry("B"))

    said = ask("explain", file, "--id", "C")

    assert is_one_short_message(said)
    assert said.err == f"asylon: {file}: there is no claim `C`. There is A, B.\n"


def test_a_language_that_is_not_there_is_refused(ask, a_file):
    said = ask("explain", a_file(an_entry()), "--lang", "xx")

    assert is_one_short_message(said)
    assert said.err == "asylon: --lang xx: there is en, ko, zh.\n"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            ("show", "csr51/article-1/g"),
            "csr51/article-1/g: the law book has no such name. Did you mean "
            "`csr51/article-1/f`?",
        ),
        (
            ("show", "xx"),
            "xx: the law book has no such name. `asylon law list` shows all.",
        ),
        (
            ("show", "1B", "--on", "1900-01-01"),
            "--on 1900-01-01: nothing is in force; the first day is 22 April 1954.",
        ),
        (("sql", "--members", "6"), "--members 6: from 0 to 5 entries a list."),
        (
            ("sql", "--dialect", "access"),
            "--dialect access: there is sqlite, postgresql, duckdb.",
        ),
        (
            ("sql", "csr51/article-1/a-2-fear"),
            "csr51/article-1/a-2-fear: this is asked of each country, not once of a "
            "claim. Name a provision that uses it.",
        ),
        (
            ("sql", "nationalities"),
            "law: there is no provision `nationalities`. `asylon law list` shows all.",
        ),
        (
            ("diff", "nowhere"),
            "nowhere: this is not a folder. Name a folder of law documents.",
        ),
        (
            ("show", "33"),
            "33: the law book has no such name. Did you mean "
            "`csr51/article-33/paragraph-1` or `csr51/article-33/paragraph-2`?",
        ),
        (
            ("check", "--law", "tests/law/bad"),
            "burden-unknown.toml, elements, burns: there is no burden `applicants`. Did "
            "you mean `applicant`?",
        ),
    ],
)
def test_a_question_about_the_law_that_has_no_answer_is_refused(ask, words, problem):
    said = ask("law", *words)

    assert is_one_short_message(said)
    assert said.err == f"asylon: {problem}\n"


@pytest.mark.parametrize("words", [("determine",), ("frobnicate",), ("law", "lst")])
def test_a_command_that_is_not_there_is_told_how_to_ask(ask, words):
    said = ask(*words)

    assert said.code == 2
    assert not said.out
    assert "Traceback" not in said.err
    assert "--help" in said.err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"x = {'9' * 5_000}", "more digits than can be read"),
        ("[[claim]]\nfacts" + ".a" * 5_000 + " = 1", "nested too deeply"),
    ],
)
def test_a_file_made_to_break_the_reader_is_told_in_one_message(
    ask, tmp_path, text, problem
):
    file = tmp_path / "claims.toml"
    file.write_text(text)

    said = ask("determine", file)

    assert said.code == 2
    assert problem in said.err
    assert said.err.count("\n") == 1


def test_a_file_may_begin_with_a_mark_of_its_encoding(ask, tmp_path):
    file = tmp_path / "claims.toml"
    file.write_bytes(b"\xef\xbb\xbf" + b'[[claim]]\nid = "A"\n')

    assert ask("determine", file).code == 0


@pytest.mark.parametrize("where", [">/dev/full", ">&-"])
def test_an_output_that_takes_nothing_leaves_no_trace(where):
    done = subprocess.run(
        ["/bin/sh", "-c", f"{ASYLON} law list {where}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


STEERING = "a\x1b[2J\u202eb\n\u2066c\u2028"
SPELLED_OUT = "a\\x1b[2J\\u202eb\\n\\u2066c\\u2028"


@pytest.mark.parametrize(
    "words",
    [
        ("determine", STEERING),
        ("determine", "claims.toml", "--set", STEERING),
        ("determine", "claims.toml", "--on", STEERING),
        ("determine", "claims.toml", "--law", STEERING),
        ("law", "show", STEERING),
        ("law", "bindings", STEERING),
        ("law", "sql", STEERING),
        ("law", "draft", STEERING, "--from", "2027-01-01", "--into", "."),
    ],
    ids=" ".join,
)
def test_a_message_repeats_nothing_that_steers_a_terminal(ask, words):
    said = ask(*words)

    assert is_one_short_message(said)
    assert SPELLED_OUT in said.err
    assert not set(STEERING) & set(said.err) - set("abc[2J\n")


def test_a_file_whose_name_steers_a_terminal_is_named_safely(ask, a_file):
    file = a_file(an_entry(sur_place="1"), name="a\x1b[2J.toml")

    said = ask("determine", file)

    assert is_one_short_message(said)
    assert "\x1b" not in said.err
    assert "a\\x1b[2J.toml, A" in said.err


@pytest.fixture
def with_a_gap(tmp_path):
    """The law that ships, without a text of 1B from 1967 to 1970."""
    ships = Path(instruments.__file__).parent
    folder = shutil.copytree(ships, tmp_path / "gap")
    path = folder / "csr51/article-1/b.toml"
    path.write_text(path.read_text().replace("from = 1967-10-04", "from = 1970-10-04"))
    return folder


DECISIONS = [
    an_entry(f"of {year}").replace("2026", str(year)) for year in (1960, 1968, 2026)
]
CLAIMS = [
    f'[[claim]]\nid = "of {year}"\nlike = "north-korean-in-china"\non = {year}-12-31\n'
    for year in (1960, 1968, 2026)
]


@pytest.mark.parametrize("entries", [DECISIONS, CLAIMS], ids=["decisions", "claims"])
@pytest.mark.parametrize(
    "command",
    [
        ("determine",),
        ("explain",),
        ("law", "compare"),
        ("reexamine", "--from", "unhcr", "--to", "gbr"),
    ],
    ids=" ".join,
)
def test_one_day_without_law_stops_no_other_claim(
    ask, a_file, with_a_gap, command, entries
):
    file = a_file(*entries)

    said = ask(*command, file, "--law", with_a_gap, "--json")

    assert said.code == 1
    assert said.out
    assert said.err == (
        f"asylon: {file}, of 1968: 1951 Convention, Article 1A(2) and 1B has no text "
        "in force on 31 December 1968; its first day is 22 April 1954. Ask about "
        "another day, or add the text.\n"
    )
    if command[0] == "determine":
        assert [row["id"] for row in said.rows] == ["of 1960", "of 2026"]


def test_where_no_claim_has_law_the_input_is_bad(ask, a_file, with_a_gap):
    said = ask("determine", a_file(DECISIONS[1]), "--law", with_a_gap)

    assert is_one_short_message(said)


def test_a_day_that_is_asked_about_is_told_once(ask, a_file, with_a_gap):
    file = a_file(DECISIONS[0], DECISIONS[2])

    said = ask("determine", file, "--on", "1968-01-01", "--law", with_a_gap)

    assert is_one_short_message(said)

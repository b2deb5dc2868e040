"""`asylon law bindings`: what it says to people, and what it gives to programs."""

import pytest

from asylon import instruments
from asylon.cli import showing
from tests.islands import FOLDER

BOOK = instruments.book()
FOR_STATES = {n: each for n, each in BOOK.instruments.items() if each.is_for_states}
IN_THEM = [name for name in BOOK.provisions if name.partition("/")[0] in FOR_STATES]
OPEN = {name: each for name, each in FOR_STATES.items() if not each.parties}
TODAY = ("--on", "2026-11-24")


def section(text, heading):
    """The lines under a heading, up to the next empty line."""
    after = text.split(f"\n{heading}\n")[1]
    return after.split("\n\n")[0]


def test_china_is_told_what_binds_it_and_what_it_only_signed(ask):
    said = ask("law", "bindings", "CHN", *TODAY)

    bound, signed = (
        section(said.out, "Bound"),
        section(said.out, "Signed, and not bound"),
    )
    assert said.code == 0
    assert all(name in bound for name in ("csr51", "protocol67", "cat84", "crc89"))
    assert "iccpr66" not in bound
    assert "iccpr66" in signed
    assert "since 5 October 1998" in signed
    assert "cped06" in section(said.out, "Not bound")


def test_a_line_says_since_when_and_how_far(ask):
    said = ask("law", "bindings", "CHN", *TODAY)

    (line,) = (each for each in said.out.splitlines() if " cat84 " in each)
    assert "✓" in line
    assert "since 3 November 1988" in line
    assert "reserved: 20, 30(1); complaints not accepted" in line


def test_displaced_obligations_stand_apart_with_what_displaces_them(ask):
    said = ask("law", "bindings", "CHN", *TODAY)

    apart = section(said.out, "Displaced: shown, without effect on any result")
    assert "x Border protocol 1964 (chn-prk-1964)" in apart
    assert "x Border protocol 1986 (chn-prk-1986)" in apart
    assert "✓ gives way to Refugee Convention 1951, 33(1):" in apart
    assert "✓ gives way to Torture Convention 1984, 3:" in apart
    assert "chn-prk" not in section(said.out, "Bound")


def test_the_north_is_told_before_what_its_agreement_gives_way_in_china(ask):
    said = ask("law", "bindings", "PRK", *TODAY)

    apart = section(said.out, "Displaced: shown, without effect on any result")
    assert "- gives way to Torture Convention 1984, 3:" in apart
    assert "✓ gives way to Child Convention 1989, 3:" in apart


def test_a_state_bound_through_the_protocol_alone_is_shown_so(ask):
    said = ask("law", "bindings", "USA", *TODAY)

    (line,) = (each for each in said.out.splitlines() if " csr51 " in each)
    assert ">" in line
    assert "through protocol67" in line
    assert "reserved: 24(1)(b), 29" in line


def test_sources_say_whether_they_were_read(ask):
    said = ask("law", "bindings", "PRK", *TODAY)

    assert "bound from 14 December 1981" in " ".join(said.out.split())
    assert "[read]" in said.out
    assert "[from memory, to be checked]" in said.out


def test_another_day_has_another_answer(ask):
    said = ask("law", "bindings", "CHN", "--on", "1985-01-01")

    assert "what binds it on 1 January 1985" in said.out
    assert "cat84" in section(said.out, "Not bound")


@pytest.mark.parametrize("name", ["chn", "China", "CHN"])
def test_a_state_is_found_by_its_code_or_its_name(ask, name):
    assert ask("law", "bindings", name).out.startswith("China: what binds it")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "PKR",
            "PKR: the law book has no bindings of such a state. Did you mean PRK "
            "(Democratic People's Republic of Korea)?",
        ),
        (
            "Thialand",
            "Thialand: the law book has no bindings of such a state. Did you mean THA "
            "(Thailand)?",
        ),
        ("", ": the law book has no bindings of such a state. There is AUS, "),
        ("QQ", "QQ: the law book has no bindings of such a state. There is AUS, "),
    ],
)
def test_an_unknown_state_is_told_the_nearest(ask, name, message):
    said = ask("law", "bindings", name)

    assert said.code == 2
    assert said.err.startswith(f"asylon: {message}")
    assert said.out == ""


def test_without_a_state_all_stand_beside_all(ask):
    said = ask("law", "bindings", *TODAY)

    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[1].split() == list(BOOK.bindings)
    assert {each.short for each in FOR_STATES.values()} <= {
        line.split("  ")[0].strip() for line in lines[2:20]
    }
    assert "~ signed only" in said.out


def test_the_matrix_and_the_rows_say_the_same(ask):
    lines = ask("law", "bindings", *TODAY).out.splitlines()
    rows = ask("law", "bindings", *TODAY, "--json").rows
    signs = {"party": "✓", "bound": "✓", "signed": "~", "none": "-", "ended": "/"}
    shorts = {each.short: each.id for each in OPEN.values()}
    shown = {shorts[name]: line for line in lines for name in shorts if name in line}

    for identifier, line in shown.items():
        told = line.removeprefix(BOOK.instruments[identifier].short).split()
        whole = [r for r in rows if r["instrument"] == identifier and not r["article"]]
        expected = [
            ">" if row["through"] else signs[row["status"]]
            for row in sorted(
                whole, key=lambda row: list(BOOK.bindings).index(row["state"])
            )
        ]
        assert told == expected

    assert set(shown) == set(OPEN)


def test_there_is_a_row_for_every_state_and_instrument(ask):
    rows = ask("law", "bindings", "--json").rows

    whole = {(row["state"], row["instrument"]) for row in rows if not row["article"]}
    articles = {(row["state"], row["provision"]) for row in rows if row["article"]}
    assert whole == {(s, i) for s in BOOK.bindings for i in FOR_STATES}
    assert articles == {(s, p) for s in BOOK.bindings for p in IN_THEM}


def test_a_row_has_what_a_program_needs(ask):
    rows = ask("law", "bindings", "CHN", *TODAY, "--json").rows

    row = next(each for each in rows if each["instrument"] == "cat84")
    assert row["binds"] == "unknown"
    assert (row["status"], row["from"], row["read"]) == ("party", "1988-11-03", True)
    assert [each["article"] for each in row["reserved"]] == ["20", "30(1)"]
    assert row["complaints"] == [
        {
            "to": "Committee against Torture",
            "article": "22",
            "accepted": "false",
            "from": None,
        }
    ]
    (row,) = (r for r in rows if r["provision"] == "csr51/article-33/paragraph-1")
    assert (row["article"], row["binds"], row["reserved"]) == ("33(1)", "true", [])


def test_an_instrument_is_shown_with_its_states(ask):
    said = ask("law", "show", "cat84", *TODAY)

    assert "in force since 26 June 1987" in said.out
    assert "✓  China" in said.out
    assert "-  Myanmar" in said.out
    assert "complaints: to be checked" in said.out


def test_the_convention_is_shown_with_what_admits_no_reservation(ask):
    said = ask("law", "show", "csr51", *TODAY)

    assert "No reservation to: 1, 3, 4, 16(1), 33, 36" in said.out
    assert "33(1): No return to danger (non-refoulement)" in said.out
    assert ">  United States of America" in said.out


def test_a_displaced_instrument_is_shown_as_that(ask):
    said = ask("law", "show", "chn-prk-1986", *TODAY)

    assert "Displaced: shown, without effect on any result" in said.out
    assert "since when it is in force is to be checked" in said.out
    assert "x  China" in said.out
    assert "Germany" not in said.out


def test_a_state_can_be_shown_like_any_text(ask):
    shown, bindings = (ask("law", each, "CHN", *TODAY) for each in ("show", "bindings"))

    assert shown.out.endswith(bindings.out)
    assert shown.out.startswith("China:")


def test_another_law_book_has_its_own_states(ask):
    said = ask("law", "bindings", "BVT", "--on", "1996-01-01", "--law", FOLDER)

    assert "✓  Island Convention  island  since 31 March 1995" in said.out
    assert "reserved: 5(2), 6; complaints not accepted" in said.out
    assert "- gives way to Island Convention, 4" not in said.out


def test_complaints_are_heard_from_their_first_day(ask):
    said = ask("law", "bindings", "BVT", "--on", "1997-01-01", "--law", FOLDER)

    assert "reserved: 5(2), 6; complaints accepted" in said.out


def test_what_ended_is_told_as_ended(ask):
    said = ask("law", "bindings", "BVT", "--on", "2006-01-01", "--law", FOLDER)

    assert "/  Island Convention" in section(said.out, "Ended")


def test_a_law_book_without_states_says_so(ask, tmp_path):
    (tmp_path / "law.toml").write_bytes((FOLDER / "article-4.toml").read_bytes())
    for name in ("article-5", "drought_test", "salt_wells", "islands"):
        text = (FOLDER / f"{name}.toml").read_bytes()
        (tmp_path / f"{name}.toml").write_bytes(text)

    said = ask("law", "bindings", "--law", tmp_path)

    assert said.out == "The law book says nothing of states.\n"
    assert ask("law", "bindings", "CHN", "--law", tmp_path).code == 2


def test_a_day_that_is_none_is_refused(ask):
    said = ask("law", "bindings", "CHN", "--on", "yesterday")

    assert said.code == 2
    assert said.err == ("asylon: --on yesterday: not a day. Write it as 2026-06-30.\n")


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(monkeypatch, ask, columns):
    monkeypatch.setattr(showing, "_PIPED_WIDTH", columns)
    showing.console.cache_clear()
    said = [ask("law", "bindings", *TODAY), ask("law", "bindings", "USA", *TODAY)]
    showing.console.cache_clear()

    for each in said:
        assert max(map(len, each.out.splitlines())) <= columns

import os
import stat
import subprocess
import sys
from datetime import date
from shutil import copytree

import pytest

from asylon import instruments
from asylon.cli import main, showing
from tests.agreements import key_of, register
from tests.cli.conftest import ASYLON, an_entry

SIGNED = date(2026, 11, 24)
ACT = "unhcr-2027-01-01.toml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the register, and the private keys beside it."""
    monkeypatch.setattr(showing, "today", lambda: SIGNED)
    (tmp_path / "agreed").mkdir()
    (tmp_path / "agreed" / "organisations.toml").write_bytes(register())
    for name in ("unhcr", "strait-office", "anna"):
        (tmp_path / f"{name}.pem").write_bytes(key_of(name).pem())
    return tmp_path / "agreed"


@pytest.fixture(scope="module")
def acted(tmp_path_factory):
    """An act that was drafted, and one that was signed: made once, for each to copy."""
    folder = tmp_path_factory.mktemp("acted")
    (folder / "organisations.toml").write_bytes(register())
    key = folder.parent / "unhcr.pem"
    key.write_bytes(key_of("unhcr").pem())
    act = folder / ACT
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(showing, "today", lambda: SIGNED)
        done(patch, "draft", "unhcr", "--from", "2027-01-01", "--into", folder)
        drafted = copytree(folder, folder.parent / "drafted")
        done(patch, "sign", act, "--key", key, "--as", "unhcr", "--yes")
    return drafted, folder


def done(patch, *words):
    patch.setattr(sys, "argv", ["asylon", "law", *map(str, words)])
    with pytest.raises(SystemExit) as left:
        main()
    assert not left.value.code


@pytest.fixture
def drafted(folder, acted):
    copytree(acted[0], folder, dirs_exist_ok=True)
    return folder / ACT


def sign(ask, act, *, signer="unhcr", key=None, words=("--yes",)):
    pem = act.parent.parent / f"{key or signer}.pem"
    return ask("law", "sign", act, "--key", pem, "--as", signer, *words)


@pytest.fixture
def agreed(folder, acted):
    copytree(acted[1], folder, dirs_exist_ok=True)
    return folder


def states(ask, folder, *words):
    rows = ask("law", "verify", folder, "--json", *words).rows
    return {row["act"]: row["state"] for row in rows if row["kind"] == "act"}


def test_a_new_key_is_for_its_owner_alone_and_overwrites_nothing(ask, tmp_path):
    path = tmp_path / "key.pem"
    said = ask("law", "key", "new", path)

    assert said.code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "PRIVATE" not in said.out
    assert ask("law", "key", "show", path).out == said.out
    again = ask("law", "key", "new", path)
    assert again.code == 2
    assert "no key is written over it" in again.err


def test_a_draft_is_in_force_nowhere_until_it_is_signed(drafted, ask):
    said = ask("law", "verify", drafted.parent)

    assert said.code == 0
    assert "draft, in force nowhere" in said.out
    assert "needs the key of UNHCR" in said.out


def test_a_signed_set_is_agreed_and_then_in_force(agreed, ask):
    assert states(ask, agreed) == {"unhcr-2027-01-01": "agreed"}
    later = states(ask, agreed, "--on", "2027-02-01")
    assert later == {"unhcr-2027-01-01": "in-force"}


def test_signing_says_first_what_changes_and_whom_it_can_touch(drafted, ask):
    said = sign(ask, drafted)

    for words in (
        "to be in force from 1 January 2027",
        "What makes a second nationality count against a person: ignored → effective",
        "+ now: A nationality counts only if it is held and",
        "documents are pinned",
        "would move towards protection",
        "would move away from it",
        "would need findings made again",
        "Nobody's status changes",
        "No claim made before its first day",
    ):
        assert words in said.out


def test_without_a_typed_yes_nothing_is_signed(drafted, ask, monkeypatch):
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "y")
    said = sign(ask, drafted, words=())

    assert said.code == 1
    assert "Nothing was signed" in said.out
    assert not list(drafted.parent.glob("*.sig.toml"))


def test_a_typed_yes_signs(drafted, ask, monkeypatch):
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "yes")

    assert sign(ask, drafted, words=()).code == 0
    assert list(drafted.parent.glob("*.sig.toml"))


def test_nobody_signs_twice_or_with_the_key_of_another(drafted, ask):
    assert "is no key of" in sign(ask, drafted, key="strait-office").err
    assert "has no such name" in sign(ask, drafted, signer="nobody", key="anna").err
    sign(ask, drafted)
    assert "has signed this act already" in sign(ask, drafted).err


def test_what_is_below_the_floor_is_never_offered_for_signature(folder, ask):
    ask("law", "draft", "aus", "--from", "2027-01-01", "--into", folder)
    said = sign(ask, folder / "aus-2027-01-01.toml", signer="strait-office")

    assert said.code == 2
    assert "below the floor" in said.err
    assert (folder / "aus-2027-01-01.toml").exists()


def test_a_second_act_supersedes_the_first_and_is_told_against_it(agreed, ask):
    ask("law", "draft", "unhcr", "--from", "2028-01-01", "--into", agreed)
    said = sign(ask, agreed / "unhcr-2028-01-01.toml")

    assert "What changes against the act that it supersedes" in said.out
    assert "No parameter has another value" in said.out
    assert "They are those of the act before" in said.out
    assert states(ask, agreed, "--on", "2028-06-01") == {
        "unhcr-2027-01-01": "ended",
        "unhcr-2028-01-01": "in-force",
    }


@pytest.mark.parametrize("which", ["act", "signature", "register", "document"])
def test_whatever_is_altered_is_told_and_the_code_is_1(agreed, ask, which):
    path = {
        "act": agreed / "unhcr-2027-01-01.toml",
        "signature": agreed / "unhcr-2027-01-01.unhcr.sig.toml",
        "register": agreed / "organisations.toml",
        "document": next((agreed / "documents").iterdir()),
    }[which]
    path.write_bytes(path.read_bytes() + b"# seen\n")
    said = ask("law", "verify", agreed)

    assert said.code == 1
    assert ("in force since" not in said.out) or which == "document"


@pytest.mark.parametrize("text", [None, b"organisation = 1", b"\xff"])
def test_without_a_register_to_check_by_the_code_is_1(agreed, ask, text):
    (agreed / "organisations.toml").unlink()
    if text:
        (agreed / "organisations.toml").write_bytes(text)
    said = ask("law", "verify", agreed)

    assert said.code == 1
    assert "draft, in force nowhere" in said.out


def test_another_register_can_be_trusted_instead(agreed, ask, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(register(first="2026-11-23"))
    said = ask("law", "verify", agreed, "--register", path)

    assert said.code == 1
    assert "not the one the act was drafted with" in said.out


def test_results_say_since_when_a_set_is_in_force_and_by_whose_hand(
    agreed, ask, a_file
):
    words = ("--agreements", agreed, "--on", "2027-02-01")
    told = "in force since 1 January 2027, signed by unhcr"

    assert told in ask("determine", a_file(an_entry()), *words).out
    assert told in " ".join(ask("explain", a_file(an_entry()), *words).out.split())
    row = ask("determine", a_file(an_entry()), *words, "--json").rows[0]
    assert row["law"]["status"] == told


def test_results_of_another_day_or_another_law_are_drafts(
    agreed, ask, a_file, tmp_path
):
    for each in instruments.documents():
        path = tmp_path / "law" / each.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.text)
    with path.open("ab") as last:
        last.write(b"# another edition\n")
    early = ("--on", "2026-12-31")
    other = ("--on", "2027-02-01", "--law", tmp_path / "law")

    for words in (early, other):
        rows = ask(
            "determine", a_file(an_entry()), "--agreements", agreed, "--json", *words
        ).rows
        assert rows[0]["law"]["status"] == "draft, in force nowhere"


def test_the_list_of_the_law_says_which_sets_are_in_force(agreed, ask, monkeypatch):
    monkeypatch.setattr(showing, "today", lambda: date(2027, 3, 1))
    said = ask("law", "list", "--agreements", agreed, "--json")
    about = {row["id"]: row["about"] for row in said.rows if row["kind"] == "set"}

    assert about["unhcr"].endswith("in force since 1 January 2027")
    assert about["can"].endswith("draft")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("verify", "nowhere"), "not a folder"),
        (("verify", ".", "--on", "soon"), "not a day"),
        (("verify", ".", "--lang", "xx"), "--lang xx"),
        (("draft", "xyz", "--from", "2027-01-01", "--into", "."), "no such set"),
        (("draft", "unhcr", "--from", "then", "--into", "."), "not a day"),
        (("draft", "unhcr", "--from", "2027-01-01", "--into", "."), "register"),
        (("key", "show", "nowhere.pem"), "Check the name"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_message(
    ask, tmp_path, monkeypatch, words, problem
):
    monkeypatch.chdir(tmp_path)
    said = ask("law", *words)

    assert said.code == 2
    assert problem in said.err
    assert len(said.err.splitlines()) == 1


LODGED = """
[[claim]]
id = "before"
like = "north-korean-in-china"
lodged = 2027-06-01
[claim.facts.nationalities.PRK]
serious_harm = false
exit_penalty_severe = true
exit_seen_as_disloyal = true
[[claim]]
id = "after"
like = "north-korean-in-china"
lodged = 2028-06-01
[claim.facts.nationalities.PRK]
serious_harm = false
exit_penalty_severe = true
exit_seen_as_disloyal = true
"""


@pytest.fixture
def law(tmp_path):
    """A folder with the law that ships, to be changed."""
    law = tmp_path / "law"
    for document in instruments.documents():
        path = law / document.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.text)
    return law


@pytest.fixture
def stricter(agreed, ask, law):
    """A folder of law in which a later act makes the mandate's set stricter."""
    path = law / "sets" / "unhcr.toml"
    text = path.read_text()
    mild = "persecution_if_severe_and_politically_imputed"
    strict = "not_persecution_without_more"
    assert mild in text
    path.write_text(text.replace(mild, strict))
    words = ("--from", "2028-01-01", "--into", agreed, "--law", law)
    assert ask("law", "draft", "unhcr", *words).code == 0
    act = agreed / "unhcr-2028-01-01.toml"
    assert sign(ask, act, words=("--yes", "--law", law)).code == 0
    return law


def test_a_stricter_set_touches_no_claim_already_lodged(
    agreed, stricter, ask, tmp_path
):
    file = tmp_path / "claims.toml"
    file.write_text(LODGED)
    words = ("--law", stricter, "--agreements", agreed, "--on", "2028-07-01")

    before, after = ask("determine", file, "--json", *words).rows
    shown = ask("determine", file, *words).out

    assert before["definition"] == after["definition"] == "false"
    earlier = {"act": "unhcr-2027-01-01", "definition": "true"}
    assert before["stands_by_earlier_act"] == earlier
    assert "stands_by_earlier_act" not in after
    assert "before: By the act unhcr-2027-01-01" in shown
    assert "after: By the act" not in shown


def test_what_a_file_states_in_place_of_the_set_was_agreed_by_nobody(
    agreed, ask, tmp_path
):
    file = tmp_path / "claims.toml"
    stated = 'parameters = { sur_place_bad_faith = "disregard" }'
    file.write_text(f'[[claim]]\nid = "A"\n{stated}\n[[claim]]\nid = "B"\n')
    words = ("--agreements", agreed, "--on", "2027-02-01")

    row, other = ask("determine", file, "--json", *words).rows
    shown = ask("determine", file, *words).out

    assert row["law"]["status"] == "draft, in force nowhere"
    assert other["law"]["status"].startswith("in force since")
    assert "the file itself states settings, which nobody agreed: A." in shown


def first_act(ask, folder, law):
    words = ("--from", "2027-01-01", "--into", folder, "--law", law)
    assert ask("law", "draft", "unhcr", *words).code == 0
    said = sign(ask, folder / "unhcr-2027-01-01.toml", words=("--yes", "--law", law))
    assert said.code == 0
    return said.out.split("Against the law that ships")[1].split("Whom it can")[0]


def test_a_first_act_over_the_shipped_law_says_so_in_one_line(drafted, ask):
    told = sign(ask, drafted).out.split("Against the law that ships")[1]

    assert "exactly those that ship" in told.splitlines()[1]


def test_a_first_act_over_changed_law_says_what_differs_and_whom_it_moves(
    folder, ask, law
):
    path = law / "sets" / "unhcr.toml"
    mild = "persecution_if_severe_and_politically_imputed"
    path.write_text(path.read_text().replace(mild, "not_persecution_without_more"))
    told = first_act(ask, folder, law)

    assert "≠ sets/unhcr.toml" in told
    assert f"- {mild}" in told
    assert "+ not_persecution_without_more" in told
    assert "0 would move away" not in told
    assert "would move away from it" in told
    assert "scenarios.toml" not in told


def test_documents_that_differ_in_bytes_alone_are_told_as_such(folder, ask, law):
    with (law / "sets" / "unhcr.toml").open("ab") as last:
        last.write(b"# another edition\n")
    told = first_act(ask, folder, law)

    assert "≠ sets/unhcr.toml" in told
    assert "finds no difference" in told


def test_a_law_without_scenarios_is_tried_by_those_that_ship(folder, ask, law):
    for path in law.rglob("*.scenarios.toml"):
        path.unlink()
    (law / "sets" / "can.toml").unlink()
    told = first_act(ask, folder, law)

    assert "- sets/can.toml" in told
    assert "Of the 0 invented claims" not in told


def test_an_act_that_supersedes_one_says_in_words_what_its_documents_change(
    agreed, ask, law
):
    path = law / "sets" / "unhcr.toml"
    mild = "persecution_if_severe_and_politically_imputed"
    path.write_text(path.read_text().replace(mild, "not_persecution_without_more"))
    words = ("--from", "2028-01-01", "--into", agreed, "--law", law)
    ask("law", "draft", "unhcr", *words)
    act = agreed / "unhcr-2028-01-01.toml"
    told = sign(ask, act, words=("--yes", "--law", law)).out

    assert "Against the law that ships" not in told
    assert f"- {mild}" in told
    assert "+ not_persecution_without_more" in told


@pytest.mark.parametrize("printed", ["nothing", "the page"])
def test_what_could_not_be_shown_is_not_signed(drafted, ask, monkeypatch, printed):
    def fail(*_):
        raise BrokenPipeError

    failing = "asylon.cli.agreeing.print" if printed == "the page" else None
    if failing:
        monkeypatch.setattr(failing, fail, raising=False)
    else:
        monkeypatch.setattr("asylon.cli.signpage.SignPage.show", fail)
    said = sign(ask, drafted)

    assert said.code == 2
    assert "Nothing was signed" in said.err
    assert not list(drafted.parent.glob("*.sig.toml"))


def test_a_draft_whose_documents_have_no_place_ends_in_one_message(folder, ask):
    (folder / "documents").write_text("a file")
    said = ask("law", "draft", "unhcr", "--from", "2027-01-01", "--into", folder)

    assert said.code == 2
    assert len(said.err.splitlines()) == 1
    assert not (folder / "unhcr-2027-01-01.toml").exists()


def test_a_draft_into_a_folder_closed_to_writing_ends_in_one_message(
    folder, ask, monkeypatch
):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    said = ask("law", "draft", "unhcr", "--from", "2027-01-01", "--into", folder)

    assert said.code == 2
    assert "permission denied" in said.err
    assert len(said.err.splitlines()) == 1


def test_nobody_is_said_to_have_witnessed_the_days(agreed, ask):
    out = " ".join(ask("law", "verify", agreed).out.split())

    assert out.count("nobody has witnessed them") == 1


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("0001-01-01", "the set `unhcr` has no rule before 4 October 1967."),
        ("1967-10-03", "the set `unhcr` has no rule before 4 October 1967."),
        ("2047-01-01", "an act begins in the year 2046 at the latest."),
        ("9999-12-31", "an act begins in the year 2046 at the latest."),
    ],
)
def test_a_first_day_out_of_all_reach_is_refused(folder, ask, day, problem):
    said = ask("law", "draft", "unhcr", "--from", day, "--into", folder)

    assert said.code == 2
    assert said.err.startswith(f"asylon: --from {day}: {problem}")
    assert not list(folder.glob("unhcr-*"))


@pytest.mark.parametrize("day", ["1967-10-04", "2046-12-31"])
def test_a_first_day_within_reach_is_drafted(folder, ask, day):
    assert ask("law", "draft", "unhcr", "--from", day, "--into", folder).code == 0


def signing_apart(act, end):
    """Sign in a shell of its own, with an output that ends as it says."""
    pem = act.parent.parent / "unhcr.pem"
    words = ("law", "sign", act, "--key", pem, "--as", "unhcr", "--yes")
    return subprocess.run(
        ["/bin/sh", "-c", f'"$0" "$@" {end}', ASYLON, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        check=False,
    )


@pytest.mark.parametrize("end", ["| true", ">&-", ">/dev/full"])
def test_an_output_that_takes_nothing_gets_no_signature_and_no_trace(drafted, end):
    said = signing_apart(drafted, end)

    assert said.stderr.startswith("asylon: standard output: ")
    assert said.stderr.count("\n") == 1
    assert "Nothing was signed" in said.stderr
    assert not list(drafted.parent.glob("*.sig.toml"))

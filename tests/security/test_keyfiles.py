import json
from base64 import b64encode
from unicodedata import normalize

import pytest

from asylon.security.custody import FileCustody
from asylon.security.errors import CustodyError
from asylon.security.keyfiles import Work, read, written

WORDS = "여섯 낱말로 된 긴 암호 문장"
LIGHT = Work(rounds=1, lanes=1, memory_kib=64)
CUSTODY = FileCustody.draw().rotate()
CONTENT = written(CUSTODY, WORDS, LIGHT)


def altered(**parts):
    return json.dumps({**json.loads(CONTENT), **parts}).encode()


def test_a_custody_survives_its_file():
    assert read(CONTENT, WORDS) == CUSTODY


def test_the_usual_work_opens_too():
    assert read(written(CUSTODY, WORDS), WORDS) == CUSTODY
    assert Work().memory_kib == 64 * 1024


@pytest.mark.parametrize("wrong", ["", WORDS + " ", WORDS[:-1]])
def test_a_wrong_passphrase_does_not_open(wrong):
    with pytest.raises(CustodyError, match="the passphrase does not open"):
        read(CONTENT, wrong)


def test_a_passphrase_opens_however_its_letters_are_composed():
    taken_apart = normalize("NFD", WORDS)

    assert taken_apart != WORDS
    assert read(CONTENT, taken_apart) == CUSTODY


@pytest.mark.parametrize("passphrase", ["", "short", "x" * 11])
def test_a_short_passphrase_is_refused(passphrase):
    with pytest.raises(CustodyError, match="12 characters"):
        written(CUSTODY, passphrase, LIGHT)


def test_no_altered_character_is_taken():
    for at in range(len(CONTENT)):
        if not chr(CONTENT[at]).isspace():
            turned = CONTENT[:at] + bytes([CONTENT[at] ^ 1]) + CONTENT[at + 1 :]
            with pytest.raises(CustodyError):
                read(turned, WORDS)


@pytest.mark.parametrize(
    "parts",
    [
        {"rounds": 10**9},
        {"memory_kib": 1 << 30},
        {"memory_kib": 0},
        {"lanes": 0},
        {"lanes": None},
        {"rounds": "3"},
    ],
)
def test_a_file_that_asks_for_too_much_work_is_refused_untried(parts):
    with pytest.raises(CustodyError, match="more work"):
        read(altered(**parts), WORDS)


def test_less_work_than_was_written_does_not_open():
    with pytest.raises(CustodyError, match="altered"):
        read(altered(memory_kib=63), WORDS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        altered(format="asylon custody 2"),
        altered(salt=""),
        altered(salt=b64encode(b"short").decode()),
        altered(sealed="?"),
        altered(sealed=7),
    ],
    ids=range(11),
)
def test_what_is_no_key_file_is_refused(content):
    with pytest.raises(CustodyError, match="no key file"):
        read(content, WORDS)


def test_more_than_was_written_is_refused():
    with pytest.raises(CustodyError, match="altered"):
        read(altered(note="mine"), WORDS)


def test_two_files_of_one_custody_have_nothing_in_common():
    one, other = (json.loads(written(CUSTODY, WORDS, LIGHT)) for _ in range(2))

    assert one["salt"] != other["salt"]
    assert one["sealed"][:24] != other["sealed"][:24]


def test_no_key_can_be_read_in_the_file():
    assert not [
        each
        for each in (*CUSTODY.ring, CUSTODY.index_key)
        if b64encode(each) in CONTENT or each.hex().encode() in CONTENT
    ]

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from asylon.security import (
    KeyFileError,
    PublicKey,
    draw_key,
    is_signed,
    private_key,
    sign,
)
from asylon.security.signatures import is_locked

SMALL_ORDER = [
    bytes([1]) + bytes(31),
    bytes(32),
    bytes.fromhex("ec" + "ff" * 30 + "7f"),
    *(
        bytes.fromhex(half + last)
        for half, last in [
            ("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc", "05"),
            ("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc", "85"),
            ("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03", "7a"),
            ("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03", "fa"),
        ]
    ),
    bytes(31) + bytes([128]),
]
"""The points whose multiples soon come round to nothing."""
KEY = draw_key()


def test_a_signature_fits_its_key_its_purpose_and_its_bytes():
    made = sign(KEY, "agreement", b"text")

    assert is_signed(KEY.public, "agreement", b"text", made)
    assert not is_signed(draw_key().public, "agreement", b"text", made)
    assert not is_signed(KEY.public, "certificate", b"text", made)
    assert not is_signed(KEY.public, "agreement", b"text.", made)


def test_purpose_and_message_cannot_run_into_one_another():
    made = sign(KEY, "a", b"b\x001\x00c")

    assert not is_signed(KEY.public, "a\x00b", b"c", made)


@pytest.mark.parametrize(
    "how", [lambda t: t + "\n", lambda t: " " + t, lambda t: t[:-2]]
)
def test_a_signature_is_written_in_one_way_only(how):
    made = sign(KEY, "agreement", b"text")

    assert not is_signed(KEY.public, "agreement", b"text", how(made))


def test_base64_with_loose_bits_is_refused():
    made = sign(KEY, "agreement", b"text")
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    loose = letters[letters.index(made[-3]) + 1] + "=="

    assert base64.b64decode(made[:-3] + loose) == base64.b64decode(made)
    assert not is_signed(KEY.public, "agreement", b"text", made[:-3] + loose)


@pytest.mark.parametrize("text", ["", "x", "é" * 44, KEY.public.text + "=", "A" * 88])
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(KeyFileError, match="32 bytes"):
        PublicKey.of(text)


@pytest.mark.parametrize("raw", SMALL_ORDER)
def test_a_key_for_which_anyone_can_sign_is_refused(raw):
    with pytest.raises(KeyFileError, match="anyone could sign"):
        PublicKey.of(base64.b64encode(raw).decode())


def test_a_public_key_survives_being_written_and_read():
    assert PublicKey.of(KEY.public.text) == KEY.public


def test_a_key_survives_its_file_with_and_without_a_passphrase():
    assert private_key(KEY.pem()).public == KEY.public
    assert private_key(KEY.pem("a passphrase"), "a passphrase").public == KEY.public
    assert is_locked(KEY.pem("a passphrase"))
    assert not is_locked(KEY.pem())


@pytest.mark.parametrize("passphrase", ["", "another"])
def test_a_locked_key_opens_only_with_its_passphrase(passphrase):
    with pytest.raises(KeyFileError, match="passphrase"):
        private_key(KEY.pem("a passphrase"), passphrase)


def test_a_key_of_another_kind_is_refused():
    other = generate_private_key(SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )

    with pytest.raises(KeyFileError, match="Ed25519"):
        private_key(other)


def test_what_is_no_key_is_refused():
    with pytest.raises(KeyFileError, match="no private key"):
        private_key(b"-----BEGIN NOTHING-----")


def test_a_key_is_not_shown():
    assert KEY.pem().decode().splitlines()[1] not in repr(KEY)

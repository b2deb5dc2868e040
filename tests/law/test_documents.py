"""Law documents: what loads, and what is refused with the words kept beside it."""

from itertools import chain
from pathlib import Path

import pytest

from asylon.law import Document, DocumentError, LawError, load
from asylon.law.errors import FEW, UnknownNameError
from asylon.law.tables import MOST_BYTES, parse
from tests.islands import island_law, texts

BAD = Path(__file__).parent / "bad"
REFUSED = sorted(BAD.glob("*.toml"))


def refusal(*documents):
    with pytest.raises(LawError) as caught:
        load(documents)
    return caught.value


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_bad_document_is_refused_in_these_words(path):
    expected = path.with_suffix(".txt").read_text()

    with pytest.raises(LawError) as caught:
        island_law({path.name: path.read_bytes()})

    assert f"{caught.value}\n" == expected


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_each_refusal_says_where_what_and_what_to_do(path):
    with pytest.raises(DocumentError) as caught:
        island_law({path.name: path.read_bytes()})

    error = caught.value
    assert ".toml" in error.where
    assert error.problem
    assert error.remedy
    assert error.code.startswith("law.")


def test_every_refusal_stands_beside_its_document():
    kept = {path.stem for path in BAD.glob("*.txt")}

    assert kept == {path.stem for path in REFUSED}


def test_good_documents_make_one_law_book():
    book = island_law()

    assert set(book.provisions) == {"island/article-4", "island/article-5"}
    assert set(book.lists) == {"islands"}
    assert set(book.parameters) == {"drought_test", "salt_wells"}
    assert set(book.sets) == {"reef", "unhcr"}
    assert {kind: len(each) for kind, each in book.others.items()} == {
        "scenario": 6,
        "claim": 1,
    }


def test_the_order_of_documents_does_not_matter():
    documents = [Document(name, text) for name, text in texts().items()]

    forwards, backwards = load(documents), load(reversed(documents))

    assert backwards.hash == forwards.hash
    for kind in ("provisions", "lists", "parameters", "sets"):
        assert getattr(backwards, kind) == getattr(forwards, kind)


def test_a_list_needs_no_provision():
    (rule,) = load([Document("islands.toml", texts()["islands.toml"])]).lists.values()

    assert rule.belongs_when == "lived_there"


def test_white_space_in_a_text_is_folded():
    text = texts()["article-4.toml"].replace(
        b"Who is sheltered", b" Who\\tis  sheltered "
    )

    book = island_law({"article-4.toml": text})

    assert book.versions("island/article-4")[0].title == "Who is sheltered"


def test_a_document_of_many_megabytes_is_not_parsed():
    error = refusal(Document("big.toml", b"#" * (MOST_BYTES + 1)))

    assert str(error) == (
        "big.toml: the file has 20 MB. Split it: at most 20 MB are read."
    )


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"a = \x07"])
def test_bytes_that_are_no_toml_are_refused(text):
    with pytest.raises(DocumentError, match=r"^x\.toml: "):
        parse(text, "x.toml")


def test_line_ends_of_other_systems_are_read():
    crlf = {name: text.replace(b"\n", b"\r\n") for name, text in texts().items()}

    book = island_law(crlf)

    assert book.elements == island_law().elements


@pytest.mark.parametrize(
    ("count", "remedy"),
    [
        (0, "`asylon law list` shows all."),
        (2, "There is `n0`, `n1`."),
        (FEW + 1, "`asylon law list` shows all."),
    ],
)
def test_an_unknown_name_is_told_what_there_is(count, remedy):
    error = UnknownNameError("x.toml", "island", "Z", (f"n{at}" for at in range(count)))

    assert str(error) == f"x.toml: there is no island `Z`. {remedy}"


def test_parts_of_a_version_are_checked_though_another_speaks_of_later_law():
    """The first formula cannot be resolved on the first day of the text."""
    later = texts()["article-5.toml"].decode().replace("2019-05-01", "2020-01-01")
    text = (
        texts()["article-4.toml"].decode().replace("left and drought", "left and dry")
    )

    with pytest.raises(UnknownNameError, match="no element `dry`"):
        island_law(
            {"article-4.toml": text, "article-5.toml": later},
            without=("article-5.1994.toml",),
        )


def test_errors_have_one_permanent_code_each():
    def kinds(kind):
        return chain([kind], *map(kinds, kind.__subclasses__()))

    codes = [kind.code for kind in kinds(LawError)]

    assert sorted(codes) == [
        "law",
        "law.circular",
        "law.document",
        "law.duplicate",
        "law.not-in-force",
        "law.unknown-name",
    ]

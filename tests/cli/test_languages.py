"""What reaches a reader was translated: shown with catalogues nobody could write.

In one every letter is another one, so that an English word betrays what was not said
through a catalogue. In the other every letter is as wide as two, as Korean and Chinese
are.
"""

import re
from datetime import date
from gettext import NullTranslations

import pytest
from rich.cells import cell_len

from asylon.cli import showing, speaking
from asylon.languages import Catalogue
from asylon.law.jurisdictions import STATES
from tests.agreements import key_of, register
from tests.cli.conftest import an_entry
from tests.shipped import BOOK

PIECES = re.compile(r"(\{\w*\}|`[^`]*`)")
LATIN = "abcdefghijklmnopqrstuvwxyz"
OTHER = str.maketrans(
    LATIN + LATIN.upper(), "αβγδεζηθικλμνξοπρστυφχψωϊϋ" + "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫ"
)
WIDE = str.maketrans(dict.fromkeys(LATIN + LATIN.upper(), "가"))
BARRED = "[decision.facts.national_bars]\nfirm_resettlement = true\n"
BESIDE = '[decision.facts.complementary]\ntorture = "unknown"\n'
STATED = '[decision.parameters]\npsg_tset = "both"\n'
ENTRIES = (
    an_entry("A"),
    an_entry("B", well_founded_fear="false"),
    an_entry("C", well_founded_fear='"unknown"', ifa_available='"unknown"'),
    an_entry("D", other_nationality_effective="true"),
    an_entry("E", more=BARRED),
    an_entry("F", more=BESIDE),
    an_entry("G", more=STATED),
    an_entry("H").replace('"UNHCR"', '"FRA"'),
    an_entry("I", art_1f_b='"unknown"')
    .replace('"UNHCR"', '"GBR"')
    .replace("2026", "1990"),
)
OF_CLAIMS = [("determine",), ("explain",), ("explain", "--whole")]
OF_LAW = [
    ("list",),
    ("check", "--law", "tests/law/good"),
    *(("show", name) for name in (*BOOK.lists, *BOOK.parameters, *BOOK.sets)),
    *(
        ("show", name, "--on", str(versions[-1].in_force.last or "2026-07-01"))
        for name, versions in BOOK.provisions.items()
    ),
    *(("show", name) for name in (*BOOK.countries, *BOOK.declarations)),
    *(("show", name) for name in BOOK.instruments if name not in BOOK.provisions),
    *(("bindings", name) for name in BOOK.bindings),
    ("bindings",),
]
NARROW = 80


class Pseudo(NullTranslations):
    """Translates everything, letter by letter."""

    def __init__(self, letters):
        super().__init__()
        self.letters = letters

    def pgettext(self, context, message):
        pieces = PIECES.split(message)
        return "".join(
            piece if PIECES.fullmatch(piece) else piece.translate(self.letters)
            for piece in pieces
        )

    def npgettext(self, context, msgid1, msgid2, n):
        return self.pgettext(context, msgid1 if n == 1 else msgid2)


@pytest.fixture
def speak(monkeypatch):
    """Let the command know one more language, `xx`."""

    def known(letters):
        toy = Catalogue("xx", Pseudo(letters), Pseudo(letters))
        real = speaking.catalogue
        choose = lambda name: toy if name == "xx" else real(name)  # noqa: E731
        monkeypatch.setattr(speaking, "catalogue", choose)
        monkeypatch.setattr(speaking, "LANGUAGES", ("en", "xx"))

    return known


def left_alone():
    """Collect what is not translated: sources, guidance, identifiers, the decisions."""
    for text in BOOK.texts:
        yield text.source.cite
        yield getattr(text, "in_force", text).source.cite
        for element in text.elements.values():
            yield from element.guidance
    for parameter in BOOK.parameters.values():
        yield from (each.source.cite for each in parameter.values.values())
        yield from (each.source.cite for each in parameter.equivalent)
    for each in BOOK.sets.values():
        yield from (setting.source.cite for setting in each.settings)
    yield from of_countries()
    yield from of_the_register()


def of_countries():
    """Collect editions, sources and guidance, and the acts by which groups were declared."""
    for text in BOOK.country_texts:
        for element in text.elements.values():
            yield from element.guidance
        for finding in text.findings:
            yield finding.edition
            yield from (source.cite for source in finding.sources)
    for each in BOOK.declarations.values():
        yield from (each.source.cite, each.instrument)


def of_the_register():
    """Collect identifiers and citations of instruments, and sources of bindings."""
    for each in BOOK.instruments.values():
        yield from (each.id, each.citation, each.source.cite)
    for state in BOOK.bindings.values():
        yield from (each.source.cite for each in state.bindings.values())


def articles(instrument):
    """Collect the numbers of articles that nobody may reserve, or somebody has."""
    yield from instrument.no_reservations_to
    for state in BOOK.bindings.values():
        if instrument.id in state.bindings:
            yield from (each.article for each in state.bindings[instrument.id].reserved)


FORMULA = re.compile(r"\b(and|or|not|is|every|some|in|at|least|of|for|unless)\b")
CODE = re.compile(r"`[^`]*`|[\w.]*[_/#-][\w/#.-]*")
NAMES = {
    *BOOK.lists,
    *BOOK.parameters,
    *BOOK.sets,
    *BOOK.elements,
    *(value for each in BOOK.parameters.values() for value in each.values),
    *(part for text in BOOK.texts for part in getattr(text, "parts", ())),
    *(use for text in BOOK.texts for use in getattr(text, "uses", ())),
    *(article for each in BOOK.instruments.values() for article in articles(each)),
    *STATES,
    *("EU", "Re", "Bo", "country"),
}


def english(text):
    """Find the English that is left, however the lines are broken."""
    flat = " ".join(re.sub("[│─]", " ", text).split())
    for each in sorted(filter(None, set(left_alone())), key=len, reverse=True):
        flat = flat.replace(" ".join(each.split()), "·")
    flat = FORMULA.sub(" ", CODE.sub(" ", flat))
    return [word for word in re.findall("[A-Za-z]{2,}", flat) if word not in NAMES]


@pytest.mark.parametrize("words", OF_CLAIMS, ids=" ".join)
def test_of_a_claim_nothing_but_sources_and_identifiers_stays_english(
    ask, a_file, speak, words
):
    speak(OTHER)
    command, *more = words

    said = ask(command, a_file(*ENTRIES), *more, "--lang", "xx")

    assert said.code == 0
    assert not said.err
    assert not english(said.out)


@pytest.mark.parametrize("words", OF_LAW, ids=" ".join)
def test_of_the_law_nothing_but_sources_and_identifiers_stays_english(
    ask, speak, words
):
    speak(OTHER)

    said = ask("law", *words, "--lang", "xx")

    assert said.code == 0
    assert not english(said.out)


@pytest.mark.parametrize("words", [*OF_CLAIMS, *OF_LAW], ids=" ".join)
def test_wide_letters_stay_within_a_narrow_terminal(
    ask, a_file, speak, monkeypatch, words
):
    speak(WIDE)
    monkeypatch.setattr(showing, "_PIPED_WIDTH", NARROW)
    showing.console.cache_clear()
    command, *more = words
    asked = (
        [command, a_file(*ENTRIES), *more] if words in OF_CLAIMS else ["law", *words]
    )

    said = ask(*asked, "--lang", "xx")

    showing.console.cache_clear()
    assert "가" in said.out
    assert max(map(cell_len, said.out.splitlines())) <= NARROW


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
@pytest.mark.parametrize("words", [("bindings", "CHN"), ("bindings", "USA"), ("list",)])
def test_nothing_is_cut_short_on_a_narrow_terminal(ask, monkeypatch, words, language):
    monkeypatch.setattr(showing, "_PIPED_WIDTH", NARROW)
    showing.console.cache_clear()

    said = ask("law", *words, "--lang", language)

    showing.console.cache_clear()
    assert "…" not in said.out


def test_english_that_is_left_would_be_noticed(ask, a_file):
    assert english(ask("explain", a_file(an_entry())).out)
    assert english(ask("law", "show", "1A(2)").out)


@pytest.fixture
def below(ask, tmp_path, monkeypatch):
    """The draft of a set that goes below the floor, and the key that would sign it."""
    monkeypatch.setattr(showing, "today", lambda: date(2026, 11, 24))
    (tmp_path / "organisations.toml").write_bytes(register())
    key = tmp_path.parent / f"{tmp_path.name}.pem"
    key.write_bytes(key_of("strait-office").pem())
    for name in ("aus", "unhcr"):
        ask("law", "draft", name, "--from", "2027-01-01", "--into", tmp_path)
    return tmp_path / "aus-2027-01-01.toml", key


def of_acts(text):
    """Leave out the names of files, fingerprints and what an act would set."""
    text = re.sub(r"\S*(?:/|-2027)\S*|\b[0-9a-f]{4}\b|\w+ = \w+|“[^”]*”", " ", text)
    return english(text.replace("asylon:", ""))


def test_why_a_set_is_below_the_floor_is_told_in_the_language_asked_for(
    ask, speak, below
):
    speak(OTHER)
    act, key = below

    signed = ask(
        "law", "sign", act, "--key", key, "--as", "strait-office", "--lang", "xx"
    )
    verified = ask("law", "verify", act.parent, "--lang", "xx")

    assert not of_acts(signed.err)
    assert not of_acts(verified.out)


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_a_reason_of_the_floor_ends_once(ask, below, language):
    said = ask("law", "verify", below[0].parent, "--lang", language).out

    assert not re.search(r"\.\.|。。|[.。][;；]", said)  # noqa: RUF001


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_the_same_claim_has_the_same_result_in_every_language(ask, a_file, language):
    file = a_file(*ENTRIES)
    same = ("id", "definition", "closed", "open", "decisive", "outcome", "law")

    english_rows = ask("determine", file, "--json").rows
    rows = ask("determine", file, "--json", "--lang", language).rows

    standings = [
        {row["law"].pop("status") for row in each} for each in (rows, english_rows)
    ]
    assert standings[0].isdisjoint(standings[1])
    assert [[row[key] for key in same] for row in rows] == [
        [row[key] for key in same] for row in english_rows
    ]


@pytest.mark.parametrize(
    "words", [("determine",), ("explain",), ("law", "list"), ("law", "show", "gbr")]
)
def test_an_unknown_language_is_refused_with_those_there_are(ask, a_file, words):
    asked = words if words[0] == "law" else (*words, a_file(an_entry()))

    said = ask(*asked, "--lang", "fr")

    assert (said.code, said.out) == (2, "")
    assert said.err == "asylon: --lang fr: there is en, ko, zh.\n"


def test_what_is_wrong_is_told_in_the_language_that_was_asked_for(ask, speak, tmp_path):
    speak(OTHER)

    said = ask("determine", tmp_path / "none.toml", "--lang", "xx")

    assert said.code == 2
    assert not english(said.err.replace(str(tmp_path), "").replace("asylon", ""))

"""What was saved is restored whole, and what was erased is not."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from asylon_server.console import restoring
from asylon_server.console.plainly import ConsoleError, plainly
from asylon_server.console.saving import unpacked
from asylon_server.settings.deployment import Deployment
from tests.asylon_server.console.conftest import PASSPHRASE, Office
from tests.asylon_server.runs import on_sqlite
from tests.asylon_server.writer import NAME

pytestmark = on_sqlite


@pytest.fixture
def saved(office, tmp_path):
    """Save a deployment with three cases while a fourth and more are registered."""
    return save(office, tmp_path)


def save(office, tmp_path):
    office.wrote("register", 0, 3)
    writer = office.writing("register", 3, 500)
    assert writer.stdout.readline() == "A-3\n"
    said = office.ask("backup", tmp_path / "saved", "--keys", tmp_path / "copy")
    writer.kill()
    writer.communicate()
    assert said.code == 0, said.err
    return tmp_path / "saved"


@pytest.fixture
def restored(tmp_path):
    def restore(file, *more, folder="anew"):
        office = Office(tmp_path / folder, tmp_path / "passphrase")
        keys = ("--keys", tmp_path / "copy")
        return office, office.ask("restore", file, office.folder, *keys, *more)

    return restore


def head(office):
    return json.loads(office.ask("log", "head", "--json").out)


def test_what_was_saved_under_load_is_restored_whole(office, saved, restored):
    anew, said = restored(saved)
    assert "Accounts closed since then are open again" in said.out

    assert said.code == 0, said.out
    read = anew.wrote("read")
    assert [f"A-{n} {NAME} open" for n in range(4)] == read[:4]
    assert all(each.endswith(f"{NAME} open") for each in read)
    with anew.served():
        pass


def test_the_log_of_a_restored_deployment_goes_with_its_witness(
    office, saved, restored, tmp_path
):
    anew, _ = restored(saved)
    anew.ask("log", "head", "--out", tmp_path / "head")
    office.ask("law", "key", "new", tmp_path / "key")
    public = office.ask("law", "key", "show", tmp_path / "key").out.split()[2]
    witness = ("--witness", public)

    unsigned = anew.ask("log", "verify", tmp_path / "head", *witness)
    anew.ask("log", "witness", tmp_path / "head", "--key", tmp_path / "key")
    signed = anew.ask("log", "verify", tmp_path / "head", *witness)

    assert (unsigned.code, signed.code) == (1, 0)
    assert "witness.missing" in unsigned.out


def test_a_witness_notices_an_old_backup(office, saved, restored, tmp_path):
    before = head(office)
    with office.served():
        office.ask("user", "add", "Lee", "--role", "interpreter")
    assert head(office) != before
    office.ask("log", "head", "--out", tmp_path / "head")
    anew, _ = restored(saved)

    assert anew.ask("log", "verify").code == 0
    said = anew.ask("log", "verify", tmp_path / "head")
    assert said.code == 1
    assert "witness.contradicted" in said.out


def test_what_was_erased_stays_erased_in_an_old_backup(
    office, saved, restored, tmp_path
):
    office.wrote("erase", "A-1")
    office.ask("backup", tmp_path / "later", "--keys", tmp_path / "copy")

    anew, said = restored(saved)

    assert "1 case was erased" in said.out
    assert said.code == 0
    assert "A-1 nothing erased" in anew.wrote("read")
    assert anew.ask("log", "verify").code == 0
    assert anew.ask("doctor", "--no-keys").code == 0


def emptied(file):
    with closing(sqlite3.connect(file)) as database:
        database.execute("DELETE FROM keystore_wrappedkey")
        database.commit()


def test_an_empty_copy_of_the_keys_erases_nothing(saved, restored, tmp_path):
    copy = tmp_path / "copy" / "keys.sqlite3"
    shutil.copy(copy, tmp_path / "whole")
    emptied(copy)

    anew, said = restored(saved)

    assert said.code == 1
    assert "Nothing was erased" in said.out
    shutil.copy(tmp_path / "whole", anew.folder / "data" / "keys.sqlite3")
    assert f"A-0 {NAME} open" in anew.wrote("read")


def test_without_the_key_store_nothing_is_restored(saved, restored, tmp_path):
    (tmp_path / "copy" / "keys.sqlite3").unlink()

    anew, said = restored(saved)

    assert said.code == 2
    assert "keys.sqlite3" in said.err
    assert not anew.folder.exists()


def test_an_erased_key_is_in_no_file_of_the_deployment(office):
    office.wrote("register", 0, 2)
    file = office.folder / "data" / "keys.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        [[key]] = database.execute(
            "SELECT wrapped FROM keystore_wrappedkey LIMIT 1 OFFSET 0"
        )
    with closing(sqlite3.connect(file)) as held_open:
        held_open.execute("SELECT count(*) FROM keystore_wrappedkey").fetchall()
        assert key in everything(office.folder)
        for reference in ("A-0", "A-1"):
            office.wrote("erase", reference)

        assert key not in everything(office.folder)


def everything(folder):
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_who_is_signed_in_is_in_no_backup(office, tmp_path):
    with closing(sqlite3.connect(office.folder / "data/default.sqlite3")) as database:
        database.execute(
            "INSERT INTO entry_session "
            "VALUES ('stolen', NULL, 'x', '2026-01-01', '2026-01-01', '2030-01-01', '')"
        )
        database.commit()

    office.ask("backup", tmp_path / "saved")

    with tarfile.open(tmp_path / "saved") as archive:
        assert b"stolen" not in archive.extractfile("default.sqlite3").read()


def test_a_lost_key_file_comes_back_from_shares(
    saved, restored, shares_file, tmp_path, passphrase_file
):
    (tmp_path / "copy" / "custody.json").unlink()
    anew, said = restored(saved)
    assert "asylon custody rebuild" in said.out
    assert anew.ask("serve", "--passphrase-file", passphrase_file).code == 2

    words = ("custody", "rebuild", "--shares-file", shares_file)
    rebuilt = anew.ask(*words, "--passphrase-file", passphrase_file)

    assert rebuilt.code == 0, rebuilt.err
    assert f"A-0 {NAME} open" in anew.wrote("read")


def test_too_few_shares_bring_nothing_back(office, shares_file, passphrase_file):
    one = shares_file.read_text().splitlines()[0]
    shares_file.with_name("one").write_text(one)
    words = ("custody", "rebuild", "--shares-file", shares_file.with_name("one"))

    said = office.ask(*words, "--passphrase-file", passphrase_file)

    assert said.code == 2
    assert "2 shares are needed" in said.err


def test_a_backup_holds_no_key_and_no_name(saved):
    with tarfile.open(saved) as archive:
        files = {each.name: archive.extractfile(each).read() for each in archive}

    content = b"".join(files.values())
    assert set(files) == {"asylon.toml", "contents.json", "default.sqlite3"}
    assert NAME.encode() not in content
    assert PASSPHRASE.encode() not in content


@pytest.mark.parametrize("damage", ["cut", "flipped", "another"])
def test_a_damaged_backup_is_refused_and_nothing_is_made(
    saved, restored, damage, tmp_path
):
    content = saved.read_bytes()
    middle = len(content) // 2
    other = bytes([content[middle] ^ 1])
    damaged = {
        "cut": content[:middle],
        "flipped": content[:middle] + other + content[middle + 1 :],
        "another": b"not a backup",
    }
    saved.write_bytes(damaged[damage])

    anew, said = restored(saved)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "no backup, or it was damaged" in said.err
    assert not anew.folder.exists()


def test_nothing_is_restored_over_a_deployment(office, saved, restored):
    _, said = restored(saved, folder="office")

    assert said.code == 2
    assert office.ask("log", "verify").code == 0


def test_without_the_copy_of_the_keys_nothing_is_restored(saved, restored, tmp_path):
    shutil.rmtree(tmp_path / "copy")

    anew, said = restored(saved)

    assert said.code == 2
    assert "sealer.pem" in said.err
    assert not anew.folder.exists()


def test_a_hosted_deployment_is_saved_and_restored(made, address, restored, tmp_path):
    office, said = made("--database", address("one"))
    assert said.code == 0, said.err
    office.ask("user", "add", "Kim", "--role", "registration")
    saved = save(office, tmp_path)

    anew, said = restored(saved, "--database", address("two"))

    assert said.code == 0, said.err
    assert f"A-3 {NAME} open" in anew.wrote("read")
    assert anew.wrote("register", 9_000, 1) == ["A-9000"]
    assert anew.ask("doctor", "--no-keys").code == 0
    with anew.served():
        assert anew.ask("log", "verify").code == 0


NOBODY = UUID(int=7)
CASE = ["id", "reference", "organisation_id", "opened", "submission", "erased"]
BROKEN = {
    "no number": ("vault_compartment.copy", b'["id"]\nno number\n'),
    "an office that is not there": (
        "cases_case.copy",
        f"{json.dumps(CASE)}\n{NOBODY}\tA-1\t{NOBODY}\t2026-11-24\ts\t\\N\n".encode(),
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_restore_that_fails_halfway_leaves_a_hosted_database_empty(
    made, address, restored, tmp_path, broken
):
    office, _said = made("--database", address("four"))
    whole = tmp_path / "saved"
    office.ask("backup", whole, "--keys", tmp_path / "copy")
    bad, place = rewritten(whole, *broken), address("five")

    anew, said = restored(bad, "--database", place)

    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "Take another backup." in said.err
    assert not anew.folder.exists()
    with psycopg.connect(place) as database:
        count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert database.execute(count).fetchone() == (0,)
    assert restored(whole, "--database", place)[1].code == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (psycopg.DataError, "Take another backup."),
        (IntegrityError, "Take another backup."),
        (psycopg.OperationalError, "The database does not do it"),
        (OperationalError, "The database does not do it"),
    ],
)
def test_another_backup_is_advised_where_this_one_is_refused(tmp_path, error, advice):
    hosted = Deployment(
        tmp_path, "Office", "legal_aid", "CHN", database="postgresql://x"
    )

    with (
        pytest.raises(ConsoleError, match=advice),
        plainly(),
        restoring._all_or_nothing(hosted),
    ):
        raise error


def rewritten(saved, name, content):
    """Make a backup whose list fits what is in it, and what is in it is broken."""
    with tarfile.open(saved) as archive:
        files = {each.name: archive.extractfile(each).read() for each in archive}
    files[name] = content
    said = json.loads(files.pop("contents.json"))
    said["files"][name] = sha256(content).hexdigest()
    made = saved.with_name("rewritten")
    with tarfile.open(made, "w:gz") as archive:
        for each, what in {"contents.json": json.dumps(said).encode(), **files}.items():
            info = tarfile.TarInfo(each)
            info.size = len(what)
            archive.addfile(info, BytesIO(what))
    return made


def test_a_database_that_is_in_use_is_not_written_over(made, address):
    place = address("three")
    made("--database", place)

    office, said = made("--database", place, folder="other")

    assert said.code == 2
    assert "holds a deployment already" in said.err
    assert not office.folder.exists()
    with psycopg.connect(place) as database:
        assert database.execute("SELECT count(*) FROM record_event").fetchone() == (1,)


@pytest.mark.parametrize("name", ["../evil", "/evil"])
def test_a_backup_that_reaches_out_of_its_folder_is_refused(tmp_path, name):
    file = tmp_path / "backup"
    with tarfile.open(file, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name))

    with pytest.raises(ConsoleError, match="no backup"), unpacked(file):
        pass

    assert not (tmp_path / "evil").exists()


def test_a_link_in_a_backup_is_refused(tmp_path):
    file = tmp_path / "backup"
    link = tarfile.TarInfo("asylon.toml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
    with tarfile.open(file, "w:gz") as archive:
        archive.addfile(link)

    with pytest.raises(ConsoleError, match="no backup"), unpacked(file):
        pass

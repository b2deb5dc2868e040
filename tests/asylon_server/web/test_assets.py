"""The styles are built from locked packages, and nothing names an address."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from asylon_server.letters import faces
from asylon_server.web import assets
from asylon_server.web.assets import building, fetching, typefaces

HERE = Path(assets.__file__).parent
locked = pytest.mark.parametrize("folder", [HERE, faces.FETCHED.parent])


@locked
def test_each_package_is_known_by_its_digest(folder):
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}

    assert [name for name, told in packages.items() if "integrity" not in told] == []


@locked
def test_the_lock_names_no_address(folder):
    text = (folder / "package-lock.json").read_text(encoding="utf-8")

    assert "://" not in text
    assert "resolved" not in text


@locked
def test_each_wanted_package_is_pinned(folder):
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))

    for version in (
        wanted["dependencies"] | wanted.get("devDependencies", {})
    ).values():
        assert version[0].isdigit()


def test_what_was_built_is_not_built_again(monkeypatch, tmp_path):
    stamp = tmp_path / "stamp"
    stamp.write_text(building._digest(), encoding="utf-8")
    monkeypatch.setattr(building, "_STAMP", stamp)

    assert not building.build()


def test_a_style_that_cannot_be_built_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(building, "_STAMP", tmp_path / "stamp")
    monkeypatch.setattr(fetching, "_CI", ("--version",))
    monkeypatch.setattr(building, "STYLES", ("none",))
    monkeypatch.setattr(building, "BUILT", tmp_path)

    with pytest.raises(fetching.AssetsError, match="The style `none`"):
        building.build()


def test_a_fetch_that_hangs_is_tried_twice_and_then_said(monkeypatch, tmp_path):
    tried = []

    def hang(*_words, **_options):
        tried.append(1)
        raise subprocess.TimeoutExpired("npm", 1)

    monkeypatch.setattr(fetching, "npm", hang)

    with pytest.raises(fetching.AssetsError, match="twice nothing came"):
        fetching.fetch(tmp_path, why="Nothing could be fetched")
    assert len(tried) == 2


@pytest.mark.usefixtures("with_faces")
def test_faces_that_are_there_are_not_fetched():
    assert not typefaces.fetch_faces()


@pytest.mark.usefixtures("with_faces")
def test_only_what_letters_use_is_kept_of_what_was_fetched(tmp_path):
    package = tmp_path / "node_modules" / "@expo-google-fonts" / "noto"
    for name in ("400Regular/a.ttf", "700Bold/b.ttf", "900Black/c.ttf", "LICENSE_FONT"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(name)

    typefaces._keep(tmp_path / "faces")

    kept = sorted(each.name for each in tmp_path.rglob("*") if each.is_file())
    assert kept == ["LICENSE_FONT", "a.ttf", "b.ttf"]


def test_the_style_is_served_without_another_server(client):
    answer = client.get("/static/asylon/desk.css")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" not in answer["Cache-Control"]
    b"".join(answer.streaming_content)


def test_the_style_fetches_nothing_from_elsewhere():
    style = (building.BUILT / "asylon" / "desk.css").read_text(encoding="utf-8")

    assert "url(http" not in style.replace('"', "")
    assert "@import" not in style
    assert "crest" not in style
    assert "GDS Transport" not in style

"""The styles are built from locked packages, and nothing names an address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asylon_server.web import assets
from asylon_server.web.assets import building

HERE = Path(assets.__file__).parent
LOCK = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))


def test_each_package_is_known_by_its_digest():
    packages = {name: told for name, told in LOCK["packages"].items() if name}

    assert [name for name, told in packages.items() if "integrity" not in told] == []


def test_the_lock_names_no_address():
    text = (HERE / "package-lock.json").read_text(encoding="utf-8")

    assert "://" not in text
    assert "resolved" not in text


def test_each_wanted_package_is_pinned():
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))

    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert version[0].isdigit()


def test_what_was_built_is_not_built_again(monkeypatch, tmp_path):
    stamp = tmp_path / "stamp"
    stamp.write_text(building._digest(), encoding="utf-8")
    monkeypatch.setattr(building, "_STAMP", stamp)

    assert not building.build()


def test_a_style_that_cannot_be_built_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(building, "_STAMP", tmp_path / "stamp")
    monkeypatch.setattr(building, "_CI", ("--version",))
    monkeypatch.setattr(building, "STYLES", ("none",))
    monkeypatch.setattr(building, "BUILT", tmp_path)

    with pytest.raises(building.AssetsError, match="The style `none`"):
        building.build()


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

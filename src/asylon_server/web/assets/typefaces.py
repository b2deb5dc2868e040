"""Fetching the faces for letters, where the machine has none of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from asylon_server.letters import FacesError, faces
from asylon_server.web.assets.fetching import fetch

WEIGHTS = ("400Regular", "700Bold")
"""The weights that letters are set in; the packages hold seven more."""


def fetch_faces(folder: Path = faces.FETCHED) -> bool:
    """Fetch faces with Korean and Chinese letters if none is installed.

    Args:
        folder: Where they are put; its parent holds the lock.

    Returns:
        Whether they had to be fetched.

    Raises:
        AssetsError: they could not be fetched.
    """
    try:
        faces.chosen(faces.found(folder).families())
    except FacesError:
        fetch(folder.parent, why="Faces with Korean and Chinese could not be fetched")
        _keep(folder)
        return True
    return False


def _keep(folder: Path) -> None:
    """Keep the weights that are used, each under its licence, and nothing else."""
    packages = folder.parent / "node_modules"
    folder.mkdir(exist_ok=True)
    for package in (packages / "@expo-google-fonts").iterdir():
        own = folder / package.name
        own.mkdir(exist_ok=True)
        shutil.copy(package / "LICENSE_FONT", own)
        for weight in WEIGHTS:
            for face in (package / weight).glob("*.ttf"):
                shutil.copy(face, own)
    shutil.rmtree(packages)

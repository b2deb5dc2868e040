"""Finds a Chromium for the tests, or installs one.

    .venv/bin/python -m tests.browser.finding

The one of the system comes first; where there is none, Debian's package is installed if
that is allowed, and otherwise the one that Playwright brings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def system_chromium() -> str | None:
    """Find the Chromium of the system."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def find() -> str | None:
    """Find a Chromium that can be started."""
    found = system_chromium()
    if found:
        return found
    with sync_playwright() as play:
        brought = play.chromium.executable_path
    return brought if Path(brought).exists() else None


def install() -> None:
    """Install one where there is none, and say what is done."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium from Debian's packages, for the tests.", flush=True)
        quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "-y", "chromium"]):
            done = subprocess.run(
                ["apt-get", *words], env=quietly, stdout=subprocess.DEVNULL, check=False
            )
            if done.returncode:
                break
    if find() is None:
        print("Installing the Chromium that Playwright brings.", flush=True)
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], check=False
        )


if __name__ == "__main__":
    if find() is None:
        install()
    if find() is None:
        sys.exit(
            "No Chromium could be installed; install one, such as the package chromium."
        )

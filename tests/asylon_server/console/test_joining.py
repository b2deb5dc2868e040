"""The library's command stands without the system, and says what the system lacks."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import sys
sys.modules[{blocked!r}] = None
sys.argv = ["asylon", *{words!r}]
from asylon.cli import main
main()
"""


def ask_without(blocked, *words):
    code = CODE.format(blocked=blocked, words=list(words))
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("blocked", ["django", "asylon_server"])
def test_help_is_there_without_the_system(blocked):
    said = ask_without(blocked, "--help")

    assert said.returncode == 0
    assert "determine" in said.stdout
    assert ("\n  init " in said.stdout) == (blocked == "django")


def test_a_deployment_without_django_is_told_what_to_install(office):
    said = ask_without("django", "user", "list", "--home", str(office.folder))

    assert said.returncode == 2
    assert "Install `asylon[server]`" in said.stderr

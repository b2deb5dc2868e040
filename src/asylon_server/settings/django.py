"""The settings module that Django reads: of the deployment that the environment names."""

from __future__ import annotations

import os
from pathlib import Path

from asylon.security import KeyFileError, private_key
from asylon.security.entries import code_key
from asylon_server.settings.deployment import deployment
from asylon_server.settings.shared import settings

HOME = "ASYLON_HOME"
"""The variable that names the folder of the deployment."""


def _record_key(sealer_file: Path) -> bytes | None:
    """Derive the key of the record; none where the key of the sealer is missing.

    It is derived at each start and in no file, so that there is none more to lose.
    """
    try:
        return code_key(private_key(sealer_file.read_bytes()))
    except (OSError, KeyFileError):
        return None


_here = deployment(Path(os.environ[HOME]))
globals().update(
    settings(
        _here,
        _here.secret_file.read_text(encoding="utf-8").strip(),
        _record_key(_here.sealer_file),
    )
)

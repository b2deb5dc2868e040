"""The settings module that Django reads: of the deployment that the environment names."""

from __future__ import annotations

import os
from pathlib import Path

from asylon_server.settings.deployment import deployment
from asylon_server.settings.shared import settings

HOME = "ASYLON_HOME"
"""The variable that names the folder of the deployment."""

_here = deployment(Path(os.environ[HOME]))
globals().update(settings(_here, _here.secret_file.read_text(encoding="utf-8").strip()))

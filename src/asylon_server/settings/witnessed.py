"""When UNHCR last signed the head of the record: the heads are kept in the deployment."""

from __future__ import annotations

from datetime import date

from asylon.security import PublicKey, SecurityError, heads
from asylon_server.settings.deployment import Deployment

FOLDER = "witnessed"
ENDING = ".head"


def last_signed(here: Deployment) -> date | None:
    """Give the day of the last head that UNHCR signed, or None.

    A head that cannot be read was signed by nobody: what is adverse waits for one.
    """
    if not here.unhcr_witness:
        return None
    key = PublicKey.of(here.unhcr_witness)
    days = []
    for file in (here.folder / FOLDER).glob(f"*{ENDING}"):
        try:
            head = heads.read(file.read_bytes())
        except (SecurityError, OSError):
            continue
        if head.witnessed_by([key]):
            days.append(head.head.at.date())
    return max(days, default=None)

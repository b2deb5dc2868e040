"""What the deployment hands to its pages, through Django's settings."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.conf import settings

from asylon.security.custody import Custody
from asylon_server.settings.deployment import Deployment
from asylon_server.settings.witnessed import last_signed
from asylon_server.store.vault.nowhere import Nowhere

_CUSTODY = "ASYLON_CUSTODY"
_DEPLOYMENT = "ASYLON_DEPLOYMENT"


def custody() -> Custody | None:
    """Get whoever holds the wrapping key; nobody, while the keys are locked.

    Where no identity may be held there is none, and whatever needs one is refused.
    """
    if not deployment().identities:
        return Nowhere()
    return cast("Custody | None", getattr(settings, _CUSTODY))


def deployment() -> Deployment:
    """Get what the deployment says of itself."""
    return cast("Deployment", getattr(settings, _DEPLOYMENT))


def witnessed() -> date | None:
    """Give the day of the last head of the record that UNHCR signed, if it signed any."""
    return last_signed(deployment())

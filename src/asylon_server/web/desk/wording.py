"""What the acts in the record are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_ACTS = {
    "case opened": _("Case opened"),
    "case amended": _("What was told was amended"),
    "case read": _("Case read"),
    "case listed": _("Shown in a list of cases"),
    "case found": _("Found by a search"),
    "record read": _("Record read"),
    "hold placed": _("Hold placed"),
    "certificate talked about": _("Risk of carrying a certificate talked about"),
    "certificate issued": _("Certificate issued"),
    "certificate opened": _("Certificate opened"),
    "certificate confirmed": _("Certificate confirmed by its code"),
    "certificate withdrawn": _("Certificate withdrawn"),
    "certificate lost": _("Certificate reported lost"),
}


def told(act: str) -> str:
    """Say what an act is called; one without a name stands for itself."""
    return str(_ACTS.get(act, act))

"""Forms that came after their session had ended: kept for an hour, for their writer.

The key is in a cookie of the browser and nowhere else; the account that the form is of
is sealed along with it, so that it opens for nobody else.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from asylon.security.envelopes import disclosed, enclosed
from asylon.security.errors import SecurityError
from asylon.security.framing import framed
from asylon_server.store.entry.keys import digest, of_browser
from asylon_server.store.entry.models import KeptForm

LASTS = timedelta(hours=1)
LARGEST = 512 * 1024
_EACH = list[tuple[str, list[str]]]


def keep(secret: str, account: str, path: str, typed: _EACH, *, at: datetime) -> bool:
    """Keep a form, in place of one before; False where it is too large."""
    sweep(at=at)
    content = json.dumps([path, typed], ensure_ascii=False).encode()
    if len(content) > LARGEST:
        return False
    sealed = enclosed(of_browser(secret, "form"), content, framed("form", account))
    KeptForm.objects.update_or_create(
        pk=digest("form", secret), defaults={"sealed": sealed, "until": at + LASTS}
    )
    return True


def take(secret: str, account: str, *, at: datetime) -> tuple[str, _EACH] | None:
    """Take a form out, whoever asks; it opens for the account that it is of."""
    sweep(at=at)
    row = KeptForm.objects.filter(pk=digest("form", secret)).first()
    if row is None:
        return None
    row.delete()
    try:
        content = disclosed(
            of_browser(secret, "form"), bytes(row.sealed), framed("form", account)
        )
    except SecurityError:
        return None
    path, typed = json.loads(content)
    return path, [(name, list(values)) for name, values in typed]


def is_kept(secret: str, *, at: datetime) -> bool:
    """Whether a form waits for whoever holds the key."""
    return KeptForm.objects.filter(pk=digest("form", secret), until__gt=at).exists()


def sweep(*, at: datetime) -> None:
    """Take away what nobody came back for."""
    KeptForm.objects.filter(until__lte=at).delete()

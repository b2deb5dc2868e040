"""Sessions: the table holds a digest of each key, and what only that key opens.

Whoever reads the tables or a backup is signed in nowhere. A session ends after a while
without a page, after so many hours in any case, and when its row is taken away.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from asylon.security.envelopes import disclosed, enclosed
from asylon.security.errors import SecurityError
from asylon.security.framing import framed
from asylon_server.store.entry.keys import of_browser
from asylon_server.store.entry.models import Session
from asylon_server.store.kept import Kept

_BEGUN = "_begun"
_WHO = "_auth_user_id"
BROWSER = "_browser"
_STEP = timedelta(minutes=1)
"""A session that was seen within this time is not written again for being seen."""

_LONGEST = "ASYLON_LONGEST"
_ROW = Kept(Session, lambda key: Session.objects.filter(pk=key))


class SessionStore(SessionBase):
    """A session in the table, for Django."""

    _seen: datetime | None = None

    def load(self) -> dict[str, Any]:
        """Open the session, if its time is not over."""
        row = next(iter(_ROW(digest(self.session_key or ""))), None)
        now = timezone.now()
        self._seen = row.seen if row else None
        if row is None or not row.seen <= now < row.until or now >= _longest(row.begun):
            self._session_key = None
            return {}
        try:
            return self._opened(bytes(row.sealed))
        except (SecurityError, ValueError):
            self._session_key = None
            return {}

    def exists(self, session_key: str) -> bool:
        """Whether there is one under a key."""
        return Session.objects.filter(pk=digest(session_key)).exists()

    def create(self) -> None:
        """Begin one under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep it, seen at this moment."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if not must_create and self._is_fresh(timezone.now()):
            return
        row = self._row(data, timezone.now())
        if not must_create:
            changed = Session.objects.filter(pk=row.pk).update(
                account=row.account,
                sealed=row.sealed,
                begun=row.begun,
                seen=row.seen,
                until=row.until,
                browser=row.browser,
            )
            if not changed:
                raise UpdateError
            return
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key: str | None = None) -> None:
        """End it."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(pk=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Take away those whose time is over."""
        Session.objects.filter(until__lt=timezone.now()).delete()

    def _is_fresh(self, now: datetime) -> bool:
        """Whether the table says all of it already, but for the last moments.

        A page is not held up by writing down that it was asked for; whoever is idle is
        signed out a little sooner at most.
        """
        if self.modified or self._seen is None:
            return False
        return now - self._seen < min(_STEP, _idle() / 10)

    def _row(self, data: dict[str, Any], now: datetime) -> Session:
        begun = datetime.fromisoformat(data.setdefault(_BEGUN, now.isoformat()))
        who = data.get(_WHO)
        return Session(
            key=digest(self.session_key or ""),
            account=UUID(who) if who else None,
            sealed=self._sealed(data),
            begun=begun,
            seen=now,
            until=min(now + _idle(), _longest(begun)),
            browser=str(data.get(BROWSER, ""))[:40],
        )

    def _sealed(self, data: dict[str, Any]) -> bytes:
        content = json.dumps(data, ensure_ascii=False).encode()
        return enclosed(self._key(), content, framed("session"))

    def _opened(self, sealed: bytes) -> dict[str, Any]:
        content = disclosed(self._key(), sealed, framed("session"))
        told: dict[str, Any] = json.loads(content)
        return told

    def _key(self) -> bytes:
        return of_browser(self.session_key or "", "session")


def digest(key: str) -> str:
    """Make the name of a row from the key of a session."""
    return sha256(framed("asylon session", key)).hexdigest()


def _idle() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _longest(begun: datetime) -> datetime:
    longest: timedelta = getattr(settings, _LONGEST)
    return begun + longest

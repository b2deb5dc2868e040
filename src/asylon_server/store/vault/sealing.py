"""Sealing the compartments of a case and opening them, and erasing their key.

A case's data key is kept only wrapped, in the key store. What is written here never
goes through a log, and what is opened stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, router, transaction

from asylon.security.custody import Custody
from asylon.security.drawing import draw_secret
from asylon.security.envelopes import Place, opened, seal
from asylon.security.errors import CustodyError, SealError
from asylon_server.store.keystore.models import Tombstone, WrappedKey
from asylon_server.store.vault.models import Compartment

IDENTITY = "identity"
TESTIMONY = "testimony"


class ErasedError(Exception):
    """The key of the case was destroyed, and with it what the compartments said."""


class NoIdentitiesError(Exception):
    """The deployment may not hold who people are, and has nowhere to put it."""


class ConflictingVersionError(Exception):
    """Somebody else kept a later version of the compartment meanwhile."""


def open_case(case: UUID, custody: Custody) -> None:
    """Draw a data key for a new case, and keep it wrapped.

    Raises:
        NoIdentitiesError: this deployment may hold no identities.
    """
    _check_place()
    wrapped = custody.wrap(draw_secret(), str(case))
    WrappedKey.objects.create(case=case, wrapped=wrapped)


def keep(
    case: UUID,
    name: str,
    content: bytes,
    *,
    follows: int,
    at: datetime,
    custody: Custody,
) -> Compartment:
    """Seal the next version of a compartment.

    Args:
        case: The case.
        name: The compartment.
        content: What it is to say.
        follows: The version that the writer had read; 0 where there was none.
        at: When.
        custody: Where the wrapping key is.

    Returns:
        The new row.

    Raises:
        ConflictingVersionError: a later version is there.
        ErasedError: the case was erased.
        NoIdentitiesError: this deployment may hold no identities.
    """
    _check_place()
    if _latest(case, name) != follows:
        raise ConflictingVersionError
    place = Place(str(case), name, follows + 1)
    sealed = seal(_data_key(case, custody), content, place)
    try:
        with transaction.atomic():
            return Compartment.objects.create(
                case=case, name=name, version=place.version, sealed=sealed, at=at
            )
    except IntegrityError:
        raise ConflictingVersionError from None


def read(
    case: UUID, name: str, *, custody: Custody, version: int | None = None
) -> tuple[int, bytes]:
    """Open a version of a compartment, the latest if none is named.

    Returns:
        The version and what it says; version 0 says nothing.

    Raises:
        ErasedError: the case was erased.
        SealError: what is kept was altered.
    """
    rows = Compartment.objects.filter(case=case, name=name).order_by("-version")
    row = rows.first() if version is None else rows.filter(version=version).first()
    if row is None:
        return 0, b""
    place = Place(str(case), name, row.version)
    return row.version, opened(_data_key(case, custody), bytes(row.sealed), place)


def seal_row(
    case: UUID, name: str, version: int, content: bytes, *, custody: Custody
) -> bytes:
    """Seal a row of another table under the data key of its case.

    Raises:
        ErasedError: the case was erased.
    """
    return seal(_data_key(case, custody), content, _row(case, name, version))


def open_rows(
    rows: Iterable[tuple[UUID, str, int, bytes]], *, custody: Custody
) -> list[bytes | None]:
    """Open rows of many cases at once; None stands for one that does not open.

    Args:
        rows: Of each, the case, the name and the version it was sealed as, and the seal.
        custody: Where the wrapping key is.
    """
    asked = list(rows)
    if not getattr(settings, "ASYLON_IDENTITIES", False):
        return [None] * len(asked)
    kept = WrappedKey.objects.filter(case__in={each[0] for each in asked})
    wrapped = {each.case: bytes(each.wrapped) for each in kept}
    keys = {case: _unwrapped(case, key, custody) for case, key in wrapped.items()}
    return [
        _opened(keys.get(case), _row(case, name, version), sealed)
        for case, name, version, sealed in asked
    ]


def _row(case: UUID, name: str, version: int) -> Place:
    return Place(f"{case} {name}", "row", version)


def _unwrapped(case: UUID, wrapped: bytes, custody: Custody) -> bytes | None:
    try:
        return custody.unwrap(wrapped, str(case))
    except CustodyError:
        return None


def _opened(key: bytes | None, place: Place, sealed: bytes) -> bytes | None:
    try:
        return opened(key, sealed, place) if key else None
    except SealError:
        return None


def erase(case: UUID, *, on: date) -> None:
    """Destroy the data key of a case, and put a tombstone in its place.

    Nothing opens what it sealed, in no backup. One transaction does both, so that a
    key which is missing without a tombstone was never erased, only lost.
    """
    with transaction.atomic(using=router.db_for_write(WrappedKey)):
        Tombstone.objects.get_or_create(case=case, defaults={"on": on})
        WrappedKey.objects.filter(case=case).delete()


def _check_place() -> None:
    if not getattr(settings, "ASYLON_IDENTITIES", False):
        message = (
            "this deployment is an authority's that may hold no identities; UNHCR or "
            "legal aid registers the people, and it works with codes"
        )
        raise NoIdentitiesError(message)


def _latest(case: UUID, name: str) -> int:
    versions = Compartment.objects.filter(case=case, name=name)
    last = versions.order_by("-version").values_list("version", flat=True).first()
    return last or 0


def _data_key(case: UUID, custody: Custody) -> bytes:
    row = WrappedKey.objects.filter(case=case).first()
    if row is None:
        raise ErasedError
    return custody.unwrap(bytes(row.wrapped), str(case))

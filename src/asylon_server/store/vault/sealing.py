"""Sealing the compartments of a case and opening them, and erasing their key.

A case's data key is kept only wrapped, in the key store. What is written here never
goes through a log, and what is opened stays in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, router, transaction
from django.db.models import Exists, OuterRef

from asylon.security.custody import Custody
from asylon.security.drawing import draw_secret
from asylon.security.envelopes import Place, opened, seal
from asylon.security.errors import CustodyError, SealError
from asylon_server.store.kept import Kept
from asylon_server.store.keystore.models import Tombstone, WrappedKey
from asylon_server.store.vault.models import Compartment

Latest = tuple[UUID, str, int, bytes | memoryview]
IDENTITY = "identity"
TESTIMONY = "testimony"

_CLOSED = "a file does not open: it was altered, or its key is lost; `asylon doctor` says more"


class ErasedError(Exception):
    """The key of the case was destroyed, and with it what the compartments said."""


class UnreadableError(Exception):
    """What is kept does not open: it was altered, or its key was altered or lost."""


class NoIdentitiesError(Exception):
    """The deployment may not hold who people are, and has nowhere to put it."""


class ConflictingVersionError(Exception):
    """Somebody else kept a later version of the compartment meanwhile."""


_KEY = Kept(WrappedKey, lambda case: WrappedKey.objects.filter(case=case))
_LAST = Kept(
    Compartment,
    lambda case, name: Compartment.objects.filter(case=case, name=name).order_by(
        "-version"
    )[:1],
)


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
        UnreadableError: the key of the case is gone.
        NoIdentitiesError: this deployment may hold no identities.
    """
    # Before the version is asked for: whoever writes is told why, and of no conflict.
    _check_place()
    if last_version(case, name) != follows:
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
        UnreadableError: what is kept was altered, or its key is gone.
        NoIdentitiesError: this deployment may hold no identities.
    """
    _check_place()
    rows = Compartment.objects.filter(case=case, name=name).order_by("-version")
    row = rows.first() if version is None else rows.filter(version=version).first()
    if row is None:
        return 0, b""
    place = Place(str(case), name, row.version)
    said = _opened(_data_key(case, custody), place, bytes(row.sealed))
    if said is None:
        raise UnreadableError(_CLOSED)
    return row.version, said


def series(
    case: UUID, start: str, *, custody: Custody, until: datetime | None = None
) -> dict[str, list[bytes]]:
    """Open every version of the compartments whose names begin in one way, by name.

    Args:
        case: The case.
        start: How the names begin.
        custody: Where the wrapping key is.
        until: Leave out what was kept after this moment.

    Raises:
        ErasedError: the case was erased.
        UnreadableError: one was altered or is missing, or the key of the case is gone.
        NoIdentitiesError: this deployment may hold no identities.
    """
    _check_place()
    those = Compartment.objects.filter(case=case, name__startswith=start)
    if until is not None:
        those = those.filter(at__lte=until)
    rows = those.order_by("name", "version").values_list("name", "version", "sealed")
    key, told = b"", dict[str, list[bytes]]()
    for name, version, sealed in rows:
        key = key or _data_key(case, custody)
        said = _opened(key, Place(str(case), name, version), bytes(sealed))
        before = told.setdefault(name, [])
        if said is None or version != len(before) + 1:
            raise UnreadableError(_CLOSED)
        before.append(said)
    return told


def kept_at(case: UUID, name: str, version: int) -> datetime | None:
    """Say when a version of a compartment was kept; None where there is none."""
    rows = Compartment.objects.filter(case=case, name=name, version=version)
    return rows.values_list("at", flat=True).first()


def seal_row(
    case: UUID, name: str, version: int, content: bytes, *, custody: Custody
) -> bytes:
    """Seal a row of another table under the data key of its case.

    Raises:
        ErasedError: the case was erased.
        UnreadableError: the key of the case is gone.
    """
    return seal(_data_key(case, custody), content, _row(case, name, version))


def data_keys(cases: Iterable[UUID], *, custody: Custody) -> dict[UUID, bytes]:
    """Unwrap the data keys of many cases; one that does not open is left out."""
    if not _holds_identities():
        return {}
    asked = set(cases)
    if len(asked) == 1:
        rows = _KEY(*asked)
    else:
        rows = list(WrappedKey.objects.filter(case__in=asked))
    found = {
        row.case: _unwrapped(row.case, bytes(row.wrapped), custody) for row in rows
    }
    return {case: key for case, key in found.items() if key is not None}


def latest(
    wanted: Mapping[UUID, Collection[str]], *, keys: Mapping[UUID, bytes]
) -> dict[tuple[UUID, str], tuple[int, bytes | None]]:
    """Open the latest versions of compartments of many cases.

    Args:
        wanted: The names of the compartments, by case.
        keys: The data keys of the cases.

    Returns:
        By case and compartment its version and what it says, or None where it does not
        open; a compartment that was never written is left out.
    """
    if not _holds_identities():
        return {}
    told = _of_one(wanted) if len(wanted) == 1 else _of_many(wanted)
    return {
        (case, name): (
            version,
            _opened(keys.get(case), Place(str(case), name, version), bytes(sealed)),
        )
        for case, name, version, sealed in told
        if name in wanted[case]
    }


def _of_one(wanted: Mapping[UUID, Collection[str]]) -> list[Latest]:
    """Find the latest versions in the way that is the quicker one for a single case."""
    [(case, names)] = wanted.items()
    rows = [row for name in names for row in _LAST(case, name)]
    return [(each.case, each.name, each.version, each.sealed) for each in rows]


def _of_many(wanted: Mapping[UUID, Collection[str]]) -> list[Latest]:
    names = {each for those in wanted.values() for each in those}
    later = Compartment.objects.filter(
        case=OuterRef("case"), name=OuterRef("name"), version__gt=OuterRef("version")
    )
    rows = Compartment.objects.filter(~Exists(later), case__in=wanted, name__in=names)
    return list(rows.values_list("case", "name", "version", "sealed"))


def is_erased(case: UUID) -> bool:
    """Whether the key of a case was destroyed on purpose."""
    return _holds_identities() and Tombstone.objects.filter(case=case).exists()


def open_rows(
    rows: Iterable[tuple[UUID, str, int, bytes]],
    *,
    custody: Custody,
    keys: Mapping[UUID, bytes] | None = None,
) -> list[bytes | None]:
    """Open rows of many cases at once; None stands for one that does not open.

    Args:
        rows: Of each, the case, the name and the version it was sealed as, and the seal.
        custody: Where the wrapping key is.
        keys: The data keys of the cases, where they are unwrapped already.
    """
    asked = list(rows)
    if keys is None:
        keys = data_keys([each[0] for each in asked], custody=custody)
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


def refuse_identities() -> NoReturn:
    """Refuse what would keep or look for who somebody is."""
    message = (
        "this deployment is an authority's that may hold no identities; UNHCR or "
        "legal aid registers the people, and it works with codes"
    )
    raise NoIdentitiesError(message)


def _holds_identities() -> bool:
    return bool(getattr(settings, "ASYLON_IDENTITIES", False))


def _check_place() -> None:
    if not _holds_identities():
        refuse_identities()


def last_version(case: UUID, name: str) -> int:
    """Give the number of the last version of a compartment; 0 where there is none."""
    versions = Compartment.objects.filter(case=case, name=name)
    last = versions.order_by("-version").values_list("version", flat=True).first()
    return last or 0


def _data_key(case: UUID, custody: Custody) -> bytes:
    _check_place()
    row = next(iter(_KEY(case)), None)
    if row is None and is_erased(case):
        raise ErasedError
    key = _unwrapped(case, bytes(row.wrapped), custody) if row else None
    if key is None:
        raise UnreadableError(_CLOSED)
    return key

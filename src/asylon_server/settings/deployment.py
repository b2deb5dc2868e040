"""What one deployment says of itself, in `asylon.toml` in its folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from asylon.security import PublicKey
from asylon.security.errors import KeyFileError

FILE = "asylon.toml"
EMBEDDED = "sqlite"
_PASSWORD = "password"  # noqa: S105 (the name of it)
KINDS = ("unhcr", "authority", "appeal_body", "legal_aid", "agency")


BOUNDS = {"idle_minutes": (5, 60), "longest_hours": (1, 24)}
"""How short and how long each limit of a session may be."""


_FOLDERS = ("backups", "backup_keys")


class DeploymentError(Exception):
    """The folder of a deployment says something that cannot be used."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where a deployment lives, who runs it, and where it keeps its tables.

    Attributes:
        folder: The folder of the deployment.
        name: The name of the office, as pages show it.
        kind: The kind of organisation that runs it.
        state: The state it works in, by its code of three letters.
        hosts: The host names it answers to.
        database: Where the tables are: `sqlite`, or an address that begins with
            `postgresql:`.
        invented: Whether all in it is invented; pages then say so.
        identities: Whether it keeps who people are. An authority that may not has no
            table to put it in, and no key to seal it with.
        telephone: The number at UNHCR that certificates name; without one there are none.
        idle_minutes: After so long without a page somebody is signed out: a desk
            stands in a room.
        longest_hours: After so long somebody is signed out in any case.
        backups: The folder that a backup is put in each night; none where it is empty.
        backup_keys: The folder elsewhere, where the copy of the keys is replaced then.
        unhcr_witness: The public key with which UNHCR signs the heads of the record;
            without it nothing adverse is done in a joint procedure.
    """

    folder: Path
    name: str
    kind: str
    state: str
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    database: str = field(default=EMBEDDED, repr=False)
    invented: bool = False
    identities: bool = True
    telephone: str = ""
    idle_minutes: int = 15
    longest_hours: int = 12
    backups: str = ""
    backup_keys: str = ""
    unhcr_witness: str = ""

    @property
    def secret_file(self) -> Path:
        """The file of the secret that signs sessions."""
        return self.folder / "keys" / "sessions.key"

    @property
    def sealer_file(self) -> Path:
        """The file of the key that signs the heads of the record."""
        return self.folder / "keys" / "sealer.pem"

    @property
    def custody_file(self) -> Path:
        """The file of the keys that seal who people are, itself sealed."""
        return self.folder / "keys" / "custody.json"

    @property
    def index_file(self) -> Path:
        """The wrapped index key, for the day the file of the custody is lost."""
        return self.folder / "keys" / "index.key"

    def database_file(self, alias: str) -> Path:
        """The file of one of its databases, where they are files."""
        return self.folder / "data" / f"{alias}.sqlite3"

    def without_password(self) -> Deployment:
        """The same, where the address of its database holds no password."""
        if self.database == EMBEDDED:
            return self
        parts = urlsplit(self.database)
        user, at, host = parts.netloc.rpartition("@")
        asked = [each for each in parse_qsl(parts.query) if each[0] != _PASSWORD]
        bare = parts._replace(
            netloc=f"{user.partition(':')[0]}{at}{host}",
            query=urlencode(asked, safe="/"),
        )
        return replace(self, database=urlunsplit(bare))

    def veiled(self, text: str) -> str:
        """A text without the password of the database, should it be in there."""
        if self.database == EMBEDDED:
            return text
        parts = urlsplit(self.database)
        user = parts.netloc.rpartition("@")[0]
        raw = [user.partition(":")[2], dict(parse_qsl(parts.query)).get(_PASSWORD, "")]
        known = {*raw, *map(unquote, raw), *(quote(each, safe="") for each in raw)}
        # The longest first: one way of writing it can stand within another.
        for each in sorted(known - {""}, key=len, reverse=True):
            text = text.replace(each, "…")
        return text

    def text(self) -> str:
        """Write it as `asylon.toml` has it."""
        told = {
            "name": self.name,
            "kind": self.kind,
            "state": self.state,
            "hosts": list(self.hosts),
            "database": self.database,
            "invented": self.invented,
            "identities": self.identities,
            "telephone": self.telephone,
            "idle_minutes": self.idle_minutes,
            "longest_hours": self.longest_hours,
            "backups": self.backups,
            "backup_keys": self.backup_keys,
            "unhcr_witness": self.unhcr_witness,
        }
        # What JSON makes of texts, lists of them and truths, TOML reads the same.
        lines = (f"{key} = {_quoted(value)}\n" for key, value in told.items())
        return "".join(lines)


def deployment(folder: Path) -> Deployment:
    """Read what a deployment says of itself.

    Raises:
        DeploymentError: there is none in the folder, or it cannot be used.
    """
    file = folder / FILE
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        message = (
            f"{folder}: no deployment is here, {FILE} is missing. "
            f"Make one: asylon init {folder}"
        )
        raise DeploymentError(message) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file}: it cannot be read: {error}. Mend it, or restore a backup."
        raise DeploymentError(message) from error
    return _checked(file, folder, told)


def _checked(file: Path, folder: Path, told: dict[str, Any]) -> Deployment:
    known = {each.name for each in fields(Deployment)} - {"folder"}
    for key in told:
        if key not in known:
            message = f"{file}: `{key}` means nothing here. There is {_listed(known)}."
            raise DeploymentError(message)
    for key in ("telephone", "unhcr_witness", *_FOLDERS):
        if not isinstance(told.get(key, ""), str):
            message = f'{file}: `{key}` is written as {key} = "…".'
            raise DeploymentError(message)
    for key in ("name", "kind", "state"):
        if not isinstance(told.get(key), str) or not told[key]:
            message = f'{file}: `{key}` is missing. Write it as {key} = "…".'
            raise DeploymentError(message)
    _check_kinds(file, told)
    _check_folders(file, told)
    _check_witness(file, told)
    if told["kind"] not in KINDS:
        message = f"{file}: kind `{told['kind']}` is none. There is {_listed(KINDS)}."
        raise DeploymentError(message)
    if "hosts" in told:
        told["hosts"] = tuple(told["hosts"])
    return Deployment(folder=folder, **told)


def _check_kinds(file: Path, told: dict[str, Any]) -> None:
    hosts = told.get("hosts", [])
    if not isinstance(hosts, list) or not all(isinstance(each, str) for each in hosts):
        message = f'{file}: `hosts` is a list of names, such as ["asylon.example"].'
        raise DeploymentError(message)
    for key in ("invented", "identities"):
        if not isinstance(told.get(key, True), bool):
            message = f"{file}: `{key}` is true or false."
            raise DeploymentError(message)
    for key, (least, most) in BOUNDS.items():
        value = told.get(key, least)
        if isinstance(value, bool) or value not in range(least, most + 1):
            message = f"{file}: `{key}` is a whole number from {least} to {most}."
            raise DeploymentError(message)
    address = told.get("database", EMBEDDED)
    if address != EMBEDDED and not str(address).startswith(
        ("postgresql:", "postgres:")
    ):
        message = (
            f"{file}: `database` is `{EMBEDDED}`, or an address that begins with "
            "`postgresql:`."
        )
        raise DeploymentError(message)


def _check_folders(file: Path, told: dict[str, Any]) -> None:
    folders = [told.get(key, "") for key in _FOLDERS]
    named = [each for each in folders if each]
    if len(named) == 1 or not all(Path(each).is_absolute() for each in named):
        message = (
            f"{file}: `backups` and `backup_keys` are named both, from `/` on, or "
            "neither."
        )
        raise DeploymentError(message)


def _check_witness(file: Path, told: dict[str, Any]) -> None:
    key = told.get("unhcr_witness", "")
    try:
        _ = PublicKey.of(key) if key else None
    except KeyFileError as error:
        message = f"{file}: `unhcr_witness` is no public key: {error}"
        raise DeploymentError(message) from None


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))

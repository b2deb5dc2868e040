"""A device that holds passkeys, without a browser around it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from asylon_server.store.entry.passkeys import Asked

HOST = "desk.example"
FLAG = AuthenticatorData.FLAG
HELD = FLAG.UP | FLAG.UV
"""It was touched, and knows who touched it."""


class Authenticator:
    """One passkey; `count` is how often it says that it was used."""

    def __init__(self, name: bytes = b"k" * 16, count: int = 0) -> None:
        self.name, self.count = name, count
        self.key = ec.generate_private_key(ec.SECP256R1())

    def made(self, asked: Asked) -> str:
        """Answer where a new passkey is asked for."""
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(Aaguid.NONE, self.name, public)
        data = self._data(HELD | FLAG.AT, held)
        return self._answer(
            clientDataJSON=self._client(CollectedClientData.TYPE.CREATE, asked),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def shown(self, asked: Asked) -> str:
        """Answer where a passkey is asked for."""
        data = self._data(HELD)
        client = self._client(CollectedClientData.TYPE.GET, asked)
        return self._answer(
            clientDataJSON=client,
            authenticatorData=data,
            signature=self.key.sign(data + client.hash, ec.ECDSA(SHA256())),
        )

    def _data(self, flags: AuthenticatorData.FLAG, held: bytes = b"") -> Any:
        place = sha256(HOST.encode()).digest()
        return AuthenticatorData.create(place, flags, self.count, held)

    def _client(self, kind: str, asked: Asked) -> Any:
        challenge = json.loads(asked.options)["publicKey"]["challenge"]
        return CollectedClientData.create(kind, challenge, f"https://{HOST}")

    def _answer(self, **response: bytes) -> str:
        name = websafe_encode(self.name)
        told = {each: websafe_encode(value) for each, value in response.items()}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": told}
        )

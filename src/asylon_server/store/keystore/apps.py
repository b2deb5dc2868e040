"""The name under which Django knows these tables."""

from django.apps import AppConfig


class Keystore(AppConfig):
    """The wrapped data keys of the cases, in a database of their own."""

    name = "asylon_server.store.keystore"
    label = "keystore"

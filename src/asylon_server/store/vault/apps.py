"""The name under which Django knows these tables."""

from django.apps import AppConfig


class Vault(AppConfig):
    """The sealed compartments of the cases."""

    name = "asylon_server.store.vault"
    label = "vault"

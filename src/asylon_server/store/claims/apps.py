"""The name under which Django knows these tables."""

from django.apps import AppConfig


class Claims(AppConfig):
    """The times and rooms of interviews."""

    name = "asylon_server.store.claims"
    label = "claims"

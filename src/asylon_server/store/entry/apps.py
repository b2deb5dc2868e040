"""The name under which Django knows these tables."""

from django.apps import AppConfig


class Entry(AppConfig):
    """Sign-ins that failed."""

    name = "asylon_server.store.entry"
    label = "entry"

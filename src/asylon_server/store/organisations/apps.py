"""The name under which Django knows the tables of organisations."""

from django.apps import AppConfig


class Organisations(AppConfig):
    """Organisations and accounts."""

    name = "asylon_server.store.organisations"
    label = "organisations"

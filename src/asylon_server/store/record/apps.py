"""The name under which Django knows the tables of the record."""

from django.apps import AppConfig


class Record(AppConfig):
    """Events, the tree they are sealed in, and its heads."""

    name = "asylon_server.store.record"
    label = "record"

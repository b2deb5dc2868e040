"""The name under which Django knows these tables."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Cases, who works on them, holds, and the tokens they are found by."""

    name = "asylon_server.store.cases"
    label = "cases"

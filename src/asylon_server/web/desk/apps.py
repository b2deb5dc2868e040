"""The name under which Django finds these templates."""

from django.apps import AppConfig


class Desk(AppConfig):
    """The pages of officers."""

    name = "asylon_server.web.desk"
    label = "desk"

"""The name under which Django finds these templates."""

from django.apps import AppConfig


class Common(AppConfig):
    """What the faces share."""

    name = "asylon_server.web.common"
    label = "common"

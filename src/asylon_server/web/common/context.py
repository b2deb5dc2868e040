"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from asylon_server.web.common import deployed


def page(request: HttpRequest) -> dict[str, object]:
    """Name the deployment, the languages to choose from, and the section shown."""
    match = request.resolver_match
    return {
        "deployment": deployed.deployment(),
        "languages": settings.LANGUAGES,
        "shown": match.url_name if match else "",
    }

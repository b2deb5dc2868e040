"""The addresses that the system answers to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def health(_request: HttpRequest) -> HttpResponse:
    """Say that pages are served; about the deployment it says nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


_FAILING = "asylon_server.web.common.failing"
handler403 = f"{_FAILING}.refused"
handler404 = f"{_FAILING}.absent"
handler500 = f"{_FAILING}.broken"
urlpatterns = [path("health", health), path("", include("asylon_server.web.urls"))]

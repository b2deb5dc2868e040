"""The addresses that the system answers to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def health(_request: HttpRequest) -> HttpResponse:
    """Say that pages are served; about the deployment it says nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("health", health), path("", include("asylon_server.web.urls"))]

"""How the pages are served: what each request passes through, and what cookies do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from asylon_server.settings.deployment import Deployment

_WEB = Path(__file__).parents[1] / "web"
_AT_HOME = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})

_MIDDLEWARE = (
    "asylon_server.web.common.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "asylon_server.web.common.edge.Edge",
)

_CONTEXT = (
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "django.contrib.messages.context_processors.messages",
    "asylon_server.web.common.context.page",
)


def pages(deployment: Deployment) -> dict[str, Any]:
    """Get the settings of the pages.

    Args:
        deployment: Where it only answers to this machine, cookies may go without TLS.
    """
    away = not set(deployment.hosts) <= _AT_HOME
    before = "__Host-" if away else ""
    return {
        "ASYLON_CUSTODY": None,
        "ASYLON_DEPLOYMENT": deployment,
        "ASYLON_LONGEST": timedelta(hours=deployment.longest_hours),
        "AUTHENTICATION_BACKENDS": ["asylon_server.web.common.passwords.Passwords"],
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_NAME": f"{before}asylon-form",
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_SECURE": away,
        "CSRF_FAILURE_VIEW": "asylon_server.web.common.failing.forged",
        # No page takes a file; else anybody could fill the disk, and what somebody
        # sends would lie in a folder of temporary files.
        "FILE_UPLOAD_HANDLERS": [],
        "KEPT_COOKIE_NAME": f"{before}asylon-kept",
        "LANGUAGE_COOKIE_NAME": f"{before}asylon-language",
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_SECURE": away,
        "LOGIN_URL": "sign-in",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "MIDDLEWARE": list(_MIDDLEWARE),
        "SESSION_COOKIE_AGE": deployment.idle_minutes * 60,
        "SESSION_COOKIE_NAME": f"{before}asylon-session",
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": away,
        "SESSION_ENGINE": "asylon_server.store.entry.sessions",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_SAVE_EVERY_REQUEST": True,
        "STATICFILES_DIRS": [_WEB / "assets" / "built"],
        "STATIC_URL": "/static/",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": list(_CONTEXT)},
            }
        ],
        "WHITENOISE_USE_FINDERS": True,
    }

"""The application that the web server runs, with its keys unlocked."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from asylon_server import unlocking

unlocking.from_pipe()
settings.ASYLON_CUSTODY = unlocking.held()
application = get_wsgi_application()

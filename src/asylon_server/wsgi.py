"""The application that the web server runs, with its keys unlocked."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from asylon_server import unlocking

unlocking.from_pipe()
settings.ASYLON_CUSTODY = unlocking.held()
application = get_wsgi_application()

# The tables can be imported only now.
from asylon_server.store.organisations import founded  # noqa: E402
from asylon_server.web.common import deployed  # noqa: E402

here = deployed.deployment()
founded.check(here.kind, here.state, invented=here.invented)

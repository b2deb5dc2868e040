"""What waits for somebody's answer, as the page shows it where their day begins."""

from __future__ import annotations

from asylon_server.store.cases import grouplifting, lifting
from asylon_server.web.common.edge import Request, words
from asylon_server.web.desk import showing


def waiting(request: Request) -> dict[str, object]:
    """Read the proposals about holds that wait for whoever asks."""
    actor, at, custody = request.user.actor, request.at, request.custody
    groups = grouplifting.awaiting(actor, at=at, custody=custody)
    return {
        "awaiting": lifting.awaiting(actor, at=at, custody=custody),
        "groups_awaiting": [
            (each.group, showing.destination(each.state, words()), each.until)
            for each in groups
        ],
    }

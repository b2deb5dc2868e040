"""Filters of the templates."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.translation import pgettext

from asylon_server.web.common.edge import words

register = template.Library()


@register.filter
def day(moment: datetime) -> str:
    """Write the day of a moment."""
    return words().day(moment.date())


@register.filter
def date_day(day: date) -> str:
    """Write a day."""
    return words().day(day)


@register.filter
def moment(moment: datetime) -> str:
    """Write a moment."""
    told = pgettext("a day and a time", "%(day)s, %(time)s UTC")
    return told % {"day": day(moment), "time": f"{moment:%H:%M}"}


@register.filter
def names(them: list[str]) -> str:
    """List names."""
    return words().names(them)

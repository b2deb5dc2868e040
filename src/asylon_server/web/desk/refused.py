"""What refusals of the store are called on the pages, by their permanent codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_SAID = {
    "work.nobody": _("Choose somebody."),
    "work.oneself": _("Nobody gives a case to themself. Ask another supervisor."),
    "work.role": _("This role has no cases. Choose somebody else."),
    "work.closed": _("This account is closed. Choose somebody else."),
    "work.conflict": _(
        "A conflict of interest keeps this account from the case. Choose somebody else."
    ),
    "work.state-feared": _(
        "The people of this case fear the state whose body this is. Choose somebody else."
    ),
    "conflict.own-declaration": _(
        "You declared this conflict. Another supervisor lifts it."
    ),
    "grant.oneself": _("Nobody releases fields to themself. Ask another supervisor."),
    "grant.no-work": _("Assign the case first; fields are released only for work."),
    "grant.classes": _("Tick at least one field."),
    "grant.purpose": _("Choose what it is for."),
    "grant.time": _("Enter a last day within the next 30 days."),
    "grant.language": _("Enter the language that was spoken."),
    "grant.not-read-back": _("Read it back first, and then tick this box."),
    "grant.withheld": _(
        "Where somebody hides, and who helped, is released to no body of a state."
    ),
    "grant.no-consent": _(
        "No consent of the person covers this. Keep the consent first."
    ),
    "grant.same-person": _("You kept the consent. Another person of UNHCR releases."),
    "grant.state-feared": _(
        "Somebody on this case fears the state whose body this is. Nothing is shown to it."
    ),
    "grant.no-state-body": _("Such a consent is for bodies of a state."),
    "emergency.purpose": _("Choose what is about to happen."),
    "emergency.reason": _(
        "Say in a sentence or two why, with ten characters at least."
    ),
    "emergency.classes": _("Tick what you need, one field at least."),
    "emergency.hours": _("Choose one to eight hours."),
    "emergency.nobody-to-tell": _(
        "No other organisation here could be told, so nothing is opened. Ask the "
        "supervisor of the case to assign it to you."
    ),
    "emergency.found-wrong": _(
        "You opened this case in an emergency before, and it was found not justified. "
        "Ask the supervisor of the case to assign it to you."
    ),
    "emergency.finding": _("Choose one of the two findings."),
    "emergency.reviewed": _("Somebody has found otherwise already."),
}


def said(code: str) -> str:
    """Say what a refusal means; one without words stands for itself."""
    return str(_SAID.get(code, code))

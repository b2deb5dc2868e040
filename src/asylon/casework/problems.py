"""What a record of somebody cannot say, in the reader's language."""

from __future__ import annotations

from asylon.identity import RecordError
from asylon.languages import Catalogue


def problem(error: RecordError, catalogue: Catalogue) -> str:
    """Say what is wrong, why, and what to do.

    >>> from asylon.languages import catalogue
    >>> error = RecordError("words", "there are no words", "Write it as it was told.")
    >>> problem(error, catalogue())
    'There are no words. Write it as it was told.'
    """
    said = _of_identity(error, catalogue) or _of_casework(error, catalogue)
    return said or catalogue.say(
        "problem", "This cannot be kept as it is. Check what was entered here."
    )


def _of_identity(error: RecordError, catalogue: Catalogue) -> str:
    say = catalogue.say
    match error.problem:
        case "there are no words":
            return say("problem", "There are no words. Write it as it was told.")
        case "a nationality acquired by law needs its article":
            return say(
                "problem",
                "A nationality acquired by law needs its article. Name the law and the "
                "article.",
            )
        case "nobody is named":
            return say(
                "problem",
                "Nobody is named. Choose somebody of the case, or write a name.",
            )
        case "a spouse is somebody whom the person calls so":
            return say(
                "problem",
                "A spouse is somebody whom the person calls so. Choose “claims to be the "
                "spouse” for what others say, or leave out who says it.",
            )
    return ""


def _of_casework(error: RecordError, catalogue: Catalogue) -> str:
    say = catalogue.say
    match error.problem:
        case "neither a language nor a dialect is named":
            return say(
                "problem",
                "Neither a language nor a dialect is named. Write one of them.",
            )
        case "a consent is to one purpose and one recipient":
            return say(
                "problem", "A consent is to one purpose and one recipient. Name both."
            )
        case "it is revoked before it was given":
            return say(
                "problem",
                "It is taken back before it was given, or was never given. Correct the "
                "days.",
            )
        case "nothing is passed on to a state that the person fears":
            return say(
                "problem",
                "Nothing is passed on to a state that the person fears: no consent "
                "allows it. Leave the state out, or take the consent out first.",
            )
    return ""

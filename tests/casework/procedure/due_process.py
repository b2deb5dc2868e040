"""What due process asks for, written apart from the table that is held against it.

Nothing here reads a guard. Each rule looks at who did what, and at what the file said
when somebody acted.
"""

from __future__ import annotations

from collections.abc import Mapping

from asylon.casework import Actor
from asylon.casework.procedure import Course, Standing, Step
from asylon.logic import FALSE, TRUE, Truth

REFUSALS = {"protect", "refuse", "exclude", "dismiss"}
ADVERSE = {*REFUSALS, "close"}
DRAFTS = {"draft", "draft_closing"}
FINDS = {"find", "close_element"}
OF_PART = {"sign_off", "examine", "put", "endorse", "sign", "send_back", "take_back"}
OF_PART |= {"tell"} | DRAFTS | FINDS
STIRS = {"submit", "put", "sign_off"} | FINDS
ANEW = {"reopen", "reopen_decided", "take_up"}
LOST = {"refused", "dismissed", "closed", "withdrawn"}

SIGNED_ON = {
    "refuse": {"definition": FALSE, "complementary": FALSE},
    "exclude": {"definition": FALSE, "complementary": FALSE, "excluded": TRUE},
    "protect": {"definition": FALSE, "complementary": TRUE},
    "dismiss": {"definition": FALSE},
}
"""What has to be found before each of these is signed."""


REASONED = (
    *("put", "answerable", "reasoned", "settled", "residual_risk", "both_fears"),
    *("recorded", "opened"),
)
"""What every refusal has, before it is signed."""

ALWAYS = {
    "sign": {"confirmed": TRUE, "current": TRUE},
    "withdraw": {"in_custody": FALSE, "vouched": TRUE, "wished": TRUE},
    "tell": {"safely": TRUE},
    "sign_off": {"read_back": TRUE, "fit_people": TRUE},
    "schedule": {"fit_people": TRUE},
    "settle": {"accused": FALSE},
}
"""What an act asks for, whatever was drafted."""


def drafted(course: Course) -> Step | None:
    """Give the last draft."""
    drafts = [each for each in course.steps if each.act in DRAFTS]
    return drafts[-1] if drafts else None


def since_draft(course: Course) -> list[Step]:
    """List what was done since the last draft."""
    places = [n for n, each in enumerate(course.steps) if each.act in DRAFTS]
    return list(course.steps[places[-1] + 1 :]) if places else []


def was_protected(course: Course) -> bool:
    """Whether the person was told once that they are protected otherwise."""
    outcome = ""
    for step in course.steps:
        outcome = step.outcome or outcome
        if step.act == "tell" and outcome == "protect":
            return True
    return False


def harms(before: Course, step: Step) -> bool:
    """Whether a step goes against the person."""
    draft = drafted(before)
    about = draft.outcome if draft and step.act in {"endorse", "sign", "tell"} else ""
    return step.act in {"close_element", "withdraw"} or about in ADVERSE


def demanded(before: Course, step: Step) -> Mapping[str, Truth]:
    """Name what has to be known when a step is taken, and as what."""
    asked: dict[str, Truth] = dict(ALWAYS.get(step.act, {}))
    draft = drafted(before)
    outcome = draft.outcome if draft else ""
    if harms(before, step):
        asked |= {"hold": TRUE, "complaint": FALSE}
        if before.procedure == "joint":
            asked["witnessed"] = TRUE
    if step.act == "sign" and outcome in REFUSALS:
        asked |= dict.fromkeys(REASONED, TRUE) | SIGNED_ON[outcome]
        if outcome == "dismiss" and not was_protected(before):
            asked["complementary"] = FALSE
    if outcome == "close" and step.act in {"draft_closing", "sign"}:
        asked |= {"searched": TRUE, "in_custody": FALSE, "vouched": TRUE}
    if step.act == "tell" and outcome in REFUSALS:
        asked |= {"current": TRUE, "understood": TRUE}
    return asked


def guarded_child(before: Course, step: Step) -> bool:
    """Whether a step is never taken about a child without a guardian."""
    draft = drafted(before)
    refused = bool(draft) and draft.outcome in REFUSALS and step.act in {"sign", "tell"}
    return refused or step.act in {"schedule", "sign_off", "withdraw"}


def unmet(before: Course, step: Step, was: Standing, now: Standing) -> list[str]:
    """Say what is missing of what others had to do before a step."""
    return [
        rule
        for rule, is_broken in _rules(before, step, was, now, drafted(before)).items()
        if is_broken
    ]


def _rules(
    before: Course, step: Step, was: Standing, now: Standing, draft: Step | None
) -> Mapping[str, bool]:
    later = since_draft(before)
    outcome = draft.outcome if draft else ""
    agreed = [each.by for each in later if each.act == "endorse"]
    others = [each for each in agreed if draft and each.person != draft.by.person]
    kinds = {each.organisation_kind for each in others}
    signs = step.act == "sign" and outcome in ADVERSE
    refuses = step.act == "sign" and outcome in REFUSALS
    moved = now.stage != was.stage
    return {
        "signed, and nobody but the author has reviewed it": signs and not others,
        "signed jointly, and one side alone has seen it": signs
        and before.procedure == "joint"
        and not kinds - {draft.by.organisation_kind if draft else ""},
        "refused without an interview": refuses and not _interviewed(before),
        "something came after the draft": step.act in {"sign", "endorse"}
        and any(each.act in STIRS for each in later),
        "told, and something came after it": step.act == "tell"
        and outcome in REFUSALS
        and any(each.act in STIRS for each in later),
        "somebody reviewed what they made": step.act == "endorse"
        and step.by.person in _makers(before),
        "whoever decided first hears the appeal": step.act in OF_PART
        and was.instance == "appeal"
        and step.act not in {"put", "tell"}
        and _decided(before, step),
        "an adverse outcome that nobody signed": moved
        and now.stage in {"refused", "protected", "dismissed", "closed"}
        and "sign" not in [each.act for each in (*later, step)],
        "protection was taken away": moved
        and now.stage in LOST
        and was_protected(before),
        "what was signed for the person was taken back": step.act == "take_back"
        and outcome not in ADVERSE,
        "whoever signed an exclusion tells it": step.act == "tell"
        and outcome == "exclude"
        and step.by.person in [e.by.person for e in later if e.act == "sign"],
        "sent back without a word": step.act in {"send_back", "take_back"}
        and not step.words,
    }


def _interviewed(course: Course) -> bool:
    """Whether there was an interview since the claim was last opened."""
    acts = [each.act for each in course.steps]
    opened = max((n for n, act in enumerate(acts) if act in ANEW), default=-1)
    return "sign_off" in acts[opened + 1 :]


def _makers(course: Course) -> set[str]:
    """Name who drafted or found since the claim came to this instance."""
    found: set[str] = set()
    for place, step in enumerate(course.steps):
        if step.act in ANEW | {"appeal"} or _remits(course, place):
            found = set()
        elif step.act in DRAFTS | FINDS:
            found.add(step.by.person)
    return found


def _decided(course: Course, now: Step) -> bool:
    """Whether somebody took part before the appeal, or their organisation did.

    In a joint procedure UNHCR reviews beside the appeal body, and takes a refusal back;
    there the person counts.
    """
    beside = course.procedure == "joint" and now.act in {
        "endorse",
        "send_back",
        "take_back",
    }
    earlier = _at_first(course)
    people = {each.person for each in earlier}
    houses = set() if beside else {each.organisation for each in earlier}
    return now.by.person in people or now.by.organisation in houses


def _at_first(course: Course) -> list[Actor]:
    """List who took part while the first instance had the claim."""
    first, found = True, []
    for place, step in enumerate(course.steps):
        if step.act == "appeal":
            first = False
        elif step.act in ANEW or _remits(course, place):
            first = True
        elif first and step.act in OF_PART:
            found.append(step.by)
    return found


def _remits(course: Course, place: int) -> bool:
    if course.steps[place].act != "sign":
        return False
    draft = drafted(Course(course.procedure, course.steps[:place]))
    return draft is not None and draft.outcome == "remit"

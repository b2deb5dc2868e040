"""What a file answers to the procedure: the facts that its guards ask about.

Each answer has three values. What nobody entered is not known, and so protects; what
only the moment can say, such as who is present, is passed in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from asylon.casework.assessments import told as assessed
from asylon.casework.decisions import Telling, fingerprint
from asylon.casework.files import CaseClaim, File
from asylon.casework.holds import ANY
from asylon.casework.people import Person
from asylon.casework.procedure import procedure
from asylon.casework.procedure.deadlines import is_over, rule_for
from asylon.identity import Stay
from asylon.logic import FALSE, TRUE, UNKNOWN, Truth
from asylon.logic.modules import Signs

HELD, NOW = "held", "now"
CHILDREN = ("CR", "SC")
"""The needs by which an office says that somebody is a child."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What only the moment can say: when, who is there, and who acts.

    Attributes:
        witnessed: the day of UNHCR's last signature over the head of the record.
        vouched: whether UNHCR or counsel is present.
        fit_people, fit_means: whether the plan of an interview fits; see `scheduling.fits`.
        opened: whether whoever acts opened the record.
        confirmed: whether they have just shown that it is they.
        accused: whether they are complained about, or in the same line.
        wished: whether the person asks for it, and somebody else vouches for that.
        new: whether something speaks for opening the claim again.
        telling: how a decision is told now.
    """

    on: date
    witnessed: date | None = None
    vouched: Truth = UNKNOWN
    fit_people: Truth = UNKNOWN
    fit_means: Truth = UNKNOWN
    wished: Truth = UNKNOWN
    opened: Truth = FALSE
    confirmed: Truth = FALSE
    accused: Truth = UNKNOWN
    new: Truth = UNKNOWN
    telling: Telling | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """What the law that applies makes of the findings of a claim.

    Attributes:
        signs: which facts help the definition, and which harm.
        open: the elements that still matter, those of other protection included.
        definition: whether the definition of a refugee is met.
        excluded: whether a ground of exclusion was found.
        complementary: whether another ground of protection is met.
    """

    signs: Signs
    open: Collection[str]
    definition: Truth = UNKNOWN
    excluded: Truth = UNKNOWN
    complementary: Truth = UNKNOWN


def told(file: File, claim: CaseClaim, law: Law, moment: Moment) -> Mapping[str, Truth]:
    """Work out every fact of the procedure that the file and the moment answer."""
    person = file.person(claim.person)
    return {
        **assessed(
            claim.assessment, claim.interviews, law.signs, law.open, on=moment.on
        ),
        **_of_person(file, person, claim, moment.on),
        **_of_times(person, claim, moment.on),
        **_of_draft(claim),
        **_of_interviews(person, claim, moment.on),
        **_of_moment(person, claim, moment),
        "definition": law.definition,
        "excluded": law.excluded,
        "complementary": law.complementary,
    }


def _of_person(
    file: File, person: Person, claim: CaseClaim, on: date
) -> dict[str, Truth]:
    # A state of which somebody may be a national is one that they could be sent to.
    theirs = {each.state for each in person.nationalities if each.state}
    feared = {*person.feared, *theirs} if person.feared else {ANY}
    return {
        "hold": _truth(all(file.protects(person.id, each) for each in feared)),
        "child": is_child(person, on),
        "guardian": _truth(any(each.stands(on) for each in claim.guardians)),
        "in_custody": in_custody(person, on),
    }


def _reaches(telling: Telling, person: Person) -> bool:
    """Whether it is told in a language that the person is known to speak."""
    spoken = {each.language for each in person.languages if each.language}
    return telling.understood and telling.language in spoken


def is_child(person: Person, on: date) -> Truth:
    """Say whether somebody is a child on a day; whose age is in dispute is one.

    A birth that was told so that nobody knows its day says nothing.
    """
    latest = [each.latest for each in person.born]
    told = [each for each in latest if each]
    if any(each.kind in CHILDREN for each in person.needs):
        return TRUE
    of_age = procedure().measures["years_of_a_child"]
    if any(_age(born, on) < of_age for born in told):
        return TRUE
    return FALSE if told and len(told) == len(latest) else UNKNOWN


def in_custody(person: Person, on: date) -> Truth:
    """Say whether somebody is held on a day: a stay there that nobody says has ended.

    It is known that they are not only where it is told where they are.
    """
    held = [each for each in person.stays if each.kind == HELD]
    if any(_goes_on(each, on) for each in held):
        return TRUE
    here = [each for each in person.stays if each.kind == NOW]
    return FALSE if any(_goes_on(each, on) for each in here) else UNKNOWN


def _goes_on(stay: Stay, on: date) -> bool:
    """Whether nobody says that a stay had ended before a day."""
    until = stay.period.until
    ended = until.latest if until else None
    return ended is None or ended >= on


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _of_times(person: Person, claim: CaseClaim, on: date) -> dict[str, Truth]:
    """Say which times are over; one that cannot be reckoned is not known to be.

    None is over while the person may be held without counsel, or may be a child without
    a guardian, whether or not anybody wrote down that it stands still.
    """
    guarded = any(each.stands(on) for each in claim.guardians)
    held = in_custody(person, on) is not FALSE and not claim.counsel
    stands_still = held or (is_child(person, on) is not FALSE and not guarded)

    def over(deadline: str, begins: date | None) -> Truth:
        rule = (
            rule_for(deadline, claim.procedure, claim.state, begins) if begins else None
        )
        over = is_over(rule, begins, state=claim.state, on=on, stops=claim.stops)
        return UNKNOWN if over is TRUE and stands_still else over

    came = claim.called and any(each.on >= claim.called for each in claim.interviews)
    return {
        "late": over("appeal", claim.told),
        "searched": FALSE if came else over("coming", claim.called),
    }


def _of_draft(claim: CaseClaim) -> dict[str, Truth]:
    drafted = [each.outcome for each in claim.steps if each.outcome]
    if [each.outcome for each in claim.drafts] != drafted or not drafted:
        # Another draft than the one of the last step would be signed.
        return {"current": FALSE}
    now = fingerprint(claim.interviews, claim.assessment)
    return {"current": _truth(claim.drafts[-1].rests_on == now)}


def _of_interviews(person: Person, claim: CaseClaim, on: date) -> dict[str, Truth]:
    child = is_child(person, on) is not FALSE
    whole = [
        bool(each.signed_off and each.consented and (each.guardian or not child))
        for each in claim.interviews
    ]
    last = claim.interviews[-1] if claim.interviews else None
    return {
        "recorded": _truth(bool(whole) and all(whole)),
        "read_back": _truth(last is not None and last.is_read_back),
    }


def _of_moment(person: Person, claim: CaseClaim, moment: Moment) -> dict[str, Truth]:
    telling = moment.telling
    since = (moment.on - moment.witnessed).days if moment.witnessed else None
    most = procedure().measures["witnessed_days"]
    return {
        "witnessed": _truth(since is not None and 0 <= since <= most),
        "complaint": _truth(any(each.is_open for each in claim.complaints)),
        "understood": _truth(telling is not None and _reaches(telling, person)),
        # A way that is not safe cannot be written down: see `decisions.Telling`.
        "safely": _truth(telling is not None),
        "vouched": moment.vouched,
        "fit_people": moment.fit_people,
        "fit_means": moment.fit_means,
        "wished": moment.wished,
        "opened": moment.opened,
        "confirmed": moment.confirmed,
        "accused": moment.accused,
        "new": moment.new,
    }


def _truth(is_so: bool) -> Truth:
    return TRUE if is_so else FALSE

"""Who takes part in the demonstration: organisations, and one person of each role.

Their names are those of nobody. What each of them can see is told beside the link that
signs them in, so that whoever looks at the demonstration can compare.
"""

from __future__ import annotations

from dataclasses import dataclass

from asylon.cli.speaking import spoken


@dataclass(frozen=True, slots=True)
class Office:
    """An organisation of the demonstration."""

    name: str
    kind: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who takes part: a name, a role, and the organisation."""

    name: str
    role: str
    office: Office


LEGAL_AID = Office("Invented Legal Aid", "legal_aid", "CHN")
UNHCR = Office("Invented UNHCR office", "unhcr")
AUTHORITY = Office("Invented authority", "authority", "CHN")
APPEALS = Office("Invented appeal board", "appeal_body", "CHN")
OFFICES = (LEGAL_AID, UNHCR, AUTHORITY, APPEALS)

TELEPHONE = "+44 20 7946 0958"
"""A number that is given to nobody: it is kept for plays."""

REGISTRARS = (
    Part("Sora Invented", "registration", LEGAL_AID),
    Part("Jun Invented", "registration", LEGAL_AID),
    Part("Amina Invented", "registration", UNHCR),
)
"""Who registered the caseload; each works on what they registered."""

SUPERVISORS = (
    Part("Haneul Invented", "supervisor", LEGAL_AID),
    Part("Ines Invented", "supervisor", UNHCR),
)
"""Who gives the cases of their office to others."""

GIVEN = {
    Part("Wei Invented", "counsel", LEGAL_AID): (LEGAL_AID, 3),
    Part("Minho Invented", "protection", LEGAL_AID): (LEGAL_AID, 4),
    Part("Noor Invented", "eligibility", UNHCR): (UNHCR, 2),
    Part("Chen Invented", "eligibility", AUTHORITY): (UNHCR, 5),
}
"""To whom cases are given: of which office, and each how-manieth."""

COUNSEL, _, EXAMINER, _ = GIVEN
INTERPRETER = Part("Mira Invented", "interpreter", UNHCR)
REVIEWER = Part("Tomas Invented", "reviewing", UNHCR)
TELLER = Part("Leila Invented", "protection", UNHCR)
REVIEWER_ELSEWHERE = Part("Yan Invented", "reviewing", AUTHORITY)
BOARD = (
    Part("Bao Invented", "appeal", APPEALS),
    Part("Hui Invented", "appeal", APPEALS),
)
"""Who takes claims on, beside those to whom cases are given in turn."""

CAST = (
    *REGISTRARS,
    *GIVEN,
    *SUPERVISORS,
    INTERPRETER,
    REVIEWER,
    TELLER,
    REVIEWER_ELSEWHERE,
    *BOARD,
    Part("Bora Invented", "auditor", LEGAL_AID),
    Part("Li Invented", "administrator", LEGAL_AID),
)


def shown(part: Part) -> str:
    """Say what somebody of the demonstration sees."""
    say = spoken().say
    match part.office.kind, part.role:
        case "unhcr", "registration":
            return say("demonstration", "the same at UNHCR, with cases of its own")
        case "authority" | "appeal_body", _:
            return say(
                "demonstration", "claims and holds under codes: no name, no whereabouts"
            )
        case _, "registration":
            return say(
                "demonstration",
                "searches, registers families, writes their cases, issues certificates",
            )
    return _shown(part.role)


def _shown(role: str) -> str:
    say = spoken().say
    match role:
        case "counsel":
            return say("demonstration", "cases as they were given, with what was told")
        case "protection":
            return say("demonstration", "holds, ways of contact, and emergencies")
        case "eligibility":
            return say("demonstration", "cases to be determined")
        case "reviewing":
            return say("demonstration", "drafts to be reviewed by another person")
        case "interpreter":
            return say("demonstration", "needs alone, of the cases to be interpreted")
        case "supervisor":
            return say("demonstration", "cases of the office, and whose work they are")
        case "auditor":
            return say("demonstration", "who read and did what, and no case itself")
    return say("demonstration", "people of the office and their links, and no case")

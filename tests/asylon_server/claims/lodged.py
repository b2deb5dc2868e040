"""A claim that was lodged, and those who work on it, for tests that need many of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from asylon.casework import CaseClaim
from asylon.security.custody import Custody
from asylon_server.store.cases import reads
from asylon_server.store.cases.models import Case
from asylon_server.store.claims import complaints
from asylon_server.store.rights import Actor
from tests.asylon_server.conftest import LATER


@dataclass
class Desk:
    """A claim that was lodged, and those who work on it."""

    case: Case
    claim: CaseClaim
    examiner: Actor
    works: Callable[..., Actor]
    custody: Custody

    @property
    def which(self):
        return self.case.id, self.claim.id

    @property
    def when(self):
        return {"at": LATER, "custody": self.custody}

    @cached_property
    def counsel(self):
        return self.works("legal_aid", "counsel", name="Wei of legal aid")

    def now(self):
        return reads.whole_said(self.case, custody=self.custody)[1].claims[0]

    def complain(self, who, about, words="He shouted."):
        return complaints.complain(
            who, *self.which, str(about.account), words, **self.when
        )

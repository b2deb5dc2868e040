"""A question that is kept gives what the query gives, and is refused where it cannot."""

from __future__ import annotations

import pytest
from django.db.models import Q

from asylon_server.store.cases.models import Case
from asylon_server.store.kept import Kept, KeptQuestionError
from asylon_server.store.organisations.acts import open_organisation
from asylon_server.store.organisations.models import Account, Organisation
from asylon_server.store.rights.errors import UnscopedError
from tests.asylon_server.conftest import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def offices():
    return [
        open_organisation(None, name=name, kind="unhcr", state="", at=MORNING)
        for name in ("One", "Other")
    ]


def test_a_kept_question_is_answered_for_each_value(offices):
    kept = Kept(Organisation, lambda key: Organisation.objects.filter(pk=key))

    found = [kept(each.pk) for each in offices]

    assert found == [[each] for each in offices]
    assert [each.name for [each] in found] == ["One", "Other"]


def test_a_kept_question_that_holds_another_value_is_refused(offices):
    kept = Kept(
        Organisation, lambda key: Organisation.objects.filter(pk=key, name="One")
    )

    with pytest.raises(KeptQuestionError, match="not those of the query"):
        kept(offices[0].pk)


def test_a_kept_question_in_another_order_is_refused(offices):
    kept = Kept(
        Account, lambda name, role: Account.objects.filter(role=role).filter(name=name)
    )

    with pytest.raises(KeptQuestionError):
        kept("Lee", "auditor")


def test_a_kept_question_without_a_scope_is_refused(offices):
    kept = Kept(Case, lambda key: Case.objects.filter(Q(pk=key)))

    with pytest.raises(UnscopedError):
        kept(offices[0].pk)

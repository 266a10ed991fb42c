"""A changed fact reaches the lists by one background job, however many facts change."""

from decimal import Decimal

import pytest
from django.db import connection
from tests import factories

from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import sync_policies
from lianshang.apps.policies.models import EvaluationRun
from lianshang.apps.policies.queries.summary import out_of_date
from lianshang.apps.policies.tasks import reassess

pytestmark = pytest.mark.django_db


def waiting(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
            [name],
        )
        return int(cursor.fetchone()[0])


def test_many_changes_make_one_job_that_finds_them_all() -> None:
    factories.zone()
    sync_policies(actor=None)
    firms = [factories.firm() for _ in range(3)]
    evaluate_register(actor=None)
    for firm in firms[:2]:
        factories.fact(firm, "staff_end", Decimal(5), year=2025)
    assert waiting("policies.reassess") == 1
    assert set(out_of_date()) == set(firms[:2])

    reassess()
    assert EvaluationRun.objects.first().firms == 2
    assert not out_of_date().exists()


def test_with_nothing_out_of_date_the_job_does_nothing() -> None:
    factories.zone()
    reassess()
    assert not EvaluationRun.objects.exists()

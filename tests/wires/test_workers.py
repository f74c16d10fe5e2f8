"""What a worker is called, and how it says that it lives."""

import pytest

from tests.clock import NOON, later
from wires.models import Worker
from wires.schedule.workers import name_worker, report_alive


@pytest.mark.django_db
def test_each_worker_has_one_row_with_its_start_and_its_last_heartbeat():
    report_alive("here:1", at=NOON)
    report_alive("there:2", at=later(seconds=5))
    report_alive("here:1", at=later(seconds=30))

    rows = Worker.objects.order_by("name").values_list("name", "started_at", "heartbeat_at")
    assert [*rows] == [
        ("here:1", NOON, later(seconds=30)),
        ("there:2", later(seconds=5), later(seconds=5)),
    ]


def test_no_two_workers_have_one_name():
    assert name_worker() != name_worker()

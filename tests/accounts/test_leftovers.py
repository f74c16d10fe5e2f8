"""Sessions, failures and requests of long ago go; what still counts stays."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from accounts import leftovers
from accounts.leftovers import prune_logins
from accounts.models import ResetRequest
from tests.clock import NOON, later
from tests.commands import run_command

pytestmark = pytest.mark.django_db


def make_rows(at):
    """Make a row of each kind that is over, or not yet, by a minute; `at` is that minute."""
    Session.objects.create(session_key=f"key{at}", session_data="x", expire_date=NOON + at)
    where = {"username": f"ada{at}", "ip_address": "192.0.2.1", "user_agent": "Browser"}
    attempt = AccessAttempt.objects.create(**where, failures_since_start=1, path_info="/desk/")
    login = AccessLog.objects.create(**where, path_info="/desk/")
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=later(minutes=-15) + at)
    AccessLog.objects.filter(pk=login.pk).update(attempt_time=later(days=-30) + at)
    ResetRequest.objects.create(address="192.0.2.1", at=later(hours=-1) + at)


def counts():
    return [rows.objects.count() for rows in (Session, AccessAttempt, AccessLog, ResetRequest)]


def test_what_logins_leave_behind_goes_and_what_still_counts_stays():
    make_rows(timedelta(minutes=-1))
    make_rows(timedelta(minutes=1))

    deleted = sum(prune_logins(NOON))

    assert deleted == 4
    assert counts() == [1, 1, 1, 1]
    assert Session.objects.get().expire_date > NOON


def test_leftovers_go_in_small_batches(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(leftovers, "AT_ONCE", 2)
    for n in range(1, 6):
        make_rows(timedelta(minutes=-n))

    batches = prune_logins(NOON)
    with django_assert_num_queries(2):
        first = next(batches)

    assert [first, *batches] == [2, 2, 1] * 4
    assert counts() == [0, 0, 0, 0]


def test_the_command_counts_first_and_then_deletes(at_noon):
    make_rows(timedelta(minutes=-1))

    dry = run_command("prune_logins", dry_run=True)
    untouched = counts()
    ran = run_command("prune_logins")

    assert dry.out.splitlines() == [
        "1 session",
        "1 failed login",
        "1 login",
        "1 request for a password",
        "would be deleted. Nothing was.",
    ]
    assert untouched == [1, 1, 1, 1]
    assert ran.out == "4 rows deleted.\n"

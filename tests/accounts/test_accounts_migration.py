"""The migration that makes an account for each user there was before there were accounts."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from accounts.models import Account
from tests.clock import later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

migration = import_module("accounts.migrations.0001_initial")


def test_each_user_there_is_gets_an_account_that_counts_from_when_they_joined():
    joined = {make_user(date_joined=later(days=-n)).pk: later(days=-n) for n in (1, 2)}
    Account.objects.all().delete()

    migration.record_the_users_there_are(apps, SimpleNamespace(connection=connection))

    columns = ("user", "made_at", "made_by", "confirmed_at", "confirmed_by")
    assert [*Account.objects.order_by("user").values_list(*columns)] == [
        (pk, at, None, at, None) for pk, at in sorted(joined.items())
    ]

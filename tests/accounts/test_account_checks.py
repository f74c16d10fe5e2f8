"""What `manage.py check --deploy --database default` says of a production's accounts."""

import pytest
from django.contrib.auth.models import Permission
from django.core.checks import run_checks

from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def found(databases=("default",), *, deploy=True):
    """Return the messages about accounts, by their numbers."""
    messages = run_checks(include_deployment_checks=deploy, databases=databases)
    return {
        message.id: message.msg
        for message in messages
        if message.id in {"newsroom.W007", "newsroom.E010"}
    }


@pytest.fixture
def production(settings):
    settings.PRODUCTION = True


def test_superusers_of_a_production_are_named(production):
    make_user(name="boss", is_superuser=True)
    make_user(name="former", is_superuser=True, is_active=False)
    make_user(group="Administrator")

    said = found()

    assert list(said) == ["newsroom.W007"]
    assert said["newsroom.W007"].endswith(": boss, former (not active).")


def test_accounts_that_administer_and_override_are_named(production):
    pia = make_user(group="Publisher", name="pia")
    pia.user_permissions.add(Permission.objects.get(codename="change_user"))
    make_user(group="Publisher")

    said = found()

    assert said == {"newsroom.E010": "These accounts administer accounts and override holds: pia."}


def test_accounts_are_not_asked_about_at_every_start_nor_outside_production(settings):
    make_user(name="boss", is_superuser=True)
    settings.PRODUCTION = True
    starts = [found(None), found(deploy=False)]

    settings.PRODUCTION = False

    assert [*starts, found()] == [{}, {}, {}]

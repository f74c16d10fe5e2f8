"""Two administrators at once: who waits, and what the second one finds."""

import time_machine
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django_otp.oath import hotp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import resets, second_factor
from accounts.rights import lock_roles
from mail.models import Email
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.two_connections import on_two_connections, transaction_with_another_beside

pytestmark = on_two_connections()


def test_two_administrators_at_once_do_not_give_one_person_both_rights():
    chiefs, ada = Group.objects.create(name="Chiefs"), make_user(group="Administrator", name="ada")
    client = Client()
    client.force_login(make_user(group="Administrator"))
    override = Permission.objects.get(codename="override_hold")
    form = {"name": "Chiefs", "permissions": [override.pk]}

    with transaction_with_another_beside() as beside:
        lock_roles()
        ada.groups.add(chiefs)
        second = beside(client.post, f"/desk/auth/group/{chiefs.pk}/change/", form)

    assert second.waits
    assert "would do both: ada." in second.result().content.decode()
    assert not chiefs.permissions.exists()


# Codes and links


def make_app(person, *, confirmed=True):
    return TOTPDevice.objects.create(user=person, name="app", confirmed=confirmed)


def newest_code(device):
    return f"{hotp(device.bin_key, int(NOON.timestamp()) // 30):06}"


def outcome_of(act, *args, **kwargs):
    """Return what an act returned, or the words with which it refused a code."""
    try:
        return act(*args, **kwargs)
    except second_factor.WrongCode as refusal:
        return str(refusal)


@time_machine.travel(NOON, tick=False)
def test_one_code_sent_twice_at_once_opens_one_session():
    ada = make_user(name="ada")
    code = newest_code(make_app(ada))

    with transaction_with_another_beside() as beside:
        first = second_factor.check(ada, code, at=NOON)
        second = beside(outcome_of, second_factor.check, ada, code, at=NOON)

    assert first.user == ada
    assert second.waits
    assert second.result() == second_factor.WRONG


@time_machine.travel(NOON, tick=False)
def test_an_app_that_is_set_up_twice_at_once_is_set_up_once():
    ada = make_user(name="ada")
    code = newest_code(make_app(ada, confirmed=False))

    with transaction_with_another_beside() as beside:
        second_factor.set_up(ada, code, at=NOON)
        second = beside(outcome_of, second_factor.set_up, ada, code, at=NOON)

    assert second.waits
    assert "This code does not fit" in second.result()
    assert second_factor.recovery_codes_left(ada) == second_factor.RECOVERY_CODES


def test_two_links_asked_for_at_once_count_each_other():
    ada = make_user(name="ada", email="ada@paper.example")
    for _ in range(2):
        resets.send_link(ada, at=NOON)

    with transaction_with_another_beside() as beside:
        resets.send_link(ada, at=NOON)
        fourth = beside(resets.send_link, ada, at=NOON)

    assert fourth.waits
    fourth.result()
    assert Email.objects.count() == resets.MOST_EMAILS

"""Two administrators at once: who waits, and what the second one finds."""

from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.rights import lock_roles
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

"""How the desk reads who is logged in, and what they may do."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.backends import DeskBackend
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_user_is_read_with_whether_their_own_app_is_set_up(django_assert_num_queries):
    ada, ben, ida = (make_user() for _ in range(3))
    TOTPDevice.objects.create(user=ada, confirmed=True)
    TOTPDevice.objects.create(user=ben, confirmed=False)

    with django_assert_num_queries(3):
        read = [DeskBackend().get_user(user.pk) for user in (ada, ben, ida)]

    assert read == [ada, ben, ida]
    assert [user.has_second_factor for user in read] == [True, False, False]


def test_nobody_is_read_whose_account_is_not_active_or_not_there():
    gone = make_user(is_active=False)

    assert DeskBackend().get_user(gone.pk) is None
    assert DeskBackend().get_user(0) is None


def test_what_somebody_may_do_is_asked_once(django_assert_num_queries):
    ada = make_user(group="Writer")

    with django_assert_num_queries(1):
        rights = [DeskBackend().get_all_permissions(ada) for _ in range(2)]

    assert rights[0] == rights[1]
    assert "articles.submit_article" in rights[0]
    assert "articles.publish_article" not in rights[0]


def test_of_a_single_row_and_for_who_is_not_active_or_logged_in_nothing_is_allowed():
    ada, gone = make_user(group="Writer"), make_user(group="Writer", is_active=False)
    may = DeskBackend().get_all_permissions

    assert may(ada, obj=ada) == may(gone) == may(AnonymousUser()) == set()

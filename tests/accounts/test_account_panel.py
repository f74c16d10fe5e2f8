"""What the page of a person shows of their account, to whom."""

import pytest

from accounts import acts
from accounts.admin.panel import SHOWN, AccountPanel
from accounts.models import AccountAct
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

Verb = AccountAct.Verb


def panel(person, *, user, hours=0):
    return AccountPanel(person, user=user, at=later(hours=hours))


def test_a_person_has_their_own_account_and_acts_the_newest_first():
    root, ada, ben = make_user(group="Administrator"), make_user(), make_user()
    acts.record_made(ben, by=root, at=later(hours=-9))
    acts.record_made(ada, by=root, at=later(hours=-5))
    acts.record(ada, Verb.EMAIL, by=root, at=NOON)
    acts.record(ada, Verb.PASSWORD, by=root, at=NOON)
    acts.record(ada, Verb.RENAMED, by=root, at=later(hours=-1))

    shown = panel(ada, user=root)

    assert (shown.account.user, shown.made_at) == (ada, later(hours=-5))
    assert [act.verb for act in shown.acts] == ["password", "email", "renamed", "made"]
    assert panel(ada, user=ben).acts == []


def test_the_last_twenty_acts_are_shown_in_two_queries(django_assert_num_queries):
    root, ada = make_user(group="Administrator"), make_user()
    acts.record_made(ada, by=root, at=NOON)
    for hours in range(1, SHOWN + 2):
        acts.record(ada, Verb.EMAIL, by=root, at=later(hours=hours))
    root.has_perm("accounts.view_accountact")
    shown = panel(ada, user=root)

    with django_assert_num_queries(2):
        said = {act.by for act in shown.acts} | {shown.account.made_by, shown.account.confirmed_by}

    assert said == {root, None}
    assert (len(shown.acts), shown.acts[-1].at) == (SHOWN, later(hours=2))

"""Who counts as a second person beside another."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.models import Account, AccountAct
from accounts.second_person import Ties, objection, read_ties
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

Verb = AccountAct.Verb
TWO_DAYS_AGO = later(days=-2)


def make_account(name, *, made_by=None, made_at=TWO_DAYS_AGO, **fields):
    user = make_user(name=name)
    Account.objects.create(user=user, made_by=made_by, made_at=made_at, **fields)
    return user


def act(person, verb, *, by):
    return AccountAct.objects.create(
        person=person, name=person.username, verb=verb, by=by, at=TWO_DAYS_AGO
    )


def test_two_old_accounts_of_two_makers_are_two_people():
    ada, root = make_account("ada"), make_account("root")
    ben = make_account("ben", made_by=root)

    assert objection(ben, to=ada, at=NOON) == ""
    assert objection(ada, to=ben, at=NOON) == ""


def test_two_accounts_that_one_administrator_made_are_two_people():
    root = make_account("root")
    ada, ben = make_account("ada", made_by=root), make_account("ben", made_by=root)

    assert objection(ada, to=ben, at=NOON) == ""


def test_nobody_is_a_second_person_beside_themselves():
    ada = make_account("ada")

    assert objection(ada, to=ada, at=NOON).startswith("It takes two people, and ada")


def test_the_maker_of_an_account_is_no_second_person_beside_it():
    ada = make_account("ada")
    ben = make_account("ben", made_by=ada)

    said = [objection(ben, to=ada, at=NOON), objection(ada, to=ben, at=NOON)]

    assert said[0] == said[1]
    assert said[0].startswith("ada made the account of ben")


@pytest.mark.parametrize("verb", [Verb.PASSWORD, Verb.EMAIL, Verb.FACTOR_SET, Verb.FACTOR_REMOVED])
def test_who_could_let_themselves_into_an_account_is_no_second_person_beside_it(verb):
    ada, ben = make_account("ada"), make_account("ben")
    act(ben, verb, by=ada)

    assert "ada" in objection(ben, to=ada, at=NOON)
    assert "ada" in objection(ada, to=ben, at=NOON)


@pytest.mark.parametrize("verb", [Verb.ROLES, Verb.CONFIRMED, Verb.UNLOCKED, Verb.ACTIVATED])
def test_who_only_looked_after_an_account_is_a_second_person_beside_it(verb):
    ada, ben = make_account("ada"), make_account("ben")
    act(ben, verb, by=ada)

    assert objection(ben, to=ada, at=NOON) == ""


def test_who_sets_their_own_password_still_counts():
    ada, ben = make_account("ada"), make_account("ben")
    act(ben, Verb.PASSWORD, by=ben)

    assert objection(ben, to=ada, at=NOON) == ""


def test_an_account_made_through_an_account_of_ones_own_does_not_count():
    ada = make_account("ada")
    puppet = make_account("puppet", made_by=ada)
    ben, cleo = make_account("ben", made_by=puppet), make_account("cleo")
    act(cleo, Verb.PASSWORD, by=puppet)

    said = [objection(ben, to=ada, at=NOON), objection(ada, to=cleo, at=NOON)]

    assert all("through an account" in each for each in said)
    assert objection(ben, to=cleo, at=NOON) == ""


def test_administrators_who_set_each_others_passwords_end_no_search():
    ada, ben = make_account("ada"), make_account("ben")
    act(ada, Verb.PASSWORD, by=ben)
    act(ben, Verb.PASSWORD, by=ada)
    cleo = make_account("cleo")

    assert objection(ben, to=cleo, at=NOON) == ""


@pytest.mark.parametrize(("hours", "counts"), [(0, False), (23.99, False), (24, True), (30, True)])
def test_an_account_counts_from_its_25th_hour(hours, counts):
    ada, ben = make_account("ada"), make_account("ben", made_at=NOON)

    said = objection(ben, to=ada, at=later(hours=hours))

    assert (said == "") is counts
    assert counts or "26 June 2026 12:00 UTC" in said


def test_who_is_answered_may_have_a_young_account():
    ada, ben = make_account("ada"), make_account("ben", made_at=NOON)

    assert objection(ada, to=ben, at=NOON) == ""


def test_a_user_without_a_record_counts_a_day_after_they_joined():
    ada = make_account("ada")
    young, old = make_user(date_joined=later(hours=-1)), make_user(date_joined=later(days=-2))

    assert "24 hours" in objection(young, to=ada, at=NOON)
    assert objection(old, to=ada, at=NOON) == ""


def test_a_young_account_counts_once_another_administrator_confirmed_it():
    ada, ben, root = make_account("ada"), make_account("ben"), make_account("root")
    known = {"made_by": root, "made_at": NOON, "confirmed_at": NOON}
    cleo = make_account("cleo", **known, confirmed_by=ben)

    assert objection(cleo, to=ada, at=NOON) == ""


def test_a_confirmation_by_who_is_answered_does_not_count():
    ada, root = make_account("ada"), make_account("root")
    known = {"made_by": root, "made_at": NOON, "confirmed_at": NOON}
    cleo = make_account("cleo", **known, confirmed_by=ada)

    assert "24 hours" in objection(cleo, to=ada, at=NOON)


@pytest.mark.parametrize("who", ["maker", "itself"])
def test_the_database_refuses_a_confirmation_by_the_maker_or_by_itself(who):
    root = make_account("root")
    cleo = make_account("cleo", made_by=root, made_at=NOON)
    confirmed_by = root if who == "maker" else cleo

    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(user=cleo).update(confirmed_by=confirmed_by, confirmed_at=NOON)


def test_an_account_from_before_the_record_counts_as_confirmed():
    ada, old = make_account("ada"), make_account("old", made_at=NOON, confirmed_at=NOON)

    assert objection(old, to=ada, at=NOON) == ""


def test_an_inactive_account_does_not_count():
    ada, ben = make_account("ada"), make_account("ben")
    ben.is_active = False

    assert "not active" in objection(ben, to=ada, at=NOON)


def test_beside_a_command_only_the_account_itself_is_asked():
    ada = make_account("ada", made_by=make_account("root"))

    assert objection(ada, to=None, at=NOON) == ""
    assert "24 hours" in objection(ada, to=None, at=later(days=-2))


def test_the_objections_among_many_people_take_two_queries(django_assert_num_queries):
    root = make_account("root")
    people = [make_account(f"user{n}", made_by=root) for n in range(9)]

    with django_assert_num_queries(2):
        ties = read_ties(people)
        said = [ties.objection(people[0], to=other, at=NOON) for other in people[1:]]

    assert said == [""] * 8


def in_memory(pk, name="", *, hours=48, **fields):
    """Return a user in no database and the record of an account that is so many hours old."""
    user = User(pk=pk, username=name or f"user{pk}", is_active=True, date_joined=NOON)
    return user, Account(user=user, made_at=later(hours=-hours), **fields)


def ties_of(*accounts, ways=None):
    return Ties({account.user_id: account for _, account in accounts}, ways or {})


def test_each_objection_says_in_a_sentence_whose_account_does_not_count_and_why():
    ada, ida = in_memory(1, "ada"), in_memory(2, "ida")
    through = {2: {3: "made the account of"}, 3: {1: "set the password of"}}
    direct = {1: {2: "changed the e-mail address of"}}

    said = [
        ties_of(ada, ida).objection(ada[0], to=ada[0], at=NOON),
        ties_of(ada, ida).objection(ada[0], to=ida[0], at=NOON),
        ties_of(ada, ida, ways=direct).objection(ada[0], to=ida[0], at=NOON),
        ties_of(ada, ida, ways=through).objection(ada[0], to=ida[0], at=NOON),
        ties_of(ada, ida, ways=through).objection(ida[0], to=ada[0], at=NOON),
        ties_of(ada, ida, ways=direct).objection(ada[0], to=None, at=NOON),
    ]

    assert said == [
        "It takes two people, and ada would be both of them.",
        "",
        "ida changed the e-mail address of ada, so the two do not count as two people."
        " Ask somebody else.",
        *(
            "ada can get into the account of ida through an account that made it or set its"
            " password, so the two do not count as two people. Ask somebody else."
            for _ in range(2)
        ),
        "",
    ]


@pytest.mark.parametrize(
    ("confirmation", "counts"),
    [
        ({}, False),
        ({"confirmed_at": NOON}, True),
        ({"confirmed_at": NOON, "confirmed_by_id": 7}, True),
        ({"confirmed_at": NOON, "confirmed_by_id": 2}, False),
        ({"confirmed_at": NOON, "confirmed_by_id": 9}, False),
    ],
    ids=["by nobody", "by a command", "by another", "by who is answered", "by who can get into it"],
)
def test_a_young_account_counts_by_a_confirmation_of_somebody_apart(confirmation, counts):
    young, other = in_memory(1, hours=23, **confirmation), in_memory(2)
    ties = ties_of(
        young, other, ways={1: {8: "made the account of"}, 8: {9: "made the account of"}}
    )

    assert (ties.objection(young[0], to=other[0], at=NOON) == "") is counts


def test_a_young_account_says_from_when_it_counts_and_does_at_that_moment():
    ties = ties_of(young := in_memory(1, "ada", hours=1))

    said = ties.objection(young[0], to=None, at=NOON)

    assert said.startswith(
        "The account of ada is less than 24 hours old. It counts from 26 June 2026 11:00 UTC,"
    )
    assert ties.objection(young[0], to=None, at=later(hours=22, seconds=3599))
    assert not ties.objection(young[0], to=None, at=later(hours=23))


def test_an_act_on_an_account_is_never_changed():
    line = act(make_user(), Verb.PASSWORD, by=make_user())

    with pytest.raises(IntegrityError), transaction.atomic():
        AccountAct.objects.filter(pk=line.pk).update(by=None)


def test_a_user_with_an_act_cannot_be_deleted():
    ada = make_user()
    act(ada, Verb.PASSWORD, by=ada)

    with pytest.raises(ProtectedError):
        ada.delete()

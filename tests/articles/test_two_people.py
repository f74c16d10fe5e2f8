"""An override, or a translation, takes two people: not one person with two accounts."""

import pytest

from accounts.acts import record
from accounts.models import Account, AccountAct
from articles import publishing
from articles.models import WireSource
from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

Verb = AccountAct.Verb
LAST_WEEK = later(days=-9)


@pytest.fixture
def publisher():
    return make_user(group="Publisher", name="pia")


@pytest.fixture
def second():
    return make_user(group="Publisher", name="sef")


def held_article():
    return make_article(framing_note="")


def override(article, by, at=NOON):
    (hold,) = publishing.build_snapshot(article, at=at).holds
    publishing.override(article, fingerprint=hold.fingerprint, reason="So.", by=by, at=at)


def publish(article, by, at=NOON):
    return publishing.publish(article, by=by, at=at)


def made_by(maker, *people, at=LAST_WEEK):
    for person in people:
        Account.objects.create(user=person, made_by=maker, made_at=at)


def make_one_of_two(publisher, second):
    made_by(publisher, second)


def set_password(publisher, second):
    record(second, Verb.PASSWORD, by=publisher, at=NOON)


def make_through_another(publisher, second):
    puppet = make_user(group="Administrator")
    made_by(publisher, puppet)
    made_by(puppet, second)


def make_today(publisher, second):
    made_by(make_user(), second, at=later(hours=-23))


def join_today(publisher, second):
    type(second).objects.filter(pk=second.pk).update(date_joined=later(hours=-23))
    second.refresh_from_db()


ONE_PERSON = [make_one_of_two, set_password, make_through_another, make_today, join_today]


@pytest.mark.parametrize("make_one", ONE_PERSON)
@pytest.mark.parametrize("overrides", ["publisher", "second"])
def test_an_override_does_not_count_where_two_accounts_may_be_one_person(
    publisher, second, make_one, overrides
):
    make_one(publisher, second)
    article = held_article()
    by, publishes = (publisher, second) if overrides == "publisher" else (second, publisher)
    override(article, by)

    with pytest.raises(publishing.HeldByChecks) as held:
        publish(article, publishes)

    (why,) = held.value.uncounted.values()
    assert "two people" in why or "24 hours" in why
    article.refresh_from_db()
    assert not article.is_live


def test_an_override_of_an_account_that_is_not_active_any_more_does_not_count(publisher, second):
    article = held_article()
    override(article, second)
    second.is_active = False
    second.save()

    with pytest.raises(publishing.HeldByChecks) as held:
        publish(article, publisher)

    assert "not active" in " ".join(held.value.uncounted.values())


def test_an_override_counts_for_a_command_only_if_its_account_counts(second):
    article = held_article()
    override(article, second)
    made_by(make_user(), second, at=later(hours=-1))

    with pytest.raises(publishing.HeldByChecks):
        publish(article, None)
    version = publish(article, None, at=later(hours=24))

    assert [entry["how"] for entry in version.overrides] == ["second"]


def test_an_override_counts_between_two_accounts_of_one_administrator(publisher, second):
    made_by(make_user(group="Administrator"), publisher, second)
    article = held_article()
    override(article, second)

    version = publish(article, publisher)

    assert [entry["how"] for entry in version.overrides] == ["second"]


def test_an_override_of_a_young_account_counts_once_it_is_a_day_old(publisher, second):
    make_today(publisher, second)
    article = held_article()
    override(article, second)

    version = publish(article, publisher, at=later(hours=1))

    assert [entry["how"] for entry in version.overrides] == ["second"]


@pytest.mark.parametrize("make_one", ONE_PERSON)
def test_a_one_person_desk_does_not_call_a_second_account_a_second_person(
    publisher, second, make_one, settings
):
    settings.DESK_SECOND_PERSON = False
    make_one(publisher, second)
    article = held_article()
    override(article, second)

    version = publish(article, publisher)

    assert [entry["how"] for entry in version.overrides] == ["alone"]


def test_the_desk_says_why_an_override_does_not_count(client, publisher, second):
    made_by(publisher, second)
    article = held_article()
    override(article, second)
    client.force_login(publisher)

    page = client.get(f"/desk/articles/article/{article.pk}/change/").content.decode()

    assert "Overridden by sef. pia made the account of sef" in page


def test_who_overrides_with_a_young_account_is_told(client, second, at_noon):
    make_today(None, second)
    article = held_article()
    (hold,) = publishing.build_snapshot(article, at=NOON).holds
    client.force_login(second)
    path = f"/desk/articles/article/{article.pk}/override/{hold.fingerprint}/"

    young = client.get(path).content.decode()
    Account.objects.update(confirmed_by=make_user(), confirmed_at=NOON)
    confirmed = client.get(path).content.decode()

    assert "Your override will not count yet." in young
    assert "Your override will not count yet." not in confirmed


@pytest.mark.parametrize("make_one", ONE_PERSON)
def test_a_translation_is_not_confirmed_where_two_accounts_may_be_one_person(
    publisher, second, make_one
):
    make_one(publisher, second)
    article = make_article(sources=False)
    post = make_post(text="Der Hafen bleibt zu.", language="de")
    make_source(article, post=post, translation="The port stays shut.", translated_by=publisher)

    with pytest.raises(publishing.OwnTranslation, match=r"\w{4,} .*\.$"):
        publishing.confirm_translation(WireSource.objects.get(), by=second, at=NOON)

    assert WireSource.objects.get().confirmed_translation == ""

"""What keeps an article from its readers does so on every way to them."""

import io
from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.core.management import call_command

from articles import publishing
from articles.models import Article, ArticleVersion, Schedule
from tests.articles.factories import make_article, make_live_article, post_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

EIGHT = later(hours=8)
NOTE = "The port reopened."


def change(article, **fields):
    Article.objects.filter(pk=article.pk).update(**fields)
    article.refresh_from_db()


# The ways


def by_list(article, person, client):
    client.force_login(person)
    data = {"action": "publish_selected", "_selected_action": article.pk, "confirmed": "yes"}
    answer = client.post("/desk/articles/article/", data, follow=True)
    return answer.content.decode()


def by_command(article, person, client):
    said = io.StringIO()
    with suppress(SystemExit):
        call_command("publish", article.slug, by=person.username, stdout=said, stderr=said)
    return said.getvalue()


def told(act):
    """Return a way that answers with all that is said of a refusal."""

    def attempt(article, person, client):
        try:
            act(article, person)
        except publishing.HeldByChecks as held:
            return " ".join(
                [str(held), *(each.message for each in held.findings), *held.uncounted.values()]
            )
        except publishing.Refused as refusal:
            return str(refusal)
        return "It went out."

    return attempt


FIRST = {
    "publish": told(lambda article, by: publishing.publish(article, by=by, at=NOON)),
    "schedule": told(
        lambda article, by: publishing.schedule(article, due_at=EIGHT, by=by, at=NOON)
    ),
    "list": by_list,
    "command": by_command,
}
OF_LIVE = {
    "update": told(lambda article, by: publishing.update(article, by=by, at=NOON, note=NOTE)),
    "correct": told(lambda article, by: publishing.correct(article, by=by, at=NOON, note=NOTE)),
    "scheduled update": told(
        lambda article, by: publishing.schedule(
            article, due_at=EIGHT, by=by, at=NOON, kind="update", note=NOTE
        )
    ),
}
WITHOUT_NOTE = {
    "update": told(lambda article, by: publishing.update(article, by=by, at=NOON, note=" ")),
    "correct": told(lambda article, by: publishing.correct(article, by=by, at=NOON, note=" ")),
    "scheduled update": told(
        lambda article, by: publishing.schedule(
            article, due_at=EIGHT, by=by, at=NOON, kind="update"
        )
    ),
}


# The gates: each closes one, of an article that would go out


def lose_the_right(article, person):
    person.groups.clear()
    person.groups.add(make_user(group="Writer").groups.get())


def drop_the_framing_note(article, person):
    change(article, framing_note="")


def override_it_alone(article, person):
    change(article, framing_note="")
    [mark] = [each.fingerprint for each in publishing.vet(article, at=NOON) if each.level == "hold"]
    publishing.override(article, fingerprint=mark, reason="It follows.", by=person, at=NOON)


def withdraw_the_post(article, person):
    post = post_of(article)
    post.withdrawn_at, post.state = NOON, "withdrawn"
    post.save()


def empty_it(article, person):
    change(article, body="")


def take_the_headline(article, person):
    change(article, headline=" ")


def set_the_embargo(article, person):
    publishing.set_embargo(article, until=later(hours=9), by=person, at=NOON)


def schedule_it(article, person):
    update = {"kind": "update", "note": NOTE} if article.is_live else {}
    publishing.schedule(article, due_at=EIGHT, by=person, at=NOON, **update)


def give_its_address_away(article, person):
    other = make_live_article()
    change(article, slug=other.live_slug)
    # A command is told of articles by their slugs.
    change(other, slug="moved-on")


def withdraw_it(article, person):
    if not article.is_live:
        publishing.publish(article, by=person, at=NOON)
    publishing.withdraw(article, by=person, at=NOON, note="All wrong.")


def publish_it(article, person):
    publishing.publish(article, by=person, at=NOON)


def nothing(article, person):
    """Leave it as it is: the way itself is the wrong one."""


@dataclass(frozen=True)
class Gate:
    close: object
    said: str
    ways: dict
    is_live: bool


def both(close, said, *, but=()):
    """Yield a gate of drafts and of live articles, on all ways but these."""
    for ways, is_live in ((FIRST, False), (OF_LIVE, True)):
        left = {name: way for name, way in ways.items() if name not in but}
        yield Gate(close, said, left, is_live)


GATES = [
    *both(lose_the_right, "may not", but=["list"]),
    Gate(lose_the_right, "", {"list": by_list}, is_live=False),
    *both(drop_the_framing_note, "framing note"),
    *both(override_it_alone, "somebody else"),
    # A live article that cites it needs its correction all the more.
    Gate(withdraw_the_post, "withdr", FIRST, is_live=False),
    *both(empty_it, "no text yet"),
    *both(take_the_headline, "no headline yet"),
    *both(set_the_embargo, "under embargo until 25 June 2026 21:00 UTC"),
    # Scheduled again it may be.
    *both(
        schedule_it, "scheduled for 25 June 2026 20:00 UTC", but=["schedule", "scheduled update"]
    ),
    # Until the time comes, the address may be free again.
    *both(give_its_address_away, "another article", but=["schedule", "scheduled update"]),
    *both(withdraw_it, "this one is withdrawn"),
    Gate(publish_it, "only a draft can be published; this one is live", FIRST, is_live=False),
    Gate(nothing, "only a live article can be updated; this one is draft", OF_LIVE, is_live=False),
    Gate(nothing, "note", WITHOUT_NOTE, is_live=True),
]
CASES = [
    pytest.param(gate, way, id=f"{gate.close.__name__}-{name}")
    for gate in GATES
    for name, way in gate.ways.items()
]


def state_of(article):
    columns = ("status", "live_version", "live_slug", "first_published_at")
    return (
        Article.objects.values_list(*columns).get(pk=article.pk),
        ArticleVersion.objects.filter(article=article).count(),
        list(Schedule.objects.filter(article=article).values_list("due_at", "over_at")),
    )


@pytest.fixture
def publisher():
    return make_user(group="Publisher")


@pytest.mark.parametrize(("gate", "way"), CASES)
def test_a_closed_gate_is_closed_on_every_way_and_says_why(gate, way, publisher, client, at_noon):
    article = make_live_article() if gate.is_live else make_article()
    gate.close(article, publisher)
    publisher = type(publisher).objects.get(pk=publisher.pk)
    before = state_of(article)

    said = way(article, publisher, client)

    assert gate.said.lower() in said.lower()
    assert state_of(article) == before


@pytest.mark.parametrize("name", [*FIRST, *OF_LIVE])
def test_without_a_gate_each_way_leads_to_the_readers(name, publisher, client, at_noon):
    article = make_article() if name in FIRST else make_live_article()
    before = state_of(article)

    (FIRST | OF_LIVE)[name](article, publisher, client)

    assert state_of(article) != before

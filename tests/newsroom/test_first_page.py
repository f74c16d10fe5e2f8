"""The desk's first page: what it costs, and what it says of one's own drafts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import archive, publishing
from articles.models import (
    Act,
    Article,
    ArticleVisit,
    FrontOrder,
    OverrideRequest,
    WorkingCopy,
)
from mail.models import Email
from newsroom import front
from tests.articles.factories import make_article, make_live_article, post_of
from tests.clock import NOON, later
from tests.markets.factories import make_held, make_instrument, make_provider
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_post
from web.fragments import forget
from wires.models import Worker

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def count_findings(at=NOON):
    return publishing.vet_drafts(now=lambda: at, is_over=lambda: False)


def mine(client):
    page = client.get("/desk/").content.decode()
    return page[page.index('id="drafts"') : page.index('id="column-paper"')]


@pytest.mark.parametrize("is_first", [True, False], ids=["first-look", "later-look"])
def test_a_full_first_page_costs_at_most_fifteen_queries(client, at_noon, monkeypatch, is_first):
    user, edda = make_user(group="Publisher", name="ada"), make_user(group="Editor", name="edda")
    client.force_login(user)
    own = make_article(headline="Mine", created_by=user)
    make_live_article()
    held = make_article(headline="Held", status="review")
    OverrideRequest.objects.create(article=held, holds=[], by=edda, at=NOON)
    returned = make_article(headline="Came back", created_by=user)
    publishing.submit(returned, by=user, at=NOON)
    publishing.send_back(returned, by=edda, at=NOON, comment="Who says so?")
    publishing.schedule(make_article(), due_at=later(hours=8), by=user, at=NOON)
    own.comments.create(text="@ada look", by=edda, at=NOON).mentioned.add(user)
    ArticleVisit.objects.note(user_id=edda.pk, article_id=own.pk, at=NOON)
    make_channel(code="NAHR", health="failing", last_error="the server answered 503")
    Worker.objects.create(name="w", started_at=NOON, heartbeat_at=NOON)
    make_post()
    make_held(make_instrument("Gold"), reason="its price is zero")
    make_provider("ecb", health="failing", last_error="the answer is empty")
    Email.objects.create(
        to="a@paper.example", subject="Hello", asked_at=NOON, next_attempt_at=NOON,
        expires_at=later(hours=1), attempts=2, last_error="Connection refused",
    )  # fmt: skip
    changed = make_live_article(headline="Changed")
    add_version(post_of(changed), text="The harbour is open.", at=NOON)
    # Pinned, and not among the newest, so that the front costs its second query.
    monkeypatch.setattr(front, "NEWEST", 1)
    FrontOrder.objects.create(n=1, pins=[changed.pk], what="Pinned", by=user, at=NOON)
    count_findings()
    archive.tally_alerts(NOON)
    client.get("/desk/")
    if is_first:
        # A process that has kept nothing, and a front that is not the one it had kept.
        forget()

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/desk/").content.decode()

    for words in (
        "Mine", "Held", "Came back", "Who says so?", "@ada look", "edda is in it", "NAHR",
        "its price is zero", "the answer is empty", "Connection refused", "1 live",
    ):  # fmt: skip
        assert words in page, words
    assert len(asked) <= MOST_QUERIES, [query["sql"][:80] for query in asked]


def test_a_draft_says_its_open_holds_and_queries(client, at_noon):
    user = make_user(group="Writer")
    client.force_login(user)
    article = make_article(created_by=user, framing_note="")
    before = mine(client)

    count_findings()
    held = mine(client)
    Article.objects.filter(pk=article.pk).update(updated_at=later(seconds=5))
    saved_since = mine(client)

    assert "not checked yet" in before
    assert "1 hold, 1 query" in held
    assert "not checked yet" in saved_since


def test_who_types_into_a_draft_or_only_reads_it_is_named_once(client, at_noon):
    user = make_user(group="Writer")
    edda = make_user(group="Editor", name="edda")
    grace = make_user(group="Editor", name="grace", first_name="Grace", last_name="Hill")
    client.force_login(user)
    article = make_article(created_by=user)
    for person in (user, edda, grace):
        ArticleVisit.objects.note(user_id=person.pk, article_id=article.pk, at=NOON)
    WorkingCopy.objects.keep(
        user_id=edda.pk, token="form-0001", article_id=article.pk, draft={}, seen_at=None, at=NOON
    )

    page = mine(client)

    assert "Grace Hill, edda are in it" in page


def test_five_drafts_and_five_in_review_are_shown_each_the_newest(client, at_noon):
    user = make_user(group="Editor")
    client.force_login(user)
    for n in range(7):
        for status in ("draft", "review"):
            article = make_article(headline=f"{status} {n}", created_by=user, status=status)
            Article.objects.filter(pk=article.pk).update(updated_at=later(seconds=n))
    make_article(headline="Somebody else's", created_by=make_user())

    page = client.get("/desk/").content.decode()

    shown = {f"{status} {n}" for status in ("draft", "review") for n in range(2, 7)}
    hidden = {f"{status} {n}" for status in ("draft", "review") for n in range(2)}
    assert all(f">{words}<" in page for words in shown)
    assert not any(f">{words}<" in page for words in (*hidden, "Somebody else's"))
    assert not Act.objects.exists()

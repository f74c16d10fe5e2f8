"""Where a post, a channel or an outlet is used: as a command, and however many posts there are."""

import json

import pytest
from django.core.management import CommandError

from articles import publishing
from articles.archive import usage
from articles.models import Article, VersionSource, WireSource
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import later
from tests.commands import run_command
from tests.plans import plan_of
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires.models import Post, PostVersion

pytestmark = pytest.mark.django_db


def run_usage(*arguments):
    return run_command("usage", *arguments).out


@pytest.fixture
def cited():
    """Return an article that cites the second version of a post, and the first in an old version."""
    channel = make_channel(
        outlet=make_outlet("Radio Nahr"), platform="telegram", code="NAHR", account="radionahr",
        address="https://t.me/radionahr",
    )  # fmt: skip
    post = make_post(channel=channel, native_id="7", url="https://t.me/radionahr/7")
    article = make_article(headline="Ships turn back", slug="ships", sources=False)
    source = make_source(article, key="n1", post=post)
    article.body = "The harbour is closed [@n1]."
    article.save()
    publishing.publish(article, by=None, at=later())
    source.version = add_version(post, text="The harbour is closed to ships.", at=later(hours=1))
    source.save()
    publishing.update(article, by=None, at=later(hours=2), note="It is closed to ships.")
    make_live_article(headline="Another")
    return article


@pytest.mark.parametrize(
    "subject",
    [("--post", "https://t.me/radionahr/7"), ("--channel", "NAHR"), ("--outlet", "radio-nahr")],
)
def test_usage_lists_each_version_and_the_working_copy(cited, subject):
    assert run_usage(*subject) == (
        "Live: Ships turn back (/2026/06/25/ships/): version 2 (live), source 1;"
        " version 1, source 1; working copy, [@n1]\nUsed in 1 article.\n"
    )


def test_usage_prints_a_json_line_for_each_article(cited):
    assert json.loads(run_usage("--channel", "NAHR", "--format", "json")) == {
        "id": cited.pk,
        "headline": "Ships turn back",
        "status": "live",
        "url": "/2026/06/25/ships/",
        "versions": [
            {"n": 2, "live": True, "numbers": [1]},
            {"n": 1, "live": False, "numbers": [1]},
        ],
        "working_copy": ["n1"],
    }


def test_usage_gives_no_address_for_a_draft(cited):
    post = make_post(channel=make_channel(code="PILOTS"))
    draft = make_source(make_article(headline="A draft", sources=False), post=post).article

    assert run_usage("--channel", "PILOTS") == (
        f"Draft: A draft (article {draft.pk}): working copy, [@r1]\nUsed in 1 article.\n"
    )


@pytest.mark.parametrize(
    "subject",
    [("--post", "https://t.me/none/7"), ("--channel", "NONE"), ("--outlet", "none")],
)
def test_usage_of_an_unknown_name_is_a_one_line_error(subject):
    with pytest.raises(CommandError, match=f"Nothing on file is called {subject[1]}"):
        run_usage(*subject)


def test_usage_lists_every_article_across_several_queries(monkeypatch, cited):
    monkeypatch.setattr(usage, "AT_ONCE", 2)
    post = make_post()
    for n in range(5):
        make_source(make_article(headline=f"Draft {n}", sources=False), post=post)

    used = usage.Usage(post)
    found = list(used)

    assert [each.article.headline for each in found] == [f"Draft {n}" for n in (4, 3, 2, 1, 0)]
    assert len(used) == 5


@pytest.mark.parametrize("kind", ["post", "channel", "outlet"])
def test_usage_is_found_by_indexes_however_many_posts_there_are(cited, kind):
    for _ in range(3):
        make_post()
    post = Post.objects.get(native_id="7")
    subject = {"post": post, "channel": post.channel, "outlet": post.channel.outlet}[kind]

    on = usage.Lookup.of(subject)
    for rows in (usage.published_on(on), usage.drafted_on(on)):
        assert rows.exists()
        plan = plan_of(rows.values_list("pk"))
        for model in (Post, PostVersion, VersionSource, WireSource, Article):
            assert not plan.reads_whole(model), plan.text


def test_the_query_plan_reports_a_full_table_scan(cited):
    assert plan_of(Post.objects.filter(native_id="7")).reads_whole(Post)

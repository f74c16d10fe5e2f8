"""Until an embargo ends nothing of an article leaves, by any public address there is.

PUBLIC is the list of public addresses. A new one gets a line: what to ask for, of an article that
is under embargo, and whether readers find its words there once the embargo is over.
"""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import URLPattern, get_resolver, reverse

from articles import publishing, scorecards
from articles.feeds import FORMATS
from articles.models import Article, FormerSlug, Topic
from articles.preview_links import NotShared, find_link, make_link
from articles.sitemaps import FILE
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_section,
    make_source,
    make_topic,
)
from tests.articles.form_fields import fields_of
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post
from wires.models import Post, Story

pytestmark = pytest.mark.django_db

# Words that stand nowhere but in the article under embargo.
SECRET = "zanzibarite"  # noqa: S105  # a word
UNTIL = later(hours=8)
SHA = "c" * 64


def of_article(article, name, *more):
    day = UNTIL
    return reverse(name, args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}", article.slug, *more])


# By the name in the URL conf: what is asked for, and whether the words stand there afterwards.
PUBLIC = {
    "front": (lambda one: "/", True),
    "wires:wire": (lambda one: "/wire/", False),
    "wires:fragment": (lambda one: "/wire/live/", False),
    "wires:post": (lambda one: post_of(one).get_absolute_url(), True),
    "wires:in_an_article": (
        lambda one: reverse("wires:in_an_article", args=[post_of(one).pk]), True,
    ),
    "wires:outlet": (lambda one: post_of(one).channel.outlet.get_absolute_url(), False),
    "articles:cited_version": (
        lambda one: reverse("articles:cited_version", args=[post_of(one).pk, 1]), True,
    ),
    "articles:story": (lambda one: reverse("articles:story", args=[post_of(one).story_id]), True),
    "articles:article": (lambda one: of_article(one, "articles:article"), True),
    "articles:corrections": (lambda one: of_article(one, "articles:corrections"), True),
    "articles:correction": (
        lambda one: of_article(one, "articles:correction", newest_note(one)), True,
    ),
    "articles:corrections_log": (lambda one: "/corrections/", True),
    # What an outlet is cited in is counted by the worker; of what is not public nothing is.
    "articles:sources": (lambda one: counted("/sources/"), False),
    "articles:source": (
        lambda one: counted(f"/sources/{post_of(one).channel.outlet.slug}/"), True,
    ),
    "articles:methods": (lambda one: "/methods/", False),
    "articles:archive": (lambda one: "/archive/", True),
    "articles:archive_day": (lambda one: f"/archive/{UNTIL:%Y/%m/%d}/", True),
    "articles:shared_preview": (
        lambda one: reverse("articles:shared_preview", args=["a" * 43]), False,
    ),
    "articles:search": (lambda one: "/search/?q=closed", True),
    "articles:section": (lambda one: one.section.get_absolute_url(), True),
    **{
        f"articles:{kind}{form.name}": (
            lambda one, of=page, form=form: form.address(of(one)), is_told,
        )
        for form in FORMATS
        for kind, page, is_told in (
            ("feed", lambda one: "/", True),
            ("section_feed", lambda one: one.section.get_absolute_url(), True),
            ("topic_feed", lambda one: "/topics/minerals/", True),
            ("author_feed", lambda one: "/authors/ines-okonjo-hale/", True),
            ("corrections_feed", lambda one: "/corrections/", True),
            ("wire_feed", lambda one: "/wire/", False),
        )
    },
    # Names, and of topics what they are about: nothing of either is told before.
    "articles:topics": (lambda one: "/topics/", True),
    "articles:authors": (lambda one: "/authors/", False),
    "articles:topic": (lambda one: "/topics/minerals/", True),
    "articles:author": (lambda one: "/authors/ines-okonjo-hale/", True),
    "articles:sitemap": (lambda one: "/sitemap.xml", False),
    "articles:sitemap_news": (lambda one: "/sitemaps/news.xml", True),
    "articles:sitemap_sections": (lambda one: "/sitemaps/sections.xml", False),
    "articles:sitemap_pages": (lambda one: "/sitemaps/pages.xml", False),
    "articles:sitemap_articles": (
        lambda one: f"/sitemaps/articles-{one.pk // FILE}.xml", True,
    ),
    # There is no file, and the answer that says so has no page round it.
    "articles:media": (lambda one: f"/media/{SHA}.jpg", False),
    "articles:card": (lambda one: f"/cards/{SHA}.jpg", False),
    "articles:rendition": (lambda one: f"/media/{SHA}-320-00000000.jpg", False),
    "markets:page": (lambda one: "/markets/", False),
    "markets:strip": (lambda one: "/markets/strip/", False),
    # Neither is set, and the page that says so names the newest articles.
    "security_txt": (lambda one: "/.well-known/security.txt", True),
    "trust_txt": (lambda one: "/trust.txt", True),
    "well_known_trust_txt": (lambda one: "/.well-known/trust.txt", True),
    "opensearch": (lambda one: "/opensearch.xml", False),
    "manifest": (lambda one: "/manifest.webmanifest", False),
    "icon": (lambda one: "/favicon.ico", False),
    "offline": (lambda one: "/offline/", False),
    "service_worker": (lambda one: "/service-worker.js", False),
    # There is none, and the page that says so names the newest articles.
    "site_page": (lambda one: "/about/", True),
    "robots": (lambda one: "/robots.txt", False),
    "healthz": (lambda one: "/healthz", False),
    # Without a token there is no such page, and the one that says so names the newest articles.
    "metrics": (lambda one: "/metrics", True),
    "readyz": (lambda one: "/readyz", False),
}  # fmt: skip


def counted(path):
    list(scorecards.count_all(at=UNTIL))
    return path


def post_of(article):
    return article.wire_sources.get().post


def newest_note(article):
    return article.corrections.order_by("-pk").values_list("pk", flat=True).first() or 1


def public_names(patterns=None, prefix="", namespace=""):
    """Yield the name of every address that is not the desk's."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith("desk/"):
            continue
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from public_names(pattern.url_patterns, route, space)


def test_every_public_address_stands_in_the_list():
    assert set(public_names()) == set(PUBLIC)


@pytest.fixture
def editor():
    return make_user(group="Editor", name="edda")


@pytest.fixture
def secret(editor):
    """Return an article that is ready in every way, and under embargo, beside one that is live."""
    make_live_article(headline="Another piece")
    image = make_image(SHA)
    type(image).objects.filter(pk=image.pk).update(alt=f"The {SECRET}.", credit=SECRET)
    article = make_article(
        sources=False,
        headline=f"A {SECRET} was found",
        slug=f"a-{SECRET}",
        standfirst=f"The {SECRET} is blue.",
        body=f"The {SECRET} is closed [@r1].",
        framing_note=f"We lead with the {SECRET}.",
        social_text=SECRET,
        section=make_section("Minerals"),
        image=image,
        image_caption=f"A {SECRET}.",
    )
    article.topics.add(make_topic("Minerals", description=f"All about {SECRET}."))
    article.authors.add(make_author())
    post = make_post(text="The mine is closed.")
    Post.objects.filter(pk=post.pk).update(story=Story.objects.create(created_at=NOON))
    make_source(article, post=post, note=f"On the {SECRET}.")
    publishing.set_embargo(article, until=UNTIL, by=editor, at=NOON)
    return article


def holds_secret(client, path):
    response = client.get(path)
    body = b"".join(response) if response.streaming else response.content
    text = f"{response.headers} {body.decode(errors='replace')}".replace(path, "")
    return SECRET in text.casefold()


def try_everything(article, editor, at):
    """Try each way out of the newsroom there is; each must be refused."""
    acts = (
        lambda: publishing.publish(article, by=editor, at=at),
        lambda: publishing.publish(article, by=None, at=at),
        lambda: publishing.schedule(article, due_at=at + timedelta(seconds=1), by=editor, at=at),
    )
    for act in acts:
        with pytest.raises(publishing.Embargoed):
            act()
    with pytest.raises(NotShared):
        make_link(article, page=f"<p>{SECRET}</p>", posts=[], by=editor, at=at)


@pytest.mark.parametrize("name", PUBLIC)
def test_nothing_of_it_stands_at_a_public_address_before_and_all_of_it_afterwards(
    name, secret, editor, client, at_noon
):
    address, is_told = PUBLIC[name]
    at_noon.move_to(UNTIL - timedelta(seconds=2))
    try_everything(secret, editor, UNTIL - timedelta(seconds=2))

    before = holds_secret(client, address(secret))
    at_noon.move_to(UNTIL)
    publishing.publish(secret, by=editor, at=UNTIL)
    Article.objects.filter(pk=secret.pk).update(standfirst="Updated.")
    publishing.update(secret, by=editor, at=UNTIL, note=f"The {SECRET} again.")
    after = holds_secret(client, address(secret))

    assert (before, after) == (False, is_told)


def test_the_name_of_its_topic_stands_nowhere_before(secret, client, at_noon):
    Topic.objects.update(name=SECRET)
    more = ("/search/?topic=minerals", "/topics/minerals/?older=1-1", "/topics/quarries/")
    FormerSlug.objects.create(topic=Topic.objects.get(), slug="quarries", created_at=NOON)
    paths = {"front": "/", **{name: PUBLIC[name][0](secret) for name in PUBLIC if "topic" in name}}

    found = [path for path in (*paths.values(), *more) if holds_secret(client, path)]

    assert found == []
    assert len(paths) == 6


def test_a_scheduled_article_whose_embargo_moved_in_its_last_second_stays(secret, editor, client):
    publishing.schedule(secret, due_at=UNTIL, by=editor, at=NOON)
    Article.objects.filter(pk=secret.pk).update(embargo_until=later(hours=9))

    done = list(publishing.publish_due(now=lambda: UNTIL))

    assert "under embargo until 25 June 2026 21:00 UTC" in done[0].problem
    assert not holds_secret(client, "/")


def test_a_link_for_outsiders_that_was_made_before_shows_nothing(secret, editor, client, at_noon):
    publishing.set_embargo(secret, until=None, by=editor, at=NOON)
    secret.refresh_from_db()
    _, token = make_link(secret, page=f"<p>{SECRET}</p>", posts=[], by=editor, at=NOON)
    path = reverse("articles:shared_preview", args=[token])
    shown = holds_secret(client, path)

    publishing.set_embargo(secret, until=UNTIL, by=editor, at=NOON)

    assert (shown, holds_secret(client, path)) == (True, False)
    assert find_link(token, at=NOON) is None


def test_the_command_and_the_action_of_the_list_are_refused(secret, log_in, at_noon, capsys):
    editor = log_in("Editor")
    with pytest.raises((SystemExit, CommandError)):
        call_command("publish", secret.slug)
    action = {"action": "publish_selected", "_selected_action": [secret.pk], "confirmed": "yes"}
    editor.post("/desk/articles/article/", action)
    editor.post(
        reverse("admin:articles_article_change", args=[secret.pk]),
        fields_of(secret, _publish="1"),
    )

    assert "under embargo" in capsys.readouterr().err
    assert Article.objects.get(pk=secret.pk).status == "draft"


def test_without_the_desk_nobody_sees_the_preview_of_a_draft(secret, client):
    for name in ("preview_stored", "articles_article_previews", "articles_article_change"):
        response = client.get(reverse(f"admin:{name}", args=[secret.pk]))
        assert response.status_code == 302, name
        assert SECRET not in response.url

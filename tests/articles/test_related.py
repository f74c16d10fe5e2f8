"""What stands beside an article: related ones, who reported it when, reading time, ways to share."""

from datetime import timedelta

import pytest

from articles import publishing
from articles.models import Article, ArticleVersion
from articles.related import related_articles
from articles.templatetags.articles import reading_minutes
from tests.articles.factories import cite, make_article, make_source, make_topic
from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_outlet, make_post
from wires.models import Post, Story

pytestmark = pytest.mark.django_db


def under(*topics, headline="Calvera turns ships back", posts=(), at=NOON):
    article = make_article(headline=headline, sources=not posts)
    for n, post in enumerate(posts, start=1):
        make_source(article, key=f"r{n}", post=post, position=n)
    article.topics.set(topics)
    publishing.publish(article, by=None, at=at)
    article.refresh_from_db()
    return article


def related_to(article, most=4):
    topics = [row.topic_id for row in article.listings.exclude(topic=None)]
    found = related_articles(article, article.live_version, topics=topics, most=most)
    return [each.headline for each in found.related]


def page_of(client, article):
    return " ".join(client.get(article.get_absolute_url()).content.decode().split())


def block(page, name):
    """Return the part of a page that a heading with this id names."""
    begins = page.index(f'aria-labelledby="{name}"')
    return page[begins : page.index("</section>", begins)]


# Related articles


def test_the_same_post_counts_more_than_the_story_and_the_story_more_than_the_topic():
    topic, story = make_topic(), Story.objects.create(created_at=NOON)
    post, of_story = make_post(), make_post()
    Post.objects.filter(pk__in=[post.pk, of_story.pk]).update(story=story)
    article = under(topic, posts=[post])
    under(topic, headline="Same topic")
    under(headline="Same story", posts=[of_story])
    under(headline="Same post", posts=[post])
    under(headline="Nothing in common")

    assert related_to(article) == ["Same post", "Same story", "Same topic"]


def test_of_equals_the_newer_comes_first_and_no_more_than_asked():
    topic = make_topic()
    article = under(topic)
    for n in range(4):
        under(topic, headline=f"Piece {n}", at=NOON + timedelta(minutes=n))

    assert related_to(article, most=2) == ["Piece 3", "Piece 2"]


def test_an_article_that_dropped_the_post_is_related_no_more():
    post = make_post()
    article, other = under(posts=[post]), under(headline="Another", posts=[post])
    other.wire_sources.all().delete()
    make_source(other, key="r1", post=make_post())
    publishing.update(other, by=None, at=later(hours=1), note="Another source.")

    assert related_to(article) == []


def test_finding_them_takes_two_queries_at_most(django_assert_num_queries):
    topics, post = [make_topic(f"Topic {n}") for n in range(7)], make_post()
    article = under(*topics, posts=[post])
    keys, version = [topic.pk for topic in topics], article.live_version

    with django_assert_num_queries(1):
        related_articles(article, version, topics=keys, most=4)
    for n in range(6):
        under(*topics, headline=f"Piece {n}", posts=[post])
    with django_assert_num_queries(2):
        found = related_articles(article, version, topics=keys, most=4)

    assert len(found.related) == 4


def test_a_page_shows_related_articles_once_and_not_again_in_its_section(client):
    topic = make_topic()
    article = under(topic)
    under(topic, headline="Same topic")
    under(headline="Same section")

    page = page_of(client, article)

    assert ">Same topic</a>" in block(page, "related")
    assert ">Same section</a>" in block(page, "more")
    assert page.count(">Same topic</a>") == 1
    assert ">Calvera turns ships back</a>" not in page


def test_a_related_article_that_is_withdrawn_leaves_the_page_at_once(
    client, django_capture_on_commit_callbacks
):
    topic = make_topic()
    article, other = under(topic), under(topic, headline="Same topic")
    assert "Same topic" in page_of(client, article)

    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(other, by=None, at=later(hours=1), note="A forgery.")

    assert "Same topic" not in page_of(client, article)


def test_a_draft_on_the_same_topic_is_not_told(client):
    topic = make_topic()
    article = under(topic)
    make_article(headline="A secret").topics.add(topic)

    assert "A secret" not in page_of(client, article)


# Who reported it when


def reported(name, minutes):
    channel = make_channel(outlet=make_outlet(name))
    return make_post(channel=channel, posted_at=NOON + timedelta(minutes=minutes))


def test_posts_stand_in_the_order_in_which_they_were_posted(client):
    article = cite(reported("Kestrel", 7), reported("Radio Nahr", 0), reported("Aal", 190))

    page = page_of(client, article)
    timeline = page[page.index("Who reported it when") :].partition("</ol>")[0]

    assert timeline.index("Radio Nahr") < timeline.index("Kestrel") < timeline.index("Aal")
    assert '<a href="#source-r1">Kestrel</a>' in timeline
    assert "7 min later" in timeline
    assert "3 h 10 min later" in timeline


def test_one_post_and_posts_without_a_time_make_no_timeline(client):
    alone = cite(reported("Kestrel", 0))
    undated = cite(reported("Radio Nahr", 0), make_post(posted_at=None))

    assert "Who reported it when" not in page_of(client, alone)
    assert "Who reported it when" not in page_of(client, undated)


def test_background_is_not_who_reported_it():
    article = cite(reported("Kestrel", 0), reported("Radio Nahr", 1))
    article.wire_sources.filter(key="r2").update(role="background")
    publishing.update(article, by=None, at=later(hours=1), note="Background.")

    parts = Article.objects.get().live_version.page_parts

    assert "Who reported it when" not in parts.provenance


# Reading time and sharing


@pytest.mark.parametrize(
    ("language", "html", "minutes"),
    [
        ("en", "", 1),
        ("en", "<p>One two three</p>", 1),
        ("en", "<p>" + "word " * 460 + "</p>", 2),
        ("ja", "<p>" + "港" * 1_500 + "</p>", 3),
        ("zh-Hant", "港" * 1_000, 2),
    ],
)
def test_the_reading_time_is_of_words_or_of_characters(language, html, minutes):
    assert reading_minutes(ArticleVersion(language=language, html=html)) == minutes


def test_an_article_can_be_sent_without_a_script(client, settings):
    settings.SITE_URL = "https://paper.example"
    article = under(headline="Ships & cranes: who waits?")

    page = page_of(client, article)

    url = f"https%3A%2F%2Fpaper.example{article.get_absolute_url().replace('/', '%2F')}"
    assert f'href="mailto:?subject=Ships%20%26%20cranes%3A%20who%20waits%3F&amp;body={url}"' in page
    assert f"paper.example{article.get_absolute_url()}</a>" in page

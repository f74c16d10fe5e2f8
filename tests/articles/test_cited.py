"""The page of a version of a post: its cited words, marked, and the ways back to the sentences."""

import re

import pytest

from articles import publishing
from articles.erasure import erase_post
from benchmarks import archive
from tests.articles.cited_pages import walk_every_citation
from tests.articles.factories import cite, make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

CARETAKERS = 3  # the sections, the live wire and the quotes, which are on every page


def version_page(post, n=1):
    return f"/wire/posts/{post.pk}/versions/{n}/"


def words_of(page):
    """Return the words of the post as the page shows them, without the links back."""
    quoted = page.partition("<blockquote")[2].partition(">")[2].partition("</blockquote>")[0]
    quoted = re.sub(r"<sup.*?</sup>", "", quoted, flags=re.DOTALL)
    return re.sub(r"<(?!/?mark)[^>]+>", "", quoted).replace("<mark\n>", "<mark>")


def cited_post(text="Rain fell. Nine ships turned back. Fog came.", body="Nine ships left [@r1]."):
    post = make_post(text=text)
    return post, cite(post, body=body)


def test_the_page_shows_each_cited_sentence_whole_with_the_words_marked(client):
    post, _ = cited_post()

    page = shown(client, version_page(post))

    assert words_of(page) == "[…] <mark>Nine</mark> ships turned back. […]"


def test_the_page_shows_the_version_that_is_cited_and_not_the_newest(client):
    post, _ = cited_post()
    add_version(post, text="Ten ships turned back.", at=later(hours=1))

    page = shown(client, version_page(post))

    assert "<mark>Nine</mark> ships turned back." in words_of(page)
    assert "Ten" not in words_of(page)
    assert "Edited since" in page
    assert f'href="/wire/posts/{post.pk}/#changes"' in page


def test_a_mark_of_the_ledger_leads_to_the_words_and_these_back_to_the_sentence(client):
    post, article = cited_post(body="It rained. Nine ships left [@r1].")

    ledger = shown(client, article).partition('id="provenance"')[2]
    page = shown(client, version_page(post))

    anchor = f"a{article.pk}-s2"
    assert f'href="{version_page(post)}#{anchor}"' in ledger
    assert page.count(f'id="{anchor}"') == 1
    assert f'href="{article.get_absolute_url()}#s2"' in page


def test_a_sentence_without_marked_words_has_its_place_in_the_list(client):
    post, article = cited_post(text="The port is shut.", body="The harbour is closed [@r1].")

    page = shown(client, version_page(post))

    assert words_of(page) == "The port is shut."
    assert page.partition('id="articles"')[2].count(f'id="a{article.pk}-s1"') == 1


def test_every_cited_span_of_a_generated_archive_is_marked_on_the_page_it_links_to(client):
    archive.make(12)

    walk = walk_every_citation(client)

    assert walk.broken == []
    assert walk.spans > 50


@pytest.mark.parametrize("citing", [1, 4])
def test_the_page_takes_three_queries_of_its_own(client, django_assert_num_queries, citing):
    post = make_post(text="Nine ships turned back.")
    for n in range(citing):
        cite(post, body="Nine ships left [@r1].", headline=f"Article {n}")

    with django_assert_num_queries(3 + CARETAKERS):
        page = shown(client, version_page(post))
    with django_assert_num_queries(3):
        client.get(f"{version_page(post)}?again")

    assert page.count("archived__cited") == citing


def test_more_citations_than_have_room_beside_the_words_still_arrive_there(client):
    post = make_post(text="Nine ships turned back.")
    articles = [
        cite(post, body="Nine ships left [@r1].", headline=f"Article {n}") for n in range(5)
    ]

    page = shown(client, version_page(post))

    assert page.count("↩") == 3
    assert all(page.count(f'id="a{article.pk}-s1"') == 1 for article in articles)


def test_the_page_of_an_erased_post_says_so(client):
    post, article = cited_post(text="From Mill Lane: nine ships turned back.")
    erase_post(post, reason="court order", by=None, at=NOON)

    page = shown(client, version_page(post))

    assert "removed on legal request" in page
    assert "Mill Lane" not in page
    assert article.headline in page


def test_a_withdrawn_or_hidden_post_keeps_the_page_of_what_is_cited(client):
    post, _ = cited_post()
    Post.objects.filter(pk=post.pk).update(
        state="withdrawn", withdrawn_at=NOON, hidden_at=NOON, hidden_reason="Legal."
    )

    page = shown(client, version_page(post))

    assert "Withdrawn" in page
    assert "The outlet withdrew this post." in page


def test_a_version_that_no_article_cites_leads_to_its_post(client):
    post, article = cited_post()
    add_version(post, text="Ten ships turned back.", at=later(hours=1))
    publishing.withdraw(article, by=None, at=later(hours=2), note="Forged.")

    for n in (1, 2, 99, 2**70):
        answer = client.get(version_page(post, n))

        assert answer.status_code in {302, 404}
        assert answer.get("Location", f"/wire/posts/{post.pk}/") == f"/wire/posts/{post.pk}/"
    assert client.get("/wire/posts/999999/versions/1/", follow=True).status_code == 404


def test_words_that_nobody_confirmed_have_no_page(client):
    post, _ = cited_post()
    add_version(post, text="Secret words, 9.", captured_by=make_user())

    assert client.get(version_page(post, 2)).status_code == 302


def test_an_outlet_whose_words_are_not_shown_has_none_on_the_page(client):
    outlet = make_outlet("Silent", excerpt_length=0)
    post = make_post(channel=make_channel(outlet=outlet), text="Nine ships turned back.")
    cite(post, body="Nine ships left [@r1].")

    assert "Nine ships" not in words_of(shown(client, version_page(post)))


def test_two_sources_marked_in_one_word_lead_to_two_pages(client):
    posts = [make_post(text=f"Nine ships, says number {n}.") for n in (1, 2)]
    article = make_article(sources=False, body="Nine[@r1] sh[@r2]ips left.")
    for n, post in enumerate(posts, start=1):
        make_source(article, key=f"r{n}", post=post, position=n)
    publishing.publish(article, by=None, at=NOON)

    pages = [shown(client, version_page(post)) for post in posts]
    assert [f'id="a{article.pk}-s1"' in page for page in pages] == [True, True]


def test_text_of_a_source_is_escaped(client):
    post, _ = cited_post(text="Nine <b>ships</b> & “boats” left.", body="Nine ships left [@r1].")

    assert "<mark>Nine</mark> &lt;b&gt;ships&lt;/b&gt; &amp; “boats” left." in words_of(
        shown(client, version_page(post))
    )

"""Links that show a draft to somebody outside the newsroom."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client

from articles import erasure, publishing
from articles.models import Act, Article, PreviewLink
from articles.preview_links import NotShared, find_link, hash_of, make_link
from articles.pruning import prune_unsaved
from tests.articles.factories import make_article, make_live_article, post_of
from tests.articles.pictures.drawing import make_image
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'value="[^"]*(/preview/[A-Za-z0-9_-]{43}/)"')


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page_of(article):
    return f"/desk/articles/article/{article.pk}/previews/"


def share(browser, article, hours=48):
    """Make a link at the desk, and return its address."""
    answer = browser.post(page_of(article), {"hours": hours})
    return ADDRESS.search(answer.content.decode())[1]


def stranger():
    return Client()


def shown(address):
    return stranger().get(address)


def test_a_link_shows_the_draft_to_who_has_no_login(writer):
    image = make_image()
    article = make_article(
        body=f"The harbour is closed [@r1].\n\n![](image:{image.pk})", image=image
    )

    answer = shown(share(writer, article))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The harbour is closed" in page
    assert "We lead with the harbour." in page
    assert page.count(f'src="{image.url}"') == 2
    assert "this draft is not published" in page
    assert "26 June" not in page
    assert "27 June 2026" in page


def test_a_link_stays_out_of_caches_engines_and_other_sites_and_sets_no_cookie(writer):
    address = share(writer, make_article())

    for answer in (shown(address), shown("/preview/" + "a" * 43 + "/")):
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in answer
        assert not answer.cookies
        assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_a_link_names_nobody(client):
    client.force_login(make_user(group="Writer", name="ada.okonjo"))
    page = shown(share(client, make_article())).content.decode()

    assert "ada.okonjo" not in page
    assert "/desk/" not in page


def test_a_link_shows_what_was_saved_when_it_was_made(writer):
    article = make_article()
    address = share(writer, article)
    Article.objects.update(headline="Half a sentence", body="Not yet")

    page = shown(address).content.decode()

    assert "Calvera turns ships back" in page
    assert "Half a sentence" not in page


def test_only_a_hash_of_the_token_is_kept(writer):
    address = share(writer, make_article())
    token = address.split("/")[2]
    link = PreviewLink.objects.get()

    kept = " ".join(str(value) for value in vars(link).values())
    assert link.token_hash == hash_of(token)
    assert token not in kept
    assert token not in writer.get(page_of(link.article)).content.decode()
    assert token not in str(list(Act.objects.values()))


def test_a_link_costs_one_query_whoever_asks_for_whatever(writer, django_assert_num_queries):
    address = share(writer, make_article())
    visitor = stranger()
    # Makes what all pages share.
    visitor.get("/")

    for asked, status in ((address, 200), ("/preview/" + "x" * 43 + "/", 404)):
        with django_assert_num_queries(1):
            answer = visitor.get(asked)
        assert answer.status_code == status


@pytest.mark.parametrize(("hours", "said"), [(24, 23), (48, 47), (168, 167)])
def test_a_link_works_until_its_time_is_up(writer, hours, said):
    address = share(writer, make_article(), hours)

    with time_machine.travel(NOON + timedelta(hours=said, minutes=59), tick=False):
        before = shown(address)
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        after = shown(address)

    assert (before.status_code, after.status_code) == (200, 404)
    assert "This preview is over" in after.content.decode()


def test_a_link_works_for_two_days_unless_something_else_is_said(writer):
    article = make_article()

    page = writer.get(page_of(article)).content.decode()

    assert '<option value="48" selected>48 hours</option>' in page


@pytest.mark.parametrize("hours", ["", "0", "-1", "9999999", "x", "47"])
def test_no_link_is_made_for_a_time_that_is_not_offered(writer, hours):
    answer = writer.post(page_of(make_article()), {"hours": hours})

    assert "errorlist" in answer.content.decode()
    assert not PreviewLink.objects.exists()


def test_a_revoked_link_shows_nothing_and_keeps_no_words(writer):
    article = make_article()
    address = share(writer, article)
    link = PreviewLink.objects.get()

    writer.post(f"{page_of(article)}{link.pk}/revoke/")

    link.refresh_from_db()
    listed = writer.get(page_of(article)).content.decode()
    assert shown(address).status_code == 404
    assert (link.page, link.headline) == ("", "")
    assert "revoked" in listed
    assert "Revoke link" not in listed
    assert [act.verb for act in Act.objects.order_by("pk")] == ["share", "unshare"]


def test_the_link_of_another_article_is_not_revoked(writer):
    article, other = make_article(), make_article()
    share(writer, article)
    link = PreviewLink.objects.get()

    answer = writer.post(f"{page_of(other)}{link.pk}/revoke/")

    assert answer.status_code == 404
    assert PreviewLink.objects.get().revoked_at is None


@pytest.mark.parametrize("links", [1, 6])
def test_the_links_of_an_article_are_listed_in_few_queries(
    writer, django_assert_num_queries, links
):
    article = make_article()
    for _ in range(links):
        share(writer, article)

    # The session, the person and their rights; the article and its links.
    with django_assert_num_queries(3 + 2):
        page = writer.get(page_of(article)).content.decode()

    assert page.count("works until") == links
    assert "by ada" in page


def test_the_preview_is_shown_at_three_widths_in_a_frame(writer):
    article = make_article()

    pages = {
        width: writer.get(page_of(article), {"width": width}).content.decode()
        for width in ("phone", "tablet", "desktop", "huge")
    }
    framed = writer.get(f"/desk/preview/{article.pk}/")

    for width in ("phone", "tablet", "desktop"):
        assert f"previews__frame--{width}" in pages[width]
    assert "previews__frame--phone" in pages["huge"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in writer.get(page_of(article))["Content-Security-Policy"]


def test_a_draft_that_was_saved_meanwhile_is_not_shared(writer):
    article = make_article()
    Article.objects.update(updated_at=NOON + timedelta(seconds=1))

    with pytest.raises(NotShared):
        make_link(article, page="<p>Old</p>", posts=[], by=make_user(), at=NOON)
    assert not PreviewLink.objects.exists()


def test_an_article_under_embargo_is_shown_to_nobody_outside(writer):
    article = make_article()
    address = share(writer, article)
    Article.objects.update(embargo_until=NOON + timedelta(hours=1))

    refused = writer.post(page_of(article), {"hours": 48}).content.decode()

    assert "The article is under embargo until 25 June 2026 13:00 UTC." in refused
    assert shown(address).status_code == 404
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert shown(address).status_code == 200


def test_an_article_that_was_withdrawn_is_shown_by_no_link(writer):
    article = make_live_article()
    address = share(writer, article)
    article.refresh_from_db()
    publishing.withdraw(article, by=None, at=NOON, note="It was wrong.")

    assert shown(address).status_code == 404
    assert writer.post(page_of(article), {"hours": 48}).status_code == 403


def test_the_list_does_not_say_that_links_of_a_withdrawn_article_work(writer):
    article = make_live_article()
    share(writer, article)
    publishing.withdraw(article, by=None, at=NOON, note="It was wrong.")

    page = writer.get(page_of(article)).content.decode()

    assert "works until" not in page
    assert "ended with the article, which is withdrawn" in page


def test_a_link_that_works_is_listed_however_many_came_after_it(writer):
    article = make_article()
    made = [
        make_link(article, page="", posts=[], by=None, at=NOON + timedelta(minutes=n), hours=168)
        for n in range(60)
    ]

    page = writer.get(page_of(article)).content.decode()

    assert page.count("Revoke link") == 60
    assert f"/previews/{made[0][0].pk}/revoke/" in page


def test_a_link_goes_with_its_article(writer):
    article = make_article()
    address = share(writer, article)
    Article.objects.all().delete()

    assert shown(address).status_code == 404


# Erasing


def test_erasing_a_post_deletes_links_that_show_it_even_if_the_draft_no_longer_does(writer):
    article = make_article()
    other = make_article(sources=False, body="Nothing is known.")
    for each in (article, other):
        share(writer, each)
    post = post_of(article)
    article.wire_sources.all().delete()

    erasure.erase_post(post, reason="A court.", by=None, at=NOON)

    assert [link.article for link in PreviewLink.objects.all()] == [other]


def test_erasing_a_post_deletes_links_whose_page_prints_its_words():
    post = make_post(text="All vessels hold west of Meray Light until noon on Thursday.")
    article = make_article()
    make_link(article, page=f"<p>{post.latest_version.text}</p>", posts=[], by=make_user(), at=NOON)

    erasure.erase_post(post, reason="A court.", by=None, at=NOON)

    assert not PreviewLink.objects.exists()


def test_erasing_a_version_deletes_the_links_of_its_article(writer):
    article = make_live_article()
    address = share(writer, article)

    erasure.erase_version(article.live_version, reason="A court.", by=None, at=NOON)

    assert not PreviewLink.objects.exists()
    assert shown(address).status_code == 404


def test_links_that_are_long_over_are_deleted():
    article = make_article()
    make_link(article, page="", posts=[], by=make_user(), at=NOON)

    list(prune_unsaved(NOON + timedelta(days=31)))
    kept = PreviewLink.objects.count()
    list(prune_unsaved(NOON + timedelta(days=33)))

    assert (kept, PreviewLink.objects.count()) == (1, 0)


# What the database guards


def test_a_revoked_link_cannot_keep_words():
    link, _ = make_link(make_article(), page="<p>Words</p>", posts=[], by=make_user(), at=NOON)

    with pytest.raises(IntegrityError):
        PreviewLink.objects.filter(pk=link.pk).update(revoked_at=NOON)


def test_a_link_cannot_end_before_it_began():
    with pytest.raises(IntegrityError):
        make_link(make_article(), page="", posts=[], by=make_user(), at=NOON, hours=0)


@pytest.mark.parametrize("token", ["", "x", "a" * 42, "a" * 44, "a" * 42 + "%00", "ü" * 43])
def test_an_address_that_is_none_is_not_found(token, db):
    assert stranger().get(f"/preview/{token}/").status_code == 404


def test_a_token_finds_its_own_link_only():
    article = make_article()
    link, token = make_link(article, page="", posts=[], by=make_user(), at=NOON)
    _, other = make_link(article, page="", posts=[], by=make_user(), at=NOON)

    assert find_link(token, at=NOON) == link
    assert find_link(other, at=NOON) != link
    assert find_link(link.token_hash, at=NOON) is None


def form_of(browser, article):
    """Return what the form for a link holds, as a browser sends it again after a reload."""
    page = browser.get(page_of(article)).content.decode()
    return {"hours": 48, "link": unescape(re.search(r'name="link" value="([^"]+)"', page)[1])}


def test_a_form_that_is_sent_twice_makes_one_link(writer):
    article = make_article()
    form = form_of(writer, article)

    first, again = (writer.post(page_of(article), form).content.decode() for _ in range(2))
    writer.post(page_of(article), form_of(writer, article))

    assert ADDRESS.search(first)[1] == ADDRESS.search(again)[1]
    assert PreviewLink.objects.count() == 2
    assert Act.objects.filter(verb=Act.Verb.SHARE).count() == 2


def test_a_form_whose_link_was_revoked_or_that_nobody_signed_makes_none(writer):
    article = make_article()
    form = form_of(writer, article)
    writer.post(page_of(article), form)
    link = PreviewLink.objects.get()
    writer.post(f"{page_of(article)}{link.pk}/revoke/")

    ended = writer.post(page_of(article), form).content.decode()
    forged = writer.post(page_of(article), form | {"link": "a" * 43}).content.decode()
    of_another = writer.post(page_of(make_article()), form).content.decode()

    assert "The link of this form has ended" in ended
    assert "This form is out of date" in forged
    assert "This form is out of date" in of_another
    assert PreviewLink.objects.count() == 1

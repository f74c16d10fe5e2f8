import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine

from articles import publishing
from articles.erasure import erase_post
from articles.models import Article, Image, VersionSource
from tests.articles.factories import (
    cite,
    make_article,
    make_author,
    make_live_article,
    make_section,
    make_source,
)
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires import ingest
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

CARETAKERS = 3  # the sections, the live wire and the quotes, which are on every page


def make_picture(settings, *, alt="A harbour"):
    content = b"\x89PNG\r\n\x1a\n"
    name = sha256(content).hexdigest()
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.png").write_bytes(content)
    return Image.objects.create(
        sha256=name,
        extension="png",
        width=8,
        height=4,
        size=8,
        alt=alt,
        credit="Ada Quill",
        uploaded_at=NOON,
    )


# An article


def test_an_article_shows_what_was_published(client):
    article = make_live_article(
        headline="Ships turn back & wait",
        body="The harbour is closed [@r1].",
        standfirst="A notice.",
    )

    page = shown(client, article)

    assert "Ships turn back &amp; wait" in page
    assert "A notice." in page
    assert "The harbour is closed" in page
    assert "How The Monexus framed this" in page
    assert "25 June 2026, 12:00 UTC" in page


def test_the_site_name_is_the_byline_of_an_article_without_authors(client):
    page = shown(client, make_live_article())

    assert '<p class="byline__who">Monexus News</p>' in page


def test_authors_are_shown_in_the_byline(client):
    article = make_article()
    article.authors.set([make_author("Ines Okonjo-Hale"), make_author("Tam Reed")])
    publishing.publish(article, by=None, at=NOON)

    page = shown(client, article)
    assert (
        '<a rel="author" href="/authors/ines-okonjo-hale/">Ines Okonjo-Hale</a> and '
        '<a rel="author" href="/authors/tam-reed/">Tam Reed</a>'
    ) in page


def test_the_working_copy_is_never_shown(client):
    article = make_live_article(headline="What was published")
    article.headline, article.body = "What is being written", "Unfinished."
    article.save()

    for address in (article.get_absolute_url(), "/", "/feed/", "/sections/world/"):
        page = client.get(address).content.decode()
        assert "What was published" in page, address
        assert "What is being written" not in page, address


@pytest.mark.parametrize("status", ["draft", "review"])
def test_an_article_that_is_not_live_has_no_page(client, status):
    article = make_article(status=status)

    assert client.get(f"/2026/06/25/{article.slug}/").status_code == 404


@pytest.mark.parametrize("day", ["2026/06/24", "2025/06/25", "2026/6/25", "2026/13/45"])
def test_an_article_address_with_another_date_is_not_found(client, day):
    article = make_live_article()

    assert client.get(f"/{day}/{article.live_slug}/").status_code == 404


def test_the_date_in_an_address_is_the_utc_day_of_first_publication(client):
    article = make_live_article(at=NOON.replace(hour=23, minute=59, second=59))

    assert article.get_absolute_url().startswith("/2026/06/25/")
    assert client.get(article.get_absolute_url()).status_code == 200


def test_an_old_address_redirects_to_the_new_one(client):
    article = make_live_article()
    old = article.get_absolute_url()
    article.slug = "a-better-slug"
    article.save()
    publishing.update(article, by=None, at=later(minutes=1), note="A better address.")

    answer = client.get(old)

    assert (answer.status_code, answer["Location"]) == (301, article.get_absolute_url())
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_withdrawn_article_answers_410_and_says_why(client):
    article = make_live_article(headline="What was claimed", body="Secret words [@r1].")
    publishing.withdraw(article, by=None, at=later(hours=1), note="It rested on a forgery.")
    Article.objects.filter(pk=article.pk).update(headline="Rewritten since")

    answer = client.get(article.get_absolute_url())
    page = answer.content.decode()

    assert answer.status_code == 410
    assert "What was claimed" in page
    assert "It rested on a forgery." in page
    assert "25 June 2026, 13:00 UTC" in page
    assert "Secret words" not in page
    assert "Rewritten since" not in page


def test_an_old_address_of_a_withdrawn_article_redirects_to_the_notice(client):
    article = make_live_article()
    old = article.get_absolute_url()
    article.slug = "a-better-slug"
    article.save()
    publishing.update(article, by=None, at=later(minutes=1), note="A better address.")
    publishing.withdraw(article, by=None, at=later(minutes=2), note="Wrong.")

    assert client.get(old, follow=True).status_code == 410


def test_an_article_says_at_the_top_that_a_post_was_edited_or_withdrawn(
    client, django_assert_num_queries
):
    edited = make_post(channel=make_channel(outlet=make_outlet("Kestrel")))
    withdrawn = make_post(channel=make_channel(outlet=make_outlet("Radio Nahr")))
    article = cite(edited, withdrawn, make_post())
    add_version(edited, text="It fell.", at=later(hours=1))
    Post.objects.filter(pk=withdrawn.pk).update(state="withdrawn", withdrawn_at=later(hours=2))

    with django_assert_num_queries(6 + CARETAKERS):
        page = shown(client, article)

    note = " ".join(page[page.index('role="note"') : page.index('class="prose"')].split())
    assert '<a href="#source-r1">Kestrel</a> has edited the post cited here as source 1; ' in note
    assert (
        '<a href="#source-r2">Radio Nahr</a> has withdrawn the post cited here as source 2.' in note
    )


def test_an_article_has_no_notice_at_the_top_when_no_post_has_changed(client):
    page = shown(client, make_live_article())

    assert "The harbour is closed" in page
    assert 'role="note"' not in page


def test_a_change_of_a_cited_post_invalidates_the_article_page(
    client, django_capture_on_commit_callbacks
):
    post = make_post()
    article = cite(post)
    desk = make_user(group="Wire desk")
    tag = client.get(article.get_absolute_url()).headers["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        ingest.withdraw(post, by=desk, reason="Its page answers 404.", at=later(hours=1))
    withdrawn = client.get(article.get_absolute_url(), headers={"If-None-Match": tag})
    with django_capture_on_commit_callbacks(execute=True):
        ingest.reinstate(post, by=desk)
    back = client.get(
        article.get_absolute_url(), headers={"If-None-Match": withdrawn.headers["ETag"]}
    )

    assert (withdrawn.status_code, back.status_code) == (200, 200)
    assert "has withdrawn the post" in withdrawn.content.decode()
    assert 'role="note"' not in back.content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_an_article_takes_nine_queries_however_many_sources(
    client, django_assert_num_queries, rows
):
    posts = [
        make_post(channel=make_channel(outlet=make_outlet(f"Outlet {n}"))) for n in range(rows)
    ]
    article = cite(*posts)
    for n in range(rows):
        make_live_article(headline="Another")
        publishing.update(article, by=None, at=later(minutes=n), note=f"Note {n}.")
    for post in posts:
        add_version(post, text="It fell.", at=later(minutes=rows))

    with django_assert_num_queries(6 + CARETAKERS):
        page = shown(client, article)

    assert page.count('id="source-') == page.count("Edited since") == rows
    assert [f"Note {n}." in page for n in range(rows)] == [True] * rows
    assert page.count(">Another<") == min(rows, 4)


def test_a_withdrawal_notice_takes_few_queries(client, django_assert_num_queries):
    article = make_live_article()
    publishing.withdraw(article, by=None, at=NOON, note="Wrong.")

    with django_assert_num_queries(2 + CARETAKERS):
        page = shown(client, article, status=410)

    assert "Wrong." in page


def test_an_unchanged_article_answers_304_without_a_query(client, django_assert_num_queries):
    article = make_live_article()
    etag = client.get(article.get_absolute_url())["ETag"]

    with django_assert_num_queries(0):
        answer = client.get(article.get_absolute_url(), headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert etag.startswith('W/"')


def test_an_update_invalidates_the_cached_page(client, django_capture_on_commit_callbacks):
    article = make_live_article()
    etag = client.get(article.get_absolute_url())["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        publishing.update(article, by=None, at=later(minutes=1), note="Clearer.")
    answer = client.get(article.get_absolute_url(), headers={"If-None-Match": etag})

    assert answer.status_code == 200


def test_a_withdrawal_invalidates_the_cached_page(client, django_capture_on_commit_callbacks):
    article = make_live_article()
    etag = client.get(article.get_absolute_url())["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(article, by=None, at=later(minutes=1), note="Wrong.")
    answer = client.get(article.get_absolute_url(), headers={"If-None-Match": etag})

    assert answer.status_code == 410


def test_the_cached_page_expires_when_the_day_in_the_masthead_changes(client):
    etag = client.get("/")["ETag"]

    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert client.get("/", headers={"If-None-Match": etag}).status_code == 200


# The ledger


def test_the_source_ledger_opens_with_a_sentence_and_its_counts(client):
    harbour = make_channel(outlet=make_outlet("Harbour Wire"))
    other = make_channel(outlet=make_outlet("Meridian"))
    article = cite(make_post(channel=harbour), make_post(channel=harbour), make_post(channel=other))

    page = shown(client, article)

    ledger = page.partition('id="provenance"')[2]
    assert "This editorial synthesis draws on the following public wire/social posts:" in ledger
    assert "3 claims, 3 posts, 2 outlets." in " ".join(ledger.split())


def test_each_source_names_its_outlet_channel_and_time(client):
    outlet = make_outlet("Payam", affiliation="State-owned daily")
    channel = make_channel(outlet=outlet, platform="x", account="payam")
    post = make_post(channel=channel, url="https://x.com/payam/status/2070114783851446272")

    page = shown(client, cite(post))

    for words in (
        "Payam",
        "State-owned daily",
        "X · ",
        "@payam",
        "25 June, 12:00 UTC",
        'href="https://x.com/payam/status/2070114783851446272"',
        ">x.com/payam/status/2070114783851446272<",
        f'href="{post.get_absolute_url()}"',
        'id="source-r1"',
        'href="#s1"',
    ):
        assert words in page.replace('<span class="unseen">Original: </span>', ""), words


def test_marks_and_sources_link_to_each_other(client):
    page = shown(client, cite(make_post(), make_post()))

    for target in ("source-r1", "source-r2", "s1", "s2"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page


def test_a_source_shows_the_cited_text_and_that_it_changed_since(client):
    post = make_post(text="Nine ships turned back.")
    article = cite(post)
    add_version(post, text="Twelve ships turned back.", at=later(minutes=5))

    ledger = shown(client, article).partition('id="provenance"')[2]

    assert "Nine ships turned back." in ledger
    assert "Twelve ships" not in ledger
    assert "Edited since" in ledger
    assert f"{post.get_absolute_url()}#changes" in ledger


def test_a_source_cited_as_edited_is_not_called_edited_since(client):
    post = make_post(text="Nine ships turned back.")
    add_version(post, text="Twelve ships turned back.", at=later(minutes=-5))

    ledger = shown(client, cite(post)).partition('id="provenance"')[2]

    assert "Twelve ships turned back." in ledger
    assert "Edited since" not in ledger


def test_a_withdrawn_source_keeps_its_text_and_says_so(client):
    post = make_post(text="The strait is open.")
    article = cite(post)
    Post.objects.filter(pk=post.pk).update(state="withdrawn", withdrawn_at=later(hours=1))

    ledger = shown(client, article).partition('id="provenance"')[2]

    assert "The strait is open." in ledger
    assert "Withdrawn" in ledger
    assert "25 June, 13:00 UTC" in ledger


def test_an_erased_source_shows_that_it_was_removed(client):
    post = make_post(text="A private address.")
    article = cite(post)
    erase_post(post, reason="court order", by=None, at=NOON)

    page = shown(client, article)

    assert "removed on legal request" in page.lower()
    assert "A private address." not in page.partition('id="provenance"')[2]


def test_erasing_a_post_erases_the_excerpts_that_articles_cite():
    post = make_post(text="She said “my private address”.")
    article = cite(post, body="“My private address,” she said [@r1].")
    stored = VersionSource.objects.filter(version=article.live_version)
    assert stored.get().spans

    erase_post(post, reason="court order", by=None, at=NOON)

    assert stored.get().spans == []


def test_a_pasted_source_says_that_it_was_not_fetched(client):
    post = make_post()
    add_version(post, text="Pasted words.", captured_by=make_user(), confirmed_by=make_user())

    page = shown(client, cite(post))

    assert "Copied by the desk, not fetched; confirmed by a second person." in page


def test_the_source_text_behind_a_quotation_and_a_figure_is_marked(client):
    post = make_post(
        text="The harbour master said: “We wait for the tide.” Eleven ships <b>turned</b>."
    )
    article = make_article(
        sources=False, body="“We wait for the tide,” she said of 11 ships [@r1]."
    )
    make_source(article, post=post)
    publishing.publish(article, by=None, at=NOON)

    html = client.get(article.get_absolute_url()).content.decode()

    excerpt = re.sub(r"</?a[^>]*>", "", html.partition("source__excerpt")[2])
    said, counted = '<mark data-s="1">We wait for the tide</mark>', '<mark data-s="1">Eleven</mark>'
    assert f"“{said}.” {counted} ships &lt;b&gt;turned" in excerpt


def test_a_source_that_passes_an_agency_on_names_both_and_the_sentence(client):
    post = make_post(
        channel=make_channel(outlet=make_outlet("Dawn")),
        text="The port of Vesk stays shut, the minister told AFP on Monday.",
    )
    article = make_article(
        sources=False,
        body="Ships wait [@r1]. The minister told AFP that the port of Vesk stayed shut [@r1].",
    )
    make_source(article, post=post)
    publishing.publish(article, by=None, at=NOON)

    html = client.get(article.get_absolute_url()).content.decode()

    relay = html.partition("source__line--relay")[2].partition("</p>")[0]
    assert "AFP, through Dawn (sentence" in relay
    assert 'href="#s2">2</a>' in relay
    assert "<mark>AFP</mark>" not in html


def test_an_excerpt_keeps_to_the_limit_of_its_outlet(client):
    outlet = make_outlet("Terse", excerpt_length=40)
    post = make_post(channel=make_channel(outlet=outlet), text="terse words " * 30)

    ledger = shown(client, cite(post)).partition('id="provenance"')[2]

    assert ledger.count("terse words") == 3


def test_text_from_a_source_is_escaped(client):
    post = make_post(text='<img src=x onerror=alert(1)> "quoted"')

    page = shown(client, cite(post))

    assert "&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot;" in page
    assert "<img src=x" not in page


def test_a_javascript_address_of_a_post_is_not_linked(client):
    post = make_post(text="The harbour is closed.", url="javascript:alert(1)")

    page = shown(client, post)

    assert "The harbour is closed." in page
    assert "javascript:" not in page


def test_update_notes_are_shown_newest_first(client):
    article = make_live_article()
    publishing.update(article, by=None, at=later(minutes=1), note="The first note.")
    publishing.update(article, by=None, at=later(minutes=2), note="The second note.")

    page = shown(client, article)

    assert page.index("The second note.") < page.index("The first note.")
    assert "<dt>Updated</dt>" in page


def test_an_article_in_arabic_is_set_right_to_left(client):
    article = make_live_article(language="ar", headline="سفن الحبوب تعود")

    page = shown(client, article)

    assert '<div class="prose" lang="ar" dir="rtl">' in page


def test_an_article_of_the_demo_says_so(client):
    assert "demonstration edition" in shown(client, make_live_article(is_demo=True))
    assert "demonstration edition" not in shown(client, make_live_article(headline="Real"))


def test_more_of_its_section_never_repeats_the_article(client):
    article = make_live_article(headline="The piece itself", section=make_section("World"))
    make_live_article(headline="Its neighbour", section=make_section("World"))
    make_live_article(headline="A stranger", section=make_section("Culture"))

    more = client.get(article.get_absolute_url()).context["more"]

    assert len(more) == 1
    assert "Its neighbour" in more[0]


def test_absolute_addresses_come_from_the_settings(client, settings):
    settings.SITE_URL = "https://paper.example"
    article = make_live_article()

    page = client.get(article.get_absolute_url(), headers={"Host": "localhost"}).content.decode()

    assert (
        f'<link rel="canonical" href="https://paper.example{article.get_absolute_url()}">' in page
    )
    assert "http://localhost" not in page


# A section


def test_a_section_shows_what_was_published_in_it(client):
    culture = make_section("Culture")
    moved = make_live_article(headline="Published in World", section=make_section("World"))
    make_live_article(headline="Published in Culture", section=culture)
    Article.objects.filter(pk=moved.pk).update(section=culture)

    main = shown(client, "/sections/culture/").partition("<main")[2]

    assert "Published in Culture" in main
    assert "Published in World" not in main


def test_an_unknown_section_is_not_found(client):
    assert client.get("/sections/nowhere/").status_code == 404


def test_an_empty_section_says_so(client):
    make_section("Climate")

    assert "Nothing has been published" in client.get("/sections/climate/").content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_a_section_takes_five_queries_however_many_rows(client, django_assert_num_queries, rows):
    for n in range(rows):
        make_live_article(headline=f"Piece {n}")

    with django_assert_num_queries(2 + CARETAKERS):
        answer = client.get("/sections/world/")

    assert len(answer.context["page"].rows) == rows


def test_older_pages_of_a_section_continue_where_the_newer_ended(client):
    for n in range(43):
        make_live_article(headline=f"Piece {n}")

    pages, query = [], ""
    while True:
        page = client.get(f"/sections/world/?{query}").context["page"]
        pages.append(page)
        query = page.older
        if not query:
            break

    assert [len(page.rows) for page in pages] == [20, 20, 3]
    assert len({article.pk for page in pages for article in page.rows}) == 43


# A picture


def test_a_picture_is_served_with_an_immutable_cache_header(
    client, settings, django_assert_num_queries
):
    picture = make_picture(settings)

    with django_assert_num_queries(1):
        answer = client.get(picture.url)

    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path", [f"/media/{'0' * 64}.png", f"/media/{'0' * 64}.svg", "/media/../settings.py"]
)
def test_an_unknown_picture_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("tag", ['"{name}"', 'W/"{name}"', "*", '"a", "{name}"'])
def test_a_picture_that_does_not_exist_is_never_called_unchanged(client, settings, tag):
    image = make_picture(settings)
    asked = {"If-None-Match": tag.format(name=image.sha256)}
    there = client.get(image.url, headers=asked)
    (Path(settings.MEDIA_ROOT) / image.filename).unlink()

    without_its_file = client.get(image.url, headers=asked)
    image.delete()
    without_its_row = client.get(image.url, headers=asked)

    assert there.status_code == 304
    assert (there["ETag"], there["Cache-Control"]) == (
        f'"{image.sha256}"', "public, max-age=31536000, immutable"
    )  # fmt: skip
    assert (without_its_file.status_code, without_its_row.status_code) == (404, 404)


def test_an_article_shows_its_picture_with_its_size_and_caption(client, settings):
    article = make_live_article(image=make_picture(settings, alt="Ships at anchor"))

    page = shown(client, article)

    assert (
        f'src="{article.live_version.image.url}" width="8" height="4" alt="Ships at anchor"' in page
    )

"""Two at once on one article, slug or cited post: who waits, and what the second one finds."""

import pytest
from django.test import Client

from articles import erasure, page_parts, publishing, search
from articles.models import (
    Act,
    Article,
    ArticleVersion,
    Correction,
    Override,
    OverrideRequest,
    PageParts,
    PreviewLink,
    Schedule,
    VersionSource,
)
from articles.preview_links import NotShared, make_link
from articles.publishing import cancel, publish, schedule, submit, update, withdraw
from articles.publishing.releasing import release
from tests.articles.factories import make_article, make_live_article, make_source
from tests.articles.test_admin_writing import fields_of
from tests.articles.twins import finding_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.two_connections import on_two_connections, transaction_with_another_beside
from tests.wires.factories import make_channel
from wires.ingest import FetchedBody, store
from wires.models import Evidence, Post, PostVersion
from wires.platforms.base import Document, RawPost
from wires.retention import keep_from_erasure
from wires.search import SearchQuery

pytestmark = on_two_connections()


def verbs():
    return list(Act.objects.order_by("pk").values_list("verb", flat=True))


# One article


def test_an_article_that_is_being_published_is_not_published_twice():
    article = make_article()

    with transaction_with_another_beside() as beside:
        publish(article, by=None, at=NOON)
        second = beside(publish, Article.objects.get(), by=None, at=later(minutes=1))

    assert second.waits
    with pytest.raises(publishing.WrongState, match="Only a draft can be published"):
        second.result()
    assert verbs() == ["publish"]


def test_of_two_translations_into_one_language_published_at_once_one_is_refused():
    original = make_live_article(language="en")
    one, other = (
        make_article(headline=headline, language="de", original=original)
        for headline in ("Hafen zu", "Hafen geschlossen")
    )

    with transaction_with_another_beside() as beside:
        publish(one, by=None, at=NOON)
        second = beside(publish, other, by=None, at=NOON)

    assert second.waits
    with pytest.raises(publishing.NoTranslation, match="in German already: “Hafen zu”"):
        second.result()


def test_an_article_that_is_being_submitted_is_not_submitted_twice():
    article = make_article()

    with transaction_with_another_beside() as beside:
        submit(article, by=None, at=NOON)
        second = beside(submit, article, by=None, at=NOON)

    assert second.waits
    with pytest.raises(publishing.WrongState, match="Only a draft can be submitted"):
        second.result()
    assert verbs() == ["submit"]


def test_a_withdrawal_beside_an_update_names_the_updated_version():
    article = make_live_article()

    with transaction_with_another_beside() as beside:
        updated = update(article, by=None, at=later(hours=1), note="A comma.")
        withdrawal = beside(withdraw, article, by=None, at=later(hours=1), note="Forged.")

    assert withdrawal.waits
    assert withdrawal.result() is None
    assert Correction.objects.get(kind="withdraw").version_before == updated


def test_a_schedule_that_two_workers_have_goes_out_once():
    row = schedule(make_article(), due_at=later(hours=1), by=None, at=NOON)
    article, at = Article.objects.get(), later(hours=1)
    again, the_same = Article.objects.get(), Schedule.objects.get()

    with transaction_with_another_beside() as beside:
        release(article, by=None, at=at, schedule=row)
        second = beside(release, again, by=None, at=at, schedule=the_same)

    assert second.waits
    with pytest.raises(publishing.Refused):
        second.result()
    assert verbs() == ["schedule", "publish"]


def test_a_cancellation_beside_a_scheduled_publication_comes_too_late():
    row = schedule(make_article(), due_at=later(hours=1), by=None, at=NOON)
    article, other, at = Article.objects.get(), Article.objects.get(), later(hours=1)

    with transaction_with_another_beside() as beside:
        release(article, by=None, at=at, schedule=row)
        cancellation = beside(cancel, other, by=None, at=at)

    assert cancellation.waits
    with pytest.raises(publishing.ScheduleOver, match="public already"):
        cancellation.result()
    assert Article.objects.get().is_live


def test_an_update_beside_a_schedule_of_another_is_refused():
    live = make_live_article()
    other = Article.objects.get()

    with transaction_with_another_beside() as beside:
        schedule(live, due_at=later(hours=1), by=None, at=NOON, kind="update", note="Later.")
        updating = beside(update, other, by=None, at=NOON, note="Now.")

    assert updating.waits
    with pytest.raises(publishing.Scheduled):
        updating.result()
    assert Article.objects.get().live_version.n == 1


def test_a_form_that_is_sent_twice_at_once_makes_one_article():
    user = make_user(group="", is_superuser=True)
    browsers = Client(), Client()
    for browser in browsers:
        browser.force_login(user)
    data, add = fields_of(form_token="form-0001"), "/desk/articles/article/add/"

    with transaction_with_another_beside() as beside:
        browsers[0].post(add, data)
        second = beside(browsers[1].post, add, data)

    assert second.waits
    assert second.result().url == f"/desk/articles/article/{Article.objects.get().pk}/change/"


# One slug


def test_a_slug_that_another_article_is_leaving_is_not_free():
    first, second = make_live_article(slug="the-strait"), make_article(slug="the-strait")
    Article.objects.filter(pk=first.pk).update(slug="the-strait-again")

    with transaction_with_another_beside() as beside:
        update(first, by=None, at=NOON, note="A better address.")
        publishing_second = beside(publish, second, by=None, at=NOON)

    assert publishing_second.waits
    with pytest.raises(publishing.SlugTaken):
        publishing_second.result()
    assert list(Article.objects.live()) == [first]


def test_a_slug_that_another_article_is_taking_is_not_free():
    first, second = make_article(slug="the-strait"), make_article(slug="the-strait")

    with transaction_with_another_beside() as beside:
        publish(first, by=None, at=NOON)
        publishing_second = beside(publish, second, by=None, at=NOON)

    assert publishing_second.waits
    with pytest.raises(publishing.SlugTaken):
        publishing_second.result()
    assert list(Article.objects.live()) == [first]


# One cited post


def make_article_that_quotes():
    channel = make_channel()
    link = "https://harbour.example/1"
    words = "The harbour is closed to large vessels until noon."
    post = RawPost(native_id=link, url=link, title="Harbour", text=words, posted_at=NOON)
    body = FetchedBody.of(words.encode())
    store(channel, Document(kind="rss", posts=(post,)), at=NOON, body=body)
    article = make_article(sources=False, body=f"“{words}” said the port [@r1].")
    make_source(article, post=Post.objects.get())
    return article


def erase_post():
    return erasure.erase_post(Post.objects.get(), reason="A court.", by=None, at=NOON)


def test_an_erasure_beside_a_publication_empties_what_it_froze():
    article = make_article_that_quotes()

    with transaction_with_another_beside() as beside:
        publish(article, by=None, at=NOON)
        quoted = VersionSource.objects.get().spans
        erasing = beside(erase_post)

    assert erasing.waits
    assert erasing.result().kind == "post"
    assert "closed to large vessels" in str(quoted)
    assert VersionSource.objects.get().spans == []
    assert not Evidence.objects.exists()


def test_a_publication_beside_an_erasure_freezes_nothing_that_it_erased():
    article = make_article_that_quotes()

    with transaction_with_another_beside() as beside:
        erase_post()
        publication = beside(publish, article, by=None, at=NOON)

    assert publication.waits
    with pytest.raises(publishing.HeldByChecks):
        publication.result()
    assert not VersionSource.objects.exists()


def test_a_preview_link_beside_an_erasure_shows_nothing_that_it_erased():
    article = make_article_that_quotes()

    with transaction_with_another_beside() as beside:
        erasure.erase_post(Post.objects.get(), reason="A court.", by=None, at=later(hours=1))
        making = beside(make_link, article, page="Quoted", posts=[], by=None, at=NOON)

    assert making.waits
    with pytest.raises(NotShared):
        making.result()
    assert not PreviewLink.objects.exists()


def test_an_erasure_of_a_post_waits_for_a_publication_that_has_begun():
    article = make_article_that_quotes()
    publish(article, by=None, at=NOON)

    with transaction_with_another_beside() as beside:
        Article.objects.select_for_update().get()
        erasing = beside(erase_post)
        # With the post's versions locked by the other, each would wait for the other.
        keep_from_erasure(list(PostVersion.objects.all()))

    assert erasing.waits
    assert erasing.result().places.count() == 2


def test_an_article_whose_update_is_under_way_is_not_withdrawn_by_an_erasure():
    article = make_live_article()
    first = article.live_version

    with transaction_with_another_beside() as beside:
        second = update(article, by=None, at=later(hours=1), note="A comma.")
        erasing = beside(erasure.erase_version, first, reason="A court.", by=None, at=NOON)

    assert erasing.waits
    assert erasing.result().version == first
    assert Article.objects.live().get().live_version == second


# One working copy


def test_an_article_that_another_is_saving_is_not_overwritten():
    article = make_article(body="The old text.")
    ada, ines = Client(), Client()
    for client in (ada, ines):
        client.force_login(make_user(group="Writer"))
    page = f"/desk/articles/article/{article.pk}/change/"

    with transaction_with_another_beside() as beside:
        ada.post(page, fields_of(article, body="Her words."))
        saving = beside(ines.post, page, fields_of(article, body="My words."))

    assert saving.waits
    assert b"saved this article at" in saving.result().content
    assert Article.objects.get().body == "Her words."


# One hold


def override(article, finding, by):
    fields = {"fingerprint": finding.fingerprint, "reason": f"{by} read it.", "by": by}
    return publishing.override(article, **fields, at=NOON)


def make_held_article():
    """Return an article with two holds, and them."""
    article = make_article(framing_note="", body="The harbour is closed [@zz].")
    holds = publishing.build_snapshot(article, at=NOON).holds
    return article, holds


def test_two_who_override_the_holds_of_a_request_at_once_answer_it():
    article, (one, other) = make_held_article()
    ada, ines = (make_user(group="Publisher", name=name) for name in ("ada", "ines"))
    publishing.request_override(article, by=ada, at=NOON)

    with transaction_with_another_beside() as beside:
        override(article, one, ada)
        second = beside(override, article, other, ines)

    assert second.waits
    assert second.result().by == ines
    assert not OverrideRequest.objects.exists()


def test_two_who_override_one_hold_at_once_leave_one_override_and_two_acts():
    article, (hold, _) = make_held_article()
    ada, ines = (make_user(group="Publisher", name=name) for name in ("ada", "ines"))

    with transaction_with_another_beside() as beside:
        override(article, hold, ada)
        second = beside(override, article, hold, ines)

    assert second.waits
    assert second.result() == Override.objects.get()
    assert Override.objects.get().reason == "ines read it."
    assert list(Act.objects.order_by("pk").values_list("by__username", flat=True)) == [
        "ada",
        "ines",
    ]


def test_two_who_undo_one_override_at_once_undo_it_once():
    article, (hold, _) = make_held_article()
    ada, ines = (make_user(group="Publisher", name=name) for name in ("ada", "ines"))
    override(article, hold, ada)

    with transaction_with_another_beside() as beside:
        publishing.revoke(article, fingerprint=hold.fingerprint, by=ada, at=NOON)
        second = beside(publishing.revoke, article, fingerprint=hold.fingerprint, by=ines, at=NOON)

    assert second.waits
    with pytest.raises(publishing.NotCurrent, match="nothing to undo"):
        second.result()
    assert verbs() == ["override", "take_back"]


def test_two_who_undo_one_acknowledgement_at_once_undo_it_once():
    article = make_article()
    ada, ines = (make_user(group="Editor", name=name) for name in ("ada", "ines"))
    mark = finding_of(article, "single-origin").fingerprint
    publishing.acknowledge(article, fingerprint=mark, note="", by=ada, at=NOON)

    with transaction_with_another_beside() as beside:
        publishing.revoke(article, fingerprint=mark, by=ada, at=NOON)
        second = beside(publishing.revoke, article, fingerprint=mark, by=ines, at=NOON)

    assert second.waits
    with pytest.raises(publishing.NotCurrent, match="nothing to undo"):
        second.result()
    assert verbs() == ["acknowledge", "take_back"]


# The parts of a page


def test_parts_are_not_stored_beside_an_erasure_that_has_begun():
    article = make_live_article()
    version = ArticleVersion.objects.select_related("article").get()
    post = Post.objects.get(versions__citations__version=version)

    with transaction_with_another_beside() as beside:
        erasure.erase_post(post, reason="A court order.", by=None, at=later(hours=1))
        renewal = beside(page_parts.renew, version, at=later(hours=1))

    assert article.live_version_id == version.pk
    assert renewal.waits
    assert renewal.result() is False
    assert not PageParts.objects.exists()


# The index of articles


def test_a_rebuilding_beside_a_correction_leaves_its_words_in_the_index():
    article = make_live_article(headline="Fog in Kent")
    article.headline = "Sun in Kent"
    article.save()

    with transaction_with_another_beside() as beside:
        update(article, by=None, at=later(hours=1), note="It cleared.")
        rebuilding = beside(lambda: sum(search.rebuild()))

    assert rebuilding.waits
    assert rebuilding.result() == 1
    query = SearchQuery.read("sun -fog", at=NOON)
    assert len(search.find_keys(query, most=2)) == 1

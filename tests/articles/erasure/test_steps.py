"""What an erasure empties of everything that people wrote beside an article, and what it leaves."""

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType

from articles.erasure.steps import on_record
from articles.erasure.unsaved import deleting_previews
from articles.models import (
    Act,
    Article,
    Comment,
    FrontOrder,
    LiveVetting,
    PreviewLink,
    Review,
)
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from wires.models import Post, SavedSearch
from wires.shared_words import SharedWords

pytestmark = pytest.mark.django_db

SAID = "Quillfeather owes nine million crowns to the bank"
INNOCENT = "Four tugs wait at the quay."
REMOVED = "Removed on legal request."


def write_beside(article, text):
    """Write a text into each column beside an article where people write."""
    ada, n = make_user(), FrontOrder.objects.count()
    common = {"article": article, "by": ada}
    Act.objects.create(**common, headline=text, verb="submit", at=NOON, detail={"for": "noon"})
    Act.objects.create(article=None, headline=text, verb="submit", at=NOON)
    answered = common | {"asked_at": NOON, "answered_at": NOON, "answered_by": ada}
    Review.objects.create(**answered, comment=text)
    Review.objects.create(**answered, answer=text, is_returned=True)
    Comment.objects.create(**common, passage=text, text="Why?", at=NOON)
    Comment.objects.create(**common, passage="It waits.", text=text, at=NOON)
    FrontOrder.objects.create(n=n + 1, banner=text, banner_until=later(hours=1), what="x", at=NOON)
    SavedSearch.objects.create(owner=ada, name="Tides", query=text, created_at=NOON)
    for number, flag in ((article.pk, CHANGE), (99_999, DELETION)):
        for said, what in ((text, "Changed."), ("It", text)):
            LogEntry.objects.create(
                user=ada, content_type=ContentType.objects.get_for_model(Article),
                object_id=str(number), object_repr=said, action_flag=flag, change_message=what,
            )  # fmt: skip


def test_all_that_people_wrote_beside_an_article_is_found_counted_and_emptied_alone():
    article = make_live_article()
    Act.objects.all().delete()
    LiveVetting.objects.create(
        article=article, version=article.live_version, vetted_at=NOON, failure="Error."
    )
    for text in (SAID, INNOCENT):
        write_beside(article, text)

    steps = list(on_record([article.pk], SharedWords([f"{SAID}."])))
    for step in steps:
        step.apply()

    assert [(step.name, step.rows) for step in steps] == [
        ("entries in the log of acts", 2),
        ("comments of reviews", 2),
        ("comments on articles", 2),
        ("lines for breaking news", 1),
        ("failures of the nightly check", 1),
        ("entries in the desk’s log", 4),
        ("saved searches", 1),
        ("sessions with messages not shown yet", 0),
    ]
    acts = Act.objects.order_by("pk").values_list("headline", "detail")
    assert [*acts] == [
        (REMOVED, {}), (REMOVED, {}), (INNOCENT, {"for": "noon"}), (INNOCENT, {}),
    ]  # fmt: skip
    reviews = Review.objects.order_by("pk").values_list("comment", "answer")
    assert [*reviews] == [(REMOVED, ""), ("", REMOVED), (INNOCENT, ""), ("", INNOCENT)]
    comments = Comment.objects.order_by("pk").values_list("passage", "text")
    assert [*comments] == [
        ("", REMOVED), ("", REMOVED), (INNOCENT, "Why?"), ("It waits.", INNOCENT),
    ]  # fmt: skip
    assert [*FrontOrder.objects.order_by("n").values_list("banner", flat=True)] == ["", INNOCENT]
    assert LiveVetting.objects.get().failure == REMOVED
    assert SavedSearch.objects.get().query == INNOCENT
    entries = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    assert [*entries] == [
        (f"article {article.pk}", "Changed."), ("It", REMOVED),
        ("article 99999", "Changed."), ("It", REMOVED),
        (INNOCENT, "Changed."), ("It", INNOCENT), (INNOCENT, "Changed."), ("It", INNOCENT),
    ]  # fmt: skip


def make_link(article, *, page="", posts=()):
    return PreviewLink.objects.create(
        article=article, token_hash=f"{PreviewLink.objects.count():064d}", headline="Ships",
        page=page, posts=list(posts), saved_at=NOON, made_at=NOON, expires_at=later(days=1),
    )  # fmt: skip


def test_preview_links_of_the_article_with_the_post_or_with_its_words_are_deleted():
    article, other = make_article(sources=False), make_article(sources=False)
    of_article, of_post = make_link(article), make_link(other, posts=[7])
    printing, kept = make_link(other, page=f"<p>{SAID}.</p>"), make_link(other, posts=[8])
    words = SharedWords([f"{SAID}."])

    of_version = deleting_previews([article.pk], words)
    step = deleting_previews([article.pk], words, post=Post(pk=7))
    step.apply()

    assert (of_version.name, of_version.rows) == ("preview links of the article", 1)
    assert (step.name, step.rows) == ("preview links that show it", 3)
    assert [*PreviewLink.objects.all()] == [kept]
    assert len({of_article.pk, of_post.pk, printing.pk}) == 3

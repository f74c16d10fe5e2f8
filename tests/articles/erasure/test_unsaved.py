"""An erasure reaches what was typed and not saved, and drafts that were saved over."""

import pytest

from articles.erasure import erase_post, erase_version, inspect_post
from articles.models import Article, OverwrittenDraft, WorkingCopy
from tests.articles.erasure.everywhere import columns_with
from tests.articles.erasure.scene import SECRET, make_scene
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

INNOCENT = "Four other tugs came in."


def draft(body, *rows):
    empty = {"id": "", "key": "r1", "role": "basis", "translation": "", "passages": "[]"}
    return {"fields": {"body": body, "headline": "Ships"}, "sources": [empty | row for row in rows]}


def make_kept(article, *texts):
    """Keep each of these as an unsaved text of the article and as an overwritten draft of it."""
    for n, text in enumerate(texts):
        WorkingCopy.objects.keep(
            user_id=make_user().pk, token=f"copy-{n:04}", article_id=article and article.pk,
            draft=text, seen_at=None, at=NOON,
        )  # fmt: skip
        if article:
            OverwrittenDraft.objects.create(
                article=article, draft=text, saved_at=NOON, overwritten_at=later(hours=n)
            )


def bodies():
    return {
        text["fields"]["body"]
        for model in (WorkingCopy, OverwrittenDraft)
        for text in model.objects.values_list("draft", flat=True)
    }


def test_erasing_a_post_empties_unsaved_and_overwritten_texts_that_print_it():
    post, article = make_scene()
    about = {"post": str(post.pk), "note": f"{SECRET} said it.", "position": "0"}
    make_kept(article, draft(f"{SECRET} owes 9 million crowns."), draft(INNOCENT, about))
    shown = {step.name for step in inspect_post(post).steps}

    erase_post(post, reason="Asked for.", by=None, at=later(days=1))

    assert {"unsaved texts of articles", "overwritten drafts"} <= shown
    assert columns_with(SECRET) == []
    assert bodies() == {"", INNOCENT}
    kept = WorkingCopy.objects.exclude(draft__sources=[]).get()
    assert kept.draft["sources"][0]["post"] == str(post.pk)


def test_erasing_a_post_reaches_texts_of_articles_that_were_never_saved():
    post, _ = make_scene()
    make_kept(None, draft(f"{SECRET} owes 9 million crowns."))
    cites = {"post": str(post.pk), "note": f"{SECRET} said it."}
    other = make_article(headline="Another", sources=False)
    OverwrittenDraft.objects.create(
        article=other, draft=draft(INNOCENT, cites), saved_at=NOON, overwritten_at=NOON
    )

    erase_post(post, reason="Asked for.", by=None, at=later(days=1))

    assert columns_with(SECRET) == []
    assert bodies() == {"", INNOCENT}


def test_of_two_sources_of_an_unsaved_text_each_keeps_what_is_not_about_the_erased_post():
    post, article = make_scene()
    other = make_post(text=INNOCENT)
    rows = [
        {"post": str(post.pk), "note": "Seen.", "translation": "Gesehen.", "passages": '["x"]'},
        {"post": str(other.pk), "note": f"{SECRET} said it.", "translation": "Vier.",
         "passages": '["y"]'},
        {"post": str(other.pk), "note": "Seen.", "translation": f"{SECRET} schuldet.",
         "passages": f'["{SECRET}"]'},
        {"post": str(other.pk), "note": "Seen.", "translation": "Vier.", "passages": '["y"]'},
    ]  # fmt: skip
    make_kept(article, draft(INNOCENT, *rows))

    erase_post(post, reason="Asked for.", by=None, at=later(days=1))

    names = ("note", "translation", "passages")
    for kept in (WorkingCopy.objects.get(), OverwrittenDraft.objects.get()):
        assert [[row[name] for name in names] for row in kept.draft["sources"]] == [
            ["", "", "[]"], ["", "Vier.", '["y"]'], ["Seen.", "", "[]"], ["Seen.", "Vier.", '["y"]'],
        ]  # fmt: skip


def test_an_erasure_leaves_the_texts_of_articles_that_have_nothing_to_do_with_it():
    post, article = make_scene()
    prints = draft(f"{SECRET} owes 9 million crowns.")
    make_kept(article, prints)
    make_kept(make_article(headline="Another", sources=False), prints)

    erase_post(post, reason="Asked for.", by=None, at=later(days=1))

    assert sorted(bodies()) == ["", prints["fields"]["body"]]
    assert OverwrittenDraft.objects.get(article=article).draft["fields"]["body"] == ""


def test_erasing_a_version_deletes_what_is_kept_of_an_article_that_it_withdraws():
    article = make_live_article()
    make_kept(article, draft("Calvera turns ships back again."), draft(INNOCENT))
    version = Article.objects.get().live_version

    erase_version(version, reason="Asked for.", by=None, at=later(days=1))

    assert bodies() == set()


def test_erasing_an_older_version_empties_the_texts_that_print_its_words():
    article = make_live_article()
    version = article.live_version
    version.pk, version.n = None, 2
    version.save()
    Article.objects.update(live_version=version, body=INNOCENT)
    make_kept(article, draft("Calvera turns ships back again."), draft(INNOCENT))

    erase_version(article.versions.get(n=1), reason="Asked for.", by=None, at=later(days=1))

    assert bodies() == {"", INNOCENT}

"""Publishing several articles from the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import vetting
from articles.models import Article
from tests.articles.factories import make_article
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

LIST = "/desk/articles/article/"


def select(client, *articles, **more):
    data = {"action": "publish_selected", "index": 0, **more}
    keys = [article.pk for article in articles]
    return client.post(LIST, {**data, "_selected_action": keys}, follow=True).content.decode()


def test_the_list_asks_first_and_shows_what_the_checks_say(log_in):
    editor, clean, held = log_in("Editor"), make_article(), make_article(framing_note="")

    page = select(editor, clean, held)

    assert "Publish 2 articles now</button>" in page
    assert vetting.title_of("framing-note-missing") in page
    assert "Query," in page
    assert not Article.objects.live().exists()


def test_what_was_confirmed_is_published_and_what_is_held_is_named(log_in):
    editor, clean, held = log_in("Editor"), make_article(), make_article(framing_note="")

    page = select(editor, clean, held, confirmed="yes")

    assert list(Article.objects.live()) == [clean]
    assert "is held." in page


def test_unsaved_typing_is_named_and_not_taken(log_in):
    editor, article = log_in("Editor"), make_article()
    now = timezone.now()
    make_user(name="ada").working_copies.create(
        token="form-0001", article=article, draft={"fields": {"standfirst": "Unsaved."}},
        began_at=now, typed_at=now + timedelta(minutes=1), alive_at=now,
    )  # fmt: skip

    page = select(editor, article)
    select(editor, article, confirmed="yes")

    article.refresh_from_db()
    assert "ada typed into it and did not save that" in page
    assert article.live_version.standfirst == "A port notice bars large vessels."


def test_more_than_twenty_at_once_are_refused(log_in):
    editor, articles = log_in("Editor"), [make_article(sources=False) for _ in range(21)]

    page = select(editor, *articles, confirmed="yes")

    assert "At most 20 articles" in page
    assert not Article.objects.live().exists()


def test_publishing_is_not_the_main_button_of_the_list(log_in):
    make_article()

    page = log_in("Editor").get(LIST).content.decode()

    button = page[: page.index("Publish now</button>")].rpartition("<button")[2]
    assert "button--main" not in button

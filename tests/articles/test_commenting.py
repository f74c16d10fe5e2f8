"""Comments on a passage, mentions on the first page, and what resolves them."""

import pytest

from articles import commenting
from articles.erasure import erase_post
from articles.models import Article, Comment
from tests.articles.factories import make_article, make_source
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user(group="Writer", name="ada")


def page_of(article):
    return f"/desk/articles/article/{article.pk}/comments/"


def say(client, article, text, passage=""):
    data = {"text": text, "passage": passage}
    return client.post(page_of(article), data, follow=True).content.decode()


def test_a_comment_stands_with_its_passage_until_it_is_resolved(log_in):
    client, article = log_in("Writer"), make_article()

    page = say(client, article, "Which harbour?", passage="The  harbour is\nclosed")
    row = Comment.objects.get()
    form = client.get(f"/desk/articles/article/{article.pk}/change/").content.decode()
    after = client.post(f"{page_of(article)}{row.pk}/resolve/", follow=True).content.decode()

    assert row.passage == "The harbour is closed"
    assert "Which harbour?" in page
    assert "Comments (1 open)" in form
    assert "No open comments." in after
    assert Comment.objects.get().resolved_by is not None


def test_words_that_are_not_in_the_article_are_no_passage(log_in):
    client, article = log_in("Writer"), make_article()

    page = say(client, article, "Why?", passage="The airport is closed")

    assert "“The airport is closed” does not stand in the saved article." in page
    assert "Why?</textarea>" in page
    assert not Comment.objects.exists()


def test_a_passage_that_was_rewritten_is_said_to_be_gone(log_in):
    client, article = log_in("Writer"), make_article()
    say(client, article, "Why?", passage="The harbour is closed")
    Article.objects.filter(pk=article.pk).update(body="It is open [@r1].")

    assert "no longer stand in the saved article" in client.get(page_of(article)).content.decode()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ada look", ["ada"]),
        ("Ask @ADA, please.", ["ada"]),
        ("@ada.", ["ada"]),
        ("@ada and @edda", ["ada", "edda"]),
        ("mail ada@paper.example or @@ada", []),
        ("@nobody @gone @reader", []),
    ],
)
def test_people_of_the_desk_are_mentioned_by_name(text, names, ada):
    make_user(name="edda")
    make_user(name="gone", is_active=False)
    make_user(name="reader", is_staff=False)

    found = commenting.mentioned_in(text)

    assert [person.username for person in found] == names


def test_a_mention_stands_on_the_others_first_page_until_it_is_resolved(log_in, ada, client):
    article = make_article(headline="Ships wait")
    say(log_in("Editor"), article, "@ada who says nineteen?")
    row = Comment.objects.get()

    client.force_login(ada)
    before = client.get("/desk/").content.decode()
    commenting.resolve(row, by=ada, at=NOON)
    after = client.get("/desk/").content.decode()

    assert "@ada who says nineteen?" in before
    assert "who says nineteen?" not in after
    assert not commenting.resolve(row, by=ada, at=NOON)


def test_who_may_not_write_reads_no_comments(log_in):
    client, article = log_in("Wire desk"), make_article()

    assert client.get(page_of(article)).status_code == 403
    assert client.post(page_of(article), {"text": "So."}).status_code == 403


def test_an_erasure_empties_a_comment_that_repeats_the_words(ada, settings):
    settings.DESK_SECOND_PERSON = False
    post = make_post(text="Calvera turned back nineteen ships of the line on Tuesday morning.")
    article = make_article(sources=False)
    make_source(article, post=post)
    told = "It says: turned back nineteen ships of the line on Tuesday morning."
    commenting.comment(article, passage="", text=told, by=ada, at=NOON)
    commenting.comment(article, passage="", text="Who says so?", by=ada, at=NOON)

    erase_post(post, reason="A court order.", by=None, at=NOON)

    assert [row.text for row in Comment.objects.order_by("pk")] == [
        "Removed on legal request.", "Who says so?",
    ]  # fmt: skip


def test_the_page_takes_the_same_queries_for_more_comments(log_in, ada, django_assert_num_queries):
    client, article = log_in("Writer"), make_article()
    client.get(page_of(article))
    for n in range(8):
        commenting.comment(article, passage="", text=f"Comment {n}.", by=ada, at=NOON)

    with django_assert_num_queries(5):
        page = client.get(page_of(article)).content.decode()
    assert page.count("Comment 7.") == 1

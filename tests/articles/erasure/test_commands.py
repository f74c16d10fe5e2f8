"""manage.py erase_post and erase_version."""

import pytest
from django.core.management.base import CommandError

from articles.models import Article, Erasure
from tests.articles.factories import cite, make_live_article
from tests.commands import run_command
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_post

pytestmark = pytest.mark.django_db

WORDS = "Quillfeather owes nine million crowns."


def test_erase_post_shows_where_the_words_stand_and_erases_nothing_without_a_reason():
    post = make_post(text=WORDS, channel=make_channel(address="https://harbour.example/feed"))
    article = cite(post, body="Quillfeather owes [@r1].")

    ran = run_command("erase_post", post.url)

    assert ran.status == 0
    assert "  versions of the post: 1\n" in ran.out
    assert f"article {article.pk}, version 1, live: “Quillfeather”" in ran.out
    assert "Nothing is erased yet" in ran.out
    assert post.versions.get().text == WORDS


def test_erase_post_erases_a_post_by_its_number_and_says_that_texts_are_left():
    post = make_post(text=WORDS)
    cite(post, body="Quillfeather owes [@r1].")

    ran = run_command("erase_post", post.pk, reason="A court.")

    record = Erasure.objects.get()
    assert ran.status == 1
    assert (
        f"not complete: decide about the 2 listed above, at /desk/erasures/{record.pk}/." in ran.out
    )
    assert (record.post, record.by, record.reason) == (post, None, "A court.")
    assert post.versions.get().text == ""


def test_erase_post_is_done_where_no_article_prints_the_words():
    post = make_post(text=WORDS)

    ran = run_command("erase_post", post.pk, reason="A court.")

    assert ran.status == 0
    assert ran.out.endswith(f"Post {post.pk} of {post.channel.code} is erased.\n")


@pytest.mark.parametrize("named", ["https://nowhere.example/1", "0", "99999999999999999999"])
def test_erase_post_says_that_there_is_no_such_post(named):
    with pytest.raises(CommandError, match="No post on file") as refused:
        run_command("erase_post", named, reason="A court.")

    assert refused.value.returncode == 2


def test_the_commands_refuse_a_person_without_the_right_and_nobody_by_that_name():
    post, version = make_post(), make_live_article().live_version
    make_user(group="Editor", name="ada")

    for command, *named in (("erase_post", post.pk), ("erase_version", version.article.slug, 1)):
        with pytest.raises(CommandError, match="ada may not erase"):
            run_command(command, *named, reason="A court.", by="ada")
        with pytest.raises(CommandError, match="Nobody at the desk is called eve"):
            run_command(command, *named, reason="A court.", by="eve")

    assert not Erasure.objects.exists()


def test_the_commands_refuse_an_empty_reason_and_a_second_time():
    post, version = make_post(), make_live_article().live_version
    slug = version.article.slug

    for command, *named in (("erase_post", post.pk), ("erase_version", slug, 1)):
        with pytest.raises(CommandError, match="Give the reason"):
            run_command(command, *named, reason=" ")
        run_command(command, *named, reason="A court.")
        with pytest.raises(CommandError, match="no words left to erase"):
            run_command(command, *named, reason="A court.")

    assert Erasure.objects.count() == 2


def test_erase_version_erases_a_version_and_says_that_the_article_is_withdrawn():
    article = make_live_article()
    make_user(group="Publisher", name="ada")

    shown = run_command("erase_version", article.slug, 1)
    ran = run_command("erase_version", article.slug, 1, reason="A court.", by="ada")

    article.refresh_from_db()
    assert "erasing it withdraws the article" in shown.out
    assert ran.status == 0
    assert article.status == Article.Status.WITHDRAWN
    assert Erasure.objects.get().by.username == "ada"


@pytest.mark.parametrize(("slug", "number"), [("nothing", 1), ("ships", 7)])
def test_erase_version_says_that_there_is_no_such_version(slug, number):
    make_live_article(slug="ships")

    with pytest.raises(CommandError, match="No article with this version"):
        run_command("erase_version", slug, number, reason="A court.")

    assert not Erasure.objects.exists()

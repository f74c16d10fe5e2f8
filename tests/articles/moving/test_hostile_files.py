"""Files of other programs that were made to do harm: refused in a sentence, or harmless."""

import json
from time import process_time

import pytest
from django.core.management import CommandError

from articles.management.drafting import fetch_picture
from articles.models import Article, Redirect
from articles.moving import BadExport
from articles.moving.drafts import find_file
from articles.moving.foreign import LONGEST_ADDRESS, ForeignArticle
from articles.moving.ghost import read_ghost
from tests.articles.factories import make_section
from tests.commands import run_command

# Two articles at the same place, unless something of their addresses tells them apart.
LONG = "https://old.example/" + "%D9%85" * 300


def path_of(address, **fields):
    about = {"headline": "Ferry", "slug": "ferry", "html": "<p>One.</p>"} | fields
    return ForeignArticle(address=address, **about).path


def test_a_former_address_is_kept_as_browsers_ask_for_it():
    assert path_of("https://old.example/2019/%D9%85%D8%B1/") == "/2019/مر/"
    assert path_of("https://old.example/?p=12") == "//old.example/?p=12"
    assert path_of("https://old.example/a%00%1b\ud800b/") == "/ab/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (path_of(LONG + "a"), path_of(LONG + "b")),
        (path_of("", html="<p>One.</p>"), path_of("", html="<p>Two.</p>")),
        (path_of("http://[", headline="One"), path_of("http://[", headline="Two")),
    ],
    ids=["too long", "none", "none that can be read"],
)
def test_two_articles_share_no_former_address(one, other):
    assert one != other
    assert len(one) <= LONGEST_ADDRESS
    assert len(other) <= LONGEST_ADDRESS


def test_a_picture_below_thousands_of_folders_is_looked_for_by_its_last_ones(tmp_path):
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "a.png").write_bytes(b"a")
    begun = process_time()

    found = find_file(tmp_path, f"https://old.example/{'x/' * 3_000}2019/a.png")

    assert found == tmp_path / "2019" / "a.png"
    assert process_time() - begun < 0.5
    assert find_file(tmp_path, "http://[/a.png") is None


def import_ghost(tmp_path, *posts, **tables):
    make_section()
    file = tmp_path / "ghost.json"
    row = {"id": 1, "title": "Ferry", "slug": "ferry", "html": "<p>One.</p>"}
    data = {"posts": [row | post for post in posts]} | tables
    file.write_text(json.dumps({"db": [{"data": data}]}))
    return run_command("import_ghost", file, "--site", "https://g.example", "--section", "world")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "post",
    [{"title": None}, {"slug": 3}, {"html": ["x"]}, {"feature_image": 1}, {"published_at": 5}],
    ids=lambda post: next(iter(post)),
)
def test_a_ghost_post_with_something_else_for_a_text_is_refused(tmp_path, at_noon, post):
    with pytest.raises(CommandError, match="has not the form of a Ghost export"):
        import_ghost(tmp_path, {"id": 2, "slug": "another"}, post)

    assert not Article.objects.exists()


@pytest.mark.django_db
def test_characters_that_no_database_takes_are_left_out(tmp_path, at_noon):
    import_ghost(
        tmp_path,
        {"title": "A\ud800 ferry\x1b[2J", "slug": "a\0\ud800b", "html": "<p>\ud800\x1bOne.</p>"},
        users=[{"id": 7, "name": "Ada\0\ud800"}],
        posts_authors=[{"post_id": 1, "author_id": 7}],
    )

    article = Article.objects.get()
    assert (article.headline.replace("\ufffd", ""), article.body) == ("A ferry[2J", "One.")
    assert [author.name for author in article.authors.all()] == ["Ada"]
    assert Redirect.objects.get().path == "/ab/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/\x1b]0;owned\x07.png", "https://g.example/" + "a" * 100_000, "http://["]
)
def test_a_picture_that_is_left_out_is_named_without_what_a_terminal_obeys(
    tmp_path, at_noon, address
):
    ran = import_ghost(tmp_path, {"feature_image": address})

    assert "was left out" in ran.err
    assert "\x1b" not in ran.err
    assert len(ran.err) < 1_000


def test_a_file_does_not_ask_hosts_of_our_own_that_the_wire_may_ask(settings):
    settings.WIRE_TRUSTED_HOSTS = ["127.0.0.1:9"]

    with pytest.raises(BadExport, match="points to a private address"):
        fetch_picture("http://127.0.0.1:9/restart.png")


def test_a_blog_without_an_address_is_asked_for_one(tmp_path):
    with pytest.raises(BadExport, match="is no address"):
        read_ghost(tmp_path / "any.json", site="blog.example")

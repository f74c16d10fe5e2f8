"""Versions side by side, and the way back to one."""

import html
import re

import pytest

from articles import publishing, vetting
from articles.erasure import erase_post, erase_version
from articles.models import Article
from benchmarks import writing_screen
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_source,
    post_of,
)
from tests.articles.form_fields import fields_of
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post

pytestmark = pytest.mark.django_db


def path_of(article, page="compare"):
    return f"/desk/articles/article/{article.pk}/{page}/"


def compare(client, article, **sides):
    """Return what is struck out, what is underlined, and the whole page."""
    page = client.get(path_of(article), {key.rstrip("_"): side for key, side in sides.items()})
    text = html.unescape(page.content.decode())
    gone, new = (re.findall(rf"<{tag}>(.*?)</{tag}\s*>", text, re.DOTALL) for tag in ("del", "ins"))
    return gone, new, text


@pytest.fixture
def article():
    """Return a live article with three versions and a draft that says something else again."""
    one = make_live_article(standfirst="The port is closed.")
    for n, words in enumerate(("The port is open.", "The port is wide open."), start=1):
        Article.objects.filter(pk=one.pk).update(standfirst=words)
        publishing.update(one, by=None, at=later(hours=n), note=f"Change {n}.")
    Article.objects.filter(pk=one.pk).update(standfirst="The port is shut.")
    return one


def test_any_two_versions_and_the_draft_are_compared_word_by_word(log_in, article):
    client = log_in("Wire desk")

    assert compare(client, article, from_=1, to=2)[:2] == (["closed"], ["open"])
    assert compare(client, article, from_=2, to=3)[1] == ["wide "]
    assert compare(client, article, from_=3, to="draft")[:2] == (["wide open"], ["shut"])
    # Without a choice: what readers have, and what is saved.
    assert compare(client, article)[:2] == (["wide open"], ["shut"])


@pytest.mark.parametrize(
    ("role", "status", "is_offered"),
    [("Editor", "live", True), ("Editor", "withdrawn", False), ("Wire desk", "live", False)],
)
def test_the_list_of_versions_offers_each_to_who_may_write(
    log_in, article, role, status, is_offered
):
    if status == "withdrawn":
        publishing.withdraw(article, by=None, at=later(hours=3), note="It was wrong.")

    page = log_in(role).get(path_of(article, "history")).content.decode()

    assert "Compare version 1 with" in " ".join(page.split())
    assert (f'{path_of(article, "change")}?version=1"' in page) is is_offered


def test_sources_authors_section_and_picture_are_compared_too(log_in, article):
    make_source(article, key="r2", post=make_post(), note="By phone.", role="background")
    article.authors.add(make_author())
    Article.objects.filter(pk=article.pk).update(image=make_image("a" * 64))

    _, new, page = compare(log_in("Editor"), article, from_=3, to="draft")

    for label in ("Wire sources", "Authors", "Image"):
        assert f">{label}</h2>" in page
    assert any("By phone." in words for words in new)


def test_what_is_the_same_for_readers_is_no_difference(log_in):
    image = make_image("a" * 64)
    image.caption = "Ships at anchor."
    image.save()
    one = make_article(image=image, sources=False, body="It is shut [@r2]. Nobody sails [@r1].")
    for n in (1, 2):
        make_source(one, key=f"r{n}", position=n)
    publishing.publish(one, by=None, at=NOON)

    _, _, page = compare(log_in("Editor"), one, from_=1, to="draft")

    assert "“Version 1, live” and “Saved draft” say the same." in page


@pytest.mark.parametrize("side", ["99", "x", "-1", "99999999999999999999999"])
def test_a_version_that_there_is_not_is_the_usual_one(log_in, article, side):
    assert compare(log_in("Editor"), article, from_=side)[0] == ["wide open"]


def test_a_version_is_put_into_the_form_and_nothing_is_saved(log_in, article):
    client = log_in("Editor")

    form = client.get(path_of(article, "change"), {"version": 1})

    filled = form.context["adminform"].form.initial
    assert "Version 1 is in the form.</b> Nothing is saved yet." in form.content.decode()
    assert filled["standfirst"] == "The port is closed."
    assert Article.objects.get(pk=article.pk).standfirst == "The port is shut."


def test_a_restored_version_is_published_as_an_update(log_in, article):
    client = log_in("Editor")
    data = fields_of(
        article, standfirst="The port is closed.", public_note="It was closed.", _update="1"
    )

    client.post(path_of(article, "change"), data)

    article.refresh_from_db()
    assert (article.live_version.n, article.live_version.standfirst) == (4, "The port is closed.")


def test_a_source_that_left_the_draft_comes_back_with_its_note(log_in):
    live = make_live_article()
    post = post_of(live)
    live.wire_sources.all().delete()

    form = log_in("Editor").get(path_of(live, "change"), {"version": 1})

    page = form.content.decode()
    assert f'value="{post.pk}"' in page
    assert 'value="r1"' in page


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_version_put_back_cites_the_words_it_cited_and_not_those_of_today(log_in, is_removed):
    live = make_live_article()
    post, client = post_of(live), log_in("Editor")
    first = post.latest_version
    second = add_version(post, text="The harbour is open again.", at=later(hours=1))
    live.wire_sources.update(version=second)
    if is_removed:
        live.wire_sources.all().delete()

    form = client.get(path_of(live, "change"), {"version": 1, "findings": 1})
    data = writing_screen.fields_of(live, form.content.decode())
    findings = client.post(f"/desk/vet/?article={live.pk}", data).content.decode()
    saved = client.post(path_of(live, "change"), {**data, "_save": "1"})

    assert saved.status_code == 302
    assert first.text in html.unescape(form.content.decode())
    assert vetting.title_of("source-changed") in findings
    assert live.wire_sources.get().version == first


def test_words_of_today_are_cited_where_the_box_is_ticked_and_of_no_other_post(log_in):
    live = make_live_article()
    post, client = post_of(live), log_in("Editor")
    stranger = make_post().latest_version
    second = add_version(post, text="The harbour is open again.", at=later(hours=1))
    row = live.wire_sources.get()

    def save(**fields):
        named = {f"wire_sources-0-{name}": value for name, value in fields.items()}
        client.post(path_of(live, "change"), {**fields_of(live), **named, "_save": "1"})
        row.refresh_from_db()
        live.refresh_from_db()
        return row.version

    assert save(cites=stranger.pk, note="A note.") == post.versions.get(n=1)
    assert save(cites="9" * 40, note="Another note.") == post.versions.get(n=1)
    assert save(cites=post.versions.get(n=1).pk, repin="on") == second


def test_a_version_that_cites_other_words_of_a_post_is_said_to_differ(log_in):
    live = make_live_article()
    second = add_version(post_of(live), text="The harbour is open again.", at=later(hours=1))
    live.wire_sources.update(version=second)

    gone, _, page = compare(log_in("Editor"), live, from_=1, to="draft")

    assert ">Wire sources</h2>" in page
    assert any("cites another version of the post" in words for words in gone)


def test_a_version_whose_post_was_erased_says_so(log_in, article, settings):
    settings.DESK_SECOND_PERSON = False
    erase_post(post_of(article), reason="A court order.", by=None, at=NOON)

    _, _, page = compare(log_in("Editor"), article, from_=1, to=2)

    assert "The words of 1 post that version 1 cites were removed on legal request (r1)." in page


def test_an_erased_version_is_neither_compared_nor_put_back(log_in, article):
    version = article.versions.get(n=1)
    erase_version(version, reason="A court order.", by=make_user(is_superuser=True), at=NOON)
    client = log_in("Editor")

    _, _, page = compare(client, article, from_=1, to=2)
    form = client.get(path_of(article, "change"), {"version": 1})

    assert "Version 1 was removed on legal request: nothing of it is left." in page
    assert "?version=1" not in page
    assert form.context["adminform"].form.initial["standfirst"] != ""


def test_a_draft_that_was_never_published_is_compared_with_itself(log_in):
    draft = make_article()

    _, _, page = compare(log_in("Writer"), draft)

    assert "“Saved draft” and “Saved draft” say the same." in page


def test_comparing_costs_the_same_for_many_versions(log_in, article, django_assert_max_num_queries):
    client = log_in("Editor")
    for n in range(4, 10):
        publishing.update(article, by=None, at=later(hours=n), note="Again.")

    with django_assert_max_num_queries(18):
        page = client.get(path_of(article)).content.decode()
    assert "Version 9, live" in page

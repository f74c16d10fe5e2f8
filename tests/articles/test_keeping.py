"""What is typed and not saved: kept on the server, offered again, deleted once it is saved."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.keeping import opened
from articles.erasure import erase_post
from articles.models import Article, ArticleVersion, ArticleVisit, OverwrittenDraft, WorkingCopy
from articles.pruning import prune_unsaved
from tests.articles.factories import make_article, make_live_article
from tests.articles.form_fields import fields_of
from tests.clock import NOON, later
from tests.commands import run_command
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

TOKEN = "copy-0001"  # noqa: S105
ANOTHER = "copy-0002"
TYPED = "The harbour opened again [@r1]."


def keep_path(article=None):
    return f"/desk/keep/?article={article.pk}" if article else "/desk/keep/"


def keep(client, article=None, *, copy=TOKEN, **fields):
    """Send what a browser sends a second after the last key."""
    data = {"opened": opened(NOON)} | fields_of(article, **({"body": TYPED} | fields))
    data["copy"] = copy
    return client.post(keep_path(article), data, headers={"accept": "application/json"})


def make_copy(user, article=None, *, token=TOKEN, at=NOON, sources=(), **fields):
    draft = {"fields": {"body": TYPED} | fields, "sources": list(sources)}
    WorkingCopy.objects.keep(
        user_id=user.pk, token=token, article_id=article and article.pk, draft=draft,
        seen_at=article and article.updated_at, at=at,
    )  # fmt: skip
    return WorkingCopy.objects.get(user=user, token=token)


# Keeping


def test_a_working_copy_is_kept_once_a_form_and_is_no_save(writer, at_noon):
    article = make_live_article()

    answers = [keep(writer, article, body=text) for text in ("The", "The harbour", TYPED)]

    assert [answer.status_code for answer in answers] == [200] * 3
    copy = WorkingCopy.objects.get()
    assert (copy.article, copy.draft["fields"]["body"]) == (article, TYPED)
    assert copy.draft["sources"][0]["key"] == "r1"
    stored = Article.objects.get()
    assert (stored.body, stored.updated_at) == (article.body, article.updated_at)
    assert ArticleVersion.objects.count() == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_a_keystroke_costs_five_queries_with_a_second_factor(
    client, django_assert_max_num_queries, is_first
):
    user = make_user(group="Publisher")
    device = user.totpdevice_set.create(name="app", confirmed=True)
    client.force_login(user)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    article = make_article()
    if not is_first:
        keep(client, article)
    data = fields_of(article, body=TYPED) | {"copy": TOKEN, "opened": opened(NOON)}

    with django_assert_max_num_queries(5):
        answer = client.post(keep_path(article), data)

    assert answer.status_code == 200
    assert WorkingCopy.objects.count() == 1


def test_two_tabs_and_two_new_articles_write_over_nobody(writer):
    article = make_article()

    for token, body in ((TOKEN, "One."), (ANOTHER, "Two.")):
        keep(writer, article, copy=token, body=body)
        keep(writer, copy=f"new-{token}", body=body)

    kept = WorkingCopy.objects.values_list("article", "draft__fields__body")
    assert sorted(kept, key=str) == sorted(
        [(article.pk, "One."), (article.pk, "Two."), (None, "One."), (None, "Two.")], key=str
    )


def test_the_same_name_of_a_copy_is_another_copy_for_another_person(writer):
    article = make_article()
    colleague = make_user(group="Writer")
    make_copy(colleague, article, body="Hers.")

    keep(writer, article)

    bodies = WorkingCopy.objects.values_list("draft__fields__body", flat=True)
    assert sorted(bodies) == ["Hers.", TYPED]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"copy": ""}, 400),
        ({"copy": "x" * 65}, 400),
        ({"copy": "../../etc"}, 400),
        ({"body": "x" * 1_000_001}, 413),
        ({"seen_at": "2026-13-45T99:99"}, 200),
        ({"wire_sources-TOTAL_FORMS": "99999999999"}, 200),
        ({"section": "x", "authors": ["1", "x"], "image": "9" * 40}, 200),
        ({"body": "\ud7ff\0\u202e"}, 200),
    ],
)
def test_what_no_form_sends_is_refused_in_words_and_never_an_error(writer, fields, status):
    answer = keep(writer, make_article(), **fields)

    assert answer.status_code == status
    assert status == 200 or answer.json()["message"]
    assert WorkingCopy.objects.count() == (status == 200)


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_an_article_that_is_gone_is_refused_in_words(client):
    client.force_login(make_user(group="", is_superuser=True))

    answer = keep(client, Article(pk=999, updated_at=NOON))

    assert answer.status_code == 404
    assert "was deleted" in answer.json()["message"]


def test_keeping_needs_the_right_to_write(client):
    client.force_login(make_user(group="Wire desk"))

    answers = [keep(client, make_article()), keep(client)]

    assert [answer.status_code for answer in answers] == [403] * 2
    assert not WorkingCopy.objects.exists()


def test_keeping_needs_a_token_of_the_form():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user(group="Writer"))

    answer = keep(strict, make_article())

    assert (answer.status_code, answer.json()["why"]) == (403, "token")


def test_keeping_after_the_session_ended_says_401_in_json(client):
    answers = [
        keep(client, make_article()),
        client.get("/desk/keep/", headers={"accept": "application/json"}),
        client.post(
            "/desk/articles/article/add/", fields_of(), headers={"accept": "application/json"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [401] * 3
    assert {answer.json()["login"] for answer in answers} == {reverse("admin:login")}
    assert not WorkingCopy.objects.exists()


# Who else is at it


def test_an_article_says_who_is_editing_it_and_since_when(writer, at_noon):
    article = make_article()
    grace = make_user(group="Writer", first_name="Grace", last_name="Okonjo")
    make_copy(grace, article, at=later(minutes=-2))
    make_copy(make_user(group="Writer", name="gone"), article, token=ANOTHER, at=later(minutes=-2))
    WorkingCopy.objects.filter(token=TOKEN).update(alive_at=later(seconds=-80))
    keep(writer, article)

    news = writer.get(f"{keep_path(article)}&copy={TOKEN}").json()

    assert news["others"] == ["Grace Okonjo is editing, 2 min"]


def test_a_sign_of_life_changes_no_text_and_does_not_keep_a_session(client, at_noon):
    user = make_user(group="Writer")
    client.post("/desk/login/", {"username": user.username, "password": "correct horse battery"})
    article = make_article()
    keep(client, article)
    at_noon.shift(600)

    still = client.post(keep_path(article), {"copy": TOKEN, "still": "1"})
    asked = client.get(keep_path(article))

    assert (still.status_code, asked.status_code) == (200, 200)
    copy = WorkingCopy.objects.get()
    assert (copy.typed_at, copy.alive_at) == (NOON, later(seconds=600))
    assert copy.draft["fields"]["body"] == TYPED
    assert client.session["seen_at"] == NOON.timestamp()


def test_an_editor_who_left_the_page_is_not_shown_any_more_and_her_text_stays(writer, at_noon):
    article = make_article()
    keep(writer, article)

    here = writer.get(keep_path(article)).json()["others"]
    writer.post(keep_path(article), {"copy": TOKEN, "still": "0"})
    gone = writer.get(keep_path(article)).json()["others"]

    assert (here, gone) == (["You are editing in another window, 1 min"], [])
    assert WorkingCopy.objects.get().draft["fields"]["body"] == TYPED


# Gone again


def test_unsaved_and_overwritten_texts_go_after_thirty_days():
    user, article = make_user(), make_article()
    for days, token in ((-31, TOKEN), (-29, ANOTHER)):
        make_copy(user, article, token=token, at=later(days=days))
        OverwrittenDraft.objects.create(
            article=article, draft={}, saved_at=NOON, overwritten_at=later(days=days)
        )

    deleted = sum(prune_unsaved(NOON))

    assert deleted == 2
    assert WorkingCopy.objects.get().token == ANOTHER
    assert OverwrittenDraft.objects.get().overwritten_at == later(days=-29)


def test_the_command_counts_before_it_deletes(at_noon):
    make_copy(make_user(), at=later(days=-31))

    dry = run_command("prune_unsaved", dry_run=True)
    is_left = WorkingCopy.objects.exists()
    ran = run_command("prune_unsaved")

    assert "1 unsaved text," in dry.out
    assert is_left
    assert ran.out == "1 row deleted.\n"


def test_a_deleted_article_takes_its_unsaved_texts_along(client):
    client.force_login(make_user(group="Editor"))
    article = make_article()
    keep(client, article)

    client.post(f"/desk/articles/article/{article.pk}/delete/", {"post": "yes"})

    assert not Article.objects.exists()
    assert not WorkingCopy.objects.exists()


def test_what_was_erased_since_a_form_was_opened_is_not_kept_again_from_it(writer, at_noon):
    article = make_article()
    post = article.wire_sources.get().post
    erase_post(post, reason="Court order 12/26", by=None, at=later(hours=1))

    answer = keep(writer, article, opened=NOON.isoformat())
    later_on = keep(writer, article, opened=later(hours=2).isoformat())

    assert answer.status_code == 409
    assert "erased on legal request" in answer.json()["message"]
    assert later_on.status_code == 200


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-06-25T12:00"]
)
def test_a_moment_that_no_clock_has_is_no_error(writer, moment):
    answer = keep(writer, make_article(), seen_at=moment, opened=moment)

    assert answer.status_code == 200
    assert WorkingCopy.objects.get().seen_at is None


def test_an_article_says_who_looks_at_it_and_of_a_writer_that_they_edit(writer, at_noon):
    article = make_article()
    grace, joan = (make_user(group="Writer", first_name=name) for name in ("Grace", "Joan"))
    reader = make_user(group="Wire desk", first_name="Ines")
    for user in (grace, joan, reader):
        browser = Client()
        browser.force_login(user)
        browser.get(f"/desk/articles/article/{article.pk}/change/")
    make_copy(joan, article)
    at_noon.shift(80)
    for user in (grace, reader):
        browser = Client()
        browser.force_login(user)
        browser.get(keep_path(article))
    at_noon.shift(80)

    page = writer.get(f"/desk/articles/article/{article.pk}/change/").content.decode()
    make_copy(joan, article, at=timezone.now())
    news = writer.get(keep_path(article)).json()["others"]

    assert "Grace has it open, 2 min" in page
    assert "Joan" not in page
    assert news == ["Joan is editing, 2 min", "Grace has it open, 2 min", "Ines has it open, 2 min"]


def test_somebody_who_comes_back_has_it_open_since_then(at_noon):
    article, user = make_article(), make_user()
    ArticleVisit.objects.note(user_id=user.pk, article_id=article.pk, at=NOON)
    ArticleVisit.objects.note(user_id=user.pk, article_id=article.pk, at=later(seconds=60))
    stayed = ArticleVisit.objects.get().began_at

    ArticleVisit.objects.note(user_id=user.pk, article_id=article.pk, at=later(seconds=600))

    visit = ArticleVisit.objects.get()
    assert (stayed, visit.began_at, visit.alive_at) == (
        NOON,
        later(seconds=600),
        later(seconds=600),
    )


def test_what_a_page_asks_for_once_in_a_while_takes_few_queries(
    writer, at_noon, django_assert_max_num_queries
):
    article = make_article()
    for n in range(9):
        user = make_user(group="Writer")
        make_copy(user, article, token=f"copy-100{n}")
        ArticleVisit.objects.note(user_id=user.pk, article_id=article.pk, at=NOON)
    writer.get(keep_path(article))

    # Two of them are a savepoint's.
    with django_assert_max_num_queries(9):
        news = writer.get(keep_path(article)).json()

    assert len(news["others"]) == 9

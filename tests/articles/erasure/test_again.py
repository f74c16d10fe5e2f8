"""Erasing again what a restored backup brought back."""

import pytest

from articles.erasure import again
from articles.erasure.again import ERASED, ERASED_ALREADY, FAILED, NOT_THERE, erase_again
from articles.erasure.journal import NotedErasure
from articles.models import Erasure
from articles.publishing import ChangedMeanwhile
from tests.articles.factories import make_live_article, post_of
from tests.clock import NOON
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db


def note_post(post, *, at="2026-06-20T09:30:00+00:00"):
    return NotedErasure("post", post.channel_id, post.native_id_hash, at)


def note_version(version, *, n=1):
    return NotedErasure(
        "version", version.article_id, f"{n} {version.at.isoformat()}", "2026-06-21"
    )


def test_what_came_back_is_erased_once_and_says_when_it_was_first():
    article = make_live_article()
    post, version = post_of(article), article.live_version
    lines = [note_post(post), note_version(version), note_post(post, at="2026-07-01")]

    first, second = erase_again(lines, at=NOON), erase_again(lines, at=NOON)

    assert first == {ERASED: 2}
    assert second == {ERASED_ALREADY: 2}
    told = Erasure.objects.order_by("kind").values_list("reason", "by", "at")
    assert [*told] == [
        ("Erased before, at 2026-06-20T09:30, and come back with a restored backup.", None, NOON),
        ("Erased before, at 2026-06-21, and come back with a restored backup.", None, NOON),
    ]


def test_what_the_backup_does_not_hold_is_left_alone():
    post, version = make_post(), make_live_article().live_version
    elsewhere = NotedErasure("post", post.channel_id + 99, post.native_id_hash, "2026")
    at_another_time = NotedErasure("version", version.article_id, "1 2026-01-01", "2026")

    done = erase_again([elsewhere, at_another_time, note_version(version, n=2)], at=NOON)

    assert done == {NOT_THERE: 3}
    assert not Erasure.objects.exists()


def test_one_that_cannot_be_erased_does_not_keep_back_the_others(monkeypatch):
    posts, erase = [make_post(), make_post()], again.erase_post

    def refuse_the_first(post, **given):
        if post == posts[0]:
            raise ChangedMeanwhile
        return erase(post, **given)

    monkeypatch.setattr(again, "erase_post", refuse_the_first)

    assert erase_again(map(note_post, posts), at=NOON) == {FAILED: 1, ERASED: 1}
    assert Erasure.objects.get().post == posts[1]

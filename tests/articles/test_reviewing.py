"""What is kept of a draft that is handed to the editors, and of one that is handed back."""

import pytest

from articles import publishing
from articles.models import Act, Article, Review
from articles.publishing import send_back, submit
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

KEPT = (
    "by", "to", "comment", "asked_at", "answered_at", "answered_by", "is_returned", "answer",
)  # fmt: skip


@pytest.fixture
def ada():
    return make_user(group="Writer", name="ada")


def kept():
    return [*Review.objects.order_by("pk").values_list(*KEPT)]


def test_a_submission_says_who_asks_whom_and_an_answer_who_answered_what(ada, editor):
    article = make_article()

    submit(article, by=ada, at=NOON, to=editor, comment=" Look at the tugs. ")
    asked = kept()
    was = article.status
    send_back(article, by=editor, at=later(hours=1), comment=" Ask the port. ")

    question = (ada.pk, editor.pk, "Look at the tugs.", NOON)
    assert asked == [(*question, None, None, False, "")]
    assert kept() == [(*question, later(hours=1), editor.pk, True, "Ask the port.")]
    assert (was, article.status) == ("review", "draft")
    acts = Act.objects.order_by("pk").values_list("verb", "by", "at")
    assert [*acts] == [("submit", ada.pk, NOON), ("return", editor.pk, later(hours=1))]


def test_a_second_submission_closes_the_first_without_returning_it(ada, editor):
    article = make_article()
    submit(article, by=ada, at=NOON)
    Article.objects.filter(pk=article.pk).update(status="draft")

    submit(article, by=ada, at=later(hours=1))

    assert kept() == [
        (ada.pk, None, "", NOON, later(hours=1), ada.pk, False, ""),
        (ada.pk, None, "", later(hours=1), None, None, False, ""),
    ]


def test_what_was_submitted_before_reviews_were_kept_gets_one_of_its_writer(ada, editor):
    article = make_article(status="review", created_by=ada)

    send_back(article, by=editor, at=NOON, comment="Ask the port.")

    assert kept() == [(ada.pk, None, "", NOON, NOON, editor.pk, True, "Ask the port.")]


@pytest.mark.parametrize(("group", "fields"), [("Writer", {}), ("Editor", {"is_active": False})])
def test_nobody_is_asked_who_may_not_publish(ada, group, fields):
    other = make_user(group=group, name="ida", **fields)

    with pytest.raises(publishing.NotAllowed, match="ida may not publish; choose another editor"):
        submit(make_article(), by=ada, at=NOON, to=other)

    assert kept() == []


def test_only_a_draft_is_submitted_and_only_what_is_in_review_is_sent_back(ada, editor):
    with pytest.raises(publishing.WrongState, match="can be submitted; this one is live"):
        submit(make_live_article(), by=ada, at=NOON)
    with pytest.raises(publishing.WrongState, match="can be sent back; this one is draft"):
        send_back(make_article(), by=editor, at=NOON, comment="So.")


def test_who_may_not_and_who_says_nothing_is_told_so(ada):
    article = make_article(status="review")

    with pytest.raises(publishing.NotAllowed, match=r"^ada may not send an article back\.$"):
        send_back(article, by=ada, at=NOON, comment="So.")
    with pytest.raises(publishing.NoteMissing) as refused:
        send_back(article, by=None, at=NOON, comment=" ")
    with pytest.raises(publishing.NotAllowed, match=r"wim may not submit an article\.$"):
        submit(make_article(), by=make_user(group="Wire desk", name="wim"), at=NOON)

    assert str(refused.value) == "Sending it back needs a note that says what should change."

"""A scheduled text put together again: what is missing by then is named, what is older is read."""

import pytest

from articles.forms.drafts import Draft
from articles.models import Article
from articles.publishing import FrozenDraftChanged, schedule
from articles.publishing.freezing import digest_of, thaw
from tests.articles.factories import make_article, make_author, make_topic
from tests.clock import NOON, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled():
    article = make_article(topics=[make_topic()])
    article.authors.add(make_author())
    return schedule(article, due_at=later(hours=1), by=None, at=NOON, seen_at=None)


def with_draft(row, **fields):
    """Let a schedule hold other fields, None for one that an earlier release did not keep."""
    kept = row.draft["fields"] | fields
    row.draft = row.draft | {
        "fields": {name: text for name, text in kept.items() if text is not None}
    }
    row.digest = digest_of(row.draft, row.note)
    return row


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("section", "section"), ("image", "picture"), ("original", "original"),
        ("authors", "author"), ("topics", "topic"),
    ],
)  # fmt: skip
def test_what_was_deleted_of_a_scheduled_text_is_named(scheduled, name, what):
    row = with_draft(scheduled, **{name: "99999"})

    with pytest.raises(FrozenDraftChanged) as refused:
        thaw(row, Article.objects.get())

    assert str(refused.value) == f"The {what} of the scheduled text was deleted."


def test_a_post_or_a_version_of_it_that_is_no_longer_there_is_named_by_its_key(scheduled):
    draft, cited = scheduled.draft, scheduled.cited
    said = []
    for post, version in (("99999", cited[0]["version_id"]), (draft["sources"][0]["post"], 99_999)):
        scheduled.draft = draft | {"sources": [draft["sources"][0] | {"post": post}]}
        scheduled.cited = [cited[0] | {"version_id": version}]
        scheduled.digest = digest_of(scheduled.draft, scheduled.note)
        with pytest.raises(FrozenDraftChanged) as refused:
            thaw(scheduled, Article.objects.get())
        said.append(str(refused.value))

    assert said == ["The post of r1 in the scheduled text is no longer there."] * 2


def test_what_an_earlier_release_scheduled_has_neither_topics_nor_an_original(scheduled):
    row = with_draft(scheduled, topics=None, original=None)

    inputs = thaw(row, Article.objects.get())

    assert (inputs.topics, inputs.article.original) == ([], None)
    assert [author.name for author in inputs.authors] == ["Ines Okonjo-Hale"]
    assert Draft.from_json(row.draft).fields["headline"] == inputs.article.headline


def test_a_text_whose_words_or_note_were_erased_is_not_put_together(scheduled):
    scheduled.note = "Another."

    with pytest.raises(FrozenDraftChanged, match="Words in it were erased on legal request"):
        thaw(scheduled, Article.objects.get())


def test_a_post_that_was_cited_before_it_was_archived_has_no_version(scheduled):
    scheduled.cited = [scheduled.cited[0] | {"version_id": None}]

    (source,) = thaw(scheduled, Article.objects.get()).sources

    assert (source.version, source.key, source.position) == (None, "r1", 0)
    assert source.cited_at is not None

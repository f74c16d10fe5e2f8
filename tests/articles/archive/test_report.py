"""The report before a new check: posts edited or withdrawn since the last run."""

import pytest

from articles import archive, publishing
from articles.models import Article
from tests.articles.factories import cite, make_article, make_live_article, make_source, post_of
from tests.clock import later
from tests.newsroom.factories import make_user
from tests.plans import plan_of
from tests.wires.factories import add_version, make_post, withdraw
from wires import ingest
from wires.models import Post

pytestmark = pytest.mark.django_db


def edit(article, *, text="The harbour is open.", at=None):
    return add_version(post_of(article), text=text, at=at or later(hours=1))


def check_all(*, at):
    return list(archive.go_on(archive.begin(at=at), now=lambda: at, is_over=lambda: False))


def told():
    return [(one.article, one.code) for one in archive.fresh()]


def test_edits_and_withdrawals_are_reported_newest_first_with_their_sentences():
    edited = make_live_article(body="The harbour is closed [@r1]. [We think so.]{.own}")
    withdrawn = make_live_article()
    edit(edited, at=later(hours=1))
    withdraw(post_of(withdrawn), at=later(hours=2))

    newest, older = archive.fresh()

    assert (newest.article, newest.code, newest.at) == (withdrawn, "source-deleted", later(hours=2))
    assert (older.article, older.code, older.at) == (edited, "source-changed", later(hours=1))
    assert (older.key, older.post) == ("r1", post_of(edited))
    assert older.sentences == ((1, "The harbour is closed."),)
    assert archive.count_alerts() == archive.AlertCount(articles=2)


def test_posts_cited_only_by_a_draft_or_an_old_version_are_not_reported():
    add_version(make_source(make_article(sources=False)).post, text="It is open.", at=later())
    article = make_live_article()
    edit(article)
    Article.objects.filter(pk=article.pk).update(body="The harbour is open [@r1].")
    article.wire_sources.update(version=post_of(article).versions.get(n=2))
    publishing.update(article, by=None, at=later(hours=2), note="It is open again.")

    assert told() == []
    assert archive.count_alerts() == archive.AlertCount(articles=0)


def test_an_edit_that_changes_no_word_is_not_reported():
    edit(make_live_article(), text="The harbour is closed!")
    changed = make_live_article()
    edit(changed)

    assert told() == [(changed, "source-changed")]


def test_a_recorded_fault_is_not_reported_twice_but_a_later_edit_is():
    article = make_live_article()
    edit(article)
    check_all(at=later(hours=2))
    assert told() == []
    assert archive.faults().count() == 1

    edit(article, text="The harbour is open to small ships.", at=later(hours=3))

    assert told() == [(article, "source-changed")]
    # The recorded fault is about text that has changed again.
    assert archive.faults().count() == 0
    assert archive.count_alerts() == archive.AlertCount(articles=1)


def test_an_edit_made_during_a_run_is_reported():
    article = make_live_article()
    check_all(at=later(hours=2))

    edit(article, at=later(hours=1, minutes=50))

    assert told() == [(article, "source-changed")]


def test_an_undone_withdrawal_is_no_longer_reported():
    article, other = make_live_article(), make_live_article()
    for each in (article, other):
        withdraw(post_of(each), at=later(hours=1))

    ingest.reinstate(post_of(article), by=make_user(group="Wire desk"))

    assert told() == [(other, "source-deleted")]


def test_an_acknowledged_fault_is_no_longer_reported():
    # Of one post, so that the findings are the same.
    post = make_post()
    article, other = cite(post), cite(post)
    withdraw(post, at=later(hours=1))
    (hold,) = [f for f in publishing.vet(article, at=later(hours=2)) if f.code == "source-deleted"]

    publishing.acknowledge(
        article,
        fingerprint=hold.fingerprint,
        note="We know.",
        by=make_user(group="Editor"),
        at=later(hours=2),
    )

    assert told() == [(other, "source-deleted")]


def test_a_withdrawal_known_at_publication_is_not_reported():
    article = make_article()
    withdraw(post_of(article), at=later(hours=1))
    (hold,) = [f for f in publishing.vet(article, at=later(hours=2)) if f.code == "source-deleted"]
    publishing.acknowledge(
        article,
        fingerprint=hold.fingerprint,
        note="We know.",
        by=make_user(group="Editor"),
        at=later(hours=2),
    )

    publishing.publish(article, by=None, at=later(hours=3))
    other = make_live_article()
    withdraw(post_of(other), at=later(hours=4))

    assert told() == [(other, "source-deleted")]


def test_an_erasure_is_not_reported_as_an_edit_by_the_outlet():
    from articles.erasure import erase_post

    article, edited = make_live_article(), make_live_article()
    edit(edited, at=later(hours=1))

    erase_post(post_of(article), reason="A court.", by=None, at=later(hours=1))

    assert told() == [(edited, "source-changed")]


def test_only_the_newest_changes_are_reported(monkeypatch):
    monkeypatch.setattr("articles.archive.report.FRESH", 2)
    for n in range(3):
        edit(make_live_article(slug=f"n{n}"), at=later(hours=n + 1))

    assert [one.article.slug for one in archive.fresh()] == ["n2", "n1"]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_report_takes_the_same_queries_however_many_rows(rows, django_assert_num_queries):
    for _ in range(rows):
        edit(make_live_article())
        withdraw(post_of(make_live_article()), at=later(hours=1))

    with django_assert_num_queries(7):
        assert len(archive.fresh()) == 2 * rows


@pytest.mark.parametrize(
    ("query", "index"),
    [("edited_posts", "post_version_last_edited"), ("withdrawn_posts", "post_last_withdrawn")],
)
def test_changed_posts_are_found_by_index_however_many_posts_there_are(query, index):
    from articles.archive import report

    make_live_article()
    for _ in range(3):
        make_post()

    plan = plan_of(getattr(report, query)(later()))

    assert index in plan
    assert not plan.reads_whole(Post)

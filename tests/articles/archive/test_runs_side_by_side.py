"""Two runs, two batches, two articles of the archive: what ends one leaves the other as it was."""

import pytest
from django.db import IntegrityError, transaction

from articles import archive, publishing
from articles.archive import checking, runs
from articles.archive.runs import LEASE, claim, vet_batch
from articles.models import ArchiveBatch, ArchiveRun, Article, Fault, LiveVetting
from tests.articles.factories import make_article, make_live_article
from tests.articles.twins import make_twins
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drafts_of_before(db):
    """Let the ids of articles differ from those of versions, runs and batches."""
    Article.objects.filter(pk__in=[make_article(sources=False).pk for _ in range(3)]).delete()


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(runs, "AT_ONCE", 2)


def live_twins():
    """Publish two articles of the same words that cite the same post; return them and the post."""
    post = make_post()
    twins = make_twins(post=post)
    for article in twins:
        publishing.publish(article, by=None, at=NOON)
    return *twins, post


def open_again(post, *, at=None):
    add_version(post, text="The harbour is open.", at=at or later(hours=1))


def check(article, *, at=None):
    return archive.vet(archive.live_articles().filter(pk=article.pk), at=at or later(hours=9))


def vet_all_of(batch, *, at=None, is_over=lambda: False):
    return vet_batch(batch, now=lambda: at or later(hours=9), is_over=is_over)


def ended_run(at, *, started_at=None, **fields):
    return ArchiveRun.objects.create(started_at=started_at or at, finished_at=at, **fields)


def state_of(model, pk):
    return model.objects.filter(pk=pk).values().get()


# Two runs


def test_a_run_counts_its_own_articles_and_leaves_an_older_run_as_it_was():
    old = ended_run(later(days=-1), articles=7, held=3, queried=2, failed=1, reached=99)
    before = state_of(ArchiveRun, old.pk)
    _, _, post = live_twins()
    make_live_article()
    open_again(post)

    run = archive.begin(at=later(hours=9))
    assert len(list(archive.go_on(run, now=later, is_over=lambda: False))) == 3

    run.refresh_from_db()
    assert (run.articles, run.held, run.queried, run.failed) == (3, 2, 0, 0)
    assert state_of(ArchiveRun, old.pk) == before


def test_a_batch_of_another_run_is_not_claimed(few_at_once):
    article = make_live_article()
    old = ended_run(later(days=-1))
    left = ArchiveBatch.objects.create(
        run=old, after=0, through=article.pk, lease_until=later(days=-1)
    )
    run = archive.begin(at=later(hours=9))

    batch = claim(run, at=later(hours=9))

    assert (batch.run, batch.after, batch.through) == (run, 0, article.pk)
    assert ArchiveBatch.objects.get(pk=left.pk).lease_until == later(days=-1)
    vet_all_of(batch)
    assert claim(run, at=later(hours=9)) is None
    run.refresh_from_db()
    assert run.finished_at == later(hours=9)


def test_nothing_is_claimed_of_a_run_that_has_ended():
    make_live_article()
    run = ended_run(later())
    ArchiveBatch.objects.create(run=run, after=0, through=9, lease_until=later(hours=-1))
    before = state_of(ArchiveRun, run.pk)

    assert claim(run, at=later(hours=1)) is None

    assert state_of(ArchiveRun, run.pk) == before


def test_a_run_begins_at_its_time_with_nothing_done():
    night = later().date()

    asked, at = archive.begin(at=later()), later()

    assert (asked.started_at, asked.night_on, asked.finished_at) == (at, None, None)
    assert (asked.reached, asked.articles) == (0, 0)
    ArchiveRun.objects.update(finished_at=at)
    assert archive.begin(at=later(hours=1), night_on=night).night_on == night


def test_a_run_that_is_under_way_is_the_unfinished_one():
    ended_run(later(hours=-2))
    assert archive.under_way() is None

    run = archive.begin(at=later())

    assert archive.under_way() == run
    assert archive.last_run().under_way == run


def test_only_runs_that_ended_a_year_ago_are_deleted_with_their_batches():
    old = ended_run(later(days=-366))
    ArchiveBatch.objects.create(run=old, after=0, through=9, lease_until=later(days=-366))
    edge = ended_run(later(days=-365))

    new = archive.begin(at=later())

    assert list(ArchiveRun.objects.order_by("pk")) == [edge, new]
    assert not ArchiveBatch.objects.exists()


def test_a_night_that_another_worker_ran_is_not_begun_again():
    night = later().date()
    ended_run(later(), night_on=night)

    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveRun.objects.create(started_at=later(), night_on=night)
    # Another worker began and ended it since this one looked.
    assert archive.begin(at=later(), night_on=night) is None


def test_the_last_run_is_the_newest_that_has_ended():
    ended_run(later(days=-2))
    newest = ended_run(later(days=-1))
    ended_run(later(days=-3))
    running = archive.begin(at=later())

    last = archive.last_run()

    assert (last.ended, last.under_way) == (newest, running)


# Two batches of a run


def test_a_batch_is_leased_from_the_time_it_is_claimed(few_at_once):
    articles = [make_live_article() for _ in range(3)]
    run = archive.begin(at=later())

    first, second = claim(run, at=later()), claim(run, at=later(seconds=30))

    assert (first.after, first.through) == (0, articles[1].pk)
    assert (second.after, second.through) == (articles[1].pk, articles[2].pk)
    assert [batch.lease_until for batch in ArchiveBatch.objects.order_by("pk")] == [
        later() + LEASE, later(seconds=30) + LEASE,
    ]  # fmt: skip
    run.refresh_from_db()
    assert (run.reached, run.finished_at) == (articles[2].pk, None)


def test_only_an_abandoned_batch_is_claimed_again_with_a_lease_of_its_own(few_at_once):
    for _ in range(4):
        make_live_article()
    run = archive.begin(at=later())
    first, second = claim(run, at=later()), claim(run, at=later(seconds=30))
    before = state_of(ArchiveBatch, second.pk)

    assert claim(run, at=later(minutes=2, seconds=-1)) is None
    again = claim(run, at=later() + LEASE)

    assert (again.pk, again.after, again.through) == (first.pk, first.after, first.through)
    assert ArchiveBatch.objects.get(pk=first.pk).lease_until == later() + LEASE + LEASE
    assert state_of(ArchiveBatch, second.pk) == before


def test_the_batch_abandoned_first_is_claimed_before_new_articles(few_at_once):
    articles = [make_live_article() for _ in range(5)]
    run = archive.begin(at=later())
    first, second = claim(run, at=later()), claim(run, at=later())

    claimed = [claim(run, at=later() + LEASE) for _ in range(3)]

    assert [batch.pk for batch in claimed[:2]] == [first.pk, second.pk]
    assert (claimed[2].after, claimed[2].through) == (articles[3].pk, articles[4].pk)


def test_ending_a_batch_leaves_another_with_its_lease(few_at_once):
    articles = [make_live_article() for _ in range(4)]
    run = archive.begin(at=later())
    first, second = claim(run, at=later()), claim(run, at=later())
    before = state_of(ArchiveBatch, second.pk)

    vetted = vet_all_of(first)

    assert [each.article for each in vetted] == articles[:2]
    assert list(ArchiveBatch.objects.values()) == [before]
    run.refresh_from_db()
    assert (run.articles, run.finished_at) == (2, None)
    assert LiveVetting.objects.count() == 2


def test_an_interrupted_batch_is_free_at_once_from_the_article_after_the_last(few_at_once):
    articles = [make_live_article() for _ in range(4)]
    run = archive.begin(at=later())
    first, second = claim(run, at=later()), claim(run, at=later())
    before = state_of(ArchiveBatch, second.pk)

    vet_all_of(first, at=later(seconds=9), is_over=lambda: True)

    left = ArchiveBatch.objects.get(pk=first.pk)
    assert (left.after, left.through) == (articles[0].pk, articles[1].pk)
    assert left.lease_until == later(seconds=9)
    assert state_of(ArchiveBatch, second.pk) == before
    run.refresh_from_db()
    assert run.articles == 1
    assert claim(run, at=later(seconds=9)).pk == first.pk


def test_a_slow_worker_that_is_interrupted_gives_nothing_back_that_another_holds(few_at_once):
    for _ in range(2):
        make_live_article()
    run = archive.begin(at=later())
    slow, held = claim(run, at=later()), claim(run, at=later() + LEASE)

    vet_all_of(slow, at=later() + LEASE, is_over=lambda: True)

    assert ArchiveBatch.objects.get().lease_until == held.lease_until
    assert ArchiveBatch.objects.get().after == 0
    run.refresh_from_db()
    assert run.articles == 0


def test_a_slow_worker_does_not_end_a_batch_that_another_has_shortened(few_at_once):
    for _ in range(2):
        make_live_article()
    run = archive.begin(at=later())
    slow, quick = claim(run, at=later()), claim(run, at=later() + LEASE)
    # The time at which the slow one's lease ended, by chance.
    vet_all_of(quick, at=slow.lease_until, is_over=lambda: True)

    vet_all_of(slow, at=slow.lease_until)

    assert ArchiveBatch.objects.count() == 1
    run.refresh_from_db()
    assert run.articles == 1


def test_a_run_does_not_end_while_a_batch_is_held():
    make_live_article()
    run = archive.begin(at=later())
    batch = claim(run, at=later())

    assert claim(run, at=later(seconds=1)) is None
    run.refresh_from_db()
    assert run.finished_at is None

    vet_all_of(batch)
    assert claim(run, at=later(seconds=2)) is None
    run.refresh_from_db()
    assert run.finished_at == later(seconds=2)


def test_a_batch_holds_live_articles_only(few_at_once):
    one = make_live_article()
    make_article()
    withdrawn, last = make_live_article(), make_live_article()
    publishing.withdraw(withdrawn, by=None, at=NOON, note="A forgery.")
    run = archive.begin(at=later())

    batch = claim(run, at=later())

    assert (batch.after, batch.through) == (0, last.pk)
    assert [each.article for each in vet_all_of(batch)] == [one, last]


def test_a_run_counts_held_queried_and_failed_articles_apart():
    held, queried, failed = make_live_article(), make_live_article(), make_live_article()
    open_again(held.wire_sources.get().post)
    make_known_queries_new(queried)
    break_spans(failed)

    run = archive.begin(at=later())
    list(archive.go_on(run, now=later, is_over=lambda: False))

    run.refresh_from_db()
    assert (run.articles, run.held, run.queried, run.failed) == (3, 1, 1, 1)
    assert dict(LiveVetting.objects.values_list("article", "queries")) == {
        held.pk: 0, queried.pk: 1, failed.pk: 0,
    }  # fmt: skip


def make_known_queries_new(article):
    """Give the article a live version that has none of its findings on record."""
    version = article.live_version
    version.pk, version.n, version.findings = None, 2, []
    version.save(force_insert=True)
    for source in article.versions.get(n=1).sources.all():
        source.pk, source.version = None, version
        source.save(force_insert=True)
    Article.objects.filter(pk=article.pk).update(live_version=version)


def break_spans(article):
    source = article.live_version.sources.get()
    source.pk, source.key, source.number, source.spans = None, "r2", 2, ["no span"]
    source.save(force_insert=True)


def test_some_articles_are_checked_once_each_however_many_are_taken_at_once(monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    articles = [make_live_article() for _ in range(5)]
    left_out = articles.pop(1)
    rows = archive.live_articles().exclude(pk=left_out.pk)

    vetted = archive.vet_all(rows, now=lambda: later(hours=9), is_over=lambda: False)

    assert [each.article for each in vetted] == articles
    checked = LiveVetting.objects.order_by("article").values_list("article", "vetted_at")
    assert list(checked) == [(article.pk, later(hours=9)) for article in articles]
    assert list(archive.vet_all(rows, now=later, is_over=lambda: True)) == []


def test_the_first_article_of_all_is_checked_too():
    article = make_live_article(pk=1)

    vetted = archive.vet_all(archive.live_articles(), now=later, is_over=lambda: False)

    assert [each.article for each in vetted] == [article]


# Two articles of the same words


def test_checking_one_article_records_nothing_about_another():
    one, twin, post = live_twins()
    open_again(post)

    (vetted,) = check(one)

    fault = Fault.objects.get()
    assert (vetted.article, vetted.holds, vetted.queries) == (one, 1, 0)
    assert (fault.article, fault.version) == (one, one.live_version)
    assert not LiveVetting.objects.filter(article=twin).exists()


def test_the_same_fault_is_recorded_in_each_article_that_has_it():
    one, twin, post = live_twins()
    open_again(post)

    check(one, at=later(hours=2))
    check(twin, at=later(hours=3))
    check(one, at=later(hours=4))

    rows = Fault.objects.order_by("pk")
    assert len({fault.fingerprint for fault in rows}) == 1
    assert [(fault.article, fault.version, fault.found_at) for fault in rows] == [
        (one, one.live_version, later(hours=2)), (twin, twin.live_version, later(hours=3)),
    ]  # fmt: skip
    assert [(row.article, row.vetted_at) for row in LiveVetting.objects.order_by("pk")] == [
        (one, later(hours=4)), (twin, later(hours=3)),
    ]  # fmt: skip


def test_a_fault_that_is_fixed_in_one_article_stays_in_another():
    one, twin, post = live_twins()
    open_again(post)
    check(one)
    check(twin)
    one.wire_sources.update(version=post.versions.get(n=2))
    Article.objects.filter(pk=one.pk).update(body="The harbour is open [@r1].")
    publishing.update(one, by=None, at=later(hours=10), note="It is open again.")

    check(one, at=later(hours=11))

    assert Fault.objects.get().article == twin
    assert archive.faults().get().article == twin


def test_a_fault_cleared_in_one_article_stays_open_in_another():
    one, twin, post = live_twins()
    open_again(post)
    check(one)
    check(twin)
    mark = Fault.objects.filter(article=one).get().fingerprint
    publishing.override(
        one, fingerprint=mark, reason="So.", by=make_user(group="Publisher"), at=later(hours=10)
    )

    assert archive.faults().get().article == twin
    assert archive.count_alerts() == archive.AlertCount(articles=1)
    assert archive.kinds() == ["source-changed"]


def test_the_findings_after_an_update_are_those_of_the_new_version():
    article = make_live_article()
    first, post = article.live_version, article.wire_sources.get().post
    open_again(post)
    check(article, at=later(hours=2))
    Article.objects.filter(pk=article.pk).update(headline="Calvera turns ships away")
    publisher, editor = make_user(group="Publisher"), make_user(group="Editor")
    mark = Fault.objects.get().fingerprint
    publishing.override(article, fingerprint=mark, reason="So.", by=publisher, at=later(hours=3))
    second = publishing.update(article, by=editor, at=later(hours=3), note="A word.")
    post.refresh_from_db()
    add_version(post, text="The harbour is open to all.", at=later(hours=4))

    check(article, at=later(hours=5))

    (fault,) = Fault.objects.all()
    assert second != first
    assert (fault.version, fault.moved_at, fault.found_at) == (
        second, later(hours=4), later(hours=5),
    )  # fmt: skip
    assert LiveVetting.objects.get().version == second
    # What was overridden when the second version was published is known by now.
    assert fault.fingerprint != mark

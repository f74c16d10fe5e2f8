"""Two workers at once on one run over the archive."""

from articles import archive
from articles.archive import runs
from articles.models import ArchiveBatch, ArchiveRun
from tests.articles.factories import make_live_article
from tests.clock import NOON
from tests.two_connections import on_two_connections, transaction_with_another_beside

pytestmark = on_two_connections


def vet(batch):
    return runs.vet_batch(batch, now=lambda: NOON + runs.LEASE, is_over=lambda: False)


def test_articles_that_another_worker_is_claiming_are_not_handed_out_again():
    article = make_live_article()
    run = archive.begin(at=NOON)

    with transaction_with_another_beside() as beside:
        batch = runs.claim(run, at=NOON)
        second = beside(runs.claim, run, at=NOON)

    assert second.waits
    assert (batch.through, second.result()) == (article.pk, None)
    assert ArchiveBatch.objects.get() == batch


def test_a_batch_that_its_late_worker_is_ending_is_not_claimed_again():
    make_live_article()
    run = archive.begin(at=NOON)
    batch = runs.claim(run, at=NOON)

    # The worker has ended its batch and waits to count it, for the run is ours: were we to wait
    # for the batch, neither could go on.
    with transaction_with_another_beside() as beside:
        ArchiveRun.objects.select_for_update().get()
        vetting = beside(vet, batch)
        ours = runs.claim(run, at=NOON + runs.LEASE)

    assert (vetting.waits, ours) == (True, None)
    assert len(vetting.result()) == 1
    run.refresh_from_db()
    assert (run.articles, run.finished_at) == (1, None)


def test_two_who_begin_a_run_at_once_share_it():
    with transaction_with_another_beside() as beside:
        run = archive.begin(at=NOON)
        second = beside(archive.begin, at=NOON)

    assert second.waits
    assert second.result() == run
    assert ArchiveRun.objects.get() == run

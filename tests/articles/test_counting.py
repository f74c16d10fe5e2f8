"""The worker counts what the checks have open against the drafts."""

import pytest

from articles import publishing
from articles.models import DraftVetting
from articles.publishing import counting
from tests.articles.factories import make_article, make_live_article, post_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version

pytestmark = pytest.mark.django_db


def count_findings(at=None):
    return publishing.vet_drafts(now=lambda: at or later(minutes=1), is_over=lambda: False)


def counted(article):
    row = DraftVetting.objects.get(article=article)
    return row.holds, row.queries


def test_each_draft_is_counted_once_and_what_is_public_is_not(django_assert_max_num_queries):
    held, clean = make_article(framing_note=""), make_article(status="review")
    make_live_article()

    with django_assert_max_num_queries(22):
        first = count_findings()
    second = count_findings(later(minutes=2))

    assert (first, second) == (2, 0)
    assert (counted(held), counted(clean)) == ((1, 1), (0, 1))
    assert DraftVetting.objects.count() == 2


def test_a_draft_is_counted_again_once_it_is_saved():
    article = make_article(framing_note="")
    count_findings()
    article.framing_note = "We lead with the harbour."
    article.save()

    assert count_findings(later(minutes=2)) == 1
    assert counted(article) == (0, 1)


def test_an_edit_or_a_withdrawal_of_a_cited_post_is_counted():
    edited, withdrawn = make_article(), make_article()
    count_findings()
    before = counted(edited), counted(withdrawn)
    add_version(post_of(edited), text="The harbour is open.", at=later(minutes=2))
    post = post_of(withdrawn)
    post.withdrawn_at, post.state = later(minutes=2), "withdrawn"
    post.save()

    assert count_findings(later(minutes=3)) == 2
    assert before == ((0, 1), (0, 1))
    assert counted(edited) == (1, 1)
    assert counted(withdrawn) == (1, 1)
    assert count_findings(later(minutes=4)) == 0


def test_an_override_and_its_end_are_counted(settings):
    settings.DESK_SECOND_PERSON = False
    article, publisher = make_article(framing_note=""), make_user(group="Publisher")
    count_findings()
    [mark] = [each.fingerprint for each in publishing.vet(article, at=NOON) if each.level == "hold"]

    publishing.override(
        article, fingerprint=mark, reason="It follows.", by=publisher, at=later(minutes=2)
    )
    count_findings(later(minutes=3))
    overridden = counted(article)
    publishing.revoke(article, fingerprint=mark, by=publisher, at=later(minutes=4))
    count_findings(later(minutes=5))

    assert overridden == (0, 1)
    assert counted(article) == (1, 1)


def test_what_nothing_says_is_looked_for_once_a_day():
    make_article()
    count_findings()

    assert count_findings(later(hours=23)) == 0
    assert count_findings(later(hours=25)) == 1


def test_a_draft_that_crashes_a_check_keeps_back_no_other(monkeypatch, caplog):
    broken, sound = make_article(), make_article(framing_note="")
    build = counting.build_snapshot

    def crash(article, **options):
        if article.pk == broken.pk:
            raise ValueError(article.body)
        return build(article, **options)

    monkeypatch.setattr(counting, "build_snapshot", crash)
    count_findings()

    assert DraftVetting.objects.get(article=broken).in_words == "the checks could not read it"
    assert DraftVetting.objects.get(article=sound).in_words == "1 hold, 1 query"
    # It is not tried again and again.
    assert count_findings(later(minutes=2)) == 0
    assert f"article {broken.pk}" in caplog.text


def test_a_worker_that_is_told_to_stop_counts_no_more():
    make_article()

    assert publishing.vet_drafts(now=lambda: NOON, is_over=lambda: True) == 0

"""The bodies of captures after 30 days: which go, which prove something, and what is refused."""

import zlib
from datetime import timedelta
from hashlib import sha256
from itertools import islice

import pytest
from django.db import IntegrityError, transaction

from articles.models import WireSource
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import NOON, later
from tests.commands import run_command
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_feed, make_post, withdraw
from wires.ingest import read_body
from wires.models import Capture, Confirmation, DailyJob, PostVersion
from wires.platforms import parse
from wires.pruning import captures
from wires.pruning.captures import BODIES_FOR, count_needless, empty_bodies
from wires.pruning.daily import do_daily
from wires.retention import erase, keep_evidence

pytestmark = pytest.mark.django_db

OLD = NOON - BODIES_FOR - timedelta(seconds=1)
BEFORE = NOON - BODIES_FOR


def make_capture(body="A feed.", *, at=OLD, channel=None, **fields):
    body = body.encode()
    return Capture.objects.create(
        channel=channel or make_channel(),
        **{
            "sha256": sha256(body).hexdigest(),
            "fetched_at": at,
            "size": len(body),
            "body": zlib.compress(body),
        }
        | fields,
    )


def make_fetched_post(body="A feed.", *, at=OLD):
    """Make a post whose words came in a body, which is old."""
    capture = make_capture(body, at=at)
    post = make_post(channel=capture.channel, at=at)
    add_version(post, text=f"Out of {body}", capture=capture, at=at)
    return post


def has_body(post):
    return Capture.objects.get(versions__post=post).body is not None


def empty(before=BEFORE):
    return sum(empty_bodies(before))


def test_a_body_goes_after_thirty_days_and_all_else_stays():
    capture = make_capture(url="https://harbour.example/feed")
    young = make_capture(at=later(days=-30))
    before = Capture.objects.filter(pk=capture.pk).values().get()

    emptied = empty()

    assert emptied == 1
    assert Capture.objects.filter(pk=capture.pk).values().get() == before | {"body": None}
    assert Capture.objects.get(pk=young.pk).body is not None


def test_a_body_that_was_emptied_is_known_again_by_its_hash():
    channel, body = make_channel(), make_feed("One")
    read_body(channel, body, at=OLD, parse=parse)
    empty()

    outcome = read_body(channel, body, at=NOON, parse=parse)

    assert (outcome.new, outcome.versions, outcome.seen) == (0, 0, 1)
    assert Capture.objects.count() == 1


def test_the_body_behind_a_draft_stays_and_goes_once_nothing_cites_the_post():
    post = make_fetched_post()
    source = make_source(make_article(), key="old", post=post, archived=False)

    kept = empty()
    WireSource.objects.filter(pk=source.pk).delete()
    emptied = empty()

    assert (kept, emptied) == (0, 1)


def test_the_body_behind_a_published_article_stays_whatever_its_draft_cites_now():
    post = make_fetched_post()
    article = make_live_article()
    make_source(article, key="old", post=post)
    article.live_version.sources.create(
        key="old", number=2, role="basis", post_version=post.latest_version
    )
    WireSource.objects.filter(post=post).delete()

    emptied = empty()

    assert emptied == 0
    assert has_body(post)


def test_what_was_fetched_of_a_cited_post_later_stays_too():
    post = make_fetched_post()
    make_source(make_article(), key="old", post=post)
    edit = make_capture("An edit.", channel=post.channel)
    add_version(post, text="Edited.", capture=edit, at=OLD)

    empty()

    assert Capture.objects.filter(body__isnull=False).count() == 2


def test_the_body_of_a_withdrawn_post_stays():
    post = make_fetched_post()
    withdraw(post)

    assert empty() == 0
    assert has_body(post)


def test_the_body_that_confirmed_words_entered_by_hand_stays():
    capture = make_capture()
    by = make_user()
    version = make_post(channel=capture.channel, captured_by=by).newest_version
    Confirmation.objects.create(
        post_version=version, how="fetched", entered_by=by, at=NOON, capture=capture
    )

    assert empty() == 0


def test_one_post_of_many_in_a_body_is_enough_to_keep_it():
    channel = make_channel()
    read_body(channel, make_feed("One", "Two", "Three"), at=OLD, parse=parse)
    cited = PostVersion.objects.get(title="Two").post
    make_source(make_article(), key="two", post=cited, archived=False)

    assert empty() == 0


def test_what_is_cited_or_withdrawn_keeps_its_own_body_alone():
    make_source(make_live_article(), key="cited", post=make_fetched_post("Published."))
    make_source(make_article(), key="draft", post=make_fetched_post("Draft."), archived=False)
    withdraw(make_fetched_post("Withdrawn."))
    needless = make_fetched_post("Needless.")

    counted, emptied = count_needless(BEFORE), empty()

    assert (counted.old, counted.size, counted.kept, emptied) == (1, len("Needless."), 3, 1)
    assert not has_body(needless)


def test_evidence_that_was_kept_is_left_alone():
    post = make_fetched_post()
    keep_evidence([post.latest_version], at=NOON)
    before = post.latest_version.evidence.values().get()

    emptied = empty()

    assert emptied == 1
    assert post.latest_version.evidence.values().get() == before


def test_an_old_body_that_is_half_stored_goes_and_its_rest_is_read_again():
    channel, body = make_channel(), make_feed("One", "Two")
    digest = sha256(body).hexdigest()
    make_capture(channel=channel, sha256=f"~{digest[:63]}")

    empty()
    outcome = read_body(channel, body, at=NOON, parse=parse)

    assert outcome.new == 2
    assert Capture.objects.get().sha256 == digest


def test_bodies_go_in_batches_of_few_rows_and_bytes(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(captures, "AT_ONCE", 3)
    for n in range(5):
        make_capture(f"Feed {n}.")
    make_capture("Huge.", size=captures.MOST_BYTES)
    make_capture("Huger.", size=captures.MOST_BYTES + 1)

    batches = empty_bodies(BEFORE)
    with django_assert_num_queries(5):
        first = next(batches)

    assert [first, *batches] == [3, 2, 1, 1]


def test_bodies_fetched_at_one_moment_all_go_however_many_a_batch_takes(monkeypatch):
    monkeypatch.setattr(captures, "AT_ONCE", 2)
    for n in range(5):
        make_capture(f"Feed {n}.", pk=100 - n)

    batches = list(empty_bodies(BEFORE))

    assert batches == [2, 2, 1]
    assert not Capture.objects.with_body().exists()


@pytest.mark.parametrize(("more", "batches"), [(0, [2, 1]), (1, [1, 2])])
def test_a_batch_has_as_many_bytes_as_may_go_at_once_and_no_more(more, batches):
    for size in (captures.MOST_BYTES - 1, 1 + more, captures.MOST_BYTES - 2):
        make_capture(f"A feed of {size} bytes.", size=size)

    assert list(empty_bodies(BEFORE)) == batches


def test_bodies_that_are_left_for_tomorrow_end_no_pass_and_begin_none_again(monkeypatch):
    monkeypatch.setattr(captures, "AT_ONCE", 1)
    # As where somebody writes each of them now.
    monkeypatch.setattr(captures, "_empty", lambda keys, before: 0)
    for hours in (1, 0, 2):
        make_capture(f"Feed {hours}.", at=OLD - timedelta(hours=hours))

    assert list(islice(empty_bodies(BEFORE), 9)) == [0, 0, 0]


def test_a_pass_that_is_broken_off_has_lost_nothing(monkeypatch):
    monkeypatch.setattr(captures, "AT_ONCE", 1)
    kept = make_fetched_post("Cited.")
    make_source(make_article(), key="old", post=kept)
    for n in range(3):
        make_capture(f"Feed {n}.")

    first = next(batch for batch in empty_bodies(BEFORE) if batch)
    rest = empty()

    assert (first, rest) == (1, 2)
    assert Capture.objects.filter(body__isnull=False).count() == 1


# The trigger


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"Other bytes."},
        {"sha256": "f" * 64},
        {"size": 8},
        {"fetched_at": NOON},
        {"url": "https://other.example/"},
        {"erased_at": NOON},
        {"body": None, "size": 8},
        {"body": None, "sha256": "f" * 64},
        {"body": None, "url": "https://other.example/"},
        {"body": None, "fetched_at": NOON},
    ],
    ids=lambda change: " ".join(change),
)
def test_a_capture_can_be_emptied_and_changed_in_no_other_way(change):
    rows = Capture.objects.filter(pk=make_capture().pk)
    before = rows.values().get()

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)

    assert rows.values().get() == before


def test_a_capture_cannot_be_given_to_another_channel():
    rows, other = Capture.objects.filter(pk=make_capture().pk), make_channel()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(channel=other)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(channel=other, body=None)


def test_an_emptied_body_is_filled_again_once_and_never_after_an_erasure():
    rows = Capture.objects.filter(pk=make_capture().pk)
    empty()

    # The same bytes came again, which their hash says.
    assert rows.update(body=b"Back.") == 1
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(body=b"Others.")
    assert rows.update(body=None, erased_at=NOON) == 1
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(body=b"Back.")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(erased_at=None)


@pytest.mark.parametrize("final", ["b" * 64, "a" * 63, "~" + "a" * 63 + "a", "a" * 62 + "bb"])
def test_only_the_hash_that_a_provisional_one_stands_for_takes_its_place(final):
    rows = Capture.objects.filter(pk=make_capture(sha256="~" + "a" * 63).pk)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(sha256=final[:64])
    assert rows.update(sha256="a" * 64) == 1


# The job and the command


def run(batches=lambda: [1, 0, 2], *, at=NOON, worker="here:1", is_over=lambda: False, rests=None):
    return do_daily(
        "a_job",
        batches,
        worker=worker,
        now=lambda: at,
        is_over=is_over,
        rest=lambda: rests is not None and rests.append(at),
    )


def test_a_daily_job_is_done_once_a_day_by_one_worker_and_rests_after_each_change(
    django_assert_num_queries,
):
    rests = []

    first = run(rests=rests)
    with django_assert_num_queries(2):
        again = run(at=later(hours=23), worker="there:2")
    tomorrow = run(at=later(hours=24), worker="there:2")

    assert (first, again, tomorrow) == (3, None, 3)
    assert len(rests) == 2


def test_a_daily_job_of_a_killed_worker_is_taken_up_once_its_lease_has_run_out():
    def killed():
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(killed)

    assert run(at=later(seconds=20), worker="there:2") is None
    assert run(at=later(seconds=30), worker="there:2") == 3


def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_the_next():
    stopped = run(is_over=lambda: True)

    assert stopped == 1
    assert run(at=later(seconds=1), worker="there:2") == 3


def test_a_daily_job_done_by_a_clock_of_next_week_is_done_today():
    run(at=later(days=7))

    assert run() == 3


def test_a_worker_stops_once_another_has_taken_over():
    moments = iter([NOON, NOON, later(minutes=1), later(minutes=1)])
    steps = []

    def batches():
        for n in range(3):
            steps.append(n)
            if n == 0:
                DailyJob.objects.update(lease_owner="there:2")
            yield 0

    do_daily("a_job", batches, worker="here:1", now=lambda: next(moments), is_over=lambda: False,
             rest=lambda: None)  # fmt: skip

    assert steps == [0]
    assert DailyJob.objects.get().done_at is None


def test_the_command_counts_first_and_then_empties(at_noon):
    make_capture()
    make_source(make_article(), key="old", post=make_fetched_post("Cited."))

    dry = run_command("prune_captures", dry_run=True)
    untouched = Capture.objects.with_body().count()
    ran = run_command("prune_captures")

    assert dry.out.splitlines() == [
        "1 body would be emptied, 7 bytes unpacked.",
        "1 of that age prove something and stay. Nothing was changed.",
    ]
    assert untouched == 2
    assert ran.out == "1 body emptied.\n"
    assert count_needless(BEFORE) == captures.CaptureCount(0, 0, 1)


def test_publishing_still_keeps_the_bytes_of_what_a_draft_has_cited_for_months():
    post = make_fetched_post("The harbour is closed.")
    article = make_article(sources=False)
    make_source(article, post=post)
    empty()

    keep_evidence([post.latest_version], at=NOON)

    evidence = post.latest_version.evidence.get()
    assert zlib.decompress(evidence.body) == b"The harbour is closed."


def test_an_erasure_of_a_post_whose_body_is_gone_by_age_goes_through():
    post = make_fetched_post()
    empty()

    erased = erase(post, reason="Court order", by=None, at=NOON)

    assert erased == 2

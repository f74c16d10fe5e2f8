"""What the worker does: each job, and how often it is looked at."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.leftovers import prune_logins as prune_old_logins
from articles import archive, cards, page_parts, pictures, publishing, scorecards
from articles.pruning import prune_unsaved as prune_old_unsaved
from markets.management.commands.poll_markets import describe_failures as describe_market_failures
from markets.management.commands.poll_markets import poller_of as markets_poller
from newsroom.tasks import TaskRunner
from web.words import count_of
from wires.ingest.stories import join_new_posts
from wires.management.commands.poll_wires import answer_links, answer_tests, poller_of
from wires.management.commands.recheck_posts import recheck_line, rechecker_of
from wires.management.pruning import REST
from wires.management.status_line import status_line
from wires.platforms.processes import Parsers
from wires.pruning.captures import BODIES_FOR, empty_bodies
from wires.pruning.daily import do_daily
from wires.pruning.posts import prune_posts as prune_old_posts
from wires.schedule import name_worker
from wires.watching import measure_rhythms

# An article under way is finished, which takes a hostile one half a second more.
SLICE = 1.5  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What jobs share: the parser processes, the event that tells them to stop, how to say a line.

    `name` is what its leases are held under.
    """

    parsers: Parsers
    over: threading.Event
    say: Callable[[str], None] = print
    name: str = field(default_factory=name_worker)
    tasks: TaskRunner = field(default_factory=TaskRunner)
    card_drawer: cards.CardDrawer = field(default_factory=cards.CardDrawer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something done again and again; `run` returns what to tell, or "" for nothing.

    Most jobs are commands too; all may be broken off at any point, and take their leases in the
    database, so that any number of workers share them. Each runs in a thread of its own, so that
    none waits for another.
    """

    name: str
    every: float  # seconds
    run: Callable[[Work], str]


def poll_wires(work: Work) -> str:
    """Poll the channels that are due until the worker is told to stop; a line a minute.

    Its leases are one a channel and one a domain.
    """
    if settings.WIRE_POLL is False:
        return _is_off(work, "WIRE_POLL")
    poller = poller_of(work.parsers, work.over, worker=work.name)
    poller.poll_on(lambda tally: work.say(f"poll_wires: {status_line(tally)}"))
    return ""


def recheck_posts(work: Work) -> str:
    """Ask whether posts are still there. Its leases are one a channel and one a domain."""
    if settings.WIRE_POLL is False:
        # The job that polls has said so.
        work.over.wait()
        return ""
    tally = rechecker_of(work.parsers, work.over, worker=work.name).recheck_due()
    outcome = tally.outcome
    return recheck_line(tally) if outcome.withdrawn or outcome.back else ""


def join_stories(work: Work) -> str:
    """Let posts that came in join the stories whose copy they are. Its lease is one for all.

    There is no command: what came in while no worker ran joins as soon as one does.
    """
    join_new_posts(worker=work.name, now=timezone.now, is_over=work.over.is_set)
    return ""


def answer_pasted_links(work: Work) -> str:
    """Fetch the links that the desk pasted. Its lease is one a link."""
    answer_links(work.parsers, work.over)
    return ""


def answer_address_tests(work: Work) -> str:
    """Test the addresses that the desk entered. Its leases are one an address and one a domain."""
    answer_tests(work.parsers, work.over, worker=work.name)
    return ""


def poll_markets(work: Work) -> str:
    """Poll the providers of quotes that are due. Its leases are one a provider and one a domain."""
    if settings.MARKETS_POLL is False:
        return _is_off(work, "MARKETS_POLL")
    tally = markets_poller(work.over, worker=work.name).poll_due()
    # Who failed and what was held back is logged, once, when it begins.
    return describe_market_failures(tally) if tally.new else ""


def _is_off(work: Work, setting: str) -> str:
    """Wait for the end: a setting does not change while a process runs."""
    work.say(f"Polling is switched off: {setting}=0.")
    work.over.wait()
    return ""


def publish_due(work: Work) -> str:
    """Publish what is scheduled and due; a line for each. Its lease is one a schedule.

    It also ends a line for breaking news whose time is over.
    """
    for done in publishing.publish_due(now=timezone.now, is_over=work.over.is_set):
        work.say(f"publish_due: {done}")
    is_over = publishing.end_banner(at=timezone.now())
    return "The line for breaking news is over" if is_over else ""


def vet_archive(work: Work) -> str:
    """Once a night, check what is live: a slice each time, so that no other job waits for it."""
    run = archive.tonight(at=timezone.now(), zone=settings.NEWSROOM_TIME_ZONE)
    if run is None:
        return ""
    ends_at = time.monotonic() + SLICE
    for _ in archive.go_on(
        run,
        now=timezone.now,
        is_over=lambda: work.over.is_set() or time.monotonic() > ends_at,
    ):
        pass
    run.refresh_from_db()
    if run.finished_at is None or not run.articles:
        return ""
    return f"{count_of(run.articles, 'article')} checked, {run.held} with new holds"


def vet_drafts(work: Work) -> str:
    """Count the findings of drafts for the desk's first page. Twice at once does no harm.

    There is no command: the desk alone asks.
    """
    ends_at = time.monotonic() + SLICE
    publishing.vet_drafts(
        now=timezone.now, is_over=lambda: work.over.is_set() or time.monotonic() > ends_at
    )
    return ""


def tally_alerts(work: Work) -> str:
    """Count the alerts for the desk's first page, when they may be more or fewer.

    There is no command: the desk alone asks. Twice at once does no harm.
    """
    archive.tally_alerts(timezone.now())
    return ""


def run_tasks(work: Work) -> str:
    """Run what was queued, such as e-mail, beside the other jobs. A task is claimed in its row.

    As a command of its own: `manage.py db_worker --batch`.
    """
    work.tasks.go_on(at=timezone.now())
    return ""


def measure_channels(work: Work) -> str:
    """See from when on the silence of channels is remarkable. Twice at once does no harm.

    There is no command: the desk alone asks.
    """
    measure_rhythms(timezone.now())
    return ""


def prune_captures(work: Work) -> str:
    """Once a day, empty the fetched bodies that are older than 30 days and prove nothing."""
    count = _daily(work, "prune_captures", lambda: empty_bodies(timezone.now() - BODIES_FOR))
    return f"{count_of(count, 'body', 'bodies')} emptied" if count else ""


def prune_posts(work: Work) -> str:
    """Once a day, delete old posts that nobody did anything with."""
    if not settings.WIRE_KEEP_DAYS:
        return ""

    def batches() -> Iterable[int]:
        at = timezone.now()
        return prune_old_posts(at - timedelta(days=settings.WIRE_KEEP_DAYS), at=at)

    count = _daily(work, "prune_posts", batches)
    return f"{count_of(count, 'post')} pruned" if count else ""


def prune_logins(work: Work) -> str:
    """Once a day, delete sessions that are over and failed logins that no longer count."""
    count = _daily(work, "prune_logins", lambda: prune_old_logins(timezone.now()))
    return f"{count_of(count, 'row')} deleted" if count else ""


def render_parts(work: Work) -> str:
    """Store again what pages show of posts that changed: of the newest articles, daily of all."""
    renewed = page_parts.render_newest(at=timezone.now()).renewed

    def batches() -> Iterable[int]:
        return (done.renewed for done in page_parts.render_all(at=timezone.now()))

    renewed += _daily(work, "render_parts", batches) or 0
    return f"{count_of(renewed, 'article')} rendered" if renewed else ""


def render_pictures(work: Work) -> str:
    """Make the renditions that no task made. Twice at once does no harm."""
    count = pictures.render_missing(at=timezone.now())
    return f"{count_of(count, 'picture')} rendered" if count else ""


def draw_cards(work: Work) -> str:
    """Draw the cards of what was published or changed. Twice at once does no harm."""
    count = work.card_drawer.go_on(at=timezone.now())
    return f"{count_of(count, 'card')} drawn" if count else ""


def draw_old_cards(work: Work) -> str:
    """Once a day, draw every card that is missing or shows what is no longer true."""
    count = _daily(work, "draw_cards", lambda: cards.draw_all(at=timezone.now()))
    return f"{count_of(count, 'card')} drawn" if count else ""


def count_sources(work: Work) -> str:
    """Count what articles rest on, for the directory of sources: of the newest, daily of all."""
    changed = scorecards.count_newest(at=timezone.now())
    changed += _daily(work, "count_sources", lambda: scorecards.count_all(at=timezone.now())) or 0
    return f"{count_of(changed, 'use')} of outlets counted" if changed else ""


def prune_unsaved(work: Work) -> str:
    """Once a day, delete unsaved texts and overwritten drafts that are older than 30 days."""
    count = _daily(work, "prune_unsaved", lambda: prune_old_unsaved(timezone.now()))
    return f"{count_of(count, 'row')} deleted" if count else ""


def _daily(work: Work, name: str, batches: Callable[[], Iterable[int]]) -> int | None:
    """Do what is done once a day, while other jobs write between its batches."""
    return do_daily(
        name,
        batches,
        worker=work.name,
        now=timezone.now,
        is_over=work.over.is_set,
        rest=lambda: work.over.wait(REST),
    )


JOBS = (
    Job(name="publish_due", every=10, run=publish_due),
    Job(name="poll_wires", every=5, run=poll_wires),
    Job(name="recheck_posts", every=30, run=recheck_posts),
    Job(name="answer_links", every=2, run=answer_pasted_links),
    Job(name="test_addresses", every=1, run=answer_address_tests),
    Job(name="join_stories", every=10, run=join_stories),
    Job(name="poll_markets", every=5, run=poll_markets),
    Job(name="vet_archive", every=5, run=vet_archive),
    Job(name="vet_drafts", every=5, run=vet_drafts),
    Job(name="tally_alerts", every=5, run=tally_alerts),
    Job(name="run_tasks", every=2, run=run_tasks),
    Job(name="measure_channels", every=60, run=measure_channels),
    Job(name="render_parts", every=60, run=render_parts),
    Job(name="count_sources", every=60, run=count_sources),
    Job(name="render_pictures", every=300, run=render_pictures),
    Job(name="draw_cards", every=5, run=draw_cards),
    Job(name="draw_old_cards", every=60, run=draw_old_cards),
    Job(name="prune_captures", every=60, run=prune_captures),
    Job(name="prune_posts", every=60, run=prune_posts),
    Job(name="prune_logins", every=60, run=prune_logins),
    Job(name="prune_unsaved", every=60, run=prune_unsaved),
)

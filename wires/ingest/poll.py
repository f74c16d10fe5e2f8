"""Fetch, parse and store the channels that are due, several sites at a time.

Fetches have places, so many sites are asked at once. A body that has arrived leaves its place to
the next site and waits for a parser apart, so that what is slow to parse stops no fetch.
"""

import logging
import random
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from web.words import count_of, first_line
from wires import schedule
from wires.http import NOT_MODIFIED, REFUSALS, Fetch, FetchError, Response
from wires.http.background import in_a_thread
from wires.ingest.billing import LimitReached, count_billed
from wires.ingest.bodies import Parse
from wires.ingest.conversations import Reading, Turn
from wires.ingest.known import after_reading_pages, gap_fields
from wires.ingest.minutes import keep_minute
from wires.ingest.outcome import IngestOutcome
from wires.ingest.reading import unchanged
from wires.ingest.storable import UNSTORABLE, followable, storable
from wires.ingest.talking import prepare_talk, store_turn
from wires.ingest.tally import PollTally
from wires.ingest.writing import write_fields
from wires.models import RENEW_EVERY, Channel
from wires.platforms.base import POISON, Document, ParserNotStarted, UnreadableBody
from wires.platforms.charsets import charset_of_header
from wires.schedule import ChannelLease

logger = logging.getLogger(__name__)

AT_ONCE = 8
# Longer than the pause between two requests to one site, shorter than anything worth waiting for.
LONGEST_PAUSE = timedelta(seconds=5)
LOOK_EVERY = 0.25  # seconds
REPORT_EVERY = timedelta(minutes=1)
CLOCK_EVERY = timedelta(minutes=1)
# Bodies that wait for a parser: no more is fetched than memory is there for.
MOST_WAITING, MOST_WAITING_BYTES = 64, 50_000_000
NO_PARSER = timedelta(minutes=1)
LONGEST_UNCHANGED = timedelta(days=7)
NOT_STORED = "not_stored"


class NotClaimed(Exception):
    """A channel cannot be polled right now; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPoller:
    """What polling needs from outside: the network, parser processes, a clock, chance, patience.

    `sleep` takes seconds. `is_over` says that the process is asked to stop. `at_once` is how many
    sites are asked at the same time. `worker` is the name that the leases are held under.
    """

    fetch: Fetch
    parse: Parse
    now: Callable[[], datetime]
    sleep: Callable[[float], Any]
    chance: random.Random
    is_over: Callable[[], bool] = lambda: False
    at_once: int = AT_ONCE
    worker: str = field(default_factory=schedule.name_worker)

    def poll_due(self) -> PollTally:
        """Poll each channel that is due now once and return the outcome.

        Sites and parsers are waited for in threads, while no transaction is open. What is still
        under way when `is_over` turns true is given back for others to fetch.
        """
        due_at, under_way = self.now(), _UnderWay(self)
        while not self.is_over():
            if not under_way.go_on(due_at) and not self._wait_for_a_site(due_at):
                break
        under_way.give_back()
        return under_way.tally

    def poll_one(self, channel: Channel) -> PollTally:
        """Poll this channel now, whether it is due or not. Raises NotClaimed."""
        under_way = _UnderWay(self)
        while not self.is_over():
            claimed = schedule.claim_channel(channel, at=self.now(), worker=self.worker)
            if claimed is not None:
                under_way.begin(claimed)
                break
            self._wait_for(channel)
        while under_way.visits and not self.is_over():
            under_way.go_on(None)
        under_way.give_back()
        return under_way.tally

    def _wait_for(self, channel: Channel) -> None:
        """Sleep until the site of a channel may be asked. Raises NotClaimed where that takes long."""
        pause = schedule.pause_before(channel, at=self.now())
        if pause is None or pause > LONGEST_PAUSE:
            message = (
                f"{channel.code} is being polled by another worker."
                if pause is None
                else f"The site of {channel.code} may not be asked for another"
                f" {count_of(ceil(pause.total_seconds()), 'second')}."
            )
            raise NotClaimed(message)
        self.sleep(max(pause.total_seconds(), 0.01))

    def poll_on(self, report: Callable[[PollTally], Any]) -> None:
        """Poll what is due, whenever it is, until `is_over`. `report` gets the tally of each minute.

        And that of the rest at the end.
        """
        under_way, minute = _UnderWay(self), schedule.Ticker(REPORT_EVERY, self.now())
        is_first = True
        while not self.is_over():
            is_busy = under_way.go_on(self.now())
            # The first line as soon as there is something to tell: somebody may be waiting for it.
            if minute.is_due(self.now()) or (is_first and not is_busy and under_way.tally.channels):
                is_first = False
                self._tell(under_way.take_tally(), report)
            if not is_busy:
                self.sleep(LOOK_EVERY)
        under_way.give_back()
        self._tell(under_way.take_tally(), report)

    def _tell(self, tally: PollTally, report: Callable[[PollTally], Any]) -> None:
        keep_minute(tally, worker=self.worker, at=self.now())
        report(tally)

    def _wait_for_a_site(self, due_at: datetime) -> bool:
        """Sleep until a site may be asked again; False where nothing is left to ask soon."""
        pause = schedule.pause(due_at=due_at, at=self.now())
        if pause is None or pause > LONGEST_PAUSE:
            return False
        self.sleep(max(pause.total_seconds(), 0.01))
        return True


@dataclass(frozen=True, slots=True)
class _Visit:
    """A claimed channel: its site is being asked, or, once there is a response, that is parsed.

    `charges` are the posts of each answer that are paid for, whatever becomes of them.
    """

    claim: ChannelLease
    response: Response | None = None
    charges: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _UnderWay:
    """What one poller has claimed and not finished, and what it has brought so far."""

    poller: ChannelPoller
    tally: PollTally = field(default_factory=PollTally)
    visits: dict[Future[Any], _Visit] = field(default_factory=dict)
    renewal: schedule.Ticker = field(default_factory=lambda: schedule.Ticker(RENEW_EVERY))
    clock: schedule.Ticker = field(default_factory=lambda: schedule.Ticker(CLOCK_EVERY))
    is_quiet: bool = True

    def go_on(self, due_at: datetime | None) -> bool:
        """Claim what there are places for, and deal with what is done. False where nothing is.

        Without `due_at` nothing is claimed.
        """
        if self.clock.is_due(self.poller.now()):
            schedule.forget_wrong_clock(self.poller.now())
        self._renew()
        if due_at is not None:
            self._claim(due_at)
        if not self.visits:
            return False
        done, _ = wait(self.visits, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
        self.is_quiet = not done
        for future in done:
            # It may have been a while: what was taken over meanwhile is not ours to store.
            self._renew()
            if future in self.visits:
                # Out of the list once it is dealt with: until then a stop gives it back.
                self.visits |= self._finish(self.visits[future], future)
                del self.visits[future]
        return True

    def take_tally(self) -> PollTally:
        """Return what was counted since the last time."""
        taken, self.tally = self.tally, PollTally()
        return taken

    def give_back(self) -> None:
        claims = [visit.claim for visit in self.visits.values()]
        schedule.give_back(claims, worker=self.poller.worker)
        self.visits.clear()

    def _renew(self) -> None:
        """Keep the leases; drop what another worker took over because this one was silent."""
        at = self.poller.now()
        if not self.renewal.is_due(at):
            return
        schedule.report_alive(self.poller.worker, at=at)
        if not self.visits:
            return
        claims = [visit.claim for visit in self.visits.values()]
        held = schedule.renew(claims, worker=self.poller.worker, at=at)
        for future, visit in list(self.visits.items()):
            if visit.claim.channel.pk not in held:
                self._charge(visit)
                logger.warning("%s was taken over by another worker", visit.claim.channel.code)
                self.tally.lost_leases += 1
                del self.visits[future]

    def _claim(self, due_at: datetime) -> None:
        fetching = sum(visit.response is None for visit in self.visits.values())
        free = self.poller.at_once - fetching
        # Several at a time, because a claim costs the same for one; or what there is when it is quiet.
        if free * 4 < self.poller.at_once and not (free and self.is_quiet):
            return
        if self._is_waiting_for_parsers():
            return
        claims = schedule.claim(
            due_at=due_at, at=self.poller.now(), most=free, worker=self.poller.worker
        )
        for claimed in claims:
            self.tally.lags.append(max(claimed.late_by.total_seconds(), 0.0))
            self.begin(claimed)

    def begin(self, claimed: ChannelLease) -> None:
        visit = _Visit(claimed)
        self.visits[self._ask(visit)] = visit

    def _is_waiting_for_parsers(self) -> bool:
        waiting = [visit.response.body for visit in self.visits.values() if visit.response]
        return len(waiting) >= MOST_WAITING or sum(map(len, waiting)) >= MOST_WAITING_BYTES

    def _charge(self, visit: _Visit) -> None:
        """Count what was paid for, whatever becomes of it. No query where nothing was."""
        count_billed(visit.claim.channel, sum(visit.charges), at=self.poller.now())
        visit.charges.clear()

    def _ask(self, visit: _Visit) -> Future[Any]:
        channel = visit.claim.channel
        if channel.on_platform.questions:
            return self._talk(visit, channel)
        fetch, address = self.poller.fetch, channel.address
        etag, modified = channel.etag, channel.last_modified
        if channel.last_read_at and self.poller.now() - channel.last_read_at >= LONGEST_UNCHANGED:
            # Some sites answer “not modified” for ever: now and then we want to see for ourselves.
            etag = modified = ""
        return in_a_thread(lambda: fetch(address, etag=etag, last_modified=modified))

    def _talk(self, visit: _Visit, channel: Channel) -> Future[Reading]:
        """Ask a platform that takes several steps, unless nothing may be spent."""
        poller = self.poller
        try:
            talk = prepare_talk(
                channel,
                at=poller.now(),
                get=poller.fetch,
                parse=poller.parse,
                sleep=poller.sleep,
                charge=visit.charges.append,
            )
        except LimitReached as error:
            refused: Future[Reading] = Future()
            refused.set_exception(error)
            return refused
        return in_a_thread(talk)

    def _finish(self, visit: _Visit, future: Future[Any]) -> dict[Future[Any], _Visit]:
        """Take the next step of a visit. Returns what is then under way for it."""
        channel = visit.claim.channel
        self._charge(visit)
        try:
            if channel.on_platform.questions:
                self._store(channel, self._answer_of(visit.claim, future))
            elif visit.response is None:
                return self._arrived(visit.claim, future)
            else:
                self._store(channel, Reading([Turn(visit.response, future.result())]))
        except (FetchError, UnreadableBody) as error:
            self._fail(channel, error)
        except ParserNotStarted as error:
            self._put_off(channel, error)
        except UNSTORABLE as error:
            # What one channel sent must not stop the others.
            logger.exception("%s could not be stored", channel.code)
            reason = first_line(error)
            message = f"its posts could not be stored: {reason}"
            self._fail(channel, UnreadableBody(NOT_STORED, message))
        self.tally.channels += 1
        return {}

    def _arrived(
        self, claimed: ChannelLease, answer: Future[Response]
    ) -> dict[Future[Any], _Visit]:
        """Give the site free for others; have the body parsed unless it is known. Raises FetchError."""
        channel = claimed.channel
        response = self._answer_of(claimed, answer)
        is_unchanged = response.status == NOT_MODIFIED
        at = self.poller.now()
        seen = IngestOutcome() if is_unchanged else unchanged(channel, response.body)
        if seen is None:
            return {self._parse(channel, response): _Visit(claimed, response)}
        read_at = {} if is_unchanged else {"last_read_at": at}
        write_fields(channel, self._fields(channel, response, None, at) | read_at)
        self.tally.outcome += seen
        self.tally.unchanged += 1
        self.tally.channels += 1
        return {}

    def _answer_of[T](self, claimed: ChannelLease, answer: Future[T]) -> T:
        """Return what a site answered, and give it free for others. Raises FetchError."""
        refusal: FetchError | None = None
        try:
            return answer.result()
        except FetchError as error:
            refusal = error if error.status in REFUSALS else None
            raise
        finally:
            schedule.leave(claimed, at=self.poller.now(), refusal=refusal)

    def _parse(self, channel: Channel, response: Response) -> Future[Document]:
        parse, charset = self.poller.parse, charset_of_header(response.content_type)
        return in_a_thread(
            lambda: parse(response.body, url=response.url, account=channel.account, charset=charset)
        )

    def _store(self, channel: Channel, reading: Reading) -> None:
        """Store what was read, in this order; the channel counts as read with the last of it."""
        at, turns = self.poller.now(), reading.turns
        asked = (reading.wait, *(turn.response.retry_after for turn in turns))
        if waits := list(filter(None, asked)):
            # Its rate limit is used up, which all channels on it share.
            schedule.keep_away(channel.address, until=at + max(waits))
        if reading.is_wider and reading.gap:
            cursor = reading.gap.cursor
            logger.warning("%s: what is before %a is left to later polls", channel.code, cursor)
        for n, turn in enumerate(turns):
            response = turn.response
            # A gap that grew is on file before the posts behind which it lies, and one that
            # shrank after those that filled it: a worker killed in between loses none.
            fields = gap_fields(reading.gap) if n == 0 and reading.is_wider else {}
            if n == len(turns) - 1:
                fields |= self._fields(channel, response, turn.document, at)
                fields |= after_reading_pages(
                    channel, reading.gap, at=at, has_reread=reading.has_reread
                )
            self.tally.outcome += store_turn(channel, turn, at=at, fields=fields)

    def _fields(
        self, channel: Channel, response: Response, document: Document | None, at: datetime
    ) -> dict[str, Any]:
        """Return what to write on a channel once its posts are stored, with the validators."""
        fields = schedule.after_reading(
            channel,
            at=at,
            chance=self.poller.chance,
            ttl=document.ttl if document else None,
            max_age=response.max_age,
        )
        if not channel.on_platform.questions:
            fields |= schedule.after_redirect(channel, response.moved_to, at=at)
        if "address" in fields:
            logger.warning(
                "%s moved from %s to %s", channel.code, channel.address, fields["address"]
            )
        if document is None or not document.truncated:
            # Compared byte for byte, so a validator that was cut would be useless.
            fields["etag"] = response.etag if len(response.etag) <= 1000 else ""
            modified = response.last_modified
            fields["last_modified"] = modified if len(modified) <= 200 else ""
        return fields

    def _fail(self, channel: Channel, error: FetchError | UnreadableBody) -> None:
        at = self.poller.now()
        fields = schedule.after_failure(channel, error, at=at, chance=self.poller.chance)
        if isinstance(error, LimitReached):
            fields |= {"next_poll_at": error.until, "failures": 0}
        # A message may repeat what the site sent, and the feeds are addresses in its page.
        fields["last_error"] = storable(fields["last_error"])
        fields["offered_feeds"] = [
            feed for feed in map(followable, fields["offered_feeds"]) if feed
        ]
        write_fields(channel, fields)
        self.tally.failures.append(f"{channel.code}: {error.message}")
        self.tally.kinds[error.kind] += 1
        self.tally.parser_failures += error.kind == POISON
        logger.info("%s could not be read: %s", channel.code, storable(error.message))

    def _put_off(self, channel: Channel, error: ParserNotStarted) -> None:
        """Ask again in a minute: neither the channel nor its body is to blame."""
        at = self.poller.now()
        write_fields(channel, schedule.RELEASED | {"next_poll_at": at + NO_PARSER})
        self.tally.parser_failures += 1
        logger.error("%s waits for a parser process: %s", channel.code, error)

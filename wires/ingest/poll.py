"""Fetch, parse and store the channels that are due, several sites at a time."""

import logging
import random
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import DataError, IntegrityError

from web.words import first_line
from wires import schedule
from wires.http import NOT_MODIFIED, REFUSALS, Fetch, FetchError, Response
from wires.http.background import in_a_thread
from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.outcome import IngestOutcome
from wires.ingest.reading import seen_before
from wires.ingest.storable import storable
from wires.ingest.store import store
from wires.ingest.writing import write_fields
from wires.models import Channel
from wires.platforms.base import Document, UnreadableBody
from wires.platforms.charsets import charset_of_header
from wires.schedule import ChannelLease

logger = logging.getLogger(__name__)

AT_ONCE = 8
# Longer than the pause between two requests to one site, shorter than anything worth waiting for.
LONGEST_PAUSE = timedelta(seconds=5)
LOOK_EVERY = 0.25  # seconds
NOT_STORED = "not_stored"
# What the database refuses, and what cannot even be sent to it: a lone surrogate is a ValueError,
# a date before year 1 an OverflowError, one without a zone a TypeError where it is compared.
UNSTORABLE = (DataError, IntegrityError, OverflowError, TypeError, ValueError)


@dataclass(slots=True)
class PollTally:
    """What a round brought: channels read or unchanged, posts, and who could not be read."""

    channels: int = 0
    unchanged: int = 0
    outcome: IngestOutcome = field(default_factory=IngestOutcome)
    failures: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.channels and not self.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPoller:
    """What polling needs from outside: the network, parser processes, a clock, chance, patience.

    `sleep` takes seconds. `is_over` says that the process is asked to stop.
    """

    fetch: Fetch
    parse: Parse
    now: Callable[[], datetime]
    sleep: Callable[[float], Any]
    chance: random.Random
    is_over: Callable[[], bool] = lambda: False

    def poll_due(self) -> PollTally:
        """Poll each due channel once and return the outcome.

        Sites and parsers are waited for in threads, while no transaction is open. What is still
        under way when `is_over` turns true is given back for others to fetch.
        """
        due_at, tally = self.now(), PollTally()
        under_way: dict[Future[Any], _Visit] = {}
        while not self.is_over():
            free = AT_ONCE - len(under_way)
            for claimed in schedule.claim(due_at=due_at, at=self.now(), most=free) if free else ():
                under_way[self._ask(claimed.channel)] = _Visit(claimed)
            if under_way:
                done, _ = wait(under_way, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
                for future in done:
                    # Out of the list once it is dealt with: until then a stop gives it back.
                    under_way |= self._go_on(under_way[future], future, tally)
                    del under_way[future]
            elif not self._wait_for_a_site(due_at):
                break
        schedule.give_back([visit.claim for visit in under_way.values()])
        return tally

    def _wait_for_a_site(self, due_at: datetime) -> bool:
        """Sleep until a site may be asked again; False where nothing is left to ask soon."""
        pause = schedule.pause(due_at=due_at, at=self.now())
        if pause is None or pause > LONGEST_PAUSE:
            return False
        self.sleep(max(pause.total_seconds(), 0.01))
        return True

    def _ask(self, channel: Channel) -> Future[Response]:
        return in_a_thread(
            lambda: self.fetch(
                address_to_fetch(channel), etag=channel.etag, last_modified=channel.last_modified
            )
        )

    def _go_on(
        self, visit: "_Visit", future: Future[Any], tally: PollTally
    ) -> dict[Future[Any], "_Visit"]:
        """Take the next step of a visit. Returns what is then under way for it."""
        channel = visit.claim.channel
        try:
            if visit.response is None:
                return self._arrived(visit.claim, future, tally)
            document = future.result()
            at = self.now()
            body = FetchedBody.of(visit.response.body, url=visit.response.url)
            fields = self._fields(channel, visit.response, document, at)
            tally.outcome += store(channel, document, at=at, body=body, fields=fields)
        except (FetchError, UnreadableBody) as error:
            self._fail(channel, error, tally)
        except UNSTORABLE as error:
            # What one channel sent must not stop the others.
            logger.exception("%s could not be stored", channel.code)
            reason = first_line(error)
            message = f"its posts could not be stored: {reason}"
            self._fail(channel, UnreadableBody(NOT_STORED, message), tally)
        tally.channels += 1
        return {}

    def _arrived(
        self, claimed: ChannelLease, answer: Future[Response], tally: PollTally
    ) -> dict[Future[Any], "_Visit"]:
        """Give the site free for others; have the body parsed unless it is known. Raises FetchError."""
        channel = claimed.channel
        try:
            response = answer.result()
        except FetchError as error:
            refusal = error if error.status in REFUSALS else None
            schedule.leave(claimed, at=self.now(), refusal=refusal)
            raise
        schedule.leave(claimed, at=self.now())
        is_unchanged = response.status == NOT_MODIFIED
        seen = IngestOutcome() if is_unchanged else seen_before(channel, response.body)
        if seen is None:
            return {self._parse(channel, response): _Visit(claimed, response)}
        at = self.now()
        read_at = {} if is_unchanged else {"last_read_at": at}
        write_fields(channel, self._fields(channel, response, None, at) | read_at)
        tally.outcome += seen
        tally.unchanged += 1
        tally.channels += 1
        return {}

    def _parse(self, channel: Channel, response: Response) -> Future[Document]:
        charset = charset_of_header(response.content_type)
        return in_a_thread(
            lambda: self.parse(
                response.body, url=response.url, account=channel.account, charset=charset
            )
        )

    def _fields(
        self, channel: Channel, response: Response, document: Document | None, at: datetime
    ) -> dict[str, Any]:
        """Return what to write on a channel once its posts are stored, with the validators."""
        fields = schedule.after_reading(
            channel,
            at=at,
            chance=self.chance,
            ttl=document.ttl if document else None,
            max_age=response.max_age,
        )
        if document is None or not document.truncated:
            # Compared byte for byte, so a validator that was cut would be useless.
            fields["etag"] = response.etag if len(response.etag) <= 1000 else ""
            modified = response.last_modified
            fields["last_modified"] = modified if len(modified) <= 200 else ""
        return fields

    def _fail(self, channel: Channel, error: FetchError | UnreadableBody, tally: PollTally) -> None:
        fields = schedule.after_failure(channel, error, at=self.now(), chance=self.chance)
        # A message may repeat what the site sent.
        write_fields(channel, fields | {"last_error": storable(fields["last_error"])})
        tally.failures.append(f"{channel.code}: {error.message}")
        logger.info("%s could not be read: %s", channel.code, error.message)


@dataclass(frozen=True, slots=True)
class _Visit:
    """A claimed channel: its site is being asked, or, once there is a response, that is parsed."""

    claim: ChannelLease
    response: Response | None = None


def address_to_fetch(channel: Channel) -> str:
    """Return where the posts of a channel are read: where its platform says, else its address."""
    polling_url = channel.on_platform.polling_url
    return polling_url(channel.account) if polling_url and channel.account else channel.address

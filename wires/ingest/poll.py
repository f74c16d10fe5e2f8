"""Fetch, parse and store the channels that are due, several sites at a time."""

import logging
import random
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from wires import schedule
from wires.http import FetchError, Response
from wires.http.background import in_a_thread
from wires.ingest.outcome import Outcome
from wires.ingest.store import Parse, read, write_fields
from wires.models import Channel
from wires.platforms.base import Document, Unreadable
from wires.schedule import Claim

logger = logging.getLogger(__name__)

AT_ONCE = 8
# Longer than the pause between two requests to one site, shorter than anything worth waiting for.
LONGEST_PAUSE = timedelta(seconds=5)
LOOK_EVERY = 0.25  # seconds
NOT_MODIFIED = 304
REFUSALS = frozenset({429, 503})


class Fetch(Protocol):
    """http.fetch with the settings of this house. Raises FetchError."""

    def __call__(self, url: str, *, etag: str = "", last_modified: str = "") -> Response: ...


@dataclass(slots=True)
class Tally:
    """What a round brought: channels read or unchanged, posts, and who could not be read."""

    channels: int = 0
    unchanged: int = 0
    outcome: Outcome = field(default_factory=Outcome)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """What polling needs from outside: the network, parser processes, a clock, chance, patience.

    `sleep` takes seconds. `is_over` says that the process is asked to stop.
    """

    fetch: Fetch
    parse: Parse
    now: Callable[[], datetime]
    sleep: Callable[[float], Any]
    chance: random.Random
    is_over: Callable[[], bool] = lambda: False

    def poll_due(self) -> Tally:
        """Poll each channel that is due now once, and return what that brought.

        No transaction is open while a site or a parser is waited for. What is still in flight
        when `is_over` turns true is given back for others to fetch.
        """
        due_at, tally = self.now(), Tally()
        flying: dict[Future[Response], Claim] = {}
        while not self.is_over():
            free = AT_ONCE - len(flying)
            for claimed in schedule.claim(due_at=due_at, at=self.now(), most=free) if free else ():
                flying[self._ask(claimed.channel)] = claimed
            if flying:
                landed, _ = wait(flying, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
                for answer in landed:
                    # Out of the list once it is dealt with: until then a stop gives it back.
                    self.settle(flying[answer], answer, tally)
                    del flying[answer]
            elif not self._wait_for_a_site(due_at):
                break
        schedule.give_back(list(flying.values()))
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

    def settle(self, claimed: Claim, answer: Future[Response], tally: Tally) -> None:
        """Store what a site answered, or write down why it did not."""
        channel = claimed.channel
        tally.channels += 1
        try:
            response = answer.result()
        except FetchError as error:
            refusal = error if error.status in REFUSALS else None
            schedule.leave(claimed, at=self.now(), refusal=refusal)
            self._fail(channel, error, tally)
            return
        schedule.leave(claimed, at=self.now())
        try:
            tally.outcome += self._read(channel, response)
        except Unreadable as error:
            self._fail(channel, error, tally)
        else:
            tally.unchanged += response.status == NOT_MODIFIED

    def _read(self, channel: Channel, response: Response) -> Outcome:
        at = self.now()

        def fields(document: Document | None) -> dict[str, Any]:
            ttl = document.ttl if document else None
            written = schedule.after_reading(
                channel, at=at, chance=self.chance, ttl=ttl, max_age=response.max_age
            )
            if document is None or not document.truncated:
                # Byte for byte; a validator that does not fit is none.
                written["etag"] = response.etag if len(response.etag) <= 1000 else ""
                modified = response.last_modified
                written["last_modified"] = modified if len(modified) <= 200 else ""
            return written

        if response.status == NOT_MODIFIED:
            write_fields(channel, fields(None))
            return Outcome()
        return read(
            channel, response.body, at=at, parse=self.parse, url=response.url, fields=fields
        )

    def _fail(self, channel: Channel, error: FetchError | Unreadable, tally: Tally) -> None:
        write_fields(
            channel, schedule.after_failure(channel, error, at=self.now(), chance=self.chance)
        )
        tally.failures.append(f"{channel.code}: {error.message}")
        logger.info("%s could not be read: %s", channel.code, error.message)


def address_to_fetch(channel: Channel) -> str:
    """Return where the posts of a channel stand: of a Telegram channel, its public page."""
    if channel.platform == Channel.Platform.TELEGRAM and channel.account:
        return f"https://t.me/s/{channel.account}"
    return channel.address

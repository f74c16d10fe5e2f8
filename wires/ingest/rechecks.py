"""Whether posts are still there: recent ones, and those that public articles cite, on a schedule.

What is due is derived from when a post was last seen, so that polling a page saves the question.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from wires import schedule
from wires.http import REFUSALS, Fetch, FetchError
from wires.http.background import in_a_thread
from wires.ingest.absences import (
    AbsenceTally,
    How,
    Proof,
    note_absences,
    note_missing_ids,
    note_presence,
)
from wires.ingest.billing import count_billed
from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.due_rechecks import EVERY, due_channels, due_posts, questions_left
from wires.ingest.known import Known, hashes_of, subject_of
from wires.ingest.looking import Look, Sight, Wanted, is_on_page, look_for
from wires.ingest.poll import LONGEST_PAUSE
from wires.ingest.storable import UNSTORABLE
from wires.ingest.store import store
from wires.ingest.talking import conversation_with
from wires.ingest.writing import write_fields
from wires.models import RENEW_EVERY, Channel, Post, PostAlias
from wires.platforms.addresses import host_of
from wires.platforms.base import Document, ParserNotStarted, UnreadableBody
from wires.platforms.lookups import Lookup
from wires.schedule import ChannelLease

logger = logging.getLogger(__name__)

MOST_CHANNELS = 50


@dataclass(slots=True)
class RecheckTally:
    """Channels asked, posts looked for, what came of it, and who did not answer."""

    channels: int = 0
    posts: int = 0
    outcome: AbsenceTally = field(default_factory=AbsenceTally)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecker:
    """What rechecks need from outside, as ChannelPoller does."""

    fetch: Fetch
    parse: Parse
    now: Callable[[], datetime]
    sleep: Callable[[float], Any]
    is_over: Callable[[], bool] = lambda: False
    worker: str = field(default_factory=schedule.name_worker)

    def recheck_due(self) -> RecheckTally:
        """Ask for the posts of the channels whose turn it is. One query where it is nobody's."""
        tally = RecheckTally()
        for channel in due_channels(self.now())[:MOST_CHANNELS]:
            if self.is_over():
                break
            posts = due_posts(channel, at=self.now())
            wanted = wanted_of(channel, posts)[: questions_left(channel, at=self.now())]
            if wanted and not self._visit(channel, wanted, tally):
                # Somebody else asks its site: it stays due.
                continue
            write_fields(channel, {"recheck_at": self.now() + EVERY})
        return tally

    def _visit(self, channel: Channel, wanted: Sequence[Wanted], tally: RecheckTally) -> bool:
        """Lease a channel and its site, and ask. Returns whether they were to be had."""
        claimed = self._claim(channel)
        if claimed is None:
            return False
        refusal: FetchError | None = None
        charges: list[int] = []
        try:
            look = self._wait_for(claimed, self._look(channel, wanted, charges))
            failure = look.failure
            if isinstance(failure, FetchError) and failure.status in REFUSALS:
                refusal = failure
            self._note(channel, look, wanted, tally)
        except ParserNotStarted as error:
            logger.error("%s was not rechecked: %s", channel.code, error)
        except UNSTORABLE:
            # What one channel sent must not stop the others.
            logger.exception("%s could not be rechecked", channel.code)
            tally.failures.append(f"{channel.code}: what it answered could not be stored")
        finally:
            count_billed(channel, sum(charges), at=self.now())
            schedule.leave(claimed, at=self.now(), refusal=refusal)
            schedule.give_back([claimed], worker=self.worker)
        return True

    def _claim(self, channel: Channel) -> ChannelLease | None:
        """Lease a channel; wait for its site where that is soon."""
        claimed = schedule.claim_channel(channel, at=self.now(), worker=self.worker)
        if claimed is not None:
            return claimed
        pause = schedule.pause_before(channel, at=self.now())
        if pause is None or pause > LONGEST_PAUSE:
            return None
        self.sleep(max(pause.total_seconds(), 0.01))
        return schedule.claim_channel(channel, at=self.now(), worker=self.worker)

    def _look(self, channel: Channel, wanted: Sequence[Wanted], charges: list[int]) -> Future[Look]:
        conversation = conversation_with(
            channel, get=self.fetch, parse=self.parse, sleep=self.sleep, charge=charges.append
        )
        subject = subject_of(channel, Known(edited_at={}))
        lookup = lookup_of(channel)
        return in_a_thread(lambda: look_for(conversation, lookup, subject, wanted))

    def _wait_for(self, claimed: ChannelLease, future: Future[Look]) -> Look:
        """Wait for the answers, and keep the leases meanwhile."""
        while True:
            try:
                return future.result(RENEW_EVERY.total_seconds())
            except TimeoutError:
                if future.done():
                    raise
                schedule.renew([claimed], worker=self.worker, at=self.now())

    def _note(
        self, channel: Channel, look: Look, wanted: Sequence[Wanted], tally: RecheckTally
    ) -> None:
        tally.channels += 1
        tally.posts += len(wanted)
        failure = look.failure.message if look.failure else ""
        # Of one visit all pages are one fetch: what is missing on two of them was missing once.
        at = self.now()
        try:
            for sight in look.sights:
                tally.outcome += note_sight(channel, sight, at=at)
        except UnreadableBody as error:
            failure = error.message
        if failure:
            tally.failures.append(f"{channel.code}: {failure}")
            logger.info("%s could not be rechecked: %s", channel.code, failure)


def lookup_of(channel: Channel) -> Lookup:
    """Return how the posts of a channel are looked up: it is on a platform where they can be."""
    lookup = channel.on_platform.lookup
    if lookup is None:
        message = f"posts on {channel.on_platform.label} cannot be looked up"
        raise ValueError(message)
    return lookup


def wanted_of(channel: Channel, posts: Sequence[Post]) -> list[Wanted]:
    """Return what these posts are asked for by; those that cannot be are left out. One query."""
    lookup = lookup_of(channel)
    host = host_of(channel.address)
    aliases: dict[int, list[PostAlias]] = {}
    for alias in PostAlias.objects.filter(post__in=posts):
        aliases.setdefault(alias.post_id, []).append(alias)
    wanted = []
    for post in posts:
        others = aliases.get(post.pk, [])
        key = lookup.key([post.native_id, *(alias.native_id for alias in others)], post.url, host)
        hashes = frozenset([post.native_id_hash, *(alias.native_id_hash for alias in others)])
        if key:
            wanted.append(Wanted(post.pk, key, hashes))
    return wanted


def note_sight(channel: Channel, sight: Sight, *, at: datetime) -> AbsenceTally:
    """Store what an answer says: words that changed, posts that are gone, and those that are back.

    Raises UnreadableBody where the account is somebody else's now.
    """
    body = FetchedBody.of(sight.body, url=sight.url)
    proof = Proof.of(body, sight.document)
    known = _only_known(channel, sight.document, proof)
    if known.posts:
        # The newest posts were not read: that the channel was read must not be said.
        fields = {"last_read_at": channel.last_read_at}
        store(channel, known, at=at, body=body, fields=fields)
    found = note_presence(channel, proof.present, proof=proof, at=at)
    lookup = lookup_of(channel)
    if is_on_page(lookup):
        return found + note_missing_ids(channel, sight.document.missing, proof=proof, at=at)
    posts = Post.objects.filter(pk__in=[each.pk for each in sight.absent])
    absent = posts.select_related("latest_version", "channel") if sight.absent else ()
    return found + note_absences(absent, how=How(lookup.how), proof=proof, at=at)


def _only_known(channel: Channel, document: Document, proof: Proof) -> Document:
    """Return a document with those of its posts that are on file: nothing new comes in here.

    Two queries.
    """
    own = Post.objects.filter(channel=channel, native_id_hash__in=proof.present)
    aliases = PostAlias.objects.filter(channel=channel, native_id_hash__in=proof.present)
    known = {*own.values_list("native_id_hash", flat=True)}
    known |= {*aliases.values_list("native_id_hash", flat=True)}
    posts = tuple(post for post in document.posts if not known.isdisjoint(hashes_of(post)))
    return replace(document, posts=posts)

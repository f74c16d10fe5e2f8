"""What a channel has before its platform is asked: where reading can stop, and what is left."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wires.ingest.storable import storable
from wires.models import Channel, Post, PostAlias, native_id_hash
from wires.platforms.addresses import host_of, is_number
from wires.platforms.base import Document, RawPost
from wires.platforms.permalinks import recognise
from wires.platforms.questions import Questions, Subject

logger = logging.getLogger(__name__)

# Posts looked up to tell where the known ones begin; as many as are on some pages.
MOST_KNOWN = 400
# After so many failures in a row, a gap in the middle is better than nothing at all.
PATIENT_FOR = 3
# What no page has shown for so long is not asked for any more.
GAP_KEPT_FOR = timedelta(days=7)
# How often older pages are read once more for edits, and for how long after a channel's last post.
_REREADS = (
    (timedelta(hours=24), timedelta(hours=1)),
    (timedelta(days=7), timedelta(days=1)),
)
_COLUMNS = (
    "native_id", "native_id_hash", "first_seen_at", "pruned_at", "latest_version__source_edited_at",
    "latest_version__captured_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a channel has before it is asked.

    edited_at   by the hash of each of its latest posts, when that was last edited at the source
    reached     the hashes of those that reading it brought, and not somebody who pasted a link:
                what lies before a pasted post has not been read yet
    newest      the highest number of such a post, where they are numbers
    gives_up    whether to take what comes although a later page fails
    """

    edited_at: Mapping[str, datetime | None]
    reached: Collection[str] = ()
    newest: str = ""
    gives_up: bool = False

    def has(self, post: RawPost) -> bool:
        return any(hash_ in self.edited_at for hash_ in hashes_of(post))

    def reaches(self, post: RawPost, number: str = "") -> bool:
        """Return whether what lies before a post was read already.

        A number tells it even where the post that was read last is gone.
        """
        if number and self.newest and int(number) <= int(self.newest):
            return True
        return any(hash_ in self.reached for hash_ in hashes_of(post))

    def has_edit(self, post: RawPost) -> bool:
        """Return whether the words of a post as it was edited last are on file."""
        times = (self.edited_at[hash_] for hash_ in hashes_of(post) if hash_ in self.edited_at)
        at = next(times, None)
        return post.source_edited_at is None or (at is not None and at >= post.source_edited_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Posts of a channel that were not read: those from a page on, down to what was known then.

    cursor  the page it begins with, as the platform names it
    since   posts that were first seen before this lie behind it
    """

    cursor: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is wanted of a channel beside its newest posts.

    at        when it is asked
    gap       what earlier reads left out; None where nothing is missing
    below     what the channel had when the gap arose
    rereads   whether older pages are to be read once more, because posts may have been edited
    """

    at: datetime
    gap: Gap | None = None
    below: Known | None = None
    rereads: bool = False


def hashes_in(document: Document) -> frozenset[str]:
    """Return the hashes of all ids in the body of a document, also of posts that were dropped."""
    own = (hash_ for post in document.posts for hash_ in hashes_of(post))
    return frozenset((*own, *hashed(document.also_present)))


def hashed(ids: Iterable[str]) -> list[str]:
    """Return the hashes of ids that a document names, as they would be stored."""
    return [native_id_hash(storable(each)) for each in ids]


def hashes_of(post: RawPost) -> Iterator[str]:
    return map(native_id_hash, (post.native_id, *post.aliases))


def newest_number(ids: Iterable[str]) -> str:
    """Return the highest of those ids that are numbers; "" where none is."""
    return max(filter(is_number, ids), key=int, default="")


def known_of(channel: Channel, *, before: datetime | None = None) -> Known:
    """Look up the latest posts of a channel, by every id they have. Two queries.

    With `before` only those that were first seen earlier.
    """
    posts = Post.objects.filter(channel=channel).order_by("-wire_at", "-pk")
    if before is not None:
        posts = posts.filter(first_seen_at__lt=before)
    rows = list(posts.select_related("latest_version").only(*_COLUMNS)[:MOST_KNOWN])
    # Of what went by age no edit is asked for.
    edited_at = {
        row.pk: row.latest_version.source_edited_at if row.latest_version else row.pruned_at
        for row in rows
    }
    read = {row.pk: row.native_id for row in rows if _was_read(row, channel)}
    aliases = PostAlias.objects.filter(post__in=edited_at).values_list("post", "native_id_hash")
    ids = [*((row.pk, row.native_id_hash) for row in rows), *aliases]
    questions = channel.on_platform.questions
    number_of = questions.number_of if questions else str
    return Known(
        edited_at={hash_: edited_at[pk] for pk, hash_ in ids},
        reached=frozenset(hash_ for pk, hash_ in ids if pk in read),
        newest=newest_number(map(number_of, read.values())),
        gives_up=channel.failures >= PATIENT_FOR,
    )


def _was_read(post: Post, channel: Channel) -> bool:
    """Return whether reading the channel brought a post, or went past it since it was pasted.

    The number of a post that somebody entered by hand may be any: nothing is asked for by it.
    """
    version, read_at = post.latest_version, channel.last_read_at
    is_fetched = post.is_pruned or (version is not None and version.captured_by_id is None)
    return is_fetched and read_at is not None and post.first_seen_at <= read_at


def subject_of(channel: Channel, known: Known, *, most: int | None = None) -> Subject:
    """Return whose posts a channel wants. The address names the account where nothing else does."""
    return Subject(
        newest=known.newest,
        most=most,
        account=channel.account or _account_at(channel),
        numeric_id=channel.numeric_id,
        host=host_of(channel.address),
    )


def _account_at(channel: Channel) -> str:
    found = recognise(channel.address)
    return found.account if found and found.platform == channel.platform else ""


def errand_of(channel: Channel, questions: Questions, *, at: datetime) -> Errand:
    """Return what is wanted of a channel now beside its newest posts. Two queries for a gap."""
    rereads = questions.rereads and is_reread_due(channel, at=at)
    if channel.gap_since is None:
        return Errand(at=at, rereads=rereads)
    gap = Gap(cursor=channel.gap_cursor, since=channel.gap_since)
    return Errand(at=at, gap=gap, below=known_of(channel, before=gap.since), rereads=rereads)


def is_reread_due(channel: Channel, *, at: datetime) -> bool:
    """Return whether it is time to look for edits: hourly for a day, then daily for a week."""
    if channel.last_post_at is None:
        return False
    age = at - channel.last_post_at
    every = next((every for longest, every in _REREADS if age <= longest), None)
    if every is None:
        return False
    # A time in the future was written by a wrong clock.
    return channel.reread_at is None or not at - every < channel.reread_at <= at


def gap_fields(gap: Gap | None) -> dict[str, Any]:
    """Return what to write on a channel of what was left out."""
    return {
        "gap_cursor": storable(gap.cursor) if gap else "",
        "gap_since": gap.since if gap else None,
    }


def after_reading_pages(
    channel: Channel, gap: Gap | None, *, at: datetime, has_reread: bool
) -> dict[str, Any]:
    """Return what to write on a channel once all pages that were read are stored."""
    if gap is not None and at - gap.since > GAP_KEPT_FOR:
        logger.warning(
            "%s: its posts before %a are not to be had, and are asked for no more",
            channel.code, gap.cursor,
        )  # fmt: skip
        gap = None
    reread = {"reread_at": at} if has_reread else {}
    was_whole = gap is None and channel.gap_since is None
    return reread if was_whole else reread | gap_fields(gap)

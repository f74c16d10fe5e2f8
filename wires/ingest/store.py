"""From what a platform adapter read to rows: new posts, new versions, or only seen again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wires.ingest.bodies import FetchedBody
from wires.ingest.end_of_demo import end_demo
from wires.ingest.erased import without_erased
from wires.ingest.identity import switch_to_links
from wires.ingest.item import Item, items_of
from wires.ingest.known import hashed
from wires.ingest.outcome import IngestOutcome
from wires.ingest.storable import storable
from wires.ingest.writing import BatchWriter
from wires.known_sources import is_read_elsewhere, source_key_with
from wires.models import Channel
from wires.platforms.base import (
    EDITED_NO_ZONE,
    NAME_TAKEN,
    NO_ZONE,
    SAME_ACCOUNT,
    Document,
    RawPost,
    UnreadableBody,
)
from wires.platforms.dates import in_zone

ROWS_A_TRANSACTION = 500


def store(
    channel: Channel,
    document: Document,
    *,
    at: datetime,
    body: FetchedBody | None = None,
    fields: Mapping[str, Any] | None = None,
    captured_by: Any = None,
) -> IngestOutcome:
    """Store what is new in a document and return the outcome; the same document adds nothing.

    Words entered by hand, `captured_by` a person, wait to be confirmed: readers see the version
    before them, if there is one. At most 500 rows a transaction. `fields` are written to the channel in the last one, with
    its last_read_at, so that validators are kept only once everything is stored.
    Raises UnreadableBody where the account is somebody else's now, or another channel's too.
    """
    refuse_other_owner(channel, document)
    refuse_second_channel(channel, document)
    document, holds_erased = without_erased(channel, in_zone_of(channel, document))
    if document.guids_repeat and channel.identity == Channel.Identity.NATIVE:
        switch_to_links(channel, at=at)
    items = items_of(document, by_link=channel.identity == Channel.Identity.LINK)
    writer = BatchWriter(
        channel=channel,
        at=at,
        body=body,
        captured_by=captured_by,
        present=frozenset(
            (*(hash_ for item in items for hash_ in item.hashes), *hashed(document.also_present))
        ),
        addresses=frozenset(item.canonical_url for item in items),
        are_dates_shared=_share_one_date(items),
        is_whole=not document.truncated,
        holds_erased=holds_erased,
    )
    *earlier, last = list(_batches(items)) or [[]]
    outcome = IngestOutcome()
    for batch in earlier:
        outcome += writer.write(batch)
    after = _fields_after(channel, document, at)
    if body is not None and not document.truncated:
        after["body_sha256"] = body.sha256
    outcome += writer.write(last, fields=after | dict(fields or {}))
    if writer.ids_rotate and channel.identity == Channel.Identity.NATIVE:
        switch_to_links(channel, at=at)
    if writer.is_on_ticker and not channel.outlet.is_demo:
        end_demo(at=at)
    return outcome


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Cut where post, version and aliases would pass the rows of one transaction."""
    batch: list[Item] = []
    rows = 0
    for item in items:
        weight = 2 + len(item.aliases)
        if batch and rows + weight > ROWS_A_TRANSACTION:
            yield batch
            batch, rows = [], 0
        batch.append(item)
        rows += weight
    if batch:
        yield batch


def _fields_after(channel: Channel, document: Document, at: datetime) -> dict[str, Any]:
    fields: dict[str, Any] = {"last_read_at": at}
    if document.account and not channel.account:
        fields["account"] = storable(document.account)[:255]
    if document.numeric_id and not channel.numeric_id:
        fields["numeric_id"] = storable(document.numeric_id)[:64]
    return fields | _renamed(channel, document)


def _renamed(channel: Channel, document: Document) -> dict[str, Any]:
    """Return what to write on a channel whose account has another name now; mostly nothing."""
    platform, name = channel.on_platform, storable(document.account)[:255]
    is_same = document.numeric_id and document.numeric_id in (channel.numeric_id, channel.account)
    if not platform.follows_names or not is_same or name in ("", channel.account):
        return {}
    fields, account_url = {"account": name}, platform.account_url
    if account_url is not None and channel.address == account_url(channel.account):
        fields["address"] = account_url(name)
    fields["source_key"] = source_key_with(channel, **fields)
    # Where somebody added the new name as a channel of its own, this one stays as it is.
    return {} if is_read_elsewhere(channel, **fields) else fields


def _share_one_date(items: Sequence[Item]) -> bool:
    """Return whether all posts bear one date, which is then that of the document."""
    return len(items) > 1 and len({item.raw.posted_at for item in items}) == 1


def in_zone_of(channel: Channel, document: Document) -> Document:
    """Return the document with its dates that name no zone read in that of the channel."""
    if not channel.time_zone:
        return document
    zone = ZoneInfo(channel.time_zone)
    return replace(document, posts=tuple(_in_zone(raw, zone) for raw in document.posts))


def _in_zone(raw: RawPost, zone: ZoneInfo) -> RawPost:
    posted, edited = raw.posted_at, raw.source_edited_at
    if NO_ZONE in raw.flags and posted:
        posted = in_zone(posted, zone)
    if EDITED_NO_ZONE in raw.flags and edited:
        edited = in_zone(edited, zone)
    if (posted, edited) == (raw.posted_at, raw.source_edited_at):
        return raw
    return replace(raw, posted_at=posted, source_edited_at=edited)


def refuse_other_owner(channel: Channel, document: Document) -> None:
    """Refuse the posts of somebody else who has taken over the name of a channel.

    Raises UnreadableBody, and nothing is stored.
    """
    if document.numeric_id and channel.numeric_id and document.numeric_id != channel.numeric_id:
        message = (
            f"the name @{channel.account or document.account} belongs to another channel now"
            f" (number {document.numeric_id}, before {channel.numeric_id}). Check who owns it, and"
            " pause this channel"
        )
        raise UnreadableBody(NAME_TAKEN, message)


def refuse_second_channel(channel: Channel, document: Document) -> None:
    """Refuse the posts of an account that turns out to have a channel under another name.

    One query when the number of the account is learnt, else none. Raises UnreadableBody.
    """
    is_polled = channel.origin == Channel.Origin.POLLED
    if not document.numeric_id or channel.numeric_id or not is_polled:
        return
    if not channel.on_platform.numbers_are_global:
        return
    same = Channel.objects.exclude(origin=Channel.Origin.FILE).exclude(pk=channel.pk)
    number = storable(document.numeric_id)[:64]
    same = same.filter(platform=channel.platform, numeric_id=number)
    for code in same.order_by("pk").values_list("code", flat=True)[:1]:
        message = (
            f"this is the account of the channel {code}, under another name: enter the name there"
            " and pause this channel"
        )
        raise UnreadableBody(SAME_ACCOUNT, message)
